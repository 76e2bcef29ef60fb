"""Boxes that are ticked or not, among the words of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOX = re.compile(r"[☐❏❑❐☑☒🗹]|\[[ xX]\]|\([xX]\)")
_EMPTY = frozenset(("☐", "❏", "❑", "❐", "[ ]"))
_LONGEST_CHOICE = 80
_NO = re.compile(r"(?:no|none|not? applicable|n/a|never)\b", re.I)
_YES = re.compile(r"yes\b", re.I)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a line with boxes says by those that are ticked."""

    said: str
    """What is asked, with the words of the ticked boxes unless these are a yes or a no."""
    denied: bool
    """Whether the ticked box says no."""


def choice(said: str) -> Choice | None:
    """Return what a line of boxes says; None where it has none, or none of them is ticked."""
    boxes = list(_BOX.finditer(said))
    if not boxes:
        return None
    asked, options = _options(said, boxes)
    ticked = [words for box, words in options if box not in _EMPTY and words]
    if not ticked:
        return None
    if len(ticked) == 1 and (_NO.match(ticked[0]) or _YES.match(ticked[0])) and asked:
        return Choice(asked, _NO.match(ticked[0]) is not None)
    return Choice(": ".join(filter(None, (asked, ", ".join(ticked)))), denied=False)


def has_boxes(said: str) -> bool:
    """Tell whether a line holds boxes, ticked or not."""
    return _BOX.search(said) is not None


def _options(said: str, boxes: list[re.Match[str]]) -> tuple[str, list[tuple[str, str]]]:
    """Return what is asked, and each box with its words; boxes stand before or after these."""
    edges = [*(match.start() for match in boxes), len(said)]
    after = [
        (match[0], said[match.end() : edge].strip(" ,;|"))
        for match, edge in zip(boxes, edges[1:], strict=True)
    ]
    before = said[: edges[0]].strip()
    if after[-1][1]:
        return before.rstrip(" :?"), after
    asked, _, first = before.rpartition(":")
    words = [first.strip(), *(one for _, one in after[:-1])]
    if len(first) > _LONGEST_CHOICE:
        return before, after
    return asked.strip(), [(match[0], one) for match, one in zip(boxes, words, strict=True)]
