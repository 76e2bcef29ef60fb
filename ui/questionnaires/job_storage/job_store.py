"""Questionnaires that are worked on, by owner; another owner's does not exist for you.

An answer is stored once, and by the run that a questionnaire is in: who was stopped, or lost to
another one what it worked on, stores nothing more.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from assistant.history.texts import storable
from assistant.types import Profile, json_form
from index.errors import StoreUnusable
from index.home.database import Database
from index.home.database_server import Place
from index.home.faults.kinds import next_step
from index.home.held_names import HeldNames
from index.home.paths import make_private
from ui.errors import JobStoreError, UnknownJob
from ui.questionnaires.job_storage.job_tables import SCHEMA, job_files, jobs, rows, rows_refused
from ui.questionnaires.job_types import (
    EVERY_ROW,
    Counts,
    JobFile,
    JobRow,
    RowFilter,
    RowState,
    StoredJob,
    Waiting,
)
from ui.questionnaires.types import Case, Question, Selection, Understood

_Found = TypeVar("_Found")
_OWNER = "web:"
"""Before the name of a user of the page, in the names of owners."""
_STATE = case(
    (rows.c.correction != "", literal_column(f"'{RowState.CORRECTED.value}'")), else_=rows.c.state
)
_JOB = (
    jobs.c.id, jobs.c.owner, jobs.c.name, jobs.c.bytes, jobs.c.made, jobs.c.profile,
    jobs.c.sheet.is_not(None), jobs.c.customer, jobs.c.run,
)  # fmt: skip
_ROW = (
    rows.c.position, rows.c.row, rows.c.key, rows.c.turns, _STATE, rows.c.line,
    rows.c.correction, rows.c.assigned, rows.c.comment, rows.c.approved, rows.c.accepted,
)  # fmt: skip


class JobStore:
    """The store of all questionnaires of a home. Every method raises JobStoreError."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._database = Database(place, SCHEMA)
        self._held = HeldNames(self._database)

    @property
    def is_shared(self) -> bool:
        """Tell whether other machines may work on it too."""
        return self._database.is_shared

    def add(
        self,
        job: StoredJob,
        check: Callable[[Sequence[StoredJob]], None],
        file: JobFile | None = None,
    ) -> None:
        """Keep a new questionnaire, with its file where machines share it.

        What its owner has by then is told to `check`, which may raise; nobody adds one of the
        same owner meanwhile.
        """
        if isinstance(self._place, Path):
            self._make_folder(self._place.parent)
        with self._writing(job.owner) as connection:
            check(_jobs(connection, jobs.c.owner == job.owner))
            connection.execute(
                insert(jobs).values(
                    id=job.id, owner=job.owner, name=storable(job.name), bytes=job.bytes,
                    made=job.made,
                )
            )  # fmt: skip
            if file is not None:
                connection.execute(
                    insert(job_files).values(job=job.id, suffix=file.suffix, content=file.content)
                )

    def file(self, job: str) -> JobFile:
        """Return the file of a questionnaire that machines share; raise UnknownJob."""
        wanted = select(job_files.c.suffix, job_files.c.content).where(job_files.c.job == job)
        suffix, content = self._one(wanted)
        return JobFile(suffix, bytes(content))

    def ids(self) -> frozenset[str]:
        """Return the ids of the questionnaires of all owners."""
        return frozenset(id_ for (id_,) in self._rows(select(jobs.c.id)))

    def sizes(self) -> dict[str, int]:
        """Return the bytes of the files of all questionnaires, by their ids."""
        return {id_: int(size) for id_, size in self._rows(select(jobs.c.id, jobs.c.bytes))}

    @contextmanager
    def unchanging(self) -> Iterator[frozenset[str]]:
        """Yield the ids of all, while nobody adds one."""
        with self._writing("") as connection:
            yield frozenset(id_ for (id_,) in connection.execute(select(jobs.c.id)))

    def listed(self, owner: str) -> tuple[StoredJob, ...]:
        """Return the questionnaires of an owner, newest first."""
        return self._jobs(jobs.c.owner == owner)

    def job(self, owner: str, job: str) -> StoredJob:
        """Return a questionnaire; raise UnknownJob where the owner has none of that id."""
        return _only(self._jobs(and_(jobs.c.owner == owner, jobs.c.id == job)))

    def shared(self, owner: str) -> tuple[StoredJob, ...]:
        """Return those of others in which rows are assigned to an owner, newest first."""
        return self._jobs(and_(jobs.c.owner != owner, _assigned(_person(owner))))

    def visible(self, owner: str, job: str) -> StoredJob:
        """Return one of the owner's own or with rows assigned to them; raise UnknownJob."""
        may = or_(jobs.c.owner == owner, _assigned(_person(owner)))
        return _only(self._jobs(and_(jobs.c.id == job, may)))

    def draft(self, job: str, understood: Understood) -> None:
        """Keep how a file is understood, as its user has corrected it, before it is answered."""
        kept = json_form(Understood).dump_json(understood).decode()
        with self._writing(job) as connection:
            connection.execute(update(jobs).where(jobs.c.id == job).values(tables=kept))

    def understood(self, job: str) -> Understood | None:
        """Return how a file is understood, None where nobody has said anything of it."""
        (kept,) = self._one(select(jobs.c.tables).where(jobs.c.id == job))
        return json_form(Understood).validate_json(kept) if kept else None

    def choose(
        self,
        job: str,
        tables: Sequence[Selection],
        cases: Sequence[Case],
        profile: Profile | None,
        customer: str = "",
    ) -> None:
        """Keep which rows are asked, in place of an earlier choice and its answers.

        A run of before stores nothing any more.
        """
        asked = [question for table in tables for question in table.questions]
        chosen = [
            {
                "job": job, "position": position, "row": question.row, "key": storable(one.id),
                "turns": json.dumps(one.turns), "state": RowState.WAITING.value,
            }
            for position, (question, one) in enumerate(zip(asked, cases, strict=True))
        ]  # fmt: skip
        said = {
            "profile": json.dumps(profile.to_json()) if profile else "",
            "sheet": storable(tables[0].sheet), "customer": storable(customer), "run": "",
            "tables": json_form(Understood).dump_json(Understood(tuple(tables))).decode(),
        }  # fmt: skip
        with self._deleting(job) as connection:
            done = connection.execute(update(jobs).where(jobs.c.id == job).values(**said))
            connection.execute(delete(rows).where(rows.c.job == job))
            if done.rowcount and chosen:
                connection.execute(insert(rows), chosen)

    def tables(self, job: str) -> tuple[Selection, ...]:
        """Return which rows of a started questionnaire are asked, table by table."""
        kept, sheet, place, header, titles = self._one(
            select(
                jobs.c.tables, jobs.c.sheet, jobs.c.place, jobs.c.header, jobs.c.titles
            ).where(jobs.c.id == job)
        )  # fmt: skip
        if kept:
            return json_form(Understood).validate_json(kept).tables
        # Chosen by a version that knew one table.
        asked = tuple(Question(one.row, one.question) for one in self.rows(job))
        return (Selection(sheet, place, header, asked, (), tuple(json.loads(titles))),)

    def begin(self, job: str, before: str) -> str:
        """Return the name of a run that begins after another one, or after none; empty where
        somebody has begun one meanwhile. What is stored from now on is of this run.
        """
        run = uuid.uuid4().hex
        with self._writing(job) as connection:
            begun = update(jobs).where(jobs.c.id == job, jobs.c.run == before).values(run=run)
            return run if connection.execute(begun).rowcount else ""

    def stop(self, job: str) -> None:
        """Let no run of a questionnaire store anything more, on whatever machine."""
        with self._writing(job) as connection:
            connection.execute(update(jobs).where(jobs.c.id == job).values(run=""))

    def is_in(self, job: str, run: str) -> bool:
        """Tell whether a questionnaire is in a run still."""
        return bool(self._rows(select(jobs.c.id).where(jobs.c.id == job, jobs.c.run == run)))

    def hold(self, job: str) -> bool:
        """Work on a questionnaire alone; False where another one still does."""
        with _told():
            return self._held.take(job)

    def let_go(self, job: str) -> None:
        """Let others work on a questionnaire."""
        with _told():
            self._held.let_go(job)

    def held(self, several: Iterable[str]) -> frozenset[str]:
        """Return which questionnaires a process works on, as a server knows it of all machines."""
        with _told():
            return self._held.held(several)

    def waiting(self, job: str) -> tuple[Waiting, ...]:
        """Return the questions without an answer, in order."""
        found = self._rows(
            select(rows.c.position, rows.c.key, rows.c.turns)
            .where(rows.c.job == job, rows.c.state == RowState.WAITING.value)
            .order_by(rows.c.position)
        )
        if not found:
            return ()
        asked = [question for table in self.tables(job) for question in table.questions]
        return tuple(
            Waiting(n, Case(key, tuple(json.loads(turns)), asked[n].context, asked[n].allowed))
            for n, key, turns in found
        )

    def answered(self, job: str, run: str, position: int, line: dict[str, Any]) -> bool:
        """Keep the line of answers for a question that waits for one.

        False where nothing was kept: the run is over, or there is an answer.
        """
        state = RowState.FAILED if "error" in line else RowState.ANSWERED
        told = storable(json.dumps(line, ensure_ascii=False))
        running = exists().where(jobs.c.id == job, jobs.c.run == run)
        with self._writing(job) as connection:
            done = connection.execute(
                update(rows)
                .where(
                    rows.c.job == job, rows.c.position == position,
                    rows.c.state == RowState.WAITING.value, running,
                )
                .values(line=told, state=state.value, triage=str(line.get("triage", "")))
            )  # fmt: skip
            return done.rowcount > 0

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

    def refuse(self, owner: str, job: str) -> None:
        """Take all rows of a questionnaire from the person that an owner is, for good."""
        person = _person(owner)
        with self._writing(job) as connection:
            theirs = update(rows).where(rows.c.job == job, rows.c.assigned == person)
            if connection.execute(theirs.values(assigned="")).rowcount:
                connection.execute(insert(rows_refused).values(job=job, person=person))

    def refused(self, job: str) -> frozenset[str]:
        """Return who gave rows of a questionnaire back."""
        found = self._rows(select(rows_refused.c.person).where(rows_refused.c.job == job))
        return frozenset(name for (name,) in found)

    def comment(self, job: str, position: int, text: str) -> None:
        """Keep what is said about a row, in place of what was."""
        self._set(job, position, comment=text)

    def approve(self, job: str, row: JobRow, approved: str) -> bool:
        """Keep who approved a row, and when; tell whether it still says what was approved."""
        as_read = (
            rows.c.job == job, rows.c.position == row.position, rows.c.line == row.line,
            rows.c.correction == row.correction,
        )  # fmt: skip
        with self._writing(job) as connection:
            done = connection.execute(
                update(rows).where(*as_read).values(approved=storable(approved))
            )
            return done.rowcount > 0

    def quoting(self, document: str) -> tuple[tuple[str, str, int], ...]:
        """Return what the rows of all owners quote of a document: the row as "job:position", the
        words, and where they stood.
        """
        # Engines read JSON in ways of their own: they only tell which lines have the name at all.
        named = json.dumps(document, ensure_ascii=False)
        found = self._rows(
            select(rows.c.job, rows.c.position, rows.c.line)
            .where(rows.c.line.contains(named, autoescape=True))
            .order_by(rows.c.job, rows.c.position)
        )
        return tuple(
            (f"{job}:{position}", one["quote"], one["start"])
            for job, position, line in found
            for one in json.loads(line).get("citations", ())
            if one["document"] == document
        )

    def people(self, job: str) -> tuple[str, ...]:
        """Return to whom rows are assigned, by name."""
        found = self._rows(
            select(rows.c.assigned)
            .distinct()
            .where(rows.c.job == job, rows.c.assigned != "")
            .order_by(rows.c.assigned)
        )
        return tuple(name for (name,) in found)

    def count(self, job: str, wanted: RowFilter = EVERY_ROW) -> int:
        """Return how many rows are wanted."""
        found = self._rows(select(func.count()).select_from(rows).where(_wanted(job, wanted)))
        return int(found[0][0]) if found else 0

    def rows(
        self, job: str, wanted: RowFilter = EVERY_ROW, start: int = 0, most: int = -1
    ) -> tuple[JobRow, ...]:
        """Return the rows that are wanted in order; `most` of them from `start`."""
        found = select(*_ROW).where(_wanted(job, wanted)).order_by(rows.c.position).offset(start)
        return tuple(_row(*one) for one in self._rows(found.limit(most) if most >= 0 else found))

    def delete(self, job: str) -> None:
        """Forget a questionnaire with all of its rows."""
        with self._deleting(job) as connection:
            connection.execute(delete(rows).where(rows.c.job == job))
            connection.execute(delete(job_files).where(job_files.c.job == job))
            connection.execute(delete(rows_refused).where(rows_refused.c.job == job))
            connection.execute(delete(jobs).where(jobs.c.id == job))

    def close(self) -> None:
        """Let go of what is open; what is asked later opens it again."""
        self._database.close()

    def _jobs(self, which: ColumnElement[bool]) -> tuple[StoredJob, ...]:
        if not self._database.is_there:
            return ()
        with _told(), self._database.reading() as connection:
            return _jobs(connection, which)

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        with _told():
            return self._database.rows(query)

    def _one(self, query: Select[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]]:
        """Return what there is of a questionnaire; raise UnknownJob where it is deleted."""
        return _only(self._rows(query))

    def _set(self, job: str, position: int, **values: str) -> None:
        """Change columns of a row; their names are this module's own."""
        said = {name: storable(value) for name, value in values.items()}
        row = update(rows).where(rows.c.job == job, rows.c.position == position)
        with self._writing(job) as connection:
            connection.execute(row.values(**said))

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        with _told(), self._database.writing(what) as connection:
            yield connection

    @contextmanager
    def _deleting(self, what: str) -> Iterator[Connection]:
        """Yield a connection to write by; afterwards what was deleted is in no file any more."""
        with self._writing(what) as connection:
            yield connection
        with _told():
            self._database.tidy()

    def _make_folder(self, folder: Path) -> None:
        try:
            make_private(folder)
        except OSError as error:
            raise JobStoreError(
                f"{folder}: the questionnaires cannot be kept there ({error.strerror}). "
                f"{next_step(error)}"
            ) from error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StoreUnusable as error:
        raise JobStoreError(error.told_of("the questionnaires")) from error


