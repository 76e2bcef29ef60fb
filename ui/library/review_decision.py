"""What a person decides on an entry of the review queue; the only place that does it."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from assistant.errors import LibraryError
from assistant.library.approving import Approving, again, body, of_text, to_keep
from assistant.library.review import Beside, Waiting, beside
from assistant.library.types import REVIEW_AFTER, Approval, Approver, Entry
from assistant.library.validity import why_void
from assistant.types import Answer, Asking, RowAbout, Verdict
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from assistant.library.library_store import Library

_A_DAY = dt.timedelta(days=1)


class Decision(StrEnum):
    """What becomes of an entry of the queue."""

    TODAY = "today"
    """Today's answer takes its place."""
    KEEP = "keep"
    """It is approved once more, and what contradicts it is withdrawn."""
    DROP = "drop"
    """It is withdrawn."""


class Reviews(Protocol):
    """What deciding needs of an assistant."""

    @property
    def library(self) -> Library:
        """The approved answers of its home."""
        ...

    def answer(self, asking: Asking) -> Answer:
        """Answer a question."""
        ...

    def reading(self) -> AbstractContextManager[IndexReader]:
        """Hold the index for the time of a block."""
        ...


def beside_today(one: Waiting, assistant: Reviews, owner: str) -> Beside:
    """Return an entry beside what the documents say today of its service; `owner` has the receipt.

    A receipt is kept because the answer may be approved, and then is named by it.
    """

    def ask(entry: Entry) -> Answer:
        service = entry.approval.scope.service
        return assistant.answer(
            Asking(
                entry.question, owner=owner, clarify=False, keep=True, use_library=False,
                about=RowAbout(service) if service else None,
            )
        )  # fmt: skip

    return beside(one, ask, body)


def may_take_today(seen: Beside) -> bool:
    """Tell whether today's answer says something that could take the place of the entry."""
    return seen.today.verdict is Verdict.ANSWERED


def decide(assistant: Reviews, seen: Beside, decision: Decision, who: Approver) -> str:
    """Do what somebody who saw an entry beside today's answer decides; return what was done.

    Raises LibraryError where the entry is not any more as it was seen, and where today's answer
    says nothing. What is new is kept before the old is withdrawn: interrupted, both stand and
    contradict each other, which the queue shows.
    """
    library, entry = assistant.library, seen.waiting.entry
    if library.entry(entry.id) != entry:
        raise LibraryError(f"{entry.id}: was decided on meanwhile. Show the queue anew")
    if decision is Decision.DROP:
        library.withdraw(entry, who, "dropped in review")
        return f"{entry.id}: withdrawn"
    with assistant.reading() as index:
        kept = _kept(library, _approval(seen, decision, who, index), who, index)
        voids = why_void(kept, index, dt.date.today())
    rivals = [one for one in (entry, *seen.waiting.against) if one.id != kept.id]
    for one in rivals:
        library.withdraw(one, who, f"{kept.id} was approved in its place")
    gone = f", withdrawn: {', '.join(one.id for one in rivals)}" if rivals else ""
    return f"{kept.id}: approved by {who.name}{gone}{_still(kept, [one.said for one in voids])}"


def _approval(seen: Beside, decision: Decision, who: Approver, index: IndexReader) -> Approval:
    entry, today = seen.waiting.entry, dt.date.today()
    known = entry.approval
    # On one day the later review date tells which of two approvals is the later.
    due = known.review + _A_DAY if known.approved == today else today
    said = Approving(who, today, known.scope, max(due, today + REVIEW_AFTER))
    if decision is Decision.KEEP:
        return again(entry, said, index)
    if not may_take_today(seen):
        raise LibraryError(
            f"{entry.id}: today's answer ended as “{seen.today.verdict.value}” and says nothing "
            "to approve. Keep the approved answer, or drop it"
        )
    return of_text(entry.question, body(seen.today), said, index, seen.today)


def _kept(library: Library, approval: Approval, who: Approver, index: IndexReader) -> Entry:
    library.keep((to_keep(approval, library, index),), who)
    kept = library.entry(approval.id)
    if kept.withdrawn:
        raise LibraryError(
            f"{kept.id}: these words were withdrawn ({kept.withdrawn}), and are not brought back "
            "on the same day. Drop the entry, or decide tomorrow"
        )
    return kept


def _still(kept: Entry, voids: list[str]) -> str:
    """Return why what was approved stays in the queue all the same; empty where it does not."""
    if voids:
        return f". It stays void: {'; '.join(voids)}"
    return ". No passage of the documents says it" if kept.stands_on_nothing else ""
