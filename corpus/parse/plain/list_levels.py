"""Lists of plain text: which members belong together and how deep they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.parse.plain.line_marks import Mark
from corpus.parse.plain.plain_lines import Line
from corpus.parse.structure import Outline, Structure, introducing
from corpus.types import Block, BlockKind, Span

_NEAR = 1
"""Columns by which members of one list may stand apart."""


@dataclass(slots=True)
class _List:
    """A list that is open, with what its next member needs."""

    indent: int
    family: str
    depth: int
    group: int
    lead_in: Span | None
    count: int = 0


class Lists:
    """The lists that are open at a place of a text, the innermost last."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._open: list[_List] = []
        self._content = 0
        """Column at which the text of the last member begins."""
        self._checked: dict[int, bool] = {}
        """Whether boxes are ticked, by number of the block that begins with one."""

    def end(self) -> None:
        """Close all lists."""
        self._open = []

    @property
    def is_open(self) -> bool:
        """Tell whether a member stands just before."""
        return bool(self._open)

    @property
    def code_group(self) -> int:
        """Group of code between the steps of a procedure, -1 outside of one."""
        innermost = self._open[-1] if self._open else None
        return innermost.group if innermost and innermost.count else -1

    def counts(self, mark: Mark) -> bool:
        """Tell whether a number is the next of an open list."""
        return any(
            one.count + 1 == mark.number and (one.family, one.depth) == (mark.family, mark.depth)
            for one in self._open
        )

    def is_roman(self) -> bool:
        """Tell whether an open list counts in Roman numerals."""
        return any("i" in one.family for one in self._open)

    def holds(self, line: Line) -> bool:
        """Tell whether a line is set in as the text of the last member is."""
        return bool(self._open) and line.indent >= max(self._content - _NEAR, 2)

    def add(self, line: Line, mark: Mark, span: Span) -> None:
        """Add a member; a list begins where it is set in deeper, or marked by another sign."""
        last = self._last_block()
        interrupted = last is not None and last.kind is BlockKind.CODE
        found = self._find(line, mark)
        restarts = mark.number == 1 and not interrupted
        if found is None or (found.count and restarts):
            found = self._begin(line, mark, found)
        elif not found.count and last and self._introduces(last):
            found.group, found.lead_in = self._outline.new_group(), self._outline.lead_in()
        ordinal = None
        if mark.number is not None:
            found.count = ordinal = max(found.count + 1, mark.number)
        self._content = line.indent + mark.length
        if mark.checked is not None:
            self._checked[len(self._outline.blocks)] = mark.checked
        self._outline.add_item(
            span, BlockKind.ITEM if ordinal is None else BlockKind.STEP, found.lead_in,
            len(self._open) - 1, ordinal, found.group,
        )  # fmt: skip

    def go_on(self, span: Span) -> None:
        """Add another paragraph of the last member."""
        innermost = self._open[-1]
        self._outline.add_item(
            span, BlockKind.STEP if innermost.count else BlockKind.ITEM, innermost.lead_in,
            len(self._open) - 1, innermost.count or None, innermost.group,
        )  # fmt: skip

    def with_boxes(self, structure: Structure) -> Structure:
        """Return a structure whose items say whether their boxes are ticked."""
        blocks = (
            replace(block, checked=self._checked.get(number))
            for number, block in enumerate(structure.blocks)
        )
        return replace(structure, blocks=tuple(blocks)) if self._checked else structure

    def _find(self, line: Line, mark: Mark) -> _List | None:
        """Return the open list that a member belongs to; those within it end."""
        for number in range(len(self._open) - 1, -1, -1):
            one = self._open[number]
            if (one.family, one.depth) != (mark.family, mark.depth):
                continue
            near = abs(line.indent - one.indent) <= _NEAR
            outer = self._open[number - 1].indent + _NEAR if number else -1
            if near or outer < line.indent < one.indent:
                del self._open[number + 1 :]
                return one
        return None

    def _begin(self, line: Line, mark: Mark, ended: _List | None) -> _List:
        if ended is not None:
            self._open.remove(ended)
        while self._open and not self._is_within(line, mark, self._open[-1]):
            self._open.pop()
        lead_in = self._outline.lead_in()
        last = self._last_block()
        if self._open and last and last.sentences:
            lead_in = introducing(last.sentences[-1])
        begun = _List(line.indent, mark.family, mark.depth, self._outline.new_group(), lead_in)
        self._open.append(begun)
        return begun

    @staticmethod
    def _is_within(line: Line, mark: Mark, outer: _List) -> bool:
        if line.indent > outer.indent + _NEAR:
            return True
        if line.indent < outer.indent - _NEAR:
            return False
        return mark.depth > outer.depth or (
            mark.family != outer.family and mark.depth == outer.depth
        )

    def _introduces(self, block: Block) -> bool:
        return block.kind is BlockKind.ITEM and block.span.of(self._outline.text).endswith(":")

    def _last_block(self) -> Block | None:
        blocks, sections = self._outline.blocks, self._outline.sections
        return blocks[-1] if blocks and blocks[-1].section == len(sections) - 1 else None
