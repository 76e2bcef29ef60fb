"""From an answer that somebody approves to what the library keeps of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.history.records import AnswerRecord
from assistant.history.texts import plain
from assistant.library.grounds_sought import grounds_cited, grounds_sought
from assistant.library.lookup import same_asked
from assistant.library.types import REVIEW_AFTER, Approval, Approver, Entry, ToKeep, settled
from assistant.library.validity import standing_today
from assistant.types import Answer, AnswerScope, Citation, Verdict
from assistant.understanding.question_language import foreign_language
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from assistant.library.library_store import Library

LONGEST_QUESTION = 2_000
LONGEST_TEXT = 10_000
_OF_ANSWER = "answer "
"""How the origin begins of what was approved of a recorded answer."""
_MARKERS = re.compile(r" ?\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Approving:
    """What somebody says who approves an answer."""

    who: Approver
    today: dt.date
    scope: AnswerScope = field(default_factory=AnswerScope)
    review: dt.date | None = None
    """A year from today where nobody says otherwise."""
    correction: str = ""
    """What is approved in place of the assistant's words."""
    question: str = ""
    """The question as it is to be known, where that is not the one that was asked."""

    @property
    def due(self) -> dt.date:
        """Return the day from which on the answer has to be looked at again."""
        return self.review or self.today + REVIEW_AFTER


def of_record(record: AnswerRecord, said: Approving, index: IndexReader) -> Approval:
    """Return the approval of a recorded answer, corrected or as it stands; raise LibraryError."""
    answer = record.answer
    if not said.correction and answer.verdict is not Verdict.ANSWERED:
        raise LibraryError(
            f"{record.id}: it ended as “{answer.verdict.value}” and says nothing to approve. "
            "Give the right answer as a correction"
        )
    if record.turns and not said.question:
        # Nobody would find it under its own words.
        raise LibraryError(
            f"{record.id}: “{record.question}” was asked within a conversation and may lean on "
            "what was asked before. Give the question as it is to be known with --question"
        )
    question = said.question or record.question
    return of_text(question, said.correction or body(answer), said, index, answer)


def of_text(
    question: str, text: str, said: Approving, index: IndexReader, answer: Answer | None = None
) -> Approval:
    """Return the approval of a text as the answer to a question; raise LibraryError.

    A text that is not the assistant's is held against the documents, to find what it stands on.
    """
    asked = _checked("question", question, LONGEST_QUESTION)
    written = _checked("answer", text, LONGEST_TEXT)
    own = answer is not None and settled(written) == settled(body(answer))
    if own and answer is not None:
        grounds = grounds_cited(_still_there(answer, index), index)
    else:
        grounds = grounds_sought(asked, written, index, said.scope.service)
    origin = f"{_OF_ANSWER}{answer.id}" if answer is not None else "written"
    scope = AnswerScope(
        said.scope.service,
        said.scope.customer,
        said.scope.language or foreign_language(asked),
    )
    return Approval(
        asked, written, scope, said.who.name, said.today, said.due, origin, grounds,
        corrected=answer is not None and not own,
    )  # fmt: skip


def again(entry: Entry, said: Approving, index: IndexReader) -> Approval:
    """Return the approval of an entry as it stands, by what the documents say today."""
    known = entry.approval
    standing = [standing_today(one, index) for one in known.grounds]
    grounds = tuple(one for one in standing if one is not None)
    if len(grounds) < len(standing) or not grounds:
        grounds = grounds_sought(known.question, known.text, index, known.scope.service)
    return Approval(
        known.question, known.text, known.scope, said.who.name, said.today, said.due,
        f"review of {entry.id}", grounds, known.cited, known.corrected,
    )  # fmt: skip


def corrected(entry: Entry, said: Approving, index: IndexReader) -> Approval:
    """Return the approval of what is right in place of an entry's words; raise LibraryError."""
    told = replace(said, scope=entry.approval.scope)
    found = of_text(said.question or entry.question, said.correction, told, index)
    return replace(found, origin=f"correction of {entry.id}", corrected=True)


def to_keep(
    approval: Approval, library: Library, index: IndexReader, instead_of: str = ""
) -> ToKeep:
    """Return an approval with the entries that it contradicts: the same question in the same
    scope, answered in other words. Whether these say the same is for a person to decide.

    A correction takes the place of the entry that was given to who corrects it (`instead_of`),
    and of what was approved before of the same recorded answer.
    """
    text, key = settled(approval.text), approval.scope.key
    others = [
        one for one in same_asked(approval.question, approval.scope, library, index)
        if one.approval.scope.key == key and settled(one.approval.text) != text
    ]  # fmt: skip
    gone = {
        one.id for one in others
        if approval.corrected and (one.id == instead_of or _of_same_answer(one, approval))
    }  # fmt: skip
    against = tuple(one.id for one in others if one.id not in gone)
    return ToKeep(approval, against, tuple(sorted(gone)))


def entry_given(record: AnswerRecord) -> str:
    """Return the id of the entry that a recorded answer showed or named; empty without one."""
    return record.answer.approved.entry if record.answer.approved is not None else ""


def _of_same_answer(entry: Entry, approval: Approval) -> bool:
    origin = approval.origin
    return origin.startswith(_OF_ANSWER) and entry.approval.origin == origin


def body(answer: Answer) -> str:
    """Return what an answer says, without the notices that close it and the marks of citations."""
    text = answer.text
    for notice in reversed(answer.caveats):
        text = text.removesuffix(notice).rstrip()
    return _MARKERS.sub("", text).strip()


def _still_there(answer: Answer, index: IndexReader) -> tuple[Citation, ...]:
    """Return the citations of an answer; refuse one whose passages are not there any more."""
    gone = [one for one in answer.citations if not _stands(one, index)]
    if gone:
        raise LibraryError(
            f"{answer.id}: “{gone[0].title}” does not say any more what it cites. Ask again, and "
            "approve the answer of today"
        )
    return answer.citations


def _stands(citation: Citation, index: IndexReader) -> bool:
    document = index.documents.get(citation.document)
    return document is not None and document.text[citation.start : citation.end] == citation.quote


def _checked(what: str, text: str, longest: int) -> str:
    cleaned = plain(text)
    if not cleaned:
        raise LibraryError(f"the {what} is empty. Give one")
    if len(cleaned) > longest:
        raise LibraryError(
            f"the {what} has {len(cleaned):,} characters, at most {longest:,} are kept. Shorten it"
        )
    return cleaned
