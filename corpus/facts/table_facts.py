"""Facts of table rows and of code: what stands in columns and what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.facts.kinds import kind_of_label
from corpus.facts.types import StatementKind
from corpus.language.sentences import readable
from corpus.language.signals import DURATION
from corpus.parse.structure import line_spans
from corpus.types import Block, Cell, Span, trim

_PROPERTY = re.compile(r"[\w .]+?\s+:\s+\S")
_BLANK = re.compile(r"(?:-|–|—|n/?a|none|yes|no|any)?", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VALUE = re.compile(r"[\"']([A-Z][\w .-]{1,40})[\"']|\s--?[A-Za-z]+[ =]([A-Z][\w-]+)")
_OPEN, _CLOSED = "({[", ")}]"
_SITE = re.compile(
    r"(?:(?:main|first|data) )?(?:city|site|place|location|hall|region|country)",
    re.I,
)
_BESIDE_SITE = {StatementKind.REPLICATED, StatementKind.RETAINED}
_BY_COLUMN = frozenset(
    {
        StatementKind.STORED,
        StatementKind.PROCESSED,
        StatementKind.REPLICATED,
        StatementKind.RETAINED,
        StatementKind.REQUIRED,
    }
)


@dataclass(frozen=True, slots=True)
class CellFact:
    """What one cell says of the row's first cell."""

    kind: StatementKind
    span: Span
    value: str


def row_facts(text: str, block: Block, heading: str = "") -> Iterator[CellFact]:
    """Return a fact for every column whose title says what its cells state, and the row itself
    where other columns say something too.

    A heading that speaks of retention says what the cells of the whole table state.
    """
    untold: list[str] = []
    told = False
    for cell in block.cells[1:]:
        value = readable(cell.span.of(text))
        kind = _column(block, cell)
        if kind and not _BLANK.fullmatch(value):
            told = True
            yield CellFact(_for_value(kind, value), cell.span, value)
        elif value and not kind:
            untold.append(value)
    if untold or not told:
        value = "; ".join(untold)
        retained = kind_of_label(heading) is StatementKind.RETAINED and DURATION.search(value)
        kind = StatementKind.RETAINED if retained and not told else StatementKind.MEMBER
        yield CellFact(kind, block.span, value or readable(block.span.of(text)))


def _for_value(kind: StatementKind, value: str) -> StatementKind:
    """What is kept is kept somewhere, or for a time: the value tells which."""
    timed = kind is StatementKind.STORED and DURATION.search(value)
    return StatementKind.RETAINED if timed else kind


def _column(block: Block, cell: Cell) -> StatementKind | None:
    """A table whose first column names places lists them; its other columns are their details."""
    if kind_of_label(block.cells[0].header) is StatementKind.STORED:
        return None
    kind = kind_of_label(cell.header)
    others = {kind_of_label(other.header) for other in block.cells if other is not cell}
    if kind is None and _SITE.fullmatch(cell.header) and others & _BESIDE_SITE:
        return StatementKind.STORED
    return kind if kind in _BY_COLUMN else None


def code_facts(text: str, span: Span) -> Iterator[CellFact]:
    """Return the statements of a piece of code, or the lines of a listing of properties."""
    lines = [Span(span.start + s.start, span.start + s.end) for s in line_spans(span.of(text))]
    lines = [trim(text, line) for line in lines]
    lines = [line for line in lines if line.start < line.end]
    if lines and all(_PROPERTY.match(line.of(text)) for line in lines):
        yield from (CellFact(StatementKind.MEMBER, line, _flat(line.of(text))) for line in lines)
        return
    start, depth = None, 0
    for line in lines:
        start = line.start if start is None else start
        words = line.of(text)
        bare = _QUOTED.sub("", words)
        depth += sum(map(bare.count, _OPEN)) - sum(map(bare.count, _CLOSED))
        if depth > 0 or words.endswith(("\\", "`", "|")):
            continue
        statement = Span(start, line.end)
        yield CellFact(StatementKind.COMMAND, statement, _flat(statement.of(text)))
        start, depth = None, 0
    if start is not None:
        yield CellFact(
            StatementKind.COMMAND, Span(start, lines[-1].end), _flat(text[start : lines[-1].end])
        )


def places_typed(code: str) -> str:
    """Return the values of a command that may be places: whole quotations and arguments."""
    return "; ".join(f'"{value}"' for pair in _VALUE.findall(code) for value in pair if value)


def _flat(code: str) -> str:
    return re.sub(r"\s+", " ", code).strip()
