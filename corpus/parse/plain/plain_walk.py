"""One pass over the paragraphs of a plain text, line by line where they hold more than prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.language.sentences import split_sentences
from corpus.parse.plain.heading_walk import HeadingWalk
from corpus.parse.plain.line_marks import (
    begins_callout,
    is_callout,
    is_fence,
    label_length,
    question_mark,
    reply_mark,
    rule_sign,
)
from corpus.parse.plain.plain_code import begins_code, code_lines, is_code
from corpus.parse.plain.plain_headings import (
    is_capitals,
    is_question,
    is_short_title,
    numbering,
)
from corpus.parse.plain.plain_lines import (
    Line,
    cover,
    ends_sentence,
    goes_on,
    sentences_of,
    width_of,
)
from corpus.parse.plain.text_tables import Table, continued, stacked_at, table_at
from corpus.parse.structure import LONGEST_SAID, Structure
from corpus.types import BlockKind, Cell, Span


def parse_plain(text: str) -> Structure:
    """Return sections and blocks of a plain text."""
    return _Walk(text).run()


class _Walk(HeadingWalk):
    """Takes what is no heading as well: lists, records, prose, notes, code and tables."""

    def run(self) -> Structure:
        position = 0
        while position < len(self.paragraphs):
            position += self._paragraph(position)
        return self.notes.marked(self.lists.with_boxes(self.outline.finish()))

    def _paragraph(self, position: int) -> int:
        """Take a paragraph, or several that belong together; return how many."""
        lines = self.paragraphs[position]
        if is_fence(lines[0].text) and (taken := self._fenced(position)):
            return taken
        if is_code(self.outline, lines[0]):
            return self._code(position)
        stacked = None if self._is_title_block(position) else stacked_at(
            self.text, self.paragraphs[position : position + 1000]
        )  # fmt: skip
        if stacked:
            self._table(stacked[0])
            return stacked[1]
        self._lines(lines, position)
        return 1

    def _is_title_block(self, position: int) -> bool:
        return position == 0

    def _lines(self, lines: Sequence[Line], position: int) -> None:
        number = 0
        while number < len(lines):
            number += max(1, self._take(lines, number, position))

    def _take(self, lines: Sequence[Line], at: int, position: int) -> int:
        """Take what begins with a line; return how many lines it takes."""
        readers = (
            self._note, self._ruled, self._callout_mark, self._question, self._reply,
            self._table_at, self._heading_at, self._member, self._command, self._records,
        )  # fmt: skip
        found = (reader(lines, at, position) for reader in readers)
        return next((taken for taken in found if taken), 0) or self._prose(lines, at)

    def _reply(self, lines: Sequence[Line], at: int, _: int) -> int:
        return self._prose(lines, at) if self.asked and reply_mark(lines[at].text) else 0

    def _table_at(self, lines: Sequence[Line], at: int, _: int) -> int:
        table = None if self._opens_text(lines, at) else table_at(self.text, lines, at)
        if table is None:
            return 0
        self._table(table)
        return table.lines

    def _command(self, lines: Sequence[Line], at: int, _: int) -> int:
        if not is_code(self.outline, lines[at]):
            return 0
        self._code_block(lines[at].span)
        return 1

    def _opens_text(self, lines: Sequence[Line], at: int) -> bool:
        """Tell whether a line is the first of the text, which is a title before it is a cell."""
        return at == 0 and not self.outline.blocks and not self.outline.sections and (
            len(lines) < 3 or not (set(lines[0].text) & {"\t", "|"})
        )  # fmt: skip

    # Lists.

    def _member(self, lines: Sequence[Line], at: int, _: int) -> int:
        """Take a member of a list with the lines that it goes on in."""
        line, last = lines[at], at
        mark = self._mark(line)
        if mark is None:
            return 0
        width = self.width or max(one.width for one in lines[at : at + 3])
        column = line.indent + mark.length
        while last + 1 < len(lines):
            after = lines[last + 1]
            if self._begins_other(lines, last + 1):
                break
            inside = after.indent > line.indent and after.indent >= column - 1 - line.indent // 2
            if not inside and not goes_on(lines[last], after, width):
                break
            if begins_code(lines[last], after):
                break
            last += 1
        span = Span(line.start + mark.length, lines[last].end)
        self.lists.add(line, mark, span)
        self.callout = False
        return last + 1 - at

    def _begins_other(self, lines: Sequence[Line], at: int) -> bool:
        """Tell whether a line begins something of its own, whatever stands before it."""
        line = lines[at]
        if self._mark(line) or question_mark(line.text) or rule_sign(line.text):
            return True
        if lines[at - 1].quoted != line.quoted or self._is_underlined(lines, at):
            return True
        return self.asked and reply_mark(line.text) > 0

    def _records(self, lines: Sequence[Line], at: int, _: int) -> int:
        """Take lines of labels and values as members of one list."""
        ends, last = [], at
        while last < len(lines) and label_length(lines[last].text) and not self._mark(lines[last]):
            first, last = lines[last], last + 1
            while (
                last < len(lines)
                and not label_length(lines[last].text)
                and (
                    lines[last].indent > first.indent
                    or goes_on(
                        lines[last - 1], lines[last], width_of(lines[at : at + 2], self.width)
                    )
                )
            ):
                last += 1
            ends.append(last)
        alone = len(lines) == 1 and not lines[0].quoted and not begins_callout(lines[0].text)
        if len(ends) < 1 + (not alone):
            return 0
        self.lists.end()
        group, lead_in, start = *self._record(), at
        for end in ends:
            span = cover(lines[start:end])
            length = label_length(lines[start].text)
            self.outline.add(
                BlockKind.ITEM, span, sentences=split_sentences(self.text, span), lead_in=lead_in,
                label=Span(span.start, span.start + length), group=group,
            )  # fmt: skip
            start = end
        self.recorded = len(self.outline.blocks)
        return last - at

    def _record(self) -> tuple[int, Span | None]:
        """Return group and lead-in of the labels just before, else those of a new record."""
        blocks = self.outline.blocks
        last = None if self._last_heading_is_empty() or not blocks else blocks[-1]
        if last and last.kind is BlockKind.ITEM and last.label and self.recorded == len(blocks):
            return last.group, last.lead_in
        return self.outline.new_group(), self.outline.lead_in()

    # Prose, code and tables.

    def _prose(self, lines: Sequence[Line], at: int) -> int:
        """Take the lines of a paragraph up to where something else begins."""
        last = at
        while last + 1 < len(lines) and not self._ends_prose(lines, last):
            last += 1
        self._add_prose(lines[at : last + 1])
        return last + 1 - at

    def _ends_prose(self, lines: Sequence[Line], last: int) -> bool:
        before, after = lines[last], lines[last + 1]
        if self._begins_other(lines, last + 1) or begins_code(before, after):
            return True
        if not ends_sentence(before.text):
            return False
        if is_callout(after.text) or is_capitals(after.text) or numbering(after.text) is not None:
            return True
        if is_question(after.text) or (self.dense and is_short_title(after.text)):
            return True
        if before.text.endswith(":") and label_length(after.text):
            return True
        return table_at(self.text, lines, last + 1) is not None

    def _add_prose(self, lines: Sequence[Line]) -> None:
        first = lines[0]
        if self.asked and (reply := reply_mark(first.text)):
            said = Span(first.start + reply, first.end)
            first = replace(first, span=said, text=said.of(self.text))
            lines = [first, *lines[1:]]
        span, sentences = cover(lines), sentences_of(self.text, lines, self.width)
        held = self.lists.holds(first)
        if held and not self.callout:
            self.lists.go_on(span)
            return
        self.lists.end()
        note = self.callout or begins_callout(first.text) or first.quoted > 0
        self.callout = False
        self.outline.add(BlockKind.NOTE if note else BlockKind.PARAGRAPH, span, sentences=sentences)

    def _note(self, lines: Sequence[Line], at: int, _: int) -> int:
        """Take a footnote up to the next."""
        last, length = at, self.notes.begins(lines[at])
        if not length:
            return 0
        while last + 1 < len(lines) and not self.notes.begins(lines[last + 1]):
            last += 1
        span = Span(lines[at].start + length, lines[last].end)
        self.lists.end()
        self.outline.add(BlockKind.NOTE, span, sentences=split_sentences(self.text, span))
        self.notes.add(lines[at], span)
        return last + 1 - at

    def _fenced(self, position: int) -> int:
        """Take code between fences, over the paragraphs that it reaches; return how many."""
        first = self.paragraphs[position]
        for number, lines in enumerate(self.paragraphs[position:]):
            for at, line in enumerate(lines):
                if (number or at) and is_fence(line.text):
                    if number > 1 or at > 1 or (number and (at or len(first) > 1)):
                        held = first[1] if len(first) > 1 else self.paragraphs[position + 1][0]
                        end = lines[at - 1] if at else self.paragraphs[position + number - 1][-1]
                        self._code_block(Span(held.start, end.end))
                    self._lines(lines[at + 1 :], position + number)
                    return number + 1
        return 0

    def _code(self, position: int) -> int:
        """Take the run of paragraphs that are code; return how many."""
        taken, first = 0, self.paragraphs[position][0]
        end = first.end
        for lines in self.paragraphs[position:]:
            if taken and not is_code(self.outline, lines[0], after_code=True):
                break
            held = code_lines(lines)
            end = lines[held - 1].end
            taken += 1
            if held < len(lines):
                self._code_block(Span(first.start, end))
                self._lines(lines[held:], position + taken - 1)
                return taken
        self._code_block(Span(first.start, end))
        return taken

    def _code_block(self, span: Span) -> None:
        self.outline.add(
            BlockKind.CODE, span, lead_in=self.outline.lead_in(), group=self.lists.code_group
        )

    def _table(self, table: Table) -> None:
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        self.lists.end()
        self.callout = False
        titles = table.titles
        names = [cell.of(self.text)[:LONGEST_SAID] for cell in titles.cells] if titles else []
        for row, blank in continued(table.rows):
            cells = tuple(
                Cell(names[number] if number < len(names) else "", cell, blank and not number)
                for number, cell in enumerate(row.cells)
            )
            sentences = tuple(
                sentence for line in row.prose for sentence in split_sentences(self.text, line.span)
            )
            self.outline.add(
                BlockKind.ROW, row.span, cells=cells, titles=titles.span if titles else None,
                sentences=sentences, lead_in=lead_in, group=group,
            )  # fmt: skip
