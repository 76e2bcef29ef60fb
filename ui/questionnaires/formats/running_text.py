"""Paragraphs of running text as rows: their number, their words, the heading above; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ui.questionnaires.types import Row, Sheet

NAME = "Text"
"""Of the sheet that running text is."""
_LABEL = re.compile(
    r"^\s*(\(?(?:[A-Z]{1,4}[-.])?\d+(?:[.-]\d+)*[.):]?|\(?[a-zA-Z][.)]|Q\d+[.:)]?)\s+"
)

_NEXT = re.compile(r"(.*?)(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document."""

    number: int
    """From 1, as the document has them, the empty ones among them."""
    text: str
    label: str = ""
    """The number that the document gives it of itself; empty for none."""
    heading: bool = False


def divided(text: str) -> tuple[str, ...]:
    """Return a text as the numbered ones that were run together in it: "1.3 … 1.4 …"."""
    match = _LABEL.match(text)
    after = _NEXT.fullmatch(match[1].rstrip(".):")) if match else None
    if after is None:
        return (text,)
    parts: list[str] = []
    begin, number = 0, int(after[2])
    while True:
        number += 1
        following = re.escape(f"{after[1]}{number}")
        end = re.compile(rf"(?<=[.?!:])\s+(?={following}[.):]?\s)").search(text, begin)
        if end is None:
            return (*parts, text[begin:])
        parts.append(text[begin : end.start()])
        begin = end.end()


def prose_sheet(paragraphs: Iterable[Paragraph]) -> Sheet:
    """Return running text as a sheet: number, text and heading of each paragraph."""
    return Sheet(NAME, tuple(_rows(paragraphs)), prose=True)


def _rows(paragraphs: Iterable[Paragraph]) -> Iterator[Row]:
    section = ""
    for one in paragraphs:
        if not one.text.strip():
            continue
        if one.heading:
            section = one.text.strip()
            continue
        match = None if one.label else _LABEL.match(one.text)
        label = match[1].rstrip(".):").lstrip("(") if match else one.label
        text = one.text[match.end() :] if match else one.text
        yield Row(one.number, (label, text.strip(), section))
