"""Footnotes tied to what bears their marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.parse.clean_text import Key, Mark
from corpus.types import Block, NoteMark, Section, Span


def tied(marks: Iterable[Mark], notes: Mapping[Key, Sequence[Span]]) -> tuple[NoteMark, ...]:
    """Return marks with the notes that they mean: the next below with their key, else the last.

    `notes` are in the order of the text.
    """
    found = []
    for mark in marks:
        spans = notes.get(mark.key, ())
        if spans:
            following = bisect_left(spans, mark.at, key=lambda span: span.start)
            found.append(NoteMark(mark.at, spans[min(following, len(spans) - 1)]))
    return tuple(found)


def with_marks(
    blocks: Sequence[Block], sections: Sequence[Section], marks: Sequence[NoteMark]
) -> tuple[Block, ...]:
    """Return blocks with the marks that concern them.

    A mark on the titles of a table concerns its rows, one on a sentence that introduces a list
    its members, one on a heading all that stands below it.
    """
    if not marks:
        return tuple(blocks)
    by_span: dict[Span, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for span in filter(None, (block.titles, block.lead_in)):
            by_span[span].append(number)
    spans, shared = [block.span for block in blocks], sorted(by_span)
    concerned: dict[int, list[NoteMark]] = defaultdict(list)
    for mark in marks:
        numbers = [own] if (own := _containing(spans, mark.at)) is not None else []
        if (common := _containing(shared, mark.at)) is not None:
            numbers.extend(by_span[shared[common]])
        for number in dict.fromkeys(numbers or _headed(blocks, sections, mark.at)):
            concerned[number].append(mark)
    return tuple(
        replace(block, marks=tuple(concerned[number])) if number in concerned else block
        for number, block in enumerate(blocks)
    )


def _containing(spans: Sequence[Span], offset: int) -> int | None:
    """Return the number of the span that an offset lies in or ends; spans are in order."""
    number = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return number if number >= 0 and offset <= spans[number].end else None


def _headed(blocks: Sequence[Block], sections: Sequence[Section], offset: int) -> Iterable[int]:
    """Return the blocks of the section whose heading holds an offset."""
    section = _containing([section.span for section in sections], offset)
    if section is None:
        return ()
    own = [number for number, block in enumerate(blocks) if block.section == section]
    return own if own and offset < blocks[own[0]].span.start else ()
