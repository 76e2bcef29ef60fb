"""An assistant that answers those who wait in turn: one who asks much holds up nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

from assistant.app import Assistant
from assistant.history.database import utc_now
from assistant.settings import Settings
from index.searching.current import CurrentIndex, PinnedIndex
from ui.shared.bounds.turns import Turns


class AnsweredInTurn(Assistant):
    """Uses the index for one asker after the other, each once before any a second time."""

    def __init__(
        self,
        settings: Settings,
        index: CurrentIndex | PinnedIndex,
        *,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(settings, index, today=today, now=now)
        self._turns = Turns()

    def _guard(self, owner: str) -> AbstractContextManager[object]:
        return self._turns.of(owner, self._busy)
