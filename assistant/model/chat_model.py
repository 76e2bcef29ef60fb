"""The chat model that the user configured: the one place that knows LangChain's chat models.

A provider raises its own kinds of errors, may hang in mid-stream, or send without end. Here every
call ends within its time as text or as one of the faults of `Fault`, and its connection is closed
when nobody reads on: a slow server stops then. A server that refuses how it
is asked is asked in another manner at once, and in that manner from then on.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assistant.errors import SettingsError
from assistant.model.faults import NOT_STREAMED, Fault, ModelFault, fault_of, first_line
from assistant.model.servers import (
    Manner,
    Spoken,
    keywords,
    messages,
    other_manner,
    spoken,
)
from assistant.model.tracing import silence_tracing
from assistant.settings import Settings
from assistant.timeline import current_timeline

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
LONGEST_REPLY = 60_000
"""Code points of a reply; a model that sends more is cut off."""
_RETRY_WITHIN = 0.5
"""Share of the time left that is waited at most before a call is tried again."""
_PAUSE_S = 0.2
_MOST_UNREAD = 256
"""Pieces of a reply that may wait to be read."""
_CUT_OFF = ("length", "max_tokens", "MAX_TOKENS")
_FILTERED = ("content_filter", "refusal", "SAFETY")
_ENDINGS = ("finish_reason", "stop_reason", "done_reason", "stopReason", "finishReason", "done")
"""Where providers say that a reply ended."""
_MOST_MANNERS = 4
_LOOKED_AT, _LONGEST_TURN = 1_500, 250
"""Code points of the end of a reply that is one turn of a loop over and over."""
_CONTEXT_STEP = 256
"""Contexts are multiples of this; a prompt that takes just so many tokens filled one."""
_FILLED = 0.7
"""Share of what a prompt takes by our count at least; a server that counts less has cut it."""
_REMEDY = {
    "openai": "pip install 'residency-assistant[openai]'",
    "azure_openai": "pip install 'residency-assistant[openai]'",
    "anthropic": "pip install 'residency-assistant[anthropic]'",
    "ollama": "pip install 'residency-assistant[ollama]'",
}
_KEYS = {"openai": "OPENAI_API_KEY", "azure_openai": "AZURE_OPENAI_API_KEY"}


def never() -> bool:
    """Tell that somebody waits for a reply to its end."""
    return False


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that calls took."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.completion + other.completion)

    def __sub__(self, other: Usage) -> Usage:
        return Usage(self.prompt - other.prompt, self.completion - other.completion)

    @property
    def total(self) -> int:
        """Tokens in both directions."""
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a reply."""

    text: str = ""
    usage: Usage = field(default_factory=Usage)
    refusal: str = ""
    cut_off: bool = False
    """True when the model was stopped at its most tokens."""
    ended: bool = False
    """True when the server says that the reply is whole."""


class ChatModel(Protocol):
    """A chat model that replies piece by piece."""

    @property
    def name(self) -> str:
        """Provider and model."""
        ...

    @property
    def identity(self) -> str:
        """Model, server and options: a reply belongs to these."""
        ...

    def reply(
        self,
        system: str,
        human: str,
        until: float,
        *,
        fixed: int = 0,
        most: int = 0,
        left: Callable[[], bool] = never,
    ) -> Generator[Delta]:
        """Yield a reply until a time of the monotonic clock; raise ModelFault.

        `fixed` are the leading code points of `human` that are the same every time; `most` are the
        tokens of the reply, 0 the configured ones; `left` tells that nobody waits any more. Closed
        early it ends the call.
        """
        ...


