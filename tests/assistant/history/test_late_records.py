"""Answers that are recorded once their store answers again: whole, in order, once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.errors import ThreadError
from assistant.history import late_records
from assistant.history.conversations import Past
from assistant.history.late_records import LateRecords, Record
from assistant.history.store import Kept
from assistant.settings import Settings
from assistant.types import Asking
from index.errors import StoreUnusable
from index.home.database_server import DatabaseServer, Place
from tests.assistant.history.kept_values import GIVEN, answer, turn
from tests.postgresql_server import PostgresqlServer, running_server
from ui.web.access.limits import Guarded

_WITHIN_S = 20.0


def _record(number: int, thread: str | None = "move", replacing: int | None = None) -> Record:
    asking = Asking(f"Question {number}?", thread, "ann", keep=True, replacing=replacing)
    given = answer(f"answer-{number}", asking.question)
    return Record(asking, turn(asking.question), Past((), 0), given, GIVEN)


def _away(reason: str = "nobody listens") -> ThreadError:
    error = ThreadError(reason)
    error.__cause__ = StoreUnusable("the store", reason, "Start it")
    return error


class _Store:
    """Takes records, while it is there."""

    def __init__(self) -> None:
        self.is_there = False
        self.taken: list[str] = []

    def write(self, record: Record) -> None:
        if not self.is_there:
            raise _away()
        self.taken.append(record.answer.id)


def _settings(home: Path, server: PostgresqlServer) -> Settings:
    return Settings(home=home, database_url=SecretStr(server.new_database()))


def _settled(held: LateRecords | Kept) -> None:
    ends = time.monotonic() + _WITHIN_S
    while held.waiting:
        assert time.monotonic() < ends, f"{held.waiting} still wait"
        time.sleep(0.02)


def test_what_waits_is_recorded_in_order_once_the_store_is_there() -> None:
    store = _Store()
    late = LateRecords(store.write, again_s=0.02)
    assert all(late.take(_record(number)) for number in range(5))
    late.settle()
    assert (late.waiting, store.taken) == (5, [])
    store.is_there = True
    _settled(late)
    assert store.taken == [f"answer-{number}" for number in range(5)]
    # The thread that tried has ended; the next one gets another.
    store.is_there = False
    assert late.take(_record(6))
    store.is_there = True
    _settled(late)
    late.close()
    assert store.taken[-1] == "answer-6"


def test_what_takes_the_place_of_earlier_questions_does_not_wait() -> None:
    late = LateRecords(_Store().write)
    assert not late.take(_record(1, replacing=1))
    assert late.waiting == 0


def test_no_more_wait_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_records, "MOST", 2)
    late = LateRecords(_Store().write, again_s=60)
    assert [late.take(_record(number)) for number in range(3)] == [True, True, False]
    late.close()


def test_what_no_store_can_take_holds_up_nothing(caplog: pytest.LogCaptureFixture) -> None:
    taken: list[str] = []

    def write(record: Record) -> None:
        if record.answer.id == "answer-1":
            raise ThreadError("the name is too long")
        taken.append(record.answer.id)

    late = LateRecords(write, again_s=60)
    for number in (1, 2):
        late.take(_record(number))
    late.settle()
    assert taken == ["answer-2"]
    assert "answer answer-1 was given and is not recorded: the name is too long" in caplog.text
    late.close()


def test_what_is_still_held_at_the_end_is_told(caplog: pytest.LogCaptureFixture) -> None:
    late = LateRecords(_Store().write, again_s=60)
    late.take(_record(1))
    with caplog.at_level(logging.ERROR):
        late.close()
    assert "1 answers were given and are not recorded" in caplog.text
    assert late.waiting == 0


def test_who_reads_a_conversation_finds_in_it_what_waited(place: Place) -> None:
    kept = Kept(Path(), server=place) if isinstance(place, DatabaseServer) else Kept(place.parent)
    for number in (1, 2):
        kept.keep_later(_record(number))
    kept.keep_later(_record(3, thread=None))
    asked = [one.question for one in kept.threads.messages("ann", "move")]
    assert asked == ["Question 1?", "Question 2?"]
    assert kept.records.get("answer-3", "ann").question == "Question 3?"
    kept.close()


def test_what_was_recorded_when_its_store_failed_is_recorded_once(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.keep(_record(1))
    kept.keep_later(_record(1))
    assert len(kept.threads.messages("ann", "move")) == 1
    kept.close()


@pytest.fixture
def stopping() -> Iterator[PostgresqlServer]:
    """A server of one test, which may stop it."""
    with running_server() as server:
        yield server


def test_an_answer_is_recorded_after_the_database_was_away(
    built_home: Path, stopping: PostgresqlServer
) -> None:
    settings = _settings(built_home, stopping)
    served = Guarded.open(settings)
    served.ask("Where does Intune keep data at rest?", thread="move", owner="ann")
    stopping.stop()
    late = served.ask("Where are audit logs stored?", owner="ann", keep=True, use_library=False)
    again = served.ask("Who may read them?", owner="ann", keep=True, use_library=False)
    assert [one.caveats[-1].split(",")[0] for one in (late, again)] == [
        "This answer is not recorded yet"
    ] * 2
    assert served.kept.waiting == 2
    stopping.start()
    _settled(served.kept)
    # As it was made: the notice says what held when it was given.
    assert served.record(late.id).answer == replace(
        late, text=late.text.removesuffix(f"\n\n{late.caveats[-1]}"), caveats=late.caveats[:-1]
    )
    assert served.record(again.id).question == "Who may read them?"
    served.close()


def test_one_who_ends_after_an_answer_promises_nothing(
    built_home: Path, stopping: PostgresqlServer
) -> None:
    settings = _settings(built_home, stopping)
    stopping.stop()
    assistant = Assistant.open(settings)
    told = assistant.ask("Where are audit logs stored?", owner="ann", keep=True, use_library=False)
    assert told.caveats[-1].startswith("This answer is not recorded, ")
    assert assistant.kept.waiting == 0
    assistant.close()
