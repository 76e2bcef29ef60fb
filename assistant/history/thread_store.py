"""The conversations of a home, by owner; another owner's thread does not exist for you."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from assistant.errors import ThreadError
from assistant.history.conversations import Conversation, Message, Past
from assistant.history.database import utc_now
from assistant.history.history_tables import (
    OnTables,
    answers,
    feedback,
    profiles,
    texts,
    threads,
    turns,
)
from assistant.history.record_store import record, remembered
from assistant.history.records import Circumstances, moment, stamp
from assistant.history.texts import folded, storable, titled
from assistant.query import Turn
from assistant.types import Answer
from index.home.database import inserting
from index.home.database_server import Place

LONGEST_NAME = 500
"""Code points of the id of a thread or an owner."""
_LONGEST_SEARCH = 1_000
_UNKNOWN = Circumstances()
_ITS_TURNS = (
    select(func.count())
    .select_from(turns)
    .where(turns.c.owner == threads.c.owner, turns.c.thread == threads.c.thread)
    .scalar_subquery()
)
_ADD_TURN = insert(turns)
_LAST = select(func.max(turns.c.position)).where(
    turns.c.owner == bindparam("owner"), turns.c.thread == bindparam("thread")
)
_ITS_ANSWER = and_(answers.c.id == turns.c.answer_id, answers.c.owner == turns.c.owner)


class Threads(OnTables):
    """The store of all conversations of a home; every method raises ThreadError."""

    def __init__(self, place: Place, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(place)
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
            select(answers.c.answer)
            .select_from(turns.outerjoin(answers, _ITS_ANSWER))
            .where(_of(turns, owner, thread), turns.c.position <= seen)
            .order_by(turns.c.position.desc())
            .limit(most)
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
        dropping = replacing is not None and replacing <= self._last(owner, thread)
        with self._kept.deleting(owner) if dropping else self._kept.writing(owner) as connection:
            if replacing is not None:
                _rewind(connection, owner, thread, replacing)
            last = connection.scalar(_LAST, {"owner": owner, "thread": thread}) or 0
            _append(connection, owner, thread, last + 1, turn, answer.id)
            record(connection, owner, thread, answer, circumstances, last if seen is None else seen)
            _note_change(connection, owner, thread, titled(storable(turn.question)), at)

    def conversations(self, owner: str, search: str = "") -> tuple[Conversation, ...]:
        """Return an owner's conversations, the latest first.

        With a search, those that have its words, as they stand, in title, question or answer;
        upper and lower case are alike in all alphabets.
        """
        words = folded(storable(search[:_LONGEST_SEARCH]))
        found = self._listed(
            _SHOWN.where(threads.c.owner == owner, _ITS_TURNS > 0).order_by(
                threads.c.changed.desc().nulls_last(), threads.c.thread
            )
        )
        if not words.strip():
            return found
        saying = self._saying(owner, words)
        return tuple(one for one in found if one.thread in saying or words in folded(one.title))

    def conversation(self, owner: str, thread: str) -> Conversation | None:
        """Return one conversation as the list shows it; None where it is not yours."""
        return next(iter(self._listed(_SHOWN.where(_of(threads, owner, thread)))), None)

    def messages(self, owner: str, thread: str, last: int | None = None) -> tuple[Message, ...]:
        """Return all of a conversation in order, or the last of it; nothing of another's."""
        wanted = (
            select(
                turns.c.position, turns.c.question,
                func.coalesce(answers.c.answer, turns.c.answer), answers.c.asked,
            )
            .select_from(turns.outerjoin(answers, _ITS_ANSWER))
            .where(_of(turns, owner, thread))
            .order_by(turns.c.position.desc())
        )  # fmt: skip
        rows = self._kept.rows(wanted if last is None else wanted.limit(last))
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
        with self._kept.deleting(owner) as connection:
            named = update(threads).where(_of(threads, owner, thread))
            return connection.execute(named.values(title=wanted, named=1)).rowcount > 0

    def delete(self, owner: str, thread: str) -> bool:
        """Delete a conversation with its records and feedback; tell whether there was one."""
        if not self._exists(owner, thread):
            return False
        with self._kept.deleting(owner) as connection:
            _drop_answers(connection, _of(answers, owner, thread))
            connection.execute(delete(turns).where(_of(turns, owner, thread)))
            gone = connection.execute(delete(threads).where(_of(threads, owner, thread)))
            return gone.rowcount > 0

    def forget(self, owner: str) -> int:
        """Delete all that is kept of an owner; return how many answers there were."""
        theirs = (select(literal(1)).where(one.c.owner == owner).limit(1) for one in _KNOWN_BY)
        if not any(map(self._kept.rows, theirs)):
            return 0
        with self._kept.deleting(owner) as connection:
            dropped = _drop_answers(connection, answers.c.owner == owner)
            for table in (turns, threads, feedback, profiles):
                connection.execute(delete(table).where(table.c.owner == owner))
        return dropped

    def expire(self, before: datetime) -> int:
        """Delete conversations unchanged since a time, and records of before it outside of them.

        Where the time of a change was not recorded, the time from which on it is noted counts.
        Returns how many answers were deleted.
        """
        at = stamp(before)
        old = func.coalesce(threads.c.changed, threads.c.noted) < at
        alone = and_(answers.c.thread == "", answers.c.asked < at)
        if not any(map(self._kept.rows, (_one_of(threads, old), _one_of(answers, alone)))):
            return 0
        with self._kept.deleting() as connection:
            dropped = _drop_answers(connection, alone)
            dropped += _drop_answers(connection, _in_threads(answers, old))
            connection.execute(delete(turns).where(_in_threads(turns, old)))
            connection.execute(delete(threads).where(old))
        return dropped

    def _listed(self, which: Select[*tuple[Any, ...]]) -> tuple[Conversation, ...]:
        return tuple(
            Conversation(thread, title, moment(started), moment(changed), count)
            for thread, title, started, changed, count in self._kept.rows(which)
        )

    def _exists(self, owner: str, thread: str) -> bool:
        return bool(self._kept.rows(_one_of(threads, _of(threads, owner, thread))))

    def _last(self, owner: str, thread: str) -> int:
        """Return the position of the latest turn, 0 for a thread that is not yours."""
        rows = self._kept.rows(_LAST, owner=owner, thread=thread)
        return int(rows[0][0] or 0) if rows else 0

    def _saying(self, owner: str, words: str) -> set[str]:
        """Return the threads whose questions or answers have the words."""
        rows = self._kept.rows(
            select(texts.c.thread)
            .distinct()
            .where(texts.c.owner == owner, texts.c.text.contains(words, autoescape=True))
        )
        return {thread for (thread,) in rows}


