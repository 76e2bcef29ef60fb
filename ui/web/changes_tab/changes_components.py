"""The tab of changes: two editions to choose or upload, filters, tables, and downloads."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import CorpusError
from index.errors import IndexingError
from ui.errors import UiError
from ui.exports.change_rows import plain
from ui.exports.changes_page import changes_page
from ui.web.changes_tab.changes_grid import changes_grid, changes_told
from ui.web.changes_tab.changes_view import (
    ChangeFilters,
    ChangesView,
    Named,
    ShownEditions,
    changes_left,
    loud,
)
from ui.web.choice_list import choice_list
from ui.web.downloads import Downloads
from ui.web.first_values import FirstValues
from ui.web.html import notice, trouble
from ui.web.paged_table import PRESS, fetching, pressed, with_counts
from ui.web.site import Site

_FILE = "changes-file"
_ASK = notice(
    "Choose two editions of a page: documents of the index, or files. You see what they say "
    "differently; what is worded anew and says the same is kept apart. What a document that you "
    "added brought stands under Documents."
)
_SHOW = "() => document.getElementById('changes-told').scrollIntoView({ block: 'nearest' })"
"""Brings what was found into a window that is full of what was asked."""
_SEVERITIES = ("high", "medium", "low")
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class _Form(StrEnum):
    """A file that changes can be written to; the value is the ending of its name."""

    HTML = "html"
    JSON = "json"


def build(site: Site, at_first: FirstValues) -> None:
    """Lay the tab out and wire it; call it inside a tab."""
    view, downloads = ChangesView(site.assistant), Downloads()
    with gr.Row(elem_id="changes-asking"):
        old, old_file = _side("Before", "changes-old")
        new, new_file = _side("Now", "changes-new")
    compare = gr.Button("Compare", variant="primary", min_width=120, elem_id="changes-compare")
    told = gr.HTML(_ASK, elem_id="changes-told")
    with gr.Row(elem_id="changes-filters", visible=False) as filtering:
        kind, severity = (
            gr.Dropdown([], value=None, label=label, min_width=180)
            for label in ("What became of it", "Severity")
        )
        words = gr.Textbox(label="Words", placeholder="in either edition", min_width=180)
    grid = gr.HTML(elem_id="changes-grid", js_on_load=PRESS)
    with gr.Row(elem_id="changes-downloads", visible=False) as fetched:
        buttons = {
            form: gr.Button(f"Download {form.value.upper()}", size="sm", min_width=120)
            for form in _Form
        }
    file = gr.DownloadButton("File", visible="hidden", elem_id=_FILE)
    found = gr.State(None)
    filters, narrowed = [kind, severity, words], [grid, kind, severity]

    def offered() -> list[Any]:
        choices = [(one.shown, one.id) for one in view.editions()]
        return [gr.Dropdown(choices=choices) for _ in range(2)]

    def compared(*given: Any) -> list[Any]:
        return _compared(view, *given)

    def narrow(shown: ShownEditions | None, *values: Any) -> list[Any]:
        return _narrowed(shown, _read(values), 1)

    def turned(event: gr.EventData, shown: ShownEditions | None, *values: Any) -> Any:
        number = pressed(event._data).page
        return _narrowed(shown, _read(values), number)[0] if number else gr.skip()

    def write(shown: ShownEditions | None, form: _Form) -> str:
        if shown is None:
            raise gr.Error("Nothing is compared. Choose two editions", print_exception=False)
        return str(downloads.file(f"changes.{form.value}", _content(shown, form)))

    sides = [old, old_file, new, new_file]
    at_first.fill([old, new], lambda _: offered())
    compare.click(
        compared, sides, [told, found, filtering, fetched, *filters, grid],
        api_visibility="private", show_progress="full", show_progress_on=told,
    ).then(None, None, None, js=_SHOW, api_visibility="private")  # fmt: skip
    gr.on(
        [kind.input, severity.input, words.change], narrow, [found, *filters], narrowed,
        trigger_mode="always_last", **_QUIET,
    )  # fmt: skip
    grid.click(turned, [found, *filters], grid, **_QUIET)
    for form, button in buttons.items():

        def written(shown: ShownEditions | None, form: _Form = form) -> str:
            return write(shown, form)

        button.click(written, found, file, **_QUIET).success(
            None, None, None, js=fetching(_FILE), api_visibility="private"
        )


def _side(label: str, name: str) -> tuple[gr.Dropdown, gr.File]:
    """Lay out what one edition is chosen by."""
    with gr.Column(min_width=280):
        document = choice_list(value=None, label=f"{label}: a document of the index")
        file = gr.File(
            label=f"{label}: or a file in its place", type="filepath", height=110,
            elem_id=name,
        )  # fmt: skip
    return document, file


def _named(document: str | None, file: str | None) -> Named:
    return Named(document or "", Path(file) if file else None)


def _compared(
    view: ChangesView, old: str | None, old_file: str | None, new: str | None, new_file: str | None
) -> list[Any]:
    """Return what changed between two editions, or why that cannot be told."""
    try:
        shown = view.compared(_named(old, old_file), _named(new, new_file))
    except (UiError, CorpusError, IndexingError) as error:
        rows = gr.Row(visible=False)
        return [trouble(str(error)), None, rows, rows, None, None, "", ""]
    grid, kind, severity = _narrowed(shown, ChangeFilters(), 1)
    rows = gr.Row(visible=True)
    return [changes_told(shown), shown, rows, rows, kind, severity, "", grid]


def _read(values: tuple[Any, ...]) -> ChangeFilters:
    return ChangeFilters(*(str(one or "") for one in values))


def _narrowed(shown: ShownEditions | None, filters: ChangeFilters, number: int) -> list[Any]:
    if shown is None:
        return ["", gr.skip(), gr.skip()]
    counts = changes_left(shown, filters)
    choices = {"kind": sorted(counts["kind"]), "severity": _SEVERITIES}
    return [
        changes_grid(shown, loud(shown, filters), number),
        *(
            gr.Dropdown(choices=with_counts(choices[name], counts[name]), value=chosen or None)
            for name, chosen in (("kind", filters.kind), ("severity", filters.severity))
        ),
    ]


def _content(shown: ShownEditions, form: _Form) -> bytes:
    if form is _Form.HTML:
        return changes_page([shown.row]).encode("utf-8", "backslashreplace")
    text = json.dumps(plain([shown.row]), ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")
