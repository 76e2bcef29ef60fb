"""The file that a backup is: a compressed tar whose first member says what the others must be."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from gzip import BadGzipFile
from pathlib import Path
from typing import IO, Any, NamedTuple

from index.errors import BackupError
from index.home.paths import inside

FORMAT = 1
"""Raised whenever a backup of this version cannot be read by an earlier one."""
CONTENTS = "backup.json"
"""The first member."""
# Vectors and weights hardly shrink: level 9 takes twice the time of level 1 for a fortieth less.
_LEVEL = 1
_LONGEST = 256 * 2**20
"""Bytes of the first member that are read into memory."""
_BLOCK = 2**20
_ANOTHER = "Take another backup, or copy this one again from where it came"
_DAMAGES = (tarfile.TarError, EOFError, zlib.error, BadGzipFile)


class Expected(NamedTuple):
    """What a member must be."""

    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Item:
    """A file to pack."""

    name: str
    """POSIX path in the home."""
    path: Path
    """Where it is read from."""
    expected: Expected
    mode: int
    modified: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself."""

    program: str
    """Version of the program that made it."""
    created: str
    """UTC, ISO 8601."""
    home: str
    """The home folder that it was made of."""
    build: str
    """Id of the index, empty where there was none."""
    server: str
    """Address of the Chroma server with the vectors; empty when they are in the backup."""
    notes: tuple[str, ...]
    """What is not in it, and why."""
    members: Mapping[str, Expected] = field(default_factory=dict)
    """By name."""

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members.values())


def pack(archive: Path, contents: Contents, items: Sequence[Item]) -> None:
    """Write a new archive, readable by its owner alone, and flush it to disk.

    Raises BackupError when a file is not what was expected of it, and OSError.
    """
    plain = asdict(contents) | {
        "format": FORMAT,
        "members": {item.name: item.expected._asdict() for item in items},
    }
    stated = json.dumps(plain, indent=1).encode()
    with open(archive, "xb", opener=_private) as handle:
        with tarfile.open(
            fileobj=handle, mode="w:gz", compresslevel=_LEVEL, format=tarfile.PAX_FORMAT
        ) as tar:
            tar.addfile(_header(CONTENTS, len(stated)), io.BytesIO(stated))
            for item in items:
                _pack_one(tar, item)
        handle.flush()
        os.fsync(handle.fileno())


def unpack(archive: Path, folder: Path, allow: Callable[[Contents], None]) -> Contents:
    """Extract an archive into an empty folder, every member held against what is said of it.

    `allow` may raise before anything is written. Raises BackupError for what is not a whole
    backup, and OSError when the folder cannot be written.
    """
    with _reading(archive) as tar:
        contents = _contents(archive, tar)
        allow(contents)
        waiting = dict(contents.members)
        for member in tar:
            if member.name == CONTENTS and member.offset == 0:
                continue
            _extract(archive, tar, member, waiting.pop(member.name, None), folder)
    if waiting:
        raise BackupError(
            f"{archive}: {next(iter(waiting))} is not in it, the file was cut short. {_ANOTHER}"
        )
    return contents


class _Stream:
    """A file that tells how its bytes hash while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._source.read(size)
        self.digest.update(block)
        return block


def _private(path: str, flags: int) -> int:
    # Conversations are in it.
    return os.open(path, flags, 0o600)


def _header(name: str, size: int, mode: int = 0o600, modified: float = 0.0) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, mode, modified
    return header


def _pack_one(tar: tarfile.TarFile, item: Item) -> None:
    with item.path.open("rb") as handle:
        stream = _Stream(handle)
        header = _header(item.name, item.expected.size, item.mode, item.modified)
        tar.addfile(header, stream)
    if stream.digest.hexdigest() != item.expected.sha256:
        raise BackupError(f"{item.path}: it changed meanwhile. Run `residency doctor`")


@contextmanager
def _reading(archive: Path) -> Iterator[tarfile.TarFile]:
    """Yield the opened archive; turn what is wrong with it into BackupError."""
    try:
        handle = archive.open("rb")
    except OSError as error:
        raise BackupError(
            f"{archive}: cannot be read ({error.strerror}). Correct the path"
        ) from error
    with handle:
        try:
            tar = tarfile.open(fileobj=handle, mode="r:gz")  # noqa: SIM115 - closed below
        except _DAMAGES as error:
            raise BackupError(
                f"{archive}: not a backup, or one cut short at its beginning ({error}). Correct "
                "the path"
            ) from error
        try:
            with tar:
                yield tar
        except _DAMAGES as error:
            raise BackupError(f"{archive}: cut short or damaged ({error}). {_ANOTHER}") from error


def _contents(archive: Path, tar: tarfile.TarFile) -> Contents:
    first = tar.next()
    if first is None or first.name != CONTENTS or not first.isreg() or first.size > _LONGEST:
        raise BackupError(
            f"{archive}: not a backup of this program (it does not begin with {CONTENTS}). "
            "Correct the path"
        )
    handle = tar.extractfile(first)
    assert handle is not None
    try:
        plain = json.loads(handle.read())
        found = plain.pop("format")
        if found != FORMAT:
            raise BackupError(
                f"{archive}: a backup of format {found} by version {plain.get('program')}, this "
                f"version reads {FORMAT}. Install that version"
            )
        return _parsed(plain)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError(
            f"{archive}: what it says of itself cannot be read ({error}). {_ANOTHER}"
        ) from error


def _parsed(plain: Mapping[str, Any]) -> Contents:
    members = {
        inside(str(name)): Expected(int(row["size"]), str(row["sha256"]))
        for name, row in plain["members"].items()
    }
    if any(member.size < 0 for member in members.values()):
        raise ValueError("a size below 0")
    notes = tuple(map(str, plain["notes"]))
    return Contents(
        str(plain["program"]), str(plain["created"]), str(plain["home"]), str(plain["build"]),
        str(plain["server"]), notes, members,
    )  # fmt: skip


def _extract(
    archive: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, expected: Expected | None,
    folder: Path,
) -> None:  # fmt: skip
    if expected is None:
        raise BackupError(
            f"{archive}: {member.name!r} is in it and not in its list of contents. {_ANOTHER}"
        )
    handle = tar.extractfile(member) if member.isreg() else None
    if handle is None:
        raise BackupError(f"{archive}: {member.name!r} is a link or a device. {_ANOTHER}")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = _copied(handle, target) if member.size == expected.size else ""
    if digest != expected.sha256:
        raise BackupError(f"{archive}: {member.name!r} in it was changed. {_ANOTHER}")
    target.chmod(0o600)
    os.utime(target, (member.mtime, member.mtime))


def _copied(handle: IO[bytes], target: Path) -> str:
    """Write a new file; return its hash."""
    stream = _Stream(handle)
    with target.open("xb") as written:
        while block := stream.read(_BLOCK):
            written.write(block)
    return stream.digest.hexdigest()
