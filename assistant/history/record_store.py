"""The recorded answers of a home, as they were given; another owner's does not exist for you."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, func, insert, select

from assistant.errors import UnknownAnswer
from assistant.history.history_tables import Keeping, OnTables, answers, texts, turns
from assistant.history.records import AnswerRecord, Circumstances, Quoted, stamp
from assistant.history.texts import folded, storable
from assistant.query import QuestionType, Turn
from assistant.types import Answer

REMEMBERED = 50
"""Turns of a thread that a question can lean on; older ones stay stored."""
_ID_SHOWN = 64


class Records(OnTables):
    """The recorded answers of a home; every method raises ThreadError."""

    def add(self, owner: str, answer: Answer, circumstances: Circumstances) -> None:
        """Record an answer that was given outside of a conversation."""
        with self._kept.writing(owner) as connection:
            record(connection, owner, "", answer, circumstances)

    def get(self, answer: str, owner: str | None = None) -> AnswerRecord:
        """Return a record, of any owner where none is given; raise UnknownAnswer."""
        wanted = select(
            answers.c.owner, answers.c.thread, answers.c.seen, answers.c.given, answers.c.answer
        ).where(answers.c.id == answer)
        rows = self._kept.rows(wanted if owner is None else wanted.where(answers.c.owner == owner))
        if not rows:
            shown = storable(answer[:_ID_SHOWN]) + ("…" if len(answer) > _ID_SHOWN else "")
            raise UnknownAnswer(
                f"{shown}: no recorded answer of yours has this id. `residency conversations "
                "show` names those of a conversation"
            )
        mine, thread, seen, given, stored = rows[0]
        return AnswerRecord(
            mine,
            thread,
            remembered(self._kept, mine, thread, seen) if thread else (),
            Circumstances.from_json(json.loads(given)),
            Answer.from_json(json.loads(stored)),
        )

    def has(self, answer: str) -> bool:
        """Tell whether an answer is recorded, of whichever owner."""
        return bool(self._kept.rows(select(answers.c.id).where(answers.c.id == answer)))

    def count(self) -> int:
        """Return how many answers are recorded, of all owners."""
        rows = self._kept.rows(select(func.count()).select_from(answers))
        return int(rows[0][0]) if rows else 0

    def quoting(self, document: str) -> tuple[Quoted, ...]:
        """Return what all answers quote of a document, of every owner, in order of time."""
        # Engines read JSON in ways of their own, and one refuses some of it: they only tell which
        # answers have the name in them at all.
        rows = self._kept.rows(
            select(answers.c.id, answers.c.answer)
            .where(answers.c.answer.contains(json.dumps(document), autoescape=True))
            .order_by(answers.c.asked.asc().nulls_first(), answers.c.id)
        )
        return tuple(one for id_, stored in rows for one in _quoted(id_, stored, document))


def _quoted(id_: str, stored: str, document: str) -> Iterator[Quoted]:
    for one in json.loads(stored).get("citations", ()):
        if one["document"] == document:
            yield Quoted(id_, one["quote"], one["start"])


def record(
    connection: Connection,
    owner: str,
    thread: str,
    answer: Answer,
    circumstances: Circumstances,
    seen: int = 0,
) -> None:
    """Write an answer within a transaction; `seen` is the latest turn that it could lean on."""
    connection.execute(_ADD_ANSWER, {
        "id": answer.id, "owner": owner, "thread": thread, "seen": seen,
        "asked": stamp(circumstances.asked) if circumstances.asked else None,
        "given": json.dumps(circumstances.to_json()), "answer": json.dumps(answer.to_json()),
    })  # fmt: skip
    said = folded(storable(f"{answer.question}\n{answer.text}"))
    connection.execute(
        _ADD_TEXT, {"answer": answer.id, "owner": owner, "thread": thread, "text": said}
    )


_ADD_ANSWER = insert(answers)
_ADD_TEXT = insert(texts)
_LATEST = (
    select(turns.c.question, turns.c.standalone, turns.c.document, turns.c.type)
    .where(
        turns.c.owner == bindparam("owner"), turns.c.thread == bindparam("thread"),
        turns.c.position <= bindparam("seen"),
    )
    .order_by(turns.c.position.desc())
    .limit(REMEMBERED)
)  # fmt: skip


def remembered(kept: Keeping, owner: str, thread: str, seen: int) -> tuple[Turn, ...]:
    """Return the turns of a thread that an answer could lean on, in order."""
    rows = kept.rows(_LATEST, owner=owner, thread=thread, seen=seen)
    return tuple(
        Turn(question, standalone, document, QuestionType(kind))
        for question, standalone, document, kind in reversed(rows)
    )
