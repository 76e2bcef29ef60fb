"""The button that approves an answer, shown to those alone who may do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import wording
from assistant.errors import AssistantError, LibraryError
from assistant.library.approving import Approving, of_record, to_keep
from assistant.library.types import Approver
from assistant.types import Verdict
from ui.library.may_approve import slack_approver
from ui.shared.logs import note
from ui.slack.buttons.button import Button, Desk, Keeping, RawPress
from ui.slack.buttons.on_answer import OnAnswer, once
from ui.slack.types import Offer, Understood

if TYPE_CHECKING:
    from slack_sdk.models.blocks import ButtonElement

    from assistant.app import Assistant
    from assistant.types import Answer

APPROVE = "approve"
_NO_RIGHT = (
    "Your Slack user may not approve answers. Those who run this bot give the right with the "
    "setting RESIDENCY_SLACK_APPROVERS"
)
_LEANS = (
    "This was asked within a conversation and may lean on what was asked before. Ask it in a "
    "message of its own, with all that belongs to it, and approve that answer"
)


@dataclass(frozen=True, slots=True)
class Approves(OnAnswer):
    """A wish to keep an answer as approved."""


def draw(answer: str) -> ButtonElement:
    """Return the button; `answer` is the id of the answer that it approves."""
    from ui.slack.blocks.elements import button

    return button("Approve", APPROVE, answer)


def read(press: RawPress) -> Understood:
    """Return that an answer is approved."""
    return once(press, APPROVE, Approves)


def handle(approves: Approves, desk: Desk) -> None:
    """Keep an answer as approved by who pressed, where they may; say what became of it."""
    from ui.slack.blocks.replies import confirmed, refused

    # Whoever sees a message in a channel can press what stands below it.
    who = slack_approver(approves.place.user, desk.assistant.settings.slack_approvers)
    if who is None:
        note("approval refused", user=approves.place.owner, error="no right")
        desk.outlet.say((refused(_NO_RIGHT),))
        return
    try:
        said = _approved(approves.answer, who, desk.assistant)
    except AssistantError as error:
        if desk.waits_for(error):
            raise
        note("approval refused", user=approves.place.owner, error=type(error).__name__)
        desk.outlet.say((refused(str(error)),))
        return
    desk.outlet.say((confirmed(said),))


def _approved(answer: str, who: Approver, assistant: Assistant) -> str:
    """Keep an answer as approved; return that, and what it stands on. Raises AssistantError."""
    record = assistant.record(answer)
    if record.turns:
        raise LibraryError(_LEANS)
    with assistant.reading() as index:
        approval = of_record(record, Approving(who, dt.date.today()), index)
        found = to_keep(approval, assistant.library, index)
    assistant.library.keep((found,), who)
    entry = assistant.library.entry(approval.id)
    said = f"Approved by {who.name} ({entry.id}); to be looked at again by {approval.review}."
    if entry.against:
        others = ", ".join(entry.against)
        told = wording.CONTRADICTS.format(others=others, ids=f"{entry.id}, {others}")
        said += f" It {told}"
    return said


def _below(answer: Answer, offer: Offer) -> Sequence[ButtonElement]:
    fresh = answer.verdict is Verdict.ANSWERED and answer.approved is None
    return (draw(answer.id),) if offer.approve and fresh else ()


APPROVE_BUTTON = Button(APPROVE, read, keeping=Keeping("approves", Approves, handle), below=_below)
