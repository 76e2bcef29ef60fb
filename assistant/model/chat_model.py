"""The chat model that the user configured: the one place that knows LangChain's chat models.

A provider raises its own kinds of errors, may hang in mid-stream, or send without end. Here every
call ends within its time as text or as one of the faults of `Fault`.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import AssistantError, SettingsError
from assistant.model.tracing import silence_tracing
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


_LOG = logging.getLogger(__name__)
LONGEST_REPLY = 60_000
"""Code points of a reply; a model that sends more is cut off."""
_RETRY_WITHIN = 0.5
"""Share of the time left that is waited at most before a call is tried again."""
_PAUSE_S = 0.2
_UNAUTHORISED = (401, 403)
_TOO_MANY = 429
_SERVER_FAULTS = 500
_CUT_OFF = ("length", "max_tokens")
_FILTERED = ("content_filter", "refusal")
_REMEDY = {
    "openai": "pip install 'residency-assistant[openai]'",
    "anthropic": "pip install 'residency-assistant[anthropic]'",
    "ollama": "pip install 'residency-assistant[ollama]'",
}


class Fault(StrEnum):
    """Why a model gave no answer that can be used."""

    TIME = "it took too long"
    RATE = "it is rate limited"
    CONNECTION = "the connection failed"
    SERVER = "its server failed"
    REJECTED = "it rejected the request"
    KEY = "it did not accept the key"
    REFUSED = "it refused to answer"
    EMPTY = "it said nothing"
    MALFORMED = "its reply has another form than was asked for"
    LONG = "its reply is too long"
    UNSUPPORTED = "nothing of its reply is supported by the documents"
    RECORD = "the record of its use cannot be written"
    BUDGET = "today's tokens are used up"


class ModelFault(AssistantError):
    """A call that did not end in a usable reply."""

    def __init__(self, fault: Fault, detail: str = "", wait_s: float | None = None) -> None:
        super().__init__(f"the language model: {fault.value}{f' ({detail})' if detail else ''}")
        self.fault = fault
        self.detail = detail
        self.wait_s = wait_s
        """Seconds after which the provider wants to be asked again, None where it does not say."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that calls took."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.completion + other.completion)

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


class ChatModel(Protocol):
    """A chat model that replies piece by piece."""

    @property
    def name(self) -> str:
        """Provider and model."""
        ...

    def reply(self, system: str, human: str, until: float) -> Iterator[Delta]:
        """Yield a reply until a time of the monotonic clock; raise ModelFault."""
        ...


class ConfiguredModel:
    """A chat model by LangChain's `init_chat_model`."""

    def __init__(self, name: str, model: BaseChatModel) -> None:
        self._name = name
        self._model = model

    @property
    def name(self) -> str:
        """Provider and model as they were set."""
        return self._name

    def reply(self, system: str, human: str, until: float) -> Iterator[Delta]:
        """Yield a reply until a time of the monotonic clock; raise ModelFault.

        A call that failed before its first piece is made once more, after the wait that the
        provider asks for, where the time left allows it.
        """
        begun = False
        try:
            for delta in self._attempt(system, human, until):
                begun = True
                yield delta
        except ModelFault as fault:
            wait = _worth_waiting(fault, until)
            if begun or wait is None:
                raise
            _LOG.warning("%s; asking again in %.1f s", fault, wait)
            time.sleep(wait)
            yield from self._attempt(system, human, until)

    def _attempt(self, system: str, human: str, until: float) -> Iterator[Delta]:
        messages = [("system", system), ("human", human)]
        said, length = False, 0
        with _Pump(lambda: self._model.stream(messages)) as pump:
            for chunk in pump.until(until):
                delta = _delta(chunk)
                if delta.refusal:
                    raise ModelFault(Fault.REFUSED, delta.refusal[:200])
                length += len(delta.text)
                if delta.cut_off:
                    raise ModelFault(Fault.LONG, "it was cut off")
                if length > LONGEST_REPLY:
                    raise ModelFault(Fault.LONG, f"over {LONGEST_REPLY:,} characters")
                said = said or bool(delta.text.strip())
                yield delta
        if not said:
            raise ModelFault(Fault.EMPTY)


