"""Tables drawn with strokes, as Pandoc and reStructuredText have them, to tables of pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.formats.markdown_writer import pipe_table

_BORDER = re.compile(r"(?P<lead>[ \t]*)\+(?:[-=:]{2,}\+){2,}[ \t]*$")
_MOST_LINES = 2000
_LISTED = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ ]")


def grid_table(lines: Sequence[str], number: int) -> tuple[list[str], int] | None:
    """Return the table that begins in a line, and how many lines it takes; None for no strokes.

    The table is empty where the lines only look like one.
    """
    begins = _BORDER.match(lines[number])
    if begins is None:
        return None
    lead = begins["lead"]
    end = number + 1
    while end < min(len(lines), number + _MOST_LINES) and _goes_on(lines[end], lead):
        end += 1
    drawn = [line[len(lead) :].rstrip() for line in lines[number:end]]
    table = _table(drawn) if len(drawn) > 2 and _BORDER.match(drawn[-1]) else ""
    return [f"{lead}{line}" for line in table.split("\n") if line], end - number


def _goes_on(line: str, lead: str) -> bool:
    return line.startswith((f"{lead}|", f"{lead}+")) and line.rstrip().endswith(("|", "+"))


def _table(drawn: list[str]) -> str:
    """Return a drawn table with pipes, empty where its strokes are not those of a grid."""
    edges = sorted({at for line in drawn if _BORDER.match(line) for at in _edges(line)})
    width = edges[-1] + 1
    if any(len(line) != width for line in drawn):
        return ""
    groups: list[list[str]] = [[]]
    titles = 0
    for line in drawn[1:]:
        if _BORDER.match(line):
            titles = titles or (len(groups) if "=" in line else 0)
            groups.append([])
        elif line.startswith("|"):
            groups[-1].append(line)
        else:
            # A border that some cells go on through.
            return ""
    groups.pop()
    if not titles and len(groups) == 2 and len(groups[0]) == 1:
        # As a database prints its answers: each line is a row.
        titles, groups = 1, [groups[0], *([line] for line in groups[1])]
    rows = [_row(group, edges) for group in groups]
    return pipe_table(rows, titles) if all(rows) else ""


def _edges(line: str) -> list[int]:
    return [at for at, character in enumerate(line) if character == "+"]


def _row(lines: list[str], edges: list[int]) -> list[str]:
    """Return the cells of a row; one that spans columns stands in each of them."""
    if not lines:
        return []
    own = [at for at in edges if all(line[at] == "|" for line in lines)]
    cells: list[str] = []
    for left, right in pairwise(own):
        said = _said([line[left + 1 : right].strip() for line in lines])
        cells += [said] * (edges.index(right) - edges.index(left))
    return cells


def _said(lines: list[str]) -> str:
    """Return the lines of a cell as one, with breaks where paragraphs and items begin."""
    parts: list[str] = []
    for before, line in pairwise(["", *lines]):
        if parts and line and before and not _LISTED.match(line):
            parts[-1] += f" {line}"
        elif line:
            parts.append(_LISTED.sub("", line) if parts else line)
    if len(parts) > 1:
        parts[0] = _LISTED.sub("", parts[0])
    return "<br>".join(parts).replace("\\|", "|")
