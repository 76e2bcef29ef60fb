"""An assistant that many ask at once: each so much a minute, all together so many at a time."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime

from assistant.app import Assistant, Made
from assistant.errors import LimitError, QueueFull, RateExceeded
from assistant.history.database import utc_now
from assistant.observer import Limit
from assistant.pipeline import Request
from assistant.settings import Settings, database_of
from assistant.timeline import waited_for
from assistant.types import Answer, Asking
from index.searching.current import CurrentIndex, PinnedIndex
from ui.shared.answer_processes import AnswerProcesses
from ui.shared.bounds.turns import Turns, holds_turn
from ui.shared.logs import note
from ui.shared.rates import take_each
from ui.shared.replicas.counting import limit_of
from ui.web.access.parties import SHARED, Parties

_MINUTE_S = 60.0
_SHARE = 4
"""One user has a place for one question in so many of the line, so that others find room."""
_LEAST = 2
_WEIGHT = 0.2
"""Of the latest question in the mean time that questions take."""


class Line:
    """Counts the questions that are answered or wait, up to a bound."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._each = min(most, max(_LEAST, most // _SHARE))
        self._inside = 0
        self._held: Counter[str] = Counter()
        self._mean_s = 1.0
        self._changing = threading.Lock()

    @property
    def inside(self) -> int:
        """Questions that are answered or wait now."""
        return self._inside

    @contextmanager
    def place(self, name: str, share: int = 1) -> Iterator[None]:
        """Hold a place in the line, for one of so many who share a name.

        Raises QueueFull when there is none, or none that this name may have.
        """
        with self._changing:
            if self._inside >= self._most:
                raise _full(self._inside, self._mean_s)
            if self._held[name] >= min(self._most, self._each * share):
                raise _too_many(self._held[name], self._mean_s)
            self._inside += 1
            self._held[name] += 1
        started = time.monotonic()
        try:
            yield
        finally:
            with self._changing:
                self._inside -= 1
                self._held[name] -= 1
                if not self._held[name]:
                    del self._held[name]
                self._mean_s += _WEIGHT * (time.monotonic() - started - self._mean_s)


class Guarded(Assistant):
    """An assistant with the limits of its settings, for all front ends of a served page alike.

    A question with nobody there to be asked back (`clarify=False`) is one of a file. Files have
    limits of their own, and a place in the line is not taken for each of their questions.
    """

    _stays = True

    def __init__(
        self,
        settings: Settings,
        index: CurrentIndex | PinnedIndex,
        *,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(settings, index, today=today, now=now)
        many = settings.questions_per_minute or 1
        server = database_of(settings)
        self._rate = limit_of(server, "questions", many, _MINUTE_S)
        self._place_rate = limit_of(server, "questions at a place", many * SHARED, _MINUTE_S)
        self.parties = Parties()
        self._line = Line(settings.queue)
        # What a model says is told on while it writes, which only its own process hears.
        self._at_once = 1 if settings.model else settings.workers
        self._turns = Turns(self._at_once)
        self._processes: AnswerProcesses | None = None

    def make_ready(self) -> None:
        """Start the processes that answer, where the settings want several."""
        super().make_ready()
        if self._at_once > 1:
            self._processes = AnswerProcesses(self.settings, self._at_once)

    def close(self) -> None:
        """Let go of all files, and of the processes that answer."""
        if self._processes is not None:
            self._processes.close()
        super().close()

    @property
    def inside(self) -> int:
        """Questions that are answered or wait now."""
        return self._line.inside

    @property
    def waiting(self) -> int:
        """Questions, those of files among them, that wait for their turn now."""
        return self._turns.waiting

    def answer(self, asking: Asking, heard: Callable[[str], None] | None = None) -> Answer:
        """Answer a question; raise RateExceeded or QueueFull as well as what an assistant does."""
        if not asking.clarify:
            return super().answer(asking, heard)
        with self._admitted(asking.owner, asking.question) as told:
            answer = super().answer(asking, heard)
            told(answer)
        return answer

    def made(
        self,
        request: Request,
        asked: datetime,
        owner: str,
        allowed: Sequence[str] | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> Made:
        """Return what a request comes to, made by the first process that is free."""
        if self.settings.model or holds_turn():
            return super().made(request, asked, owner, allowed, heard)
        with waited_for(self._turns.of(self.parties.of(owner))):
            if self._processes is None:
                return super().made(request, asked, owner, allowed, heard)
            return self._processes.made(request, asked, owner, allowed)

    def _guard(self, owner: str) -> AbstractContextManager[object]:
        """Have askers answered in turn: one who asks much holds up nobody else.

        An answer without a model has had its turn as a whole: to wait anew at each step would let
        others' work come between them. One with a model waits for the model meanwhile.
        """
        if not self.settings.model:
            return super()._guard(owner)
        return self._turns.of(self.parties.of(owner), self._busy)

    def work_turns(self) -> Turns | None:
        """Return the turns that other work of this process takes too; None where it has its own,
        as questions are answered elsewhere or wait for a model.
        """
        return self._turns if self._at_once == 1 and not self.settings.model else None

    @contextmanager
    def _admitted(self, owner: str, question: str) -> Iterator[Callable[[Answer], None]]:
        """Hold a place for a question and log how it ended; yield what is told the answer."""
        asked = question if self.settings.log_questions else None
        started = time.monotonic()

        def told(answer: Answer) -> None:
            note(
                "answer", user=owner, answer=answer.id, verdict=answer.verdict.value,
                mode=answer.mode, index=answer.index, ms=_ms(started), question=asked,
            )  # fmt: skip

        try:
            self._check_rate(owner)
            with self._line.place(self.parties.of(owner), self.parties.share(owner)):
                yield told
        except Exception as error:
            if isinstance(error, LimitError):
                self.observer.refused(Limit.QUEUE if isinstance(error, QueueFull) else Limit.RATE)
            note("refused", user=owner, error=type(error).__name__, ms=_ms(started), question=asked)
            raise

    def _check_rate(self, owner: str) -> None:
        if not self.settings.questions_per_minute:
            return
        party = self.parties.of(owner)
        limits = [(self._rate, owner)]
        if self.parties.share(owner) > 1:
            limits.append((self._place_rate, party))
        seconds = math.ceil(take_each(limits))
        if not seconds:
            return
        when = f"Ask again in {seconds} {_seconds(seconds)}"
        if self._rate.wait(owner):
            raise RateExceeded(
                f"You have asked {self._rate.many} questions within a minute, which is what one "
                f"user may. {when}",
                seconds,
            )
        raise RateExceeded(
            f"{self._place_rate.many} questions were asked from your address within a minute, "
            f"which is what browsers of one may together. {when}",
            seconds,
        )


def _full(ahead: int, mean_s: float) -> QueueFull:
    wait = max(1, math.ceil(mean_s))
    return QueueFull(
        f"{ahead} questions are ahead of yours, and no more can wait. Try again in about {wait} "
        f"{_seconds(wait)}",
        wait,
    )


def _too_many(own: int, mean_s: float) -> QueueFull:
    wait = max(1, math.ceil(mean_s))
    return QueueFull(
        f"{own} questions of yours wait already, and no more of one user can. Try again in about "
        f"{wait} {_seconds(wait)}",
        wait,
    )


def _seconds(number: int) -> str:
    return "second" if number == 1 else "seconds"


def _ms(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
