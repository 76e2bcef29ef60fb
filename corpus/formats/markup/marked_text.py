"""Text within a line in the reading form: what stands for itself, and what is marked."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"[\\`*\[\]<^]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)"
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\[\]]{1,2000}")
_RAISED = re.compile(r"[\w*†‡§.,()+-]{1,12}")
_TICKS = re.compile(r"`+")


def escape(text: str) -> str:
    """Return text that the parser of the reading form reads as it stands."""
    return _MARKUP.sub(r"\\\g<0>", text)


def code_span(text: str) -> str:
    """Return code within a line."""
    said = " ".join(text.split())
    # In a table a pipe has to be escaped, and within code no escape is read.
    if not said or "|" in said:
        return escape(said)
    if "`" not in said:
        return f"`{said}`"
    marks = "`" * (max(map(len, _TICKS.findall(said))) + 1)
    return f"{marks} {said} {marks}"


def bold(text: str) -> str:
    """Return text with the marks of bold letters, where these cannot be taken for others."""
    said = text.strip()
    if not said or "**" in said or "\n" in said:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}**{said}**{text[len(text.rstrip()) :]}"


def struck(text: str) -> str:
    """Return text that the author struck out."""
    said = text.strip()
    return f"~~{said}~~" if said and "~~" not in said else text


def raised(text: str) -> str:
    """Return text set as a superscript: a mark, or a figure."""
    return f"^{text}^" if _RAISED.fullmatch(text) else text


def link(text: str, address: str) -> str:
    """Return a link where its address is a whole one, else its text."""
    if not text.strip() or "](" in text or not _ADDRESS.fullmatch(address):
        return text
    return f"[{text}]({address})"


def note_mark(label: str) -> str:
    """Return the mark of a footnote."""
    return f"[^{note_label(label)}]"


def note_label(label: str) -> str:
    """Return a label as the parser of the reading form takes it."""
    return re.sub(r"[^\w.-]+", "-", label)[:60] or "note"
