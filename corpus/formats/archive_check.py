"""The archive that an office document is: checked before anything of it is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.formats.types import Unusable, damaged, locked
from corpus.formats.xml_scan import XmlScan, is_first

MOST_MEMBERS = 5_000
LARGEST_CONTENT_MB = 512
"""Of all parts, unpacked."""
_LARGEST_RATIO = 200
_SMALL_MB = 16
"""Of content; below it any ratio is harmless."""
_CHUNK = 2**16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What reading a malformed archive raises."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is an archive of parts."""

    name: str
    """As a reader calls it: "workbook"."""
    suffix: str
    """As which to save it anew."""
    main: str
    """The part that holds its text, unless the archive names another."""
    old: str
    """What an old file of the same program is called."""
    content_mb: int = LARGEST_CONTENT_MB
    """Of all parts, unpacked, at most."""
    xml_mb: int = LARGEST_CONTENT_MB
    """Of one part of XML, at most."""

    @property
    def anew(self) -> str:
        """What to do with a file that cannot be read."""
        return f"Save it as {self.suffix} anew"

    def damaged(self, why: str) -> Unusable:
        """Return the refusal of a file that is not what its name says."""
        return damaged(self.name, self.anew, why)

    def declares(self) -> Unusable:
        """Return the refusal of a file that declares entities."""
        return Unusable(f"declares entities, as no {self.name} does", "Save it anew")


def check_archive(content: bytes, kind: Kind) -> None:
    """Refuse an archive that is none of its kind, is locked, or would grow too much."""
    if kind.main not in checked_names(content, kind):
        raise kind.damaged(f"it has no {kind.main}")


def checked_names(content: bytes, kind: Kind) -> tuple[str, ...]:
    """Return the names of an archive's parts; refuse what `check_archive` does but for its main."""
    with _opened(content, kind) as archive:
        for _ in _pieces(archive, kind):
            continue
        return tuple(archive.namelist())


def xml_members(content: bytes, kind: Kind) -> dict[str, bytes]:
    """Return the XML of an archive by name; refuse what `check_archive` does but for its main."""
    found: dict[str, bytearray] = {}
    with _opened(content, kind) as archive:
        for name, piece in _pieces(archive, kind):
            if name.endswith(_XML):
                found.setdefault(name.lstrip("/"), bytearray()).extend(piece)
    return {name: bytes(whole) for name, whole in found.items()}


@contextmanager
def _opened(content: bytes, kind: Kind) -> Iterator[zipfile.ZipFile]:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        raise Unusable(f"is of the old format of {kind.old}", f"Save it as {kind.suffix}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_declared(archive.infolist(), kind)
            yield archive
    except BROKEN as error:
        raise kind.damaged(str(error)) from error


def _check_declared(members: list[zipfile.ZipInfo], kind: Kind) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unusable(f"holds {len(members):,} files, the limit is {MOST_MEMBERS:,}", kind.anew)
    if any(member.flag_bits & 1 for member in members):
        raise locked()
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise Unusable(f"is packed as no {kind.name} is", kind.anew)
    _check_growth(sum(m.file_size for m in members), sum(m.compress_size for m in members), kind)


def _check_growth(size: int, packed: int, kind: Kind) -> None:
    if size > kind.content_mb * 2**20 or (
        size > _SMALL_MB * 2**20 and size > packed * _LARGEST_RATIO
    ):
        raise Unusable(
            f"grows from {packed / 2**20:.1f} to {size / 2**20:.1f} MB when it is opened, the "
            f"limits are {kind.content_mb} MB and {_LARGEST_RATIO} times",
            f"{kind.anew}, without pictures",
        )


def _pieces(archive: zipfile.ZipFile, kind: Kind) -> Iterator[tuple[str, bytes]]:
    """Unpack everything once, in pieces: what is declared need not be true."""
    size = packed = 0
    scan = XmlScan(kind.name)
    for member in sorted(archive.infolist(), key=lambda one: not is_first(one.filename)):
        packed += member.compress_size
        part = scan.part() if scan.is_read(member.filename) else None
        before = size
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                _check_growth(size, max(packed, 1), kind)
                if part is not None:
                    _check_part(member.filename, size - before, kind)
                    part.feed(piece)
                yield member.filename, piece
        if part is not None:
            part.close()


def _check_part(name: str, size: int, kind: Kind) -> None:
    if size > kind.xml_mb * 2**20:
        raise Unusable(
            f"has a part ({name[:80]}) of more than {kind.xml_mb} MB",
            "Give what is asked for alone",
        )
