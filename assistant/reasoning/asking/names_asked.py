"""What a question is about: names of services and companies, and categories of data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reasoning.asking.question_text import QuestionText, Word
from assistant.reasoning.asking.question_words import (
    BARE_DATA,
    DATA_TOO,
    FUNCTION,
    GENERAL,
    HEADS,
    KINDS,
    PARTIES,
    PLACE_NOUNS,
    WRAPPERS,
)
from corpus.facts.arguments.data_categories import DATA
from corpus.language.word_classes import DEEDS, THINGS

_QUOTES = frozenset("\"“”'‘’«»")
_PLAIN_CAPITALS = frozenset("dpo gdpr ciso ok faq pdf i sla dpia hr it".split())
_NAMED_KIND = frozenset("add-on addon".split())
_LEADS = frozenset(
    "does do did is are can could will has was were has for of by in with about at on".split()
)


def names_said(read: QuestionText, words: Sequence[Word], places: set[int]) -> tuple[str, ...]:
    """Return the names of services, features and companies, each once, in order."""
    runs = [*_quoted(words)] or [*_capitals(words, places)]
    if not runs:
        runs = [*_lower(words, places)]
    return tuple(dict.fromkeys(read.said(words[first:end]) for first, end in runs))


def _quoted(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    open_at = -1
    for at, word in enumerate(words):
        if word.said in '"“”«»':
            if open_at >= 0 and at > open_at + 1:
                yield open_at + 1, at
                open_at = -1
            else:
                open_at = at


def _capitals(words: Sequence[Word], places: set[int]) -> Iterator[tuple[int, int]]:
    start = -1
    for at in range(len(words) + 1):
        inside = at < len(words) and at not in places and _is_name(words, at, start >= 0)
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            if words[at - 1].lemma not in DATA or not _all_general(words[start:at]):
                end = at + 1 if at < len(words) and words[at].low in _NAMED_KIND else at
                yield start, end
            start = -1


def _all_general(words: Sequence[Word]) -> bool:
    return all(
        w.lemma in DATA or w.low in GENERAL or w.lemma in THINGS or w.low in ("personal", "content")
        for w in words
    )


def _is_name(words: Sequence[Word], at: int, goes_on: bool) -> bool:
    word = words[at]
    if word.low in _PLAIN_CAPITALS or word.low in ("'s", "’s", "n't"):
        return False
    if goes_on and word.said[0].isdigit():
        return len(word.said) < 4 or not word.said.startswith(("19", "20"))
    capital = any(character.isupper() for character in word.said)
    if not capital:
        return False
    return at > 0 or goes_on or not _is_general(word)


def _is_general(word: Word) -> bool:
    return (
        word.low in FUNCTION or word.low in GENERAL or word.low in WRAPPERS or word.lemma in KINDS
        or word.lemma in HEADS or word.lemma in PLACE_NOUNS or word.lemma in DEEDS
        or word.lemma in THINGS or word.lemma in DATA or word.lemma in DATA_TOO
        or not word.low[0].isalnum()
    )  # fmt: skip


def _lower(words: Sequence[Word], places: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of words in lower case that are none of the field's or of grammar."""
    start = -1
    for at in range(len(words) + 1):
        inside = at < len(words) and at not in places and _may_name(words, at, start >= 0)
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            yield start, at
            start = -1


def _may_name(words: Sequence[Word], at: int, goes_on: bool) -> bool:
    word = words[at]
    if goes_on and word.said.isdigit():
        return True
    return not _is_general(word) and word.tag[:1] not in "RVMCPW" and word.low[0].isalpha()


def data_said(read: QuestionText, words: Sequence[Word], taken: set[int]) -> tuple[str, ...]:
    """Return the categories of data that some words name; plain "data" is none."""
    found: list[str] = []
    for at, word in enumerate(words):
        if at in taken or not _is_data(word):
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        if following is not None and _is_data(following) and at + 1 not in taken:
            continue
        first = at
        while first and first - 1 not in taken and _qualifies(words[first - 1]):
            first -= 1
        said = words[first : at + 1]
        if len(said) > 1 or word.low not in BARE_DATA and word.lemma not in BARE_DATA:
            found.append(read.said(said))
    return tuple(dict.fromkeys(found))


def _is_data(word: Word) -> bool:
    noun = word.tag.startswith("NN") or word.tag in ("VBZ", "JJ", "FW")
    return noun and (word.lemma in DATA or word.low in DATA or word.lemma in DATA_TOO)


def _qualifies(word: Word) -> bool:
    if word.low in FUNCTION or not word.low[0].isalnum() or word.low in HEADS:
        return False
    return (
        word.tag[:2] in ("NN", "JJ", "VB")
        and word.lemma not in KINDS
        and word.lemma not in (*PARTIES - {"customer", "user"},)
    )
