"""One question of a questionnaire, asked; the only place that does."""

from __future__ import annotations

import uuid
from typing import Any

from assistant.errors import AssistantError
from assistant.types import AnswerScope, Asking, Profile, RowAbout
from ui.questionnaires.triage_cells import triage_fields
from ui.questionnaires.types import Answerer, Case

_LOCAL_OWNER = ""


def answer_case(
    assistant: Answerer, case: Case, profile: Profile | None = None, owner: str = _LOCAL_OWNER,
    customer: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return the line of answers for a case; one that cannot be answered has its `error`.

    The receipts are the owner's; approved answers for `customer` are given too.
    """
    thread = None
    if len(case.turns) > 1:
        # An owner of its own: a questionnaire leans on nobody's conversations, nor they on it.
        owner, thread = f"questionnaire-{uuid.uuid4().hex}", case.id
    *before, last = case.turns
    try:
        for turn in before:
            assistant.ask(
                turn, thread=thread, owner=owner, profile=profile, clarify=False, keep=True
            )
        asking = Asking(
            last, thread, owner, profile, clarify=False, keep=True,
            scope=AnswerScope(customer=customer), about=_about(case),
        )  # fmt: skip
        row = assistant.assess(asking, case.allowed)
    except AssistantError as error:
        return {"id": case.id, "error": str(error)}
    answer = row.answer
    return answer.to_json() | {"answer_id": answer.id, "id": case.id} | triage_fields(row.triaged)


def _about(case: Case) -> RowAbout | None:
    if case.is_plain:
        return None
    context = case.context
    return RowAbout(context.service, context.section, context.category)
