"""A Word document to the reading form."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from corpus.formats.archive_check import Kind
from corpus.formats.office.document_parts import Parts, read_parts
from corpus.formats.office.office_xml import child, children, local, value
from corpus.formats.office.word_fields import close_fields
from corpus.formats.office.word_numbering import Numbering
from corpus.formats.office.word_styles import Styles
from corpus.formats.office.word_text import WordText
from corpus.formats.office.writing.write_blocks import write
from corpus.formats.types import Extracted, counted

if TYPE_CHECKING:
    from lxml.etree import Element

_KIND = Kind("Word document", ".docx", "word/document.xml", "Word (.doc)")
_DEFAULT_TITLES = ("word document", "untitled", "document", "document1")
_NOTES = ("footnote", "endnote")


def from_docx(content: bytes) -> Extracted:
    """Return the text of a Word document in the reading form, with the title of its properties."""
    parts = read_parts(content, _KIND)
    main = _main(parts)
    root = parts.tree(main)
    body = child(root, "body")
    if body is None:
        raise _KIND.damaged(f"it has no {_KIND.main}")
    related, links = _relations(parts, main)
    notes = {kind: _notes(parts, related.get(f"{kind}s", ""), kind) for kind in _NOTES}
    text = WordText(
        Styles(_tree(parts, related, "styles")),
        Numbering(_tree(parts, related, "numbering")),
        links,
        notes,
    )
    close_fields(root)
    blocks = text.blocks(body)
    left_out = [*text.left_out, *_comments(_tree(parts, related, "comments"))]
    return Extracted(
        write(blocks, text.notes),
        markdown=True,
        title=_title(parts),
        left_out=counted(left_out),
    )


def _main(parts: Parts) -> str:
    """Return the name of the member that holds the text."""
    for one in children(parts.tree("_rels/.rels")):
        if (one.get("Type") or "").endswith("/officeDocument"):
            name = normpath((one.get("Target") or "").lstrip("/"))
            if name in parts.members:
                return name
    if _KIND.main not in parts.members:
        raise _KIND.damaged(f"it has no {_KIND.main}")
    return _KIND.main


def _relations(parts: Parts, main: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the members that belong to the text by what they are, and where it leads."""
    folder, _, name = main.rpartition("/")
    related = {what: f"word/{what}.xml" for what in ("styles", "numbering", "comments")}
    related |= {f"{kind}s": f"word/{kind}s.xml" for kind in _NOTES}
    links: dict[str, str] = {}
    for one in children(parts.tree(join(folder, "_rels", f"{name}.rels"))):
        target = one.get("Target") or ""
        if one.get("TargetMode") == "External":
            links[one.get("Id") or ""] = target
        else:
            inside = target.startswith("/")
            path = target.lstrip("/") if inside else normpath(join(dirname(main), target))
            related[(one.get("Type") or "").rpartition("/")[2]] = path
    return related, links


def _tree(parts: Parts, related: dict[str, str], what: str) -> Element | None:
    return parts.tree(related[what])


def _notes(parts: Parts, name: str, kind: str) -> dict[str, Element]:
    root = parts.tree(name)
    if root is not None:
        close_fields(root)
    # Those with a type are the strokes between text and notes.
    return {
        value(one, "id") or "": one
        for one in children(root, kind)
        if value(one, "type") in (None, "normal")
    }


def _comments(root: Element | None) -> list[tuple[str, str]]:
    return [
        ("comment", "".join(part.text or "" for part in one.iter("{*}t")))
        for one in children(root, "comment")
    ]


def _title(parts: Parts) -> str:
    root = parts.tree("docProps/core.xml")
    said = next((one.text or "" for one in children(root) if local(one) == "title"), "").strip()
    return "" if said.lower() in _DEFAULT_TITLES else said
