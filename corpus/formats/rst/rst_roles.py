"""Roles of reStructuredText: what each of them shows to a reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes, utils
from docutils.parsers.rst import directives
from docutils.parsers.rst.states import Inliner

from corpus.formats.rst.rst_nodes import Label

STRUCK = frozenset(
    ("strike", "strikethrough", "line-through", "struck", "del", "deleted", "s", "st")
)
"""Names of roles and classes for what is struck out."""
OF_DOCUTILS = frozenset(
    ("", "emphasis", "strong", "literal", "code", "math", "sub", "subscript", "sup",
     "superscript", "title", "title-reference", "t")
)  # fmt: skip
_ICONS = frozenset(("octicon", "fa", "fas", "fab", "far", "icon", "material-regular", "iconify"))
_LITERAL = frozenset(
    ("file", "samp", "envvar", "option", "command", "program", "makevar", "mimetype", "regexp",
     "func", "class", "meth", "mod", "attr", "data", "const", "obj", "exc", "confval", "setting")
)  # fmt: skip
_BY_LABEL = frozenset(("ref", "numref", "any"))
_WITH_TARGET = re.compile(r"(?P<shown>[^\x00<]+(?:\x00.[^\x00<]*)*)(?<!\x00)<[^<>]*>\s*", re.S)
_ACCELERATOR = re.compile(r"&(?=\w)")

Role = Callable[..., tuple[list[nodes.Node], list[nodes.system_message]]]


def shown(
    name: str,
    rawtext: str,
    text: str,
    *_: Any,
    **__: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return what a role of Sphinx or of an extension shows."""
    role = name.lower().rpartition(":")[2]
    titled = _WITH_TARGET.fullmatch(text)
    said = utils.unescape(titled["shown"] if titled else text).strip()
    if role in _ICONS:
        return [], []
    if role in STRUCK:
        return [nodes.inline(rawtext, said, classes=["strike"])], []
    if not titled:
        said = _without_path(said, role)
    if role in _BY_LABEL and not titled:
        return [Label(rawtext, said)], []
    if role in _LITERAL or ":" in name:
        return [nodes.literal(rawtext, said)], []
    return [nodes.inline(rawtext, said)], []


def raw(
    _name: str,
    rawtext: str,
    text: str,
    _line: int,
    _inliner: Inliner,
    options: Any = None,
    **_: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return a passage of another language as it is; what becomes of it is decided later."""
    language = str((options or {}).get("format") or "")
    return [nodes.raw(rawtext, utils.unescape(text, True), format=language)], []


raw.options = {"format": directives.unchanged}  # type: ignore[attr-defined]


def _without_path(said: str, role: str) -> str:
    """Return what is shown of a target that has no text of its own."""
    if role in ("guilabel", "menuselection"):
        return _ACCELERATOR.sub("", said).replace("-->", "‣")
    if role == "doc":
        return said.strip("/")
    if role in ("samp", "file"):
        return said.replace("{", "").replace("}", "")
    if said.startswith("~"):
        return said[1:].rpartition(".")[2]
    return said.removeprefix("!")
