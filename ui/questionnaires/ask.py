"""One question of a questionnaire, asked; the only place that does."""

from __future__ import annotations

import uuid
from typing import Any

from assistant.errors import AssistantError
from assistant.types import Profile
from ui.questionnaires.types import Answerer, Case


def answer_case(assistant: Answerer, case: Case, profile: Profile | None = None) -> dict[str, Any]:
    """Return the line of answers for a case; one that cannot be answered has its `error`."""
    # An owner of its own: a questionnaire leans on nobody's conversations, nor they on it.
    owner = f"questionnaire-{uuid.uuid4().hex}" if len(case.turns) > 1 else None
    thread = case.id if owner else None
    try:
        for turn in case.turns:
            answer = assistant.ask(turn, thread=thread, owner=owner, profile=profile, clarify=False)
    except AssistantError as error:
        return {"id": case.id, "error": str(error)}
    return answer.to_json() | {"answer_id": answer.id, "id": case.id}
