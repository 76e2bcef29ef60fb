"""Text that stands in the reading form as it is: whatever would be mark-up there is escaped."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|[`^]|~(?=~)|(?<=~)~"
    r"|\*(?=\S)|(?<=\S)\*"
    r"|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"
    r"|\[(?=\^|[ xX]\]|[^\[\]\n]{0,200}\][(\[:])"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)"
)
_OPENS = re.compile(r"(?:#{1,6}(?=\s|$)|>|:::|\|)")


def literal(text: str) -> str:
    """Return text that the parser reads as these characters; line ends stay."""
    return _MARKS.sub(r"\\\g<0>", text)


def literal_line(text: str) -> str:
    """Return a paragraph's line that opens no heading, quote, container or table."""
    said = literal(text)
    return f"\\{said}" if _OPENS.match(said) else said
