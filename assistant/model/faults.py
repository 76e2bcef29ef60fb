"""What a call of a language model may end in, whatever class its provider's errors have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from assistant.errors import AssistantError

_UNAUTHORISED = (401, 403)
_TOO_MANY = 429
_TOO_LARGE = 413
_SERVER_FAULTS = 500
_LONGEST_DETAIL = 200
_CONTEXT_CODES = ("context_length_exceeded", "exceed_context_size_error")
_CONTEXT_WORDS = (
    "context length", "context size", "context window", "context_length", "prompt is too long",
    "input is too long", "input tokens exceed", "input length", "max_total_tokens",
    "max_input_tokens", "maximum input length", "max_new_tokens` must be",
)  # fmt: skip
"""How servers say that a prompt does not fit, each in words of its own."""
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?![\w.]\d)")
_LEAST_CONTEXT = 256
"""Tokens; smaller numbers in a message count something else."""


NOT_STREAMED = "nothing was streamed"
"""Detail of EMPTY where a stream had no piece at all: the server may not stream."""
_NO_PIECES = "no generation"
"""Begins what LangChain says of a stream without pieces."""


class Fault(StrEnum):
    """Why a model gave no answer that can be used."""

    TIME = "it took too long"
    STOPPED = "it was stopped"
    RATE = "it is rate limited"
    CONNECTION = "the connection failed"
    SERVER = "its server failed"
    REJECTED = "it rejected the request"
    CONTEXT = "its context is too small for what it was given"
    KEY = "it did not accept the key"
    REFUSED = "it refused to answer"
    EMPTY = "it said nothing"
    MALFORMED = "its reply has another form than was asked for"
    LONG = "its reply is too long"
    REPEATS = "its reply repeats itself"
    CUT = "its reply broke off"
    UNSUPPORTED = "nothing of its reply is supported by the documents"
    RECORD = "the record of its use cannot be written"
    BUDGET = "today's tokens are used up"


_IN_WORDS_OF_THE_SERVER = (Fault.REJECTED, Fault.CONTEXT, Fault.SERVER)
"""Faults that the server's own words explain; those about keys may repeat one."""


class ModelFault(AssistantError):
    """A call that did not end in a usable reply."""

    def __init__(
        self,
        fault: Fault,
        detail: str = "",
        wait_s: float | None = None,
        fits: int | None = None,
        took: int | None = None,
    ) -> None:
        super().__init__(f"the language model: {fault.value}{f' ({detail})' if detail else ''}")
        self.fault = fault
        self.detail = detail
        self.wait_s = wait_s
        """Seconds after which the provider wants to be asked again, None where it does not say."""
        self.fits = fits
        """Tokens that the server's context holds, None where it does not say."""
        self.took = took
        """Tokens that the prompt takes as the server counts them, None where it does not say."""

    @property
    def kind(self) -> str:
        """The name of the fault in small letters."""
        return self.fault.name.lower()

    @property
    def why(self) -> str:
        """What a reader is told: the fault, and what the server says of it where that helps."""
        if self.detail and self.fault in _IN_WORDS_OF_THE_SERVER:
            return f"{self.fault.value} (“{self.detail.rstrip('.')}”)"
        return self.fault.value


def fault_of(error: BaseException) -> ModelFault:
    """Return what an error of a provider's client means, whatever class it has."""
    if isinstance(error, ModelFault):
        return error
    said = first_line(error)
    if _is_about_context(error, said):
        fits, took = _sizes(error, said)
        return ModelFault(Fault.CONTEXT, said, fits=fits, took=took)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _fault_of_status(status, said, error)
    return _fault_of_names(error, said)


def _fault_of_names(error: BaseException, said: str) -> ModelFault:
    """Return what an error without a status means, by what its classes are called."""
    if isinstance(error, ValueError) and said.lower().startswith(_NO_PIECES):
        return ModelFault(Fault.EMPTY, NOT_STREAMED)
    chain = [type(one).__name__.lower() for one in _linked(error)]
    if any("timeout" in name for name in chain):
        return ModelFault(Fault.TIME, said)
    if any("refus" in name or "contentfilter" in name for name in chain[:1]):
        return ModelFault(Fault.REFUSED, said)
    if any("json" in name or "validation" in name for name in chain):
        return ModelFault(Fault.MALFORMED, said)
    return ModelFault(Fault.CONNECTION, said)


def first_line(error: BaseException) -> str:
    """Return what an error says, its server's own message where it carries one."""
    told = _body(error).get("message")
    text = told if isinstance(told, str) else str(error)
    return (text.strip().splitlines() or [type(error).__name__])[0][:_LONGEST_DETAIL]


def _fault_of_status(status: int, said: str, error: BaseException) -> ModelFault:
    if status in _UNAUTHORISED:
        return ModelFault(Fault.KEY, said)
    if status == _TOO_MANY:
        return ModelFault(Fault.RATE, said, _retry_after(error))
    if status == _TOO_LARGE:
        return ModelFault(Fault.CONTEXT, said)
    if status >= _SERVER_FAULTS:
        return ModelFault(Fault.SERVER, said, _retry_after(error))
    return ModelFault(Fault.REJECTED, said)


def _is_about_context(error: BaseException, said: str) -> bool:
    body = _body(error)
    if {str(body.get("code")), str(body.get("type"))} & set(_CONTEXT_CODES):
        return True
    if any("contextoverflow" in type(one).__name__.lower() for one in _linked(error)):
        return True
    lower = f"{said}\n{error}".lower()
    return any(words in lower for words in _CONTEXT_WORDS)


def _sizes(error: BaseException, said: str) -> tuple[int | None, int | None]:
    """Return what fits and what was sent, in tokens, as far as a server says.

    Most say both, in either order: what fits is the smaller of the first two numbers.
    """
    body = _body(error)
    fits, took = body.get("n_ctx"), body.get("n_prompt_tokens")
    if isinstance(fits, int):
        return fits, took if isinstance(took, int) else None
    numbers = [int(found.replace(",", "")) for found in _NUMBER.findall(said)]
    large = [number for number in numbers if number >= _LEAST_CONTEXT][:2]
    return (min(large), None) if large else (None, None)


def _body(error: BaseException) -> Mapping[str, object]:
    """Return the error that a server described, as its client keeps it."""
    for one in _linked(error):
        body = getattr(one, "body", None)
        inner = body.get("error") if isinstance(body, Mapping) else None
        found = inner if isinstance(inner, Mapping) else body
        if isinstance(found, Mapping):
            return found
    return {}


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None


def _linked(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that caused it."""
    link: BaseException | None = error
    for _ in range(8):
        if link is None:
            return
        yield link
        link = link.__cause__ or link.__context__
