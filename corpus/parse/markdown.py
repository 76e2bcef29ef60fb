"""Markdown to sections and blocks; markdown-it-py finds the blocks, this module their offsets.

The parser reports block lines only. Offsets inside a line (after a list marker, of a table
cell) are found within those lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.language.sentences import readable, split_sentences
from corpus.parse.structure import LONGEST_SAID, Outline, Structure, introducing, line_spans
from corpus.types import BlockKind, Cell, Span, trim

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKER = re.compile(r"(?:\s|>|(?:[-+*]|\d{1,9}[.)])(?=\s|$))*")
_ALERT = re.compile(r"\s*\[!\w+\]\s*")
_TIGHT_BULLET = re.compile(r"\s*[-+*](?=\S)(?!\*[^*])")
_FIELD = re.compile(r"^[A-Za-z][\w.-]*:[ \t]+\S")
"""A line of front matter with a name and its value."""
_PIPE = re.compile(r"(?<!\\)\|")


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    # What stands within a line is read elsewhere, with offsets.
    return MarkdownIt("commonmark").enable("table").disable("inline").use(front_matter_plugin)


def front_matter(text: str) -> str:
    """Return the YAML between the dashes at the top of `text`, empty when there is none."""
    if not text.startswith("---"):
        return ""
    first = next(iter(_reader().parse(text)), None)
    return first.content if first is not None and first.type == "front_matter" else ""


def parse_markdown(text: str) -> Structure:
    """Return sections and blocks of a Markdown text."""
    return _Walk(text).run()


class _Walk:
    """One pass over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = line_spans(text)
        self.starts = [line.start for line in self.lines]
        self.ends = [line.end for line in self.lines]
        self.outline = Outline(text)

    def run(self) -> Structure:
        tokens = iter(_reader().parse(self.text))
        for token in tokens:
            if token.type == "front_matter":
                self._front_matter(token)
            elif token.type == "heading_open":
                self._heading(token, next(tokens))
            elif token.type == "paragraph_open":
                self._paragraph(self._prose(token), BlockKind.PARAGRAPH)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._list(token, tokens, level=0, lead_in=self.outline.lead_in())
            elif token.type == "table_open":
                self._table(tokens)
            elif token.type == "blockquote_open":
                self._quote(tokens)
            elif token.type in ("fence", "code_block"):
                self._code(token)
        return self.outline.finish()

    def _span(self, token: Token) -> Span:
        first, last = token.map or (0, 0)
        last = min(last, len(self.lines))
        if first >= last:
            return Span(self.lines[first].start, self.lines[first].start)
        return trim(self.text, Span(self.lines[first].start, self.lines[last - 1].end))

    def _prose(self, token: Token) -> Span:
        span = self._span(token)
        match = _MARKER.match(self.text, span.start, span.end)
        return Span(match.end() if match else span.start, span.end)

    def _front_matter(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        for line in self.lines[first:last]:
            if _FIELD.match(line.of(self.text)):
                self.outline.add(BlockKind.FIELD, line, sentences=(trim(self.text, line),))

    def _heading(self, opening: Token, inline: Token) -> None:
        level = int(opening.tag[1])
        self.outline.open_section(readable(inline.content), level, self._span(opening).start)

    def _paragraph(self, span: Span, kind: BlockKind) -> None:
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        lines = self.lines[first:last]
        if lines and all(_TIGHT_BULLET.match(line.of(self.text)) for line in lines):
            self._tight_bullets(lines)
        else:
            self.outline.add(kind, span, sentences=split_sentences(self.text, span))

    def _tight_bullets(self, lines: list[Span]) -> None:
        """Lines that a writer meant as bullets but for the space after the mark."""
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        for line in lines:
            match = _TIGHT_BULLET.match(line.of(self.text))
            span = Span(line.start + (match.end() if match else 0), line.end)
            self.outline.add_item(span, BlockKind.ITEM, lead_in, 0, None, group)

    def _list(
        self, opening: Token, tokens: Iterator[Token], *, level: int, lead_in: Span | None
    ) -> None:
        kind = BlockKind.ITEM if opening.type == "bullet_list_open" else BlockKind.STEP
        ordinal = int(opening.attrGet("start") or 1) - 1
        group = self.outline.new_group()
        for token in tokens:
            if token.type == opening.type.replace("open", "close"):
                return
            if token.type == "list_item_open":
                ordinal += 1
            elif token.type == "paragraph_open":
                number = ordinal if kind is BlockKind.STEP else None
                self.outline.add_item(self._prose(token), kind, lead_in, level, number, group)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                inner = self.outline.blocks[-1].sentences if self.outline.blocks else ()
                above = introducing(inner[-1]) if inner else lead_in
                self._list(token, tokens, level=level + 1, lead_in=above)
            elif token.type in ("fence", "code_block"):
                self._code(token)
            elif token.type == "table_open":
                self._table(tokens)
            elif token.type == "blockquote_open":
                self._quote(tokens)

    def _quote(self, tokens: Iterator[Token]) -> None:
        for token in tokens:
            if token.type == "blockquote_close":
                return
            if token.type == "paragraph_open":
                span = self._prose(token)
                alert = _ALERT.match(self.text, span.start, span.end)
                start = alert.end() if alert else span.start
                inner = _MARKER.match(self.text, start, span.end)
                self._paragraph(Span(inner.end() if inner else start, span.end), BlockKind.NOTE)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._list(token, tokens, level=0, lead_in=self.outline.lead_in())
            elif token.type in ("fence", "code_block"):
                self._code(token)
            elif token.type == "blockquote_open":
                self._quote(tokens)
            elif token.type == "table_open":
                self._table(tokens)

    def _code(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        if token.type == "fence":
            first += 1
            closed = last - 1 < len(self.lines) and re.match(
                r"[\s>]*(`{3,}|~{3,})\s*$", self.lines[last - 1].of(self.text)
            )
            last -= 1 if closed and last - 1 >= first else 0
        last = min(last, len(self.lines))
        if first < last:
            span = Span(self.lines[first].start, self.lines[last - 1].end)
            self.outline.add(BlockKind.CODE, span, lead_in=self.outline.lead_in())

    def _table(self, tokens: Iterator[Token]) -> None:
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        headers: list[str] = []
        above: list[Cell] = []
        titles: Span | None = None
        for token in tokens:
            if token.type == "table_close":
                return
            if token.type != "tr_open" or token.map is None:
                continue
            line = self.lines[token.map[0]]
            spans = _cell_spans(self.text, line)
            if not headers:
                headers = [readable(span.of(self.text))[:LONGEST_SAID] for span in spans]
                titles = line
            else:
                above = self._row(line, headers, spans, above, lead_in, group, titles)

    def _row(
        self, line: Span, headers: list[str], spans: list[Span], above: list[Cell],
        lead_in: Span | None, group: int, titles: Span | None,
    ) -> list[Cell]:  # fmt: skip
        """Add one row; a blank first cell takes the value of the row above."""
        if all(span.start == span.end for span in spans):
            return above
        cells = []
        for column, header in enumerate(headers):
            span = spans[column] if column < len(spans) else Span(line.end, line.end)
            if span.start == span.end and column == 0 and above:
                cells.append(Cell(header, above[0].span, continued=True))
            else:
                cells.append(Cell(header, span))
        self.outline.add(
            BlockKind.ROW, line, cells=tuple(cells), titles=titles, lead_in=lead_in, group=group
        )
        return cells


def _cell_spans(text: str, line: Span) -> list[Span]:
    """Return the trimmed spans of the cells between the pipes of a table line."""
    covered = trim(text, line)
    cuts = [covered.start + match.start() for match in _PIPE.finditer(covered.of(text))]
    edges = [covered.start - 1, *cuts, covered.end]
    cells = [Span(left + 1, right) for left, right in pairwise(edges)]
    if cells and covered.of(text).startswith("|"):
        cells = cells[1:]
    if cells and covered.of(text).endswith("|"):
        cells = cells[:-1]
    return [trim(text, cell) for cell in cells]
