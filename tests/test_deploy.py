"""What is given to deploy by: right by the schemas of those who read it, and by our own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from assistant.settings import PREFIX, Settings
from tests.paths import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))


def _documents() -> Iterator[Any]:
    for path in MANIFESTS:
        yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def _containers() -> Iterator[Any]:
    for one in _documents():
        spec = one.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        yield from spec.get("template", {}).get("spec", {}).get("containers", ())


def test_compose_reads_its_file() -> None:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema",
            "vendor.compose-spec", DEPLOY / "compose.yaml",
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_reads_its_files(path: Path) -> None:
    for one in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        kubernetes_validate.validate(one, kubernetes_validate.latest_version(), strict=True)


def test_each_setting_is_one_of_the_product() -> None:
    named = set()
    for path in (*MANIFESTS, DEPLOY / "compose.yaml", DEPLOY / "Dockerfile"):
        named |= set(re.findall(rf"{PREFIX}\w+", path.read_text(encoding="utf-8")))
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    # Of the file itself, for the address of the database.
    assert named - known == {"RESIDENCY_DATABASE_PASSWORD"}


def test_what_is_named_is_there() -> None:
    kinds = {(one["kind"], one["metadata"]["name"]) for one in _documents()}
    for one in _documents():
        text = yaml.safe_dump(one)
        for kind, key in (("Secret", "secretName"), ("PersistentVolumeClaim", "claimName")):
            for name in re.findall(rf"{key}: (\S+)", text):
                assert (kind, name) in kinds
    keys = next(one["stringData"] for one in _documents() if one["kind"] == "Secret")
    for container in _containers():
        for variable in container.get("env", ()):
            reference = variable.get("valueFrom", {}).get("secretKeyRef")
            assert reference is None or reference["key"] in keys


def test_each_container_has_a_bound_of_memory_and_each_server_a_probe() -> None:
    every = list(_containers())
    assert len(every) == 5
    for container in every:
        assert container["resources"]["limits"]["memory"], container["name"]
        assert ("readinessProbe" in container) == ("ports" in container), container["name"]


def test_the_vectors_are_of_the_version_that_the_product_speaks_with() -> None:
    pinned = re.search(r"^chromadb==(\S+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert pinned is not None
    for path in (DEPLOY / "compose.yaml", DEPLOY / "kubernetes" / "stores.yaml"):
        assert f"chromadb/chroma:{pinned[1]}" in path.read_text(encoding="utf-8")


def test_haproxy_reads_its_configuration(tmp_path: Path) -> None:
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    if program is None:
        pytest.skip("HAProxy is not installed (apt-get install haproxy)")
    # The names of the replicas are known where they run.
    text = re.sub(r"replica-\d:7860", "127.0.0.1:7860", (DEPLOY / "haproxy.cfg").read_text())
    (tmp_path / "haproxy.cfg").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "-c", "-f", tmp_path / "haproxy.cfg"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
