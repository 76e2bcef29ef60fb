"""Replies that are kept, what they cost, and the budget of a day."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.model import calls, writer
from assistant.model.chat_model import Usage
from assistant.model.ledger import Ledger
from assistant.model.prompts import Prompts, read_prompts
from assistant.model.session import LEDGER
from index.home.database_server import Place
from tests.assistant.model.model_scripts import (
    AUDIT,
    BOTH,
    KEPT,
    LIES,
    MOVED,
    TRUE,
    Passages,
    Talking,
    answering,
    notice,
    receipt_of,
    reply,
    sentence,
    without_notice,
)
from tests.fakes.openai import Reply, Request, Status, Text


def test_the_same_question_is_asked_of_the_model_once(
    talking: Talking, passages: Passages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with talking(answering(reply(sentence(TRUE, passages.id(AUDIT))))) as (asked, fake):
        first, second = asked.ask(KEPT), asked.ask(KEPT)
        assert len(fake.requests) == 1
        assert (receipt_of(first).cached, receipt_of(second).cached) == (False, True)
        assert (first.text, first.citations) == (second.text, second.citations)
        assert receipt_of(second).sentences == receipt_of(first).sentences
        assert (receipt_of(second).prompt_tokens, receipt_of(second).completion_tokens) == (0, 0)
        assert not receipt_of(asked.ask(MOVED)).cached
        assert len(fake.requests) == 2
        now = read_prompts()
        told = (now.answer, now.repair, now.search, now.questions, now.judge)
        changed = Prompts(*told, sha256="0" * 64)
        monkeypatch.setattr(writer, "read_prompts", lambda: changed)
        monkeypatch.setattr(calls, "read_prompts", lambda: changed)
        third = receipt_of(asked.ask(KEPT))
        assert len(fake.requests) == 3
        assert (third.cached, third.prompts) == (False, "0" * 64)


def test_another_process_finds_the_reply_and_a_faulty_one_is_not_kept(
    talking: Talking, passages: Passages
) -> None:
    said = Text(reply(sentence(TRUE, passages.id(AUDIT))))

    def script(request: Request) -> Reply:
        return Status(400, "no") if request.number == 1 else said

    with talking(script) as (asked, fake):
        assert asked.ask(KEPT).mode == "structured"
        assert asked.ask(KEPT).mode == "model"
        assert len(fake.requests) == 2
    with talking(answering(Status(400, "no")), model_url=fake.url) as (later, other):
        answer = later.ask(KEPT)
    assert other.requests == ()
    assert (answer.mode, receipt_of(answer).cached) == ("model", True)


@pytest.mark.parametrize("changed", ["server", "options"])
def test_a_kept_reply_belongs_to_its_server_and_options(
    talking: Talking, passages: Passages, changed: str
) -> None:
    script = answering(reply(sentence(TRUE, passages.id(AUDIT))))
    with talking(script) as (asked, first):
        asked.ask(KEPT)
        settings = {"model_url": first.url, "model_options": {"temperature": 0}}
        with talking(script, **(settings if changed == "options" else {})) as (later, _):
            answer = later.ask(KEPT)
    assert not receipt_of(answer).cached


def test_a_reply_that_cannot_be_used_is_not_kept(talking: Talking, passages: Passages) -> None:
    def script(request: Request) -> Reply:
        good = reply(sentence(TRUE, passages.id(AUDIT)))
        return Text("One year, I think." if request.number == 1 else good)

    with talking(script) as (asked, _):
        assert asked.ask(KEPT).mode == "structured"
        assert asked.ask(KEPT).mode == "model"


def test_beyond_the_budget_of_the_day_the_model_is_not_asked(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    script = answering(reply(sentence(TRUE, passages.id(AUDIT))))
    with talking(script, model_tokens_per_day=100) as (asked, fake):
        answer = asked.ask(KEPT)
    assert fake.requests == ()
    assert "today's tokens are used up" in notice(answer)
    assert "today's tokens are used up" in receipt_of(answer).fault
    assert without_notice(answer) == assistant.ask(KEPT).text


def test_the_budget_counts_what_was_spent(talking: Talking, passages: Passages) -> None:
    said = Text(reply(sentence(TRUE, passages.id(AUDIT))), prompt_tokens=40_000)
    with talking(answering(said), model_tokens_per_day=50_000) as (asked, fake):
        assert asked.ask(KEPT).mode == "model"
        spent = asked.ask(MOVED)
        kept = asked.ask(KEPT)
    assert len(fake.requests) == 1
    assert "today's tokens are used up" in notice(spent)
    assert (kept.mode, receipt_of(kept).cached) == ("model", True)


def test_usage_adds_up(talking: Talking, passages: Passages, tmp_path: Path) -> None:
    lie = LIES["number"]
    first = reply(sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, passages.id(lie.cited)))
    script = answering(Text(first, 100, 20), Text("{}", 30, 4))
    with talking(script) as (asked, _):
        one, two = receipt_of(asked.ask(KEPT)), receipt_of(asked.ask(MOVED))
    assert (one.prompt_tokens, one.completion_tokens) == (130, 24)
    assert (two.prompt_tokens, two.completion_tokens) == (130, 24)
    ledger = Ledger(tmp_path / "home" / LEDGER)
    [(_, calls, prompt, completion)] = ledger.days()
    assert (calls, prompt, completion) == (4, 260, 48)
    assert ledger.spent_today() == 308
    connection = sqlite3.connect(tmp_path / "home" / LEDGER)
    [(replies,)] = connection.execute("SELECT count(*) FROM replies").fetchall()
    connection.close()
    assert replies == 4


def test_calls_of_one_day_add_up_and_days_stand_alone(place: Place) -> None:
    day = date(2026, 5, 6)
    ledger = Ledger(place, lambda: day)
    assert (ledger.spent_today(), ledger.days(), ledger.reply("k")) == (0, (), None)
    ledger.spend(Usage(100, 20))
    Ledger(place, lambda: day).spend(Usage(3_000_000_000, 1))
    tomorrow = Ledger(place, lambda: day + timedelta(days=1))
    tomorrow.spend(Usage(1, 2))
    assert ledger.spent_today() == 3_000_000_121
    assert ledger.days() == (("2026-05-07", 1, 1, 2), ("2026-05-06", 2, 3_000_000_100, 21))


def test_a_reply_is_kept_for_thirty_days_and_the_last_one_counts(place: Place) -> None:
    day = date(2026, 5, 6)
    ledger = Ledger(place, lambda: day)
    ledger.keep("old", "first")
    ledger.keep("old", "se\x00cond \ud800")
    assert ledger.reply("old") == "se\ufffdcond \ufffd"
    for days, there in ((30, True), (31, False)):
        later = Ledger(place, lambda days=days: day + timedelta(days=days))
        later.keep("new", "")
        assert (later.reply("old") is not None) is there
        assert later.reply("new") == ""


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_call_that_was_rejected_costs_nothing(talking: Talking, status: int) -> None:
    with talking(answering(Status(status, "no"))) as (asked, _):
        assert receipt_of(asked.ask(KEPT)).prompt_tokens == 0


def test_a_broken_ledger_costs_no_answer(
    assistant: Assistant, talking: Talking, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / LEDGER).write_bytes(b"no database at all" * 100)
    with talking(answering("{}")) as (asked, _):
        assert without_notice(asked.ask(KEPT)) == assistant.ask(KEPT).text


def test_a_sentence_may_be_left_out_when_it_is_to_be_mended(
    talking: Talking, passages: Passages
) -> None:
    lie = LIES["number"]
    first = reply(sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, passages.id(lie.cited)))
    with talking(answering(first, "")) as (asked, _):
        answer = asked.ask(BOTH)
    assert "24 months" in answer.text
    assert notice(answer) == ""


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_a_reply_that_was_cut_off_is_said_to_be(
    talking: Talking, passages: Passages, finish: str
) -> None:
    said = reply(sentence(TRUE, passages.id(AUDIT)), sentence("Except wh", "p1"))[:-20]
    with talking(answering(Text(said, finish=finish))) as (asked, _):
        answer = asked.ask(KEPT)
    assert TRUE in answer.text
    assert "did not finish" in notice(answer)
