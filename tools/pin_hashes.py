"""Writes the hashes of all files of each version in constraints.txt into it, for every platform.

    python tools/pin_hashes.py

Asks the package index that uv is set to. A hash that stands there for the same version stays: that
of a build which another place offers, as the one of torch for processors. Wheels of such builds in
the folder UV_FIND_LINKS are hashed too.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)((?: *\\\n +--hash=sha256:[0-9a-f]{64})*)$", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """A version of a package, and the files of it that may be installed."""

    name: str
    version: str
    hashes: frozenset[str]

    def __str__(self) -> str:
        lines = (f"    --hash=sha256:{one}" for one in sorted(self.hashes))
        return " \\\n".join((f"{self.name}=={self.version}", *lines))


def pins(text: str) -> Iterator[Pin]:
    """Yield what a file of constraints pins."""
    for name, version, hashes in _PIN.findall(text):
        yield Pin(name, version, frozenset(_HASH.findall(hashes)))


def _asked(wanted: list[Pin]) -> dict[str, Pin]:
    """Return the versions with the hashes that the index has; raise CalledProcessError."""
    uv = Path(sys.executable).with_name("uv")
    # A folder of wheels would hide what the index has of the same versions.
    environment = {key: value for key, value in os.environ.items() if key != "UV_FIND_LINKS"}
    with tempfile.TemporaryDirectory() as place:
        asked = Path(place) / "pins.txt"
        asked.write_text("".join(f"{one.name}=={one.version}\n" for one in wanted))
        done = subprocess.run(
            [
                uv, "pip", "compile", "--quiet", "--no-deps", "--generate-hashes", "--no-annotate",
                "--no-header", asked,
            ],
            cwd=place, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return {one.name: one for one in pins(done.stdout)}


def _at_hand(pin: Pin) -> Iterator[str]:
    """Yield the hashes of wheels of local builds of a version, such as 2.13.0+cpu."""
    folder = os.environ.get("UV_FIND_LINKS") or os.environ.get("PIP_FIND_LINKS")
    if not folder or "://" in folder:
        return
    stem = f"{pin.name.replace('-', '_')}-{pin.version}"
    for wheel in sorted(Path(folder).glob(f"{stem}+*.whl")):
        with wheel.open("rb") as content:
            yield hashlib.file_digest(content, "sha256").hexdigest()


def main() -> int:
    """Rewrite constraints.txt; return the exit status."""
    text = CONSTRAINTS.read_text(encoding="utf-8")
    before = list(pins(text))
    try:
        asked = _asked(before)
    except subprocess.CalledProcessError:
        print(
            "pin_hashes: the index could not be asked (see above); nothing is changed",
            file=sys.stderr,
        )
        return 1
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    after = (
        Pin(one.name, one.version, one.hashes | asked[one.name].hashes | set(_at_hand(one)))
        for one in before
    )
    CONSTRAINTS.write_text(head + "".join(f"{one}\n" for one in after), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
