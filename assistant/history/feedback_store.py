"""The feedback of a home; it lies and goes with the conversations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import and_, delete, select

from assistant.errors import FeedbackError, UnknownAnswer
from assistant.history.database import utc_now
from assistant.history.feedback import LONGEST_CORRECTION, LONGEST_REASON, Feedback, Rating
from assistant.history.history_tables import OnTables, answers, feedback
from assistant.history.record_store import Records
from assistant.history.records import stamp
from assistant.history.texts import plain
from index.home.database import inserting
from index.home.database_server import Place

_COLUMNS = (
    feedback.c.answer, feedback.c.owner, feedback.c.rating, feedback.c.reason,
    feedback.c.correction, feedback.c.given,
)  # fmt: skip


class FeedbackStore(OnTables):
    """What readers think of their answers; every method raises ThreadError."""

    def __init__(self, place: Place, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(place)
        self._records = Records(place)
        self._now = now

    def give(
        self, answer: str, owner: str, rating: Rating, reason: str = "", correction: str = ""
    ) -> Feedback:
        """Keep feedback on an answer of the owner's, in place of what was said of it before.

        Raises UnknownAnswer for one that is not recorded or not the owner's, and FeedbackError
        for texts beyond the limits.
        """
        given = Feedback(
            self._records.get(answer, owner).id,
            owner,
            Rating(rating),
            _text("reason", reason, LONGEST_REASON),
            _text("corrected answer", correction, LONGEST_CORRECTION),
            self._now(),
        )
        if not self._write(given):
            raise UnknownAnswer(f"{answer}: it was deleted meanwhile. Ask again to rate the answer")
        return given

    def _write(self, given: Feedback) -> bool:
        """Write feedback; False where its answer has been deleted, of which nothing is kept."""
        said = {
            "owner": given.owner, "rating": given.rating.value, "reason": given.reason,
            "correction": given.correction, "given": stamp(given.given),
        }  # fmt: skip
        with self._kept.deleting(given.owner) as connection:
            theirs = and_(answers.c.id == given.answer, answers.c.owner == given.owner)
            if connection.execute(select(answers.c.id).where(theirs)).first() is None:
                return False
            connection.execute(
                inserting(connection.dialect.name, feedback)
                .values(answer=given.answer, **said)
                .on_conflict_do_update(index_elements=[feedback.c.answer], set_=said)
            )
        return True

    def withdraw(self, answer: str, owner: str) -> bool:
        """Take feedback back; tell whether there was any."""
        if self.of(answer, owner) is None:
            return False
        with self._kept.deleting(owner) as connection:
            theirs = and_(feedback.c.answer == answer, feedback.c.owner == owner)
            return connection.execute(delete(feedback).where(theirs)).rowcount > 0

    def of(self, answer: str, owner: str) -> Feedback | None:
        """Return the owner's feedback on an answer, None where there is none."""
        rows = self._kept.rows(
            select(*_COLUMNS).where(feedback.c.answer == answer, feedback.c.owner == owner)
        )
        return _feedback(*rows[0]) if rows else None

    def every(self, since: datetime | None = None) -> tuple[Feedback, ...]:
        """Return the feedback of all owners, or what of it was given from a time on, in order."""
        rows = self._kept.rows(
            select(*_COLUMNS)
            .where(feedback.c.given >= (stamp(since) if since else ""))
            .order_by(feedback.c.given, feedback.c.answer)
        )
        return tuple(_feedback(*row) for row in rows)


def _feedback(
    answer: str, owner: str, rating: str, reason: str, correction: str, given: str
) -> Feedback:
    return Feedback(
        answer, owner, Rating(rating), reason, correction, datetime.fromisoformat(given)
    )


def _text(what: str, text: str, longest: int) -> str:
    cleaned = plain(text)
    if len(cleaned) > longest:
        raise FeedbackError(
            f"the {what} has {len(cleaned):,} characters, at most {longest:,} are kept. Shorten it"
        )
    return cleaned
