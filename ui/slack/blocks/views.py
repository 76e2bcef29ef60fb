"""The views that open above a conversation: a passage in its document, and forms."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, RichTextQuoteElement
from slack_sdk.models.views import View

from assistant.app import Assistant
from assistant.errors import UnknownDocument
from index.types import StoredDocument
from ui.shared.terminal_text import dated
from ui.slack.blocks.elements import (
    context,
    labelled,
    original,
    paragraphs,
    plain,
    rich,
    section,
    words,
)
from ui.slack.blocks.inert_text import LONGEST_SECTION, visible
from ui.slack.blocks.splitting import split

SHOWN = "shown"
"""The view of a passage, in which there is nothing to submit."""
_AROUND = 2_000
"""Code points shown before and after a passage."""
_LONGEST_PASSAGE = 60_000
"""Code points of a passage that one view shows: a view takes 100 blocks."""
_LARGEST_PASSAGE = 130_000
"""Bytes of a passage as it is sent, where most letters take six: a view takes 250 kB in all."""


def passage(assistant: Assistant, document: str, start: int, end: int) -> View:
    """Return a document opened at a passage; of a document that is gone, that it is."""
    try:
        found = assistant.document(document)
    except UnknownDocument:
        return notice_view("This document is not in the index any more.")
    return passage_view(found, start, end)


def passage_view(document: StoredDocument, start: int, end: int) -> View:
    """Return a part of a document with a passage marked.

    A document that no longer has the passage is named, and it is said that it changed.
    """
    text = document.text
    whole = 0 <= start < end <= len(text)
    page = document.page(start) if whole else None
    facts = [dated(document.about.date), *([f"page {page}"] if page else [])]
    link = original(document.about.source)
    head = [
        *labelled(document.about.title[:LONGEST_SECTION], None),
        *context([", ".join(facts)]),
        *([rich(section(link))] if link else []),
    ]
    if not whole:
        return notice_view("This document changed: it no longer has the passage.", head)
    return _shown([*head, *_around(text, start, end)])


def notice_view(text: str, head: list[Block] | None = None) -> View:
    """Return a view that tells why there is no passage to see."""
    return _shown([*(head or []), *paragraphs(text)])


def form_view(name: str, carried: str, title: str, fields: Sequence[Block]) -> View:
    """Return a view that asks for something; it comes back by its name, with what it carries."""
    return View(
        type="modal",
        callback_id=name,
        private_metadata=carried,
        title=plain(title),
        submit=plain("Send"),
        close=plain("Cancel"),
        blocks=fields,
    )


def field(name: str, label: str, longest: int) -> Block:
    """Return a field of a form that may be left empty."""
    return InputBlock(
        block_id=name,
        label=plain(label),
        optional=True,
        element=PlainTextInputElement(action_id=name, multiline=True, max_length=longest),
    )


def _shown(blocks: list[Block]) -> View:
    return View(
        type="modal",
        callback_id=SHOWN,
        title=plain("Passage"),
        close=plain("Close"),
        blocks=blocks,
    )


def _around(text: str, start: int, end: int) -> list[Block]:
    """Return a passage marked within what stands before and after it."""
    first, last = _line_start(text, start), _line_end(text, end)
    shown = start + _fitting(text[start : min(end, start + _LONGEST_PASSAGE)])
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    left_out = f"The passage goes on for {end - shown:,} more characters." if shown < end else ""
    return [
        *_unmarked(before),
        *(
            rich(RichTextQuoteElement(elements=[words(part, bold=True)]))
            for part in split(visible(text[start:shown]), LONGEST_SECTION)
        ),
        *context([left_out]),
        *_unmarked(after),
    ]


def _fitting(text: str) -> int:
    """Return how many code points of a passage one view takes."""
    left = _LARGEST_PASSAGE
    for at, one in enumerate(visible(text)):
        left -= len(json.dumps(one)) - 2
        if left < 0:
            return at
    return len(text)


def _unmarked(text: str) -> list[Block]:
    parts = split(visible(text.strip("\n")), LONGEST_SECTION)
    return [rich(section(words(part))) for part in parts if part.strip()]


def _line_start(text: str, start: int) -> int:
    """Return where the text before a passage begins: at a line, if one begins near enough."""
    earliest = max(0, start - _AROUND)
    line = text.find("\n", earliest, start) + 1
    return line if earliest and line else earliest


def _line_end(text: str, end: int) -> int:
    """Return where the text after a passage ends."""
    latest = min(len(text), end + _AROUND)
    line = text.rfind("\n", end, latest)
    return line if latest < len(text) and line > 0 else latest
