"""One spelling for the ways a name is written, and the shorter ways in which it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.facts.arguments.subject_words import (
    COMMON,
    FORMS,
    KINDS,
    LEADING,
    PARTS,
    PEOPLE,
    TAILS,
    TRAILING,
)
from corpus.language.terms import STOP_WORDS

WORD = re.compile(r"[^\W_]+")
"""A part of a name: "GOV.UK" has two."""
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)", re.I)
_INNER = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
"""Words within a word: "OpenShift"."""
_SHORTEST_INITIALS = 3
_SHORTEST_START = 3
"""Letters that a shortened word keeps at least: "App Insights"."""
_SHORTEST_FUZZY = 5
_SHORTEST_ALONE = 3
"""Letters of a word that is left of a name."""
"""Letters of a word that may be mistyped; in one of so few letters no letter is another."""
_LONG = 9
"""Letters from which on two may be wrong."""

Key = tuple[str, ...]


@lru_cache(maxsize=65536)
def key(name: str) -> Key:
    """Return the words of a name in lower case, without article, genitive and company's form."""
    words = [_american(word.lower()) for word in WORD.findall(_POSSESSIVE.sub("", name))]
    while len(words) > 1 and words[0] in ("the", "our", "your", "my"):
        words.pop(0)
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    return tuple(words)


def _american(word: str) -> str:
    """Return a word in American spelling."""
    if word in ("centre", "centres"):
        return word.replace("tre", "ter")
    return word.replace("isation", "ization")


def is_plain(word: str) -> bool:
    """Tell whether a word, in lower case, names nothing by itself."""
    if word.isdigit() or len(word) == 1 or word in STOP_WORDS:
        return True
    return any(one in table for one in (word, word.removesuffix("s")) for table in _PLAIN)


_PLAIN = (COMMON, KINDS, PARTS, TAILS, LEADING, PEOPLE)


def is_proper(words: Key) -> bool:
    """Tell whether a name has a word that names something by itself."""
    return not all(map(is_plain, words))


def shorter(words: Key, makers: frozenset[str]) -> Iterator[Key]:
    """Yield what a name is called for short: without its maker, without "Cloud" at its end."""
    if len(words) > 1 and words[0] in makers and _tells(words[1:]):
        yield words[1:]
    for end in range(len(words) - 1, 0, -1):
        if not _is_left_out(words[end]):
            break
        if is_proper(words[:end]) and not (end == 1 and words[0] in makers):
            yield words[:end]


def _is_left_out(word: str) -> bool:
    return any(one in _ENDINGS for one in (word, word.removesuffix("s")))


_ENDINGS = TAILS | TRAILING | frozenset({"application", "dpa"})


def _tells(words: Key) -> bool:
    """Tell whether what is left of a name still tells it: two words, or one of its own."""
    if words[0].isdigit() or words[0] in STOP_WORDS:
        return False
    if len(words) == 1:
        return is_proper(words) and len(words[0]) >= _SHORTEST_ALONE
    return len([word for word in words if word not in STOP_WORDS]) > 1


def initials(name: str) -> frozenset[str]:
    """Return the abbreviations that the initials of a name make: "ADR", "OSD"."""
    words = [word for word in WORD.findall(name) if word not in STOP_WORDS]
    if len(words) < 2:
        return frozenset()
    outer = "".join(word[0] for word in words)
    inner = "".join(part[0] for word in words for part in _INNER.findall(word))
    found = {outer.lower(), inner.lower(), outer[1:].lower()}
    return frozenset(one for one in found if len(one) >= _SHORTEST_INITIALS)


def abbreviates(said: Key, name: Key) -> bool:
    """Tell whether each word said begins one of the name: "App Insights"."""
    if len(said) != len(name) or len(said) < 2 or said == name:
        return False
    same = sum(one == other for one, other in zip(said, name, strict=True))
    return same > 0 and all(
        one == other or (len(one) >= _SHORTEST_START and other.startswith(one.removesuffix("s")))
        for one, other in zip(said, name, strict=True)
    )


def mistyped(said: Key, name: Key) -> bool:
    """Tell whether a name is said with a letter wrong: each word by itself nearly the same.

    A short word may be mistyped beside others that are right.
    """
    if len(said) != len(name) or said == name:
        return False
    wrong = [(one, other) for one, other in zip(said, name, strict=True) if one != other]
    beside = len(wrong) == 1 and len(said) > 1
    return all(_alike(one, other, beside) for one, other in wrong)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str, beside: bool) -> bool:
    """Tell whether words differ by a slip: a letter too many, too few, swapped or wrong."""
    from rapidfuzz.distance import OSA

    short, long = sorted((one, other), key=len)
    if one[0] != other[0] or not (one.isalnum() and one[-1].isdigit() == other[-1].isdigit()):
        return False
    if len(long) < _SHORTEST_FUZZY or len(short) < _SHORTEST_FUZZY - 1:
        return beside and len(short) >= _SHORTEST_START and OSA.distance(one, other) == 1
    if long.removesuffix("s") == short:
        return True
    if long.startswith(short) and len(long) - len(short) > 1:
        return False
    # In a word of few letters that stands alone no letter is another.
    if not beside and len(short) == len(long) == _SHORTEST_FUZZY and sorted(one) != sorted(other):
        return False
    slips = 2 if len(short) >= _LONG else 1
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether words stand side by side in others."""
    size = len(part)
    return any(tuple(whole[at : at + size]) == tuple(part) for at in range(len(whole) - size + 1))


def bare(word: str) -> str:
    """Return a word without its genitive."""
    return _POSSESSIVE.sub("", word)
