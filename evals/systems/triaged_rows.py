"""Rows of questionnaires, answered and triaged by the product without a model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Asking
from evals.scoring.triage_metrics import JudgedRow
from evals.suites.triage_rows import TriageRow
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader


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
