"""The parts of an office document as trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.archive_check import Kind, xml_members

if TYPE_CHECKING:
    from lxml.etree import Element

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""What the strict variant of Office Open XML calls the usual vocabularies."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The members of an archive that passed the checks."""

    kind: Kind
    members: dict[str, bytes]
    """The XML of the document, by name."""

    def tree(self, name: str) -> Element | None:
        """Return the root of a member, None where there is none."""
        content = self.members.get(name)
        return None if content is None else parse_xml(content, self.kind)


def read_parts(content: bytes, kind: Kind) -> Parts:
    """Return the XML of an office document; refuse what is none or would grow too much."""
    return Parts(kind, xml_members(content, kind))


def parse_xml(content: bytes, kind: Kind) -> Element:
    """Return the root of a piece of XML that declares nothing and reads nothing outside."""
    from lxml import etree

    if _STRICT in content:
        for strict, usual in _USUAL.items():
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise kind.damaged(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise kind.declares()
    return root
