"""Before anything is answered: what was understood of a file is shown, and corrected there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.questionnaires.cell_names import letter
from ui.questionnaires.types import Questionnaire, Selection, Sheet, Understood
from ui.questionnaires.understanding.corrections import NONE, Correction, rows_named
from ui.questionnaires.understood_text import spans
from ui.web.questionnaire_tab import questionnaire_view as view
from ui.web.questionnaire_tab.questionnaire_components import COLUMNS
from ui.web.questionnaire_tab.tab import Tab, Updates
from ui.web.site import owner_of


@dataclass(frozen=True, slots=True)
class ReadingEvents:
    """What happens while a file is shown as it is understood."""

    tab: Tab

    def pick(self, job: str, table: int, request: gr.Request) -> Updates:
        """Show another table."""
        return self.tab.mended(lambda: self.shown(owner_of(request), job, table))

    def pick_sheet(self, job: str, sheet: str, request: gr.Request) -> Updates:
        """Offer the columns of another sheet, none of them chosen."""
        questionnaire = self.tab.jobs.questionnaire(owner_of(request), job)
        reading, named = self.tab.parts.reading, _named(questionnaire, sheet)
        choices = _letters(named)
        free = gr.update(choices=[("none", NONE), *choices], value=NONE)
        return {
            reading.column: gr.update(choices=choices, value=None),
            reading.header: None,
            reading.rows: "",
            **dict.fromkeys(reading.columns, free),
            reading.preview: view.preview(named, None),
        }

    def apply(
        self, job: str, table: int, sheet: str, column: str | None, header: float | None,
        rows: str, answer: str, comment: str, evidence: str, id_: str, section: str, service: str,
        category: str, request: gr.Request,
    ) -> Updates:  # fmt: skip
        """Read a table as the user says."""
        owner = owner_of(request)
        others = (answer, comment, evidence, id_, section, service, category)

        def apply() -> Updates:
            known = self.tab.jobs.understood(owner, job).tables
            said = _said(known, table, sheet, column, header, rows, others)
            self.tab.jobs.read_as(owner, job, table, said)
            return self.shown(owner, job, table)

        return self.tab.mended(apply)

    def leave(self, job: str, table: int, request: gr.Request) -> Updates:
        """Do not ask a table."""
        owner = owner_of(request)

        def leave() -> Updates:
            self.tab.jobs.leave_out(owner, job, table)
            return self.shown(owner, job, 0)

        return self.tab.mended(leave)

    def anew(self, job: str, request: gr.Request) -> Updates:
        """Forget what was corrected."""
        owner = owner_of(request)

        def anew() -> Updates:
            self.tab.jobs.read_anew(owner, job)
            return self.shown(owner, job, 0)

        return self.tab.mended(anew)

    def shown(self, owner: str, job: str, table: int) -> Updates:
        """Show how a file is understood, and one of its tables."""
        questionnaire = self.tab.jobs.questionnaire(owner, job)
        understood = self.tab.jobs.understood(owner, job)
        place = min(table, len(understood.tables) - 1)
        selection, reading = understood.tables[place], self.tab.parts.reading
        named = _named(questionnaire, selection.sheet)
        filled = [one.name for one in questionnaire.sheets if one.rows]
        return {
            reading.group: gr.update(visible=True),
            reading.understood: view.understood(questionnaire, understood),
            reading.table: gr.update(
                choices=_tables(understood), value=place, visible=len(understood.tables) > 1
            ),
            reading.sheet: gr.update(choices=filled, value=named.name, visible=len(filled) > 1),
            reading.preview: view.preview(named, selection),
            **self._columns(named, selection),
        }

    def _columns(self, sheet: Sheet, selection: Selection) -> Updates:
        reading, choices = self.tab.parts.reading, _letters(sheet, selection.header)
        chosen = {
            one: gr.update(choices=[("none", NONE), *choices], value=_chosen(selection, name))
            for one, name in zip(reading.columns, COLUMNS, strict=True)
        }
        return {
            reading.column: gr.update(choices=choices, value=letter(selection.column)),
            reading.header: selection.header or 0,
            reading.rows: spans([one.row for one in selection.questions]),
            **chosen,
        }


def _said(
    known: tuple[Selection, ...], table: int, sheet: str, column: str | None,
    header: float | None, rows: str, others: tuple[str, ...],
) -> Correction:  # fmt: skip
    """Return what differs from what is known; another column or sheet is understood anew."""
    now = known[table]
    beside = sum(one.sheet == now.sheet for one in known) > 1
    moved = sheet != now.sheet or column != letter(now.column) or header != (now.header or 0)
    pinned = beside or moved
    kept = rows == spans([one.row for one in now.questions])
    told: dict[str, Any] = {
        name: value
        for name, value in zip(COLUMNS, others, strict=True)
        if value is not None and value != _chosen(now, name)
    }
    return Correction(
        sheet=sheet or None,
        column=column if pinned else None,
        header=int(header) if pinned and header is not None else None,
        rows=() if kept and moved else rows_named(rows),
        **told,
    )


def _chosen(selection: Selection, name: str) -> str:
    part = selection.answers if hasattr(selection.answers, name) else selection.context
    column = getattr(part, name)
    return NONE if column is None else letter(column)


def _tables(understood: Understood) -> list[tuple[str, int]]:
    return [(view.table_label(one), place) for place, one in enumerate(understood.tables)]


def _named(questionnaire: Questionnaire, name: str) -> Sheet:
    return next(one for one in questionnaire.sheets if one.name == name)


def _letters(sheet: Sheet, header: int | None = None) -> list[Any]:
    return [
        (view.column_label(sheet, place, header), letter(place)) for place in range(sheet.width)
    ]
