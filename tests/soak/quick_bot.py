"""The Slack bot as a process whose answers are at hand: everything of it but the search is real.

`SOAK_ANSWERS` names a file with answers of the index, by their questions. They are recorded in the
bot's own store, each under an id of its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.app import Assistant
from assistant.history.late_records import Record
from assistant.history.records import Circumstances
from assistant.history.store import Kept
from assistant.query import Turn
from assistant.settings import Settings
from assistant.types import Answer, Asking, Profile

ANSWERS = "SOAK_ANSWERS"
_TAKES_S = 0.1
"""How long an answer takes."""


class QuickAssistant:
    """What the bot asks of an assistant."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.kept = settings, Kept.of(settings)
        stored = json.loads(Path(os.environ[ANSWERS]).read_text(encoding="utf-8"))
        self._answers = {asked: Answer.from_json(one) for asked, one in stored.items()}

    def answer(self, asking: Asking, heard: Callable[[str], None] | None = None) -> Answer:
        """Return the answer that is at hand, recorded."""
        assert asking.thread is not None
        past = self.kept.threads.past(asking.owner, asking.thread, asking.replacing)
        answer = replace(self._answers[asking.question], id=uuid.uuid4().hex)
        if heard is not None:
            heard(answer.text[: len(answer.text) // 2])
        time.sleep(_TAKES_S)
        turn = Turn(asking.question, asking.question, answer.citations[0].document)
        self.kept.keep(Record(asking, turn, past, answer, Circumstances(asked=datetime.now(UTC))))
        return answer

    def profile(self, owner: str) -> Profile | None:
        return self.kept.profiles.of(owner)

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        return ()

    def today(self) -> date:
        return date(2026, 1, 1)

    def expire(self) -> int:
        return self.kept.expire(self.settings.retention_days)

    def following(self, tell: Callable[[str], None]) -> AbstractContextManager[None]:
        return nullcontext()

    def close(self) -> None:
        self.kept.close()


def _opened(settings: Settings, **options: Any) -> QuickAssistant:
    return QuickAssistant(settings)


if __name__ == "__main__":
    Assistant.open = _opened  # type: ignore[assignment, method-assign]
    from ui.command_line.main import main

    sys.argv[0] = "residency"
    main()
