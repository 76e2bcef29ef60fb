"""What a build says about itself."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from index.errors import DamagedIndex, ForeignIndex
from index.home.faults.kinds import Fault, next_step, step
from index.types import EncoderInfo, Vectors

FORMAT = 22
"""Raised whenever a build of this version cannot be read by an earlier one."""
FILE = "manifest.json"
_BLOCK = 2**20


class Sum(NamedTuple):
    """What tells that a file is as it was written."""

    size: int
    """Bytes."""
    crc32: int
    """Fast: looked at whenever a build is opened."""
    sha256: str
    """Looked at by `residency doctor`."""

    @classmethod
    def of(cls, path: Path) -> Sum:
        """Return size and sums of a file."""
        size, crc, digest = 0, 0, hashlib.sha256()
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                size += len(block)
                crc = zlib.crc32(block, crc)
                digest.update(block)
        return cls(size, crc, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity, origin and contents of a build."""

    format: int
    id: str
    """Hash of all that the build was made of."""
    created: str
    """UTC, ISO 8601."""
    encoder: EncoderInfo
    model: dict[str, Sum]
    """Files of the exported encoder, in the home's folder of models."""
    rules: str
    """Hash of the code that reads documents."""
    documents: dict[str, str]
    """Document id to the hash of its file."""
    counts: dict[str, int]
    """Rows, words, pieces and vectors, by what they are."""
    server: str
    """Address of the Chroma server with the vectors; empty when they lie in the build."""
    collections: str
    """What the names of its collections on the server begin with."""
    deleted: int
    """Vectors deleted from Chroma's graph since it was made anew."""
    files: dict[str, Sum]
    """File name within the build to its sums, for the files that never change after it."""

    @property
    def vectors(self) -> int:
        """Vectors in all."""
        return sum(count for name, count in self.counts.items() if name.startswith("vectors"))

    @property
    def vector_counts(self) -> dict[Vectors, int]:
        """Vectors of each set."""
        return {which: self.counts[f"vectors of {which.value}"] for which in Vectors}

    @property
    def chunks(self) -> int:
        """Chunks in all."""
        return self.counts["chunks"]

    def write(self, folder: Path) -> None:
        """Write the manifest, with a sum of its own, into its build."""
        plain = asdict(self) | {
            "encoder": self.encoder._asdict(),
            "model": {name: one._asdict() for name, one in self.model.items()},
            "files": {name: one._asdict() for name, one in self.files.items()},
        }
        plain["sum"] = _own_sum(plain)
        text = json.dumps(plain, indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text, encoding="utf-8")

    def changed_files(self, folder: Path, models: Path) -> list[str]:
        """Return the files that are missing, of another size or of another CRC.

        `models` is the folder with the exported encoders.
        """
        encoder = models / self.encoder.sha256[:16]
        return [
            *(name for name, sums in self.files.items() if not _is_whole(folder / name, sums)),
            *(name for name, sums in self.model.items() if not _is_whole(encoder / name, sums)),
        ]

    def require_whole(self, folder: Path, models: Path) -> None:
        """Raise DamagedIndex where a file is not what it was when the build was made, or may not
        be read.
        """
        changed = self.changed_files(folder, models)
        if not changed:
            return
        encoder = models / self.encoder.sha256[:16]
        shut = [
            path
            for name in changed
            for path in (folder / name, encoder / name)
            if os.path.lexists(path) and not os.access(path, os.R_OK)
        ]
        if shut:
            raise DamagedIndex(
                f"{shut[0]}: cannot be read. {step(Fault.UNREADABLE)}, or run `residency index`"
            )
        raise DamagedIndex(
            f"{folder}: {', '.join(changed)} missing or changed. Run `residency index`"
        )


def sums(folder: Path, names: Iterable[str]) -> dict[str, Sum]:
    """Return the sums of files of a build."""
    return {name: Sum.of(folder / name) for name in sorted(names)}


def read_manifest(folder: Path) -> Manifest:
    """Read a build's manifest; raise DamagedIndex or ForeignIndex."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        cause, otherwise = type(error).__name__, ""
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            cause, otherwise = error.strerror or cause, f"{next_step(error)}, or run"
        raise DamagedIndex(
            f"{folder / FILE}: cannot be read ({cause}). {otherwise or 'Run'} `residency index`"
        ) from error
    found = plain.get("format") if isinstance(plain, dict) else None
    if found != FORMAT:
        raise ForeignIndex(
            f"{folder}: an index of format {found}, this version reads {FORMAT}. "
            "Run `residency index`"
        )
    stated = plain.pop("sum", "")
    if stated != _own_sum(plain):
        raise DamagedIndex(f"{folder / FILE}: it was changed. Run `residency index`")
    try:
        encoder = EncoderInfo(**plain.pop("encoder"))
        files, model = (
            {name: Sum(**row) for name, row in plain.pop(key).items()} for key in ("files", "model")
        )
        return Manifest(encoder=encoder, files=files, model=model, **plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise DamagedIndex(
            f"{folder / FILE}: incomplete ({error}). Run `residency index`"
        ) from error


def collections_of(folder: Path) -> str:
    """Return what the names of a build's collections on a server begin with, empty for none."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return str(plain.get("collections", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _own_sum(plain: Mapping[str, object]) -> str:
    ordered = json.dumps(plain, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(ordered.encode()).hexdigest()


def _is_whole(path: Path, expected: Sum) -> bool:
    try:
        if path.stat().st_size != expected.size:
            return False
        crc = 0
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                crc = zlib.crc32(block, crc)
    except OSError:
        return False
    return crc == expected.crc32
