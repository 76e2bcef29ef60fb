"""Several processes that answer for one server."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.errors import QuestionError
from assistant.settings import Settings
from assistant.types import Answer
from ui.web.access.limits import Guarded

QUESTIONS = (
    "How long are Intune audit logs kept?",
    "Which regions does Intune store data in?",
    "Where is my data?",
    "What is the colour of the moon?",
)


@pytest.fixture(scope="module")
def guarded(built_home: Path) -> Iterator[Guarded]:
    """An assistant with two processes that answer."""
    assistant = Guarded.open(Settings(home=built_home, questions_per_minute=0, workers=2))
    yield assistant
    assistant.close()


def _same(answer: Answer) -> Answer:
    """Return an answer without what differs from one time to the next."""
    return replace(answer, id="", latency_ms=0.0)


def _processes(assistant: Guarded) -> list[int]:
    assert assistant._processes is not None
    return sorted(assistant._processes._pool._processes)


def test_processes_answer_as_the_server_itself_does(guarded: Guarded, assistant: Assistant) -> None:
    with ThreadPoolExecutor(8) as asking:
        answers = list(asking.map(guarded.ask, QUESTIONS * 2))
    assert len(_processes(guarded)) == 2
    expected = [_same(assistant.ask(question)) for question in QUESTIONS]
    assert [_same(one) for one in answers] == expected * 2


def test_what_a_process_answers_is_a_part_of_the_conversation(guarded: Guarded) -> None:
    owner, thread = "web:ann", secrets.token_hex(8)
    guarded.ask(QUESTIONS[0], thread=thread, owner=owner)
    following = guarded.ask("and personal data after deletion?", thread=thread, owner=owner)
    assert "30 days" in following.text
    record = guarded.record(following.id, owner)
    assert record.circumstances.configuration is not None
    assert [turn.question for turn in record.turns] == [QUESTIONS[0]]


def test_errors_of_a_question_come_from_its_process(guarded: Guarded) -> None:
    with pytest.raises(QuestionError):
        guarded.ask(" ", owner="web:ann")


def test_a_process_that_is_killed_is_started_anew(guarded: Guarded) -> None:
    before = _processes(guarded)
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + 60
    # The other one may be quicker to answer than it is noticed.
    while set(before) & set(_processes(guarded)):
        assert time.monotonic() < until
        assert guarded.ask(QUESTIONS[0], owner="web:ann").citations
    assert guarded.ask(QUESTIONS[0], owner="web:ann").citations
    assert guarded.inside == 0
