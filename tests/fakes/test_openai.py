"""The fake server keeps the protocol when it should, and breaks it only as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.fakes.openai import (
    FakeOpenAI,
    Hang,
    Raw,
    Refusal,
    Reply,
    Request,
    Reset,
    Stall,
    Status,
    Text,
)

LONG = "Kundendaten bleiben in Zürich, außer bei Störungen; das gilt für alle Dienste. " * 3


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10.0) as opened:
        yield opened


def always(reply: Reply) -> Callable[[Request], Reply]:
    return lambda request: reply


def asked(question: str = "Where?", **more: object) -> dict[str, object]:
    return {"model": "m", "messages": [{"role": "user", "content": question}], **more}


def post(
    client: httpx.Client, fake: FakeOpenAI, question: str = "Where?", **more: object
) -> httpx.Response:
    return client.post(f"{fake.url}/chat/completions", json=asked(question, **more))


def events(text: str) -> list[dict[str, object]]:
    lines = text.split("\n\n")
    assert lines.pop() == ""
    assert lines.pop() == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def choices(text: str) -> list[dict[str, object]]:
    found = []
    for event in events(text):
        listed = event["choices"]
        assert isinstance(listed, list)
        found += listed
    return found


def deltas(text: str) -> list[dict[str, object]]:
    found = []
    for choice in choices(text):
        delta = choice["delta"]
        assert isinstance(delta, dict)
        found.append(delta)
    return found


def joined(text: str, field: str) -> str:
    return "".join(str(delta.get(field) or "") for delta in deltas(text))


def test_a_plain_answer(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text(LONG, 7, 3, finish="length"))) as fake:
        answer = post(client, fake)
    got = answer.json()
    assert got["object"] == "chat.completion"
    assert got["model"] == "m"
    assert got["id"].startswith("chatcmpl-")
    (choice,) = got["choices"]
    assert choice["message"] == {"role": "assistant", "content": LONG, "refusal": None}
    assert choice["finish_reason"] == "length"
    assert got["usage"] == {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


def test_a_streamed_answer(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text(LONG))) as fake:
        answer = post(client, fake, stream=True)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert deltas(answer.text)[0]["role"] == "assistant"
    assert joined(answer.text, "content") == LONG
    assert max(len(str(delta.get("content") or "")) for delta in deltas(answer.text)) == 20
    assert [choice["finish_reason"] for choice in choices(answer.text)][-2:] == [None, "stop"]
    assert all("usage" not in event for event in events(answer.text))


def test_usage_ends_a_stream_that_asks_for_it(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text("Ireland.", 7, 3))) as fake:
        answer = post(client, fake, stream=True, stream_options={"include_usage": True})
    *before, last = events(answer.text)
    assert [event["usage"] for event in before] == [None] * len(before)
    assert last["choices"] == []
    assert last["usage"] == {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


def test_a_paced_stream_comes_in_time(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text("x" * 40, pace_s=0.1))) as fake:
        began = time.monotonic()
        with client.stream("POST", f"{fake.url}/chat/completions", json=asked(stream=True)) as got:
            seen = [time.monotonic() - began for line in got.iter_lines() if line]
    assert len(seen) == 5  # role, two pieces, finish, [DONE]
    assert seen[-1] - seen[0] >= 0.35


def test_a_refusal(client: httpx.Client) -> None:
    with FakeOpenAI(always(Refusal("I cannot help with that request."))) as fake:
        plain = post(client, fake).json()["choices"][0]["message"]
        streamed = post(client, fake, stream=True).text
    assert plain["refusal"] == "I cannot help with that request."
    assert plain["content"] is None
    assert joined(streamed, "refusal") == "I cannot help with that request."
    assert joined(streamed, "content") == ""


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("code", [400, 401, 429, 500, 503])
def test_a_status(client: httpx.Client, code: int, stream: bool) -> None:
    with FakeOpenAI(always(Status(code, "No.", (("Retry-After", "2"),)))) as fake:
        answer = post(client, fake, stream=stream)
    assert answer.status_code == code
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["error"]["message"] == "No."
    assert {"type", "code"} <= answer.json()["error"].keys()


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("body", [b"", b'{"choices": [', b"<html>Bad gateway</html>"])
def test_raw_bytes(client: httpx.Client, body: bytes, stream: bool) -> None:
    with FakeOpenAI(always(Raw(body, "text/html"))) as fake:
        answer = post(client, fake, stream=stream)
    assert answer.status_code == 200
    assert answer.content == body
    assert answer.headers["content-type"] == "text/html"


@pytest.mark.parametrize("stream", [False, True])
def test_a_hang_closes_without_an_answer(client: httpx.Client, stream: bool) -> None:
    with FakeOpenAI(always(Hang(0.2))) as fake, pytest.raises(httpx.RemoteProtocolError):
        post(client, fake, stream=stream)


def test_a_hang_outlasts_the_client(client: httpx.Client) -> None:
    with FakeOpenAI(always(Hang(60))) as fake, pytest.raises(httpx.ReadTimeout):
        client.post(f"{fake.url}/chat/completions", json=asked(), timeout=0.2)


def received(client: httpx.Client, fake: FakeOpenAI, stream: bool, wait: float = 5.0) -> list[str]:
    """Whatever text came before the error that must come; the error's class is the last."""
    seen = []
    url = f"{fake.url}/chat/completions"
    try:
        with client.stream("POST", url, json=asked(stream=stream), timeout=wait) as answer:
            assert answer.status_code == 200
            for text in answer.iter_text():
                seen.append(text)  # noqa: PERF402
    except httpx.TransportError as error:
        return ["".join(seen), type(error).__name__]
    raise AssertionError("the answer came whole")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("after", [0, 30, 450])
