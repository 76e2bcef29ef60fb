"""One pass over the paragraphs of a plain text, line by line where they hold more than prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.language.sentences import split_sentences
from corpus.parse.plain.foot_notes import Notes
from corpus.parse.plain.line_marks import (
    Mark,
    begins_callout,
    is_callout,
    is_fence,
    label_length,
    mark_of,
    question_mark,
    reply_mark,
    rule_sign,
)
from corpus.parse.plain.list_levels import Lists
from corpus.parse.plain.page_furniture import paragraphs_of
from corpus.parse.plain.plain_code import begins_code, code_lines, is_code
from corpus.parse.plain.plain_headings import (
    LABEL_LEVEL,
    PLAIN_LEVEL,
    is_capitals,
    is_label,
    is_name,
    is_named_part,
    is_outer_part,
    is_question,
    is_short_title,
    is_title,
    is_wrapped_title,
    numbering,
)
from corpus.parse.plain.plain_lines import (
    ANY_WIDTH,
    Line,
    cover,
    ends_sentence,
    filled_width,
    goes_on,
    sentences_of,
    width_of,
)
from corpus.parse.plain.text_tables import Table, continued, stacked_at, table_at
from corpus.parse.structure import LONGEST_SAID, Outline, Structure
from corpus.types import BlockKind, Cell, Span

_QUESTION_LEVEL = 3
_MOST_TITLE_LINES = 3
_LOOKED_AT = 6
_DENSE = 8
"""Lines of a run, on average, in a text whose headings stand between no blank lines."""


def parse_plain(text: str) -> Structure:
    """Return sections and blocks of a plain text."""
    return _Walk(text).run()


class _Walk:
    """Where the pass stands, and what it found before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.outline = Outline(text)
        self.lists = Lists(self.outline)
        self.paragraphs = paragraphs_of(text)
        self.width = filled_width(self.paragraphs)
        count = sum(map(len, self.paragraphs))
        self.dense = count >= _DENSE * max(len(self.paragraphs), 1)
        self.notes = Notes(text, self.paragraphs)
        self.callout = self.asked = self.in_capitals = self.in_part = False
        self.recorded = -1
        """How many blocks there were after the last label and value."""
        self.rules: list[str] = []
        """Signs under headings, in the order in which they were met."""
        self._counted: dict[int, int] = {}
        """Number of the last heading of each depth."""

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

    # Headings.

    def _ruled(self, lines: Sequence[Line], at: int, _: int) -> int:
        """Take a heading that is underlined, or a rule that parts what stands around it."""
        sign = rule_sign(lines[at].text)
        if sign and at + 2 < len(lines) and rule_sign(lines[at + 2].text) == sign:
            self._underlined(lines[at + 1], sign)
            return 3
        if sign:
            if self._is_underlined(lines, at + 1) and at + 2 < len(lines):
                return 1
            self.lists.end()
            return 1
        if not self._is_underlined(lines, at):
            return 0
        self._underlined(lines[at], rule_sign(lines[at + 1].text))
        return 2

    def _underlined(self, line: Line, sign: str) -> None:
        if sign not in self.rules:
            self.rules.append(sign)
        depth = PLAIN_LEVEL + self.rules.index(sign)
        level = numbering(line.text) or min(depth, LABEL_LEVEL - 1)
        self._heading(line.start, line.text.rstrip(" :"), level, plain=False)

    def _is_underlined(self, lines: Sequence[Line], at: int) -> bool:
        if at + 1 >= len(lines):
            return False
        title, rule = lines[at], lines[at + 1]
        sign = rule_sign(rule.text)
        if not sign or sign in "*._" or rule_sign(title.text) or len(title.text) > LONGEST_SAID:
            return False
        near = abs(rule.indent - title.indent) <= 1 and len(rule.text) * 2 >= len(title.text)
        return near and (at == 0 or not goes_on(lines[at - 1], title, ANY_WIDTH))

    def _heading_at(self, lines: Sequence[Line], at: int, position: int) -> int:
        """Take a heading; return its lines."""
        if not self._may_begin_heading(lines, at):
            return 0
        last = self._end_of_title(lines, at)
        content = " ".join(line.text for line in lines[at : last + 1])
        rest = lines[last + 1 :]
        level = self._level(lines[at : last + 1], content, rest, position)
        if level is None:
            return 0
        self._heading(lines[at].start, content.rstrip(" :"), level, plain=level == PLAIN_LEVEL)
        self.in_capitals = is_capitals(content) if level == PLAIN_LEVEL else self.in_capitals
        return last + 1 - at

    def _may_begin_heading(self, lines: Sequence[Line], at: int) -> bool:
        line = lines[at]
        if at == 0 or line.quoted:
            return not line.quoted
        before = lines[at - 1]
        stands = ends_sentence(before.text) or self._last_heading_is_empty() or self._is_listed()
        if self._is_listed() and at + 1 < len(lines) and mark_of(lines[at + 1]):
            width = width_of(lines[max(0, at - _LOOKED_AT) : at + 2], self.width)
            return not is_code(self.outline, line) and not goes_on(before, line, width)
        return stands and (
            self.dense
            or is_capitals(line.text)
            or is_question(line.text)
            or numbering(line.text) is not None
        )

    def _is_listed(self) -> bool:
        """Tell whether a member of a list or a row of a table stands just before."""
        blocks = self.outline.blocks
        return self.lists.is_open or (bool(blocks) and blocks[-1].kind is BlockKind.ROW)

    def _end_of_title(self, lines: Sequence[Line], at: int) -> int:
        last = at
        width = width_of(lines[at : at + _MOST_TITLE_LINES + 1], self.width)
        while last + 1 < len(lines) and last - at < _MOST_TITLE_LINES:
            before, after = lines[last], lines[last + 1]
            if is_capitals(before.text) != is_capitals(after.text) and is_capitals(before.text):
                break
            if mark_of(after) or label_length(after.text) or not goes_on(before, after, width):
                break
            last += 1
        return last

    def _level(
        self, title: Sequence[Line], content: str, rest: Sequence[Line], position: int
    ) -> int | None:
        """Return how deep a heading stands, None for what is none."""
        if not rest and position + 1 == len(self.paragraphs):
            return None
        mark = mark_of(title[0])
        number = PLAIN_LEVEL if mark and mark.family == "A." else numbering(content)
        if mark:
            numbered = self._is_numbered_heading(title[0], mark, rest, position)
            if number is None or not numbered:
                return None
        elif number is None and not is_capitals(content):
            if content.endswith(":"):
                return LABEL_LEVEL if self._is_label(title, position) else None
            if label_length(content) and self._is_begun():
                return None
        if not self._reads_as_title(title, content.rstrip(" :"), rest, mark):
            return None
        return self._depth(content, mark, number)

    def _depth(self, content: str, mark: Mark | None, number: int | None) -> int:
        """Return the level of a heading, by its number and by those before it."""
        if mark and mark.number:
            self._counted[mark.depth] = mark.number
        capitals = is_capitals(content)
        if number is None or not (mark or capitals or is_named_part(content)):
            return PLAIN_LEVEL + (self.in_capitals and not capitals)
        inner = is_named_part(content) and not is_outer_part(content)
        self.in_part = self.in_part or is_outer_part(content)
        return number + (inner and self.in_part)

    def _is_begun(self) -> bool:
        return bool(self.outline.sections or self.outline.blocks)

    def _is_label(self, title: Sequence[Line], position: int) -> bool:
        """Tell whether a line that ends in a colon stands alone and names what follows."""
        if title != self.paragraphs[position] or len(title) > 1 or not is_label(title[0].text):
            return False
        after = self.paragraphs[position + 1]
        lists = mark_of(after[0]) is not None or table_at(self.text, after, 0) is not None
        return not lists or is_name(title[0].text)

    def _reads_as_title(
        self, title: Sequence[Line], content: str, rest: Sequence[Line], mark: Mark | None
    ) -> bool:
        counted = mark is not None and self._counted.get(mark.depth) == (mark.number or 0) - 1
        if len(title) > _MOST_TITLE_LINES or not is_title(content, counted=counted):
            return False
        if len(title) > 1 and not is_wrapped_title(content):
            return False
        return not rest or self._stands_above(content, rest)

    def _stands_above(self, content: str, rest: Sequence[Line]) -> bool:
        """Tell whether a line in a run with others is their heading."""
        if is_capitals(content) or content.endswith("?") or numbering(content) is not None:
            return True
        if not is_short_title(content) or label_length(content):
            return False
        if (
            not self._is_begun()
            or self._mark(rest[0])
            or (len(rest) > 1 and label_length(rest[0].text))
        ):
            return True
        says = any(ends_sentence(line.text) for line in rest[:_LOOKED_AT])
        return says or table_at(self.text, rest, 0) is not None

    def _is_numbered_heading(
        self, line: Line, mark: Mark, rest: Sequence[Line], position: int
    ) -> bool:
        """Tell whether text stands below a numbered line, and no other of the same list."""
        if mark.checked is not None or mark.number is None:
            return False
        after = rest[0] if rest else self.paragraphs[position + 1][0]
        if self.lists.is_open and self.lists.counts(mark) and not is_capitals(line.text):
            return False
        other = mark_of(after)
        if other and other.number is not None:
            deeper = other.depth > mark.depth or other.number == 1
            return deeper and after.indent >= line.indent
        if after.indent < line.indent:
            return False
        inside = after.indent >= line.indent + mark.length - 1 and bool(rest)
        return not inside and not ends_sentence(line.text)

    def _heading(self, start: int, title: str, level: int, *, plain: bool) -> None:
        self.lists.end()
        self.callout = self.asked = False
        outline = self.outline
        if not outline.sections and (plain or level == PLAIN_LEVEL) and not numbering(title):
            level = 1
        elif plain and self._last_heading_is_empty() and len(outline.sections) > 1:
            parent = outline.sections[-1]
            level = min(len(parent.path) + 1, LABEL_LEVEL - 1)
        outline.open_section(title, level, start)

    def _last_heading_is_empty(self) -> bool:
        blocks, sections = self.outline.blocks, self.outline.sections
        return bool(sections) and (not blocks or blocks[-1].section != len(sections) - 1)

    def _question(self, lines: Sequence[Line], at: int, _: int) -> int:
        """Take a question, over the lines that it is wrapped to."""
        if not question_mark(lines[at].text):
            return 0
        last = at
        while last + 1 < len(lines) and not lines[last].text.endswith("?"):
            after = lines[last + 1]
            if reply_mark(after.text) or question_mark(after.text) or mark_of(after):
                break
            if not goes_on(lines[last], after, width_of(lines[at : at + 2], self.width)):
                break
            last += 1
        content = " ".join(line.text for line in lines[at : last + 1])
        self._heading(
            lines[at].start, content[question_mark(content) :], _QUESTION_LEVEL, plain=False
        )
        self.asked = True
        return last + 1 - at

    def _callout_mark(self, lines: Sequence[Line], at: int, _: int) -> int:
        if not is_callout(lines[at].text) or (at and not ends_sentence(lines[at - 1].text)):
            return 0
        self.lists.end()
        self.callout = True
        return 1

    # Lists.

    def _mark(self, line: Line) -> Mark | None:
        return mark_of(line, roman=self.lists.is_roman())

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
