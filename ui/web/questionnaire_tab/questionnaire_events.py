"""The tab of questionnaires: upload, choose what is asked, watch, correct, download."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.types import Profile
from ui.errors import QuestionFileError, UiError
from ui.questionnaires.job_store import RowState
from ui.questionnaires.jobs import Job, Jobs, JobState
from ui.questionnaires.types import Selection, Sheet
from ui.questionnaires.understanding.corrections import Correction
from ui.web.html import trouble
from ui.web.questionnaire_tab import questionnaire_view as view
from ui.web.questionnaire_tab.questionnaire_components import EVERY, Parts, laid_out
from ui.web.site import Site, owner_of

_SHOW = "() => { document.querySelector('#sheets-one textarea')?.focus(); }"
"""What is read stands above the table, maybe out of sight."""

Updates = dict[Any, Any]


def build(site: Site, page: gr.Blocks, profile_of: Callable[[str], Profile | None]) -> None:
    """Lay the tab out; questions are answered for the profile of their owner."""
    parts = laid_out()
    jobs = Jobs(site.assistant.settings.home, site.assistant)
    tab = _Tab(parts, jobs, profile_of, tempfile.TemporaryDirectory(prefix="residency-"))
    job, shown = parts.job, [parts.job, parts.shown, parts.page]
    everything = [getattr(parts, name) for name in Parts.__slots__]

    def on(event: Callable[..., Any], action: Callable[..., Any], inputs: list[Any]) -> Any:
        return event(action, inputs, everything, api_visibility="private", show_progress="hidden")

    on(parts.file.upload, tab.upload, [parts.file])
    on(parts.jobs.input, tab.choose, [parts.jobs])
    on(page.load, tab.list, [job])
    on(parts.jobs.focus, tab.list, [job])
    on(parts.delete.click, tab.delete, [job])
    on(parts.sheet.input, tab.pick_sheet, [job, parts.sheet])
    on(parts.column.input, tab.pick_column, [job, parts.sheet, parts.column])
    on(parts.start.click, tab.start, [job, parts.sheet, parts.column])
    on(parts.cancel.click, tab.cancel, shown)
    on(parts.resume.click, tab.resume, shown)
    on(parts.shown.input, tab.filter, [job, parts.shown])
    on(parts.page.input, tab.turn, shown)
    on(parts.timer.tick, tab.tick, [*shown, parts.seen])
    on(parts.rows.click, tab.read, [job]).then(None, js=_SHOW)
    on(parts.save.click, tab.save, [*shown, parts.position, parts.words])
    on(parts.make.click, tab.export, [job])


@dataclass(frozen=True, slots=True)
class _Tab:
    """What happens on the page; every method returns what changes on it."""

    parts: Parts
    jobs: Jobs
    profile_of: Callable[[str], Profile | None]
    exports: tempfile.TemporaryDirectory[str]
    """Files that were offered, a folder for each job; gone when the server ends."""

    def list(self, job: str | None, request: gr.Request) -> Updates:
        """Bring the list of questionnaires up to date."""
        return self._mended(lambda: self._listed(owner_of(request), job))

    def upload(self, file: str | None, request: gr.Request) -> Updates:
        """Take in a file and show what it holds."""
        if not file:
            return {}
        path = Path(file)

        def add() -> Updates:
            try:
                job = self.jobs.add(owner_of(request), path, path.name)
            finally:
                # What is kept is the copy of the job, which its owner can delete.
                path.unlink(missing_ok=True)
            return self._opened(owner_of(request), job.id)

        return {self.parts.file: None, **self._mended(add)}

    def choose(self, job: str | None, request: gr.Request) -> Updates:
        """Open an earlier questionnaire."""
        return self._mended(lambda: self._opened(owner_of(request), job)) if job else {}

    def delete(self, job: str | None, request: gr.Request) -> Updates:
        """Remove the questionnaire that is open."""
        if not job:
            return {}
        parts = self.parts

        def delete() -> Updates:
            self.jobs.delete(owner_of(request), job)
            shutil.rmtree(Path(self.exports.name) / job, ignore_errors=True)
            closed = (parts.before, parts.work, parts.one, parts.download)
            return {
                parts.job: None,
                parts.delete: gr.update(interactive=False),
                **dict.fromkeys(closed, gr.update(visible=False)),
                **self._listed(owner_of(request), None),
            }

        return self._mended(delete)

    def pick_sheet(self, job: str, sheet: str, request: gr.Request) -> Updates:
        """Show another sheet, with a guess of its column."""
        return self._mended(lambda: self._preview(owner_of(request), job, sheet, None))

    def pick_column(self, job: str, sheet: str, column: str, request: gr.Request) -> Updates:
        """Show which rows of another column would be asked."""
        return self._mended(lambda: self._preview(owner_of(request), job, sheet, column))

    def start(self, job: str, sheet: str, column: str, request: gr.Request) -> Updates:
        """Answer the questions that were chosen."""
        owner = owner_of(request)

        def start() -> Updates:
            chosen = Correction(sheet=sheet or None, column=column)
            self.jobs.start(owner, job, wanted=(chosen,), profile=self.profile_of(owner))
            return self._opened(owner, job)

        return self._mended(start)

    def cancel(self, job: str, shown: str, page: float, request: gr.Request) -> Updates:
        """Stop the questionnaire that is open."""
        owner = owner_of(request)
        return self._mended(lambda: self._work(owner, self.jobs.cancel(owner, job), shown, page))

    def resume(self, job: str, shown: str, page: float, request: gr.Request) -> Updates:
        """Go on with the questionnaire that is open."""
        owner = owner_of(request)
        return self._mended(lambda: self._work(owner, self.jobs.resume(owner, job), shown, page))

    def filter(self, job: str, shown: str, request: gr.Request) -> Updates:
        """Show the rows of one kind, from the first on."""
        owner = owner_of(request)
        first = partial(self._work, shown=shown, page=1, anew=True)
        return self._mended(lambda: first(owner, self.jobs.job(owner, job)))

    def turn(self, job: str | None, shown: str, page: float, request: gr.Request) -> Updates:
        """Show the progress and a page of the rows."""
        owner = owner_of(request)
        if not job:
            return {self.parts.timer: gr.Timer(active=False)}
        return self._mended(lambda: self._work(owner, self.jobs.job(owner, job), shown, page))

    def tick(
        self, job: str | None, shown: str, page: float, seen: int | None, request: gr.Request
    ) -> Updates:
        """Show the progress; rows that are the same stay, for what has the focus is in them."""
        updates, parts = self.turn(job, shown, page, request), self.parts
        now = hash(updates.get(parts.rows))
        if now == seen:
            updates.pop(parts.rows, None)
        return {**updates, parts.seen: now}

    def read(self, job: str, request: gr.Request, event: gr.EventData) -> Updates:
        """Show one row whole, ready to be corrected."""
        position = int(event.position)
        return self._mended(lambda: self._row(owner_of(request), job, position))

    def save(
        self, job: str, shown: str, page: float, position: int, words: str, request: gr.Request
    ) -> Updates:
        """Keep a person's words for the row that is read."""
        owner = owner_of(request)

        def save() -> Updates:
            self.jobs.correct(owner, job, position, words)
            work = self._work(owner, self.jobs.job(owner, job), shown, page)
            return {**work, **self._row(owner, job, position)}

        return self._mended(save)

    def export(self, job: str, request: gr.Request) -> Updates:
        """Offer the file with the answers so far."""

        def export() -> Updates:
            # Gradio serves no file of a home folder, and none should be.
            folder = Path(self.exports.name) / job
            folder.mkdir(exist_ok=True)
            path = self.jobs.export(owner_of(request), job, folder)
            return {self.parts.download: gr.update(value=str(path), visible=True)}

        return self._mended(export)

    def _mended(self, action: Callable[[], Updates]) -> Updates:
        """Return what an action changes; what the user can mend is told."""
        try:
            return {self.parts.message: "", **action()}
        except UiError as error:
            return {self.parts.message: trouble(str(error))}

    def _listed(self, owner: str, job: str | None) -> Updates:
        every = [(view.job_label(one), one.id) for one in self.jobs.listed(owner)]
        return {self.parts.jobs: gr.update(choices=every, value=job)}

    def _opened(self, owner: str, job: str) -> Updates:
        found = self.jobs.job(owner, job)
        parts = self.parts
        common = {
            parts.job: job,
            parts.delete: gr.update(interactive=True),
            parts.one: gr.update(visible=False),
            parts.download: gr.update(value=None, visible=False),
            **self._listed(owner, job),
        }
        if found.state is JobState.NEW:
            hidden = {parts.work: gr.update(visible=False), parts.timer: gr.Timer(active=False)}
            return {**common, **hidden, **self._preview(owner, job, None, None)}
        first = {parts.shown: EVERY, parts.before: gr.update(visible=False)}
        return {**common, **first, **self._work(owner, found, EVERY, 1, anew=True)}

    def _preview(self, owner: str, job: str, sheet: str | None, column: str | None) -> Updates:
        questionnaire = self.jobs.questionnaire(owner, job)
        said, selection = "", None
        try:
            selection = self.jobs.selection(owner, job, sheet or None, column)
        except QuestionFileError as error:
            said = str(error)
        filled = [one for one in questionnaire.sheets if one.rows] or questionnaire.sheets
        wanted = selection.sheet if selection else sheet
        chosen = next((one for one in filled if one.name == wanted), filled[0])
        parts = self.parts
        return {
            parts.before: gr.update(visible=True),
            parts.sheet: gr.update(
                choices=[one.name for one in filled], value=chosen.name, visible=len(filled) > 1
            ),
            parts.column: _columns(chosen, selection, column),
            parts.preview: view.preview(chosen, selection, questionnaire.notes),
            parts.start: gr.update(interactive=selection is not None),
            parts.message: trouble(said) if said else "",
        }

    def _work(
        self, owner: str, job: Job, shown: str, page: float, *, anew: bool = False
    ) -> Updates:
        """Show a page of a job; `anew` where the page is not the one that the user typed."""
        number = max(int(page or 1), 1)
        state = None if shown == EVERY else RowState(shown)
        start = (number - 1) * view.ON_PAGE
        rows = self.jobs.rows(owner, job.id, state, start, view.ON_PAGE)
        running = job.state is JobState.RUNNING
        parts = self.parts
        label = f"Page of {view.pages(_count(job, state))}"
        return {
            parts.work: gr.update(visible=True),
            parts.progress: view.progress(job),
            parts.cancel: gr.update(interactive=running),
            parts.resume: gr.update(interactive=job.state is JobState.STOPPED),
            parts.rows: view.row_table(rows, job, number),
            parts.page: gr.update(label=label, **({"value": number} if anew else {})),
            parts.timer: gr.Timer(active=running),
            # How far it is stands in the list too.
            **({} if running else self._listed(owner, job.id)),
        }

    def _row(self, owner: str, job: str, position: int) -> Updates:
        found = self.jobs.rows(owner, job, start=position, most=1)
        if not found:
            return {}
        parts = self.parts
        return {
            parts.position: position,
            parts.one: gr.update(visible=True),
            parts.detail: view.row_detail(found[0]),
            parts.words: found[0].correction,
        }


def _count(job: Job, state: RowState | None) -> int:
    """Return how many rows of a job are in a state, all of them for None."""
    return job.counts.total if state is None else int(getattr(job.counts, state.value))


def _columns(sheet: Sheet, selection: Selection | None, column: str | None) -> Any:
    """Return the columns to choose from, the one that is taken preselected; by number."""
    header = selection.header if selection else None
    choices = [
        (view.column_label(sheet, place, header), str(place + 1)) for place in range(sheet.width)
    ]
    return gr.update(choices=choices, value=str(selection.column + 1) if selection else column)
