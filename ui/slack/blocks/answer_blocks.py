"""An answer as messages of Block Kit: what it says first, then what it stands on; pure.

An abstention and a question back begin with a heading, an answer does not: they are told apart
at one glance.
"""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
)

from assistant.history.feedback import Rating
from assistant.types import Answer, Citation, Verdict
from ui.errors import UncitedAnswer
from ui.shared.terminal_text import dated, receipt_line
from ui.slack.blocks.actions import (
    CHOOSE,
    FEEDBACK,
    LONGEST_VALUE,
    PASSAGE,
    PERSON,
    feedback_value,
    numbered,
    passage_value,
)
from ui.slack.blocks.elements import (
    bullets,
    button,
    context,
    header,
    labelled,
    offered,
    original,
    paragraphs,
    quotes,
    rich,
    rows,
    section,
)
from ui.slack.blocks.inert_text import visible
from ui.slack.blocks.packing import packed
from ui.slack.blocks.splitting import size
from ui.slack.types import Message

_HEADINGS = {
    Verdict.ABSTAINED: "The documents do not say",
    Verdict.CLARIFY: "Which do you mean?",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered below an answer."""

    suggestions: tuple[str, ...] = ()
    """Questions that lead on from it."""
    person: bool = False
    """Whether a person can be asked to look at the question."""
    streamed: bool = False
    """Whether the reader has the text already, caveats included: the messages are what comes
    below it."""


def messages(answer: Answer, offer: Offer) -> tuple[Message, ...]:
    """Return the messages that an answer is posted as, in their order.

    Raises UncitedAnswer for an answer without citations: what cannot be shown in a document is
    not said, whatever went wrong before.
    """
    if answer.verdict is Verdict.ANSWERED and not answer.citations:
        raise UncitedAnswer(
            f"{answer.id}: the answer cites no passage, so it is not shown. Ask again, and report "
            "the question if it stays so"
        )
    heading = _HEADINGS.get(answer.verdict)
    groups = [
        [header(heading)] if heading else [],
        *([block] for block in _said(answer, offer.streamed)),
        offered(answer.choices, CHOOSE),
        _conditions(answer),
        _small_print(answer, offer.streamed),
        *(citation_blocks(citation, number) for number, citation in enumerate(answer.citations, 1)),
        _suggested(offer.suggestions, len(answer.choices) + 1),
        _verdict_on(answer, offer.person),
    ]
    return packed([group for group in groups if group])


def said(answer: Answer) -> str:
    """Return the text of an answer without the caveats that close it."""
    parts = answer.text.split("\n\n")
    return "\n\n".join(parts[: len(parts) - len(answer.caveats)])


def _said(answer: Answer, streamed: bool) -> list[Block]:
    return [] if streamed else paragraphs(said(answer))


def _conditions(answer: Answer) -> list[Block]:
    """Return the conditions and exceptions of the facts that the answer states."""
    groups = (
        ("Only under this condition", [c for fact in answer.facts for c in fact.conditions]),
        ("Exception", [c for fact in answer.facts for c in fact.exceptions]),
    )
    items = [f"{name}: {one}" for name, every in groups for one in dict.fromkeys(every)]
    return bullets("Conditions and exceptions", items)


def _small_print(answer: Answer, streamed: bool) -> list[Block]:
    caveats = () if streamed else answer.caveats
    return context([*caveats, *([receipt_line(answer.receipt)] if answer.receipt else [])])


def citation_blocks(citation: Citation, number: int) -> list[Block]:
    """Return where a passage stands, and its words; `number` is that of its button."""
    page = f", page {citation.page}" if citation.page else ""
    path = citation.section.removeprefix(citation.title).removeprefix(" > ")
    place = " › ".join(filter(None, (citation.title, *path.split(" > "))))
    value = passage_value(visible(citation.document), citation.start, citation.end)
    show = button("Show passage", numbered(PASSAGE, number), value)
    link = original(citation.source)
    return [
        *labelled(
            f"[{citation.marker}] {place}{page}, {dated(citation.as_of)}",
            show if size(value) <= LONGEST_VALUE else None,
        ),
        *quotes(citation.quote),
        *([rich(section(link))] if link else []),
    ]


def _suggested(questions: tuple[str, ...], first: int) -> list[Block]:
    blocks = offered(questions, CHOOSE, first)
    return [*context(["You could ask next"]), *blocks] if blocks else []


def _verdict_on(answer: Answer, person: bool) -> list[Block]:
    """Return what a reader can say about the answer; nothing about a question back."""
    if answer.verdict is Verdict.CLARIFY:
        return []
    ask = [button("Ask a person", PERSON, answer.id)] if person else []
    return [*rows(ask), feedback_buttons(answer.id)]


def feedback_buttons(answer: str) -> Block:
    """Return the two buttons that tell whether an answer helped; `answer` is its id."""
    up, down = (
        FeedbackButtonObject(
            text=label, accessibility_label=spoken, value=feedback_value(rating, answer)
        )
        for label, spoken, rating in (
            ("Helped", "This answer helped", Rating.UP),
            ("Did not help", "This answer did not help; say why", Rating.DOWN),
        )
    )
    return ContextActionsBlock(
        elements=[
            FeedbackButtonsElement(action_id=FEEDBACK, positive_button=up, negative_button=down)
        ]
    )
