"""A local server that speaks the OpenAI chat-completions protocol, well or badly, as told.

def script(request: Request) -> Reply:
    return Status(503, "busy") if request.number == 1 else Text("Data stays in Ireland.")

with FakeOpenAI(script) as fake:
    ask(fake.url)
assert [request.stream for request in fake.requests] == [True, True]
"""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Literal, NamedTuple, Self

_PIECE = 20
_POLL_S = 0.05
_BEFORE_RESET_S = 0.05
"""Time for the client to read what came before the reset, as over a slower wire."""
_IDLE_S = 10.0
_STOP_S = 1.0
_HARD_CLOSE = struct.pack("ii", 1, 0)
_COMPLETIONS = "/v1/chat/completions"
_MODELS = "/v1/models"
_JSON = "application/json"
_EVENTS = "text/event-stream; charset=utf-8"

Json = dict[str, object]


class Message(NamedTuple):
    """One message of a request; content given in parts is their text, none is empty."""

    role: str
    content: str


@dataclass(frozen=True)
class Request:
    """One POST as it arrived."""

    number: int
    """Counted from 1, in order of arrival."""
    path: str
    messages: tuple[Message, ...]
    stream: bool
    model: str
    body: Mapping[str, object]
    authorization: str
    """The header whole, scheme included; empty where there was none."""
    traceparent: str
    """The trace that it belongs to; empty where it was not told."""
    arrived: float
    """On the monotonic clock."""


@dataclass(frozen=True)
class Text:
    """A good answer."""

    content: str
    prompt_tokens: int = 10
    completion_tokens: int = 5
    pace_s: float = 0.0
    """The wait between two chunks of a stream; a plain answer comes at once."""
    finish: str = "stop"
    thoughts: str = ""
    """What stands in `reasoning_content`, before the content, as servers of thinking models do."""
    usage: Literal["asked", "never", "always"] = "asked"
    """Whether tokens are told where they are asked for, never, or with every chunk."""
    ends: bool = True
    """Whether a stream says how it ended; without, it only closes."""
    streams: bool = True
    """Whether a stream is sent where one is asked for, or one object all the same."""
    ends_after: threading.Event | None = None
    """What has to have happened before a stream closes."""


@dataclass(frozen=True)
class Refusal:
    """The model declines: the text stands in `refusal` and there is no content."""

    text: str


@dataclass(frozen=True)
class Status:
    """An error, in the words of the API."""

    code: int
    message: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hang:
    """Nothing at all for the time, then the connection closes."""

    seconds: float


@dataclass(frozen=True)
class Reset:
    """A good answer whose connection is reset within the body."""

    after: int
    """Characters of the body, not of the content: one chunk of a stream has about 200."""
    content: str


@dataclass(frozen=True)
class Stall:
    """A good answer that stops within the body, and closes only after the time."""

    after: int
    """Characters of the body, not of the content: one chunk of a stream has about 200."""
    content: str
    seconds: float


@dataclass(frozen=True)
class Raw:
    """Any bytes under status 200, such as a page of HTML where JSON belongs."""

    body: bytes
    content_type: str = _JSON


Reply = Text | Refusal | Status | Hang | Reset | Stall | Raw
Script = Callable[[Request], Reply]


class FakeOpenAI:
    """Serves one script on a free port of 127.0.0.1 until the block ends.

    The script runs in the thread of each request, several at once. An exception in it closes
    that connection and is raised again where the block ends.
    """

    def __init__(self, script: Script) -> None:
        self._server = _Server(script)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="fake-openai", daemon=True
        )

    @property
    def url(self) -> str:
        """The base URL to configure a client with, ending in /v1."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every POST so far, in order of arrival; also after the block."""
        return self._server.recorded()

    @property
    def left(self) -> tuple[int, ...]:
        """Numbers of the requests whose client closed the connection before the answer was whole,
        as far as it was waiting then.
        """
        return self._server.left()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        self._thread.join(_STOP_S)
        failures = self._server.failures
        if failures and error is None:
            raise failures[0]
        if error is not None:
            for failure in failures:
                error.add_note(f"The fake server failed too: {failure!r}")