class _Pump:
    """Reads a stream in a thread of its own, so that a hanging provider cannot hang the answer.

    Left early, the thread ends with the provider's own time-out.
    """

    def __init__(self, opened: Callable[[], Iterator[Any]]) -> None:
        self._opened = opened
        self._pieces: queue.Queue[Any] = queue.Queue(maxsize=256)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, name="residency-model", daemon=True)

    def __enter__(self) -> _Pump:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()

    def until(self, deadline: float) -> Iterator[Any]:
        """Yield what comes until a time of the monotonic clock; raise ModelFault."""
        while True:
            if time.monotonic() > deadline:
                raise ModelFault(Fault.TIME)
            try:
                piece = self._pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise ModelFault(Fault.TIME) from None
            if isinstance(piece, _End):
                if piece.fault is not None:
                    raise piece.fault
                return
            yield piece

    def _run(self) -> None:
        fault: ModelFault | None = None
        try:
            for piece in self._opened():
                if not self._put(piece):
                    return
        # Each provider raises its own kinds, and all of them are faults of this one call.
        except Exception as error:  # noqa: BLE001
            fault = fault_of(error)
            _LOG.warning("%s", fault)
        self._put(_End(fault))

    def _put(self, piece: Any) -> bool:
        """Hand a piece over; False when nobody waits for it any more."""
        while not self._left.is_set():
            try:
                self._pieces.put(piece, timeout=_PAUSE_S)
            except queue.Full:
                continue
            return True
        return False


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

    try:
        model = init_chat_model(settings.model, **_options(settings))
    except ImportError as error:
        provider = settings.model.partition(":")[0]
        remedy = _REMEDY.get(provider, f"pip install langchain-{provider}")
        raise SettingsError(
            f"RESIDENCY_MODEL: {settings.model} needs a package that is not installed ({error}). "
            f"Run `{remedy}`"
        ) from error
    except Exception as error:  # each provider validates its options in its own way
        raise SettingsError(
            f"RESIDENCY_MODEL: {settings.model} cannot be used: {_first_line(error).rstrip('.')}. "
            "Set it as PROVIDER:MODEL, and the provider's key in the environment"
        ) from error
    return ConfiguredModel(settings.model, model)


def probe(settings: Settings) -> str:
    """Ask the configured model for one word; return how that went, raise ModelFault or
    SettingsError.
    """
    started = time.monotonic()
    model = open_model(settings)
    usage = Usage()
    for delta in model.reply(
        "Reply with one word.", "Are you there?", started + settings.model_timeout
    ):
        usage += delta.usage
    seconds = time.monotonic() - started
    return f"{model.name} replied in {seconds:.1f} s, {usage.total} tokens"


def _options(settings: Settings) -> dict[str, Any]:
    """Return what the provider's class is made with; retries and time are kept here."""
    if settings.model.startswith("ollama:"):
        options: dict[str, Any] = {"client_kwargs": {"timeout": settings.model_timeout}}
    else:
        options = {"max_retries": 0, "timeout": settings.model_timeout}
    if settings.model.startswith("openai:"):
        options["stream_usage"] = True
    if settings.model_url:
        options["base_url"] = settings.model_url
    return {**options, **settings.model_options}


def _delta(chunk: Any) -> Delta:
    """Return a LangChain message chunk as a piece of a reply."""
    usage: Mapping[str, int] = getattr(chunk, "usage_metadata", None) or {}
    more: Mapping[str, Any] = getattr(chunk, "additional_kwargs", None) or {}
    ended = _ended(chunk)
    refusal = "its filter stopped it" if ended in _FILTERED else ""
    return Delta(
        str(chunk.text),
        Usage(usage.get("input_tokens", 0), usage.get("output_tokens", 0)),
        str(more.get("refusal") or refusal),
        ended in _CUT_OFF,
    )


def _ended(chunk: Any) -> str:
    """Return how a provider says that its reply ended, in its own word."""
    told: Mapping[str, Any] = getattr(chunk, "response_metadata", None) or {}
    names = ("finish_reason", "stop_reason", "done_reason")
    return next((str(told[name]) for name in names if told.get(name)), "")


def fault_of(error: Exception) -> ModelFault:
    """Return what an error of a provider's client means, whatever class it has."""
    if isinstance(error, ModelFault):
        return error
    status = getattr(error, "status_code", None)
    said = _first_line(error)
    if isinstance(status, int):
        return _fault_of_status(status, said, error)
    chain = _names(error)
    if any("timeout" in name.lower() for name in chain):
        return ModelFault(Fault.TIME, said)
    if any("refus" in name.lower() or "contentfilter" in name.lower() for name in chain[:1]):
        return ModelFault(Fault.REFUSED, said)
    if any("json" in name.lower() or "validation" in name.lower() for name in chain):
        return ModelFault(Fault.MALFORMED, said)
    return ModelFault(Fault.CONNECTION, said)


def _fault_of_status(status: int, said: str, error: Exception) -> ModelFault:
    if status in _UNAUTHORISED:
        return ModelFault(Fault.KEY, said)
    if status == _TOO_MANY:
        return ModelFault(Fault.RATE, said, _retry_after(error))
    if status >= _SERVER_FAULTS:
        return ModelFault(Fault.SERVER, said, _retry_after(error))
    return ModelFault(Fault.REJECTED, said)


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None


def _names(error: BaseException) -> list[str]:
    """Return the classes of an error and of those that caused it."""
    names: list[str] = []
    link: BaseException | None = error
    while link is not None and len(names) < 8:
        names.append(type(link).__name__)
        link = link.__cause__ or link.__context__
    return names


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _worth_waiting(fault: ModelFault, until: float) -> float | None:
    """Return how long to wait before asking again, None where that is of no use."""
    if fault.fault not in (Fault.RATE, Fault.SERVER, Fault.CONNECTION):
        return None
    wait = _PAUSE_S if fault.wait_s is None else fault.wait_s
    return wait if wait <= _RETRY_WITHIN * (until - time.monotonic()) else None
