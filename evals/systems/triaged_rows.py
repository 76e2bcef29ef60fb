"""Rows of questionnaires, answered and triaged by the product without a model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.app import Assistant
from assistant.pipeline import Request, responded
from assistant.settings import Settings
from assistant.triage import Grounds, answer_shown, grounds_of, triage
from assistant.types import Asking
from evals.scoring.triage_metrics import JudgedRow
from evals.suites.triage_rows import TriageRow
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader


@dataclass(frozen=True, slots=True)
class GroundedRow:
    """A row with what became of it, and what speaks for its answer."""

    judged: JudgedRow
    grounds: Grounds | None
    """None where nothing was asked of the documents."""


def grounded_rows(rows: Iterable[TriageRow], index: IndexReader) -> Iterator[GroundedRow]:
    """Answer the rows like `judge_rows`, and tell what the confidence is fitted to."""
    for row in rows:
        request = Request(row.text, about=row.about)
        made = responded(request, index, date.today)
        triaged = triage(made, index, row.allowed)
        judged = JudgedRow(row, answer_shown(made, triaged), triaged)
        yield GroundedRow(judged, grounds_of(made, index) if made.asked else None)


def judge_rows(rows: Iterable[TriageRow], index: IndexReader) -> Iterator[JudgedRow]:
    """Answer the rows one after the other, with nobody to be asked back."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load().model_copy(update={"model": "", "home": Path(folder)})
        assistant = Assistant(settings, PinnedIndex(index))
        for row in rows:
            asking = Asking(row.text, clarify=False, about=row.about)
            made = assistant.assess(asking, row.allowed)
            yield JudgedRow(row, made.answer, made.triaged)
        assistant.kept.close()