def _only(found: Sequence[_Found]) -> _Found:
    if not found:
        raise UnknownJob("There is no such questionnaire. Choose one of your list")
    return found[0]


def _person(owner: str) -> str:
    """Return the name that rows are assigned to an owner by; empty for one who has none."""
    return owner.removeprefix(_OWNER) if owner.startswith(_OWNER) else ""


def _assigned(person: str) -> ColumnElement[bool]:
    """Return what picks the questionnaires with rows of a person; of nobody, none."""
    theirs = select(rows.c.job).where(rows.c.assigned != "", rows.c.assigned == person)
    return jobs.c.id.in_(theirs)


def _wanted(job: str, wanted: RowFilter) -> ColumnElement[bool]:
    said = [rows.c.job == job]
    for column, value in (
        (_STATE, wanted.state), (rows.c.triage, wanted.triage), (rows.c.assigned, wanted.assigned)
    ):  # fmt: skip
        if value:
            said.append(column == value)
    if wanted.unapproved:
        said.append(rows.c.approved == "")
    return and_(*said)


def _jobs(connection: Connection, which: ColumnElement[bool]) -> tuple[StoredJob, ...]:
    found = connection.execute(
        select(*_JOB).where(which).order_by(jobs.c.made.desc(), jobs.c.id)
    ).all()
    counts = _counts(connection, which) if found else {}
    return tuple(
        StoredJob(id_, owner, name, size, made, _profile(told), bool(started),
                  Counts(**counts.get(id_, {})), customer, run)
        for id_, owner, name, size, made, told, started, customer, run in found
    )  # fmt: skip


def _counts(connection: Connection, which: ColumnElement[bool]) -> dict[str, dict[str, int]]:
    stands = _STATE.label("stands")
    counted = (
        select(rows.c.job, stands, func.count())
        .where(rows.c.job.in_(select(jobs.c.id).where(which)))
        .group_by(rows.c.job, stands)
    )
    found: dict[str, dict[str, int]] = {}
    for job, state, count in connection.execute(counted):
        found.setdefault(job, {})[state] = count
    return found


def _row(
    position: int, row: int, key: str, told: str, state: str, line: str, correction: str,
    assigned: str, comment: str, approved: str, accepted: str,
) -> JobRow:  # fmt: skip
    turns = json.loads(told)
    return JobRow(
        position, row, key, turns[-1], RowState(state), line, correction, assigned, comment,
        approved, bool(accepted), leans=len(turns) > 1,
    )  # fmt: skip


def _profile(told: str) -> Profile | None:
    return json_form(Profile).validate_json(told) if told else None
