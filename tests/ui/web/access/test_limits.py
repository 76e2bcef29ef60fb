"""How much one user and all together may ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from assistant.errors import QuestionError, QueueFull, RateExceeded
from assistant.settings import Settings
from tests.ui.web.access.test_callers import Clock
from ui.shared.rates import Rate, take_each
from ui.web.access.limits import Guarded, Line

QUESTION = "How long are Intune audit logs kept?"


def test_a_rate_allows_a_burst_and_fills_again() -> None:
    clock = Clock()
    rate = Rate(3, 60, clock)
    assert [rate.take("ann") for _ in range(4)] == [0, 0, 0, pytest.approx(20)]
    assert rate.take("ben") == 0
    clock.now += 20.1
    assert rate.take("ann") == 0
    assert rate.take("ann") > 0


def test_a_rate_says_how_long_to_wait_without_taking() -> None:
    rate = Rate(1, 60, Clock())
    assert rate.wait("ann") == 0
    rate.take("ann")
    assert rate.wait("ann") == rate.wait("ann") == pytest.approx(60)


def test_who_waits_for_one_limit_is_charged_nothing_by_another() -> None:
    clock = Clock()
    each, room = Rate(2, 60, clock), Rate(1, 120, clock)
    limits = [(each, "ann"), (room, "busy")]
    assert take_each(limits) == 0
    assert [take_each(limits) for _ in range(5)] == [pytest.approx(120)] * 5
    assert each.take("ann") == 0
    assert take_each([(each, "ann"), (room, "calm")]) == pytest.approx(30)
    assert room.take("calm") == 0
    clock.now += 120.1
    assert take_each(limits) == 0


def test_a_line_has_an_end_and_says_how_long_it_is() -> None:
    line = Line(2)
    with line.place("ann"), line.place("ann"):
        with (
            pytest.raises(QueueFull, match="2 questions are ahead of yours") as told,
            line.place("ann"),
        ):
            pass
        assert told.value.wait_s >= 1
        assert line.inside == 2
    with line.place("ann"):
        assert line.inside == 1
    assert line.inside == 0


@pytest.fixture
def guarded(built_home: Path) -> Iterator[Guarded]:
    """An assistant of which one user may ask twice a minute, and one at a time."""
    assistant = Guarded.open(Settings(home=built_home, questions_per_minute=2, queue=1))
    yield assistant
    assistant.close()


def test_a_user_who_asks_too_much_is_told_when_to_come_back(guarded: Guarded) -> None:
    guarded.ask(QUESTION, owner="web:ann")
    list(guarded.stream(QUESTION, owner="web:ann"))
    with pytest.raises(RateExceeded, match=r"2 questions within a minute.* in \d+ seconds") as told:
        guarded.ask(QUESTION, owner="web:ann")
    assert 0 < told.value.wait_s <= 30
    with pytest.raises(RateExceeded):
        next(guarded.stream(QUESTION, owner="web:ann"))
    assert guarded.ask(QUESTION, owner="web:ben").citations


def test_a_file_of_questions_is_not_held_to_the_pace_of_a_reader(guarded: Guarded) -> None:
    for _ in range(4):
        assert guarded.ask(QUESTION, owner="web:ann", clarify=False).citations


def test_an_answer_that_nobody_reads_to_its_end_holds_no_place(guarded: Guarded) -> None:
    next(guarded.stream(QUESTION, owner="web:ann"))
    assert guarded.inside == 0
    assert guarded.ask(QUESTION, owner="web:ben").citations


def test_an_edited_question_that_is_refused_drops_nothing(guarded: Guarded) -> None:
    for question in (QUESTION, "And personal data?"):
        guarded.ask(question, thread="t", owner="web:ann")
    with pytest.raises(RateExceeded):
        guarded.ask(QUESTION, thread="t", owner="web:ann", replacing=1)
    with pytest.raises(QuestionError):
        guarded.ask(" ", thread="t", owner="web:ann", replacing=1, clarify=False)
    asked = [one.question for one in guarded.kept.threads.messages("web:ann", "t")]
    assert asked == [QUESTION, "And personal data?"]


def test_a_question_that_fails_gives_its_place_back(guarded: Guarded) -> None:
    with pytest.raises(QuestionError):
        guarded.ask("  ", owner="web:ann")
    assert guarded.inside == 0


def test_an_invented_cookie_has_no_more_questions_than_its_address(built_home: Path) -> None:
    guarded, clock = Guarded.open(Settings(home=built_home, questions_per_minute=1)), Clock()
    with closing(guarded):
        guarded._rate = Rate(guarded._rate.many, 60, clock)
        guarded._place_rate = Rate(guarded._place_rate.many, 60, clock)
        for number in range(6):
            guarded.parties.note(f"guest:{number}", "at 10.0.0.9")
        for number in range(4):
            guarded.ask(QUESTION, owner=f"web:guest:{number}")
        with pytest.raises(RateExceeded, match="4 questions were asked from your address"):
            guarded.ask(QUESTION, owner="web:guest:4")
        with pytest.raises(RateExceeded, match="You have asked 1 questions"):
            guarded.ask(QUESTION, owner="web:guest:0")
        guarded.ask(QUESTION, owner="web:guest:elsewhere")


def test_one_name_has_a_part_of_the_line_and_those_of_an_address_a_larger_one() -> None:
    line = Line(16)
    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(line.place("ann"))
        with pytest.raises(QueueFull, match="4 questions of yours wait already"), line.place("ann"):
            pass
        for _ in range(10):
            stack.enter_context(line.place("at 10.0.0.9", 4))
        stack.enter_context(line.place("ben"))
        assert line.inside == 15
    with line.place("ann"):
        assert line.inside == 1


def test_no_limit_is_no_limit(built_home: Path) -> None:
    assistant = Guarded.open(Settings(home=built_home, questions_per_minute=0))
    for _ in range(40):
        assistant.ask(QUESTION, owner="web:ann")
    assistant.close()
