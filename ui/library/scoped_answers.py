"""An assistant that looks for the approved answers of one customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import Assistant
from assistant.triage import Assessed
from assistant.types import Answer, AnswerScope, Asking, Profile


@dataclass(frozen=True, slots=True)
class Scoped:
    """An assistant whose every question is asked for one scope."""

    assistant: Assistant
    scope: AnswerScope

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
        keep: bool = False,
    ) -> Answer:
        """Answer a question; `keep` its receipt."""
        return self.assistant.ask(
            question, thread=thread, owner=owner, profile=profile, clarify=clarify, keep=keep,
            scope=self.scope,
        )  # fmt: skip

    def assess(self, asking: Asking, allowed: Sequence[str] = ()) -> Assessed:
        """Answer a row, and tell what became of it."""
        return self.assistant.assess(replace(asking, scope=self.scope), allowed)
