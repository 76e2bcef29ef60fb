"""Traces over OTLP: a span for each question, those of its stages in it, and nothing of words."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from assistant.settings import Settings
from assistant.timeline import Timeline
from tests.fakes.openai import FakeOpenAI, Text
from tests.ui.conftest import ANN
from tests.ui.telemetry.collector import Collector, collecting, said
from tests.ui.telemetry.conftest import Watched
from tests.ui.telemetry.scraping import free_port
from tests.ui.test_mcp import ask, called
from ui.telemetry.incoming import Door
from ui.telemetry.observed import observed
from ui.telemetry.spans import Spans
from ui.web.access.limits import Guarded

QUESTION = "How long are Intune audit logs kept?"
ATTRIBUTES = {
    "residency.door", "residency.verdict", "residency.mode", "residency.index.build",
    "residency.citations", "residency.facts", "residency.passages", "residency.questions",
    "residency.approved",
}  # fmt: skip
_BOUND_S = 5.0


def _traceparent(flags: str = "01") -> tuple[str, str, str]:
    trace, parent = secrets.token_hex(16), secrets.token_hex(8)
    return f"00-{trace}-{parent}-{flags}", trace, parent


def _of(collector: Collector, trace: str) -> list[Span]:
    """Wait for the whole of a trace: its question comes last."""
    found: list[Span] = []

    def is_whole() -> bool:
        found[:] = [one for one in collector.spans() if one.trace_id.hex() == trace]
        return any(one.name == "question" for one in found)

    collector.wait(is_whole)
    return found


def test_a_question_is_a_span_in_the_trace_of_its_caller(watched: Watched) -> None:
    header, trace, parent = _traceparent()
    answer = watched.asked(QUESTION, header).json()
    spans = _of(watched.collector, trace)
    (question,) = (one for one in spans if one.name == "question")
    assert question.parent_span_id.hex() == parent
    assert question.kind == Span.SPAN_KIND_SERVER
    told = said(question)
    assert set(told) == ATTRIBUTES
    assert told["residency.door"] == "api"
    assert told["residency.verdict"] == answer["verdict"] == "answered"
    assert told["residency.index.build"] == answer["index"]
    assert told["residency.citations"] == len(answer["citations"])
    assert told["residency.questions"] == 1
    stages = [one for one in spans if one is not question]
    assert {one.name for one in stages} >= {
        "waiting", "understanding", "retrieval", "composing", "verification", "library",
    }  # fmt: skip
    for one in stages:
        assert one.parent_span_id == question.span_id
        assert question.start_time_unix_nano <= one.start_time_unix_nano
        assert one.start_time_unix_nano <= one.end_time_unix_nano
        # Two clocks: when it is, and how long it took.
        assert one.end_time_unix_nano <= question.end_time_unix_nano + 5_000_000
        assert not one.attributes


def test_mcp_is_a_door_of_its_own(watched: Watched) -> None:
    before = len(watched.collector.spans())
    called(watched.url, ANN, lambda client: ask(client, QUESTION))

    def doors() -> list[object]:
        new = watched.collector.spans()[before:]
        return [said(one).get("residency.door") for one in new if one.name == "question"]

    watched.collector.wait(lambda: "mcp" in doors())


@pytest.mark.parametrize("header", ["nonsense", "00-0-0-01", "00-" + "0" * 32 + "-1-01", "é"])
def test_what_is_no_trace_is_left_out(watched: Watched, header: str) -> None:
    before = len(watched.collector.spans())
    sent = httpx.post(
        f"{watched.url}api/ask", json={"question": QUESTION}, auth=ANN, timeout=180,
        headers={"traceparent": header.encode()},
    )  # fmt: skip
    assert sent.status_code == 200

    def roots() -> list[Span]:
        return [one for one in watched.collector.spans()[before:] if not one.parent_span_id]

    watched.collector.wait(roots)
    assert {one.name for one in roots()} == {"question"}


def test_a_caller_that_samples_nothing_is_left_alone(watched: Watched) -> None:
    header, unsampled, _ = _traceparent("00")
    assert watched.asked(QUESTION, header).status_code == 200
    after, sampled, _ = _traceparent()
    watched.asked(QUESTION, after)
    _of(watched.collector, sampled)
    assert unsampled not in {one.trace_id.hex() for one in watched.collector.spans()}


def test_a_question_that_fails_names_the_kind_of_error(watched: Watched) -> None:
    header, trace, _ = _traceparent()
    assert watched.asked("zebrafinch " * 2_000, header).status_code == 422
    (question,) = (one for one in _of(watched.collector, trace) if one.name == "question")
    assert question.status.code == question.status.STATUS_CODE_ERROR
    assert question.status.message == ""
    assert said(question)["error.type"] == "QuestionError"
    assert not question.events


def test_no_word_and_no_name_is_sent(watched: Watched) -> None:
    header, trace, _ = _traceparent()
    httpx.post(
        f"{watched.url}api/ask", auth=ANN, timeout=180,
        json={"question": "Are zebrafinch records of Quillfeather kept in Norway?",
              "thread": "of-ann"},
        headers={"traceparent": header, "tracestate": "vendor=quillfeather",
                 "baggage": "user=quillfeather"},
    )  # fmt: skip
    _of(watched.collector, trace)
    for body in watched.collector.sent:
        told = body.lower()
        for word in (b"zebrafinch", b"quillfeather", b"norway", b"intune", b"of-ann", b"web:ann"):
            assert word not in told


def test_opentelemetrys_own_variables_are_read(watched: Watched) -> None:
    header, trace, _ = _traceparent()
    watched.asked(QUESTION, header)
    _of(watched.collector, trace)
    (headers,) = {one["x-collector-key"] for one in watched.collector.headers}
    assert headers == "abc"
    assert {one["path"] for one in watched.collector.headers} == {"/v1/traces"}
    resource = watched.collector.requests()[0].resource_spans[0].resource
    told = {one.key: one.value.string_value for one in resource.attributes}
    assert told["service.name"] == "residency-tested"
    assert told["service.version"] == "0.1.0"


def test_the_model_is_told_the_trace(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-a-key")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def script(request: Any) -> Any:
        return Text('{"verdict": "not_in_documents"}\n')

    with FakeOpenAI(script) as fake, collecting() as collector:
        assistant = Guarded.open(
            Settings(
                home=built_home, model="openai:traced", model_url=fake.url,
                otlp_endpoint=f"{collector.url}/",
            )
        )  # fmt: skip
        with observed(assistant, Door.PAGE, ()):
            # By a stream the model is asked in a thread of its own.
            assert list(assistant.stream("What does Intune cost a month on Mars?"))
        assistant.close()
        (request,) = fake.requests
    spans = {one.name: one for one in collector.spans()}
    question, model, call = (spans[name] for name in ("question", "model", "model call"))
    trace, caller = request.traceparent.split("-")[1:3]
    assert {one.trace_id.hex() for one in spans.values()} == {trace}
    assert question.span_id.hex() == caller
    assert call.parent_span_id == model.span_id
    assert model.parent_span_id == question.span_id
    assert call.kind == Span.SPAN_KIND_CLIENT
    assert said(call) == {
        "residency.model.ended": "replied",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
    }


def test_what_is_left_is_sent_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")
    with collecting() as collector:
        spans = Spans(collector.url)
        for _ in range(3):
            spans.end(spans.begin(Door.PAGE, ""), Timeline(), None, "")
        assert collector.sent == []
        spans.close()
        assert [one.name for one in collector.spans()] == ["question"] * 3


@contextmanager
def _silent() -> Iterator[str]:
    """Yield an address that takes connections and never answers."""
    held = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            try:
                while True:
                    held.append(server.accept()[0])
            except OSError:
                return

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for one in held:
        one.close()


@contextmanager
def _nobody() -> Iterator[str]:
    """Yield an address at which nobody listens."""
    yield f"http://127.0.0.1:{free_port()}"


@pytest.mark.parametrize("away", [_nobody, _silent])
def test_a_collector_that_is_away_holds_up_nothing(
    built_home: Path, monkeypatch: pytest.MonkeyPatch, away: Any
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "64")
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16")
    with away() as url:
        assistant = Guarded.open(
            Settings(home=built_home, otlp_endpoint=url, questions_per_minute=0)
        )
        with observed(assistant, Door.PAGE, ()):
            for _ in range(30):
                assert assistant.ask(QUESTION).citations
            ending = time.monotonic()
        assert time.monotonic() - ending < _BOUND_S
        assistant.close()
