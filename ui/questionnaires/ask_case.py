"""One question of a questionnaire, asked; the only place that does."""

from __future__ import annotations

import uuid
from typing import Any

from assistant.errors import AssistantError
from assistant.types import Profile
from ui.questionnaires.types import Answerer, Case

_LOCAL_OWNER = ""


def answer_case(
    assistant: Answerer, case: Case, profile: Profile | None = None, owner: str = _LOCAL_OWNER
) -> dict[str, Any]:
    """Return the line of answers for a case; one that cannot be answered has its `error`.

    The receipts are the owner's.
    """
    thread = None
    if len(case.turns) > 1:
        # An owner of its own: a questionnaire leans on nobody's conversations, nor they on it.
        owner, thread = f"questionnaire-{uuid.uuid4().hex}", case.id
    try:
        for turn in case.turns:
            answer = assistant.ask(
                turn, thread=thread, owner=owner, profile=profile, clarify=False, keep=True
            )
    except AssistantError as error:
        return {"id": case.id, "error": str(error)}
    return answer.to_json() | {"answer_id": answer.id, "id": case.id}
