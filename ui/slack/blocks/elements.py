"""The pieces that messages and views are made of: texts that Slack shows and does not parse; pure.

Every text is given as it was written; here it is made visible and parted into what one block
takes. Rich text and plain text are not parsed by Slack, so nothing needs to be escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from ui.slack.blocks.actions import LONGEST_VALUE, numbered
from ui.slack.blocks.inert_text import (
    LONGEST_BUTTON,
    LONGEST_SECTION,
    shortened,
    visible,
    web_address,
)
from ui.slack.blocks.splitting import size, split

_LONGEST_HEADER = 150
_BUTTONS_IN_A_ROW = 5
_ELEMENTS_OF_CONTEXT = 10
_ITEM = "- "
_ITEMS_OF_LISTS = 40
"""Items in one block that become lists; each weighs far more than its text."""


def plain(text: str) -> PlainTextObject:
    """Return text as an object that is not parsed, for emoji names neither."""
    return PlainTextObject(text=text or " ", emoji=False)


def words(text: str, *, bold: bool = False) -> RichTextElement:
    """Return text within rich text."""
    style = RichTextElementParts.TextStyle(bold=True) if bold else None
    return RichTextElementParts.Text(text=text or " ", style=style)


def section(*elements: RichTextElement) -> RichTextElement:
    """Return a paragraph of rich text."""
    return RichTextSectionElement(elements=elements)


def rich(*elements: RichTextElement) -> Block:
    """Return a block of rich text."""
    return RichTextBlock(elements=elements)


def header(text: str) -> Block:
    """Return a heading; it is cut to what a heading holds."""
    return HeaderBlock(text=plain(shortened(text, _LONGEST_HEADER)))


def original(source: str, label: str = "original page") -> RichTextElement | None:
    """Return a link to where a document is published; None for what is no web address."""
    address = web_address(source)
    return RichTextElementParts.Link(url=address, text=label) if address else None


def paragraphs(text: str) -> list[Block]:
    """Return blocks of a text whose lines that begin with `- ` are items of lists."""
    return [rich(*_flow(part)) for part in split(visible(text), LONGEST_SECTION) if part.strip()]


def quotes(text: str) -> list[Block]:
    """Return blocks of a text set apart as a quotation."""
    parts = split(visible(text), LONGEST_SECTION)
    return [rich(RichTextQuoteElement(elements=[words(part)])) for part in parts]


def bullets(title: str, items: Iterable[str]) -> list[Block]:
    """Return blocks of a list under a title; an item too long for one goes on in the next."""
    parts = [part for item in items for part in split(visible(item), LONGEST_SECTION)]
    lists = [
        RichTextListElement(style="bullet", elements=[section(words(part)) for part in group])
        for group in _together(parts)
    ]
    heading = rich(section(words(title, bold=True)))
    return [heading, *(rich(one) for one in lists)] if lists else []


def counted(items: Sequence[str]) -> list[Block]:
    """Return blocks of a numbered list."""
    lines = [f"{number}. {visible(item)}" for number, item in enumerate(items, 1)]
    parts = [part for line in lines for part in split(line, LONGEST_SECTION)]
    return [rich(*(section(words(part)) for part in group)) for group in _together(parts)]


def context(texts: Iterable[str]) -> list[Block]:
    """Return blocks of small print."""
    parts = [part for text in texts for part in split(visible(text), LONGEST_SECTION)]
    return [
        ContextBlock(elements=[plain(part) for part in group])
        for group in _together([part for part in parts if part.strip()])
    ]


def labelled(text: str, accessory: ButtonElement | None) -> list[Block]:
    """Return sections of a text, the first with a button beside it."""
    first, *more = split(visible(text), LONGEST_SECTION)
    return [
        SectionBlock(text=plain(first), accessory=accessory),
        *(SectionBlock(text=plain(part)) for part in more),
    ]


def button(text: str, action_id: str, value: str, style: str | None = None) -> ButtonElement:
    """Return a button."""
    return ButtonElement(text=plain(shortened(text)), action_id=action_id, value=value, style=style)


def rows(buttons: Sequence[ButtonElement]) -> list[Block]:
    """Return blocks of buttons, a few in each."""
    starts = range(0, len(buttons), _BUTTONS_IN_A_ROW)
    return [ActionsBlock(elements=buttons[at : at + _BUTTONS_IN_A_ROW]) for at in starts]


def offered(texts: Sequence[str], action: str, first: int = 1) -> list[Block]:
    """Return texts as buttons that carry them; also as a numbered list where one is too long.

    One that is too long for a button to carry is listed alone. `first` is the number of the first
    button's action.
    """
    shown = [visible(text) for text in texts]
    short = all(size(text) <= LONGEST_BUTTON and "\n" not in text for text in shown)
    buttons = [
        button(text if short else f"{number}. {text}", numbered(action, first + number - 1), text)
        for number, text in enumerate(shown, 1)
        if text.strip() and size(text) <= LONGEST_VALUE
    ]
    return [*([] if short else counted(texts)), *rows(buttons)]


def _together(parts: Iterable[str]) -> Iterator[list[str]]:
    """Yield parts in groups that one block takes."""
    group: list[str] = []
    for part in parts:
        full = len(group) == _ELEMENTS_OF_CONTEXT
        if group and (full or sum(map(size, [*group, part])) > LONGEST_SECTION):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _flow(text: str) -> Iterator[RichTextElement]:
    """Yield the paragraphs and lists of a text; the lines of very many items stay lines."""
    if len(re.findall(r"(?m)^- ", text)) > _ITEMS_OF_LISTS:
        yield section(words(text.strip("\n")))
        return
    for run in re.split(r"(?m)((?:^- .*(?:\n|\Z))+)", text):
        if run.startswith(_ITEM):
            items = [line.removeprefix(_ITEM) for line in run.rstrip("\n").split("\n")]
            elements = [section(words(item)) for item in items]
            yield RichTextListElement(style="bullet", elements=elements)
        elif run.strip("\n"):
            yield section(words(run.strip("\n")))
