"""A quotation as its reader sees it: no marks of Markdown, no pipes of tables; pure."""

from __future__ import annotations

import re

from corpus.language.sentences import readable

_LEAD = re.compile(r"^\s*(?:[-*+•]\s+|#{1,6}\s+|>\s?)+")
_RULE = re.compile(r"[\s|:+=-]+")
"""A line that only draws: the rule below the head of a table, a border."""
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def quote_lines(quote: str) -> tuple[str, ...]:
    """Return the lines of a quotation without what only marks them up; cells of a row are told one
    after the other.
    """
    lines = (_line(line) for line in quote.split("\n"))
    return tuple(line for line in lines if line) or (" ".join(quote.split()),)


def _line(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    bare = _LEAD.sub("", line)
    cells = [readable(cell) for cell in _BETWEEN_CELLS.split(bare)]
    return " · ".join(cell for cell in cells if cell)