class ConfiguredModel:
    """A chat model by LangChain's `init_chat_model`; safe to share between threads."""

    def __init__(self, settings: Settings, model: BaseChatModel, server: Spoken) -> None:
        self._name = settings.model
        self._model = model
        self._server = server
        self._manner = server.manner
        options = json.dumps(settings.model_options, sort_keys=True, default=str)
        parts = (settings.model, settings.model_url, options, str(settings.model_reply_tokens))
        self._identity = hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @property
    def name(self) -> str:
        """Provider and model as they were set."""
        return self._name

    @property
    def identity(self) -> str:
        """Model, server and options: a reply belongs to these."""
        return self._identity

    def reply(
        self,
        system: str,
        human: str,
        until: float,
        *,
        fixed: int = 0,
        most: int = 0,
        left: Callable[[], bool] = never,
    ) -> Generator[Delta]:
        """Yield a reply until a time of the monotonic clock; raise ModelFault.

        A call that failed before its first piece is made once more, after the wait that the
        provider asks for, where the time left allows it.
        """
        timeline = current_timeline()
        call = _Call(
            system, human, until, fixed, most or self._server.most, left,
            timeline.traceparent if timeline is not None else "",
        )  # fmt: skip
        begun = False
        try:
            for delta in self._in_some_manner(call):
                begun = True
                yield delta
        except ModelFault as fault:
            wait = _worth_waiting(fault, until)
            if begun or wait is None:
                raise
            _LOG.warning("%s; asking again in %.1f s", fault, wait)
            time.sleep(wait)
            yield from self._in_some_manner(call)

    def _in_some_manner(self, call: _Call) -> Generator[Delta]:
        """Ask, and in another manner while the server's refusal says which; the one that works is
        kept.
        """
        manner = self._manner
        for left in reversed(range(_MOST_MANNERS)):
            begun = False
            try:
                for delta in self._attempt(call, manner):
                    begun = True
                    yield delta
            except ModelFault as fault:
                other = _other(manner, fault)
                if begun or other is None or not left:
                    raise
                _LOG.warning("%s; asking in another manner", fault)
                manner = other
            else:
                self._manner = manner
                return

    def _attempt(self, call: _Call, manner: Manner) -> Generator[Delta]:
        read = _Read(call)
        with _Pump(lambda: self._chunks(call, manner)) as pump:
            for chunk in pump.until(call):
                yield read.take(_delta(chunk))
        read.finish()

    async def _chunks(self, call: _Call, manner: Manner) -> AsyncGenerator[Any]:
        told = messages(manner, call.system, call.human, call.fixed)
        made = keywords(manner, call.most, self._server.extra)
        if call.traceparent and self._server.takes_headers:
            made["extra_headers"] = {"traceparent": call.traceparent}
        if not manner.streams:
            yield await self._model.ainvoke(told, **made)
            return
        if "stream_usage" in self._server.options:
            made["stream_usage"] = manner.counts
        # Ended here, in the call's own task: what is left to be collected ends at any time.
        async with aclosing(self._model.astream(told, **made)) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                yield chunk


def _other(manner: Manner, fault: ModelFault) -> Manner | None:
    """Return how to ask after a fault; None where asking otherwise is of no use."""
    if fault.fault in (Fault.REJECTED, Fault.SERVER):
        return other_manner(manner, fault.detail)
    if fault.fault is Fault.EMPTY and fault.detail == NOT_STREAMED and manner.streams:
        return replace(manner, streams=False)
    return None


@dataclass(frozen=True, slots=True)
class _Call:
    """What is asked of a model, and how long it may take."""

    system: str
    human: str
    until: float
    fixed: int
    most: int
    left: Callable[[], bool]
    traceparent: str = ""
    """What the server is told of the trace that the call belongs to; empty where there is none."""

    @property
    def least_tokens(self) -> int:
        """Tokens that the prompt takes at the very least, whatever the tokenizer."""
        return int(_FILLED * (len(self.system) + len(self.human)) / 4.5)


