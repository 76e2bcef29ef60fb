"""A citation: where its passage stands, and the words of it; pure."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ButtonElement

from assistant.types import Citation
from ui.shared.terminal_text import dated
from ui.slack.blocks.elements import labelled, original, quotes, rich, section


def citation_blocks(citation: Citation, show: ButtonElement | None) -> list[Block]:
    """Return where a passage stands, and its words; `show` is the button that opens it."""
    page = f", page {citation.page}" if citation.page else ""
    path = citation.section.removeprefix(citation.title).removeprefix(" > ")
    place = " › ".join(filter(None, (citation.title, *path.split(" > "))))
    link = original(citation.source)
    return [
        *labelled(f"[{citation.marker}] {place}{page}, {dated(citation.as_of)}", show),
        *quotes(citation.quote),
        *([rich(section(link))] if link else []),
    ]
