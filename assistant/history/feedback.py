"""What readers think of answers: a thumb, a reason, and what would have been right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from assistant.errors import FeedbackError, UnknownAnswer
from assistant.history.database import Keeping, utc_now
from assistant.history.records import Records, stamp
from assistant.history.texts import plain

LONGEST_REASON = 2_000
LONGEST_CORRECTION = 10_000
_COLUMNS = "answer, owner, rating, reason, correction, given"


class Rating(StrEnum):
    """Whether an answer helped."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer to their own question."""

    answer: str
    """Id of the answer."""
    owner: str
    rating: Rating
    reason: str
    """Possibly empty."""
    correction: str
    """The answer that would have been right, possibly empty."""
    given: datetime
    """UTC."""


class FeedbackStore:
    """The feedback of a home folder; it lies and goes with the conversations."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._kept = Keeping(path)
        self._records = Records(path)
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
        with self._kept.deleting() as connection:
            # The answer may have been deleted meanwhile; nothing is kept of what is gone.
            written = connection.execute(
                f"INSERT OR REPLACE INTO feedback ({_COLUMNS}) SELECT id, owner, ?, ?, ?, ? "
                "FROM answers WHERE id = ? AND owner = ?",
                (given.rating.value, given.reason, given.correction, stamp(given.given), answer,
                 owner),
            ).rowcount  # fmt: skip
        if not written:
            raise UnknownAnswer(f"{answer}: it was deleted meanwhile. Ask again to rate the answer")
        return given

    def withdraw(self, answer: str, owner: str) -> bool:
        """Take feedback back; tell whether there was any."""
        if self.of(answer, owner) is None:
            return False
        with self._kept.deleting() as connection:
            taken = connection.execute(
                "DELETE FROM feedback WHERE answer = ? AND owner = ?", (answer, owner)
            ).rowcount
        return taken > 0

    def of(self, answer: str, owner: str) -> Feedback | None:
        """Return the owner's feedback on an answer, None where there is none."""
        rows = self._kept.rows(
            f"SELECT {_COLUMNS} FROM feedback WHERE answer = ? AND owner = ?", (answer, owner)
        )
        return _feedback(*rows[0]) if rows else None

    def every(self, since: datetime | None = None) -> tuple[Feedback, ...]:
        """Return the feedback of all owners, or what of it was given from a time on, in order."""
        rows = self._kept.rows(
            f"SELECT {_COLUMNS} FROM feedback WHERE given >= ? ORDER BY given, answer",
            (stamp(since) if since else "",),
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
