"""What a build says about itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import DamagedIndex, ForeignIndex
from index.types import EncoderInfo

FORMAT = 9
"""Raised whenever a build of this version cannot be read by an earlier one."""
FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that is not in the build, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity, origin and contents of a build."""

    format: int
    id: str
    created: str
    """UTC, ISO 8601."""
    encoder: EncoderInfo
    documents: dict[str, str]
    """Document id to the hash of its file."""
    failures: tuple[FailedFile, ...]
    chunks: int
    vectors: int
    files: dict[str, str]
    """File name within the build to its hash, for the files that never change after it."""

    def write(self, folder: Path) -> None:
        """Write the manifest into its build."""
        plain = asdict(self) | {"encoder": self.encoder._asdict()}
        text = json.dumps(plain, indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read a build's manifest; raise DamagedIndex or ForeignIndex."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedIndex(
            f"{folder / FILE}: cannot be read ({type(error).__name__}). Run `residency index`"
        ) from error
    found = plain.get("format") if isinstance(plain, dict) else None
    if found != FORMAT:
        raise ForeignIndex(
            f"{folder}: an index of format {found}, this version reads {FORMAT}. "
            "Run `residency index`"
        )
    try:
        encoder = EncoderInfo(**plain.pop("encoder"))
        failures = tuple(FailedFile(**row) for row in plain.pop("failures"))
        return Manifest(encoder=encoder, failures=failures, **plain)
    except (KeyError, TypeError) as error:
        raise DamagedIndex(
            f"{folder / FILE}: incomplete ({error}). Run `residency index`"
        ) from error
