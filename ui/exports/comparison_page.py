"""Two services, places or documents side by side, as a page to print or send; pure."""

from __future__ import annotations

from itertools import groupby

from ui.exports.change_rows import differs_words
from ui.exports.comparison_rows import (
    BESIDE,
    CellRow,
    SidesRow,
    SidesTable,
    cited,
    counts_of_sides,
    standing_words,
)
from ui.exports.report_page import escaped, report_page, table


def comparison_page(sides: SidesTable) -> str:
    """Return a comparison as a whole HTML document, a table for each kind of statement."""
    parts = [f"<p>{escaped(counts_of_sides(sides))}</p>", _values(sides)]
    for says, rows in groupby(sides.rows, key=lambda row: row.kind):
        told = list(rows)
        parts.append(f"<section>\n<h2>{escaped(told[0].says if len(told) == 1 else says)}</h2>")
        titles = ("How it stands", sides.first, sides.second)
        parts.append(table(titles, (_cells(row, sides) for row in told)) + "\n</section>")
    return report_page(
        f"{sides.first} and {sides.second}", "\n".join(parts), kind="Comparison", is_wide=True
    )


def _values(sides: SidesTable) -> str:
    titles = ("Names", "Both", f"Only {sides.first}", f"Only {sides.second}")
    rows = (
        (escaped(f"{row.says}: {row.what}"), *(escaped(row.names(one)) for one in BESIDE))
        for row in sides.values
    )
    return f"<section>\n<h2>What is named</h2>\n{table(titles, rows)}\n</section>"


def _cells(row: SidesRow, sides: SidesTable) -> tuple[str, str, str]:
    mark = escaped(standing_words(row, sides))
    if row.differences:
        mark += f"<br>{escaped(differs_words(row.differences))}"
    return mark, _said(row.first), _said(row.second)


def _said(cell: CellRow | None) -> str:
    if cell is None:
        return "–"
    return (
        f"{escaped(cell.statement)}"
        f'<span class="place">{escaped(cited(cell))} ({cell.start}–{cell.end})</span>'
    )
