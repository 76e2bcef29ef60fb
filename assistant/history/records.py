"""Records of answers: what was asked, under which circumstances, and what was answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from assistant import wording
from assistant.errors import ThreadError, UnknownAnswer
from assistant.history.database import Keeping
from assistant.history.texts import folded, storable
from assistant.query import QuestionType, Turn
from assistant.types import Answer, Profile, RowAbout, json_form
from index.types import StoredDocument

REMEMBERED = 50
"""Turns of a thread that a question can lean on; older ones stay stored."""
_ID_SHOWN = 64


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document that an answer cites, as it was then."""

    id: str
    title: str
    date: dt.date | None
    sha256: str
    """Hash of its file."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an answer depends on beside the question and the documents."""

    version: str
    """Of the product."""
    index: str
    """Id of the index build, a hash of all that it was made of."""
    embedding_model: str
    model: str
    """Language model, empty without one."""
    prompts: str
    """Hash of the language model's prompts, empty without one."""
    reranker: str = ""
    """What judged passages anew, empty without one."""

    @property
    def digest(self) -> str:
        """Return a hash that is the same for equal configurations."""
        plain = asdict(self)
        if not self.reranker:
            # As it was before there could be one.
            del plain["reranker"]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and how a question was asked; nothing is known of answers of before records."""

    asked: dt.datetime | None = None
    """UTC."""
    today: dt.date | None = None
    """The day that the age of documents was told by."""
    profile: Profile | None = None
    clarify: bool = True
    """Whether somebody was there to be asked back."""
    documents: tuple[RecordedDocument, ...] = ()
    """Those that the answer cites."""
    configuration: Configuration | None = None
    about: RowAbout | None = None
    """What stood beside the question, where it was a row of a questionnaire."""

    def to_json(self) -> dict[str, Any]:
        """Return the circumstances as plain JSON values."""
        plain: dict[str, Any] = json_form(Circumstances).dump_python(self, mode="json")
        if self.about is None:
            # Of other questions than rows nothing is written that was not before there were rows.
            del plain["about"]
        if self.profile is not None:
            plain["profile"] = self.profile.to_json()
        # With the offset and all digits, as the column beside it has it.
        return {**plain, "asked": stamp(self.asked) if self.asked else None}

    @classmethod
    def from_json(cls, plain: object) -> Circumstances:
        """Return the circumstances that `to_json` made this of; of nothing, unknown ones.

        Raises ValueError for what are none.
        """
        return json_form(Circumstances).validate_python(plain)


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer with all that is needed to ask for it again: its receipt."""

    owner: str
    thread: str
    """The conversation that it belongs to, empty outside of one."""
    turns: tuple[Turn, ...]
    """The earlier questions that it could lean on."""
    circumstances: Circumstances
    answer: Answer

    @property
    def id(self) -> str:
        """Return the id of the answer."""
        return self.answer.id

    @property
    def question(self) -> str:
        """Return the question as it was understood: without what steers a screen."""
        return self.answer.question

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain JSON values."""
        return {
            "id": self.id,
            "owner": self.owner,
            "thread": self.thread,
            "question": self.question,
            "turns": [asdict(turn) for turn in self.turns],
            **self.circumstances.to_json(),
            "answer": self.answer.to_json(),
        }


class Quoted(NamedTuple):
    """A passage that an answer quotes of some document."""

    answer: str
    """Id of the answer."""
    quote: str
    start: int
    """Where it stood."""


class Records:
    """The recorded answers of a home folder."""

    def __init__(self, path: Path) -> None:
        self._kept = Keeping(path)

    def add(self, owner: str, answer: Answer, circumstances: Circumstances) -> None:
        """Record an answer that was given outside of a conversation."""
        with self._kept.writing() as connection:
            insert(connection, owner, "", answer, circumstances)

    def get(self, answer: str, owner: str | None = None) -> AnswerRecord:
        """Return a record, of any owner where none is given; raise UnknownAnswer."""
        rows = self._kept.rows(
            "SELECT owner, thread, seen, given, answer FROM answers "
            "WHERE id = ?1 AND (?2 IS NULL OR owner = ?2)",
            (answer, owner),
        )
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

    def quoting(self, document: str) -> tuple[Quoted, ...]:
        """Return what all answers quote of a document, of every owner."""
        rows = self._kept.rows(
            "SELECT answers.id, json_extract(one.value, '$.quote'), "
            "json_extract(one.value, '$.start') "
            "FROM answers, json_each(answers.answer, '$.citations') AS one "
            "WHERE json_extract(one.value, '$.document') = ? ORDER BY answers.rowid",
            (document,),
        )
        return tuple(Quoted(*row) for row in rows)


def insert(
    connection: sqlite3.Connection,
    owner: str,
    thread: str,
    answer: Answer,
    circumstances: Circumstances,
    seen: int = 0,
) -> None:
    """Write an answer within a transaction; `seen` is the latest turn that it could lean on."""
    connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
        (answer.id, owner, thread, seen,
         stamp(circumstances.asked) if circumstances.asked else None,
         json.dumps(circumstances.to_json()), json.dumps(answer.to_json())),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?, ?)",
        (answer.id, owner, thread, folded(storable(f"{answer.question}\n{answer.text}"))),
    )


def remembered(kept: Keeping, owner: str, thread: str, seen: int) -> tuple[Turn, ...]:
    """Return the turns of a thread that an answer could lean on, in order."""
    rows = kept.rows(
        "SELECT question, standalone, document, type FROM turns "
        "WHERE owner = ? AND thread = ? AND position <= ? ORDER BY position DESC LIMIT ?",
        (owner, thread, seen, REMEMBERED),
    )
    return tuple(
        Turn(question, standalone, document, QuestionType(kind))
        for question, standalone, document, kind in reversed(rows)
    )


def cited_documents(
    answer: Answer, documents: Mapping[str, StoredDocument]
) -> tuple[RecordedDocument, ...]:
    """Return the documents that an answer cites, each once, as the index has them."""
    names: Iterable[str] = dict.fromkeys(citation.document for citation in answer.citations)
    return tuple(
        RecordedDocument(one.id, one.about.title, one.about.date, one.sha256)
        for one in (documents[name] for name in names)
    )


def unrecorded(answer: Answer, error: ThreadError) -> Answer:
    """Return an answer that says that it could not be recorded: better than none at all."""
    notice = wording.NOT_RECORDED.format(error=error)
    return replace(answer, text=f"{answer.text}\n\n{notice}", caveats=(*answer.caveats, notice))


@cache
def product_version() -> str:
    """Return the version of the product, empty where it runs without being installed."""
    try:
        return version("residency-assistant")
    except PackageNotFoundError:
        return ""


def stamp(time: dt.datetime) -> str:
    """Return a time as it is stored, so that text order is the order of time."""
    return time.isoformat(timespec="microseconds")


def moment(stored: str | None) -> dt.datetime | None:
    """Return a stored time; None where it is not known."""
    return dt.datetime.fromisoformat(stored) if stored else None
