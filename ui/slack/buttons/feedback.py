"""The two buttons that tell whether an answer helped, and the form that asks why it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.history.feedback import LONGEST_REASON, Rating
from ui.shared.logs import note
from ui.slack.blocks.actions import compact, parsed
from ui.slack.buttons.button import (
    Button,
    Desk,
    Form,
    Keeping,
    Opening,
    RawForm,
    RawPress,
    kept,
)
from ui.slack.payload import Unfit, answer_id, is_id, is_thread
from ui.slack.types import Offer, Place, Pressed, Understood, Wish

if TYPE_CHECKING:
    from slack_sdk.models.blocks import FeedbackButtonsElement
    from slack_sdk.models.views import View

    from assistant.app import Assistant
    from assistant.types import Answer

FEEDBACK = "feedback"
REASON = "reason"
"""The form that asks why an answer did not help, and its first field."""
CORRECTION = "correction"
"""The second field of that form: what would be right."""
_LONGEST_CORRECTION = 3_000
"""What Slack takes in one field."""
_MARKS = {"up": Rating.UP, "down": Rating.DOWN}


@dataclass(frozen=True, slots=True)
class Rated(Pressed):
    """What somebody thinks of an answer."""

    answer: str
    """Id of the answer."""
    rating: Rating
    reason: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Reason(Wish):
    """A wish to say why an answer did not help."""

    answer: str
    """Id of the answer."""
    place: Place


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where the answer stands that the form asks about."""

    team: str
    channel: str
    thread: str
    """Time stamp of the message that the thread hangs on; empty outside of any thread."""
    answer: str
    """Id of the answer."""


def draw(answer: str) -> FeedbackButtonsElement:
    """Return the two buttons; `answer` is the id of the answer that they are about."""
    from slack_sdk.models.blocks import FeedbackButtonObject, FeedbackButtonsElement

    up, down = (
        FeedbackButtonObject(
            text=label, accessibility_label=spoken, value=feedback_value(rating, answer)
        )
        for label, spoken, rating in (
            ("Helped", "This answer helped", Rating.UP),
            ("Did not help", "This answer did not help; say why", Rating.DOWN),
        )
    )
    return FeedbackButtonsElement(action_id=FEEDBACK, positive_button=up, negative_button=down)


def read(press: RawPress) -> Understood:
    """Return what is thought of an answer; of one that did not help, that it is asked why."""
    key, found = press.key(), read_feedback(press.value)
    if found is None:
        raise Unfit("the button does not say which answer it rates")
    rating, answer = found[0], answer_id(found[1])
    rated = Rated(press.place, answer, rating)
    if rating is Rating.DOWN and press.takes_form:
        return kept(key, rated, Reason(press.trigger(), answer, press.place))
    return kept(key, rated)


def handle(rated: Rated, desk: Desk) -> None:
    """Keep what somebody thinks of an answer of theirs."""
    try:
        desk.assistant.give_feedback(
            rated.answer,
            rated.rating,
            owner=rated.place.owner,
            reason=rated.reason,
            correction=rated.correction,
        )
    except AssistantError as error:
        if desk.waits_for(error):
            raise
        # A button of somebody else's answer, or of one that was deleted since.
        note("feedback refused", user=rated.place.owner, error=type(error).__name__)


def read_form(form: RawForm) -> Understood:
    """Return why an answer did not help."""
    about = read_reason_metadata(form.carried)
    if about is None or about.team != form.team:
        raise Unfit("the form does not say which answer it is about")
    if not is_id(about.channel) or not is_thread(about.thread):
        raise Unfit("the form does not say where its answer stands")
    place = Place(form.team, about.channel, about.thread, form.user())
    answer = answer_id(about.answer)
    said = Rated(place, answer, Rating.DOWN, form.field(REASON), form.field(CORRECTION))
    return kept(form.key(), said)


def reason_view(place: AnswerPlace) -> View:
    """Return the form that asks why an answer did not help and what would be right."""
    from ui.slack.blocks.views import field, form_view

    return form_view(
        REASON,
        reason_metadata(place),
        "What went wrong?",
        [
            field(REASON, "Why did this answer not help?", LONGEST_REASON),
            field(CORRECTION, "What would be right?", _LONGEST_CORRECTION),
        ],
    )


def feedback_value(rating: Rating, answer: str) -> str:
    """Return what one of the two buttons carries."""
    return f"{rating.value}:{answer}"


def read_feedback(value: str) -> tuple[Rating, str] | None:
    """Return the rating and the id of the answer that it is about."""
    mark, _, answer = value.partition(":")
    rating = _MARKS.get(mark)
    return (rating, answer) if rating and answer else None


def reason_metadata(place: AnswerPlace) -> str:
    """Return what the form carries."""
    return compact([place.team, place.channel, place.thread, place.answer])


def read_reason_metadata(value: str) -> AnswerPlace | None:
    """Return which answer a form asked about."""
    match parsed(value):
        case [str(team), str(channel), str(thread), str(answer)] if answer:
            return AnswerPlace(team, channel, thread, answer)
    return None


def _view(wish: Reason, assistant: Assistant) -> View:  # noqa: ARG001
    place = wish.place
    return reason_view(AnswerPlace(place.team, place.channel, place.thread, wish.answer))


def _below(answer: Answer, offer: Offer) -> Sequence[FeedbackButtonsElement]:  # noqa: ARG001
    return (draw(answer.id),)


FEEDBACK_BUTTON = Button(
    FEEDBACK,
    read,
    keeping=Keeping("rated", Rated, handle, speaks=False),
    opening=Opening(Reason, _view),
    form=Form(REASON, read_form),
    below=_below,
)
