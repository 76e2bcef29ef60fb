"""The rows of a questionnaire: filtered, read, corrected, given to people, approved."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.questionnaires.job_types import JobRow, RowFilter
from ui.questionnaires.jobs import Job, JobState
from ui.web.questionnaire_tab import questionnaire_view as view
from ui.web.questionnaire_tab.questionnaire_components import EVERY
from ui.web.questionnaire_tab.tab import Tab, Updates
from ui.web.site import owner_of


@dataclass(frozen=True, slots=True)
class RowEvents:
    """What happens to rows."""

    tab: Tab

    def filter(
        self, job: str, state: str, triage: str, assigned: str, unapproved: bool,
        request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Show the rows that agree in all that is chosen, from the first on."""
        owner = owner_of(request)
        wanted = RowFilter(_said(state), _said(triage), _said(assigned), unapproved)
        return self.tab.mended(
            lambda: {
                self.tab.parts.wanted: wanted,
                **self.shown(owner, self.tab.jobs.job(owner, job), wanted, 1, anew=True),
            }
        )

    def read(self, job: str, request: gr.Request, event: gr.EventData) -> Updates:
        """Show one row whole, ready to be corrected."""
        position = int(event.position)
        return self.tab.mended(lambda: self.row(owner_of(request), job, position))

    def save(
        self, job: str, wanted: RowFilter, page: float, position: int, words: str,
        request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Keep a person's words for the row that is read."""
        owner = owner_of(request)

        def save() -> Updates:
            self.tab.jobs.correct(owner, job, position, words)
            return self._after(owner, job, wanted, page, position)

        return self.tab.mended(save)

    def keep(
        self, job: str, wanted: RowFilter, page: float, position: int, person: str | None,
        comment: str, request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Keep to whom the row that is read is given, and what is said about it."""
        owner = owner_of(request)

        def keep() -> Updates:
            self.tab.jobs.assign(owner, job, position, person or "")
            self.tab.jobs.comment(owner, job, position, comment)
            return self._after(owner, job, wanted, page, position)

        return self.tab.mended(keep)

    def approve(
        self, job: str, wanted: RowFilter, page: float, position: int, known: str,
        customer: str, request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Keep what the row that is read says in the library, for a customer or for all."""
        owner = owner_of(request)

        def approve() -> Updates:
            self._approve(owner, job, position, known, customer)
            return self._after(owner, job, wanted, page, position)

        return self.tab.mended(approve)

    def approve_there(
        self, job: str, wanted: RowFilter, page: float, request: gr.Request, event: gr.EventData
    ) -> Updates:
        """Approve the row that has the focus, without opening it."""
        owner, position = owner_of(request), int(event.position)

        def approve() -> Updates:
            self._approve(owner, job, position)
            return self.shown(owner, self.tab.jobs.job(owner, job), wanted, page)

        return self.tab.mended(approve)

    def shown(
        self, owner: str, job: Job, wanted: RowFilter, page: float, *, anew: bool = False
    ) -> Updates:
        """Show a page of rows; `anew` where the page is not the one that the user typed."""
        number = max(int(page or 1), 1)
        start = (number - 1) * view.ON_PAGE
        rows = self.tab.jobs.rows(owner, job.id, wanted, start, view.ON_PAGE)
        count = self.tab.jobs.count(owner, job.id, wanted)
        running, parts = job.state is JobState.RUNNING, self.tab.parts
        return {
            parts.work: gr.update(visible=True),
            parts.progress: view.progress(job, tuple(self.tab.site.assistant.tenants(owner))),
            parts.cancel: gr.update(visible=running and job.is_own),
            parts.resume: gr.update(visible=job.state is JobState.STOPPED and job.is_own),
            parts.assigned: gr.update(choices=[EVERY, *self.tab.jobs.people(owner, job.id)]),
            parts.rows: view.row_table(rows, job, number),
            parts.page: gr.update(
                label=f"Page of {view.pages(count)}", **({"value": number} if anew else {})
            ),
            parts.timer: gr.Timer(active=running),
        }

    def row(self, owner: str, job: str, position: int) -> Updates:
        """Show one row whole."""
        found = self.tab.jobs.rows(owner, job, start=position, most=1)
        return self._row(owner, job, found[0]) if found else {}

    def _row(self, owner: str, job: str, row: JobRow) -> Updates:
        people = dict.fromkeys((*self.tab.site.people(), *self.tab.jobs.people(owner, job)))
        one, may = self.tab.parts.one, self.tab.site.may_approve(owner)
        return {
            self.tab.parts.position: row.position,
            one.group: gr.update(visible=True),
            one.detail: view.row_detail(row),
            one.words: row.correction,
            one.person: gr.update(choices=["", *people], value=row.assigned),
            one.comment: row.comment,
            **dict.fromkeys((one.known, one.customer), gr.update(value="", visible=may)),
            one.approve: gr.update(visible=may),
        }

    def _approve(
        self, owner: str, job: str, position: int, known: str = "", customer: str = ""
    ) -> None:
        tab, who = self.tab, self.tab.approver(owner)
        tab.jobs.approve(owner, job, position, tab.site.assistant, who, known, customer)

    def _after(
        self, owner: str, job: str, wanted: RowFilter, page: float, position: int
    ) -> Updates:
        work = self.shown(owner, self.tab.jobs.job(owner, job), wanted, page)
        return {**work, **self.row(owner, job, position)}


def _said(choice: str) -> str:
    return "" if choice == EVERY else choice
