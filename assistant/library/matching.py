"""Whether two questions are one: equal in what decides, alike in all other words."""

from __future__ import annotations

from assistant.library.meaning import Asked, Meaning, WordMeant
from assistant.library.reach import Way, contrary
from assistant.reasoning.whether.claiming import Likeness, word_likeness
from assistant.verification.reading.word_forms import abbreviated
from assistant.verification.reading.word_senses import (
    ALL,
    ALLOWING,
    ASKERS,
    LEAVING,
    LYING,
    OUTWARD,
    PARTIES,
    PLACE_WORDS,
    REQUIRING,
    SOME,
    may_mean_same,
    opposed,
    same_sense,
    sense_of,
    unlike,
)
from index.encoding.query_encoder import QueryEncoder

ALIKE = 0.66
"""Cosine in context from which on two words of which nothing is known say the same."""
ALIKE_NOUN = 0.8
"""The same for other words than verbs: "audio" is near to "video"."""
ALIKE_OF_FIELD = 0.4
"""The same for words that may name one concept of the field."""
_OF_DATA = frozenset("data datum information content".split())
_INSIDE = frozenset("inside within".split())
_ONE_AND_SAME = frozenset("single same".split())
_OF_AMOUNTS = frozenset("more long less late".split())
_TAKING_TIME = frozenset("need take require".split())
_RESIDING = frozenset("residency residence".split())
_ACTS = frozenset(
    "move process copy delete erase access see encrypt share recover replicate".split()
)
"""What may be done to data beside keeping it."""


def why_not_same(one: Meaning, other: Meaning, encoder: QueryEncoder) -> str:
    """Return what keeps two questions apart, in a few words; empty where they ask the same.

    In doubt they do not: a wrong answer that a person has signed is worse than one more question.
    """
    decided = _apart(one, other)
    if decided:
        return decided
    said = _without_partner(one, other, encoder) or _without_partner(other, one, encoder)
    return f"“{said}” is not in the other" if said else ""


def _apart(one: Meaning, other: Meaning) -> str:
    """Return which of the parts that have to be equal is not."""
    parts = (
        (one.asked is other.asked, f"asks for {one.asked.value}, not {other.asked.value}"),
        (one.services == other.services, "another service"),
        (one.places == other.places, "another place"),
        (one.amounts == other.amounts, "another number or period"),
        (one.denied is other.denied, "the contrary"),
        (not contrary(one.reach, other.reach), "within, not across"),
        (not _of_all_and_some(one, other), "all, not some"),
        (_anchored(one, other), "nothing in common"),
    )
    return next((said for equal, said in parts if not equal), "")


def _of_all_and_some(one: Meaning, other: Meaning) -> bool:
    """Tell whether one question is about all and the other about some."""
    first, second = ({token.text.lower() for token in each.parse.tokens} for each in (one, other))
    return bool((first & SOME and second & ALL) or (first & ALL and second & SOME))


def _anchored(one: Meaning, other: Meaning) -> bool:
    """Tell whether a service or a word of one is in the other, so that they can be compared."""
    words = [word.lemma for word in other.words]
    return bool(one.services) or any(
        same_sense(word.lemma, lemma) for word in one.words for lemma in words
    )


def _without_partner(one: Meaning, other: Meaning, encoder: QueryEncoder) -> str:
    """Return the first content word that no word of the other question stands for."""
    likeness = word_likeness(one.parse, other.parse, encoder)
    short = abbreviated(one.parse, other.parse)
    return next(
        (
            word.lemma
            for word in one.words
            if word.at not in short
            and not _stands(word, other, likeness)
            and not _goes_without(word, one, other)
        ),
        "",
    )


def _stands(word: WordMeant, other: Meaning, likeness: Likeness) -> bool:
    if any(_same(word, candidate) for candidate in other.words):
        return True
    if word.is_name or any(opposed(word.lemma, candidate.lemma) for candidate in other.words):
        return False
    near = next((one for one in other.words if one.at == likeness.to(word.at)), None)
    if near is None or near.is_name or opposed(word.lemma, near.lemma):
        return False
    if may_mean_same(word.lemma, near.lemma):
        enough = ALIKE_OF_FIELD
    else:
        enough = ALIKE if word.is_verb else ALIKE_NOUN
    return likeness.of(word.at) >= enough and not unlike(word.lemma, near.lemma)


def _same(word: WordMeant, candidate: WordMeant) -> bool:
    if word.lemma == candidate.lemma:
        return True
    # "Archived copies" are no copies that are kept.
    return word.describes is candidate.describes and same_sense(word.lemma, candidate.lemma)


def _goes_without(word: WordMeant, one: Meaning, other: Meaning) -> bool:
    """Tell whether a question says no more by a word that the other one has not."""
    lemma = word.lemma
    if lemma in _TAKING_TIME and one.asked is Asked.DURATION:
        return True  # "How long do you need to delete it?"
    spoken = {token.lemma for token in other.parse.tokens}
    if lemma in ALLOWING | REQUIRING:
        return bool((ALLOWING if lemma in ALLOWING else REQUIRING) & spoken)
    if lemma in PLACE_WORDS:
        return other.asked is Asked.PLACE or _keeps(other) or bool(one.places)
    if sense_of(lemma) == "keep" and not word.describes and lemma not in LYING:
        return not any(each.is_verb and sense_of(each.lemma) in _ACTS for each in other.words)
    return (
        (lemma in _OF_DATA or word.owns)
        or (lemma in _INSIDE and not any(opposed(lemma, each.lemma) for each in other.words))
        or (lemma in _ONE_AND_SAME and _stays_within(other))
        or (lemma in LYING and (bool(one.places) or one.asked is Asked.PLACE))
        or (lemma in OUTWARD and any(each.lemma in LEAVING for each in other.words))
        or (lemma in _RESIDING and bool(one.places) and _keeps(other))
        or (lemma in PARTIES and _of_asker(other))
        or (lemma in _OF_AMOUNTS and bool(one.amounts))
    )


def _keeps(meaning: Meaning) -> bool:
    return any(sense_of(each.lemma) == "keep" for each in meaning.words)


def _stays_within(meaning: Meaning) -> bool:
    return any(each.way is Way.WITHIN for each in meaning.reach)


def _of_asker(meaning: Meaning) -> bool:
    """Tell whether a question speaks of the customer as "we"."""
    return any(token.text.lower() in ASKERS for token in meaning.parse.tokens)
