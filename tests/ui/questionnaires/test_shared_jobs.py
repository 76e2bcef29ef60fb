"""Questionnaires of several machines on one server: who works, who stops, who goes on."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest

from index.home.database_server import DatabaseServer
from tests.postgresql_server import PostgresqlServer, running_server
from tests.ui.questionnaires.makers import Echo
from ui.questionnaires.jobs import Jobs, JobState

_ME = "web:me"
_CONTEXT = multiprocessing.get_context("spawn")
Machine = Callable[..., Jobs]


@pytest.fixture
def machine(tmp_path: Path, database_url: str) -> Machine:
    """Make machines with a home of their own, on one server."""

    def made(name: str, echo: Echo | None = None) -> Jobs:
        return Jobs(tmp_path / name, echo or Echo(), server=DatabaseServer(database_url))

    return made


def _csv(folder: Path, count: int) -> Path:
    path = folder / "upload.csv"
    path.write_text("question\n" + "".join(f"Where {one}?\n" for one in range(count)))
    return path


def _waiting_at(number: int) -> tuple[Echo, threading.Event, threading.Event]:
    reached, go = threading.Event(), threading.Event()

    def before(count: int) -> None:
        if count == number:
            reached.set()
            assert go.wait(60)

    return Echo(before), reached, go


def _texts(echo: Echo) -> list[str]:
    return [question for question, _ in echo.asked]


def test_another_machine_sees_stops_and_goes_on(machine: Machine, tmp_path: Path) -> None:
    echo, reached, go = _waiting_at(1)
    later = Echo()
    one, other = machine("one", echo), machine("other", later)
    job = one.add(_ME, _csv(tmp_path, 4), "q.csv").id
    one.start(_ME, job)
    assert reached.wait(30)
    assert other.job(_ME, job).state is JobState.RUNNING
    assert other.resume(_ME, job).state is JobState.RUNNING
    assert later.asked == []
    assert other.cancel(_ME, job).state is JobState.STOPPED
    assert one.job(_ME, job).state is JobState.STOPPED
    assert other.resume(_ME, job).state is JobState.RUNNING
    # The first is still at its question, and nobody asks meanwhile.
    assert later.asked == []
    go.set()
    one.wait(job, 30)
    other.wait(job, 30)
    assert _texts(echo) == ["Where 0?", "Where 1?"]
    assert _texts(later) == ["Where 1?", "Where 2?", "Where 3?"]
    for both in (one, other):
        assert (both.job(_ME, job).state, both.job(_ME, job).counts.answered) == (JobState.DONE, 4)


def test_the_file_is_at_hand_everywhere_and_goes_with_the_questionnaire(
    machine: Machine, tmp_path: Path
) -> None:
    one, other = machine("one"), machine("other")
    job = one.add(_ME, _csv(tmp_path, 2), "q.csv").id
    one.start(_ME, job)
    one.wait(job, 30)
    written = other.export(_ME, job, tmp_path).read_text(encoding="utf-8")
    assert "Where 1?,Where 1?,answered" in written
    copies = [tmp_path / name / "questionnaire_copies" / job for name in ("one", "other")]
    assert [list(copy.iterdir()) != [] for copy in copies] == [True, True]
    assert not (tmp_path / "one" / "questionnaires").exists()
    other.delete(_ME, job)
    assert one.listed(_ME) == ()
    assert not any(copy.exists() for copy in copies)


def _until_killed(home: Path, url: str, job: str, asked: Any) -> None:
    echo = Echo()

    def before(count: int) -> None:
        asked.put(count)
        if count == 2:
            threading.Event().wait()

    echo.before = before
    jobs = Jobs(home, echo, server=DatabaseServer(url))
    jobs.resume(_ME, job)
    jobs.wait(job, 60)


def test_a_run_that_is_killed_is_gone_on_with_elsewhere(
    machine: Machine, tmp_path: Path, database_url: str
) -> None:
    later = Echo()
    other = machine("other", later)
    job = other.add(_ME, _csv(tmp_path, 5), "q.csv").id
    other.start(_ME, job)
    other.wait(job, 30)
    later.asked.clear()
    # However fast it answers, some are left.
    later.before = lambda count: None if count else other.cancel(_ME, job)
    other.start(_ME, job)
    other.wait(job, 30)
    later.before = lambda count: None
    done = other.job(_ME, job).counts.answered
    asked = _CONTEXT.Queue()
    process = _CONTEXT.Process(
        target=_until_killed, args=(tmp_path / "h", database_url, job, asked)
    )
    process.start()
    for _ in range(3):
        asked.get(timeout=60)
    assert other.job(_ME, job).state is JobState.RUNNING
    assert process.pid is not None
    process.kill()
    process.join(30)
    _until(lambda: other.job(_ME, job).state is JobState.STOPPED)
    assert other.job(_ME, job).counts.answered == done + 2
    later.asked.clear()
    other.resume(_ME, job)
    other.wait(job, 30)
    assert len(later.asked) == 5 - done - 2
    assert other.job(_ME, job).state is JobState.DONE


def _until(so: Callable[[], bool]) -> None:
    for _ in range(200):
        if so():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it does not become so")


def _at_once(home: Path, url: str, job: str, barrier: Barrier, asked: Any) -> None:
    echo = Echo()
    jobs = Jobs(home, echo, server=DatabaseServer(url))
    jobs.job(_ME, job)
    barrier.wait(60)
    for _ in range(5):
        jobs.resume(_ME, job)
    jobs.wait(job, 60)
    asked.put(_texts(echo))


def test_processes_that_go_on_at_once_ask_each_question_once(
    machine: Machine, tmp_path: Path, database_url: str
) -> None:
    echo, reached, go = _waiting_at(0)
    one = machine("one", echo)
    job = one.add(_ME, _csv(tmp_path, 40), "q.csv").id
    one.start(_ME, job)
    assert reached.wait(30)
    one.cancel(_ME, job)
    go.set()
    one.wait(job, 30)
    barrier, asked = _CONTEXT.Barrier(3), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(
            target=_at_once, args=(tmp_path / str(n), database_url, job, barrier, asked)
        )
        for n in range(3)
    ]
    for process in processes:
        process.start()
    told = [text for _ in processes for text in asked.get(timeout=60)]
    for process in processes:
        process.join(60)
    _until(lambda: one.job(_ME, job).state is JobState.DONE)
    assert sorted(told) == sorted(f"Where {n}?" for n in range(40))


@pytest.fixture
def own_server() -> Iterator[PostgresqlServer]:
    """A server that a test may stop, and that keeps what was committed."""
    with running_server("synchronous_commit=on") as server:
        yield server


def test_a_server_that_goes_away_stops_a_run_and_is_told(
    own_server: PostgresqlServer, tmp_path: Path
) -> None:
    echo, reached, go = _waiting_at(1)
    jobs = Jobs(tmp_path / "home", echo, server=DatabaseServer(own_server.new_database()))
    job = jobs.add(_ME, _csv(tmp_path, 3), "q.csv").id
    jobs.start(_ME, job)
    assert reached.wait(30)
    own_server.stop(signal.SIGQUIT)
    go.set()
    jobs.wait(job, 30)
    own_server.start()
    stopped = jobs.job(_ME, job)
    assert stopped.state is JobState.STOPPED
    assert "the questionnaires cannot be used" in stopped.trouble
    assert own_server.password not in stopped.trouble
    jobs.resume(_ME, job)
    jobs.wait(job, 30)
    assert (jobs.job(_ME, job).state, jobs.job(_ME, job).trouble) == (JobState.DONE, "")
    assert jobs.job(_ME, job).counts.answered == 3
