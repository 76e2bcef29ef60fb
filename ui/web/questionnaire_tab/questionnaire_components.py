"""The components of the tab of questionnaires and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from assistant.triage import Triage
from ui.questionnaires.files import FORMATS, LARGEST_MB
from ui.questionnaires.job_types import EVERY_ROW, RowState

EVERY = "all"
DELETE, REFUSE = "Delete this questionnaire", "Give my rows back"
"""What the button beside the list does with one's own, and with another's."""
"""The choice to show rows of all kinds."""
COLUMNS = ("answer", "comment", "evidence", "id", "section", "service", "category")
"""What a column may be for beside the questions, as a correction names it."""
_TICK_S = 1.5
# The keys of the rows; a row that is drawn anew while it has the focus keeps it.
_KEYS = """
let at = null, held = false;
const rows = () => [...element.querySelectorAll('tr[data-position]')];
const reach = (row) => {
  rows().forEach((one) => { one.tabIndex = one === row ? 0 : -1; });
  at = row.dataset.position;
};
const known = () => rows().find((one) => one.dataset.position === at);
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-position]');
  if (button) { trigger('click', {position: Number(button.dataset.position)}); }
});
element.addEventListener('focusin', (event) => {
  const row = event.target.closest('tr[data-position]');
  if (row) { reach(row); held = event.target === row; }
});
element.addEventListener('focusout', () => setTimeout(() => {
  const now = document.activeElement;
  if (now !== document.body && !element.contains(now)) { held = false; }
}));
element.addEventListener('keydown', (event) => {
  const row = event.target.closest('tr[data-position]');
  if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) { return; }
  const step = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
  const wanted = {Enter: 'click', e: 'edit', g: 'select', c: 'input', a: 'like'}[event.key];
  if (!step && !wanted) { return; }
  event.preventDefault();
  const every = rows();
  if (step) { every[every.indexOf(row) + step]?.focus(); }
  if (wanted) { trigger(wanted, {position: Number(row.dataset.position)}); }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && event.target.closest?.('#sheets-one')) { known()?.focus(); }
});
new MutationObserver(() => {
  const row = known();
  if (!row) { return; }
  reach(row);
  if (held && document.activeElement === document.body) { row.focus({preventScroll: true}); }
}).observe(element, {childList: true, subtree: true});
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is understood, and what its user says of it."""

    group: gr.Group
    understood: gr.HTML
    table: gr.Dropdown
    sheet: gr.Dropdown
    column: gr.Dropdown
    header: gr.Number
    columns: tuple[gr.Dropdown, ...]
    """One for each of COLUMNS."""
    rows: gr.Textbox
    apply: gr.Button
    leave: gr.Button
    anew: gr.Button
    preview: gr.HTML
    customer: gr.Textbox
    start: gr.Button


@dataclass(frozen=True, slots=True)
class OneRow:
    """A row that is looked at whole."""

    group: gr.Group
    detail: gr.HTML
    words: gr.Textbox
    save: gr.Button
    person: gr.Dropdown
    comment: gr.Textbox
    keep: gr.Button
    known: gr.Textbox
    customer: gr.Textbox
    approve: gr.Button


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the tab."""

    job: gr.State
    position: gr.State
    seen: gr.State
    """What tells whether the rows that are shown have changed."""
    wanted: gr.State
    """The RowFilter of the rows that are shown."""
    jobs: gr.Dropdown
    delete: gr.Button
    file: gr.File
    message: gr.HTML
    reading: Reading
    work: gr.Group
    progress: gr.HTML
    cancel: gr.Button
    resume: gr.Button
    state: gr.Dropdown
    triage: gr.Dropdown
    assigned: gr.Dropdown
    unapproved: gr.Checkbox
    page: gr.Number
    rows: gr.HTML
    one: OneRow
    make: gr.Button
    download: gr.File
    timer: gr.Timer

    def every(self) -> list[Any]:
        """Return all components."""
        return list(_flat(self))


