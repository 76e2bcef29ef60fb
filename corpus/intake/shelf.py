"""The files of pages that were fetched, and what is kept beside each about where it is from."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO, NamedTuple

from corpus.formats.registry import FORMATS, stored_as
from corpus.intake.addresses import stem

BESIDE = ".fetch.json"
"""What the name of a page's record ends with, behind that of its file."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that now lies in a file."""

    url: str
    """The address as the user gave it."""
    path: Path
    changed: bool
    """False when the file holds what it held before."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept beside a file about where it is from."""

    url: str
    final_url: str
    etag: str
    last_modified: str
    content_type: str
    sha256: str
    fetched: str


class Page(NamedTuple):
    """An answer: its record, and the suffix of the file, empty when the stored one still holds."""

    record: Record
    suffix: str
    moved_to: str = ""
    """Where permanent redirects lead from the address; empty where there are none."""


class Shelf:
    """The place in a folder where one address has its file."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self._stem = stem(url)

    def stored(self) -> Record | None:
        """Return what is known about the file of an earlier download, if it is there unaltered."""
        for path in self._paths():
            record = _read_record(_beside(path))
            if record and record.url == self._url and record.sha256 == _sha256(path):
                return record
        return None

    def path(self) -> Path | None:
        """Return the file of an earlier download; None where there is none that is whole."""
        record = self.stored()
        return next(
            (one for one in self._paths() if record and _sha256(one) == record.sha256), None
        )

    def keep(self, page: Page, part: Path) -> Fetched:
        """Put a downloaded page in the place of what was there."""
        target = self._target(page)
        changed = _sha256(target) != page.record.sha256
        if changed:
            part.replace(target)
            _sync(self._folder)
        self._write_record(_beside(target), page.record)
        for path in self._paths():
            if path != target:
                path.unlink(missing_ok=True)
                _beside(path).unlink(missing_ok=True)
        return Fetched(self._url, target, changed)

    def _target(self, page: Page) -> Path:
        if page.suffix:
            return self._folder / (self._stem + page.suffix)
        return next(path for path in self._paths() if _sha256(path) == page.record.sha256)

    def _paths(self) -> list[Path]:
        return [self._folder / (self._stem + suffix) for suffix in sorted(map(stored_as, FORMATS))]

    def _write_record(self, path: Path, record: Record) -> None:
        with part_file(self._folder) as part:
            part.write(json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
            part.flush()
            os.fsync(part.fileno())
            part.close()
            Path(part.name).replace(path)
        _sync(self._folder)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


def _read_record(path: Path) -> Record | None:
    """Return a record, or None when there is none that can be used: the page is asked for anew."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = [field.name for field in fields(Record)]
    if not isinstance(read, dict) or not all(isinstance(read.get(name), str) for name in names):
        return None
    return Record(**{name: read[name] for name in names})


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def part_file(folder: Path) -> Iterator[BinaryIO]:
    """A hidden file of its own to write into; it is gone afterwards unless it was renamed."""
    path = folder / f".{secrets.token_hex(8)}.part"
    try:
        with path.open("xb") as stream:
            yield stream
    finally:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Put a renaming on the disk, where folders can be synced at all."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
