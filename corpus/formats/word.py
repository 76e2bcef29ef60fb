"""A Word document to Markdown: checked as an archive, read by mammoth, rendered as a page."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from corpus.formats.types import Extracted, Unusable
from corpus.formats.web.from_html import parse_html
from corpus.formats.web.render_markdown import render

MOST_MEMBERS = 5_000
LARGEST_CONTENT_MB = 512
_LARGEST_RATIO = 200
_SMALL_MB = 16
"""Of content; below it any ratio is harmless."""
_CHUNK = 2**16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DEFAULT_TITLES = ("word document", "untitled", "document", "document1")
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        "p[style-name='Quote'] => blockquote > p:fresh",
        "p[style-name='Intense Quote'] => blockquote > p:fresh",
    )
)


def from_docx(content: bytes) -> Extracted:
    """Return the text of a Word document as Markdown, with the title of its properties."""
    import mammoth

    title = _check(content)
    page = mammoth.convert_to_html(
        io.BytesIO(content),
        style_map=_STYLES,
        convert_image=lambda _: [],
        include_embedded_style_map=False,
        external_file_access=False,
    ).value
    text = render(parse_html(page)) if page.strip() else ""
    return Extracted(text, markdown=True, title=title)


def _check(content: bytes) -> str:
    """Refuse an archive that is no document or would grow too much; return its title."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unusable("is protected with a password", "Save it without one")
        raise Unusable("is of the old format of Word (.doc)", "Save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_declared(archive.infolist())
            _check_members(archive)
            return _title(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unusable(
            f"is no Word document, or is damaged ({error})", "Save it as .docx anew"
        ) from error


def _check_declared(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unusable(
            f"holds {len(members):,} files, the limit is {MOST_MEMBERS:,}", "Save it as .docx anew"
        )
    if any(member.flag_bits & 1 for member in members):
        raise Unusable("is protected with a password", "Save it without one")
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise Unusable("is packed as no Word document is", "Save it as .docx anew")
    _check_growth(sum(m.file_size for m in members), sum(m.compress_size for m in members))
    if not any(member.filename == _DOCUMENT for member in members):
        raise Unusable(f"is no Word document (it has no {_DOCUMENT})", "Save it as .docx anew")


def _check_growth(size: int, packed: int) -> None:
    if size > LARGEST_CONTENT_MB * 2**20 or (
        size > _SMALL_MB * 2**20 and size > packed * _LARGEST_RATIO
    ):
        raise Unusable(
            f"grows from {packed / 2**20:.1f} to {size / 2**20:.1f} MB when it is opened, the "
            f"limits are {LARGEST_CONTENT_MB} MB and {_LARGEST_RATIO} times",
            "Save it as .docx anew, without pictures",
        )


def _check_members(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, in pieces: what is declared need not be true."""
    size = packed = 0
    for member in archive.infolist():
        packed += member.compress_size
        kept = b""
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                _check_growth(size, max(packed, 1))
                if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in kept + piece:
                    raise Unusable("declares entities, as no Word document does", "Save it anew")
                kept = piece[-16:]


def _title(archive: zipfile.ZipFile) -> str:
    try:
        # What declares entities was refused before.
        root = ElementTree.fromstring(archive.read("docProps/core.xml"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    title = (root.findtext(_TITLE) or "").strip()
    return "" if title.lower() in _DEFAULT_TITLES else title
