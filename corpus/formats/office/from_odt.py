"""An OpenDocument text to the reading form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.formats.archive_check import Kind
from corpus.formats.office.document_parts import Parts, parse_xml, read_parts
from corpus.formats.office.odt_styles import OdtStyles
from corpus.formats.office.odt_text import OdtText
from corpus.formats.office.office_xml import child, local, value
from corpus.formats.office.writing.write_blocks import write
from corpus.formats.types import Extracted, counted, locked

if TYPE_CHECKING:
    from lxml.etree import Element

_KIND = Kind("OpenDocument text", ".odt", "content.xml", "Word (.doc)")
_FLAT = replace(_KIND, suffix=".fodt")


def from_odt(content: bytes) -> Extracted:
    """Return the text of an OpenDocument file in the reading form, with its title."""
    parts = read_parts(content, _KIND)
    if _is_encrypted(parts):
        raise locked()
    root = parts.tree(_KIND.main)
    if root is None:
        raise _KIND.damaged(f"it has no {_KIND.main}")
    return _read(root, parts.tree("styles.xml"), parts.tree("meta.xml"))


def from_fodt(content: bytes) -> Extracted:
    """Return the text of an OpenDocument file that is one piece of XML."""
    root = parse_xml(content, _FLAT)
    return _read(root, root, root)


def _read(root: Element, styles: Element | None, meta: Element | None) -> Extracted:
    body = child(root, "body", "text")
    if body is None:
        raise _KIND.damaged("it is no text")
    text = OdtText(
        OdtStyles(child(styles, "styles"), child(root, "automatic-styles")),
        _controls(body),
        _deletions(body),
    )
    blocks = text.blocks(body)
    title = child(meta, "meta", "title")
    return Extracted(
        write(blocks, text.notes),
        markdown=True,
        title="" if title is None else (title.text or "").strip(),
        left_out=counted(text.left_out),
    )


def _is_encrypted(parts: Parts) -> bool:
    manifest = parts.tree("META-INF/manifest.xml")
    return manifest is not None and any(
        local(one) == "encryption-data" for one in manifest.iter("{*}*")
    )


def _deletions(body: Element) -> frozenset[str]:
    """Return the deletions whose text stands in its place, between two marks.

    One that never ends must not hide the rest of the text.
    """
    regions = {
        value(one.getparent(), "id") or "" for one in body.iter("{*}deletion") if len(one)
    } - {""}
    begun: set[str] = set()
    ended: set[str] = set()
    for one in body.iter("{*}change-start", "{*}change-end"):
        name = value(one, "change-id") or ""
        if local(one) == "change-start":
            begun.add(name)
        elif name in begun:
            ended.add(name)
    return frozenset(regions & ended)


def _controls(body: Element) -> dict[str, Element]:
    """Return the fields of forms by the ids that the text names."""
    return {
        name: one
        for form in body.iter("{*}form")
        for one in form.iter("{*}*")
        if (name := value(one, "id"))
    }
