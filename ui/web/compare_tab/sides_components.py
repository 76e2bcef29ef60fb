"""The tab that compares: two sides to choose, filters, tables, and downloads."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import gradio as gr

from ui.errors import UiError
from ui.exports.comparison_page import comparison_page
from ui.exports.comparison_rows import SidesTable, plain_sides
from ui.web.choice_list import choice_list
from ui.web.compare_tab.sides_grid import sides_grid, sides_told
from ui.web.compare_tab.sides_view import SideKind, SidesFilters, SidesView, left_by, matching
from ui.web.downloads import Downloads
from ui.web.first_values import FirstValues
from ui.web.html import notice, trouble
from ui.web.paged_table import PRESS, fetching, pressed, with_counts
from ui.web.site import Site

_KINDS = {
    "Services": SideKind.SERVICE, "Places": SideKind.PLACE, "Documents": SideKind.DOCUMENT,
}  # fmt: skip
_FILE = "sides-file"
_ASK = notice("Choose two of them. What only one says, what both say alike, and where they differ.")
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class _Form(StrEnum):
    """A file that a comparison can be written to; the value is the ending of its name."""

    HTML = "html"
    JSON = "json"


def build(site: Site, tab: gr.Tab, at_first: FirstValues) -> None:
    """Lay the tab out and wire it; call it inside the tab."""
    view, downloads = SidesView(site.assistant), Downloads()
    with gr.Row(elem_id="sides-asking"):
        kind = gr.Radio(
            [(words, one.value) for words, one in _KINDS.items()],
            value=SideKind.SERVICE.value, label="Compare", min_width=200,
        )  # fmt: skip
        first, second = (
            choice_list(value=None, label=label, min_width=220)
            for label in ("First side", "Second side")
        )
    told = gr.HTML(_ASK, elem_id="sides-told")
    with gr.Row(elem_id="sides-filters", visible=False) as filtering:
        standing, says = (
            gr.Dropdown([], value=None, label=label, min_width=180)
            for label in ("How it stands", "Says")
        )
        words = gr.Textbox(
            label="Place or words", placeholder="of a country, or any word", min_width=180
        )
    grid = gr.HTML(elem_id="sides-grid", js_on_load=PRESS)
    with gr.Row(elem_id="sides-downloads", visible=False) as fetched:
        buttons = {
            form: gr.Button(f"Download {form.value.upper()}", size="sm", min_width=120)
            for form in _Form
        }
    file = gr.DownloadButton("File", visible="hidden", elem_id=_FILE)
    found = gr.State(None)
    filters, narrowed = [standing, says, words], [grid, standing, says]

    def offered(kind: str) -> list[Any]:
        choices = view.offered(_kind(kind))
        return [gr.Dropdown(choices=choices, value=None) for _ in range(2)]

    def renewed(kind: str) -> list[Any]:
        choices = view.offered(_kind(kind))
        return [gr.Dropdown(choices=choices) for _ in range(2)]

    def chosen(kind: str) -> list[Any]:
        return [*offered(kind), *_compared(view, kind, None, None)]

    def compared(kind: str, first: str | None, second: str | None) -> list[Any]:
        return _compared(view, kind, first, second)

    def narrow(sides: SidesTable | None, *values: Any) -> list[Any]:
        return _narrowed(sides, _read(values), 1)

    def turned(event: gr.EventData, sides: SidesTable | None, *values: Any) -> Any:
        number = pressed(event._data).page
        return _narrowed(sides, _read(values), number)[0] if number else gr.skip()

    def write(sides: SidesTable | None, form: _Form) -> str:
        if sides is None:
            raise gr.Error("Nothing is compared. Choose two sides", print_exception=False)
        return str(downloads.file(f"comparison.{form.value}", _content(sides, form)))

    shown = [told, found, filtering, fetched, *filters, grid]
    at_first.fill_for_all([first, second], lambda: offered(SideKind.SERVICE.value))
    # Documents may have been added since the choices were made.
    tab.select(renewed, kind, [first, second], **_QUIET)
    kind.input(chosen, kind, [first, second, *shown], **_QUIET)
    gr.on(
        [first.input, second.input], compared, [kind, first, second], shown,
        **{**_QUIET, "show_progress": "minimal"}, show_progress_on=told,
    )  # fmt: skip
    gr.on(
        [standing.input, says.input, words.change], narrow, [found, *filters], narrowed,
        trigger_mode="always_last", **_QUIET,
    )  # fmt: skip
    grid.click(turned, [found, *filters], grid, **_QUIET)
    for form, button in buttons.items():

        def written(sides: SidesTable | None, form: _Form = form) -> str:
            return write(sides, form)

        button.click(written, found, file, **_QUIET).success(
            None, None, None, js=fetching(_FILE), api_visibility="private"
        )


def _kind(value: str) -> SideKind:
    return SideKind(value) if value in set(SideKind) else SideKind.SERVICE


def _read(values: tuple[Any, ...]) -> SidesFilters:
    return SidesFilters(*(str(one or "") for one in values))


def _compared(view: SidesView, kind: str, first: str | None, second: str | None) -> list[Any]:
    """Return the comparison of two sides, or what is still to be chosen."""
    nothing = [None, gr.Row(visible=False), gr.Row(visible=False), None, None, "", ""]
    if not first or not second:
        return [_ASK, *nothing]
    try:
        sides = view.compared(_kind(kind), first, second)
    except UiError as error:
        return [trouble(str(error)), *nothing]
    grid, standing, says = _narrowed(sides, SidesFilters(), 1)
    rows = gr.Row(visible=True)
    return [sides_told(sides), sides, rows, rows, standing, says, "", grid]


def _narrowed(sides: SidesTable | None, filters: SidesFilters, number: int) -> list[Any]:
    if sides is None:
        return ["", gr.skip(), gr.skip()]
    counts = left_by(sides, filters)
    return [
        sides_grid(sides, matching(sides, filters), number),
        *(
            gr.Dropdown(
                choices=with_counts(sorted(counts[name]), counts[name]), value=chosen or None
            )
            for name, chosen in (("standing", filters.standing), ("says", filters.says))
        ),
    ]


def _content(sides: SidesTable, form: _Form) -> bytes:
    if form is _Form.HTML:
        return comparison_page(sides).encode("utf-8", "backslashreplace")
    plain = json.dumps(plain_sides(sides), ensure_ascii=False, indent=1) + "\n"
    return plain.encode("utf-8", "backslashreplace")
