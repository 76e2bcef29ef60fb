"""What the words of a row tell: that it asks, goes on from another, or speaks of residency."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("row_words.toml")
_MARKS = "?？؟"
_NUMBER = re.compile(r"^\s*(?:\(?\d+(?:\.\d+)*[.)]?|\(?[a-z][.)]|[-–•*])\s+", re.I)
_NO_WORD = re.compile(r"[\W_]+")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Of Japanese, Chinese and Korean."""
_LABEL = re.compile(r"\s*(Q?\d+(?:\.\d+)+[.):]?|Q?\d+[.):]|Q\d+|\(?[a-z]\))\s+")
_ID = re.compile(
    r"^(?:[A-Z&]{1,6}[-. ]?)?\d+(?:[.-]\d+)*[a-z]?[.)]?$|^[A-Z](?:\.\d+)+\.?$|"
    r"^[A-Z&]{2,6}-[A-Z0-9]{1,6}(?:[.-]\d+)*$"
)


def asks(text: str) -> bool:
    """Tell whether a text has a question mark."""
    return any(mark in text for mark in _MARKS)


def has_letters(text: str) -> bool:
    """Tell whether a text says anything but numbers and signs."""
    return any(character.isalpha() for character in text)


def word_count(text: str) -> int:
    """Return how many words a text has, about: two signs make one where none stand apart."""
    return max(len(text.split()), len(_SIGNS.findall(text)) // 2)


def numbered(text: str) -> tuple[str, str]:
    """Return the number that a text begins with, empty for none, and what follows it."""
    match = _LABEL.match(text)
    if match is None or not text[match.end() :].strip():
        return "", text
    return match[1].rstrip(".):").lstrip("("), text[match.end() :].strip()


def is_id(text: str) -> bool:
    """Tell whether a text is the number of a question: "DCS-06.1", "A.1.2", "14", "3b"."""
    return len(text) <= 24 and _ID.match(text.strip()) is not None


def follows_on(text: str) -> bool:
    """Tell whether a text leans on the row before it: "If yes, where?"."""
    return _begins(text, "follow_ups")


def demands(text: str) -> bool:
    """Tell whether a text asks by telling what to do: "Describe where …"."""
    return _begins(text, "demands") and len(text.split()) > 2


def speaks_of_residency(text: str) -> bool:
    """Tell whether a text speaks of where data is, where it goes or how long it stays."""
    told = text.casefold()
    return any(one in told for one in _list("residency"))


def explains(name: str) -> bool:
    """Tell whether a sheet of this name is one of instructions."""
    return _has(name, "explaining")


def reckons(name: str) -> bool:
    """Tell whether a sheet of this name is one of scores and reports."""
    return _has(name, "reckoning")


def _begins(text: str, words: str) -> bool:
    told = _NUMBER.sub("", text).strip().casefold().replace("‘", "'").replace("’", "'")
    return any(
        told.startswith(one) and not told[len(one) : len(one) + 1].isalpha() for one in _list(words)
    )


def _has(name: str, words: str) -> bool:
    told = " ".join(_NO_WORD.split(name.casefold()))
    return any(f" {one} " in f" {told} " for one in _list(words))


@cache
def _list(name: str) -> tuple[str, ...]:
    lists: dict[str, list[str]] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return tuple(lists[name])
