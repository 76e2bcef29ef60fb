"""The view of a passage that somebody asks for, whatever became of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.app import Assistant
from assistant.errors import UnknownDocument
from ui.slack.blocks.views import notice_view, passage_view

if TYPE_CHECKING:
    from slack_sdk.models.views import View


def passage(assistant: Assistant, document: str, start: int, end: int) -> View:
    """Return a document opened at a passage; of a document that is gone, that it is."""
    try:
        found = assistant.document(document)
    except UnknownDocument:
        return notice_view("This document is not in the index any more.")
    return passage_view(found, start, end)