class _Read:
    """What was read of a reply so far, and what is wrong with it."""

    def __init__(self, call: _Call) -> None:
        self._call = call
        self._told = Usage()
        """Tokens as the server counted them last."""
        self._end = ""
        self._length = 0
        self._counts = 0
        self._counted_last = False
        self._ended = False
        self._said = False

    def take(self, delta: Delta) -> Delta:
        """Return a piece with what its tokens add; raise ModelFault for what ends the reply."""
        counted, delta = self._counted(delta)
        if delta.refusal:
            raise ModelFault(Fault.REFUSED, delta.refusal[:200])
        self._length += len(delta.text)
        self._said = self._said or bool(delta.text.strip())
        self._ended = self._ended or delta.ended
        if counted:
            self._check_context()
        if delta.cut_off:
            raise self._cut_off()
        if self._length > LONGEST_REPLY:
            raise ModelFault(Fault.LONG, f"over {LONGEST_REPLY:,} characters")
        if delta.text and self._is_loop(delta.text):
            raise ModelFault(Fault.REPEATS)
        return delta

    def finish(self) -> None:
        """Raise ModelFault where the reply is empty or broke off."""
        if not self._said:
            raise ModelFault(Fault.EMPTY)
        # A server that never says how it ended counts at the end, once.
        if not self._ended and not (self._counts == 1 and self._counted_last):
            raise ModelFault(Fault.CUT)

    def _counted(self, delta: Delta) -> tuple[bool, Delta]:
        """Take in what tokens a piece tells of.

        Some servers tell the sum so far with every piece, and the prompt again with it; others
        what each piece added.
        """
        self._counted_last = delta.usage.total > 0 or (self._counted_last and not delta.text)
        if not delta.usage.total:
            return False, delta
        self._counts += 1
        before, new = self._told, delta.usage
        is_sum = bool(before.prompt) and new.prompt >= before.prompt
        self._told = new if is_sum else before + new
        return True, replace(delta, usage=self._told - before)

    def _check_context(self) -> None:
        """Raise ModelFault where the server has read a part of the prompt alone."""
        read = self._told.prompt
        if read >= _CONTEXT_STEP and not read % _CONTEXT_STEP and read < self._call.least_tokens:
            raise ModelFault(Fault.CONTEXT, f"it read {read:,} tokens of more", fits=read)

    def _cut_off(self) -> ModelFault:
        """Return why a reply was stopped: by its own limit, or by the end of the context."""
        whole = self._told.total
        at_limit = self._call.most and self._told.completion >= self._call.most
        if whole and not whole % _CONTEXT_STEP and not at_limit:
            said = f"its context of {whole:,} tokens is full"
            return ModelFault(Fault.CONTEXT, said, fits=whole, took=self._told.prompt)
        return ModelFault(Fault.LONG, "it was cut off")

    def _is_loop(self, text: str) -> bool:
        """Tell whether the end of the reply is one and the same over and over."""
        self._end = end = (self._end + text)[-_LOOKED_AT:]
        if len(end) < _LOOKED_AT:
            return False
        last = end[-_LONGEST_TURN:]
        turn = len(end) - _LONGEST_TURN - end.rfind(last, 0, len(end) - 1)
        return 0 < turn <= _LONGEST_TURN and end[turn:] == end[:-turn]


class _Pump:
    """Reads a stream beside the thread that waits for it, so that a hanging provider cannot hang
    the answer. Left early, the call is cancelled, which closes its connection.
    """

    def __init__(self, opened: Callable[[], AsyncGenerator[Any]]) -> None:
        self._opened = opened
        self._pieces: queue.Queue[Any] = queue.Queue()
        self._is_left = False

    def __enter__(self) -> _Pump:
        with _STARTING:
            loop = _loop()
        self._running = asyncio.run_coroutine_threadsafe(self._run(), loop)
        return self

    def __exit__(self, *_: object) -> None:
        # Up to Python 3.11 a wait with a time limit, as LangChain has one for each piece, drops a
        # cancellation that comes together with the piece.
        self._is_left = True
        self._running.cancel()

    def until(self, call: _Call) -> Iterator[Any]:
        """Yield what comes while there is time and somebody waits; raise ModelFault."""
        while True:
            rest = call.until - time.monotonic()
            if rest < 0:
                raise ModelFault(Fault.TIME)
            if call.left():
                raise ModelFault(Fault.STOPPED)
            try:
                piece = self._pieces.get(timeout=min(rest, _PAUSE_S))
            except queue.Empty:
                continue
            if isinstance(piece, _End):
                if piece.fault is not None:
                    raise piece.fault
                return
            yield piece

    async def _run(self) -> None:
        fault: ModelFault | None = None
        try:
            async with aclosing(self._opened()) as pieces:
                async for piece in pieces:
                    if self._is_left:
                        return
                    self._pieces.put(piece)
                    while self._pieces.qsize() > _MOST_UNREAD and not self._is_left:
                        await asyncio.sleep(_PAUSE_S)
        # Each provider raises its own kinds, and all of them are faults of this one call.
        except Exception as error:  # noqa: BLE001
            fault = fault_of(error)
            _LOG.warning("%s", fault)
        self._pieces.put(_End(fault))


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop in which all calls run: clients keep connections, which belong to one."""
    loop = asyncio.new_event_loop()
    loop.set_task_factory(_Held().made)
    threading.Thread(target=loop.run_forever, name="residency-model", daemon=True).start()
    return loop


class _Held:
    """Makes tasks that last until they are done.

    A loop holds its tasks weakly. What a client left open is closed by tasks that nobody else
    holds, and one that is collected in the middle leaves its connection half closed.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def made(
        self,
        loop: asyncio.AbstractEventLoop,
        running: Coroutine[Any, Any, _T] | Generator[Any, None, _T],
        /,
        **told: Any,
    ) -> asyncio.Task[_T]:
        task = asyncio.Task(running, loop=loop, **told)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


_STARTING = threading.Lock()


@dataclass(frozen=True, slots=True)
class _End:
    """The last thing that a pump hands over."""

    fault: ModelFault | None


