"""Tables of plain text: cells between tabs, pipes or semicolons, in columns, or a line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.parse.plain.column_titles import are_titles, leading_titles, names_firm
from corpus.parse.plain.line_marks import label_length, mark_of, rule_sign
from corpus.parse.plain.plain_headings import is_capitals
from corpus.parse.plain.plain_lines import (
    ANY_WIDTH,
    FUNCTION_WORDS,
    Line,
    cover,
    ends_sentence,
    goes_on,
)
from corpus.types import Span, trim

_BORDER = re.compile(r"[+|:=-][+|:=\s-]*[+|:=-]")
_SEPARATED = re.compile(r"[\t|;]|\S\s{2,}\S|^\+[-=+]+$")
_GAP = re.compile(r"\s{2,}")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_GAP_RULE = re.compile(r"[-=]{2,}(?:\s+[-=]{2,})+")
_FEWEST_ROWS = 2
_FEWEST_SEMICOLONS = 2
_ALIGNED = 0.7
_WORDS_OF_NAME = 12
_NARROWEST_PROSE = 40
_WORDS_OF_HEADER = 6
_WORDS_OF_CELL = 10
_WORDS_OF_VALUE = 18
_MOST_COLUMNS = 8
_MOST_CELLS = 480
_TRIED_ROWS = 4
_UNIFORM = 0.85
_LAST_WORD = re.compile(r"[\w'’]+$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands and where each of its cells does."""

    span: Span
    cells: tuple[Span, ...]
    """In column order, empty spans for blank cells."""
    prose: tuple[Line, ...] = ()
    """Lines of sentences in its last cell, where a cell is a line or more."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand one after the other, and the one that names their columns."""

    rows: tuple[Row, ...]
    lines: int
    """How many lines it takes."""
    titles: Row | None = None


def table_at(text: str, lines: Sequence[Line], at: int) -> Table | None:
    """Return the table that begins with a line of a run, None where none does."""
    content = lines[at].text
    if _SEPARATED.search(content):
        rest = lines[at:]
        found = (reader(text, rest) for reader in _READERS)
        if table := next((table for table in found if table is not None), None):
            return table
    if not _is_cell(lines[at]):
        return None
    whole = _flattened(lines) if at == 0 else None
    return whole or _cell_lines(text, lines[at : at + _MOST_CELLS])


def _with_titles(text: str, rows: Sequence[Row], lines: int, *, sure: bool = False) -> Table | None:
    """Return a table of rows; the first of them names the columns where it reads like that."""
    if len(rows) < _FEWEST_ROWS:
        return None
    first, *rest = ([cell.of(text) for cell in row.cells] for row in rows)
    if sure or are_titles(first, rest):
        return Table(tuple(rows[1:]), lines, rows[0])
    return Table(tuple(rows), lines)


