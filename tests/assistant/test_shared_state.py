"""Assistants that are given one database share what they keep; their homes have none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.errors import LibraryError, ThreadError
from assistant.history.feedback import Rating
from assistant.library.approving import Approving, of_record, to_keep
from assistant.library.types import Approver, Right
from assistant.settings import Settings
from assistant.types import Profile
from tests.postgresql_server import PostgresqlServer
from ui.command_line.running import command_line

QUESTION = "Where does Intune keep data at rest?"
FOLLOW_UP = "and how long are audit logs kept?"
Opening = Callable[[str], Assistant]


@pytest.fixture
def opening(built_home: Path) -> Iterator[Opening]:
    """Open assistants of one home, which are closed at the end."""
    with ExitStack() as stack:
        yield lambda url: stack.enter_context(
            closing(Assistant.open(Settings(home=built_home, database_url=SecretStr(url))))
        )


def test_what_one_keeps_the_other_has(
    opening: Opening, database_url: str, built_home: Path
) -> None:
    before = _stores(built_home)
    one, other = opening(database_url), opening(database_url)
    first = one.ask(QUESTION, thread="t", owner="anna")
    second = other.ask(FOLLOW_UP, thread="t", owner="anna")
    assert [turn.question for turn in one.record(second.id, "anna").turns] == [QUESTION]
    one.give_feedback(first.id, Rating.DOWN, owner="anna", reason="Too short")
    assert [given.reason for given, _ in other.feedback()] == ["Too short"]
    one.keep_profile("anna", Profile("Norway"))
    assert other.profile("anna") == Profile("Norway")
    assert other.kept.threads.delete("anna", "t")
    assert one.kept.threads.conversations("anna") == ()
    assert _stores(built_home) == before


def _stores(home: Path) -> set[str]:
    """Return the files of a home that hold what is kept; embedded texts only save time."""
    return {one.name for one in home.glob("*.sqlite*") if not one.name.startswith("embedded")}


def test_what_is_approved_on_one_is_given_by_the_other(opening: Opening, database_url: str) -> None:
    one, other = opening(database_url), opening(database_url)
    assert other.ask(QUESTION).approved is None
    answer = one.ask(QUESTION, keep=True)
    who = Approver("Ana", Right.OPERATOR)
    with one.reading() as index:
        approval = of_record(one.record(answer.id), Approving(who, one.today()), index)
        one.library.keep((to_keep(approval, one.library, index),), who)
    assert other.ask(QUESTION).approved is not None
    other.library.withdraw(other.library.entries()[0], who, "moved")
    assert one.ask(QUESTION).approved is None


def test_a_database_that_turns_it_away_is_named_with_what_to_correct(
    opening: Opening, postgresql: PostgresqlServer
) -> None:
    wrong = postgresql.url(password="wr0ng")
    away = opening(wrong)
    with pytest.raises(ThreadError, match="Correct user and password"):
        away.kept.records.count()
    with pytest.raises(LibraryError, match="Correct user and password") as caught:
        away.library.entries()
    assert "wr0ng" not in str(caught.value)


def test_doctor_names_the_database_and_no_password(
    database_url: str, postgresql: PostgresqlServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(tmp_path))
    monkeypatch.setenv("RESIDENCY_DATABASE_URL", database_url)
    said = CliRunner().invoke(command_line(), ["doctor"]).stdout
    assert f"0 recorded in postgresql://residency@127.0.0.1:{postgresql.port}/postgres" in said
    assert "0 approved answers, 0 withdrawn" in said
    assert postgresql.password not in said
    assert "p%40ss" not in said
