"""A call that nobody waits for any more is ended: its connection closes, a slow server stops."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

import pytest
from langchain_core.messages import AIMessageChunk

from assistant.app import Assistant
from assistant.model.chat_model import open_model
from assistant.model.faults import Fault, ModelFault
from assistant.model.prompts import read_prompts
from assistant.settings import Settings
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    LIES,
    SHORT,
    TRUE,
    Passages,
    Talking,
    answering,
    notice,
    reply,
    sentence,
    system,
    without_notice,
)
from tests.fakes.openai import FakeOpenAI, Hang, Reply, Request, Stall, Text

LONG = 20.0
"""Seconds that the server would go on."""
IN_TIME = 2 * SHORT
"""Seconds for an answer, within which the model is asked also on a busy machine."""
SOON = 6.0
"""Seconds within which it sees that it need not."""


def becomes(wanted: Callable[[], bool], within: float = SOON) -> bool:
    until = time.monotonic() + within
    while not wanted() and time.monotonic() < until:
        time.sleep(0.02)
    return wanted()


MUCH = " ".join(f"Audit log {number} is kept." for number in range(400))
SLOW: dict[str, Reply] = {
    "that reads the prompt": Hang(LONG),
    "that has begun to speak": Stall(400, "Audit logs are kept. " * 40, LONG),
    "that speaks slowly": Text(MUCH, pace_s=0.1),
}


@pytest.mark.parametrize("said", SLOW.values(), ids=SLOW)
def test_a_call_past_its_time_closes_its_connection(
    assistant: Assistant, talking: Talking, said: Reply
) -> None:
    plain = assistant.ask(KEPT)
    with talking(answering(said), model_timeout=IN_TIME) as (asked, fake):
        answer = asked.ask(KEPT)
        assert becomes(lambda: fake.left == (1,)), (len(fake.requests), fake.left)
    assert "it took too long" in notice(answer)
    assert without_notice(answer) == plain.text


@pytest.mark.parametrize("said", SLOW.values(), ids=SLOW)
def test_a_reader_that_leaves_ends_the_call(
    assistant: Assistant, talking: Talking, said: Reply
) -> None:
    """As the button Stop of the web page does. What is recorded says so."""
    with talking(answering(said)) as (asked, fake):
        stream = asked.stream(KEPT, thread="t")
        started = time.monotonic()
        while not fake.requests:
            next(stream)
        stream.close()
        assert time.monotonic() - started < 6
        assert becomes(lambda: fake.left == (1,))
        [message] = asked.kept.threads.messages("", "t", 5)
    assert message.answer is not None
    assert "it was stopped" in notice(message.answer)
    assert without_notice(message.answer) == assistant.ask(KEPT).text


def test_a_loop_closes_its_connection(talking: Talking, passages: Passages) -> None:
    lines = [sentence(TRUE, passages.id(AUDIT)), *[sentence("Audit logs.", "p1")] * 900]
    with talking(answering(Text(reply(*lines), pace_s=0.05))) as (asked, fake):
        assert "repeats itself" in notice(asked.ask(KEPT))
        assert becomes(lambda: 1 in fake.left)


def test_a_second_attempt_that_comes_too_late_closes_its_connection(
    talking: Talking, passages: Passages
) -> None:
    """The first reply broke off: what it said is shown, and nothing more is waited for."""
    lie = LIES["number"]
    said = reply(sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, passages.id(lie.cited)))
    asked_to_mend = threading.Event()

    def script(request: Request) -> Reply:
        if system(request) == read_prompts().repair:
            asked_to_mend.set()
            return Hang(LONG)
        return Text(said, ends=False, usage="never", ends_after=asked_to_mend)

    with talking(script) as (asked, fake):
        answer = asked.ask(KEPT)
        assert asked_to_mend.wait(SOON)
        assert becomes(lambda: 2 in fake.left)
    assert TRUE in answer.text


def test_a_reply_that_is_closed_early_ends_its_call() -> None:
    with FakeOpenAI(lambda request: Text("Yes. " * 900, pace_s=0.05)) as fake:
        made = Settings.load().model_copy(update={"model": "openai:fake", "model_url": fake.url})
        deltas = open_model(made).reply("a", "b", time.monotonic() + LONG)
        next(deltas)
        deltas.close()
        assert becomes(lambda: fake.left == (1,))


def test_a_call_that_is_left_ends_also_where_its_client_drops_the_cancellation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As `asyncio.wait_for` of Python 3.11 does where a piece comes at the same moment."""
    ended = threading.Event()

    async def chunks(*_: object) -> AsyncGenerator[AIMessageChunk, None]:
        try:
            while True:
                with suppress(asyncio.CancelledError):
                    await asyncio.sleep(0.01)
                yield AIMessageChunk("Yes. ")
        finally:
            ended.set()

    with FakeOpenAI(lambda request: Text("Yes.")) as fake:
        made = Settings.load().model_copy(update={"model": "openai:fake", "model_url": fake.url})
        model = open_model(made)
        monkeypatch.setattr(model, "_chunks", chunks)
        deltas = model.reply("a", "b", time.monotonic() + LONG)
        next(deltas)
        deltas.close()
        assert ended.wait(SOON)


def test_calls_of_several_threads_do_not_end_each_other() -> None:
    with FakeOpenAI(lambda request: Text("Yes. " * 40, pace_s=0.02)) as fake:
        made = Settings.load().model_copy(update={"model": "openai:fake", "model_url": fake.url})
        model = open_model(made)
        kept: list[str] = []

        def whole() -> None:
            deltas = model.reply("a", "b", time.monotonic() + LONG)
            kept.append("".join(one.text for one in deltas))

        threads = [threading.Thread(target=whole) for _ in range(3)]
        for thread in threads:
            thread.start()
        with pytest.raises(ModelFault) as raised:
            list(model.reply("a", "b", time.monotonic() + 0.2))
        for thread in threads:
            thread.join()
    assert raised.value.fault is Fault.TIME
    assert kept == ["Yes. " * 40] * 3
