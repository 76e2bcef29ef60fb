"""What a block says, for those who do not see it: a notification, a screen reader, a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    TextObject,
)


def read(block: Block) -> list[str]:
    """Return the lines of a block without its buttons; none for one that says nothing."""
    match block:
        case HeaderBlock(text=TextObject(text=str(text))):
            return text.split("\n")
        case SectionBlock(text=TextObject(text=str(text))):
            return text.split("\n")
        case ContextBlock():
            return [line for one in block.elements for line in _text(one).split("\n")]
        case RichTextBlock():
            return [line for element in block.elements for line in _element(element)]
        case InputBlock(label=TextObject(text=str(text))):
            return text.split("\n")
    return []


def spoken(blocks: Iterable[Block]) -> str:
    """Return all that blocks say."""
    return "\n".join(line for block in blocks for line in read(block))


def _text(element: object) -> str:
    return element.text if isinstance(element, TextObject) and element.text else ""


def _element(element: object) -> Iterator[str]:
    match element:
        case RichTextQuoteElement():
            yield from (f"| {line}" for line in _inline(element.elements).split("\n"))
        case RichTextListElement():
            for item in element.elements:
                first, *more = "\n".join(_element(item)).split("\n")
                yield from (f"- {first}", *(f"  {line}" for line in more))
        case RichTextSectionElement():
            yield from _inline(element.elements).split("\n")


def _inline(elements: Iterable[object]) -> str:
    """Return the text of elements in a row; a link is followed by where it leads."""
    return "".join(_piece(element) for element in elements)


def _piece(element: object) -> str:
    match element:
        case RichTextElementParts.Text():
            return element.text
        case RichTextElementParts.Link():
            return f"{element.text}: {element.url}"
        case RichTextElementParts.User():
            return f"@{element.user_id}"
    return ""
