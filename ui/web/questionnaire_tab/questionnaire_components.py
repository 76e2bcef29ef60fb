"""The components of the tab of questionnaires and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.questionnaires.files import FORMATS, LARGEST_MB
from ui.questionnaires.job_store import RowState

EVERY = "all"
"""The choice to show rows of all kinds."""
_TICK_S = 1.5
_READ = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-position]');
  if (button) { trigger('click', {position: Number(button.dataset.position)}); }
});
"""
"""The button of a row tells which row it stands in."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the tab."""

    job: gr.State
    position: gr.State
    seen: gr.State
    """What tells whether the rows that are shown have changed."""
    jobs: gr.Dropdown
    delete: gr.Button
    file: gr.File
    message: gr.HTML
    before: gr.Group
    sheet: gr.Dropdown
    column: gr.Dropdown
    preview: gr.HTML
    start: gr.Button
    work: gr.Group
    progress: gr.HTML
    cancel: gr.Button
    resume: gr.Button
    shown: gr.Dropdown
    page: gr.Number
    rows: gr.HTML
    one: gr.Group
    detail: gr.HTML
    words: gr.Textbox
    save: gr.Button
    make: gr.Button
    download: gr.File
    timer: gr.Timer


def laid_out() -> Parts:
    """Lay the components of the tab out, most of them hidden until there is a file."""
    job, position, seen = (gr.State(value=None) for _ in range(3))
    with gr.Row():
        file = gr.File(
            label=f"Questionnaire: Excel, Word, PDF, CSV or JSONL, up to {LARGEST_MB} MB",
            file_types=list(FORMATS), height=140,
        )  # fmt: skip
        with gr.Column():
            jobs = gr.Dropdown([], label="Your questionnaires", value=None, filterable=False)
            delete = gr.Button("Delete this questionnaire", size="sm", interactive=False)
    message = gr.HTML()
    with gr.Group(visible=False) as before:
        with gr.Row():
            sheet = gr.Dropdown([], label="Sheet", filterable=False)
            column = gr.Dropdown([], label="Column with the questions", filterable=False)
        preview = gr.HTML(padding=True)
        start = gr.Button("Answer these questions", variant="primary")
    with gr.Group(visible=False) as work:
        progress = gr.HTML(padding=True)
        with gr.Row():
            cancel = gr.Button("Stop")
            resume = gr.Button("Go on")
            shown = gr.Dropdown(
                [EVERY, *(state.value for state in RowState)],
                value=EVERY,
                label="Rows shown",
                filterable=False,
            )
            page = gr.Number(1, label="Page", precision=0, minimum=1)
        with gr.Group(visible=False, elem_id="sheets-one") as one:
            detail = gr.HTML(padding=True)
            words = gr.Textbox(
                label="Your own answer in its place (empty takes it back)", lines=4, max_lines=12
            )
            save = gr.Button("Keep my answer")
        rows = gr.HTML(padding=True, js_on_load=_READ)
        make = gr.Button("Prepare the file with the answers")
        download = gr.File(label="Answers", visible=False, interactive=False)
    return Parts(
        job, position, seen, jobs, delete, file, message, before, sheet, column, preview, start,
        work, progress, cancel, resume, shown, page, rows, one, detail, words, save, make, download,
        gr.Timer(_TICK_S, active=False),
    )  # fmt: skip
