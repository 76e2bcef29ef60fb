"""Which of several things a message means: "the second one", "the other", "the two"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from assistant.query import Turn
from assistant.understanding.conversation.ellipsis import Names
from assistant.understanding.conversation.message import words_of
from assistant.understanding.conversation.question_tree import question_tree
from corpus.language.terms import WORD
from corpus.types import Span

_ORDINALS = {
    "first": 0, "former": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3,
    "last": -1, "latter": -1,
}  # fmt: skip
_BESIDE = re.compile(r"^\s*,|\b(?:and|or|with|than|to|vs|versus)\b(?!.*[.?!])", re.I | re.S)
"""What stands between two names that are told side by side."""
_ONES = frozenset({"one", "ones", "service", "place", "region", "country", "document", "page"})
_PAIRS = (("the", "two"), ("these", "two"), ("those", "two"), ("of", "them"), ("both",))


def chosen(fragment: str, past: Sequence[Turn], names: Names) -> str:
    """Return what a fragment means that only points at one of several; empty for any other."""
    words = [word for word in words_of(fragment) if word not in ("the", "for", "in", "of", "only")]
    rest = [word for word in words if word not in _ONES]
    if len(rest) != 1:
        return ""
    found = _pointed(rest[0], past, names)
    first = question_tree(fragment).tokens[0]
    return f"{first.text} {found}" if found and first.tag == "IN" else found


def with_choice(text: str, past: Sequence[Turn], names: Names) -> str:
    """Return a sentence in which words that point at one or both of two are what they mean."""
    matches = list(WORD.finditer(text))
    lower = [match.group().lower() for match in matches]
    for at, word in enumerate(lower):
        if word not in _ORDINALS and word != "other":
            continue
        if at == 0 or lower[at - 1] != "the":
            continue
        ends = at + 1 if lower[at + 1 : at + 2] == ["one"] else at
        follows = text[matches[ends].end() :].lstrip()[:1]
        if ends == at and word not in ("former", "latter", "other"):
            continue
        if ends == at and (follows.isalpha() and lower[at + 1] not in _AFTER):
            continue
        found = _pointed(word, past, names)
        if found:
            return text[: matches[at - 1].start()] + found + text[matches[ends].end() :]
    return _with_pair(text, lower, matches, past, names)


_AFTER = frozenset("is are does do has have can in on at also keep store be too".split())


def _with_pair(
    text: str, lower: Sequence[str], matches: Sequence[object], past: Sequence[Turn], names: Names
) -> str:
    """Name the two that "which of the two" asks about."""
    del matches
    pointed = any(
        tuple(lower[at : at + len(pair)]) == pair
        for pair in _PAIRS for at in range(len(lower))
    )  # fmt: skip
    if not pointed or len(names.subjects(text)) > 1:
        return text
    two = alternatives(past, names)[:2]
    if len(two) < 2 or any(one.lower() in text.lower() for one in two):
        return text
    return f"{text.rstrip(' ?!.')}, {two[1]} or {two[0]}?"


def _pointed(word: str, past: Sequence[Turn], names: Names) -> str:
    listed = _listed(past[-1].standalone, names)
    if word in _ORDINALS:
        number = _ORDINALS[word]
        several = listed if len(listed) > 1 else tuple(reversed(alternatives(past, names)))
        if len(several) < 2 or not -len(several) <= number < len(several):
            return ""
        return several[number]
    if word in ("other", "others"):
        others = alternatives(past, names)
        return others[1] if len(others) > 1 else ""
    return ""


def _listed(text: str, names: Names) -> tuple[str, ...]:
    """Return what a question lists: subjects, other names, or places, whichever it has several
    of.
    """
    kinds = (
        names.subjects(text), _side_by_side(text, names.names(text)),
        tuple(Span(m.start, m.end) for m in names.places(text)),
    )  # fmt: skip
    for spans in kinds:
        said = tuple(dict.fromkeys(span.of(text) for span in spans))
        if len(said) > 1:
            return said
    return ()


def _side_by_side(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return names if each stands beside the next: "Sextant and Plumb", not "a VM at Sextant"."""
    joined = (_BESIDE.search(text[one.end : other.start]) for one, other in pairwise(sorted(spans)))
    return tuple(spans) if all(joined) else ()


def _together(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return what one question puts side by side, else the first that it names."""
    return _side_by_side(text, spans) or tuple(spans[:1])


def alternatives(past: Sequence[Turn], names: Names) -> tuple[str, ...]:
    """Return what a conversation went over, the latest first: subjects, where there are several,
    else places, else other names.
    """
    texts = [turn.standalone for turn in reversed(past)]
    for spans in (
        [names.subjects(text) for text in texts],
        [tuple(Span(m.start, m.end) for m in names.places(text)) for text in texts],
        [_together(text, names.names(text)) for text in texts],
        [_together(text, _others(text, names)) for text in texts],
    ):
        said = chain.from_iterable(
            (span.of(text) for span in reversed(found))
            for text, found in zip(texts, spans, strict=True)
        )
        several = tuple(dict.fromkeys(said))
        if len(several) > 1:
            return several
    return ()


def _others(text: str, names: Names) -> tuple[Span, ...]:
    """Return the places and names of a question but for its subjects."""
    places = (Span(m.start, m.end) for m in names.places(text))
    subjects = names.subjects(text)
    return tuple(sorted([*places, *(span for span in names.names(text) if span not in subjects)]))
