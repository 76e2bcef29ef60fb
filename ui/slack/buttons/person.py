"""The button that asks for a person to look at a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import UnknownAnswer
from ui.slack.buttons.button import Button, Desk, Keeping, RawPress
from ui.slack.buttons.on_answer import OnAnswer, once
from ui.slack.buttons.passage import cited
from ui.slack.types import Message, Offer, Understood

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block, ButtonElement

    from assistant.types import Answer

PERSON = "person"
_PASSED_ON = "Your question was passed on, with this answer. A person will look at it."
_NOBODY = (
    "Your question was not passed on: the channel where persons help cannot be reached. Tell "
    "those who run this bot"
)


@dataclass(frozen=True, slots=True)
class Handed(OnAnswer):
    """A wish that a person looks at a question, whose answer did not do."""


def draw(answer: str) -> ButtonElement:
    """Return the button; `answer` is the id of the answer that it is about."""
    from ui.slack.blocks.elements import button

    return button("Ask a person", PERSON, answer)


def read(press: RawPress) -> Understood:
    """Return that a person is wanted."""
    return once(press, PERSON, Handed)


def handle(handed: Handed, desk: Desk) -> None:
    """Pass a question on to the persons who help."""
    from ui.slack.blocks.replies import confirmed, refused

    try:
        record = desk.assistant.record(handed.answer, handed.place.owner)
    except UnknownAnswer:
        desk.outlet.say((refused("This answer is not kept any more. Ask the question again"),))
        return
    passed = desk.outlet.hand_over(
        lambda link: handed_over(record.question, record.answer, link, handed.place.user)
    )
    desk.outlet.say((confirmed(_PASSED_ON) if passed else refused(_NOBODY),))


def handed_over(question: str, answer: Answer, link: str, asker: str) -> tuple[Message, ...]:
    """Return a question for the channel where persons help, with the answer that did not do.

    `link` leads to the question's place, `asker` is the id of a user: both from Slack itself.
    """
    from ui.slack.blocks.elements import header, paragraphs
    from ui.slack.blocks.packing import packed

    given = [header("What the assistant said"), *paragraphs(answer.text)]
    return packed([_asked(question, link, asker), given, *cited(answer.citations)])


def _asked(question: str, link: str, asker: str) -> list[Block]:
    from slack_sdk.models.blocks import RichTextElementParts

    from ui.slack.blocks.elements import original, quotes, rich, section, words

    place = original(link, "Go to the question")
    return [
        rich(section(
            RichTextElementParts.User(user_id=asker),
            words(" asks for a person to look at this question."),
        )),
        *quotes(question),
        *([rich(section(place))] if place else []),
    ]  # fmt: skip


def _below(answer: Answer, offer: Offer) -> Sequence[ButtonElement]:
    return (draw(answer.id),) if offer.person else ()


PERSON_BUTTON = Button(PERSON, read, keeping=Keeping("handed", Handed, handle), below=_below)
