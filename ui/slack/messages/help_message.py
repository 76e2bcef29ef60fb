"""What the bot says of itself, with questions to begin with; pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.slack.blocks.elements import context, header, paragraphs
from ui.slack.blocks.packing import message
from ui.slack.buttons import choose
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


def help_message() -> Message:
    """Return what the bot is and how it is asked, with questions to begin with."""
    return message([
        header("Ask where your cloud data lives"),
        *paragraphs(_ABOUT),
        *context([_HOW]),
        *choose.draw(EXAMPLES),
    ])  # fmt: skip


def offered_questions(questions: Sequence[str]) -> Message:
    """Return questions to choose from, and nothing else."""
    return message(choose.draw(questions))
