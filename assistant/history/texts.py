"""What users write, made fit to be kept, found again and shown in one line; pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TITLE = 80
"""Code points of a conversation's title."""
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""No file holds halves of characters, no server the null character."""
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def storable(text: str) -> str:
    """Return the text with a replacement for each character that cannot be kept everywhere."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def is_storable(*values: object) -> bool:
    """Tell whether no text among the values has a character that cannot be kept everywhere."""
    return not any(isinstance(value, str) and _UNSTORABLE.search(value) for value in values)


def plain(text: str) -> str:
    """Return what a user wrote without characters that steer what shows it; lines stay."""
    return storable(_STEERING.sub(" ", text.replace("\r\n", "\n"))).strip()


def titled(text: str) -> str:
    """Return a text as a title: one line, shortened between words where it is long."""
    line = " ".join(plain(text).split())
    if len(line) <= LONGEST_TITLE:
        return line
    whole, _, _ = line[:LONGEST_TITLE].rpartition(" ")
    return (whole or line[: LONGEST_TITLE - 1]) + "…"


def folded(text: str) -> str:
    """Return a text as it is searched: upper and lower case, and ways to write an accent, alike."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
