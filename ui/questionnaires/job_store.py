"""Questionnaires of the web page in SQLite, by owner; another owner's does not exist for you."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.types import Profile, json_form
from index.home.sqlite import opened
from ui.errors import JobStoreError, UnknownJob
from ui.questionnaires.types import Case, Question, Reply, Selection, Understood, reply_of

_STEPS = (
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
        made TEXT NOT NULL, profile TEXT NOT NULL DEFAULT '',
        sheet TEXT, place INTEGER, header INTEGER, titles TEXT NOT NULL DEFAULT '[]'
    );
    CREATE INDEX jobs_of_owner ON jobs (owner, made);
    CREATE TABLE rows (
        job TEXT NOT NULL, position INTEGER NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL,
        turns TEXT NOT NULL, state TEXT NOT NULL, line TEXT NOT NULL DEFAULT '',
        correction TEXT NOT NULL DEFAULT '', PRIMARY KEY (job, position)
    ) WITHOUT ROWID
    """,
    # What `place`, `header` and `titles` told of one table, this tells of all, as JSON.
    "ALTER TABLE jobs ADD COLUMN tables TEXT NOT NULL DEFAULT ''",
)
"""Migrations; add to the end, change none."""
_STATE = "CASE WHEN correction <> '' THEN 'corrected' ELSE state END"


