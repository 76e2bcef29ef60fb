"""Which places a question names, and how what is asked about lies to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reasoning.ask import PlaceAsked, PlaceRelation
from assistant.reasoning.asking.question_text import QuestionText, Word, typing_errors
from assistant.reasoning.asking.question_words import PLACE_NOUNS, RELATIONS
from corpus.places import Gazetteer, Place

_ONLY = frozenset("only solely exclusively strictly purely".split())
_DETERMINERS = frozenset("the a an any our my your their its this that same".split())
_US = frozenset("in outside within the inside".split())
_JOINS = frozenset("and or , & both".split())


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """Words of a question that name a place."""

    first: int
    last: int
    """Indices of the words; the last one is one of them."""
    places: tuple[Place, ...]


def places_said(read: QuestionText, words: Sequence[Word], gazetteer: Gazetteer) -> list[PlaceSaid]:
    """Return the places that some words name, in order."""
    text = _with_capitals(read, words)
    found: list[PlaceSaid] = []
    for mention in gazetteer.mentions(text):
        inside = [i for i, w in enumerate(words) if w.start < mention.end and mention.start < w.end]
        if inside:
            found.append(PlaceSaid(inside[0], inside[-1], (mention.place,)))
    taken = {i for one in found for i in range(one.first, one.last + 1)}
    found.extend(_mistyped(words, taken, gazetteer))
    found.extend(_sites(words, taken))
    return sorted(found, key=lambda one: one.first)


def _with_capitals(read: QuestionText, words: Sequence[Word]) -> str:
    """Return the question with "us" in capitals where it is a country."""
    text = read.text
    for before, word in zip(words, words[1:], strict=False):
        if word.said == "us" and before.low in _US:
            text = f"{text[: word.start]}US{text[word.end :]}"
    last = next((w for w in reversed(words) if w.low[0].isalnum()), None)
    if last is not None and last.said == "us" and text.islower() and len(words) > 3:
        text = f"{text[: last.start]}US{text[last.end :]}"
    return text


def _mistyped(words: Sequence[Word], taken: set[int], gazetteer: Gazetteer) -> Iterator[PlaceSaid]:
    """Yield names of countries with a typing error where a place must stand."""
    for at, word in enumerate(words):
        if at in taken or len(word.low) < 4 or at == 0:
            continue
        if words[at - 1].low not in RELATIONS and word.said[0].islower() and at < len(words) - 3:
            continue
        if word.low in PLACE_NOUNS or word.lemma in PLACE_NOUNS:
            continue
        place = _nearly(word.low, gazetteer)
        if place is not None:
            taken.add(at)
            yield PlaceSaid(at, at, (place,))


@lru_cache(maxsize=512)
def _nearly(word: str, gazetteer: Gazetteer) -> Place | None:
    for place in (*gazetteer.countries(), *gazetteer.groups(("continent",))):
        name = place.name.lower()
        if name[0] == word[0] and len(name) > 4 and typing_errors(word, name) == 1:
            return place
    return None


def _sites(words: Sequence[Word], taken: set[int]) -> Iterator[PlaceSaid]:
    """Yield nouns of places that no gazetteer knows: "the selected geo"."""
    for at, word in enumerate(words):
        if at in taken or word.lemma not in PLACE_NOUNS or not at:
            continue
        first = at
        while first and words[first - 1].low not in RELATIONS:
            if words[first - 1].tag[:1] not in "JNVP" or at - first > 3:
                break
            first -= 1
        begin = first
        if begin and words[begin - 1].low in _DETERMINERS:
            begin -= 1
        if begin and words[begin - 1].low in RELATIONS and words[begin - 1].low != "of":
            yield PlaceSaid(first, at, ())


def placed(
    read: QuestionText, words: Sequence[Word], said: Sequence[PlaceSaid], *, denied: bool
) -> tuple[PlaceAsked, ...]:
    """Return the places with their relations, those joined by "and" or "or" together."""
    found: list[PlaceAsked] = []
    at = 0
    while at < len(said):
        end = at
        while end + 1 < len(said) and _are_joined(words, said[end], said[end + 1]):
            end += 1
        group = said[at : end + 1]
        at = end + 1
        relation = _relation(words, group[0].first, group[-1].last, denied=denied)
        last = _extended(words, group[-1].last)
        shown = _without_determiner(words[group[0].first : last + 1])
        places = tuple(dict.fromkeys(place for one in group for place in one.places))
        found.append(PlaceAsked(relation, places, read.said(shown)))
    return tuple(found)


def _extended(words: Sequence[Word], last: int) -> int:
    """Return where the words of a place end: with "region" of "US region"."""
    behind = words[last + 1 : last + 2]
    return last + 1 if behind and behind[0].lemma in PLACE_NOUNS else last


def _without_determiner(words: Sequence[Word]) -> Sequence[Word]:
    return words[1:] if len(words) > 1 and words[0].low in _DETERMINERS else words


def _are_joined(words: Sequence[Word], one: PlaceSaid, other: PlaceSaid) -> bool:
    between = words[one.last + 1 : other.first]
    return bool(between) and all(
        word.low in _JOINS or word.low in _DETERMINERS or word.lemma in PLACE_NOUNS
        for word in between
    )


def _relation(words: Sequence[Word], first: int, last: int, *, denied: bool) -> PlaceRelation:
    before = [word.low for word in words[max(0, first - 6) : first]]
    near = [one for one in before if one not in _DETERMINERS]
    only = bool(set(near[-3:]) & _ONLY) or any(w.low in _ONLY for w in words[last + 1 : last + 2])
    relation = _by_preposition(near)
    if relation is PlaceRelation.IN and not only:
        only = any(word.low in _ONLY for word in words[:first])
    if only and relation is PlaceRelation.IN:
        return PlaceRelation.ONLY_IN
    if denied and relation is PlaceRelation.IN:
        return PlaceRelation.NOT_IN
    return relation


def _by_preposition(near: Sequence[str]) -> PlaceRelation:
    tail = near[-4:]
    if tail[-2:] in (["other", "than"], ["apart", "from"], ["out", "of"]):
        return PlaceRelation.OUTSIDE
    if "outside" in tail:
        return PlaceRelation.OUTSIDE
    for word in reversed(tail):
        if word in RELATIONS:
            return RELATIONS[word]
    return PlaceRelation.IN
