"""An evidence pack as a file, in the form that its name or a link asks for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from corpus.formats import Unusable, work_apart
from ui.errors import EvidenceError
from ui.evidence.evidence_pack import Pack
from ui.evidence.pack_page import pack_page
from ui.evidence.pack_pdf import pack_pdf
from ui.shared.bounds.turns import turn_lent

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_STEM = 60
_AT_HAND = 20
"""Answers of which a PDF is set in a quarter of a second."""
_HALF = re.compile("[\ud800-\udfff]")


class PackForm(StrEnum):
    """The forms of a pack."""

    HTML = "html"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file to be written or offered."""

    content: bytes
    name: str
    media_type: str


def pack_file(pack: Pack, form: PackForm) -> PackFile:
    """Return a pack as a file."""
    name = f"{_stem(pack.title)}.{form.value}"
    if form is PackForm.PDF:
        return PackFile(_pdf(pack), name, "application/pdf")
    # Halves of characters become their code.
    content = pack_page(pack).encode("utf-8", "backslashreplace")
    return PackFile(content, name, "text/html; charset=utf-8")


def _pdf(pack: Pack) -> bytes:
    """Return a pack as a PDF; a long one is set in another process, and others work meanwhile."""
    if len(pack.entries) <= _AT_HAND:
        return pack_pdf(pack)
    try:
        with turn_lent():
            return work_apart(f"{__name__}:{_set_apart.__name__}", "", _as_json(pack))
    except Unusable as error:
        raise EvidenceError(
            f"{pack.title}: {len(pack.entries):,} answers are no PDF ({error.cause}). Take the "
            "evidence as HTML, or of fewer answers"
        ) from error


def _set_apart(_request: str, content: bytes) -> bytes:
    """Do the work of `_pdf`, in the process of its own."""
    pack: Pack = _packs().validate_json(content)
    return pack_pdf(pack)


def _as_json(pack: Pack) -> bytes:
    plain = json.dumps(_packs().dump_python(pack, mode="json"), ensure_ascii=False)
    # Halves of characters are no JSON for others, and no letters of the PDF either.
    return _HALF.sub(lambda one: f"[U+{ord(one[0]):04X}]", plain).encode()


@cache
def _packs() -> TypeAdapter[Pack]:
    return TypeAdapter(Pack)


def _stem(title: str) -> str:
    """Return the name of a pack's file, of letters that a header of HTTP may have."""
    words = "-".join(_WORD.findall(title.lower()))[:_LONGEST_STEM].strip("-")
    return f"evidence-{words}" if words else "evidence"


def form_of(path: Path) -> PackForm:
    """Return the form that a file's name asks for; raise EvidenceError."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in set(PackForm):
        raise EvidenceError(
            f"{path}: no form of an evidence pack. Name the file .pdf or .html with --output"
        )
    return PackForm(suffix)


def write_pack(pack: Pack, path: Path) -> None:
    """Write a pack to a file; raise EvidenceError where that cannot be."""
    file = pack_file(pack, form_of(path))
    try:
        path.write_bytes(file.content)
    except OSError as error:
        raise EvidenceError(
            f"{path}: cannot be written ({error.strerror}). Give another --output"
        ) from error
