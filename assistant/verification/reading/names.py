"""Names: places by the gazetteer, capitalised names, and what is written character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LITERAL = re.compile(
    r"`[^`\n]+`|https?://[^\s)\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w-])--?[A-Za-z][\w-]+|"
    r"\$\w+|<[A-Za-z][\w ]*>|(?<!\w)/[\w./-]{3,}|\b[A-Z][a-z]+-[A-Z]\w+\b|"
    r"\b[A-Za-z]+(?:[_.=][A-Za-z0-9]+)+\b|\b[A-Z]*[a-z]+[A-Z]\w+\b|\b[A-Za-z]+\d\w*\b"
)


def unknown_literal(sentence: str, passages: str) -> str:
    """Return what is written character by character and does not stand in the passages."""
    said = " ".join(passages.replace("`", "").split())
    for match in _LITERAL.finditer(sentence):
        written = " ".join(match.group().strip("`").split()).rstrip(".,;:")
        if written and written not in said and written.lower() not in said.lower():
            return written
    return ""


def literals(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where something is written character by character."""
    yield from (match.span() for match in _LITERAL.finditer(sentence))


def is_initials(word: str, text: str) -> bool:
    """Tell whether a word stands for the first letters of words of a text, like EU."""
    letters = word.removesuffix("s")
    if not letters.isupper() or not 2 <= len(letters) <= 5:
        return False
    return letters.lower() in "".join(w[0].lower() for w in re.findall(r"[^\W_]+", text))