def _cut(text: str, span: Span, starts: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the trimmed cells of a span between separators, given by start and end."""
    edges = [(span.start, span.start), *starts, (span.end, span.end)]
    return tuple(trim(text, Span(left[1], right[0])) for left, right in pairwise(edges))


def _tabbed(text: str, lines: Sequence[Line]) -> Table | None:
    if not lines or "\t" not in lines[0].text:
        return None
    taken = list(takewhile(lambda line: "\t" in line.text or line.whole.of(text)[0] == "\t", lines))
    rows = []
    for line in taken:
        whole = Span(line.whole.start, line.end)
        tabs = [
            (whole.start + number, whole.start + number + 1)
            for number, character in enumerate(whole.of(text))
            if character == "\t"
        ]
        rows.append(Row(line.span, _cut(text, whole, tabs)))
    return _with_titles(text, rows, len(taken))


def _is_border(content: str) -> bool:
    return _BORDER.fullmatch(content) is not None and not rule_sign(content) and (
        "-" in content or "=" in content
    )  # fmt: skip


def _piped(text: str, lines: Sequence[Line]) -> Table | None:
    first = next((line for line in lines[:2] if "|" in line.text.strip("+-=|")), None)
    count = _pipes(first) if first else 0
    if not count:
        return None
    taken = list(
        takewhile(lambda line: _is_border(line.text) or abs(_pipes(line) - count) <= 1, lines)
    )
    segments: list[list[Line]] = [[]]
    for line in taken:
        if not _is_border(line.text):
            segments[-1].append(line)
        elif segments[-1]:
            segments.append([])
    segments = [segment for segment in segments if segment]
    held = [line for segment in segments for line in segment]
    if len(held) < _FEWEST_ROWS or min(map(_pipes, held)) < 1:
        return None
    ruled = len(segments) > 2
    rows: list[Row] = []
    for segment in segments:
        cut = [Row(line.span, _between_pipes(text, line)) for line in segment]
        rows.extend([_merged(cut)] if ruled else cut)
    return _with_titles(text, rows, len(taken), sure=len(segments) > 1 and len(segments[0]) == 1)


def _pipes(line: Line) -> int:
    return len(_PIPE.findall(line.text.strip("|")))


def _between_pipes(text: str, line: Line) -> tuple[Span, ...]:
    span = Span(
        line.start + line.text.startswith("|"),
        line.end - (line.text.endswith("|") and len(line.text) > 1),
    )
    return _cut(text, span, [match.span() for match in _PIPE.finditer(text, *span)])


def _merged(rows: Sequence[Row]) -> Row:
    """Return lines of one row as one; a cell of several lines reaches from its first to its last.

    What stands between comes along, so that no part of a cell is taken for the whole.
    """
    merged = rows[0]
    for row in rows[1:]:
        cells = list(merged.cells)
        for number, cell in enumerate(row.cells):
            if number >= len(cells):
                cells.append(cell)
            elif cell.start < cell.end:
                above = cells[number]
                cells[number] = Span(above.start, cell.end) if above.start < above.end else cell
        merged = Row(Span(merged.span.start, row.span.end), tuple(cells))
    return merged


def _by_semicolons(text: str, lines: Sequence[Line]) -> Table | None:
    count = lines[0].text.count(";") if lines else 0
    if count < _FEWEST_SEMICOLONS:
        return None
    taken: list[Line] = []
    for line in lines:
        listed = len(taken) > _FEWEST_ROWS or not ends_sentence(line.text)
        if line.text.count(";") != count or line.text[0].islower() or not listed:
            break
        taken.append(line)
    if len(taken) <= _FEWEST_ROWS:
        return None
    rows = [
        Row(
            line.span,
            _cut(text, line.span, [
                (line.start + number, line.start + number + 1)
                for number, character in enumerate(line.text) if character == ";"
            ]),
        )
        for line in taken
    ]  # fmt: skip
    return _with_titles(text, rows, len(taken))


@dataclass(frozen=True, slots=True)
class _Column:
    """Columns of characters that a cell takes up on its line."""

    start: int
    end: int


def _aligned(text: str, lines: Sequence[Line]) -> Table | None:
    """Read lines whose cells begin, or end, where those of the first line do."""
    if not lines or "\t" in lines[0].text or not _GAP.search(lines[0].text):
        return None
    columns = [column for column, _ in _placed(lines[0])]
    if label_length(lines[0].text):
        return None
    rows = [Row(lines[0].span, tuple(span for _, span in _placed(lines[0])))]
    filled = aligned = 0
    taken, sure = 1, False
    for line in lines[1:]:
        if _LONGEST_GAP_RULE.fullmatch(line.text):
            sure = sure or taken == 1
        else:
            found = _in_columns(line, columns)
            if found is None:
                break
            cells, fitting = found
            filled += sum(cell.start < cell.end for cell in cells)
            aligned += fitting
            _add_row(text, rows, Row(line.span, cells))
            if len(rows) == _TRIED_ROWS and aligned < filled * _ALIGNED:
                return None
        taken += 1
    if len(rows) <= _FEWEST_ROWS:
        return None
    return _with_titles(text, rows, taken, sure=sure)


def _placed(line: Line) -> list[tuple[_Column, Span]]:
    cells, start = [], 0
    for gap in [*_GAP.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        column = _Column(line.indent + start, line.indent + end)
        cells.append((column, Span(line.start + start, line.start + end)))
        start = gap.end() if gap else end
    return cells


def _in_columns(line: Line, columns: Sequence[_Column]) -> tuple[tuple[Span, ...], int] | None:
    """Return a line's cells in their columns and how many stand exactly, None where none fit."""
    placed = _placed(line)
    cells = [Span(line.end, line.end)] * len(columns)
    fitting = last = 0
    for number, (place, span) in enumerate(placed):
        at = next(
            (n for n, column in enumerate(columns)
             if abs(column.start - place.start) <= 1 or abs(column.end - place.end) <= 1), None,
        )  # fmt: skip
        if at is not None:
            fitting += 1
        else:
            at = max((n for n, c in enumerate(columns) if c.start <= place.start), default=None)
        if at is None or (number and at <= last):
            return None
        cells[at], last = span, at
    if len(placed) == 1 and (not last or not fitting):
        return None
    return (tuple(cells), fitting) if fitting * 2 >= len(placed) else None


def _add_row(text: str, rows: list[Row], row: Row) -> None:
    """Add a row, or what it goes on with to the one above."""
    if row.cells[0].start < row.cells[0].end:
        rows.append(row)
        return
    above = rows[-1].cells[1 : len(row.cells)]
    rest = list(zip(above, row.cells[1:], strict=False))
    going = any(_is_part(before.of(text), cell.of(text)) for before, cell in rest)
    full = all(cell.start < cell.end for cell in row.cells[1:])
    if full and not going and len(rows) > 1:
        rows.append(row)
    else:
        rows[-1] = _merged([rows[-1], row])


def _is_part(above: str, cell: str) -> bool:
    """Tell whether a cell's line goes on with the line above it."""
    last = _LAST_WORD.search(above)
    open_ = above.endswith((",", "-", "(", "/")) or (last and last[0].lower() in FUNCTION_WORDS)
    return bool(cell) and (cell[0].islower() or bool(open_))


def _flattened(lines: Sequence[Line]) -> Table | None:
    """Read names without a full stop that alternate with sentences under a line of titles."""
    header = lines[0]
    if not _is_name(header, _WORDS_OF_HEADER) or len(lines) < 1 + 2 * _FEWEST_ROWS:
        return None
    groups: list[list[Line]] = []
    for line in lines[1:]:
        if ends_sentence(line.text) and not line.text.endswith(":"):
            if not groups:
                return None
            groups[-1].append(line)
        elif not _is_name(line, _WORDS_OF_NAME):
            return None
        else:
            groups.append([line])
    if len(groups) < _FEWEST_ROWS or any(len(group) < 2 for group in groups):
        return None
    width = max(line.width for line in lines)
    width = width if width > _NARROWEST_PROSE else ANY_WIDTH
    if any(goes_on(one, next_, width) for one, next_ in pairwise(lines)):
        return None
    rows = tuple(Row(cover(g), (g[0].span, cover(g[1:])), tuple(g[1:])) for g in groups)
    words = [
        Span(header.start + match.start(), header.start + match.end())
        for match in re.finditer(r"\S+", header.text)
    ]
    titles = Row(header.span, tuple(words)) if len(words) == 2 else None
    if titles is None:
        rows = (Row(header.span, (header.span,)), *rows)
    return Table(rows, len(lines), titles)


def _is_name(line: Line, words: int) -> bool:
    content = line.text
    return (
        content[0].isalnum()
        and not content[0].islower()
        and not ends_sentence(content)
        and len(content.split()) <= words
        and mark_of(line) is None
        and not label_length(content)
    )


def _is_cell(line: Line, words: int = _WORDS_OF_CELL) -> bool:
    content = line.text
    return (
        len(content.split()) <= words
        and any(map(str.isalnum, content))
        and (not content.endswith((".", ":", ",", "?", "!")) or names_firm(content))
        and mark_of(line) is None
        and not label_length(content)
        and "\t" not in content
        and "|" not in content
    )


def stacked_at(text: str, paragraphs: Sequence[Sequence[Line]]) -> tuple[Table, int] | None:
    """Return a table whose rows are paragraphs of a line a cell, and how many paragraphs."""
    count = len(paragraphs[0]) if paragraphs else 0
    if not 1 < count <= _MOST_COLUMNS:
        return None
    taken = list(takewhile(lambda lines: _is_record(lines, count), paragraphs))
    rows = [Row(cover(lines), tuple(line.span for line in lines)) for lines in taken]
    if len(rows) <= _FEWEST_ROWS:
        return None
    table = _with_titles(text, rows, sum(map(len, taken)))
    return (table, len(taken)) if table else None


def _is_record(lines: Sequence[Line], count: int) -> bool:
    if len(lines) != count or not all(_is_cell(line, _WORDS_OF_VALUE) for line in lines):
        return False
    return all(
        one.indent == other.indent and not other.text[0].islower() for one, other in pairwise(lines)
    )


def _cell_lines(text: str, lines: Sequence[Line]) -> Table | None:
    """Read a table of a line a cell, by the columns in which all cells are of one kind."""
    cells = list(takewhile(lambda line: _is_cell(line) and line.indent == lines[0].indent, lines))
    shapes = [_shape(line.text) for line in cells]
    scored = [
        (_uniformity(shapes, count), -count)
        for count in range(2, _MOST_COLUMNS + 1)
        if len(cells) % count == 0 and len(cells) // count > _FEWEST_ROWS + 1
    ]
    best, columns = max(scored, default=(0.0, 0))
    titles = leading_titles([line.text for line in cells])
    if best < _UNIFORM:
        columns = -titles
        if not 1 < titles <= _MOST_COLUMNS or len(cells) % titles or len(cells) < 3 * titles:
            return None
    rows = []
    for start in range(0, len(cells), -columns):
        row = cells[start : start - columns]
        rows.append(Row(cover(row), tuple(line.span for line in row)))
    return _with_titles(text, rows, len(cells))


def _shape(cell: str) -> str:
    if cell.replace(".", "").replace(",", "").isdigit():
        return "9"
    if any(map(str.isdigit, cell)):
        return "a9" if cell[0].islower() else "A9"
    return "A" if is_capitals(cell) else "a" if cell[0].islower() else "Aa"


def _uniformity(shapes: Sequence[str], columns: int) -> float:
    """Return how far the cells of each column are of one kind; 0 where all columns are alike."""
    body = [shapes[number::columns][1:] for number in range(columns)]
    kinds = [max(set(column), key=column.count) for column in body]
    if len(set(kinds)) < 2:
        return 0.0
    return sum(
        column.count(kind) / len(column) for column, kind in zip(body, kinds, strict=True)
    ) / columns  # fmt: skip


def continued(rows: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    """Return rows with the first cell of the row above where their own is blank."""
    above: Span | None = None
    for row in rows:
        first = row.cells[0]
        blank = first.start == first.end and above is not None and above.start < above.end
        if not blank:
            above = first
        yield replace(row, cells=(above or first, *row.cells[1:])), blank


_READERS: tuple[Callable[[str, Sequence[Line]], Table | None], ...] = (
    _piped, _tabbed, _aligned, _by_semicolons,
)  # fmt: skip
