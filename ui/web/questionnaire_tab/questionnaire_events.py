"""The tab of questionnaires: upload, choose what is asked, watch, correct, download."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.types import Profile
from ui.questionnaires.job_types import EVERY_ROW, RowFilter
from ui.questionnaires.jobs import Job, Jobs, JobState
from ui.web.first_values import FirstValues
from ui.web.questionnaire_tab import questionnaire_view as view
from ui.web.questionnaire_tab import review_events
from ui.web.questionnaire_tab.questionnaire_components import DELETE, EVERY, REFUSE, laid_out
from ui.web.questionnaire_tab.reading_events import ReadingEvents
from ui.web.questionnaire_tab.row_events import RowEvents
from ui.web.questionnaire_tab.tab import Tab, Updates
from ui.web.site import Site, owner_of

# What is read stands above the table, maybe out of sight.
_FOCUSED = "() => {{ document.querySelector('{}')?.focus(); }}"


def build(site: Site, at_first: FirstValues, profile_of: Callable[[str], Profile | None]) -> None:
    """Lay the tab out; questions are answered for the profile of their owner."""
    parts = laid_out()
    review_events.build(site)
    tab = Tab(site, parts, Jobs.of(site.assistant))
    reading, rows = ReadingEvents(tab), RowEvents(tab)
    exports = tempfile.TemporaryDirectory(
        prefix="residency-", dir=os.environ.get("GRADIO_TEMP_DIR")
    )
    files = _Files(tab, reading, rows, profile_of, exports)
    job, everything = parts.job, parts.every()
    shown, one = [parts.job, parts.wanted, parts.page], parts.one

    def on(event: Callable[..., Any], action: Callable[..., Any], inputs: list[Any]) -> Any:
        return event(action, inputs, everything, api_visibility="private", show_progress="hidden")

    on(parts.file.upload, files.upload, [parts.file])
    on(parts.jobs.input, files.choose, [parts.jobs])
    at_first.fill(everything, lambda request: files.first(everything, request))
    on(parts.jobs.focus, files.list, [job])
    on(parts.delete.click, files.delete, [job])
    on(parts.cancel.click, files.cancel, shown)
    on(parts.resume.click, files.resume, shown)
    on(parts.page.input, files.turn, shown)
    on(parts.timer.tick, files.tick, [*shown, parts.seen])
    on(parts.make.click, files.export, [job])
    _on_reading(on, tab, reading, files)
    for filtered in (parts.state, parts.triage, parts.assigned, parts.unapproved):
        said = [job, parts.state, parts.triage, parts.assigned, parts.unapproved]
        on(filtered.input, rows.filter, said)
    for key, part in (
        (parts.rows.click, "#sheets-one h3"), (parts.rows.edit, "#sheets-words textarea"),
        (parts.rows.select, "#sheets-person input"), (parts.rows.input, "#sheets-comment textarea"),
    ):  # fmt: skip
        on(key, rows.read, [job]).then(None, js=_FOCUSED.format(part))
    on(parts.rows.like, rows.approve_there, shown)
    on(one.save.click, rows.save, [*shown, parts.position, one.words])
    on(one.keep.click, rows.keep, [*shown, parts.position, one.person, one.comment])
    on(one.approve.click, rows.approve, [*shown, parts.position, one.known, one.customer])


def _on_reading(on: Callable[..., Any], tab: Tab, reading: ReadingEvents, files: _Files) -> None:
    job, one = tab.parts.job, tab.parts.reading
    on(one.table.input, reading.pick, [job, one.table])
    on(one.sheet.input, reading.pick_sheet, [job, one.sheet])
    said = [one.sheet, one.column, one.header, one.rows, *one.columns]
    on(one.apply.click, reading.apply, [job, one.table, *said])
    on(one.leave.click, reading.leave, [job, one.table])
    on(one.anew.click, reading.anew, [job])
    on(one.start.click, files.start, [job, one.customer])


@dataclass(frozen=True, slots=True)
class _Files:
    """What happens to files; every method returns what changes on the page."""

    tab: Tab
    reading: ReadingEvents
    rows: RowEvents
    profile_of: Callable[[str], Profile | None]
    exports: tempfile.TemporaryDirectory[str]
    """Files that were offered, a folder for each job; gone when the server ends."""

    def list(self, job: str | None, request: gr.Request) -> Updates:
        """Bring the list of questionnaires up to date."""
        return self.tab.mended(lambda: self._listed(owner_of(request), job))

    def first(self, outputs: Sequence[Any], request: gr.Request) -> tuple[Any, ...]:
        """Return what each of some components shows first: the list, and nothing else."""
        updates = self.list(None, request)
        return tuple(updates.get(one, gr.skip()) for one in outputs)

    def upload(self, file: str | None, request: gr.Request) -> Updates:
        """Take in a file and show what it holds."""
        if not file:
            return {}
        path = Path(file)

        def add() -> Updates:
            try:
                job = self.tab.jobs.add(owner_of(request), path, path.name)
            finally:
                # What is kept is the copy of the job, which its owner can delete.
                path.unlink(missing_ok=True)
            return self._opened(owner_of(request), job.id)

        return {self.tab.parts.file: None, **self.tab.mended(add)}

    def choose(self, job: str | None, request: gr.Request) -> Updates:
        """Open an earlier questionnaire."""
        return self.tab.mended(lambda: self._opened(owner_of(request), job)) if job else {}

    def delete(self, job: str | None, request: gr.Request) -> Updates:
        """Remove the questionnaire that is open; of another's, give the rows back."""
        if not job:
            return {}
        parts = self.tab.parts

        def delete() -> Updates:
            owner = owner_of(request)
            is_own = self.tab.jobs.job(owner, job).is_own
            (self.tab.jobs.delete if is_own else self.tab.jobs.refuse)(owner, job)
            shutil.rmtree(Path(self.exports.name) / job, ignore_errors=True)
            closed = (parts.reading.group, parts.work, parts.one.group, parts.download)
            return {
                parts.job: None,
                parts.delete: gr.update(value=DELETE, interactive=False),
                **dict.fromkeys(closed, gr.update(visible=False)),
                **self._listed(owner, None),
            }

        return self.tab.mended(delete)

    def start(self, job: str, customer: str, request: gr.Request) -> Updates:
        """Answer the questions of all tables, as they are understood now, for a customer."""
        owner = owner_of(request)

        def start() -> Updates:
            profile = self.profile_of(owner)
            self.tab.jobs.start(owner, job, profile=profile, customer=customer)
            return self._opened(owner, job)

        return self.tab.mended(start)

    def cancel(self, job: str, wanted: RowFilter, page: float, request: gr.Request) -> Updates:
        """Stop the questionnaire that is open."""
        owner = owner_of(request)
        return self.tab.mended(
            lambda: self._work(owner, self.tab.jobs.cancel(owner, job), wanted, page)
        )

    def resume(self, job: str, wanted: RowFilter, page: float, request: gr.Request) -> Updates:
        """Go on with the questionnaire that is open."""
        owner = owner_of(request)
        return self.tab.mended(
            lambda: self._work(owner, self.tab.jobs.resume(owner, job), wanted, page)
        )

    def turn(self, job: str | None, wanted: RowFilter, page: float, request: gr.Request) -> Updates:
        """Show the progress and a page of the rows."""
        owner = owner_of(request)
        if not job:
            return {self.tab.parts.timer: gr.Timer(active=False)}
        return self.tab.mended(
            lambda: self._work(owner, self.tab.jobs.job(owner, job), wanted, page)
        )

    def tick(
        self, job: str | None, wanted: RowFilter, page: float, seen: int | None,
        request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Show the progress; rows that are the same stay, for what has the focus is in them."""
        updates, parts = self.turn(job, wanted, page, request), self.tab.parts
        now = hash(updates.get(parts.rows))
        if now == seen:
            updates.pop(parts.rows, None)
        return {**updates, parts.seen: now}

    def export(self, job: str, request: gr.Request) -> Updates:
        """Offer the file with the answers so far."""

        def export() -> Updates:
            # Gradio serves no file of a home folder, and none should be.
            folder = Path(self.exports.name) / job
            folder.mkdir(exist_ok=True)
            path = self.tab.jobs.export(owner_of(request), job, folder)
            return {self.tab.parts.download: gr.update(value=str(path), visible=True)}

        return self.tab.mended(export)

    def _listed(self, owner: str, job: str | None) -> Updates:
        now = datetime.now(UTC)
        every = [(view.job_label(one, now), one.id) for one in self.tab.jobs.listed(owner)]
        return {self.tab.parts.jobs: gr.update(choices=every, value=job)}

    def _opened(self, owner: str, job: str) -> Updates:
        found = self.tab.jobs.job(owner, job)
        parts = self.tab.parts
        common = {
            parts.job: job,
            parts.wanted: EVERY_ROW,
            parts.delete: gr.update(value=DELETE if found.is_own else REFUSE, interactive=True),
            parts.one.group: gr.update(visible=False),
            parts.download: gr.update(value=None, visible=False),
            **self._listed(owner, job),
        }
        if found.state is JobState.NEW:
            hidden = {parts.work: gr.update(visible=False), parts.timer: gr.Timer(active=False)}
            return {**common, **hidden, **self.reading.shown(owner, job, 0)}
        unfiltered = dict.fromkeys((parts.state, parts.triage, parts.assigned), EVERY)
        work = self._work(owner, found, EVERY_ROW, 1, anew=True)
        work[parts.assigned]["value"] = EVERY
        hidden = {parts.reading.group: gr.update(visible=False), parts.unapproved: False}
        return {**common, **unfiltered, **hidden, **work}

    def _work(
        self, owner: str, job: Job, wanted: RowFilter, page: float, *, anew: bool = False
    ) -> Updates:
        shown = self.rows.shown(owner, job, wanted, page, anew=anew)
        # How far it is stands in the list too.
        return {**shown, **({} if job.state is JobState.RUNNING else self._listed(owner, job.id))}
