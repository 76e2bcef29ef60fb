"""Turns the pieces of a streamed answer into the messages of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import AssistantError
from ui.web import html

if TYPE_CHECKING:
    from assistant.types import Piece
    from index.types import FileRecord, StoredDocument

_REMEMBERED = 200
"""Messages shown; older ones leave the page, not the conversation."""

Messages = list[dict[str, Any]]


class Streamer(Protocol):
    """What the page needs of an assistant."""

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """The indexed documents."""
        ...

    @property
    def files(self) -> tuple[FileRecord, ...]:
        """What became of every file."""
        ...

    def stream(
        self, question: str, *, thread: str | None = None, owner: str | None = None
    ) -> Iterator[Piece]:
        """Yield an answer piece by piece."""
        ...


def conversation(
    assistant: Streamer, question: str, shown: Messages, thread: str, owner: str
) -> Iterator[Messages]:
    """Yield the messages of the page while the answer to a question arrives."""
    messages = [
        *shown[-_REMEMBERED:],
        {"role": "user", "content": html.user_message(question)},
    ]
    text = ""
    try:
        for piece in assistant.stream(question, thread=thread, owner=owner):
            text += piece.text
            content = (
                html.answer_message(piece.answer) if piece.answer else html.partial_message(text)
            )
            yield [*messages, {"role": "assistant", "content": content}]
    except AssistantError as error:
        yield [*messages, {"role": "assistant", "content": html.error_message(str(error))}]
