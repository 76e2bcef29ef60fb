"""Conversations in SQLite, by owner; another owner's thread does not exist for you."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ThreadError
from assistant.history.database import Keeping, utc_now
from assistant.history.records import Circumstances, insert, moment, remembered, stamp
from assistant.history.texts import folded, storable, titled
from assistant.query import Turn
from assistant.types import Answer

LONGEST_NAME = 500
"""Code points of the id of a thread or an owner."""
_LONGEST_SEARCH = 1_000
_UNKNOWN = Circumstances()
_MINE = "WHERE owner = ? AND thread = ?"


class Past(NamedTuple):
    """What a question can lean on."""

    turns: tuple[Turn, ...]
    """The latest turns, in order."""
    seen: int
    """Position of the last one; 0 without any."""


NO_PAST = Past((), 0)
"""Of a question outside of a conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as a list of conversations shows it."""

    thread: str
    title: str
    """The first question, shortened, until it is renamed."""
    started: datetime | None
    """UTC; None where it was not recorded."""
    changed: datetime | None
    """When the latest question was asked, UTC; None where it was not recorded."""
    turns: int
    """How many questions it has."""


@dataclass(frozen=True, slots=True)
class Message:
    """A question of a conversation and its answer."""

    position: int
    """Counted from 1."""
    question: str
    answer: Answer | None
    """None where what is stored is no answer of this version."""
    asked: datetime | None
    """UTC; None where it was not recorded."""


class Threads:
    """The store of all conversations of a home folder."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._kept = Keeping(path)
        self._now = now

    def turns(self, owner: str, thread: str) -> tuple[Turn, ...]:
        """Return the latest turns of a thread in order; none for a thread that is not yours."""
        return self.past(owner, thread).turns

    def past(self, owner: str, thread: str, before: int | None = None) -> Past:
        """Return what a question can lean on; nothing for a thread that is not yours.

        With a position, what a question can lean on that takes the place of the turn there.
        """
        last = self._last(owner, thread)
        if before is not None:
            last = min(last, max(before - 1, 0))
        return Past(remembered(self._kept, owner, thread, last) if last else (), last)

    def answers(self, owner: str, thread: str, seen: int, most: int) -> tuple[str, ...]:
        """Return what was answered to the latest turns up to a position, in order; empty texts for
        what is stored and is no answer of this version.
        """
        rows = self._kept.rows(
            "SELECT answers.answer FROM turns LEFT JOIN answers ON id = answer_id "
            "AND answers.owner = turns.owner WHERE turns.owner = ? AND turns.thread = ? "
            "AND position <= ? ORDER BY position DESC LIMIT ?",
            (owner, thread, seen, most),
        )
        found = (_answer(stored) if stored else None for (stored,) in reversed(rows))
        return tuple(one.text if one else "" for one in found)

    def add(
        self,
        owner: str,
        thread: str,
        turn: Turn,
        answer: Answer,
        circumstances: Circumstances = _UNKNOWN,
        seen: int | None = None,
        replacing: int | None = None,
    ) -> None:
        """Append a turn with the record of its answer.

        `seen` is the position of the latest turn that the answer could lean on, the last one by
        default; with `replacing`, the turns from that position on are dropped for this one, both
        or neither. Raises ThreadError for a name that is too long, and where nothing can be
        written.
        """
        _check_name(thread)
        _check_name(owner)
        at = stamp(circumstances.asked or self._now())
        question = storable(turn.question)
        dropping = replacing is not None and replacing <= self._last(owner, thread)
        with self._kept.deleting() if dropping else self._kept.writing() as connection:
            if replacing is not None:
                _rewind(connection, owner, thread, replacing)
            last = connection.execute(
                f"SELECT coalesce(max(position), 0) FROM turns {_MINE}", (owner, thread)
            ).fetchone()[0]
            connection.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, '', ?, ?)",
                (owner, thread, last + 1, question, storable(turn.standalone), turn.document,
                 turn.type.value, answer.id),
            )  # fmt: skip
            insert(connection, owner, thread, answer, circumstances, last if seen is None else seen)
            connection.execute(
                "INSERT INTO threads VALUES (?1, ?2, ?3, 0, ?4, ?4, ?4) "
                "ON CONFLICT (owner, thread) DO UPDATE SET changed = ?4, "
                "title = CASE WHEN title = '' THEN ?3 ELSE title END",
                (owner, thread, titled(question), at),
            )

    def conversations(self, owner: str, search: str = "") -> tuple[Conversation, ...]:
        """Return an owner's conversations, the latest first.

        With a search, those that have its words, as they stand, in title, question or answer;
        upper and lower case are alike in all alphabets.
        """
        words = folded(storable(search[:_LONGEST_SEARCH]))
        found = self._listed(
            "WHERE owner = ? AND turns > 0 ORDER BY changed DESC, thread", (owner,)
        )
        if not words.strip():
            return found
        saying = self._saying(owner, words)
        return tuple(one for one in found if one.thread in saying or words in folded(one.title))

    def conversation(self, owner: str, thread: str) -> Conversation | None:
        """Return one conversation as the list shows it; None where it is not yours."""
        return next(iter(self._listed(_MINE, (owner, thread))), None)

    def messages(self, owner: str, thread: str, last: int | None = None) -> tuple[Message, ...]:
        """Return all of a conversation in order, or the last of it; nothing of another's."""
        rows = self._kept.rows(
            "SELECT position, question, coalesce(answers.answer, turns.answer), asked FROM turns "
            "LEFT JOIN answers ON id = answer_id AND answers.owner = turns.owner "
            "WHERE turns.owner = ? AND turns.thread = ? ORDER BY position DESC LIMIT ?",
            (owner, thread, -1 if last is None else last),
        )
        return tuple(
            Message(position, question, _answer(stored), moment(asked))
            for position, question, stored, asked in reversed(rows)
        )

    def rename(self, owner: str, thread: str, title: str) -> bool:
        """Give a conversation a title; tell whether there is such a conversation.

        Raises ThreadError for a title without a visible character.
        """
        wanted = titled(title)
        if not wanted:
            raise ThreadError("the title has no visible character. Give it a word or more")
        if not self._exists(owner, thread):
            return False
        with self._kept.deleting() as connection:
            return _changed(
                connection,
                f"UPDATE threads SET title = ?, named = 1 {_MINE}",
                (wanted, owner, thread),
            )

    def delete(self, owner: str, thread: str) -> bool:
        """Delete a conversation with its records and feedback; tell whether there was one."""
        if not self._exists(owner, thread):
            return False
        with self._kept.deleting() as connection:
            _drop_answers(connection, _MINE, (owner, thread))
            _changed(connection, f"DELETE FROM turns {_MINE}", (owner, thread))
            return _changed(connection, f"DELETE FROM threads {_MINE}", (owner, thread))

    def forget(self, owner: str) -> int:
        """Delete all that is kept of an owner; return how many answers there were."""
        if not self._kept.rows(
            "SELECT 1 FROM answers WHERE owner = ?1 UNION SELECT 1 FROM threads WHERE owner = ?1 "
            "UNION SELECT 1 FROM profiles WHERE owner = ?1",
            (owner,),
        ):
            return 0
        with self._kept.deleting() as connection:
            dropped = _drop_answers(connection, "WHERE owner = ?", (owner,))
            for table in ("turns", "threads", "feedback", "profiles"):
                connection.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))
        return dropped

    def expire(self, before: datetime) -> int:
        """Delete conversations unchanged since a time, and records of before it outside of them.

        Where the time of a change was not recorded, the time from which on it is noted counts.
        Returns how many answers were deleted.
        """
        old = "SELECT owner, thread FROM threads WHERE coalesce(changed, noted) < ?"
        alone = "SELECT id FROM answers WHERE thread = '' AND asked < ?"
        at = (stamp(before),)
        if not (self._kept.rows(old, at) or self._kept.rows(alone, at)):
            return 0
        with self._kept.deleting() as connection:
            dropped = _drop_answers(connection, f"WHERE id IN ({alone})", at)
            dropped += _drop_answers(connection, f"WHERE (owner, thread) IN ({old})", at)
            connection.execute(f"DELETE FROM turns WHERE (owner, thread) IN ({old})", at)
            connection.execute("DELETE FROM threads WHERE coalesce(changed, noted) < ?", at)
        return dropped

    def _listed(self, which: str, values: tuple[object, ...]) -> tuple[Conversation, ...]:
        rows = self._kept.rows(
            "SELECT thread, title, started, changed, (SELECT count(*) FROM turns AS t WHERE "
            f"t.owner = threads.owner AND t.thread = threads.thread) AS turns FROM threads {which}",
            values,
        )
        return tuple(
            Conversation(thread, title, moment(started), moment(changed), turns)
            for thread, title, started, changed, turns in rows
        )

    def _exists(self, owner: str, thread: str) -> bool:
        return bool(self._kept.rows(f"SELECT 1 FROM threads {_MINE}", (owner, thread)))

    def _last(self, owner: str, thread: str) -> int:
        """Return the position of the latest turn, 0 for a thread that is not yours."""
        rows = self._kept.rows(f"SELECT max(position) FROM turns {_MINE}", (owner, thread))
        return int(rows[0][0] or 0) if rows else 0

    def _saying(self, owner: str, words: str) -> set[str]:
        """Return the threads whose questions or answers have the words."""
        pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._kept.rows(
            "SELECT DISTINCT thread FROM texts WHERE owner = ? AND text LIKE ? ESCAPE '\\'",
            (owner, f"%{pattern}%"),
        )
        return {thread for (thread,) in rows}