def laid_out() -> Parts:
    """Lay the components of the tab out, most of them hidden until there is a file."""
    job, position, seen = (gr.State(value=None) for _ in range(3))
    wanted = gr.State(value=EVERY_ROW)
    with gr.Row():
        file = gr.File(
            label=f"Questionnaire: Excel, Word, PDF, CSV or JSONL, up to {LARGEST_MB} MB",
            file_types=list(FORMATS), height=140, elem_id="sheets-file",
        )  # fmt: skip
        with gr.Column():
            jobs = gr.Dropdown([], label="Your questionnaires", value=None, filterable=False)
            delete = gr.Button(DELETE, size="sm", interactive=False)
    message = gr.HTML()
    reading = _reading()
    with gr.Group(visible=False) as work:
        progress = gr.HTML(padding=True)
        with gr.Row():
            cancel = gr.Button("Stop", visible=False)
            resume = gr.Button("Go on", visible=False)
        with gr.Row():
            state = _filter("Rows shown", [EVERY, *(one.value for one in RowState)])
            triage = _filter("Triage", [EVERY, *(one.value for one in Triage)])
            assigned = _filter("Assigned to", [EVERY])
            unapproved = gr.Checkbox(
                label="Not approved yet", min_width=160, elem_id="sheets-unapproved"
            )
            page = gr.Number(1, label="Page", precision=0, minimum=1)
        one = _one_row()
        rows = gr.HTML(padding=True, js_on_load=_KEYS)
        make = gr.Button("Prepare the file with the answers")
        download = gr.File(label="Answers", visible=False, interactive=False)
    return Parts(
        job, position, seen, wanted, jobs, delete, file, message, reading, work, progress, cancel,
        resume, state, triage, assigned, unapproved, page, rows, one, make, download,
        gr.Timer(_TICK_S, active=False),
    )  # fmt: skip


def _reading() -> Reading:
    with gr.Group(visible=False) as group:
        understood = gr.HTML(padding=True)
        table = gr.Dropdown([], label="Table", filterable=False)
        with gr.Accordion("Read this table otherwise", open=False):
            with gr.Row():
                sheet = gr.Dropdown([], label="Sheet", filterable=False)
                column = gr.Dropdown([], label="Column with the questions", filterable=False)
                header = gr.Number(0, label="Row with the titles, 0 for none", precision=0)
            with gr.Row():
                columns = tuple(
                    gr.Dropdown([], label=f"Column: {name}", filterable=False) for name in COLUMNS
                )
            rows = gr.Textbox(label="Rows that ask, such as 5-40,44")
            with gr.Row():
                apply = gr.Button("Read it so")
                leave = gr.Button("Leave this table out")
                anew = gr.Button("As it was understood at first")
        preview = gr.HTML(padding=True)
        customer = gr.Textbox(
            label="Customer it is from: approved answers of theirs are given too (empty: of none)"
        )
        start = gr.Button("Answer these questions", variant="primary", elem_id="sheets-start")
    return Reading(
        group, understood, table, sheet, column, header, columns, rows, apply, leave, anew,
        preview, customer, start,
    )  # fmt: skip


def _one_row() -> OneRow:
    with gr.Group(visible=False, elem_id="sheets-one") as group:
        detail = gr.HTML(padding=True)
        words = gr.Textbox(
            label="Your own answer in its place (empty takes it back)", lines=4, max_lines=12,
            elem_id="sheets-words",
        )  # fmt: skip
        save = gr.Button("Keep my answer")
        with gr.Row():
            person = gr.Dropdown(
                [], label="Given to (empty for nobody)", allow_custom_value=True,
                elem_id="sheets-person",
            )  # fmt: skip
            comment = gr.Textbox(
                label="Comment, which is not written into the file", lines=2,
                elem_id="sheets-comment",
            )  # fmt: skip
        keep = gr.Button("Keep person and comment")
        with gr.Row():
            known = gr.Textbox(label="Approve it as the answer to (empty: as the row asks)")
            customer = gr.Textbox(label="For this customer alone (empty: for all)")
        approve = gr.Button("Approve this answer")
    return OneRow(group, detail, words, save, person, comment, keep, known, customer, approve)


def _filter(label: str, choices: list[str]) -> gr.Dropdown:
    return gr.Dropdown(choices, value=EVERY, label=label, filterable=False)


def _flat(part: Any) -> Iterator[Any]:
    if isinstance(part, tuple):
        yield from part
    elif isinstance(part, Parts | Reading | OneRow):
        for field in fields(part):
            yield from _flat(getattr(part, field.name))
    else:
        yield part
