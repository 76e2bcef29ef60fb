"""Tables whose line of strokes has other than their number of cells: a reader sees a table.

GitHub Flavored Markdown (0.29, tables) takes such lines for a paragraph. Their rows say clearly
what they are: as many cells in each as there are titles.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.formats.dialects.page_state import PageState

_STROKES = re.compile(r"[ \t]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")


def lower_delimiters(text: str, page: PageState) -> str:  # noqa: ARG001 - as every step is called
    """Give lines of strokes the number of cells of the titles above and of the row below them."""
    lines = text.split("\n")
    for number, (titles, strokes) in enumerate(pairwise(lines), 1):
        if "|" not in strokes or not _STROKES.fullmatch(strokes):
            continue
        width = _cells(titles)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if width > 1 and _cells(strokes) != width == _cells(below):
            lead = strokes[: len(strokes) - len(strokes.lstrip())]
            lines[number] = f"{lead}|" + "---|" * width
    return "\n".join(lines)


def _cells(line: str) -> int:
    """Return how many cells a line between pipes has, 0 for one without."""
    bare = line.strip()
    cuts = len(_PIPE.findall(bare))
    if not cuts or not bare.startswith("|"):
        return 0
    return cuts - (1 if bare.endswith("|") else 0)
