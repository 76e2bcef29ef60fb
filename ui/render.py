"""Answers and documents as plain text for a terminal; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.types import Answer, Citation
from index.types import StoredDocument

# Escape sequences and direction marks of a document or a question must not steer a terminal.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    """Return text that a terminal shows and does not obey."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def answer_text(answer: Answer) -> str:
    """Return an answer with its citations below it."""
    lines = [inert(answer.text)]
    lines += [f"  {number}. {inert(name)}" for number, name in enumerate(answer.choices, 1)]
    if answer.citations:
        lines += ["", "Sources"]
        lines += [line for citation in answer.citations for line in _citation_lines(citation)]
    return "\n".join(lines)


def document_lines(documents: Iterable[StoredDocument]) -> list[str]:
    """Return one line for each document: id, date, title."""
    rows = [
        (document.id, dated(document.about.date), document.about.title) for document in documents
    ]
    width = max((len(row[0]) for row in rows), default=0)
    return [inert(f"{name:<{width}}  {date:<10}  {title}") for name, date, title in rows]


def dated(date: object) -> str:
    """Return a document's date in ISO form, or that it has none."""
    return str(date) if date else "undated"


def _citation_lines(citation: Citation) -> list[str]:
    quote = inert(citation.quote).replace("\n", "\n      ")
    place = inert(f"{citation.title} > {citation.section}, {dated(citation.as_of)}")
    lines = [f"  [{citation.marker}] “{quote}”", f"      {place}"]
    return [*lines, f"      {inert(citation.source)}"] if citation.source else lines
