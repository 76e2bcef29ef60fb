"""Answers of a language model in direct messages: they grow, and what grows is verified."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.openai import FakeOpenAI, Reply, Request, Reset, Status, Text
from tests.flows.slack.conftest import Bot, local_slack, running
from tests.flows.slack.seen import SENTENCE, answer_in, asked, texts
from tests.ui.slack.fake import FakeSlack

_INVENTED = "Audit logs are kept in Zanzibar for 99 years."
_PACE_S = 0.05


class Model:
    """What the model says, which each test decides."""

    def __init__(self) -> None:
        self.reply: Reply | None = None
        self.fails_after = 0
        self.pace_s = 0.0
        self.reached = threading.Event()

    def __call__(self, request: Request) -> Reply:
        self.reached.set()
        if self.reply is not None:
            return self.reply
        content = self._content(request.messages[-1].content)
        if self.fails_after:
            return Reset(self.fails_after, content)
        return Text(content, pace_s=self.pace_s)

    def _content(self, told: str) -> str:
        """Cite the passages that speak of logs, with one sentence that none has in between."""
        passages = re.findall(r"\[(p\d+)\] ([^\n]*[Aa]udit logs[^\n]*)", told)
        sentences = [{"sentence": SENTENCE, "evidence": [name]} for name, _ in passages[:1]]
        invented = {"sentence": _INVENTED, "evidence": [name for name, _ in passages[:1]]}
        lines = [{"verdict": "answered"}, *sentences, invented, *sentences]
        return "\n".join(json.dumps(line) for line in lines) + "\n"


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.fixture(scope="module")
def started(
    untouched_home: Path, tmp_path_factory: pytest.TempPathFactory, model: Model
) -> Iterator[Bot]:
    """A bot with a language model."""
    fake = local_slack()
    with FakeOpenAI(model) as server:
        settings = {
            "RESIDENCY_MODEL": "openai:fake", "RESIDENCY_MODEL_URL": server.url,
            "RESIDENCY_MODEL_TIMEOUT": "15", "OPENAI_API_KEY": "not-a-key",
            "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        with running(untouched_home, tmp_path_factory.mktemp("model"), fake, **settings) as bot:
            yield bot
    fake.stop()


@pytest.fixture
def slack(started: Bot, model: Model) -> Iterator[FakeSlack]:
    model.reply, model.fails_after, model.pace_s = None, 0, 0.0
    model.reached.clear()
    started.fake.calm()
    started.fake.forget()
    yield started.fake
    assert started.fake.faults == []
    assert started.traces() == []
    assert [one for one in started.fake.messages() if one.streaming == "in_progress"] == []


def _streamed(slack: FakeSlack) -> list[str]:
    """Return the pieces of text that were streamed, in their order."""
    calls = [
        one for one in slack.calls() if one.method in ("chat.startStream", "chat.appendStream")
    ]
    return [str(one.arguments["markdown_text"]) for one in calls]


def test_an_answer_grows_and_only_what_is_verified_appears(
    slack: FakeSlack, user: str, model: Model
) -> None:
    model.pace_s = _PACE_S
    _, _, answer = asked(slack, user)
    assert len(_streamed(slack)) >= 2
    assert "Zanzibar" not in texts(answer)
    assert "Zanzibar" not in "".join(_streamed(slack))
    assert "up to one year" in answer.text
    assert SENTENCE in texts(answer)
    assert "2025-06-25" in texts(answer)
    assert answer.streaming == "completed"


def test_a_slow_model_delays_no_acknowledgement(slack: FakeSlack, user: str, model: Model) -> None:
    model.pace_s = 0.3
    slack.deliver(slack.dm(user, "How long are audit logs of Intune kept?"))
    model.reached.wait(10)
    delivered = [slack.deliver(slack.dm(f"{user}{number}", "thanks!")) for number in range(3)]
    assert max(one.seconds for one in delivered) < 3
    slack.wait(lambda: slack.answers(f"D{user[1:]}"))


@pytest.mark.parametrize("after", [300, 1_200])
def test_a_model_that_breaks_off_leaves_a_whole_answer(
    slack: FakeSlack, user: str, model: Model, after: int
) -> None:
    model.fails_after = after
    channel, thread, answer = asked(slack, user)
    assert "one year" in texts(answer)
    assert SENTENCE in texts(answer)
    assert len(slack.answers(channel, thread)) == 1


def test_a_model_that_fails_is_done_without(slack: FakeSlack, user: str, model: Model) -> None:
    model.reply = Status(500, "out of order")
    _, _, answer = asked(slack, user)
    assert "one year" in texts(answer)


def test_a_model_that_cites_nothing_is_not_believed(
    slack: FakeSlack, user: str, model: Model
) -> None:
    sentence = {"sentence": _INVENTED, "evidence": []}
    model.reply = Text('{"verdict": "answered"}\n' + json.dumps(sentence) + "\n")
    _, _, answer = asked(slack, user)
    assert "Zanzibar" not in texts(answer)
    assert SENTENCE in texts(answer)


def test_a_bot_that_is_killed_while_the_model_speaks_leaves_one_whole_answer(
    started: Bot, slack: FakeSlack, user: str, model: Model
) -> None:
    model.pace_s = 0.2
    told = slack.dm(user, "How long are Intune audit logs kept?")
    slack.deliver(told)
    channel, thread = f"D{user[1:]}", str(told.body["event"]["ts"])
    slack.wait(lambda: slack.calls("chat.startStream"))
    time.sleep(0.1)
    started.kill()
    model.pace_s = 0.0
    started.start()
    answer = answer_in(slack, channel, thread)
    assert SENTENCE in texts(answer)
    assert len([one for one in slack.messages(channel) if one.own]) == 1
