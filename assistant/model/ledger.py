"""What the language model costs, by day, and what it replied, by what it was asked.

A reply is found again by the hash of model, prompts, evidence and question, so a reply to other
evidence or under other prompts is never taken for this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import delete, select

from assistant.errors import LedgerError
from assistant.history.texts import storable
from assistant.model.chat_model import Usage
from assistant.model.ledger_tables import SCHEMA, replies, usage
from index.errors import StoreUnusable
from index.home.database import Database, inserting
from index.home.database_server import Place

_KEPT_DAYS = 30
"""Days for which replies are kept."""
_REPLIES = "replies"
"""What those name who write replies: one at a time, as each deletes those of long ago."""


class Ledger:
    """The usage and the replies of a home; safe to share between threads and processes.

    Every method raises LedgerError.
    """

    def __init__(self, place: Place, today: Callable[[], date] = date.today) -> None:
        self._database = Database(place, SCHEMA)
        self._today = today

    def spent_today(self) -> int:
        """Return the tokens of today, in both directions."""
        spent = select(usage.c.prompt + usage.c.completion).where(usage.c.day == self._day())
        with _told():
            rows = self._database.rows(spent)
        return int(rows[0][0]) if rows else 0

    def spend(self, taken: Usage) -> None:
        """Add a call to today's."""
        day = self._day()
        with _told(), self._database.writing(day) as connection:
            adding = inserting(connection.dialect.name, usage).values(
                day=day, calls=1, prompt=taken.prompt, completion=taken.completion
            )
            connection.execute(
                adding.on_conflict_do_update(
                    index_elements=[usage.c.day],
                    set_={
                        "calls": usage.c.calls + 1,
                        "prompt": usage.c.prompt + adding.excluded.prompt,
                        "completion": usage.c.completion + adding.excluded.completion,
                    },
                )
            )

    def days(self) -> tuple[tuple[str, int, int, int], ...]:
        """Return day, calls, prompt tokens and completion tokens, latest first."""
        with _told():
            rows = self._database.rows(select(usage).order_by(usage.c.day.desc()))
        return tuple((row.day, row.calls, row.prompt, row.completion) for row in rows)

    def reply(self, key: str) -> str | None:
        """Return the reply that was kept under a key."""
        with _told():
            rows = self._database.rows(select(replies.c.text).where(replies.c.key == key))
        return str(rows[0][0]) if rows else None

    def keep(self, key: str, text: str) -> None:
        """Keep a whole reply; those of long ago go."""
        oldest = (self._today() - timedelta(days=_KEPT_DAYS)).isoformat()
        said = {"text": storable(text), "day": self._day()}
        with _told(), self._database.writing(_REPLIES) as connection:
            connection.execute(delete(replies).where(replies.c.day < oldest))
            connection.execute(
                inserting(connection.dialect.name, replies)
                .values(key=key, **said)
                .on_conflict_do_update(index_elements=[replies.c.key], set_=said)
            )

    def _day(self) -> str:
        return self._today().isoformat()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StoreUnusable as error:
        raise LedgerError(error.told_of("the record of the language model's use")) from error


def key_of(*parts: str) -> str:
    """Return the hash that a reply is kept under."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
