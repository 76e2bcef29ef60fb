"""An evidence pack as a file, in the form that its name or a link asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ui.errors import EvidenceError
from ui.evidence.evidence_pack import Pack
from ui.evidence.pack_page import pack_page
from ui.evidence.pack_pdf import pack_pdf

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_STEM = 60


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
        return PackFile(pack_pdf(pack), name, "application/pdf")
    # Halves of characters become their code.
    content = pack_page(pack).encode("utf-8", "backslashreplace")
    return PackFile(content, name, "text/html; charset=utf-8")


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
