"""A row that somebody approves goes into the library of answers; the only place that does it."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from assistant.history.records import AnswerRecord
from assistant.library.approving import Approving, entry_given, of_record, of_text, to_keep
from assistant.library.types import Approver
from assistant.types import AnswerScope
from index.searching.reader import IndexReader
from ui.errors import QuestionFileError
from ui.questionnaires.job_types import JobRow

if TYPE_CHECKING:
    from assistant.library.library_store import Library


class Approves(Protocol):
    """What approving needs of an assistant."""

    @property
    def library(self) -> Library:
        """The approved answers of its home."""
        ...

    def record(self, answer: str) -> AnswerRecord:
        """Return the record of an answer; raise UnknownAnswer."""
        ...

    def reading(self) -> AbstractContextManager[IndexReader]:
        """Hold the index for the time of a block."""
        ...


def approve_row(
    assistant: Approves, row: JobRow, who: Approver, scope: AnswerScope, question: str = ""
) -> str:
    """Keep what a row says, corrected or as it stands, as approved; return who, when, and its id.

    `question` is how it is to be known, empty for the row's own words. Raises QuestionFileError
    for a row that has nothing to approve, and LibraryError.
    """
    reply, today = row.reply, dt.date.today()
    if row.leans and not question:
        raise QuestionFileError(
            f"row {row.row}: goes on from the question before it, and nobody would find it under "
            "its own words. Give the question as it is to be known, then approve"
        )
    if not row.correction and not reply.id:
        raise QuestionFileError(
            f"row {row.row}: has no answer to approve. Write your own answer first"
        )
    # The receipt of a row that does not apply is of what it takes for granted, not of the row.
    known = question or row.question
    said = Approving(who, today, scope, correction=row.correction, question=known)
    record = assistant.record(reply.id) if reply.id else None
    with assistant.reading() as index:
        approval = (
            of_record(record, said, index)
            if record is not None
            else of_text(known, row.correction, said, index)
        )
        # A text that is a person's is corrected, whether there was an answer before it or not.
        approval = replace(approval, corrected=bool(row.correction) or approval.corrected)
        given = entry_given(record) if record is not None else ""
        kept = to_keep(approval, assistant.library, index, given)
    assistant.library.keep((kept,), who)
    return f"{who.name}, {today.isoformat()} (library {approval.id})"
