"""Plain text to sections and blocks, for pages copied without their mark-up.

Nothing marks a heading, a table or a command there; what a reader goes by does: a short line
of its own without a full stop, lines that alternate between a name and its sentences, a line
that reads like a command after a sentence that ends in a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.sentences import split_sentences
from corpus.parse.structure import LONGEST_SAID, Outline, Structure, line_spans
from corpus.types import Block, BlockKind, Cell, Span, trim

_BULLET = re.compile(r"\s*[•·◦▪‣*–-]\s+(?=\S)")
_STEP = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_CALLOUT = re.compile(r"(?:note|tip|important|warning|caution|remarks?)\s*:?\s*$", re.I)
_INLINE_CALLOUT = re.compile(r"(?:note|tip|important|warning|caution)\s*[:–-]\s+\S", re.I)
_QUESTION = re.compile(r"\s*Q(?:uestion)?\s*\d*\s*[:.)]\s+(?=\S)", re.I)
_REPLY = re.compile(r"\s*A(?:nswer)?\s*\d*\s*[:.)]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?;,]['\"”’)\]]*$")
_CODE = re.compile(
    r"\s*+(?:\$\s?\w|[}{)\]]+\s*$|\w+\s*=\s*\S|[A-Z][a-z]+-[A-Z]\w+(?:\s.*?)?\s(?:\||-\w)"
    r"|[\w.-]+(?:\s+[\w./:-]+)*\s+--?[A-Za-z][\w-]*(?:[\s=]|$)|[\w .]++\s*+(?<=\s\s):\s+\S"
    r"|\S+\s+\{$)"
)
_LOOSE_CODE = re.compile(r"\s*(?:[A-Z][a-z]+-[A-Z]\w+|[a-z][\w.-]*)(?:\s+\S+)*\s*$")
_HEADING_LENGTH = 110
_LABEL_WORDS = 4
_LABEL_LEVEL = 5
"""Level of headings such as `Commitment:`, which stand below any other heading."""


def parse_plain(text: str) -> Structure:
    """Return sections and blocks of a plain text."""
    return _Walk(text).run()


@dataclass(slots=True)
class _Numbering:
    """Steps of one procedure, counted on where a command interrupts the written numbers."""

    group: int
    count: int
    lead_in: Span | None


class _Walk:
    """One pass over the paragraphs (runs of lines between blank ones) of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.outline = Outline(text)
        self.numbering: _Numbering | None = None
        self.list: tuple[int, Span | None] | None = None
        self.callout = False
        self.paragraphs = self._split()

    def run(self) -> Structure:
        position = 0
        while position < len(self.paragraphs):
            lines = self.paragraphs[position]
            last = position + 1 == len(self.paragraphs)
            if self._is_code(lines[0]):
                position += self._code(position)
                continue
            if len(lines) == 1 and self._single_line(lines[0], not last):
                position += 1
                continue
            self._lines(lines)
            position += 1
        return self.outline.finish()

    def _split(self) -> list[list[Span]]:
        paragraphs: list[list[Span]] = [[]]
        for line in line_spans(self.text):
            if line.of(self.text).strip():
                paragraphs[-1].append(line)
            elif paragraphs[-1]:
                paragraphs.append([])
        return paragraphs if paragraphs[-1] else paragraphs[:-1]

    def _single_line(self, line: Span, has_body: bool) -> bool:
        """Take a line that stands alone as call-out mark or heading; tell whether it was one."""
        content = line.of(self.text).strip()
        if _CALLOUT.match(content):
            self._end_lists()
            self.callout = True
            return True
        question = _QUESTION.match(content)
        if question:
            self._heading(line, content[question.end() :], 3)
            return True
        if not has_body or not self._is_heading(content):
            return False
        self._heading(line, content.rstrip(" :"), _LABEL_LEVEL if content.endswith(":") else 2)
        return True

    def _is_heading(self, content: str) -> bool:
        if len(content) > _HEADING_LENGTH or _BULLET.match(content) or _STEP.match(content):
            return False
        if content.endswith(":"):
            return len(content.split()) <= _LABEL_WORDS and content[:1].isupper()
        ends = _SENTENCE_END.search(content) is not None and not content.endswith("?")
        return not ends and not content[:1].islower() and any(map(str.isalpha, content))

    def _heading(self, line: Span, title: str, level: int) -> None:
        self._end_lists()
        self.callout = False
        outline = self.outline
        if not outline.sections:
            level = 1
        elif level == 2 and self._last_heading_is_empty() and len(outline.sections) > 1:
            parent = outline.sections[-1]
            level = min(len(parent.path) + 1, _LABEL_LEVEL - 1)
        outline.open_section(title, level, line.start)

    def _last_heading_is_empty(self) -> bool:
        blocks = self.outline.blocks
        return not blocks or blocks[-1].section != len(self.outline.sections) - 1

    def _lines(self, lines: list[Span]) -> None:
        """Take a paragraph of several lines: a list, steps with commands, a table, or prose."""
        content = [line.of(self.text) for line in lines]
        if any("\t" in line.strip() for line in content) and len(lines) > 1:
            self._tabbed(lines)
        elif len(lines) > 2 and self._is_flattened_table(content):
            self._flattened_table(lines)
        else:
            self._mixed(lines)

    def _mixed(self, lines: list[Span]) -> None:
        prose: list[Span] = []
        for line in lines:
            content = line.of(self.text)
            if _BULLET.match(content) or _STEP.match(content) or _QUESTION.match(content):
                self._prose(prose)
                prose = []
                self._marked(line, content)
            elif not prose and self._is_code(line):
                self._code_block(line)
            else:
                prose.append(line)
        self._prose(prose)

    def _marked(self, line: Span, content: str) -> None:
        step, bullet = _STEP.match(content), _BULLET.match(content)
        question = _QUESTION.match(content)
        if question:
            self._heading(line, content[question.end() :].strip(), 3)
        elif step:
            self._step(Span(line.start + step.end(), line.end), int(step[1]))
        elif bullet:
            self._bullet(Span(line.start + bullet.end(), line.end))

    def _step(self, span: Span, written: int) -> None:
        self.list = None
        last = self._last_block()
        if self.numbering is None or (written == 1 and last and last.kind is not BlockKind.CODE):
            self.numbering = _Numbering(self.outline.new_group(), 0, self.outline.lead_in())
        self.numbering.count = max(self.numbering.count + 1, written)
        self.outline.add_item(
            span, BlockKind.STEP, self.numbering.lead_in, 0, self.numbering.count,
            self.numbering.group,
        )  # fmt: skip

    def _bullet(self, span: Span) -> None:
        self.numbering = None
        last = self._last_block()
        if self.list is None:
            self.list = (self.outline.new_group(), self.outline.lead_in())
        elif last and last.kind is BlockKind.ITEM and last.span.of(self.text).endswith(":"):
            self.list = (self.outline.new_group(), self.outline.lead_in())
        group, lead_in = self.list
        self.outline.add_item(span, BlockKind.ITEM, lead_in, 0, None, group)

    def _prose(self, lines: list[Span]) -> None:
        if not lines:
            return
        self._end_lists()
        span = trim(self.text, Span(lines[0].start, lines[-1].end))
        reply = _REPLY.match(self.text, span.start, span.end)
        if reply:
            span = Span(reply.end(), span.end)
        inline = _INLINE_CALLOUT.match(self.text, span.start, span.end)
        kind = BlockKind.NOTE if self.callout or inline else BlockKind.PARAGRAPH
        self.callout = False
        self.outline.add(kind, span, sentences=split_sentences(self.text, span))

    def _is_code(self, line: Span) -> bool:
        content = line.of(self.text)
        if _BULLET.match(content) or _STEP.match(content):
            return False
        if _SENTENCE_END.search(content.rstrip()) and not content.rstrip().endswith((",", ";")):
            return False
        last = self._last_block()
        after_colon = self.outline.lead_in() is not None
        after_step = last is not None and last.kind in (BlockKind.CODE, BlockKind.STEP)
        if _CODE.match(content) and (after_colon or after_step):
            return True
        return after_colon and _LOOSE_CODE.match(content) is not None and (
            content[:1].islower() or content.split()[0].count("-") == 1
        )  # fmt: skip

    def _code(self, position: int) -> int:
        """Take the run of paragraphs that are code; return how many."""
        taken, first = 0, self.paragraphs[position][0]
        end = first.end
        for lines in self.paragraphs[position:]:
            if taken and not _CODE.match(lines[0].of(self.text)):
                break
            rest = self._code_lines(lines)
            end = lines[len(lines) - len(rest) - 1].end
            taken += 1
            if rest:
                self._code_block(Span(first.start, end))
                self._lines(rest)
                return taken
        self._code_block(Span(first.start, end))
        return taken

    def _code_lines(self, lines: list[Span]) -> list[Span]:
        """Return the lines after the code at the start of a paragraph."""
        for number, line in enumerate(lines):
            content = line.of(self.text)
            marked = _STEP.match(content) or _BULLET.match(content)
            if number and (marked or _SENTENCE_END.search(content.rstrip())):
                return lines[number:]
        return []

    def _code_block(self, span: Span) -> None:
        self.list = None
        group = self.numbering.group if self.numbering else -1
        self.outline.add(BlockKind.CODE, span, lead_in=self.outline.lead_in(), group=group)

    def _is_flattened_table(self, content: list[str]) -> bool:
        """Tell whether names without a full stop alternate with sentences under a header."""
        ends = [_SENTENCE_END.search(line.rstrip()) is not None for line in content]
        marked = any(_BULLET.match(line) or _STEP.match(line) for line in content)
        return not marked and not ends[0] and not ends[1] and any(ends) and content[0][:1].isupper()

    def _flattened_table(self, lines: list[Span]) -> None:
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        self._end_lists()
        headers = lines[0].of(self.text).split()
        names = [name[:LONGEST_SAID] for name in headers] if len(headers) == 2 else ["", ""]
        rows: list[list[Span]] = []
        for line in lines[1:]:
            if _SENTENCE_END.search(line.of(self.text).rstrip()) and rows:
                rows[-1].append(line)
            else:
                rows.append([line])
        for row in rows:
            titles = lines[0] if len(headers) == 2 else None
            self._flattened_row(row, names, lead_in, group, titles)

    def _flattened_row(
        self, row: list[Span], names: list[str], lead_in: Span | None, group: int,
        titles: Span | None,
    ) -> None:  # fmt: skip
        cells = [Cell(names[0], trim(self.text, row[0]))]
        sentences: list[Span] = []
        if len(row) > 1:
            value = trim(self.text, Span(row[1].start, row[-1].end))
            cells.append(Cell(names[1], value))
            for line in row[1:]:
                sentences.extend(split_sentences(self.text, trim(self.text, line)))
        self.outline.add(
            BlockKind.ROW, Span(row[0].start, row[-1].end), cells=tuple(cells),
            titles=titles, sentences=tuple(sentences), lead_in=lead_in, group=group,
        )  # fmt: skip

    def _tabbed(self, lines: list[Span]) -> None:
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        self._end_lists()
        headers = lines[0].of(self.text).strip().split("\t")
        above: Span | None = None
        for line in lines[1:]:
            cells: list[Cell] = []
            start = line.start
            for column, value in enumerate(line.of(self.text).split("\t")):
                span = trim(self.text, Span(start, start + len(value)))
                start += len(value) + 1
                header = headers[column].strip()[:LONGEST_SAID] if column < len(headers) else ""
                continued = column == 0 and span.start == span.end and above is not None
                cells.append(Cell(header, above if continued and above else span, continued))
            above = cells[0].span
            self.outline.add(
                BlockKind.ROW, line, cells=tuple(cells), titles=lines[0], lead_in=lead_in,
                group=group,
            )  # fmt: skip

    def _end_lists(self) -> None:
        self.numbering = None
        self.list = None

    def _last_block(self) -> Block | None:
        blocks, sections = self.outline.blocks, self.outline.sections
        return blocks[-1] if blocks and blocks[-1].section == len(sections) - 1 else None