def _check_name(name: str) -> None:
    if len(name) > LONGEST_NAME or name != storable(name):
        raise ThreadError(
            f"the name of the conversation or its owner has {len(name):,} characters or broken "
            f"ones; at most {LONGEST_NAME} are kept. Give another one"
        )


def _answer(stored: str) -> Answer | None:
    try:
        return Answer.from_json(json.loads(stored))
    except ValueError:
        return None


def _changed(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> bool:
    return connection.execute(statement, values).rowcount > 0


def _rewind(connection: sqlite3.Connection, owner: str, thread: str, position: int) -> int:
    """Drop the turns from a position on, their records too; return how many there were."""
    later, values = f"{_MINE} AND position >= ?", (owner, thread, position)
    _drop_answers(connection, f"WHERE id IN (SELECT answer_id FROM turns {later})", values)
    dropped = connection.execute(f"DELETE FROM turns {later}", values).rowcount
    # A title that was the first question goes with it; the next one gives the title.
    _changed(
        connection,
        f"UPDATE threads SET title = '' {_MINE} AND NOT named "
        "AND NOT EXISTS (SELECT 1 FROM turns AS t "
        "WHERE t.owner = threads.owner AND t.thread = threads.thread)",
        (owner, thread),
    )
    return int(dropped)


def _drop_answers(connection: sqlite3.Connection, which: str, values: tuple[object, ...]) -> int:
    """Delete answers with what is kept of them elsewhere; return how many."""
    chosen = f"(SELECT id FROM answers {which})"
    for table in ("texts", "feedback"):
        connection.execute(f"DELETE FROM {table} WHERE answer IN {chosen}", values)
    return connection.execute(f"DELETE FROM answers {which}", values).rowcount
