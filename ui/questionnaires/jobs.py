"""Questionnaires that are answered in the background, each for its owner, and kept on disk."""

from __future__ import annotations

import datetime
import json
import threading
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library.types import Approver
from assistant.settings import database_of
from assistant.types import AnswerScope, Profile
from index.errors import IndexingError
from index.home.database_server import DatabaseServer
from index.home.paths import Home
from ui.errors import JobLimit, JobStoreError, QuestionFileError, UnknownJob
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.ask_case import answer_case
from ui.questionnaires.files import (
    answered_file,
    cases_of,
    corrected_line,
    format_of,
    output_suffix,
    read_content,
    read_questionnaire,
)
from ui.questionnaires.find_questions import select
from ui.questionnaires.job_storage.job_files import JobFiles
from ui.questionnaires.job_types import (
    EVERY_ROW,
    STORE,
    Counts,
    JobFile,
    JobRow,
    RowFilter,
    StoredJob,
)
from ui.questionnaires.row_approval import Approves, approve_row
from ui.questionnaires.types import Answerer, Format, Questionnaire, Selection, Understood
from ui.questionnaires.understanding.corrections import Correction
from ui.questionnaires.understanding.understand_file import understand
from ui.shared.bounds.turns import Turns

if TYPE_CHECKING:
    from assistant.app import Assistant
    from ui.questionnaires.job_storage.job_store import JobStore

MOST_JOBS = 30
"""Of one owner."""
MOST_MB = 200
"""Of the files of one owner."""
LONGEST_CORRECTION = 20_000
LONGEST_COMMENT = 2_000
LONGEST_NAME = 128
"""Of a person that a row is assigned to."""
_AT_ONCE = 2
"""Questions of all jobs that are answered at a time: those who chat come first."""
_LONGEST_NAME = 120
_KEPT_READ = 4
"""Files that are kept in memory as they were read."""
_ENDED = "It was ended by an error of the program ({error}), which is in its log. Go on with it"
_PAUSE_S = 0.5
"""Between two looks whether a run of before has ended."""


class JobState(StrEnum):
    """Where a job stands."""

    NEW = "not started"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Job:
    """A questionnaire of an owner."""

    id: str
    name: str
    """Of the file, as the user calls it."""
    made: str
    """When it came, in ISO form."""
    state: JobState
    counts: Counts
    trouble: str = ""
    """Why it stopped, when that was not asked for."""
    is_own: bool = True
    """False for another's, in which rows are assigned to the one who asks."""
    customer: str = ""
    """Whose approved answers are given beside those for all."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of a questionnaire in this process."""

    name: str
    stop: threading.Event