_SHOWN = select(threads.c.thread, threads.c.title, threads.c.started, threads.c.changed, _ITS_TURNS)
"""What a list of conversations shows of each."""
_KNOWN_BY: Sequence[Table] = (answers, threads, profiles)
"""Where an owner stands of whom anything is kept."""


def _of(table: Table, owner: str, thread: str) -> ColumnElement[bool]:
    return and_(table.c.owner == owner, table.c.thread == thread)


def _one_of(table: Table, which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(literal(1)).select_from(table).where(which).limit(1)


def _in_threads(table: Table, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return what picks the rows of conversations that are picked."""
    chosen = select(threads.c.owner, threads.c.thread).where(which)
    return tuple_(table.c.owner, table.c.thread).in_(chosen)


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


def _append(
    connection: Connection, owner: str, thread: str, position: int, turn: Turn, answer: str
) -> None:
    connection.execute(_ADD_TURN, {
        "owner": owner, "thread": thread, "position": position,
        "question": storable(turn.question), "standalone": storable(turn.standalone),
        "document": turn.document, "answer": "", "type": turn.type.value, "answer_id": answer,
    })  # fmt: skip


def _note_change(connection: Connection, owner: str, thread: str, title: str, at: str) -> None:
    """Note when a conversation was gone on with; one without a title gets this one."""
    connection.execute(_noting_change(connection.dialect.name), {
        "owner": owner, "thread": thread, "title": title, "named": 0, "started": at,
        "changed": at, "noted": at,
    })  # fmt: skip


@cache
def _noting_change(engine: str) -> Insert:
    adding = inserting(engine, threads)
    title = case((threads.c.title == "", adding.excluded.title), else_=threads.c.title)
    return adding.on_conflict_do_update(
        index_elements=[threads.c.owner, threads.c.thread],
        set_={"changed": adding.excluded.changed, "title": title},
    )


def _rewind(connection: Connection, owner: str, thread: str, position: int) -> None:
    """Drop the turns from a position on, their records too."""
    later = and_(_of(turns, owner, thread), turns.c.position >= position)
    _drop_answers(connection, answers.c.id.in_(select(turns.c.answer_id).where(later)))
    connection.execute(delete(turns).where(later))
    # A title that was the first question goes with it; the next one gives the title.
    rest = exists().where(turns.c.owner == threads.c.owner, turns.c.thread == threads.c.thread)
    connection.execute(
        update(threads)
        .where(_of(threads, owner, thread), threads.c.named == 0, ~rest)
        .values(title="")
    )


def _drop_answers(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete answers with what is kept of them elsewhere; return how many."""
    chosen = select(answers.c.id).where(which)
    for table in (texts, feedback):
        connection.execute(delete(table).where(table.c.answer.in_(chosen)))
    return connection.execute(delete(answers).where(which)).rowcount
