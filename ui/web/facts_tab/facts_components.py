"""The tab of facts: filters, a table that sorts and turns pages, and downloads of what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import gradio as gr

from assistant.coverage.find_facts import RELATIONS
from assistant.errors import UnknownFactFilter
from ui.shared.fact_files import TableFormat, exported
from ui.shared.telling.without_paths import told
from ui.web.choice_list import choice_list
from ui.web.downloads import Downloads
from ui.web.facts_tab.facts_table import facts_table
from ui.web.facts_tab.facts_view import (
    Column,
    FactsView,
    Filters,
    Grouping,
    Offered,
    Order,
)
from ui.web.first_values import FirstValues
from ui.web.html import escaped, trouble
from ui.web.site import Site

_PRESS = """
element.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-sort], [data-page]');
  if (!pressed) {
    // A row is as large a button as its link; who selects words of it wants to copy them.
    const row = event.target.closest('.facts-row');
    if (row && !event.target.closest('a') && getSelection().isCollapsed) {
      row.querySelector('a.cite').click();
    }
    return;
  }
  if (pressed.disabled) return;
  trigger('click', { sort: pressed.dataset.sort || '', page: pressed.dataset.page || '' });
});
"""
_FILE = "facts-file"
_FETCH = f"""async () => {{
  const find = () => document.querySelector('#{_FILE}');
  await new Promise((done) => setTimeout(done, 100));
  const link = find().closest('a') || find().querySelector('a') || find();
  link.click();
}}"""
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which part of the facts a page of a browser shows."""

    order: Order
    number: int


def build(site: Site, tab: gr.Tab, at_first: FirstValues) -> None:
    """Lay the tab out and wire it; call it inside the tab."""
    view, downloads = FactsView(site.assistant), Downloads()
    grouping = gr.Radio(
        [(words, one.value) for one, words in _GROUPED.items()], value=Grouping.SERVICE.value,
        label="Together", elem_id="facts-grouping",
    )  # fmt: skip
    filters = _filters(view.offered())
    dropdowns = filters[: len(_LABELS)]
    clear = gr.Button("Clear filters", size="sm", min_width=120, elem_id="facts-clear")
    shown = gr.State(_FIRST)
    table = gr.HTML(js_on_load=_PRESS, elem_id="facts-table")
    with gr.Row(elem_id="facts-downloads"):
        buttons = {
            form: gr.Button(f"Download {form.value.upper()}", size="sm", min_width=120)
            for form in TableFormat
        }
    file = gr.DownloadButton("File", visible="hidden", elem_id=_FILE)

    def filtered(grouping: str, *values: Any) -> list[Any]:
        first = _grouped(_FIRST, grouping)
        return [_drawn(view, values, first), first, *_counted(view, values)]

    def pressed(now: _Shown, event: gr.EventData, *values: Any) -> tuple[str, _Shown]:
        then = _after(now, event)
        return _drawn(view, values, then), then

    def written(form: TableFormat, now: _Shown, *values: Any) -> str:
        try:
            rows = view.rows(_read(values), now.order)
        except (UnknownFactFilter, ValueError) as error:
            raise gr.Error(escaped(told(str(error))), print_exception=False) from error
        return str(downloads.file(f"facts.{form.value}", exported(rows, form)))

    grid = [table, shown, *dropdowns]
    at_first.fill_for_all(grid, lambda: filtered(Grouping.SERVICE.value, *_EMPTY))
    changes = [
        one.input if isinstance(one, gr.Checkbox | gr.Radio) else one.change
        for one in (grouping, *filters)
    ]
    gr.on(
        changes, filtered, [grouping, *filters], grid, trigger_mode="always_last", **_QUIET
    )  # fmt: skip
    clear.click(lambda: list(_CLEARED), None, filters, **_QUIET)
    table.click(pressed, [shown, *filters], [table, shown], **_QUIET)
    build_shown = gr.State(site.assistant.index_id)

    def renewed(before: str, grouping: str, *values: Any) -> list[Any]:
        now = site.assistant.index_id
        if now == before:
            return [gr.skip() for _ in (*grid, build_shown)]
        return [*filtered(grouping, *values), now]

    # Documents may have been added, in this part of the page or elsewhere, since it was drawn.
    tab.select(renewed, [build_shown, grouping, *filters], [*grid, build_shown], **_QUIET)
    for form, button in buttons.items():

        def write(now: _Shown, *values: Any, form: TableFormat = form) -> str:
            return written(form, now, *values)

        button.click(write, [shown, *filters], file, **_QUIET).success(
            None, None, None, js=_FETCH, api_visibility="private"
        )


