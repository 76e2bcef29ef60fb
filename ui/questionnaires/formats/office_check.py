"""Checks an office document as an archive before it is read: kind, size unpacked, entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ui.errors import QuestionFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_PARTS = 5_000
_LARGEST_CONTENT_MB = 256
_LARGEST_XML_MB = 48
"""Of one part; what is parsed takes several times its size in memory."""
_LARGEST_RATIO = 200
_SMALL_MB = 16
"""Of content; below it any ratio is harmless."""
_CHUNK = 2**16
_MB = 2**20
_STRICT = b"http://purl.oclc.org/ooxml/"
_SIGNATURES = "_xmlsignatures/"
_LINKED = "xl/externalLinks/"
_MACROS = ("xl/vbaProject.bin", "word/vbaProject.bin")
BROKEN = (
    zipfile.BadZipFile, zlib.error, ArithmeticError, AttributeError, EOFError, LookupError,
    NotImplementedError, OSError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What reading a malformed archive or its XML raises."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of office document."""

    name: str
    whose: str
    """The program that it is of."""
    suffix: str
    main: str
    """The part without which it is none."""
    old: str


_BOOK = _Kind("workbook", "Excel", ".xlsx", "xl/workbook.xml", ".xls")
_DOCUMENT = _Kind("document", "Word", ".docx", "word/document.xml", ".doc")


def check_workbook(path: Path, content: bytes) -> tuple[str, ...]:
    """Return what to know of writing into a workbook; raise QuestionFileError for a bad one."""
    return _check(path, content, _BOOK)


def check_document(path: Path, content: bytes) -> tuple[str, ...]:
    """Return what to know of writing into a document; raise QuestionFileError for a bad one."""
    return _check(path, content, _DOCUMENT)


def damaged(path: Path, error: Exception) -> QuestionFileError:
    """Return the refusal of a file that is not what its name says."""
    kind = _DOCUMENT if path.suffix.lower().startswith(".doc") else _BOOK
    return QuestionFileError(
        f"{path}: is a damaged {kind.name} ({error}). Open it in {kind.whose} or a program like "
        f"it and save it anew as {kind.suffix}"
    )


def _check(path: Path, content: bytes, kind: _Kind) -> tuple[str, ...]:
    _check_kind(path, content, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_declared(path, archive.infolist())
            _check_parts(path, archive)
            names = archive.namelist()
            strict = kind.main in names and _STRICT in archive.read(kind.main)
    except BROKEN as error:
        raise damaged(path, error) from error
    if kind.main not in names:
        raise QuestionFileError(
            f"{path}: is an archive, but no {kind.name} of {kind.whose}. Save the {kind.name} as "
            f"{kind.suffix}"
        )
    if strict:
        raise QuestionFileError(
            f"{path}: is a {kind.name} of the strict kind. Save it as an ordinary {kind.suffix}"
        )
    return tuple(_notes(names, kind))


def _notes(names: Sequence[str], kind: _Kind) -> Iterator[str]:
    if any(name.startswith(_SIGNATURES) for name in names):
        yield f"the digital signature of the {kind.name} does not hold for the answers"
    if any(name in _MACROS for name in names):
        yield f"the macros of the {kind.name} are kept; none is run"
    if any(name.startswith(_LINKED) for name in names):
        yield "links to other workbooks are kept and not followed; values are those last shown"


def _check_kind(path: Path, content: bytes, kind: _Kind) -> None:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise QuestionFileError(f"{path}: is protected with a password. Save it without one")
        raise QuestionFileError(
            f"{path}: is of the old format of {kind.whose} ({kind.old}). Save it as {kind.suffix}"
        )
    if not content.startswith(b"PK"):
        found = (
            "a web page" if content[:512].lstrip().startswith(b"<") else "text or something else"
        )
        raise QuestionFileError(
            f"{path}: is no {kind.name} but {found} with its name. Open it in {kind.whose} or a "
            f"program like it and save it as {kind.suffix}, or name it .csv if it is CSV"
        )


def _check_declared(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS:
        raise QuestionFileError(
            f"{path}: holds {len(parts):,} parts, the limit is {_MOST_PARTS:,}. Save it anew"
        )
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise QuestionFileError(f"{path}: holds a part twice. Save it anew")
    if any(part.flag_bits & 1 for part in parts):
        raise QuestionFileError(f"{path}: is protected with a password. Save it without one")
    _check_growth(path, sum(p.file_size for p in parts), sum(p.compress_size for p in parts))


def _check_growth(path: Path, size: int, packed: int) -> None:
    if size > _LARGEST_CONTENT_MB * _MB or (
        size > _SMALL_MB * _MB and size > packed * _LARGEST_RATIO
    ):
        raise QuestionFileError(
            f"{path}: grows from {packed / _MB:.1f} to {size / _MB:.1f} MB when it is opened, the "
            f"limits are {_LARGEST_CONTENT_MB} MB and {_LARGEST_RATIO} times. Give the sheet with "
            "the questions alone"
        )


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    """Unpack everything once, in pieces: what is declared need not be true."""
    size = packed = 0
    for part in archive.infolist():
        packed += part.compress_size
        mine, kept, is_xml = 0, b"", part.filename.endswith((".xml", ".rels", ".vml"))
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                mine += len(piece)
                _check_growth(path, size, max(packed, 1))
                # Without the zeros UTF-16 looks like ASCII.
                kept += piece.replace(b"\0", b"")
                if is_xml and b"<!DOCTYPE" in kept:
                    raise QuestionFileError(
                        f"{path}: declares entities, as no such file does. Save it anew"
                    )
                kept = kept[-16:]
        if is_xml and mine > _LARGEST_XML_MB * _MB:
            raise QuestionFileError(
                f"{path}: its part {part.filename} has {mine / _MB:.0f} MB, the limit is "
                f"{_LARGEST_XML_MB}. Give the sheet with the questions alone"
            )
