"""Boxes that are ticked or not, before the words of a line or among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.phrases import folded, phrases

_EMPTY, _FULL = "☐❏❑❐🗆", "☒☑🗹🗷⊠"
SIGN = re.compile(f"[{_EMPTY}{_FULL}]")
"""A box that is drawn."""
_TICKED = frozenset(f"xX✓✔{_FULL}")
_ALIKE = str.maketrans({**dict.fromkeys(_EMPTY, "☐"), **dict.fromkeys(_FULL, "☒")})
_DRAWN = rf"[{_EMPTY}{_FULL}✓✔✗✘]"
_WRITTEN = re.compile(rf"(?:(\[[ xX]\])[ \t]+|({_DRAWN})[ \t]*)(?=\S)")
_TYPED = re.compile(rf"(?:(\[\s?[xX✓✔]?\s?\]|\([xX ]\))|({_DRAWN}))\s*(?=\S)")
_BOX = re.compile(rf"{SIGN.pattern}|\[[ xX]\]|\([xX]\)")
_LONGEST_CHOICE = 80
_NO = phrases("no none not_applicable n_a never")
_YES = phrases("yes")


@dataclass(frozen=True, slots=True)
class Box:
    """A box that a line begins with."""

    end: int
    """Where the words after it begin."""
    ticked: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What a line with boxes says by those that are ticked."""

    said: str
    """What is asked, with the words of the ticked boxes unless these are a yes or a no."""
    denied: bool
    """Whether the ticked box says no."""


def first_box(
    text: str, start: int = 0, end: int | None = None, *, typed: bool = False
) -> Box | None:
    """Return the box that a part of a text begins with; None where others stand behind it.

    Several boxes of a line are choices, which are told apart by their words. What people have
    `typed` into plain text is read more freely than mark-up.
    """
    end = len(text) if end is None else end
    match = (_TYPED if typed else _WRITTEN).match(text, start, end)
    if match is None or SIGN.search(text, match.end(), end):
        return None
    return Box(match.end(), (match[1] or match[2]).strip("[]() ") in _TICKED)


def alike(text: str) -> str:
    """Return text in which all boxes that are drawn are of one kind, ticked or not."""
    return text.translate(_ALIKE)


def choice(said: str) -> Choice | None:
    """Return what a line of boxes says; None where it has none, or none of them is ticked."""
    boxes = list(_BOX.finditer(said))
    if not boxes:
        return None
    asked, options = _options(said, boxes)
    ticked = [words for box, words in options if box.strip("[]() ") in _TICKED and words]
    if not ticked:
        return None
    said_alone = folded(ticked[0])
    if len(ticked) == 1 and said_alone.startswith(_NO + _YES) and asked:
        return Choice(asked, said_alone.startswith(_NO))
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
