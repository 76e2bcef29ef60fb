"""A conversation as Markdown in which nothing that was written by others is mark-up; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.history.conversations import Conversation, Message
from assistant.types import Answer, Citation
from ui.exports.export_words import LABELS, NO_ANSWER, address, place, receipt, timed
from ui.shared.terminal_text import inert

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#|~!$^=@]")
# Readers of Markdown make links of bare addresses.
_BARE_LINK = re.compile(r":(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
_OPENING = re.compile(r"(?m)^([-+]|\d+(?=[.)]))")
_SPACES = re.compile(r"(?m)^[ \t]+")


def markdown(conversation: Conversation, messages: Sequence[Message]) -> str:
    """Return a conversation: each question a heading, below it the answer and its sources."""
    parts = [
        f"# {_line(conversation.title)}",
        f"Conversation of {timed(conversation.started)}, "
        f"last changed {timed(conversation.changed)}.",
        *(part for message in messages for part in _message(message)),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown shows as written, line by line."""
    safe = _MARKUP.sub(r"\\\g<0>", inert(text))
    safe = _BARE_LINK.sub(r"\\\g<0>", safe)
    safe = _SPACES.sub(lambda match: "&nbsp;" * len(match.group().expandtabs(4)), safe)
    safe = _OPENING.sub(_unlisted, safe)
    return "\n\n".join("\\\n".join(part.split("\n")) for part in _paragraphs(safe))


def _unlisted(match: re.Match[str]) -> str:
    """Return the start of a line that begins no list and underlines no heading."""
    return f"\\{match.group()}" if match.group() in "-+" else f"{match.group()}\\"


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n(?:\s*\n)+", text) if part.strip("\n")]


def _line(text: str) -> str:
    """Return text as one line."""
    return escaped(" ".join(text.split()))


def _message(message: Message) -> Iterator[str]:
    yield f"## {message.position}. {_line(message.question)}"
    yield f"*{timed(message.asked)}*"
    if message.answer is None:
        yield NO_ANSWER
        return
    yield from _answer(message.answer)


def _answer(answer: Answer) -> Iterator[str]:
    if label := LABELS.get(answer.verdict):
        yield f"**{label}**"
    yield escaped(answer.text)
    if answer.choices:
        yield "\n".join(f"- {_line(choice)}" for choice in answer.choices)
    if answer.citations:
        yield "**Sources**"
    for citation in answer.citations:
        yield from _source(citation)
    yield f"*{_line(receipt(answer))}*"


def _source(citation: Citation) -> Iterator[str]:
    link = address(citation)
    told = f". <{link}>" if link else f". {_line(citation.source)}" if citation.source else ""
    yield f"\\[{citation.marker}\\] {_line(place(citation))}{told}"
    yield "\n".join(f"> {line}".rstrip() for line in escaped(citation.quote).split("\n"))
