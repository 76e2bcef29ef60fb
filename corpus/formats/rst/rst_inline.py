"""Text within a line of reStructuredText to the reading form."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from docutils import nodes

from corpus.formats.markdown_writer import escaped
from corpus.formats.marked_text import bold, code_span, link, note_mark, raised, struck
from corpus.formats.markup import embedded_html
from corpus.formats.rst.rst_nodes import Label, Lost
from corpus.formats.rst.rst_roles import STRUCK
from corpus.formats.types import UNSAID

_SUBSTITUTION = re.compile(r"\|([^|\n]{1,200})\|_{0,2}")
_REFERENCE = re.compile(r"`?([^`<>\[\]|]+?)(?:\s*<[^<>]*>)?`?__?", re.S)
_NOTE = re.compile(r"(\[[^\[\]]+\])_")

Lose = Callable[[str, str], None]


class Inline:
    """Reads text within lines; `lose` is told of what is left out."""

    def __init__(self, document: nodes.document, lose: Lose) -> None:
        self._document = document
        self._lose = lose
        self.in_cell = False
        """Whether a picture stands for a word: a tick for yes."""
        self._readers: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
            (nodes.Text, lambda node: escaped(node.astext())),
            (nodes.strong, lambda node: bold(self.text(node))),
            ((nodes.literal, nodes.math), lambda node: code_span(node.astext())),
            (nodes.reference, self._reference),
            ((nodes.footnote_reference, nodes.citation_reference), self._mark),
            (nodes.problematic, lambda node: self._problematic(node.astext())),
            (nodes.superscript, lambda node: raised(self.text(node))),
            (Label, lambda node: escaped(self._labelled(node.astext()))),
            (Lost, self._lost),
            (nodes.raw, _raw),
            (nodes.image, self._image),
            (nodes.substitution_reference, lambda node: self._unknown_name(node.astext())),
            ((nodes.system_message, nodes.comment), lambda _: ""),
            (nodes.inline, self._inline),
        )

    def text(self, element: nodes.Node) -> str:
        """Return what stands within an element."""
        return "".join(map(self._node, element.children))

    def _node(self, node: nodes.Node) -> str:
        for kinds, reads in self._readers:
            if isinstance(node, kinds):
                return reads(node)
        return self.text(node)

    def _lost(self, node: nodes.Element) -> str:
        self._lose(node["what"], node["example"])
        return ""

    def _inline(self, node: nodes.Element) -> str:
        said = self.text(node)
        return struck(said) if STRUCK & set(node["classes"]) else said

    def _reference(self, node: nodes.reference) -> str:
        said = self.text(node)
        address = str(node.get("refuri", ""))
        return said if node.astext() in (address, address[7:]) else link(said, address)

    def _mark(self, node: nodes.Element) -> str:
        label = node.get("refid") or node.get("refname")
        return note_mark(str(label)) if label else f"\\[{escaped(node.astext())}\\]"

    def _image(self, node: nodes.image) -> str:
        alt = str(node.get("alt") or "")
        if self.in_cell and alt:
            return escaped(alt)
        self._lose("image", alt or str(node.get("uri", "")))
        return ""

    def _labelled(self, label: str) -> str:
        """Return the title of the section or table that has a label, else the label."""
        name = nodes.fully_normalize_name(label)
        return self._titles.get(self._document.nameids.get(name) or "", label)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Return titles by the ids of what they stand on."""
        return {
            str(one): title.astext()
            for title in self._document.findall(nodes.title)
            if isinstance(title.parent, nodes.Element)
            for one in title.parent["ids"]
        }

    def _problematic(self, text: str) -> str:
        """Return what a reader makes of text that docutils could not resolve."""
        if match := _SUBSTITUTION.fullmatch(text):
            return self._unknown_name(match[1])
        match = _NOTE.fullmatch(text) or _REFERENCE.fullmatch(text)
        return escaped(match[1] if match else text)

    def _unknown_name(self, name: str) -> str:
        self._lose("name without a value", name)
        return UNSAID


def _raw(node: nodes.Element) -> str:
    return embedded_html.line_of_html(node.astext()) if "html" in node["format"] else ""
