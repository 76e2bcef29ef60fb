"""What the bot says beside answers: who it is, what it refuses, what it hands to persons; pure."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, RichTextElementParts

from assistant.types import Answer
from ui.slack.blocks.actions import CHOOSE
from ui.slack.blocks.answer_blocks import citation_blocks
from ui.slack.blocks.elements import (
    context,
    header,
    offered,
    original,
    paragraphs,
    quotes,
    rich,
    section,
    words,
)
from ui.slack.blocks.inert_text import LONGEST_SECTION
from ui.slack.blocks.packing import message, packed
from ui.slack.blocks.splitting import split
from ui.slack.types import Message

EXAMPLES = (
    "Where is mailbox content stored for a tenant in Norway?",
    "Which Azure AD data leaves Europe?",
    "Where does Intune process notification emails?",
    "Does Exchange Online support moving my mailboxes between geographies?",
)
"""Questions that somebody who has none is offered; the assistant's pane has place for four."""
_ABOUT = (
    "I answer questions about where cloud data is stored and processed, and show for each answer "
    "the sentence of the document that says so, with the document's date. Where the documents do "
    "not say, I say that."
)
_HOW = (
    "Write to me directly, or mention me in a channel: I answer in the thread, and go on "
    "answering there. /residency followed by a question is answered for you alone."
)


def refused(reason: str) -> Message:
    """Return why there is no answer, as the error says it to a user.

    A reason is a few sentences; one beyond what a section holds ends with an ellipsis.
    """
    return message(paragraphs(_cut(reason)))


def help_message() -> Message:
    """Return what the bot is and how it is asked, with questions to begin with."""
    return message([
        header("Ask where your cloud data lives"),
        *paragraphs(_ABOUT),
        *context([_HOW]),
        *offered(EXAMPLES, CHOOSE),
    ])  # fmt: skip


def handed_over(question: str, answer: Answer, link: str, asker: str) -> tuple[Message, ...]:
    """Return a question for the channel where persons help, with the answer that did not do.

    `link` leads to the question's place, `asker` is the id of a user: both from Slack itself.
    """
    place = original(link, "Go to the question")
    asked: list[Block] = [
        rich(section(
            RichTextElementParts.User(user_id=asker),
            words(" asks for a person to look at this question."),
        )),
        *quotes(question),
        *([rich(section(place))] if place else []),
    ]  # fmt: skip
    given = [header("What the assistant said"), *paragraphs(answer.text)]
    cited = [
        citation_blocks(citation, number) for number, citation in enumerate(answer.citations, 1)
    ]
    return packed([asked, given, *cited])


def _cut(reason: str) -> str:
    first, *more = split(reason, LONGEST_SECTION - 1)
    return f"{first}…" if more or not first.strip() else first


def passed_on() -> Message:
    """Return that a question was handed to persons."""
    return message(
        paragraphs("Your question was passed on, with this answer. A person will look at it.")
    )
