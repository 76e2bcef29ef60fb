"""What every converter returns, and the limits that it keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from corpus.left_out import LeftOut, counted

__all__ = [
    "LARGEST_FILE_MB",
    "LONGEST_TEXT",
    "UNSAID",
    "Extracted",
    "LeftOut",
    "Picture",
    "PrintedAt",
    "Unusable",
    "check_length",
    "counted",
    "damaged",
    "locked",
    "without_text",
]

LARGEST_FILE_MB = 64
LONGEST_TEXT = 20_000_000
"""Code points; more than ten thousand printed pages."""
UNSAID = "…"
"""Stands where the page shows words that the file does not hold."""
_LONGEST_REASON = 200
"""Code points of what a library says of a fault."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, and what the file itself says about it."""

    text: str
    """In the reading form (docs/decisions/0017), or plain text as it was written."""
    markdown: bool
    """Whether `text` is of the reading form, else plain text."""
    pages: tuple[int, ...] = ()
    """Offset in `text` where each page of a PDF starts; empty for other formats."""
    title: str = ""
    """Title among the file's own properties, not its first heading."""
    date: date | None = None
    """When the page says that it was last changed or published."""
    source: str = ""
    """The address that the page gives as its own."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file holds besides; what no reader of the page sees is not counted."""


class PrintedAt(NamedTuple):
    """A rectangle on a page; of a picture, in shares of its sides from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is printed."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    marks: tuple[PrintedAt, ...]
    """Lines of the passage that was looked for; none where it was not found."""


class Unusable(Exception):
    """A converter cannot use the file it was given; the caller knows the file's name."""

    def __init__(self, cause: str, next_step: str) -> None:
        super().__init__(f"{cause}. {next_step}")
        self.cause = cause
        self.next_step = next_step


def damaged(name: str, next_step: str, why: str = "") -> Unusable:
    """Return the refusal of a file that is not what its name says."""
    told = f" ({why[:_LONGEST_REASON]})" if why else ""
    return Unusable(f"is no {name}, or is damaged{told}", next_step)


def locked() -> Unusable:
    """Return the refusal of a file that a password protects."""
    return Unusable("is protected with a password", "Save it without one")


def without_text() -> Unusable:
    """Return the refusal of a file that says nothing."""
    return Unusable("has no text", "Give a document with text or remove the file")


def check_length(text: str) -> None:
    """Refuse a text that would take the whole memory of what reads it."""
    if len(text) > LONGEST_TEXT:
        raise Unusable(
            f"has {len(text):,} characters of text, the limit is {LONGEST_TEXT:,}",
            "Split it into smaller files",
        )
