"""Calls of the model: replies that are kept, tokens that are counted, evidence that has to fit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from assistant.model.chat_model import ChatModel, Usage, never
from assistant.model.evidence_given import tokens
from assistant.model.faults import Fault, ModelFault
from assistant.model.ledger import Ledger, key_of
from assistant.model.prompts import read_prompts
from assistant.timeline import ModelCall, current_timeline

_COSTLESS = (Fault.KEY, Fault.RATE, Fault.SERVER, Fault.REJECTED, Fault.CONNECTION, Fault.CONTEXT)
"""A call that ends so before its first piece never reached the model."""
_REPLIED, _KEPT, _LEFT = "replied", "kept", "left"
"""How a call ends that has no fault."""
_LEAST_EVIDENCE = 150
"""Tokens; with less there is nothing to answer from."""
_LEAST_REPLY, _REPLY_SHARE = 256, 4
_SMALLER = 0.5
"""Of what was given, where a server does not say what fits."""
_WORTH_HALVING = 2_000
"""Tokens of evidence from which on silence may mean that they were too many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take."""

    seconds: float
    evidence_tokens: int
    tokens_a_day: int = 0
    """0 means any number."""


@dataclass(slots=True)
class Spent:
    """What the calls of an answer took, added up from several threads."""

    usage: Usage = field(default_factory=Usage)
    cached: bool = False
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def add(self, usage: Usage) -> None:
        """Add a call."""
        with self._busy:
            self.usage += usage


@dataclass(slots=True)
class Prompt:
    """What is asked of a model, and what it replied when it is to be kept."""

    system: str
    human: str
    until: float
    """Time of the monotonic clock at which the reply has to be there."""
    fixed: int = 0
    """Leading code points of `human` that are the same every time."""
    left: Callable[[], bool] = never
    """Tells whether nobody waits for the reply any more."""
    reply: tuple[str, str] = ("", "")
    """Key and text of the reply, where it is new and whole."""

    @property
    def takes(self) -> int:
        """About how many tokens it takes."""
        return tokens(self.system + self.human)


class _Noted:
    """A call in the timeline of its question, where there is one."""

    def __init__(self) -> None:
        self._timeline = current_timeline()
        self._began_ns, self._started = time.time_ns(), time.perf_counter()

    def end(self, how: str, taken: Usage) -> None:
        """Note how it ended."""
        if self._timeline is not None:
            seconds = time.perf_counter() - self._started
            call = ModelCall(self._began_ns, seconds, how, taken.prompt, taken.completion)
            self._timeline.called(call)


class Calls:
    """Asks a model for answers; safe to share between threads."""

    def __init__(self, model: ChatModel, ledger: Ledger, limits: Limits) -> None:
        self.model = model
        self._ledger = ledger
        self._tokens_a_day = limits.tokens_a_day
        self.evidence_tokens = limits.evidence_tokens
        """Tokens of evidence that the server takes, as far as is known."""
        self._most = 0

    def said(self, prompt: Prompt, spent: Spent) -> Generator[str]:
        """Yield a reply, kept or new; raise ModelFault or LedgerError."""
        key = key_of(
            self.model.identity, read_prompts().sha256, prompt.system, prompt.human, str(self._most)
        )
        noted = _Noted()
        kept = self._ledger.reply(key)
        if kept is not None:
            spent.cached = True
            noted.end(_KEPT, Usage())
            yield kept
            return
        self._require_budget(prompt)
        texts, usage, fault = list[str](), Usage(), None
        is_whole = False
        deltas = self.model.reply(
            prompt.system, prompt.human, prompt.until,
            fixed=prompt.fixed, most=self._most, left=prompt.left,
        )  # fmt: skip
        try:
            # Closed at once where nobody reads on, so that the server stops.
            with closing(deltas):
                for delta in deltas:
                    usage += delta.usage
                    texts.append(delta.text)
                    yield delta.text
            is_whole = True
        except ModelFault as error:
            fault = error
            raise
        finally:
            said = "".join(texts)
            has_cost = said or usage.total or fault is None or fault.fault not in _COSTLESS
            taken = _taken(prompt, texts, usage, is_whole=is_whole) if has_cost else Usage()
            noted.end(fault.kind if fault else _REPLIED if is_whole else _LEFT, taken)
            if has_cost:
                spent.add(taken)
                self._ledger.spend(taken)
        prompt.reply = (key, "".join(texts))

    def keep(self, prompt: Prompt) -> None:
        """Keep the reply to a prompt, where it was new and whole."""
        key, text = prompt.reply
        prompt.reply = ("", "")
        if key:
            self._ledger.keep(key, text)

    def narrow(self, fault: ModelFault, prompt: Prompt, evidence: str) -> bool:
        """Take in that a prompt was too long for the server; tell whether a smaller one is worth
        trying.
        """
        given = tokens(evidence)
        if fault.fault is Fault.EMPTY:
            if given < _WORTH_HALVING:
                return False
            self.evidence_tokens = int(given * _SMALLER)
            return True
        if fault.fault is not Fault.CONTEXT:
            return False
        fits = int(given * _SMALLER)
        if fault.fits:
            self._most = max(_LEAST_REPLY, fault.fits // _REPLY_SHARE)
            share = prompt.takes / fault.took if fault.took else 1.0
            beside = prompt.takes - given
            told = int((fault.fits - self._most) * min(1.0, share)) - beside
            fits = told if told < given else fits
        self.evidence_tokens = fits
        return fits >= _LEAST_EVIDENCE

    def _require_budget(self, prompt: Prompt) -> None:
        most = self._tokens_a_day
        if most and self._ledger.spent_today() + prompt.takes > most:
            raise ModelFault(Fault.BUDGET, f"{most:,} a day")


def _taken(prompt: Prompt, texts: Sequence[str], usage: Usage, *, is_whole: bool) -> Usage:
    """Return what a call took, about, where its server does not say or was not heard out."""
    least = tokens("".join(texts))
    is_counted = is_whole and usage.total > 0
    return Usage(usage.prompt or prompt.takes, max(usage.completion, 0 if is_counted else least))
