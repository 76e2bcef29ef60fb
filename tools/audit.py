"""Looks up known vulnerabilities of every version in constraints.txt, by pip-audit.

    python tools/audit.py

Ends with status 0 where none is known, 1 where some are, which are named with the versions that
mend them, and 2 where a version could not be looked up,
which is said and is no all-clear.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_PIN = re.compile(r"^([a-z0-9-]+==\S+)", re.M)
_PIP_AUDIT = "pip-audit==2.10.1"
_LONGEST = 300
"""Characters that are shown of why pip-audit failed."""


def vulnerabilities(report: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each vulnerability of a report of pip-audit's."""
    for package in report["dependencies"]:
        for one in package.get("vulns", ()):
            mended = ", ".join(one["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {one['id']}, mended in {mended}"


def left_out(report: dict[str, Any]) -> Iterator[str]:
    """Yield why each package of a report was not looked up that was not."""
    for package in report["dependencies"]:
        if why := package.get("skip_reason"):
            yield why


def _audited(pins: Path) -> subprocess.CompletedProcess[str]:
    uv = Path(sys.executable).with_name("uv")
    return subprocess.run(
        [
            uv, "tool", "run", "--quiet", "--from", _PIP_AUDIT, "pip-audit", "--requirement", pins,
            "--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json",
        ],
        capture_output=True, text=True,
    )  # fmt: skip


def main() -> int:
    """Tell what is known; return the exit status."""
    with tempfile.TemporaryDirectory() as place:
        pins = Path(place) / "pins.txt"
        named = _PIN.findall((ROOT / "constraints.txt").read_text(encoding="utf-8"))
        pins.write_text("\n".join(named) + "\n", encoding="utf-8")
        done = _audited(pins)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        return _not_asked(f"pip-audit ended with: {said[-1][:_LONGEST]}", len(named), len(named))
    found, skipped = list(vulnerabilities(report)), list(left_out(report))
    for line in found:
        print(line)
    if skipped:
        _not_asked(skipped[0], len(skipped), len(named))
    elif not found:
        print(f"{len(named)} versions, no vulnerability of theirs is known")
    return 1 if found else 2 if skipped else 0


def _not_asked(why: str, count: int, of: int) -> int:
    print(
        f"audit: {count} of {of} versions were not looked up. {why}\n"
        "What is known of each is asked of pypi.org: run `make audit` where that can be reached",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
