"""Messages and views as a terminal shows them, with numbers for their buttons; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextActionsBlock,
    ContextBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    HeaderBlock,
    InputBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from ui.shared.terminal_text import inert
from ui.slack.blocks.spoken import read
from ui.slack.types import Message


@dataclass(frozen=True, slots=True)
class Press:
    """A button that can be pressed by its number."""

    number: int
    action_id: str
    value: str
    label: str


def lines(message: Message, first_number: int) -> tuple[list[str], tuple[Press, ...]]:
    """Return what a message shows, and its buttons numbered from `first_number`."""
    return _lines(message.blocks, first_number)


def view_lines(view: View, first_number: int) -> tuple[list[str], tuple[Press, ...]]:
    """Return what a view shows, and its buttons. The fields of a view are named by their labels,
    in their order.
    """
    title = view.title.text if view.title else ""
    shown, presses = _lines(view.blocks, first_number)
    return [f"== {inert(title or '')} ==", *shown], presses


def _lines(blocks: Iterable[Block], number: int) -> tuple[list[str], tuple[Press, ...]]:
    shown: list[str] = []
    every: list[Press] = []
    for block in blocks:
        presses = [
            Press(at, *button) for at, button in enumerate(_buttons(block), number + len(every))
        ]
        if shown and isinstance(block, HeaderBlock | SectionBlock):
            shown.append("")
        shown += [inert(line) for line in _marked(block)]
        if presses:
            shown.append("  ".join(f"({one.number}) {inert(one.label)}" for one in presses))
        every += presses
    return shown, tuple(every)


def _marked(block: Block) -> list[str]:
    """Return the lines of a block, told apart by what kind it is."""
    told = read(block)
    match block:
        case HeaderBlock():
            return [f"## {line}" for line in told]
        case ContextBlock():
            return [f"  {line}" for line in told]
        case InputBlock():
            return [f"{line}:" for line in told]
    return told


def _buttons(block: Block) -> Iterator[tuple[str, str, str]]:
    """Yield action, value and label of each button of a block."""
    match block:
        case SectionBlock(accessory=ButtonElement() as button):
            yield _button(button)
        case ActionsBlock():
            yield from (_button(one) for one in block.elements if isinstance(one, ButtonElement))
        case ContextActionsBlock():
            for one in block.elements:
                if isinstance(one, FeedbackButtonsElement):
                    yield _feedback(one, one.positive_button)
                    yield _feedback(one, one.negative_button)


def _button(button: ButtonElement) -> tuple[str, str, str]:
    label = button.text.text if button.text else ""
    return (button.action_id or "", button.value or "", label or "")


def _feedback(
    element: FeedbackButtonsElement, button: FeedbackButtonObject
) -> tuple[str, str, str]:
    told = button.to_dict()
    return (element.action_id or "", str(told["value"]), str(told["text"]["text"]))
