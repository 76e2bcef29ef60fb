"""Two sides as tables whose cells open their passages; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.comparing.types import Standing
from ui.exports.change_rows import differs_words
from ui.exports.comparison_rows import (
    BESIDE,
    CellRow,
    SidesRow,
    SidesTable,
    ValueRow,
    ValuesRow,
    cited,
    counts_of_sides,
    standing_words,
)
from ui.shared.fact_rows import FactRow
from ui.web.html import escaped
from ui.web.paged_table import bar, cell, counted, cut, group, table, turning
from ui.web.site import passage_link

_SIGNS = {
    Standing.DIFFERS.value: ("warn", "≠"),
    Standing.ALIKE.value: ("ok", "="),
    Standing.FIRST.value: ("", "◧"),
    Standing.SECOND.value: ("", "◨"),
}
_NUMBERS = ("[1]", "[2]")
"""What opens the first side and the second where both name something."""
_SHARES, _SHARES_OF_NAMES = (20, 40, 40), (16, 28, 28, 28)
"""Percent of a table's width that its columns have."""


def sides_told(sides: SidesTable) -> str:
    """Return how many rows there are of each standing, and places and periods by who names them."""
    return (
        f'<p class="notice" role="status">{escaped(counts_of_sides(sides))}</p>'
        f"{_values(sides) if sides.values else ''}"
    )


def sides_grid(sides: SidesTable, rows: Sequence[SidesRow], number: int) -> str:
    """Return a page of the rows, those of a kind of statement together."""
    shown = cut(len(rows), number)
    if not rows:
        told = (
            "No row matches. Take a filter away." if sides.rows else "Nothing is stated of either."
        )
        return bar(told, shown, "rows")
    heads = ("How it stands", sides.first, sides.second)
    bodies = [
        group(says, "", len(heads), "".join(_row(one, sides) for one in several))
        for says, several in _by_kind(rows[shown.first : shown.end])
    ]
    return (
        f"{bar(counted(len(rows), 'row'), shown, 'rows')}"
        f"{table('What both say, side by side. A cell opens its source', heads, bodies, _SHARES)}"
        f"{turning(shown, 'rows, below')}"
    )


def _by_kind(rows: Iterable[SidesRow]) -> Iterable[tuple[str, list[SidesRow]]]:
    found: dict[str, list[SidesRow]] = {}
    for one in rows:
        found.setdefault(one.says, []).append(one)
    return found.items()


def _row(row: SidesRow, sides: SidesTable) -> str:
    kind, sign = _SIGNS[row.standing]
    differs = (
        f'<span class="grid-note">{escaped(differs_words(row.differences))}</span>'
        if row.differences
        else ""
    )
    mark = (
        f'<th scope="row"><span class="mark {kind}"><span aria-hidden="true">{sign}</span> '
        f"{escaped(standing_words(row, sides))}</span>{differs}</th>"
    )
    return (
        f'<tr class="grid-row">{mark}{cell(sides.first, _said(row.first))}'
        f"{cell(sides.second, _said(row.second))}</tr>"
    )


def _said(said: CellRow | None) -> str:
    if said is None:
        return ""
    return f'{escaped(said.statement)}<span class="grid-note">{_link(said, cited(said))}</span>'


def _values(sides: SidesTable) -> str:
    heads = ("Names", "Both", f"Only {sides.first}", f"Only {sides.second}")
    rows = "".join(_value_row(row, heads) for row in sides.values)
    made = table(
        "Places and periods that they name", heads, [f"<tbody>{rows}</tbody>"], _SHARES_OF_NAMES
    )
    return (
        '<details class="grid-folded" open><summary>Places and periods that they name</summary>'
        f"{made}{_legend(sides)}</details>"
    )


def _legend(sides: SidesTable) -> str:
    told = (f"{at} opens {name}" for at, name in zip(_NUMBERS, (sides.first, sides.second),
                                                     strict=True))  # fmt: skip
    return f'<p class="grid-note">In the column of both, {escaped(", ".join(told))}.</p>'


def _value_row(row: ValuesRow, heads: Sequence[str]) -> str:
    cells = (
        cell(head, "; ".join(_named(one) for one in row.values if one.standing == standing.value))
        for head, standing in zip(heads[1:], BESIDE, strict=True)
    )
    return f'<tr><th scope="row">{escaped(f"{row.says}: {row.what}")}</th>{"".join(cells)}</tr>'


def _named(value: ValueRow) -> str:
    """Return a place or a period, which opens where each side first names it."""
    if value.first and value.second:
        both = zip(_NUMBERS, (value.first, value.second), strict=True)
        return f"{escaped(value.name)} {' '.join(_link(facts[0], at) for at, facts in both)}"
    return _link((value.first or value.second)[0], value.name)


def _link(said: CellRow | FactRow, words: str) -> str:
    address = escaped(passage_link(said.document, said.start, said.end))
    return f'<a class="cite" href="{address}">{escaped(words)}</a>'
