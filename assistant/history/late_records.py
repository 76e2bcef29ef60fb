"""Answers that their store could not take at once: recorded when it answers again."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import AssistantError, ThreadError, store_failed
from assistant.history.conversations import Past
from assistant.history.records import Circumstances
from assistant.query import Turn
from assistant.types import Answer, Asking

MOST = 1_000
"""Answers that wait; one more is given without being recorded."""
_AGAIN_S = 2.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """All that is recorded of an answer."""

    asking: Asking
    turn: Turn
    past: Past
    """What the answer could lean on."""
    answer: Answer
    given: Circumstances


class LateRecords:
    """Holds what waits, in order, and tries again every two seconds; safe between threads.

    `write` records one and raises ThreadError; written twice, a record stays one.
    """

    def __init__(self, write: Callable[[Record], None], again_s: float = _AGAIN_S) -> None:
        self._write = write
        self._again_s = again_s
        self._held: deque[Record] = deque()
        self._changing = threading.Lock()
        self._writing = threading.Lock()
        self._ending = threading.Event()
        self._trying: threading.Thread | None = None

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._held)

    def take(self, record: Record) -> bool:
        """Hold a record; tell whether it is held.

        One that takes the place of earlier questions is not: by then others may stand there.
        """
        if record.asking.replacing is not None:
            return False
        with self._changing:
            if self._ending.is_set() or len(self._held) >= MOST:
                return False
            self._held.append(record)
            if self._trying is None:
                self._trying = threading.Thread(
                    target=self._try_again, name="late records", daemon=True
                )
                self._trying.start()
        return True

    def settle(self) -> None:
        """Record what waits, the first first, until the store fails.

        Who reads a conversation calls it before: what is about to be recorded is in it then.
        """
        with self._writing:
            while self._held:
                if not self._settled(self._held[0]):
                    return
                with self._changing:
                    self._held.popleft()

    def close(self) -> None:
        """Try once more; what is still held then is lost, and told in the log."""
        with self._changing:
            self._ending.set()
            trying = self._trying
        if trying is not None:
            trying.join()
        self.settle()
        with self._changing:
            lost = len(self._held)
            self._held.clear()
            self._trying = None
            self._ending.clear()
        if lost:
            _LOG.error(
                "%d answers were given and are not recorded: their store did not answer until "
                "the end",
                lost,
            )

    def _try_again(self) -> None:
        while True:
            self._ending.wait(self._again_s)
            if self._ending.is_set():
                return
            self.settle()
            with self._changing:
                if not self._held:
                    self._trying = None
                    return

    def _settled(self, record: Record) -> bool:
        """Record one; tell whether that is done with, as it is for one that no store can take."""
        try:
            self._write(record)
        except ThreadError as error:
            if store_failed(error):
                return False
            _lost(record, error)
        else:
            _LOG.warning("answer %s is recorded now", record.answer.id)
        return True


def _lost(record: Record, error: AssistantError) -> None:
    _LOG.error("answer %s was given and is not recorded: %s", record.answer.id, error)
