"""A document's text cut into the parts that a reader sees, in reading order; pure.

Every word of the text is in a part: what no block of the document holds is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.language.sentences import readable
from corpus.types import Block, BlockKind, Section, Span, trim

_MARKS = re.compile(
    r"(?:[\s>|+]|[-+*•◦▪·]+(?=\s|$)|\d{1,9}[.)](?=\s|$)|\[![A-Z]+\]|:{3,}|`{3,}\w*|~{3,}\w*|#{1,6}(?=\s))*"
)
_CLOSING = re.compile(r"(?:\s+#+)?[\s|]*$")
_RULE = re.compile(r"[\s|:=+~`*_>-]*")
_ALERT = re.compile(r"\[!([A-Z]+)\]")
_MARKED = re.compile(r"(?:^|[\s>])(?:[-+*•◦▪·]+|\d{1,9}[.)])\s*$")
_HASHES = re.compile(r"[\s>]*#{0,6}[ \t]*")
_LONGEST_HEADING = 4
"""Lines."""


class PartKind(StrEnum):
    """How a part is shown."""

    HEADING = "heading"
    FIELD = "field"
    """A line of what stands above the page and is said of it: its title, its date."""
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    CODE = "code"
    LABEL = "label"
    """What the parts below it hold for: a tab, a row that heads others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that is shown by itself."""

    kind: PartKind
    span: Span
    """Of the words of it."""
    level: int = 0
    """Depth of a heading, from 1, or of an item, from 0; 1 for the title of a note."""
    block: Block | None = None
    """Of the document; none for headings, labels and what no block holds."""
    begins: bool = True
    """False for a further paragraph of an item."""
    title: str = ""
    """Of a note, as a word of ours: "Important"."""


_KINDS = {
    BlockKind.PARAGRAPH: PartKind.TEXT,
    BlockKind.ITEM: PartKind.ITEM,
    BlockKind.STEP: PartKind.ITEM,
    BlockKind.ROW: PartKind.ROW,
    BlockKind.NOTE: PartKind.NOTE,
    BlockKind.CODE: PartKind.CODE,
    BlockKind.FIELD: PartKind.FIELD,
}


def source_parts(
    text: str, sections: Sequence[Section], blocks: Sequence[Block]
) -> tuple[Part, ...]:
    """Return the parts of a text, in order."""
    return tuple(_Cutting(text, sections, blocks).parts())


class _Cutting:
    """One pass over the blocks of a text and over what is between them."""

    def __init__(self, text: str, sections: Sequence[Section], blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks
        self._headings = {one.span.start: one for one in sections if one.title}
        fields = [one.span.end for one in blocks if one.kind is BlockKind.FIELD]
        self._front = max(fields, default=0)
        self._at = 0
        self._seen: set[Span] = set()
        """Labels, titles of tables and of notes that a part shows already."""

    def parts(self) -> Iterator[Part]:
        """Yield all parts."""
        for block in self._blocks:
            if block.span.start < self._at:
                continue
            for label in self._labels(block):
                yield from self._between(label.start)
                yield Part(PartKind.LABEL, label, block=block)
                self._at = label.end
            begun = self._at
            before = list(self._passing(block))
            if before and self._is_title(before[-1], block):
                before[-1] = replace(before[-1], kind=PartKind.NOTE, level=1)
            yield from before
            yield self._part(block, self._text[begun : block.span.start])
            self._at = block.span.end
        yield from self._between(len(self._text))

    def _is_title(self, part: Part, block: Block) -> bool:
        """Tell whether words before a note are those that announce it: "Note"."""
        announces = part.kind is PartKind.TEXT and " " not in part.span.of(self._text)
        return announces and block.kind is BlockKind.NOTE

    def _labels(self, block: Block) -> Iterator[Span]:
        for label in block.under:
            if label not in self._seen and label.start >= self._at:
                self._seen.add(label)
                yield label

    def _passing(self, block: Block) -> Iterator[Part]:
        """Yield what stands before a block, but for what is shown with it."""
        for shown in (block.titles, block.note_title):
            if shown and shown not in self._seen and self._at <= shown.start < block.span.start:
                self._seen.add(shown)
                yield from self._between(shown.start)
                self._at = shown.end
        yield from self._between(block.span.start)

    def _part(self, block: Block, gap: str) -> Part:
        kind = _KINDS[block.kind]
        alert = _ALERT.search(gap)
        return Part(
            kind, block.span, block.level, block,
            begins=kind is not PartKind.ITEM or block.checked is not None
            or bool(_MARKED.search(gap.rstrip(" \t*_[`"))),
            title=alert[1].capitalize() if alert else "",
        )  # fmt: skip

    def _between(self, end: int) -> Iterator[Part]:
        """Yield the headings up to an offset, and the words that no block holds."""
        if self._at >= end:
            return
        lines = _lines(self._text, Span(self._at, end))
        while lines:
            line = lines.pop(0)
            start = next((at for at in self._headings if line.start <= at < line.end), None)
            if start is not None:
                words = self._heading(line, lines)
                level = len(self._headings[start].path)
                yield Part(PartKind.HEADING, words, level)
            elif (words := self._bare(line)).start < words.end:
                front = words.end <= self._front
                yield Part(PartKind.FIELD if front else PartKind.TEXT, words)
        self._at = end

    def _heading(self, line: Span, further: list[Span]) -> Span:
        """Return the words of a heading; the lines that it goes on in are taken from `further`."""
        section = next(one for at, one in self._headings.items() if line.start <= at < line.end)
        opening = _HASHES.match(self._text, line.start, line.end)
        words = self._closed(Span(opening.end() if opening else line.start, line.end))
        for _ in range(_LONGEST_HEADING):
            said = readable(words.of(self._text))
            if not further or said == section.title or not section.title.startswith(said):
                break
            words = Span(words.start, self._closed(further.pop(0)).end)
        return words

    def _bare(self, line: Span) -> Span:
        """Return the words of a line without marks at its ends; an empty span for marks alone."""
        if _RULE.fullmatch(self._text, line.start, line.end):
            return Span(line.end, line.end)
        opening = _MARKS.match(self._text, line.start, line.end)
        return self._closed(Span(opening.end() if opening else line.start, line.end))

    def _closed(self, line: Span) -> Span:
        words = line.of(self._text)
        closing = _CLOSING.search(words)
        end = line.start + closing.start() if closing else line.end
        return trim(self._text, Span(line.start, max(line.start, end)))


def _lines(text: str, span: Span) -> list[Span]:
    """Return the lines of a span that are not blank."""
    found, at = [], span.start
    for line in span.of(text).splitlines(keepends=True):
        if line.strip():
            found.append(Span(at, at + len(line.rstrip())))
        at += len(line)
    return found