def test_a_reset_cuts_the_body_hard(client: httpx.Client, after: int, stream: bool) -> None:
    with FakeOpenAI(always(Reset(after, LONG))) as fake:
        text, error = received(client, fake, stream)
    assert error == "ReadError"
    assert len(text) == after


@pytest.mark.parametrize("stream", [False, True])
def test_a_stall_goes_silent(client: httpx.Client, stream: bool) -> None:
    with FakeOpenAI(always(Stall(450, LONG, 60))) as fake:
        text, error = received(client, fake, stream, wait=0.3)
    assert error == "ReadTimeout"
    assert len(text) == 450


@pytest.mark.parametrize("stream", [False, True])
def test_a_stall_closes_in_the_end(client: httpx.Client, stream: bool) -> None:
    with FakeOpenAI(always(Stall(450, LONG, 0.1))) as fake:
        assert received(client, fake, stream)[1] == "RemoteProtocolError"


def test_requests_are_recorded_in_order(client: httpx.Client) -> None:
    with FakeOpenAI(lambda request: Text(f"answer {request.number}")) as fake:
        parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
        messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": parts}]
        url = f"{fake.url}/chat/completions"
        body = {"model": "m1", "messages": messages, "temperature": 0}
        first = client.post(url, json=body, headers={"Authorization": "Bearer k"})
        second = post(client, fake, "Why?", stream=True)
    assert first.json()["choices"][0]["message"]["content"] == "answer 1"
    assert joined(second.text, "content") == "answer 2"
    one, two = fake.requests
    assert (one.number, one.path, one.model, one.stream) == (1, "/v1/chat/completions", "m1", False)
    assert one.messages == (("system", "Be brief."), ("user", "ab"))
    assert one.authorization == "Bearer k"
    assert one.body["temperature"] == 0
    assert (two.number, two.stream, two.authorization) == (2, True, "")
    assert two.messages == (("user", "Why?"),)
    assert one.arrived <= two.arrived <= time.monotonic()


def test_requests_run_at_once(client: httpx.Client) -> None:
    """All must be inside the script together before any is answered."""
    together = threading.Barrier(12, timeout=10)

    def script(request: Request) -> Reply:
        together.wait()
        return Text(request.messages[0].content)

    def echo(question: str) -> str:
        return joined(post(client, fake, question, stream=True).text, "content")

    questions = [f"question {number}" for number in range(12)]
    with FakeOpenAI(script) as fake, ThreadPoolExecutor(12) as pool:
        assert list(pool.map(echo, questions)) == questions
    assert [request.number for request in fake.requests] == list(range(1, 13))
    assert sorted(request.messages[0].content for request in fake.requests) == sorted(questions)


@pytest.mark.parametrize(
    "reply", [Hang(60), Stall(100, LONG, 60), Text(LONG, pace_s=60)], ids=["hang", "stall", "pace"]
)
def test_stopping_ends_what_waits(reply: Reply) -> None:
    ended = threading.Event()

    def ask() -> None:
        with httpx.Client(trust_env=False, timeout=30.0) as own:
            with pytest.raises(httpx.TransportError):
                post(own, fake, stream=True)
            ended.set()

    with FakeOpenAI(always(reply)) as fake:
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        until(lambda: len(fake.requests) == 1)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert ended.wait(2)
    until(lambda: not handlers())


def test_stopping_ends_connections_kept_alive(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text("Ireland."))) as fake:
        for _ in range(2):
            post(client, fake)
        assert len(handlers()) == 1
        began = time.monotonic()
    assert time.monotonic() - began < 2
    until(lambda: not handlers())
    with pytest.raises(httpx.ConnectError):
        post(client, fake)


def test_a_client_that_leaves_is_no_failure(
    client: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    with FakeOpenAI(always(Text("x" * 2000, pace_s=0.01))) as fake:
        url = f"{fake.url}/chat/completions"
        with client.stream("POST", url, json=asked(stream=True)) as answer:
            next(answer.iter_lines())
        until(lambda: not handlers())
    assert capfd.readouterr().err == ""


def test_a_script_that_fails_fails_the_test(client: httpx.Client) -> None:
    def script(request: Request) -> Reply:
        raise AssertionError("not a question I know")

    with (
        pytest.raises(AssertionError, match="not a question I know"),
        FakeOpenAI(script) as fake,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        post(client, fake)


def test_a_failed_script_is_told_beside_the_error_of_the_block(client: httpx.Client) -> None:
    def script(request: Request) -> Reply:
        raise AssertionError("not a question I know")

    with pytest.raises(httpx.RemoteProtocolError) as caught, FakeOpenAI(script) as fake:
        post(client, fake)
    assert "not a question I know" in caught.value.__notes__[0]


def test_the_list_of_models(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text(""))) as fake:
        answer = client.get(f"{fake.url}/models").json()
    assert answer["object"] == "list"
    assert [model["object"] for model in answer["data"]] == ["model"]
    assert fake.requests == ()


def test_other_addresses_and_bodies_are_errors(client: httpx.Client) -> None:
    with FakeOpenAI(always(Text(""))) as fake:
        assert client.get(f"{fake.url}/other").status_code == 404
        assert client.post(f"{fake.url}/responses", json={}).status_code == 404
        assert client.post(f"{fake.url}/chat/completions", content=b"{").status_code == 400
    assert [request.path for request in fake.requests] == ["/v1/responses"]


def handlers() -> list[threading.Thread]:
    return [found for found in threading.enumerate() if "process_request_thread" in found.name]


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
