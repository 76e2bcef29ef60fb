"""An answer as messages of Block Kit, in the order of the page: what it says, its conditions, its
sources, and one line of how old these are; pure.

An abstention and a question back begin with a heading, an answer does not: they are told apart
at one glance.
"""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextActionsBlock,
    FeedbackButtonsElement,
)

from assistant.types import Answer, Verdict
from ui.errors import UncitedAnswer
from ui.shared.terminal_text import receipt_line
from ui.slack.blocks.elements import bullets, context, header, paragraphs, rows
from ui.slack.blocks.packing import packed
from ui.slack.buttons import BUTTONS, choose, passage
from ui.slack.types import Message, Offer
from ui.standing import CHECK, SourceNotices, documents_line, said_already, source_notices

_HEADINGS = {
    Verdict.ABSTAINED: "The documents do not say",
    Verdict.CLARIFY: "Which do you mean?",
}


def messages(answer: Answer, offer: Offer, today: date | None = None) -> tuple[Message, ...]:
    """Return the messages that an answer is posted as, in their order; `today` is what the age of
    its documents is counted to, the day on which it is posted where it is not given.

    Raises UncitedAnswer for an answer without citations: what cannot be shown in a document is
    not said, whatever went wrong before.
    """
    if answer.verdict is Verdict.ANSWERED and not answer.citations:
        raise UncitedAnswer(
            f"{answer.id}: the answer cites no passage, so it is not shown. Ask again, and report "
            "the question if it stays so"
        )
    heading = _HEADINGS.get(answer.verdict)
    notices = source_notices(answer)
    groups = [
        context([f"To “{offer.pointed_at}”"]) if offer.pointed_at else [],
        [header(heading)] if heading else [],
        *([block] for block in _said(answer, offer.streamed)),
        choose.draw(answer.choices),
        _conditions(answer),
        context(notices.others),
        *passage.cited(answer.citations),
        _age(answer, notices, today or date.today()),
        _suggested(offer.suggestions, len(answer.choices) + 1),
        _verdict_on(answer, offer),
    ]
    return packed([group for group in groups if group])


def said(answer: Answer) -> str:
    """Return the text of an answer without the caveats that close it."""
    parts = answer.text.split("\n\n")
    return "\n\n".join(parts[: len(parts) - len(answer.caveats)])


def _said(answer: Answer, streamed: bool) -> list[Block]:
    return [] if streamed else paragraphs(said(answer))


def _conditions(answer: Answer) -> list[Block]:
    """Return the conditions and exceptions of the stated facts that the answer does not say."""
    groups = (
        ("Only under this condition", [c for fact in answer.facts for c in fact.conditions]),
        ("Exception", [c for fact in answer.facts for c in fact.exceptions]),
    )
    items = [
        f"{name}: {one}"
        for name, every in groups
        for one in dict.fromkeys(every)
        if not said_already(one, (answer.text,))
    ]
    return bullets("Conditions and exceptions", items)


def _age(answer: Answer, notices: SourceNotices, today: date) -> list[Block]:
    """Return how old what an answer stands on is, and what a language model had to do with it."""
    line = documents_line(answer.citations, today)
    told = f"{line}; {CHECK}" if line and notices.is_old else line
    return context([
        *([told] if told else []),
        *([receipt_line(answer.receipt)] if answer.receipt else []),
    ])  # fmt: skip


def _suggested(questions: tuple[str, ...], first: int) -> list[Block]:
    blocks = choose.draw(questions, first)
    return [*context(["You could ask next"]), *blocks] if blocks else []


def _verdict_on(answer: Answer, offer: Offer) -> list[Block]:
    """Return what a reader can say about the answer; nothing about a question back."""
    if answer.verdict is Verdict.CLARIFY:
        return []
    drawn = [one for button in BUTTONS for one in button.below(answer, offer)]
    thumbs = [one for one in drawn if isinstance(one, FeedbackButtonsElement)]
    return [
        *rows([one for one in drawn if isinstance(one, ButtonElement)]),
        *([ContextActionsBlock(elements=thumbs)] if thumbs else []),
    ]
