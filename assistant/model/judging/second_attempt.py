"""Sentences that failed are written once more, each at once, while the first reply goes on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextvars import copy_context
from types import TracebackType
from typing import Self

from assistant.errors import AssistantError
from assistant.model.evidence_given import Dossier, said_of
from assistant.model.faults import Fault, ModelFault
from assistant.model.judging.judged import Judged

_LOG = logging.getLogger(__name__)
_MOST = 4
"""Sentences that are written once more; of a model whose sentences fail so often, the others
would too."""
_AT_ONCE = 2

Mend = Callable[[str], Judged | None]
"""Asks for a sentence anew, by a complaint; None where what comes fails too."""


class SecondAttempts:
    """The sentences of one answer that are written once more."""

    def __init__(self, until: float) -> None:
        """`until` is a time of the monotonic clock."""
        self._until = until
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="residency-mend")
        self._asked: dict[int, Future[Judged | None]] = {}
        self._over = threading.Event()
        self.fault: ModelFault | None = None
        """Why a sentence could not be written once more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def is_over(self) -> bool:
        """Tell whether nobody waits for a sentence any more."""
        return self._over.is_set()

    def begin(self, number: int, complaint: str, mend: Mend) -> None:
        """Have a sentence written once more."""
        if len(self._asked) < _MOST:
            self._asked[number] = self._pool.submit(copy_context().run, mend, complaint)

    def done(self, number: int) -> Judged | None:
        """Wait for a sentence; return it where it holds now, else nothing."""
        future = self._asked.get(number)
        if future is None:
            return None
        try:
            return future.result(max(0.0, self._until - time.monotonic()))
        except (FutureTimeout, AssistantError) as error:
            fault = error if isinstance(error, ModelFault) else ModelFault(_fault_of(error))
            _LOG.warning("%s", fault)
            if fault.fault is not Fault.EMPTY:
                self.fault = fault
            return None


def _fault_of(error: Exception) -> Fault:
    return Fault.TIME if isinstance(error, FutureTimeout) else Fault.RECORD


def complaint(number: int, one: Judged, evidence: Dossier) -> str:
    """Return a sentence that failed, with the reason and the passages that it cites."""
    cited = [name for name in one.sentence.evidence if name in evidence.passages]
    shown = [f"[{name}] {said_of(evidence.passages[name])}" for name in cited]
    return "\n".join(
        (f"Sentence {number}: {one.sentence.text}", f"The checker: {one.reason}", *shown)
    )
