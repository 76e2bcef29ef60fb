"""Questionnaires of the web page in SQLite, by owner; another owner's does not exist for you."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.types import Profile, json_form
from index.home.sqlite import opened
from ui.errors import JobStoreError, UnknownJob
from ui.questionnaires.job_types import (
    EVERY_ROW,
    Counts,
    JobRow,
    RowFilter,
    RowState,
    StoredJob,
    Waiting,
)
from ui.questionnaires.types import Case, Question, Selection, Understood

STORE = "jobs.sqlite"
"""Name of the file."""
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
    # What people add to a row, and what it is filtered by.
    """
    ALTER TABLE rows ADD COLUMN triage TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN assigned TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN comment TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN approved TEXT NOT NULL DEFAULT '';
    UPDATE rows SET triage = coalesce(json_extract(line, '$.triage'), '') WHERE line <> '';
    CREATE INDEX rows_of_person ON rows (assigned, job)
    """,
    # Whether a person let an answer stand: a review goes on behind what was decided.
    "ALTER TABLE rows ADD COLUMN accepted TEXT NOT NULL DEFAULT ''",
    # Whose approved answers are given beside those for all.
    "ALTER TABLE jobs ADD COLUMN customer TEXT NOT NULL DEFAULT ''",
)
"""Migrations; add to the end, change none."""
_OWNER = "web:"
"""Before the name of a user of the page, in the names of owners."""
_SHARED = "id IN (SELECT job FROM rows WHERE assigned <> '' AND assigned = ?)"
_WANTED = (
    "job = :job AND (:state = '' OR {state} = :state) AND (:triage = '' OR triage = :triage) "
    "AND (:assigned = '' OR assigned = :assigned) AND (NOT :unapproved OR approved = '')"
)
_STATE = "CASE WHEN correction <> '' THEN 'corrected' ELSE state END"


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

    def shared(self, owner: str) -> tuple[StoredJob, ...]:
        """Return those of others in which rows are assigned to an owner, newest first."""
        return self._jobs(f"owner <> ? AND {_SHARED}", (owner, _person(owner)))

    def visible(self, owner: str, job: str) -> StoredJob:
        """Return one of the owner's own or with rows assigned to them; raise UnknownJob."""
        found = self._jobs(f"id = ? AND (owner = ? OR {_SHARED})", (job, owner, _person(owner)))
        if not found:
            raise UnknownJob("There is no such questionnaire. Choose one of your list")
        return found[0]

    def draft(self, job: str, understood: Understood) -> None:
        """Keep how a file is understood, as its user has corrected it, before it is answered."""
        kept = json_form(Understood).dump_json(understood).decode()
        with self._connection() as connection:
            connection.execute("UPDATE jobs SET tables = ? WHERE id = ?", (kept, job))

    def understood(self, job: str) -> Understood | None:
        """Return how a file is understood, None where nobody has said anything of it."""
        with self._connection() as connection:
            (kept,) = connection.execute("SELECT tables FROM jobs WHERE id = ?", (job,)).fetchone()
        return json_form(Understood).validate_json(kept) if kept else None

    def choose(
        self,
        job: str,
        tables: Sequence[Selection],
        cases: Sequence[Case],
        profile: Profile | None,
        customer: str = "",
    ) -> None:
        """Keep which rows are asked, in place of an earlier choice and its answers."""
        told = json.dumps(profile.to_json()) if profile else ""
        asked = [question for table in tables for question in table.questions]
        rows = [
            (job, position, question.row, case.id, json.dumps(case.turns), RowState.WAITING.value)
            for position, (question, case) in enumerate(zip(asked, cases, strict=True))
        ]
        kept = json_form(Understood).dump_json(Understood(tuple(tables))).decode()
        with self._connection() as connection:
            connection.execute(
                "UPDATE jobs SET profile = ?, sheet = ?, tables = ?, customer = ? WHERE id = ?",
                (told, tables[0].sheet, kept, customer, job),
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
        told = json.dumps(line, ensure_ascii=False)
        self._set(job, position, line=told, state=state.value, triage=str(line.get("triage", "")))

    def correct(self, job: str, position: int, text: str) -> None:
        """Keep what a person wrote in place of an answer; empty takes it back.

        What was approved before is not what stands there now.
        """
        self._set(job, position, correction=text, approved="")

    def accept(self, job: str, position: int) -> None:
        """Keep that a person let an answer stand."""
        self._set(job, position, accepted="yes")

    def assign(self, job: str, position: int, person: str) -> None:
        """Keep who looks after a row; empty for nobody."""
        self._set(job, position, assigned=person)

    def comment(self, job: str, position: int, text: str) -> None:
        """Keep what is said about a row, in place of what was."""
        self._set(job, position, comment=text)

    def approve(self, job: str, position: int, approved: str) -> None:
        """Keep who approved a row, and when."""
        self._set(job, position, approved=approved)

    def quoting(self, document: str) -> tuple[tuple[str, str, int], ...]:
        """Return what the rows of all owners quote of a document: the row as "job:position", the
        words, and where they stood.
        """
        if not self._path.exists():
            return ()
        with self._connection() as connection:
            found = connection.execute(
                "SELECT job || ':' || position, json_extract(one.value, '$.quote'), "
                "json_extract(one.value, '$.start') FROM rows, "
                "json_each(CASE line WHEN '' THEN '{}' ELSE line END, '$.citations') AS one "
                "WHERE json_extract(one.value, '$.document') = ? ORDER BY job, position",
                (document,),
            ).fetchall()
        return tuple((ref, quote, start) for ref, quote, start in found)

    def people(self, job: str) -> tuple[str, ...]:
        """Return to whom rows are assigned, by name."""
        with self._connection() as connection:
            found = connection.execute(
                "SELECT DISTINCT assigned FROM rows WHERE job = ? AND assigned <> '' ORDER BY 1",
                (job,),
            ).fetchall()
        return tuple(name for (name,) in found)

    def count(self, job: str, wanted: RowFilter = EVERY_ROW) -> int:
        """Return how many rows are wanted."""
        with self._connection() as connection:
            (found,) = connection.execute(
                f"SELECT count(*) FROM rows WHERE {_WANTED.format(state=_STATE)}",
                {"job": job, **asdict(wanted)},
            ).fetchone()
        return int(found)

    def rows(
        self, job: str, wanted: RowFilter = EVERY_ROW, start: int = 0, most: int = -1
    ) -> tuple[JobRow, ...]:
        """Return the rows that are wanted in order; `most` of them from `start`."""
        with self._connection() as connection:
            found = connection.execute(
                f"SELECT position, row, key, turns, {_STATE}, line, correction, assigned, comment, "
                f"approved, accepted FROM rows WHERE {_WANTED.format(state=_STATE)} "
                "ORDER BY position LIMIT :most OFFSET :start",
                {"job": job, "most": most, "start": start, **asdict(wanted)},
            ).fetchall()
        return tuple(_row(*one) for one in found)

    def delete(self, job: str) -> None:
        """Forget a questionnaire with all of its rows."""
        with self._connection() as connection:
            connection.execute("DELETE FROM rows WHERE job = ?", (job,))
            connection.execute("DELETE FROM jobs WHERE id = ?", (job,))

    def _jobs(self, condition: str, values: tuple[str, ...]) -> tuple[StoredJob, ...]:
        with self._connection() as connection:
            found = connection.execute(
                "SELECT id, owner, name, bytes, made, profile, sheet IS NOT NULL, customer "
                f"FROM jobs WHERE {condition} ORDER BY made DESC, id",
                values,
            ).fetchall()
            return tuple(
                StoredJob(id_, owner, name, size, made, _profile(told), bool(started),
                          _counts(connection, id_), customer)
                for id_, owner, name, size, made, told, started, customer in found
            )  # fmt: skip

    def _set(self, job: str, position: int, **values: str) -> None:
        """Change columns of a row; their names are this module's own."""
        told = ", ".join(f"{name} = :{name}" for name in values)
        with self._connection() as connection:
            connection.execute(
                f"UPDATE rows SET {told} WHERE job = :job AND position = :position",
                {"job": job, "position": position, **values},
            )

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


def _person(owner: str) -> str:
    """Return the name that rows are assigned to an owner by; empty for one who has none."""
    return owner.removeprefix(_OWNER) if owner.startswith(_OWNER) else ""


def _row(
    position: int, row: int, key: str, told: str, state: str, line: str, correction: str,
    assigned: str, comment: str, approved: str, accepted: str,
) -> JobRow:  # fmt: skip
    turns = json.loads(told)
    return JobRow(
        position, row, key, turns[-1], RowState(state), line, correction, assigned, comment,
        approved, bool(accepted), leans=len(turns) > 1,
    )  # fmt: skip


def _counts(connection: sqlite3.Connection, job: str) -> Counts:
    found = connection.execute(
        f"SELECT {_STATE}, count(*) FROM rows WHERE job = ? GROUP BY 1", (job,)
    )
    return Counts(**dict(found.fetchall()))


def _profile(told: str) -> Profile | None:
    return json_form(Profile).validate_json(told) if told else None
