"""What holds for a tenant as an overview and a table whose rows open their passages; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.tenant.types import Outcome
from assistant.types import Profile
from ui.exports.check_files import ends, profile_said
from ui.shared.check_rows import BesideRow, CheckRow, Tally
from ui.web.check_tab.check_view import (
    NO_DATA,
    Found,
    Together,
    groups_of,
    missing_facts,
    tallies,
)
from ui.web.html import attribute, escaped
from ui.web.paged_table import bar, cell, counted, cut, group, table, turning
from ui.web.site import passage_link

_MARKS = {
    Outcome.HOLDS.value: ("ok", "✓"),
    Outcome.DOES_NOT.value: ("bad", "×"),
    Outcome.NOT_KNOWN.value: ("warn", "?"),
}
_LEFT_OUT = "service not named"
"""What stands for a statement that the other profile leaves out."""
_UNCONDITIONAL = "said without a condition"
_MOST_TOLD = 12
"""Groups of an overview that are in sight; the others are folded away."""
_SHARES, _SHARES_OF_TWO = (42, 30, 12, 16), (33, 23, 23, 9, 12)
"""Percent of a table's width that its columns have."""


class Shown(NamedTuple):
    """Which rows a table shows."""

    rows: Sequence[BesideRow]
    """What the filters let through."""
    together: Together
    page: int


def summary(found: Found, together: Together, profile: Profile) -> str:
    """Return what is said of the tenant, how the statements end, and what would decide more.

    Numbers are buttons that choose: "outcome service", or "fact".
    """
    said = "; ".join(f"{name}: {value}" for name, value in profile_said(profile))
    told = "".join(
        f'<p class="notice">{escaped(one)}</p>'
        for column in found.columns
        for one in column.check.unknown
    )
    return (
        f'<p class="check-said">{escaped(said)}</p>{told}{_left_out(found)}'
        f'<div class="check-summary">{_overview(found, together)}{_missing(found)}</div>'
    )


def check_table(found: Found, shown: Shown) -> str:
    """Return a page of the statements, in their groups."""
    rows = sorted(shown.rows, key=lambda one: _group_of(one, shown.together))
    page = cut(len(rows), shown.page)
    if not rows:
        return bar(_nothing(found), page, "statements")
    titles = [column.title for column in found.columns] if found.is_pair else ["Outcome"]
    heads = ("Statement", *titles, "Data", "Source")
    shares = _SHARES_OF_TWO if found.is_pair else _SHARES
    to = " → " if found.changes else " | "
    of = dict(tallies(replace(found, rows=tuple(rows)), rows, shown.together))
    bodies = [
        group(
            name, to.join(ends(one) for one in of[name]) if name in of else "", len(heads),
            "".join(_row(one, titles, found) for one in several),
        )
        for name, several in _grouped(rows[page.first : page.end], shown.together)
    ]  # fmt: skip
    return (
        f"{bar(counted(len(rows), 'statement'), page, 'statements')}"
        f"{table('What holds, one statement a row. A row opens its source', heads, bodies, shares)}"
        f"{turning(page, 'statements, below')}"
    )


def _nothing(found: Found) -> str:
    if found.rows:
        return "No statement matches. Take a filter away."
    if found.changes:
        return "Nothing ends otherwise with this change."
    if found.is_pair:
        return "No statement ends otherwise for the two."
    return "No promise and no exclusion is stated of the services that the profile names."


def _left_out(found: Found) -> str:
    several = found.is_pair and not found.changes
    told = [
        f"{column.title + ': ' if several else ''}{column.check.left_out:,} statements of services "
        "that the profile does not name are left out."
        for column in found.columns
        if column.check.left_out
    ]
    return "".join(f'<p class="notice">{escaped(one)}</p>' for one in dict.fromkeys(told))


def _overview(found: Found, together: Together) -> str:
    every = tallies(found, found.rows, together)
    if not every:
        return ""
    if together is Together.DATA:
        # There are many kinds; those of which most is said stand first.
        every.sort(key=lambda pair: (pair[0] == NO_DATA, -_sum(pair[1]), pair[0]))
    first, rest = every[:_MOST_TOLD], every[_MOST_TOLD:]
    more = (
        f'<details class="grid-folded"><summary>{len(rest):,} more'
        f"</summary>{_tally_table(found, rest, together)}</details>"
        if rest
        else ""
    )
    return f'<div class="check-overview">{_tally_table(found, first, together)}{more}</div>'


def _sum(columns: Iterable[Tally]) -> int:
    return sum(one.holds + one.does_not_hold + one.not_known for one in columns)


