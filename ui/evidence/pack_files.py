"""An evidence pack as a file, in the form that its name or a link asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ui.errors import EvidenceError
from ui.evidence.evidence_pack import Pack
from ui.evidence.pack_page import pack_page
from ui.evidence.pack_pdf import pack_pdf


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
    if form is PackForm.PDF:
        return PackFile(pack_pdf(pack), "evidence.pdf", "application/pdf")
    # Halves of characters become their code.
    content = pack_page(pack).encode("utf-8", "backslashreplace")
    return PackFile(content, "evidence.html", "text/html; charset=utf-8")


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
