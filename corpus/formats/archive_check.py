"""Checks an archive of an office program before anything reads it: kind, growth, entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from corpus.formats.types import Unusable

MOST_MEMBERS = 5_000
LARGEST_CONTENT_MB = 512
_LARGEST_RATIO = 200
_SMALL_MB = 16
"""Of content; below it any ratio is harmless."""
_CHUNK = 2**16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What reading a malformed archive raises."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is an archive of parts."""

    name: str
    """As a reader would call it: "workbook"."""
    suffix: str
    main: str
    """The part without which it is none."""
    old: str
    """What an old file of the same program is called."""


def check_archive(content: bytes, kind: Kind) -> None:
    """Refuse an archive that is none of its kind, is locked, or would grow too much."""
    anew = f"Save it as {kind.suffix} anew"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unusable("is protected with a password", "Save it without one")
        raise Unusable(f"is of the old format of {kind.old}", f"Save it as {kind.suffix}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_declared(archive.infolist(), kind, anew)
            _check_members(archive, anew)
    except BROKEN as error:
        raise Unusable(f"is no {kind.name}, or is damaged ({error})", anew) from error


def _check_declared(members: list[zipfile.ZipInfo], kind: Kind, anew: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unusable(f"holds {len(members):,} files, the limit is {MOST_MEMBERS:,}", anew)
    if any(member.flag_bits & 1 for member in members):
        raise Unusable("is protected with a password", "Save it without one")
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise Unusable(f"is packed as no {kind.name} is", anew)
    _check_growth(sum(m.file_size for m in members), sum(m.compress_size for m in members), anew)
    if not any(member.filename == kind.main for member in members):
        raise Unusable(f"is no {kind.name} (it has no {kind.main})", anew)


def _check_growth(size: int, packed: int, anew: str) -> None:
    if size > LARGEST_CONTENT_MB * 2**20 or (
        size > _SMALL_MB * 2**20 and size > packed * _LARGEST_RATIO
    ):
        raise Unusable(
            f"grows from {packed / 2**20:.1f} to {size / 2**20:.1f} MB when it is opened, the "
            f"limits are {LARGEST_CONTENT_MB} MB and {_LARGEST_RATIO} times",
            f"{anew}, without pictures",
        )


def _check_members(archive: zipfile.ZipFile, anew: str) -> None:
    """Unpack everything once, in pieces: what is declared need not be true."""
    size = packed = 0
    for member in archive.infolist():
        packed += member.compress_size
        kept = b""
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                _check_growth(size, max(packed, 1), anew)
                if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in kept + piece:
                    raise Unusable("declares entities, as no such file does", "Save it anew")
                kept = piece[-16:]