_FIRST = _Shown(Order(), 1)
_GROUPED = {
    Grouping.SERVICE: "By service",
    Grouping.PLACE: "By place",
    Grouping.NOTHING: "As in the documents",
}
_LABELS = (
    "Service", "Place", "What of the place", "How it lies", "Says", "Kind of data", "Condition",
    "Status", "Document",
)  # fmt: skip
_NAMES = ("service", "place", "role", "relation", "kind", "data", "condition", "status", "document")
"""The filters that these are, by the names of `Filters`."""
_OFTEN = ("Service", "Place", "Says", "Kind of data")
"""The filters that are always in sight."""
_AROUND = "With all facts of documents that are about the chosen place"
_FREE = ("Place", "Condition")
"""What may be written too, where the others are chosen."""
_EMPTY = (*(None for _ in _LABELS), False, "", "", "")
"""What the filters hold before anything is chosen, in the order of `_filters`."""
_CLEARED = (*(None for _ in _LABELS), True, "", "", "")
"""The same, as the form opens."""


def _filters(offered: Offered) -> list[Any]:
    """Return the components that choose; the order is that of `_read`."""
    choices = dict(zip(_LABELS, _choices(offered), strict=True))
    made: dict[str, Any] = {}

    def dropdown(label: str) -> None:
        made[label] = choice_list(
            choices[label], value=None, label=label, min_width=150,
            allow_custom_value=label in _FREE,
        )  # fmt: skip

    with gr.Row(elem_id="facts-filters"):
        for label in _OFTEN:
            dropdown(label)
        made["Words"] = gr.Textbox(label="Words", placeholder="in the statement", min_width=150)
    with gr.Accordion("More filters", open=False, elem_id="facts-more-filters"):
        with gr.Row():
            for label in _LABELS:
                if label not in _OFTEN:
                    dropdown(label)
            for label in ("Dated from", "Dated to"):
                made[label] = gr.Textbox(label=label, placeholder="2022-12-31", min_width=120)
        made[_AROUND] = gr.Checkbox(value=True, label=_AROUND)
    return [made[label] for label in (*_LABELS, _AROUND, "Words", "Dated from", "Dated to")]


def _choices(offered: Offered) -> tuple[tuple[str, ...], ...]:
    """Return what each dropdown offers, in order; the first of each takes the filter away."""
    every = (
        offered.services, offered.places, offered.roles, RELATIONS, offered.kinds, offered.data,
        offered.conditions, offered.statuses, tuple(offered.documents),
    )  # fmt: skip
    return tuple(("", *choices) for choices in every)


def _counted(view: FactsView, values: tuple[Any, ...]) -> list[Any]:
    """Return the dropdowns with how many facts each choice would leave."""
    try:
        leaves = view.leaves(_read(values))
    except (UnknownFactFilter, ValueError):
        # What is wrong is told in the table's place.
        return [gr.skip() for _ in _NAMES]
    offered = view.offered()
    every = zip(_NAMES, _choices(offered), strict=True)
    return [
        gr.Dropdown(choices=_with_counts(choices, leaves.get(name), offered.documents))
        for name, choices in every
    ]


def _with_counts(
    choices: tuple[str, ...], counts: Mapping[str, int] | None, titles: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return choices as they are shown and meant; those that would leave nothing stand last.

    Documents are shown by their titles.
    """
    named = [(titles.get(one, one), one) for one in choices]
    if counts is None:
        return named
    told = [(f"{name} ({counts.get(one, 0):,})" if one else "", one) for name, one in named]
    return sorted(told, key=lambda pair: bool(pair[1]) and not counts.get(pair[1], 0))


def _grouped(shown: _Shown, grouping: str) -> _Shown:
    known = grouping in set(Grouping)
    chosen = Grouping(grouping) if known else Grouping.NOTHING
    return replace(shown, order=replace(shown.order, grouping=chosen))


def _read(values: tuple[Any, ...]) -> Filters:
    """Return the filters that components hold; raise ValueError for what is no date."""
    (service, place, role, relation, kind, data, condition, status, document, around, words, since,
     until) = values  # fmt: skip
    return Filters(
        service=service or "",
        place=place or "",
        about_place=bool(around),
        role=role or "",
        relation=relation or "" if place else "",
        kind=kind or "",
        data=data or "",
        condition=condition or "",
        status=status or "",
        document=document or "",
        since=_day(since),
        until=_day(until),
        words=words or "",
    )


def _day(text: str | None) -> date | None:
    written = (text or "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(
            f"{written}: not a date. Write year, month and day, as 2022-12-31"
        ) from None


def _drawn(view: FactsView, values: tuple[Any, ...], shown: _Shown) -> str:
    try:
        return facts_table(view.page(_read(values), shown.order, shown.number), shown.order)
    except (UnknownFactFilter, ValueError) as error:
        return trouble(str(error))


def _after(now: _Shown, event: gr.EventData) -> _Shown:
    """Return what is shown after a button of the table; what is none of them changes nothing."""
    said = event._data if isinstance(event._data, dict) else {}
    sort, number = str(said.get("sort") or ""), str(said.get("page") or "")
    if sort in Column.__members__:
        column = Column[sort]
        falling = column is now.order.column and not now.order.falling
        return _Shown(replace(now.order, column=column, falling=falling), 1)
    if number.isascii() and number.isdecimal() and len(number) < 9:
        return _Shown(now.order, int(number))
    return now
