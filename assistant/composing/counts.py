"""How many there are: counted from the lists and tables that an answer cites."""

from __future__ import annotations

import re

from assistant import wording
from assistant.draft import DraftSentence, Evidence, Form
from assistant.query import Query, QuestionType

_ASKS = re.compile(r"\bhow many\b|\bnumber of\b|\bcount(?:ing)?\b", re.I)
_FEWEST = 3
"""Fewer than these a reader sees at once."""
_BETWEEN = re.compile(r",\s*(?:and\s+|or\s+)?|\s+and\s+")
_LABEL = re.compile(r"^[^:–—]{2,60}?(?::|\s[-–—])\s")
_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")


def count(query: Query, statement: DraftSentence) -> DraftSentence | None:
    """Return how many things a statement lists when that was asked, None when it lists none."""
    if query.type is not QuestionType.HOW_MANY or not _ASKS.search(query.question):
        return None
    bullets = [line for line in statement.text.split("\n") if line.startswith("- ")]
    listed = tuple(
        part for part in statement.evidence if any(b[2:].startswith(part.shown) for b in bullets)
    )
    text = count_text(listed or statement.evidence[-1:])
    return DraftSentence(text, listed or statement.evidence[-1:], Form.COUNT) if text else None


def count_text(listed: tuple[Evidence, ...]) -> str:
    """Return the count of rows by column, of entries, or of what one line names; pure."""
    columns: dict[str, set[str]] = {}
    for part in listed:
        for title, value in part.pairs:
            columns.setdefault(title, set()).add(value)
    if len(listed) >= _FEWEST and columns and all(columns.values()):
        counts = ", ".join(f"{len(v)} × {title}" for title, v in columns.items())
        return wording.COUNTED.format(counts=counts)
    if len(listed) >= _FEWEST:
        return wording.COUNTED.format(counts=f"{len(listed)} entries")
    return _named(listed[0].shown) if listed else ""


def listed_in(text: str) -> list[str]:
    """Return what a text names, parted by commas or by "and"."""
    return [member for member in _BETWEEN.split(text) if member.strip()]


def _named(line: str) -> str:
    """Count what a line without a sentence names between commas."""
    said = _LABEL.sub("", line)
    members = listed_in(said)
    if len(members) < _FEWEST or _SENTENCE.search(said):
        return ""
    return wording.COUNTED.format(counts=f"{len(members)} entries")
