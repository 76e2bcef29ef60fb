"""Words by their stems, so that those of a question meet those of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from corpus.language.quantities import NUMBERS
from corpus.language.terms import STOP_WORDS, WORD
from corpus.language.word_classes import word_table

_ENDINGS = ("ments", "ment", "ions", "ion", "ings", "ing", "ed", "es", "s")
_SHORTEST = 3
"""Letters that a stem keeps."""
_ABBREVIATED = re.compile(r"((?:[A-Z][\w&-]*\s+){1,5})\(([A-Z][A-Za-z]{1,6})\)")
"""A name and its abbreviation, as documents introduce it."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return what the forms of a word have in common; rough, and the same for both sides."""
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return word[:-3] + "y"
    if word.endswith(("ss", "us", "is")) or any(letter.isdigit() for letter in word):
        return word
    for ending in _ENDINGS:
        least = _SHORTEST + ("ion" in ending or "ment" in ending)
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > _SHORTEST else word


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case; of hyphened ones the parts as well."""
    for match in WORD.finditer(text):
        word = match.group().lower()
        yield word
        if "-" in word:
            yield from word.split("-")


@lru_cache(maxsize=16_384)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of a text, each once."""
    return tuple(dict.fromkeys(stem(word) for word in words_of(text) if word not in STOP_WORDS))


_ALIKE = {
    stem(word): kind
    for word, kind in word_table(
        {
            "copy": "copy replicate replica replication duplicate mirror backup",
            "need": "need require necessary must mandatory",
            "place": "region location place site geography geo geographies zone datacenter "
            "datacentre area city province town continent",
            "party": "subprocessor sub-processor processor supplier vendor provider company "
            "entity subcontractor third-party",
            "group": "group subsidiary subsidiaries affiliate",
            "keep": "retention retain keep kept period hold held duration",
            "function": "feature function functionality capability",
            "permit": "consent permission agreement approval",
            "plan": "plan tier edition",
            "kind": "kind category type sort class",
            "rule": "limitation restriction limit constraint",
            "work": "process handle run serve perform",
        }
    ).items()
}
"""Words that stand for each other where lists are asked for."""


def alike(one: str, other: str) -> bool:
    """Tell whether two stems are of one word, or of words that stand for each other."""
    return one == other or (one in _ALIKE and _ALIKE[one] == _ALIKE.get(other))


def among(word: str, known: Iterable[str]) -> bool:
    """Tell whether a stem, or one that stands for it, is among some stems."""
    kind = _ALIKE.get(word)
    if kind is None:
        return word in known
    return any(alike(word, other) for other in known)


@lru_cache(maxsize=256)
def abbreviations(text: str) -> Mapping[str, str]:
    """Return, by the stem of the first word of a name, the stem of the abbreviation that the text
    gives it.
    """
    found: dict[str, str] = {}
    for match in _ABBREVIATED.finditer(text):
        words = match.group(1).split()
        short = match.group(2)
        wanted = short.upper()
        letters = [word[0].upper() for word in words]
        for first in range(len(words)):
            if "".join(letters[first:]) == wanted:
                found[stem(words[first])] = stem(short)
                break
    return found


def number_of(word: str) -> int | None:
    """Return the number that a word says, None where it says none."""
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower())
