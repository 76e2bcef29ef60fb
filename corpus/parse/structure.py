"""What both parsers build, and the small tools that they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.language.sentences import find_label, split_sentences
from corpus.left_out import LeftOut
from corpus.types import Block, BlockKind, Cell, Section, Span, trim

LONGEST_SAID = 600
"""Code points of a title or of a sentence that introduces others: all of these carry it along."""
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Structure:
    """Sections and blocks in the order of the text."""

    text: str
    """What the spans slice: what was parsed, without its mark-up."""
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    """Where each page begins in the text; empty for formats without pages."""
    left_out: tuple[LeftOut, ...] = ()


def line_spans(text: str) -> list[Span]:
    """Return the span of every line without its line end; what `\\r`, `\\n` and `\\r\\n` end."""
    spans, start = [], 0
    for match in _LINE_END.finditer(text):
        spans.append(Span(start, match.start()))
        start = match.end()
    spans.append(Span(start, len(text)))
    return spans


def introducing(sentence: Span) -> Span | None:
    """Return a sentence that may introduce what follows, None for one too long to carry along."""
    return sentence if sentence.end - sentence.start <= LONGEST_SAID else None


@dataclass(slots=True)
class Outline:
    """Collects sections and blocks while a parser walks through a text."""

    text: str
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    under: list[Span] = field(default_factory=list)
    """Labels that what is added next stands under, the outermost first."""
    note_title: Span | None = None
    """Title of the admonition that what is added next is part of."""
    _levels: list[tuple[int, str]] = field(default_factory=list)
    _groups: int = 0

    def open_section(self, title: str, level: int, start: int) -> None:
        """Begin a section; headings of the same or a deeper level end here."""
        self._close(start)
        title = title[:LONGEST_SAID]
        self._levels = [known for known in self._levels if known[0] < level]
        self._levels.append((level, title))
        path = tuple(name for _, name in self._levels if name)
        self.sections.append(Section(title, path, Span(start, len(self.text))))

    def new_group(self) -> int:
        """Return a number for the next list, table or procedure."""
        self._groups += 1
        return self._groups

    def add(
        self,
        kind: BlockKind,
        span: Span,
        *,
        sentences: tuple[Span, ...] = (),
        lead_in: Span | None = None,
        label: Span | None = None,
        cells: tuple[Cell, ...] = (),
        titles: Span | None = None,
        level: int = 0,
        ordinal: int | None = None,
        group: int = -1,
        checked: bool | None = None,
    ) -> None:
        """Append a block to the section that is open; blank spans are left out."""
        span = trim(self.text, span)
        if span.start == span.end:
            return
        if not self.sections:
            self.open_section("", 0, 0)
        self.blocks.append(
            Block(
                kind, span, len(self.sections) - 1, sentences, lead_in, label, cells, titles,
                level, ordinal, group, tuple(self.under), checked,
                note_title=self.note_title,
            )
        )  # fmt: skip

    def add_item(
        self, span: Span, kind: BlockKind, lead_in: Span | None, level: int,
        ordinal: int | None, group: int, checked: bool | None = None,
    ) -> None:  # fmt: skip
        """Append a member of a list, with its label and its sentences."""
        span = trim(self.text, span)
        self.add(
            kind, span, sentences=split_sentences(self.text, span), lead_in=lead_in,
            label=find_label(self.text, span), level=level, ordinal=ordinal, group=group,
            checked=checked,
        )  # fmt: skip

    def lead_in(self) -> Span | None:
        """Return the sentence that ends the block before, when it introduces what follows."""
        if not self.blocks or self.blocks[-1].section != len(self.sections) - 1:
            return None
        last = self.blocks[-1]
        if last.kind is BlockKind.CODE or not last.sentences:
            return None
        if self.text[last.span.end - 1] != ":":
            return None
        return introducing(last.sentences[-1])

    def finish(self) -> Structure:
        """Close the last section and return everything."""
        self._close(len(self.text))
        return Structure(self.text, tuple(self.sections), tuple(self.blocks))

    def _close(self, end: int) -> None:
        if self.sections:
            last = self.sections[-1]
            self.sections[-1] = replace(last, span=Span(last.span.start, end))