def open_model(settings: Settings) -> ConfiguredModel:
    """Return the configured chat model; raise SettingsError where it cannot be made.

    Nothing is sent. Keys come from the environment variables of the provider.
    """

    if not settings.model.strip() or settings.model.rstrip().endswith(":"):
        raise SettingsError(
            f"RESIDENCY_MODEL: {settings.model} names no model. Set it as PROVIDER:MODEL"
        )
    if not settings.trace:
        silence_tracing()
    from langchain.chat_models import init_chat_model

    provider = settings.model.partition(":")[0]
    server = spoken(settings)
    try:
        model = init_chat_model(
            server.model if ":" in settings.model else settings.model, **server.options
        )
    except ImportError as error:
        remedy = _REMEDY.get(provider, f"pip install langchain-{provider}")
        raise SettingsError(
            f"RESIDENCY_MODEL: {settings.model} needs a package that is not installed ({error}). "
            f"Run `{remedy}`"
        ) from error
    except Exception as error:  # each provider validates its options in its own way
        raise SettingsError(
            f"RESIDENCY_MODEL: {settings.model} cannot be used: {first_line(error).rstrip('.')}. "
            f"Set it as PROVIDER:MODEL, and {_key_of(provider)} in the environment"
        ) from error
    return ConfiguredModel(settings, model, server)


def _key_of(provider: str) -> str:
    return f"its key as {_KEYS[provider]}" if provider in _KEYS else "the provider's key"


def probe(settings: Settings) -> str:
    """Send the configured model as much as an answer may take and ask for one word; return how
    that went, raise ModelFault or SettingsError.
    """
    started = time.monotonic()
    model = open_model(settings)
    usage, texts = Usage(), list[str]()
    human = f"{_filler(settings.model_context)}\n\nAre you there? Reply with one word."
    try:
        for delta in model.reply("Reply with one word.", human, started + settings.model_timeout):
            usage += delta.usage
            texts.append(delta.text)
    except ModelFault as fault:
        # One that talks on has read what it was given.
        if fault.fault not in (Fault.LONG, Fault.REPEATS) or not texts:
            raise _advised(fault, settings) from fault
    seconds = time.monotonic() - started
    counted = f"{usage.total:,} tokens" if usage.total else "it does not count tokens"
    return f"{model.name} replied in {seconds:.1f} s, {counted}"


def _filler(tokens: int) -> str:
    """Return numbered passages of so many tokens, as evidence is told."""
    lines, length = list[str](), 0
    while length < tokens * 3.5:
        number = len(lines) + 1
        lines.append(f"[p{number}] Service {number} keeps the data of its customers in Norway.")
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def _advised(fault: ModelFault, settings: Settings) -> ModelFault:
    """Return a fault of the probe with what can be set about it."""
    advice = {
        Fault.CONTEXT: "set RESIDENCY_MODEL_CONTEXT lower than "
        f"{settings.model_context:,}, or give the server a larger context",
        Fault.TIME: f"an answer may take RESIDENCY_MODEL_TIMEOUT, {settings.model_timeout:g} s, "
        f"and be given RESIDENCY_MODEL_CONTEXT, {settings.model_context:,} tokens",
    }.get(fault.fault)
    if advice is None:
        return fault
    detail = "; ".join(filter(None, (fault.detail, advice)))
    return ModelFault(fault.fault, detail, fault.wait_s, fault.fits, fault.took)


def _delta(chunk: Any) -> Delta:
    """Return a LangChain message chunk as a piece of a reply."""
    usage: Mapping[str, int] = getattr(chunk, "usage_metadata", None) or {}
    more: Mapping[str, Any] = getattr(chunk, "additional_kwargs", None) or {}
    ended = _ended(chunk)
    refusal = "its filter stopped it" if ended in _FILTERED else ""
    return Delta(
        str(chunk.text),
        Usage(usage.get("input_tokens", 0) or 0, usage.get("output_tokens", 0) or 0),
        str(more.get("refusal") or refusal),
        ended in _CUT_OFF,
        bool(ended),
    )


def _ended(chunk: Any) -> str:
    """Return how a provider says that its reply ended, in its own word."""
    told: Mapping[str, Any] = getattr(chunk, "response_metadata", None) or {}
    return next((str(told[name]) for name in _ENDINGS if told.get(name)), "")


def _worth_waiting(fault: ModelFault, until: float) -> float | None:
    """Return how long to wait before asking again, None where that is of no use."""
    if fault.fault not in (Fault.RATE, Fault.SERVER, Fault.CONNECTION):
        return None
    wait = _PAUSE_S if fault.wait_s is None else fault.wait_s
    return wait if wait <= _RETRY_WITHIN * (until - time.monotonic()) else None
