"""Statements as a table whose rows open their passages; pure."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts.types import Modality
from ui.shared.fact_rows import FactRow
from ui.shared.terminal_text import dated
from ui.web.facts_tab.facts_view import Column, Group, Grouping, Order, Page
from ui.web.html import escaped
from ui.web.site import passage_link

_NO_PLACE = "No place named"
_NO_SERVICE = "No service named"


def facts_table(page: Page, order: Order) -> str:
    """Return a page of facts; sorting and paging are buttons with `data-sort` and `data-page`."""
    bar = (
        f'<div class="facts-bar"><p class="facts-count" role="status">{escaped(counted(page))}</p>'
        f"{_pages(page, 'above')}</div>"
    )
    if not page.rows:
        return f"{bar}{_nearby(page)}"
    heads = "".join(_head(column, order) for column in Column if column is not Column.READING)
    return (
        f"{bar}{_nearby(page)}"
        '<div class="facts-scroll" tabindex="0" role="region" aria-label="Facts">'
        '<table class="facts-table"><caption class="facts-caption">What the documents state, one '
        "statement a row. A row opens its source.</caption>"
        f'<thead><tr>{heads}<th scope="col">Source</th></tr></thead>{_bodies(page, order)}</table>'
        f"</div>{_pages(page, 'below')}"
    )


def _bodies(page: Page, order: Order) -> str:
    """Return the rows, those of each group below its title."""
    if not page.groups:
        return f"<tbody>{_rows(page.rows, order)}</tbody>"
    ends = [*(group.first for group in page.groups[1:]), len(page.rows)]
    return "".join(
        f"<tbody>{_title(group, order.grouping)}"
        f"{_rows(page.rows[group.first : end], order)}</tbody>"
        for group, end in zip(page.groups, ends, strict=True)
    )


def _rows(rows: Iterable[FactRow], order: Order) -> str:
    # What the group's title says its rows need not say again.
    by_service = order.grouping is Grouping.SERVICE
    return "".join(_row(row, "" if by_service else row.service) for row in rows)


def _title(group: Group, grouping: Grouping) -> str:
    unnamed = _NO_PLACE if grouping is Grouping.PLACE else _NO_SERVICE
    on = ", continued" if group.goes_on else ""
    return (
        f'<tr class="facts-group"><th scope="rowgroup" colspan="{len(Column)}">'
        f"{escaped(group.title or unnamed)} <span>{_facts(group.total)}{on}</span></th></tr>"
    )


def counted(page: Page) -> str:
    """Return how many facts there are and which of them are shown."""
    if not page.total:
        return "No fact matches. Take a filter away, or look for fewer words."
    if page.pages == 1:
        return _facts(page.total)
    return f"{_facts(page.total)}, page {page.number} of {page.pages}"


def _facts(count: int) -> str:
    return f"{count:,} fact{'s' if count != 1 else ''}"


def _nearby(page: Page) -> str:
    if not page.nearby:
        return ""
    return (
        f'<p class="facts-nearby">{page.nearby:,} more stand in documents about the place without '
        "naming it; tick the box below the filters to add them.</p>"
    )


def _head(column: Column, order: Order) -> str:
    sort, sign = "none", ""
    if column is order.column:
        sort, sign = ("descending", " ▼") if order.falling else ("ascending", " ▲")
    return (
        f'<th scope="col" aria-sort="{sort}"><button type="button" class="facts-sort" '
        f'data-sort="{column.name}">{column.value}<span aria-hidden="true">{sign}</span></button>'
        "</th>"
    )


def _row(row: FactRow, service: str) -> str:
    link = escaped(passage_link(row.document, row.start, row.end))
    below = "".join(f'<span class="facts-limit">{escaped(one)}</span>' for one in _below(row))
    about = " < ".join(name for name in (row.subject, *row.part_of) if name != row.service)
    subject = f'<span class="facts-subject">{escaped(about)}</span>' if about else ""
    held = (row.status,) if row.modality == Modality.IS else (row.status, row.modality)
    cells = (
        f'<th scope="row" class="facts-statement">{escaped(row.statement)}{below}</th>',
        f'<td data-title="Service">{escaped(service)}{subject}</td>'
        if service or subject
        else _cell("Service", ()),
        _cell("Places", row.placed),
        _cell("Data", row.data),
        _cell("Kind", (row.says,)),
        _cell("Status", held),
        f'<td data-title="Date" class="facts-date">{escaped(dated(row.as_of))}</td>',
        f'<td data-title="Source"><a class="cite" href="{link}">{escaped(row.title)}</a>'
        f"{_where(row)}</td>",
    )
    return f'<tr class="facts-row">{"".join(cells)}</tr>'


def _below(row: FactRow) -> Iterable[str]:
    """Yield what limits a statement that its sentence does not say, and the set it belongs to."""
    sentence = row.statement.casefold()
    for limit in (*row.conditions, *row.exceptions):
        lead, _, said = limit.casefold().partition(" ")
        if (said or lead) not in sentence:
            yield limit
    if row.set:
        yield f"{row.set}: {row.set_title}" if row.set_title else row.set


def _where(row: FactRow) -> str:
    page = f"page {row.page}" if row.page else ""
    where = ", ".join(part for part in (row.section, page) if part)
    return f'<span class="facts-section">{escaped(where)}</span>' if where else ""


def _cell(title: str, values: Iterable[str]) -> str:
    """Return a cell; its title stands in it where the window is too narrow for columns."""
    told = escaped(", ".join(values))
    return f'<td data-title="{title}">{told}</td>' if told else '<td class="facts-nothing"></td>'


def _pages(page: Page, side: str) -> str:
    if page.pages == 1:
        return ""
    return (
        f'<nav class="facts-pages" aria-label="Pages of facts, {side} the table">'
        f"{_turn('Previous page', page.number - 1, page)}"
        f"<span>{page.number} of {page.pages}</span>{_turn('Next page', page.number + 1, page)}"
        "</nav>"
    )


def _turn(words: str, number: int, page: Page) -> str:
    off = "" if 1 <= number <= page.pages else " disabled"
    return f'<button type="button" data-page="{number}"{off}>{words}</button>'
