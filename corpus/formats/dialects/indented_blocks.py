"""Blocks of Material and of PyMdown that hold what is indented below a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.formats.dialects.page_state import PageState, indent_of

_OPENING = re.compile(
    r"""(?P<lead>[ \t]*+)(?:(?:!!!|\?\?\?\+?)[ \t]*
    (?:[A-Za-z][\w-]*(?>(?:[ \t]+[A-Za-z][\w-]*)*))
    (?:[ \t]+(?P<title>".*"|'.*'|“.*”))?
    |===[!+]?[!+]?[ \t]+(?P<tab>".*"|'.*'|“.*”))[ \t]*(?:\{[^{}]*\})?[ \t]*$""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A block that goes on while lines are indented."""

    column: int
    """Where what it holds begins."""
    shift: int
    """By how much lines within it move to the left."""
    lead: str


def lower_indented(text: str, page: PageState) -> str:
    """Return a text in which indented notes and tabs are containers of the reading form."""
    if not re.search(r"^[ \t]*+(?:!!!|\?\?\?|===)", text, re.M):
        return text
    out: list[str] = []
    stack: list[_Open] = []
    for line in text.split("\n"):
        if not line.strip():
            out.append(line if not stack else "")
            continue
        indent = indent_of(line)
        while stack and indent < stack[-1].column:
            out.append(f"{stack.pop().lead}{page.closing}")
        shift = stack[-1].shift if stack else 0
        if stack:
            line = line.expandtabs(4)[shift:]  # noqa: PLW2901 - the line where it will stand
        match = _OPENING.match(line)
        if match is None:
            out.append(line)
            continue
        kind, label = ("tab", match["tab"]) if match["tab"] else ("note", match["title"] or "")
        out.append(f"{match['lead']}{page.opening}{kind} {page.label(label)}".rstrip())
        stack.append(_Open(indent + 4, shift + 4, match["lead"]))
    last = next((n for n, line in enumerate(reversed(out)) if line), 0)
    ends = [f"{one.lead}{page.closing}" for one in reversed(stack)]
    out[len(out) - last : len(out) - last] = ends
    return "\n".join(out)
