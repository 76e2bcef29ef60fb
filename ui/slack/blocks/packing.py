"""Blocks in as many messages as they need; pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from ui.slack.blocks.elements import context
from ui.slack.blocks.inert_text import LONGEST_MARKDOWN, mrkdwn
from ui.slack.blocks.splitting import size
from ui.slack.blocks.spoken import spoken
from ui.slack.types import Message

MOST_BLOCKS = 50
_MOST_OWN = MOST_BLOCKS - 1
"""One is kept for the line that tells which part it is."""
_HEAVIEST = LONGEST_MARKDOWN
"""What blocks of a message may weigh together. Slack publishes no such limit and refuses messages
a little beyond this one ("msg_blocks_too_long")."""
_TEXT_SHARE = 3
"""How much more than its blocks the text beside them may take, whose limit is 40,000."""


def packed(groups: Sequence[Sequence[Block]]) -> tuple[Message, ...]:
    """Return messages of blocks; a group stays in one message where it fits into one.

    All but the first begin by telling which part of how many they are.
    """
    parts = list(_parts(groups))
    return tuple(
        message(
            [*(context([f"Continued ({number} of {len(parts)})"]) if number > 1 else []), *part]
        )
        for number, part in enumerate(parts, 1)
    )


def message(blocks: Sequence[Block]) -> Message:
    """Return a message of blocks that are known to fit into one."""
    return Message(text=mrkdwn(spoken(blocks)), blocks=tuple(blocks))


def _parts(groups: Sequence[Sequence[Block]]) -> Iterator[list[Block]]:
    part: list[Block] = []
    taken = 0
    for unit in _units(groups):
        weight = sum(map(_weight, unit))
        if part and (len(part) + len(unit) > _MOST_OWN or taken + weight > _HEAVIEST):
            yield part
            part, taken = [], 0
        part += unit
        taken += weight
    if part:
        yield part


def _units(groups: Sequence[Sequence[Block]]) -> Iterator[Sequence[Block]]:
    """Yield what stays together: groups, and the blocks of those that are too large."""
    for group in groups:
        if len(group) <= _MOST_OWN and sum(map(_weight, group)) <= _HEAVIEST:
            yield group
        else:
            yield from ([block] for block in group)


def _weight(block: Block) -> int:
    """Return how much of a message a block takes, in characters."""
    written = size(json.dumps(block.to_dict(), ensure_ascii=False))
    return max(written, size(mrkdwn(spoken([block]))) // _TEXT_SHARE)
