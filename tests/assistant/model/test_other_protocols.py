"""Servers that do not speak OpenAI's own protocol, over HTTP: what each is sent, what is read."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.model.chat_model import open_model
from assistant.model.faults import Fault, ModelFault
from assistant.settings import Settings

SAID = '{"verdict": "answered"}'


@dataclass
class Recording:
    """A server that says one thing, whatever it is sent, and remembers that."""

    url: str
    said: bytes
    kind: str
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def recording(said: bytes, kind: str) -> Iterator[Recording]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def do_POST(self) -> None:
            record.paths.append(self.path)
            record.headers.append({name.lower(): value for name, value in self.headers.items()})
            record.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", record.kind)
            self.end_headers()
            self.wfile.write(record.said)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    record = Recording(f"http://127.0.0.1:{server.server_address[1]}", said, kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield record
    finally:
        server.shutdown()
        server.server_close()


def replied(settings: Settings, fixed: int = 0) -> tuple[str, int, int]:
    """Return what a model says, and the tokens in both directions."""
    deltas = list(
        open_model(settings).reply(
            "rules", "evidence, question", time.monotonic() + 20, fixed=fixed
        )
    )
    usage = [one.usage for one in deltas]
    return (
        "".join(one.text for one in deltas),
        sum(one.prompt for one in usage),
        sum(one.completion for one in usage),
    )


def settings(model: str, url: str) -> Settings:
    update = {"model": model, "model_url": url, "model_context": 6_000}
    return Settings.load().model_copy(update=update)


def events(*rows: dict[str, Any]) -> bytes:
    """Return rows as Anthropic's events."""
    return "".join(f"event: {row['type']}\ndata: {json.dumps(row)}\n\n" for row in rows).encode()


ANTHROPIC = events(
    {"type": "message_start", "message": {
        "id": "m", "type": "message", "role": "assistant", "model": "any", "content": [],
        "stop_reason": None, "stop_sequence": None,
        "usage": {"input_tokens": 10, "output_tokens": 1},
    }},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": SAID}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None},
     "usage": {"output_tokens": 7}},
    {"type": "message_stop"},
)  # fmt: skip


def test_anthropic_keeps_what_stays_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_anthropic")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key")
    with recording(ANTHROPIC, "text/event-stream") as server:
        said, _, _ = replied(settings("anthropic:any", server.url), fixed=len("evidence"))
    [body] = server.bodies
    [first, second] = body["messages"][0]["content"]
    assert (first["text"], first["cache_control"]) == ("evidence", {"type": "ephemeral"})
    assert (second["text"], "cache_control" in second) == (", question", False)
    assert body["max_tokens"] == 2_048
    assert body["stream"] is True
    assert any("a-key" in value for value in server.headers[0].values())
    assert said == SAID


def ollama(*rows: dict[str, Any]) -> bytes:
    made = {"model": "any", "created_at": "2026-01-01T00:00:00Z"}
    return "".join(json.dumps(made | row) + "\n" for row in rows).encode()


OLLAMA = ollama(
    {"message": {"role": "assistant", "content": SAID[:5]}, "done": False},
    {"message": {"role": "assistant", "content": SAID[5:]}, "done": False},
    {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop",
     "prompt_eval_count": 10, "eval_count": 7},
)  # fmt: skip


def test_the_context_of_ollama_is_asked_for_over_http() -> None:
    pytest.importorskip("langchain_ollama")
    with recording(OLLAMA, "application/x-ndjson") as server:
        said, prompt, completion = replied(settings("ollama:any", server.url))
    [body] = server.bodies
    assert server.paths == ["/api/chat"]
    assert body["options"]["num_predict"] == 2_048
    assert body["options"]["num_ctx"] > 6_000 + 2_048
    assert (said, prompt, completion) == (SAID, 10, 7)


def test_a_stream_of_ollama_without_an_end_broke_off() -> None:
    pytest.importorskip("langchain_ollama")
    cut = ollama({"message": {"role": "assistant", "content": SAID}, "done": False})
    with (
        recording(cut, "application/x-ndjson") as server,
        pytest.raises(ModelFault) as raised,
    ):
        replied(settings("ollama:any", server.url))
    assert raised.value.fault is Fault.CUT


CHUNK = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "any"}
ENDS: list[dict[str, Any]] = [
    {"index": 0, "delta": {"role": "assistant", "content": SAID}, "finish_reason": None},
    {"index": 0, "delta": {}, "finish_reason": "stop"},
]
AZURE = "".join(
    f"data: {json.dumps(CHUNK | {'choices': [choice]})}\n\n" for choice in ENDS
).encode()


@pytest.mark.parametrize("path", ["", "/openai/v1"])
def test_azure_is_asked_at_its_address_with_its_key(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_VERSION", raising=False)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "a-key")
    with recording(AZURE, "text/event-stream") as server:
        said, _, _ = replied(settings("azure_openai:my-gpt", f"{server.url}{path}"))
    assert said == SAID
    if path:
        assert server.paths == ["/openai/v1/chat/completions"]
        assert server.headers[0]["authorization"] == "Bearer a-key"
        assert server.bodies[0]["model"] == "my-gpt"
    else:
        [asked] = server.paths
        assert asked.startswith(
            "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21"
        )
        assert server.headers[0]["api-key"] == "a-key"
    assert "max_tokens" not in server.bodies[0]