class RowState(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions are in each state."""

    waiting: int = 0
    answered: int = 0
    failed: int = 0
    corrected: int = 0

    @property
    def total(self) -> int:
        """All questions."""
        return self.waiting + self.answered + self.failed + self.corrected


@dataclass(frozen=True, slots=True)
class StoredJob:
    """One questionnaire as it is kept."""

    id: str
    owner: str
    name: str
    """Of the file, as the user calls it."""
    bytes: int
    made: str
    """When it came, in ISO form."""
    profile: Profile | None
    started: bool
    """Whether its questions were chosen."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class JobRow:
    """One question of a questionnaire."""

    position: int
    row: int
    """Of the file."""
    key: str
    """Of the case that asks it."""
    question: str
    state: RowState
    line: str
    """The line of answers, empty as long as it waits."""
    correction: str

    @property
    def reply(self) -> Reply:
        """What is written beside the question."""
        if not self.line:
            return Reply("", "", RowState.WAITING.value, (), "", self.correction)
        return reply_of(json.loads(self.line), self.correction)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that has no answer yet."""

    position: int
    case: Case


class JobStore:
    """The store of all questionnaires of a home folder. Every method raises JobStoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, job: StoredJob) -> None:
        """Keep a new questionnaire."""
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO jobs (id, owner, name, bytes, made) VALUES (?, ?, ?, ?, ?)",
                (job.id, job.owner, job.name, job.bytes, job.made),
            )

    def listed(self, owner: str) -> tuple[StoredJob, ...]:
        """Return the questionnaires of an owner, newest first."""
        return self._jobs("owner = ?", (owner,))

    def job(self, owner: str, job: str) -> StoredJob:
        """Return a questionnaire; raise UnknownJob where the owner has none of that id."""
        found = self._jobs("owner = ? AND id = ?", (owner, job))
        if not found:
            raise UnknownJob("There is no such questionnaire. Choose one of your list")
        return found[0]

    def choose(
        self,
        job: str,
        tables: Sequence[Selection],
        cases: Sequence[Case],
        profile: Profile | None,
    ) -> None:
        """Keep which rows are asked, in place of an earlier choice and its answers."""
        told = json.dumps(asdict(profile)) if profile else ""
        asked = [question for table in tables for question in table.questions]
        rows = [
            (job, position, question.row, case.id, json.dumps(case.turns), RowState.WAITING.value)
            for position, (question, case) in enumerate(zip(asked, cases, strict=True))
        ]
        kept = json_form(Understood).dump_json(Understood(tuple(tables))).decode()
        with self._connection() as connection:
            connection.execute(
                "UPDATE jobs SET profile = ?, sheet = ?, tables = ? WHERE id = ?",
                (told, tables[0].sheet, kept, job),
            )
            connection.execute("DELETE FROM rows WHERE job = ?", (job,))
            connection.executemany(
                "INSERT INTO rows (job, position, row, key, turns, state) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )

    def tables(self, job: str) -> tuple[Selection, ...]:
        """Return which rows of a started questionnaire are asked, table by table."""
        with self._connection() as connection:
            kept, sheet, place, header, titles = connection.execute(
                "SELECT tables, sheet, place, header, titles FROM jobs WHERE id = ?", (job,)
            ).fetchone()
        if kept:
            return json_form(Understood).validate_json(kept).tables
        # Chosen by a version that knew one table.
        asked = tuple(Question(one.row, one.question) for one in self.rows(job))
        return (Selection(sheet, place, header, asked, (), tuple(json.loads(titles))),)

    def waiting(self, job: str) -> tuple[Waiting, ...]:
        """Return the questions without an answer, in order."""
        with self._connection() as connection:
            found = connection.execute(
                "SELECT position, key, turns FROM rows WHERE job = ? AND state = ? "
                "ORDER BY position",
                (job, RowState.WAITING.value),
            ).fetchall()
        asked = [question for table in self.tables(job) for question in table.questions]
        return tuple(
            Waiting(n, Case(key, tuple(json.loads(turns)), asked[n].context, asked[n].allowed))
            for n, key, turns in found
        )

    def answered(self, job: str, position: int, line: dict[str, Any]) -> None:
        """Keep the line of answers for a question."""
        state = RowState.FAILED if "error" in line else RowState.ANSWERED
        with self._connection() as connection:
            connection.execute(
                "UPDATE rows SET line = ?, state = ? WHERE job = ? AND position = ?",
                (json.dumps(line, ensure_ascii=False), state.value, job, position),
            )

    def correct(self, job: str, position: int, text: str) -> None:
        """Keep what a person wrote in place of an answer; empty takes it back."""
        with self._connection() as connection:
            connection.execute(
                "UPDATE rows SET correction = ? WHERE job = ? AND position = ?",
                (text, job, position),
            )

    def rows(
        self, job: str, state: RowState | None = None, start: int = 0, most: int = -1
    ) -> tuple[JobRow, ...]:
        """Return the questions in order, of one state or all; `most` of them from `start`."""
        with self._connection() as connection:
            found = connection.execute(
                f"SELECT position, row, key, turns, {_STATE}, line, correction FROM rows "
                f"WHERE job = ? AND (? = '' OR {_STATE} = ?) ORDER BY position LIMIT ? OFFSET ?",
                (job, state or "", state or "", most, start),
            ).fetchall()
        return tuple(
            JobRow(position, row, key, json.loads(turns)[-1], RowState(kind), line, correction)
            for position, row, key, turns, kind, line, correction in found
        )

    def delete(self, job: str) -> None:
        """Forget a questionnaire with all of its rows."""
        with self._connection() as connection:
            connection.execute("DELETE FROM rows WHERE job = ?", (job,))
            connection.execute("DELETE FROM jobs WHERE id = ?", (job,))

    def _jobs(self, condition: str, values: tuple[str, ...]) -> tuple[StoredJob, ...]:
        with self._connection() as connection:
            found = connection.execute(
                "SELECT id, owner, name, bytes, made, profile, sheet IS NOT NULL FROM jobs "
                f"WHERE {condition} ORDER BY made DESC, id",
                values,
            ).fetchall()
            return tuple(
                StoredJob(id_, owner, name, size, made, _profile(told), bool(started),
                          _counts(connection, id_))
                for id_, owner, name, size, made, told, started in found
            )  # fmt: skip

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with opened(self._path, _STEPS) as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise JobStoreError(
                f"{self._path}: the questionnaires cannot be used ({error}). "
                "Move the file away to begin anew, or restore it"
            ) from error


def _counts(connection: sqlite3.Connection, job: str) -> Counts:
    found = connection.execute(
        f"SELECT {_STATE}, count(*) FROM rows WHERE job = ? GROUP BY 1", (job,)
    )
    return Counts(**dict(found.fetchall()))


def _profile(told: str) -> Profile | None:
    if not told:
        return None
    plain = json.loads(told)
    return Profile(
        plain["country"], tuple(plain["add_ons"]), plain["agreement"], tuple(plain["services"])
    )
