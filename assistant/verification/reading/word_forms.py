"""Words that are one although they look otherwise: abbreviations, and nouns made of verbs."""

from __future__ import annotations

import re

from corpus.language.parsing import Parse

_ABBREVIATION = re.compile(r"[A-Z]{3,6}s?")
_PARTS = re.compile(r"[A-Za-z]+")
_PASSED_OVER = frozenset("of and the for in".split())
"""Words that have no letter in an abbreviation."""
_NOUN_ENDINGS = ("ance", "ence", "ment", "ation", "ition", "ion", "ing")
_SHORTEST_STEM = 4


def abbreviated(one: Parse, other: Parse) -> frozenset[int]:
    """Return the indices of the words of one text that the other has as an abbreviation, and of
    the abbreviations that the other writes out: "RBAC", "role-based access control".
    """
    return _spelled_out(one, other) | _abbreviations(one, other)


def _abbreviations(one: Parse, other: Parse) -> frozenset[int]:
    return frozenset(
        at for at, token in enumerate(one.tokens)
        if _ABBREVIATION.fullmatch(token.text) and _runs(_letters(token.text), other)
    )  # fmt: skip


def _spelled_out(one: Parse, other: Parse) -> frozenset[int]:
    names = {_letters(each.text) for each in other.tokens if _ABBREVIATION.fullmatch(each.text)}
    return frozenset(at for name in names for at in _runs(name, one))


def _letters(abbreviation: str) -> str:
    return abbreviation.removesuffix("s").lower()


def _runs(letters: str, parse: Parse) -> frozenset[int]:
    """Return the tokens of consecutive words that begin with the letters; empty without any."""
    parts = [
        (at, part[0].lower())
        for at, token in enumerate(parse.tokens)
        for part in _PARTS.findall(token.text)
        if token.text.lower() not in _PASSED_OVER
    ]
    for first in range(len(parts) - len(letters) + 1):
        run = parts[first : first + len(letters)]
        if "".join(letter for _, letter in run) == letters:
            return frozenset(at for at, _ in run)
    return frozenset()


def same_root(one: str, other: str) -> bool:
    """Tell whether one lemma is the noun of what the other does: "clear" and "clearance"."""
    short, long = sorted((one, other), key=len)
    return any(_stem(long, ending) == short.removesuffix("e") for ending in _NOUN_ENDINGS)


def _stem(noun: str, ending: str) -> str | None:
    stem = noun.removesuffix(ending)
    return stem if stem != noun and len(stem) >= _SHORTEST_STEM else None
