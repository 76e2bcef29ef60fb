"""Statements as a table whose rows open their passages; pure."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts.types import Modality
from ui.shared.fact_rows import FactRow
from ui.shared.terminal_text import dated
from ui.web.facts_tab.facts_view import Column, Order, Page
from ui.web.html import escaped
from ui.web.site import passage_link


def facts_table(page: Page, order: Order) -> str:
    """Return a page of facts; sorting and paging are buttons with `data-sort` and `data-page`."""
    count = counted(page)
    if not page.rows:
        return f'<p class="facts-count" role="status">{escaped(count)}</p>{_nearby(page)}'
    heads = "".join(_head(column, order) for column in Column if column is not Column.READING)
    body = "".join(map(_row, page.rows))
    return (
        f'<p class="facts-count" role="status">{escaped(count)}</p>{_nearby(page)}'
        + _pages(page, "above")
        + '<div class="facts-scroll" tabindex="0" role="region" aria-label="Facts">'
        '<table class="facts-table"><caption>What the documents state, one statement a row.'
        "</caption>"
        f'<thead><tr>{heads}<th scope="col">Source</th></tr></thead><tbody>{body}</tbody></table>'
        f"</div>{_pages(page, 'below')}"
    )


def counted(page: Page) -> str:
    """Return how many facts there are and which of them are shown."""
    if not page.total:
        return "No fact matches. Take a filter away, or look for fewer words."
    noun = "fact" if page.total == 1 else "facts"
    if page.pages == 1:
        return f"{page.total:,} {noun}"
    return f"{page.total:,} {noun}, page {page.number} of {page.pages}"


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


def _row(row: FactRow) -> str:
    link = escaped(passage_link(row.document, row.start, row.end))
    below = "".join(f'<span class="facts-limit">{escaped(one)}</span>' for one in _below(row))
    about = " < ".join(name for name in (row.subject, *row.part_of) if name != row.service)
    subject = f'<span class="facts-subject">{escaped(about)}</span>' if about else ""
    cells = (
        f'<th scope="row" class="facts-statement">{escaped(row.statement)}{below}</th>',
        f"<td>{escaped(row.service)}{subject}</td>",
        _cell(row.placed),
        _cell(row.data),
        _cell((row.says,)),
        _cell((row.status,) if row.modality == Modality.IS else (row.status, row.modality)),
        f'<td class="facts-date">{escaped(dated(row.as_of))}</td>',
        f'<td><a class="cite" href="{link}">{escaped(row.title)}</a>{_where(row)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"


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


def _cell(values: Iterable[str]) -> str:
    return f"<td>{escaped(', '.join(values))}</td>"


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
