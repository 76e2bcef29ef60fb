"""Plain text: the bytes decoded and nothing else."""

from __future__ import annotations

import codecs

from corpus.formats.types import Extracted, Unusable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(content: bytes) -> str:
    """Return the encoding that a byte order mark at the start states, else an empty text."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def decode(content: bytes) -> str:
    """Return `content` as text; a byte order mark is no part of it."""
    encoding = marked_encoding(content) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise Unusable(f"is not {shown} text (byte {error.start})", "Save it as UTF-8") from error
    if "\x00" in text:
        raise Unusable("is a binary file", "Give a document that holds text")
    return text


def from_text(content: bytes) -> Extracted:
    """Return a plain text file unchanged."""
    return Extracted(decode(content), markdown=False)