def _tally_table(found: Found, every: Sequence[tuple[str, list[Tally]]], together: Together) -> str:
    of = "Service" if together is Together.SERVICE else "Kind of data"
    columns = "".join(
        f'<th scope="col"><span aria-hidden="true">{sign}</span> {outcome}</th>'
        for outcome, (_, sign) in _MARKS.items()
    )
    titled = (
        f"<tr><td></td>{''.join(_head(column.title) for column in found.columns)}</tr>"
        if found.is_pair
        else ""
    )
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th>'
        f"{''.join(_numbers(name, one, together) for one in each)}</tr>"
        for name, each in every
    )
    return (
        '<div class="check-tallies" tabindex="0" role="region" aria-label="How the statements end">'
        f'<table class="grid-table grid-small"><thead>{titled}<tr><th scope="col">{of}</th>'
        f"{columns * len(found.columns)}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(title: str) -> str:
    return f'<th scope="colgroup" colspan="{len(_MARKS)}">{escaped(title)}</th>'


def _numbers(name: str, one: Tally, together: Together) -> str:
    numbers = zip(_MARKS, (one.holds, one.does_not_hold, one.not_known), strict=True)
    return "".join(
        f'<td><button type="button" class="grid-choose" '
        f'data-choose="{attribute(f"{outcome}|{together.value}|{name}")}" '
        f'aria-label="{attribute(f"{number} {outcome}: {name}")}">{number:,}</button></td>'
        if number
        else '<td class="check-none">0</td>'
        for outcome, number in numbers
    )


def _missing(found: Found) -> str:
    """Return what would decide what is not known; of the last column, whose change is weighed."""
    facts = missing_facts(found)
    if not facts:
        return ""
    items = "".join(
        f'<li><button type="button" class="grid-choose" '
        f'data-choose="{attribute(f"fact|{fact}")}">{escaped(fact)}</button> {count:,}</li>'
        for fact, count in facts
    )
    whom = f" ({found.columns[-1].title})" if found.is_pair else ""
    title = f"What would decide what is not known{whom}"
    return f'<div class="check-missing"><h3>{escaped(title)}</h3><ul>{items}</ul></div>'


def _group_of(one: BesideRow, together: Together) -> tuple[bool, str]:
    name = groups_of(one.row, together)[0]
    return (name == NO_DATA, name.casefold())


def _grouped(
    rows: Sequence[BesideRow], together: Together
) -> Iterable[tuple[str, list[BesideRow]]]:
    found: dict[str, list[BesideRow]] = {}
    for one in rows:
        found.setdefault(groups_of(one.row, together)[0], []).append(one)
    return found.items()


def _row(one: BesideRow, titles: Sequence[str], found: Found) -> str:
    row = one.row
    sides = (one.first, one.second) if found.is_pair else (one.second,)
    limits = "".join(
        f'<span class="grid-note">also under: {escaped(each)}</span>' for each in row.limits
    )
    cells = (
        f'<th scope="row" class="grid-statement">{escaped(row.statement)}'
        f'<span class="grid-note">{escaped(row.says)}</span>{limits}</th>',
        *(cell(title, _ending(side)) for title, side in zip(titles, sides, strict=True)),
        cell("Data", escaped(", ".join(row.data))),
        cell("Source", f"{_link(row, row.start, row.end, row.title)}"),
    )
    return f'<tr class="grid-row">{"".join(cells)}</tr>'


def _ending(row: CheckRow | None) -> str:
    """Return how a statement ends, with the words that decide and what of the profile does."""
    if row is None:
        return f'<span class="mark">{_LEFT_OUT}</span>'
    kind, sign = _MARKS[row.outcome]
    mark = f'<span class="mark {kind}"><span aria-hidden="true">{sign}</span> {row.outcome}</span>'
    words = "; ".join(row.because)
    if words and row.because_start is not None and row.because_end is not None:
        because = _link(row, row.because_start, row.because_end, f"“{words}”")
    else:
        because = escaped(f"“{words}”") if words else _UNCONDITIONAL
    decides = "would decide" if row.outcome == Outcome.NOT_KNOWN else "decides"
    facts = f"{', '.join(row.decided_by)} {decides}" if row.decided_by else ""
    told = f'<span class="grid-note">{escaped(facts)}</span>' if facts else ""
    return f'{mark}<span class="grid-note">{because}</span>{told}'


def _link(row: CheckRow, start: int, end: int, words: str) -> str:
    address = escaped(passage_link(row.document, start, end))
    return f'<a class="cite" href="{address}">{escaped(words)}</a>'
