"""Checks an office document of questions before it is read: kind, sizes, entities.

In the process that reads it (`office_file`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats import Unusable
from corpus.formats.archive_check import Kind, checked_names

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_MB = 256
_XML_MB = 48
"""Of one part; what is parsed takes several times its size in memory."""
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
class OfficeKind:
    """A kind of office document with questions."""

    archive: Kind
    whose: str
    """The program that it is of."""

    def damaged(self, error: Exception) -> Unusable:
        """Return the refusal of a file that is not what its name says."""
        return Unusable(
            f"is a damaged {self.archive.name} ({str(error)[:200]})",
            f"Open it in {self.whose} or a program like it and save it anew as "
            f"{self.archive.suffix}",
        )


def _kind(name: str, whose: str, suffix: str, main: str, old: str) -> OfficeKind:
    return OfficeKind(Kind(name, suffix, main, old, content_mb=_CONTENT_MB, xml_mb=_XML_MB), whose)


BOOK = _kind("workbook", "Excel", ".xlsx", "xl/workbook.xml", "Excel (.xls)")
DOCUMENT = _kind("document", "Word", ".docx", "word/document.xml", "Word (.doc)")


def check_office(content: bytes, kind: OfficeKind) -> tuple[str, ...]:
    """Return what to know of writing into a document; raise Unusable for a bad one."""
    _check_begin(content, kind)
    names = checked_names(content, kind.archive)
    name, suffix, main = kind.archive.name, kind.archive.suffix, kind.archive.main
    if len(set(names)) != len(names):
        raise Unusable("holds a part twice", "Save it anew")
    if main not in names:
        raise Unusable(
            f"is an archive, but no {name} of {kind.whose}", f"Save the {name} as {suffix}"
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _STRICT in archive.read(main):
            raise Unusable(f"is a {name} of the strict kind", f"Save it as an ordinary {suffix}")
    return tuple(_notes(names, name))


def _notes(names: Sequence[str], called: str) -> Iterator[str]:
    if any(name.startswith(_SIGNATURES) for name in names):
        yield f"the digital signature of the {called} does not hold for the answers"
    if any(name in _MACROS for name in names):
        yield f"the macros of the {called} are kept; none is run"
    if any(name.startswith(_LINKED) for name in names):
        yield "links to other workbooks are kept and not followed; values are those last shown"


def _check_begin(content: bytes, kind: OfficeKind) -> None:
    if content.startswith((b"PK", _OLE)):
        return
    found = "a web page" if content[:512].lstrip().startswith(b"<") else "text or something else"
    raise Unusable(
        f"is no {kind.archive.name} but {found} with its name",
        f"Open it in {kind.whose} or a program like it and save it as {kind.archive.suffix}, or "
        "name it .csv if it is CSV",
    )