class _Server(ThreadingHTTPServer):
    """Keeps the record, and knows every open connection so that stopping can end it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, script: Script) -> None:
        self.script = script
        self.failures: list[BaseException] = []
        self._requests: list[Request] = []
        self._left: list[int] = []
        self._stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Bind without the reverse name lookup of HTTPServer, which may take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", int(self.server_address[1])

    def recorded(self) -> tuple[Request, ...]:
        with self._changed:
            return tuple(self._requests)

    def record(self, path: str, body: Json, headers: HTTPMessage) -> Request:
        with self._changed:
            request = Request(
                number=len(self._requests) + 1,
                path=path,
                messages=_messages(body),
                stream=body.get("stream") is True,
                model=str(body.get("model", "")),
                body=MappingProxyType(body),
                authorization=headers.get("Authorization", ""),
                traceparent=headers.get("traceparent", ""),
                arrived=time.monotonic(),
            )
            self._requests.append(request)
            return request

    def left(self) -> tuple[int, ...]:
        with self._changed:
            return tuple(self._left)

    def pause(self, seconds: float, number: int, connection: socket.socket) -> None:
        """Wait; the end of the server, or of the connection, cuts the wait short and abandons the
        answer.
        """
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            if self._stopping.wait(min(rest, _POLL_S)):
                raise ConnectionAbortedError("the fake server stops")
            if _is_closed(connection):
                with self._changed:
                    self._left.append(number)
                raise ConnectionAbortedError("the client left")

    def stop(self) -> None:
        """Take no more connections, end the open ones, and wait a moment for their threads."""
        self._stopping.set()
        self.shutdown()
        self.server_close()
        with self._changed:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, timeout=_STOP_S)

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        with self._changed:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close one connection; one that is to be reset gets no orderly end first."""
        assert isinstance(request, socket.socket)
        linger = request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_HARD_CLOSE))
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()
        if linger == _HARD_CLOSE:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that left is no failure; anything else is one of the test's own."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError | TimeoutError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the record is in `requests`."""

    def do_GET(self) -> None:
        if self.path == _MODELS:
            model = {"id": "fake-model", "object": "model", "created": 0, "owned_by": "fake"}
            self._send(200, _JSON, _bytes({"object": "list", "data": [model]}))
        else:
            self._error(Status(404, f"Unknown request URL: GET {self.path}."))

    def do_POST(self) -> None:
        body = _object(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if body is None:
            self._error(Status(400, "We could not parse the JSON body of your request."))
            return
        request = self.server.record(self.path, body, self.headers)
        if self.path != _COMPLETIONS:
            self._error(Status(404, f"Unknown request URL: POST {self.path}."))
            return
        self._reply(request, self.server.script(request))

    def _reply(self, request: Request, reply: Reply) -> None:
        match reply:
            case Text() | Refusal():
                self._answer(request, reply)
            case Status():
                self._error(reply)
            case Raw():
                self._send(200, reply.content_type, reply.body)
            case Hang():
                self.close_connection = True
                self._pause(reply.seconds, request)
            case Stall():
                self._part(request, reply.content, reply.after)
                self._pause(reply.seconds, request)
            case Reset():
                self._part(request, reply.content, reply.after)
                self._pause(_BEFORE_RESET_S, request)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)

    def _answer(self, request: Request, reply: Text | Refusal) -> None:
        if not request.stream or (isinstance(reply, Text) and not reply.streams):
            self._send(200, _JSON, _bytes(_completion(request, reply)))
            return
        self._stream_headers()
        pace = reply.pace_s if isinstance(reply, Text) else 0.0
        for number, event in enumerate(_events(request, reply)):
            self._pause(pace if number else 0.0, request)
            self._chunk(event)
        while isinstance(reply, Text) and reply.ends_after and not reply.ends_after.is_set():
            self._pause(_POLL_S, request)
        self._chunk("")

    def _pause(self, seconds: float, request: Request) -> None:
        self.server.pause(seconds, request.number, self.connection)

    def _part(self, request: Request, content: str, after: int) -> None:
        """The headers and the first characters of a good answer's body."""
        self.close_connection = True
        if not request.stream:
            body = _bytes(_completion(request, Text(content)))
            self._headers(200, _JSON, len(body))
            self.wfile.write(body.decode()[:after].encode())
            return
        self._stream_headers()
        for event in _events(request, Text(content)):
            if after > 0:
                self._chunk(event[:after])
            after -= len(event)

    def _chunk(self, text: str) -> None:
        """One chunk of HTTP's own; the empty one ends the body."""
        data = text.encode()
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def _error(self, status: Status) -> None:
        kind, code = _ERRORS.get(status.code, _UNNAMED)
        error: Json = {"message": status.message, "type": kind, "param": None, "code": code}
        self._send(status.code, _JSON, _bytes({"error": error}), status.headers)

    def _send(
        self, code: int, content_type: str, body: bytes, extra: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self._headers(code, content_type, len(body), extra)
        self.wfile.write(body)

    def _headers(
        self, code: int, content_type: str, length: int, extra: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()

    def _stream_headers(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", _EVENTS)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()


def _is_closed(connection: socket.socket) -> bool:
    """Tell whether the client has closed a connection, on which it sends nothing while it waits."""
    if not select.select([connection], [], [], 0)[0]:
        return False
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


class _Error(NamedTuple):
    """How the API labels one status."""

    kind: str
    code: str | None


_UNNAMED = _Error("invalid_request_error", None)
_ERRORS = {
    401: _Error("invalid_request_error", "invalid_api_key"),
    404: _Error("invalid_request_error", "unknown_url"),
    429: _Error("requests", "rate_limit_exceeded"),
    500: _Error("server_error", None),
    502: _Error("server_error", None),
    503: _Error("server_error", None),
    504: _Error("server_error", None),
}


def _completion(request: Request, reply: Text | Refusal) -> Json:
    """The whole answer as one object."""
    message: Json = {"role": "assistant", "content": None, "refusal": None}
    message[_field(reply)] = _said(reply)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(reply)}
    return _envelope(request, "chat.completion") | {"choices": [choice], "usage": _usage(reply)}


def _events(request: Request, reply: Text | Refusal) -> Iterator[str]:
    """The answer as server-sent events: the role, the pieces, the end, the usage if asked."""
    envelope = _envelope(request, "chat.completion.chunk")
    told = reply.usage if isinstance(reply, Text) else "asked"
    with_usage = _wants_usage(request) and told == "asked"
    if with_usage:
        envelope["usage"] = None
    if told == "always":
        envelope["usage"] = _usage(reply)
    ends = not isinstance(reply, Text) or reply.ends
    for delta in _deltas(reply):
        if not delta and not ends:
            return
        finish = None if delta else _finish(reply)
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        yield _event(envelope | {"choices": [choice]})
    if with_usage:
        yield _event(envelope | {"choices": [], "usage": _usage(reply)})
    yield "data: [DONE]\n\n"


def _deltas(reply: Text | Refusal) -> Iterator[Json]:
    """What each chunk adds; nothing, at the end."""
    field, said = _field(reply), _said(reply)
    first: Json = {"role": "assistant", "content": None, "refusal": None}
    yield first | {field: ""}
    if isinstance(reply, Text) and reply.thoughts:
        yield {"content": None, "reasoning_content": reply.thoughts}
    for start in range(0, len(said), _PIECE):
        yield {field: said[start : start + _PIECE]}
    yield {}


def _envelope(request: Request, kind: str) -> Json:
    return {
        "id": f"chatcmpl-fake-{request.number}",
        "object": kind,
        "created": int(time.time()),
        "model": request.model,
    }


def _field(reply: Text | Refusal) -> str:
    return "content" if isinstance(reply, Text) else "refusal"


def _said(reply: Text | Refusal) -> str:
    return reply.content if isinstance(reply, Text) else reply.text


def _finish(reply: Text | Refusal) -> str:
    return reply.finish if isinstance(reply, Text) else "stop"


def _usage(reply: Text | Refusal) -> Json:
    counted = reply if isinstance(reply, Text) else Text(reply.text)
    return {
        "prompt_tokens": counted.prompt_tokens,
        "completion_tokens": counted.completion_tokens,
        "total_tokens": counted.prompt_tokens + counted.completion_tokens,
    }


def _wants_usage(request: Request) -> bool:
    options = request.body.get("stream_options")
    return isinstance(options, dict) and options.get("include_usage") is True


def _messages(body: Json) -> tuple[Message, ...]:
    listed = body.get("messages")
    if not isinstance(listed, list):
        return ()
    return tuple(
        Message(str(message.get("role", "")), _content(message.get("content")))
        for message in listed
        if isinstance(message, dict)
    )


def _content(value: object) -> str:
    if isinstance(value, list):
        return "".join(str(part.get("text", "")) for part in value if isinstance(part, dict))
    return value if isinstance(value, str) else ""


def _object(body: bytes) -> Json | None:
    """The JSON object in the bytes; None where there is no such thing."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _event(value: Json) -> str:
    return f"data: {_text(value)}\n\n"


def _bytes(value: Json) -> bytes:
    return _text(value).encode()


def _text(value: Json) -> str:
    """As the API writes it: compact, and letters of any language as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
