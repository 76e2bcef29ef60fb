"""Records of answers: what is kept of each, for whom, and what happens when nothing can be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import Assistant
from assistant.errors import ThreadError, UnknownAnswer, store_failed
from assistant.history.feedback import Rating
from assistant.history.records import Circumstances, Configuration
from assistant.settings import Settings
from assistant.types import Asking, Profile
from tests.assistant.history.kept_values import GIVEN

NOW = datetime(2026, 5, 6, 23, 30, tzinfo=UTC)
TODAY = date(2026, 5, 7)
QUESTION = "Where does Intune keep data at rest?"
FOLLOW_UP = "and how long are audit logs kept?"


@pytest.fixture(scope="module")
def assistant(built_home: Path) -> Iterator[Assistant]:
    opened = Assistant.open(Settings(home=built_home), today=lambda: TODAY, now=lambda: NOW)
    yield opened
    opened.close()


# A share that is no number is refused where profiles are read.
@given(st.from_type(Circumstances).filter(lambda one: "NaN" not in json.dumps(one.to_json())))
def test_circumstances_come_back_from_json_as_they_were(circumstances: Circumstances) -> None:
    plain = json.loads(json.dumps(circumstances.to_json()))
    assert Circumstances.from_json(plain) == circumstances


def test_circumstances_are_written_to_the_letter() -> None:
    assert json.dumps(GIVEN.to_json()) == (
        '{"asked": "2026-05-06T12:00:00.000000+00:00", "today": "2026-05-06", '
        '"profile": {"country": "Norway", "add_ons": ["ADR"], "agreement": "", '
        '"services": ["Intune"]}, "clarify": false, "documents": [{"id": "intune", '
        f'"title": "Data in Intune", "date": "2025-06-25", "sha256": "{"ab" * 32}"}}], '
        '"configuration": {"version": "0.1.0", "index": "build", '
        '"embedding_model": "residency-minilm", "model": "", "prompts": "", "reranker": ""}}'
    )


@pytest.mark.parametrize("plain", [[], None, {"today": "soon"}, {"documents": [{}]}])
def test_what_are_no_circumstances_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="Circumstances"):
        Circumstances.from_json(plain)


def test_an_answer_in_a_thread_has_a_record(assistant: Assistant) -> None:
    profile = Profile("Norway", ("ADR",))
    assistant.ask(QUESTION, thread="rec", owner="anna")
    answer = assistant.ask(FOLLOW_UP, thread="rec", owner="anna", profile=profile, clarify=False)
    record = assistant.record(answer.id, "anna")
    assert record.answer == answer
    assert (record.owner, record.thread, record.question) == ("anna", "rec", FOLLOW_UP)
    assert [turn.question for turn in record.turns] == [QUESTION]
    made = record.circumstances
    assert (made.asked, made.today, made.profile, made.clarify) == (NOW, TODAY, profile, False)
    intune = assistant.document("intune")
    assert [(one.id, one.date, one.sha256) for one in made.documents] == [
        ("intune", intune.about.date, intune.sha256)
    ]
    assert made.configuration is not None
    assert made.configuration.index == answer.index == assistant.index_id
    assert made.configuration.embedding_model == "residency-minilm"
    assert (made.configuration.model, made.configuration.prompts) == ("", "")


def test_outside_of_a_thread_it_is_kept_on_request_alone(assistant: Assistant) -> None:
    kept = assistant.ask(QUESTION, keep=True)
    assert assistant.record(kept.id, "").answer == kept
    assert assistant.record(kept.id).thread == ""
    with pytest.raises(UnknownAnswer):
        assistant.record(assistant.ask(QUESTION).id)
    streamed = list(assistant.stream(QUESTION, keep=True))[-1].answer
    assert streamed is not None
    assert assistant.record(streamed.id).answer == streamed


@pytest.mark.parametrize("owner", ["bert", "", "anna ", "ANNA", "\ud800"])
def test_another_owner_s_record_does_not_exist(assistant: Assistant, owner: str) -> None:
    answer = assistant.ask(QUESTION, thread="own", owner="anna")
    with pytest.raises(UnknownAnswer, match=rf"^{answer.id}: no recorded answer of yours"):
        assistant.record(answer.id, owner)
    with pytest.raises(UnknownAnswer):
        assistant.give_feedback(answer.id, Rating.UP, owner=owner)


@pytest.mark.parametrize("id_", ["", "nothing", "\x00", "\ud800", "' OR 1=1 --", "x" * 2**20])
def test_an_unknown_id_is_named_in_short(assistant: Assistant, id_: str) -> None:
    with pytest.raises(UnknownAnswer, match="no recorded answer") as caught:
        assistant.record(id_)
    assert len(str(caught.value)) < 300
    str(caught.value).encode()


def test_the_digest_tells_configurations_apart() -> None:
    one = Configuration("1", "i", "e", "", "")
    assert one.digest == Configuration("1", "i", "e", "", "").digest
    assert one.digest != Configuration("1", "i", "e", "m", "").digest
    assert one.digest != Configuration("1", "i", "", "e", "").digest


def test_feedback_comes_with_the_record_that_it_is_about(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION, thread="rated", owner="anna")
    given_ = assistant.give_feedback(answer.id, Rating.DOWN, owner="anna", reason="Too short")
    assert (given_, assistant.record(answer.id)) in assistant.feedback()


def test_an_answer_that_cannot_be_recorded_is_given_and_says_so(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = assistant.settings.home / "conversations.sqlite"
    assistant.ask(QUESTION, thread="full", owner="anna")
    monkeypatch.setattr("index.home.database.WAIT_S", 0)
    assistant.kept.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = assistant.ask(FOLLOW_UP, thread="full", owner="anna")
        pieces = list(assistant.stream(FOLLOW_UP, thread="full", owner="anna"))
        with pytest.raises(ThreadError, match="Another program holds it") as caught:
            assistant.answer(Asking(FOLLOW_UP, "full", "anna", must_keep=True))
    assert store_failed(caught.value)
    assert "one year" in answer.text
    assert answer.caveats[-1].startswith("This answer is not recorded")
    assert "Another program holds it" in answer.caveats[-1]
    assert answer.text.endswith(answer.caveats[-1])
    assert pieces[-1].answer is not None
    assert "".join(piece.text for piece in pieces) == pieces[-1].answer.text
    assert len(assistant.kept.threads.messages("anna", "full")) == 1
    with pytest.raises(UnknownAnswer):
        assistant.record(answer.id)


def test_a_question_with_halves_of_characters_is_answered_and_kept(assistant: Assistant) -> None:
    answer = assistant.ask(f"\udc00{QUESTION}\ud800", thread="half", owner="anna")
    assert answer.citations
    assert assistant.record(answer.id).answer == answer


def test_nothing_expires_without_a_period_and_what_is_older_with_one(
    built_home: Path, assistant: Assistant
) -> None:
    answer = assistant.ask(QUESTION, thread="aged", owner="carl")
    assert assistant.expire() == 0
    later = datetime(2026, 5, 20, tzinfo=UTC)
    for days, there in ((30, True), (10, False)):
        settings = Settings(home=built_home, retention_days=days)
        other = Assistant.open(settings, now=lambda: later)
        assert (other.expire() > 0) is not there
        other.close()
        assert bool(assistant.kept.threads.conversation("carl", "aged")) is there
    with pytest.raises(UnknownAnswer):
        assistant.record(answer.id)


def test_unknown_circumstances_are_told_as_unknown() -> None:
    unknown = Circumstances.from_json({})
    assert (unknown.asked, unknown.today, unknown.configuration) == (None, None, None)
    assert unknown != GIVEN
