"""What holds for tenants as one page to print or send; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.language.sentences import readable
from ui.exports.report_page import details, escaped, report_page, table
from ui.shared.check_rows import CheckRow, Tally

_TITLES = ("Outcome", "Statement", "Because", "Decided by", "Where")


class CheckSection(NamedTuple):
    """What a page tells of one tenant."""

    name: str
    said: Sequence[tuple[str, str]]
    """What is said of the tenant, by name."""
    told: Sequence[str]
    """What a reader has to know beside, a sentence each."""
    tallies: Sequence[Tally]
    rows: Sequence[CheckRow]


def check_page(title: str, sections: Sequence[CheckSection]) -> str:
    """Return a whole HTML document: of each tenant what was checked, how it ends, and why."""
    names = len(sections) > 1
    body = "\n".join(_section(one, is_named=names) for one in sections)
    return report_page(title, body, kind="Tenant check", is_wide=True)


def tally_table(tallies: Iterable[Tally], of: str = "Service") -> str:
    """Return how the statements of each service end, or about each kind of data."""
    rows = (
        (escaped(one.of), str(one.holds), str(one.does_not_hold), str(one.not_known))
        for one in tallies
    )
    return table((of, "Holds", "Does not hold", "Not known"), rows)


def _section(one: CheckSection, *, is_named: bool) -> str:
    head = f"<h2>{escaped(one.name)}</h2>\n" if is_named else ""
    told = "".join(f"<p>{escaped(line)}</p>\n" for line in one.told)
    return (
        f"<section>\n{head}{details(one.said)}\n{told}{tally_table(one.tallies)}\n"
        f"{table(_TITLES, map(_cells, one.rows))}\n</section>"
    )


def _cells(row: CheckRow) -> tuple[str, ...]:
    before = f'<span class="place">before: {escaped(row.before)}</span>' if row.before else ""
    return (
        f'<span class="{escaped(row.outcome.replace(" ", "-"))}">{escaped(row.outcome)}</span>'
        f"{before}",
        escaped(_said(row)),
        escaped("; ".join(row.because)),
        escaped("; ".join(row.decided_by)),
        f'<span class="place">{escaped(row.title)}, {row.start} to {row.end}</span>',
    )


def _said(row: CheckRow) -> str:
    """Return a statement as its document says it; of a row of a table, as a sentence."""
    return row.statement if row.quote.lstrip().startswith("|") else readable(row.quote)
