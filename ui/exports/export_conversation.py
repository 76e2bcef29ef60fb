"""A conversation as JSON, as Markdown and as a page to print; pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.history.conversations import Conversation, Message
from ui.exports.as_markdown import markdown
from ui.exports.as_page import page


class Form(StrEnum):
    """The forms that a conversation can be exported in."""

    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to be written or offered."""

    content: bytes
    """UTF-8."""
    suffix: str
    """Ending of its name, with the dot."""
    media_type: str


def exported(conversation: Conversation, messages: Sequence[Message], form: Form) -> Exported:
    """Return a conversation as a file."""
    if form is Form.JSON:
        return Exported(_encoded(as_json(conversation, messages)), ".json", "application/json")
    if form is Form.MARKDOWN:
        return Exported(_encoded(markdown(conversation, messages)), ".md", "text/markdown")
    return Exported(_encoded(page(conversation, messages)), ".html", "text/html")


def as_json(conversation: Conversation, messages: Sequence[Message]) -> str:
    """Return a conversation as one JSON object, every answer with all its fields."""
    plain = {
        "thread": conversation.thread,
        "title": conversation.title,
        "started": _moment(conversation.started),
        "changed": _moment(conversation.changed),
        "messages": [
            {
                "position": message.position,
                "asked": _moment(message.asked),
                "question": message.question,
                "answer": message.answer.to_json() if message.answer else None,
            }
            for message in messages
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _moment(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _encoded(text: str) -> bytes:
    # Halves of characters become their code, which JSON reads back as what it was.
    return text.encode("utf-8", "backslashreplace")
