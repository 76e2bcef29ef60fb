"""XML of the parts of office documents, read without entities and written as it was."""

from __future__ import annotations

from typing import Any


def parsed(body: bytes) -> Any:
    """Return the root element of a part; raise SyntaxError for what is no XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(body, parser)


def written(root: Any) -> bytes:
    """Return a part as bytes, with the declaration that it had."""
    from lxml import etree

    tree: Any = root.getroottree()
    standalone = tree.docinfo.standalone
    return bytes(
        etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=standalone)
    )


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def space_of(element: Any) -> str:
    """Return the namespace of an element as the front of names in it: "{…}"."""
    tag = str(element.tag)
    return tag[: tag.rfind("}") + 1]
