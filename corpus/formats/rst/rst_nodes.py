"""Nodes that stand for what docutils has no node for: choices of the reader, what is left out."""

from __future__ import annotations

from typing import Literal

from docutils import nodes

Kind = Literal["note", "tab", "zone", "titled"]


class Set(nodes.General, nodes.Element):
    """What a directive sets apart; its title is its first child where it has one."""

    def __init__(self, kind: Kind, *children: nodes.Node, title: str = "") -> None:
        super().__init__("", *children)
        self["kind"] = kind
        if title:
            self.insert(0, nodes.title(title, title))


class Lost(nodes.General, nodes.Inline, nodes.Element):
    """What did not become text."""

    def __init__(self, what: str, example: str = "") -> None:
        super().__init__("")
        self["what"], self["example"] = what, example


class Label(nodes.Inline, nodes.TextElement):
    """A reference by a label; it shows the title of what the label stands on."""
