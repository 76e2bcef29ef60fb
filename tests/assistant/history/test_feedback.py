"""Feedback: on one's own recorded answers alone, and the last word counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import FeedbackError, UnknownAnswer
from assistant.history.feedback import Rating
from assistant.history.feedback_store import FeedbackStore
from assistant.history.store import Kept
from assistant.history.thread_store import Threads
from index.home.database_server import DatabaseServer, Place
from tests.assistant.history.kept_values import NOON, answer, turn


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        self.time += timedelta(hours=1)
        return self.time


@pytest.fixture
def kept(place: Place, tmp_path: Path) -> Kept:
    server = place if isinstance(place, DatabaseServer) else None
    kept = Kept(tmp_path, Clock(), server)
    kept.threads.add("anna", "t", turn(), answer("a"))
    kept.threads.add("bert", "t", turn(), answer("b"))
    return kept


def test_feedback_is_kept_with_reason_and_correction(kept: Kept) -> None:
    given = kept.feedback.give("a", "anna", Rating.DOWN, " Wrong\x1b place.\r\nSee 4. ", "Finland")
    assert (given.reason, given.correction) == ("Wrong  place.\nSee 4.", "Finland")
    assert kept.feedback.of("a", "anna") == given
    assert kept.rated() == ((given, kept.records.get("a")),)


def test_changing_one_s_mind_replaces_and_withdrawing_removes(kept: Kept, tmp_path: Path) -> None:
    kept.feedback.give("a", "anna", Rating.DOWN, "Qaanaaq")
    kept.feedback.give("a", "anna", Rating.UP)
    assert [(one.rating, one.reason) for one in kept.feedback.every()] == [(Rating.UP, "")]
    assert not any(b"Qaanaaq" in file.read_bytes() for file in tmp_path.iterdir())
    assert kept.feedback.withdraw("a", "anna")
    assert not kept.feedback.withdraw("a", "anna")
    assert kept.feedback.every() == ()


@pytest.mark.parametrize("id_", ["b", "none", "", "a\n", "a' OR '1'='1", "x" * 2**20, "\ud800"])
def test_what_is_not_one_s_own_answer_cannot_be_rated(kept: Kept, id_: str) -> None:
    with pytest.raises(UnknownAnswer, match="no recorded answer") as caught:
        kept.feedback.give(id_, "anna", Rating.UP)
    assert len(str(caught.value)) < 300
    assert not kept.feedback.withdraw(id_, "anna")
    assert kept.feedback.every() == ()


def test_another_s_feedback_is_not_seen_nor_taken_back(kept: Kept) -> None:
    kept.feedback.give("a", "anna", Rating.UP)
    assert kept.feedback.of("a", "bert") is None
    assert not kept.feedback.withdraw("a", "bert")
    assert len(kept.feedback.every()) == 1


@pytest.mark.parametrize(("reason", "correction"), [("x" * 2_001, ""), ("", "x" * 10_001)])
def test_a_text_beyond_the_limit_is_refused(kept: Kept, reason: str, correction: str) -> None:
    with pytest.raises(FeedbackError, match=r"at most .* are kept"):
        kept.feedback.give("a", "anna", Rating.DOWN, reason, correction)


def test_feedback_from_a_time_on(kept: Kept) -> None:
    first = kept.feedback.give("a", "anna", Rating.UP)
    second = kept.feedback.give("b", "bert", Rating.UP)
    assert kept.feedback.every(second.given) == (second,)
    assert kept.feedback.every(first.given) == (first, second)


def test_an_answer_that_is_deleted_meanwhile_keeps_no_feedback(place: Place) -> None:
    Threads(place).add("anna", "t", turn(), answer("a"))

    def meanwhile() -> datetime:
        assert Threads(place).delete("anna", "t")
        return NOON

    store = FeedbackStore(place, meanwhile)
    with pytest.raises(UnknownAnswer, match="deleted meanwhile"):
        store.give("a", "anna", Rating.UP)
    assert store.every() == ()