class Jobs:
    """The questionnaires of a home, or of all who share a server; safe between threads.

    On a server one process at a time works on a questionnaire, and any may stop it.

    Methods that take an owner raise UnknownJob for a job that is not the owner's. Those to whom
    rows are assigned may read, correct, comment, assign, approve and export, give all of their
    rows back, and nothing else.
    """

    def __init__(
        self,
        home: Path,
        assistant: Answerer,
        *,
        server: DatabaseServer | None = None,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._home = home
        self._place = server or Home(home).questionnaires / STORE
        self._assistant = assistant
        self._now = now
        # The file of a job never changes, and choosing a column of a large one reads it often.
        self._read = lru_cache(maxsize=_KEPT_READ)(read_questionnaire)
        self._guard = threading.Lock()
        self._slots = Turns(_AT_ONCE)
        self._running: dict[str, _Run] = {}
        self._troubles: dict[str, str] = {}

    @cached_property
    def _store(self) -> JobStore:
        from ui.questionnaires.job_storage.job_store import JobStore

        return JobStore(self._place)

    @cached_property
    def _files(self) -> JobFiles:
        return JobFiles(self._home, self._store)

    @classmethod
    def of(cls, assistant: Assistant) -> Jobs:
        """Return the questionnaires of an assistant's home, or of the server that is set."""
        settings = assistant.settings
        return cls(settings.home, assistant, server=database_of(settings))

    def add(self, owner: str, source: Path, name: str) -> Job:
        """Copy a file of questions; raise JobLimit, or QuestionFileError for one of no use."""
        name = Path(name).name[-_LONGEST_NAME:]
        with _told_as(source, name):
            format_of(source)
            content = read_content(source)
        id_, file = uuid.uuid4().hex, JobFile(source.suffix.lower(), content)
        made = self._now().isoformat(timespec="microseconds")

        def ready(kept: Sequence[StoredJob]) -> None:
            _require_room(kept, len(content))
            self._files.keep(id_, file)

        self._store.add(
            StoredJob(id_, owner, name, len(content), made, None, False, Counts()), ready,
            file if self._store.is_shared else None,
        )  # fmt: skip
        self._files.settle(id_)
        try:
            self.questionnaire(owner, id_)
        except QuestionFileError:
            self.delete(owner, id_)
            raise
        return self.job(owner, id_)

    def listed(self, owner: str) -> tuple[Job, ...]:
        """Return the jobs of an owner, newest first, and then those that others share."""
        self._files.forget_deleted()
        own, shared = self._store.listed(owner), self._store.shared(owner)
        held = self._held((*own, *shared))
        told = (replace(self._job(one, held), is_own=False) for one in shared)
        return (*(self._job(one, held) for one in own), *told)

    def job(self, owner: str, job: str) -> Job:
        """Return a job as it stands now."""
        stored = self._store.visible(owner, job)
        return replace(self._job(stored, self._held((stored,))), is_own=stored.owner == owner)

    def questionnaire(self, owner: str, job: str) -> Questionnaire:
        """Return what the file of a job holds."""
        stored = self._store.visible(owner, job)
        source = self._files.path(job)
        with _told_as(source, stored.name):
            return self._read(source)

    def selection(
        self, owner: str, job: str, sheet: str | None = None, column: str | None = None
    ) -> Selection:
        """Return what would be asked; raise QuestionFileError where nothing asks there."""
        questionnaire = self.questionnaire(owner, job)
        with _told_as(questionnaire.path, self._store.job(owner, job).name):
            return select(questionnaire, sheet=sheet, column=column)

    def understood(self, owner: str, job: str, wanted: Sequence[Correction] = ()) -> Understood:
        """Return all that would be asked, as its user has corrected it, or the tables wanted.

        Raises QuestionFileError where nothing asks.
        """
        stored = self._store.job(owner, job)
        if not wanted and (kept := self._store.understood(job)) is not None:
            return kept
        questionnaire = self.questionnaire(owner, job)
        with _told_as(questionnaire.path, stored.name):
            return understand(questionnaire, wanted)

    def read_as(self, owner: str, job: str, table: int, said: Correction) -> Understood:
        """Read a table, counted from 0, as its user says; raise QuestionFileError."""
        known = self.understood(owner, job)
        found = self.understood(owner, job, (said,)).tables
        tables = (*known.tables[:table], *found, *known.tables[table + 1 :])
        return self._drafted(owner, job, replace(known, tables=tables))

    def leave_out(self, owner: str, job: str, table: int) -> Understood:
        """Do not ask a table, counted from 0; raise QuestionFileError for the only one."""
        known = self.understood(owner, job)
        if len(known.tables) == 1:
            raise QuestionFileError(
                f"{self._store.job(owner, job).name}: this is the only table that asks. Read "
                "another sheet in its place, or delete the questionnaire"
            )
        tables = tuple(one for place, one in enumerate(known.tables) if place != table)
        return self._drafted(owner, job, replace(known, tables=tables))

    def read_anew(self, owner: str, job: str) -> Understood:
        """Forget what was corrected, and understand the file as when it came."""
        questionnaire = self.questionnaire(owner, job)
        stored = self._store.job(owner, job)
        with _told_as(questionnaire.path, stored.name):
            return self._drafted(owner, job, understand(questionnaire))

    def start(
        self,
        owner: str,
        job: str,
        *,
        wanted: Sequence[Correction] = (),
        profile: Profile | None = None,
        customer: str = "",
    ) -> Job:
        """Answer all that asks, or the tables that are wanted, from the first on.

        Approved answers for `customer` are given beside those for all. Earlier answers go. Raises
        QuestionFileError where nothing asks there, or the customer's name is too long.
        """
        _check_length(self._store.job(owner, job).name, "customer", customer, LONGEST_NAME)
        questionnaire = self.questionnaire(owner, job)
        tables = self.understood(owner, job, wanted).tables
        self._stop(job)
        cases = cases_of(questionnaire, tables, job)
        self._store.choose(job, tables, cases, profile, " ".join(customer.split()))
        return self.resume(owner, job)

    def resume(self, owner: str, job: str) -> Job:
        """Answer what still waits; nothing new where it runs already, on whatever machine."""
        stored = self._store.job(owner, job)
        with self._guard:
            if stored.started and not self._runs(stored, self._held((stored,))):
                self._begin(stored)
        return self.job(owner, job)

    def cancel(self, owner: str, job: str) -> Job:
        """Stop; what there is stays, and a question on its way is asked again by `resume`."""
        self._store.job(owner, job)
        self._stop(job)
        return self.job(owner, job)

    def delete(self, owner: str, job: str) -> None:
        """Remove a job with its file, answers and corrections."""
        self._store.job(owner, job)
        self._stop(job)
        self._files.unsettle(job)
        self._store.delete(job)
        self._files.forget(job)
        self._read.cache_clear()

    def rows(
        self, owner: str, job: str, wanted: RowFilter = EVERY_ROW, start: int = 0, most: int = -1
    ) -> tuple[JobRow, ...]:
        """Return the rows of a job that are wanted, in order."""
        self._store.visible(owner, job)
        return self._store.rows(job, wanted, start, most)

    def count(self, owner: str, job: str, wanted: RowFilter = EVERY_ROW) -> int:
        """Return how many rows of a job are wanted."""
        self._store.visible(owner, job)
        return self._store.count(job, wanted)

    def people(self, owner: str, job: str) -> tuple[str, ...]:
        """Return to whom rows of a job are assigned."""
        self._store.visible(owner, job)
        return self._store.people(job)

    def correct(self, owner: str, job: str, position: int, text: str) -> None:
        """Keep a person's words in place of an answer; empty takes them back.

        Raises QuestionFileError where they are too long.
        """
        stored = self._store.visible(owner, job)
        _check_length(stored.name, "correction", text, LONGEST_CORRECTION)
        self._store.correct(job, position, text.strip())

    def accept(self, owner: str, job: str, position: int) -> None:
        """Keep that a person let the answer stand as it is."""
        self._store.visible(owner, job)
        self._store.accept(job, position)

    def assign(self, owner: str, job: str, position: int, person: str) -> None:
        """Give a row to a person, who sees the questionnaire from then on; empty for nobody.

        Raises QuestionFileError where the name is too long, or the person gave rows of it back.
        """
        stored = self._store.visible(owner, job)
        _check_length(stored.name, "name", person, LONGEST_NAME)
        name = " ".join(person.split())
        if name in self._store.refused(job):
            raise QuestionFileError(
                f"{stored.name}: {name} gave its rows back. Give the row to somebody else"
            )
        self._store.assign(job, position, name)

    def refuse(self, owner: str, job: str) -> None:
        """Give all rows back that somebody else gave to the owner, who gets no more of that job.

        Raises UnknownJob for a job in which there are none.
        """
        if self._store.visible(owner, job).owner == owner:
            raise UnknownJob("These are your own rows. Give them to somebody else one by one")
        self._store.refuse(owner, job)

    def comment(self, owner: str, job: str, position: int, text: str) -> None:
        """Keep what is said about a row; raise QuestionFileError where that is too long."""
        stored = self._store.visible(owner, job)
        _check_length(stored.name, "comment", text, LONGEST_COMMENT)
        self._store.comment(job, position, text.strip())

    def approve(
        self, owner: str, job: str, position: int, assistant: Approves, who: Approver,
        question: str = "", customer: str = "",
    ) -> str:  # fmt: skip
        """Keep what a row says in the library; return who approved it, when, and its id there.

        It is kept for the service that the row names, and for all customers where none is given.
        Raises QuestionFileError and LibraryError.
        """
        _check_length(self._store.visible(owner, job).name, "customer", customer, LONGEST_NAME)
        (row,) = self._store.rows(job, start=position, most=1)
        asked = [one for table in self._store.tables(job) for one in table.questions]
        service = asked[position].context.service if position < len(asked) else ""
        scope = AnswerScope(service, " ".join(customer.split()))
        told = approve_row(assistant, row, who, scope, question.strip())
        if not self._store.approve(job, row, told):
            raise QuestionFileError(
                f"row {row.row}: was changed while it was approved; the library has what it said "
                "before. Look at it, and approve it anew"
            )
        return told

    def export(self, owner: str, job: str, folder: Path) -> Path:
        """Write the file with the answers so far into a folder; return its path."""
        stored = self._store.visible(owner, job)
        source = self._files.path(job)
        rows = [row for row in self._store.rows(job) if row.line or row.correction]
        if format_of(source) is Format.JSONL:
            lines = (corrected_line(row.line or _unanswered(row), row.correction) for row in rows)
            content = "".join(f"{line}\n" for line in lines).encode()
        else:
            with _told_as(source, stored.name):
                content = answered_file(self._read(source), self._answered(job, rows))
        target = folder / f"{Path(stored.name).stem or 'questions'}-answers{output_suffix(source)}"
        target.write_bytes(content)
        return target

    def wait(self, job: str, timeout_s: float) -> None:
        """Wait until a job does not run, at most so many seconds."""
        for thread in threading.enumerate():
            if thread.name == f"job-{job}":
                thread.join(timeout_s)

    def _begin(self, job: StoredJob) -> None:
        name = self._store.begin(job.id, job.run)
        if not name:
            # Another machine began it meanwhile.
            return
        self._troubles.pop(job.id, None)
        run = self._running[job.id] = _Run(name, threading.Event())
        threading.Thread(
            target=self._work, args=(job, run), name=f"job-{job.id}", daemon=True
        ).start()

    def _work(self, job: StoredJob, run: _Run) -> None:
        try:
            if self._holds(job.id, run):
                try:
                    self._answer_waiting(job, run)
                finally:
                    self._store.let_go(job.id)
        except (IndexingError, JobStoreError) as error:
            self._troubles[job.id] = str(error)
        except Exception as error:
            self._troubles[job.id] = _ENDED.format(error=type(error).__name__)
            raise
        finally:
            with self._guard:
                if self._running.get(job.id) is run:
                    del self._running[job.id]

    def _holds(self, job: str, run: _Run) -> bool:
        """Wait until nobody else works on a questionnaire; False where this is not to any more."""
        while not self._store.hold(job):
            if run.stop.wait(_PAUSE_S) or not self._store.is_in(job, run.name):
                return False
        return True

    def _answer_waiting(self, job: StoredJob, run: _Run) -> None:
        for waiting in self._store.waiting(job.id):
            with self._slots.of(job.owner):
                if run.stop.is_set() or not self._store.is_in(job.id, run.name):
                    return
                line = answer_case(
                    self._assistant, waiting.case, job.profile, job.owner, job.customer
                )
                if not run.stop.is_set():
                    self._store.answered(job.id, run.name, waiting.position, line)

    def _stop(self, job: str) -> None:
        with self._guard:
            if run := self._running.pop(job, None):
                run.stop.set()
        self._store.stop(job)

    def _held(self, several: Collection[StoredJob]) -> Collection[str]:
        """Return which questionnaires are worked on elsewhere, as far as that is known."""
        begun = [one.id for one in several if one.run]
        return self._store.held(begun) if begun else ()

    def _runs(self, stored: StoredJob, held: Collection[str]) -> bool:
        """Tell whether a questionnaire is being answered, here or elsewhere."""
        own = self._running.get(stored.id)
        return bool(stored.run) and (
            stored.id in held or (own is not None and own.name == stored.run)
        )

    def _job(self, stored: StoredJob, held: Collection[str]) -> Job:
        state = JobState.NEW
        if self._runs(stored, held):
            state = JobState.RUNNING
        elif stored.started:
            state = JobState.STOPPED if stored.counts.waiting else JobState.DONE
        trouble = self._troubles.get(stored.id, "")
        return Job(
            stored.id, stored.name, stored.made, state, stored.counts, trouble,
            customer=stored.customer,
        )  # fmt: skip

    def _answered(self, job: str, rows: Sequence[JobRow]) -> tuple[Answered, ...]:
        """Return the tables of a job with the replies that there are."""
        if not rows:
            return ()
        replies = {row.position: row.reply for row in rows}
        tables, position = [], 0
        for table in self._store.tables(job):
            mine = {
                question.row: replies[place]
                for place, question in enumerate(table.questions, position)
                if place in replies
            }
            tables.append(Answered(table, mine))
            position += len(table.questions)
        return tuple(tables)

    def _drafted(self, owner: str, job: str, understood: Understood) -> Understood:
        stored = self._store.job(owner, job)
        if stored.started:
            raise QuestionFileError(
                f"{stored.name}: is answered already as it was understood. Add the file once more "
                "to have it read otherwise"
            )
        self._store.draft(job, understood)
        return understood


def _require_room(kept: Sequence[StoredJob], size: int) -> None:
    if len(kept) >= MOST_JOBS:
        raise JobLimit(
            f"There are {len(kept)} questionnaires, the limit is {MOST_JOBS}. Delete one first"
        )
    if sum(one.bytes for one in kept) + size > MOST_MB * 2**20:
        raise JobLimit(f"The questionnaires would have more than {MOST_MB} MB. Delete one first")


@contextmanager
def _told_as(path: Path, name: str) -> Iterator[None]:
    """Let errors of a file name it as the user does; where it lies is nobody's business."""
    try:
        yield
    except QuestionFileError as error:
        raise QuestionFileError(str(error).replace(str(path), name)) from error


def _check_length(name: str, what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise QuestionFileError(
            f"{name}: the {what} has {len(text):,} characters, the limit is {most:,}. Shorten it"
        )


def _unanswered(row: JobRow) -> str:
    return json.dumps({"id": row.key, "question": row.question}, ensure_ascii=False)
