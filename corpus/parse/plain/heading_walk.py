"""The headings of a plain text: lines that are underlined, set apart, numbered or in capitals."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.parse.plain.foot_notes import Notes
from corpus.parse.plain.line_marks import (
    Mark,
    is_callout,
    label_length,
    mark_of,
    question_mark,
    reply_mark,
    rule_sign,
)
from corpus.parse.plain.list_levels import Lists
from corpus.parse.plain.page_furniture import paragraphs_of
from corpus.parse.plain.plain_code import is_code
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
    ends_sentence,
    filled_width,
    goes_on,
    width_of,
)
from corpus.parse.plain.text_tables import table_at
from corpus.parse.structure import LONGEST_SAID, Outline
from corpus.types import BlockKind

_QUESTION_LEVEL = 3
_MOST_TITLE_LINES = 3
_LOOKED_AT = 6
_DENSE = 8
"""Lines of a run, on average, in a text whose headings stand between no blank lines."""


class HeadingWalk:
    """Where a pass over the paragraphs of a text stands, and how it takes their headings."""

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

    def _mark(self, line: Line) -> Mark | None:
        return mark_of(line, roman=self.lists.is_roman())

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
