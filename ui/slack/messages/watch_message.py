"""What changed in a watched page, as a message for a channel; pure."""

from __future__ import annotations

from ui.slack.blocks.elements import bullets, context, header, original, paragraphs, rich, section
from ui.slack.blocks.packing import packed
from ui.slack.types import Message, Watched


def watch_messages(told: Watched) -> tuple[Message, ...]:
    """Return what changed in a page: the statements, where it is published, what stands on it."""
    link = original(told.address)
    standing = (
        [f"On what changed stand {told.standing}. Look at them again."] if told.standing else []
    )
    return packed([
        [header(f"Changed: {told.title}"), *paragraphs(told.kinds)],
        bullets("What changed", told.changes),
        [rich(section(link))] if link else [],
        context(standing),
    ])  # fmt: skip
