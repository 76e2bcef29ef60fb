"""Which places a question names, and how what is asked about lies to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.reasoning.ask import PlaceAsked, PlaceRelation
from assistant.reasoning.asking.places_narrowed import PlaceSaid, narrowed
from assistant.reasoning.asking.question_text import QuestionText, Word, mistyped
from assistant.reasoning.asking.question_words import (
    FUNCTION,
    KINDS,
    PARTIES,
    PLACE_NOUNS,
    RELATIONS,
)
from corpus.places import Gazetteer, Mention, Place, PlaceKind

_ONLY = frozenset("only solely exclusively strictly purely".split())
_DETERMINERS = frozenset("the a an any our my your their its this that same".split())
_US = frozenset("in outside within the inside".split())
_JOINS = frozenset("and or , & both".split())
_COMMON_CODES = frozenset("us eu uk usa eea uae efta emea apac".split())
_SHORT = {"EU": "European Union", "US": "United States", "UK": "United Kingdom"}
COMPASS = frozenset("East West North South Central".split())
_SCOPES = frozenset("boundary".split())
"""Nouns of places that are promises too: what they are called is a subject as well."""
_MEMBERS = (["state"], ["country"])
_LONGEST = 3
"""Words before a noun of a place that describe it, at most."""


def places_said(read: QuestionText, words: Sequence[Word], gazetteer: Gazetteer) -> list[PlaceSaid]:
    """Return the places that some words name, in order."""
    found = [
        one for one in _mentioned(words, _with_capitals(read, words), gazetteer)
        if not _is_no_place(words, one)
    ]  # fmt: skip
    taken = {i for one in found for i in range(one.first, one.last + 1)}
    found.extend(_unions(words, taken, gazetteer))
    found.extend(_mistyped(words, taken, gazetteer))
    found.extend(_sites(words, taken))
    return narrowed(words, sorted(found, key=lambda one: one.first), gazetteer)


def _mentioned(words: Sequence[Word], text: str, gazetteer: Gazetteer) -> Iterator[PlaceSaid]:
    for mention in gazetteer.mentions(text):
        inside = [i for i, w in enumerate(words) if w.start < mention.end and mention.start < w.end]
        if inside:
            yield PlaceSaid(inside[0], inside[-1], (_spoken_of(mention, gazetteer),))


def _spoken_of(mention: Mention, gazetteer: Gazetteer) -> Place:
    """Return the place that people mean: "EU" is the union, also where a provider is named that
    has a region of that name.
    """
    if mention.place.kind is PlaceKind.REGION and mention.words in _SHORT:
        return gazetteer.named(_SHORT[mention.words]) or mention.place
    return mention.place


def _with_capitals(read: QuestionText, words: Sequence[Word]) -> str:
    """Return the question with capitals where a place must stand, as in "only frankfurt"."""
    text = read.text
    last = next((w for w in reversed(words) if w.low[0].isalnum()), None)
    for before, word in pairwise(words):
        ends = word is last and text.islower() and len(words) > 3
        if word.said == "us" and (before.low in _US or ends):
            text = f"{text[: word.start]}US{text[word.end :]}"
        elif word.said.islower() and word.low not in FUNCTION and len(word.said) > 3:
            led = before.low in RELATIONS or before.low in _ONLY
            if led and before.low not in ("of", "on", "under", "at"):
                text = f"{text[: word.start]}{word.said.capitalize()}{text[word.end :]}"
    return text


def _is_no_place(words: Sequence[Word], one: PlaceSaid) -> bool:
    """Tell whether words that may name a place are grammar or a part of another name."""
    word = words[one.first]
    if one.first == one.last and word.low in FUNCTION and not word.said.isupper():
        return True
    city = any(place.kind is PlaceKind.CITY for place in one.places)
    if city and one.first and words[one.first - 1].low == "at":
        return True  # "at Meridian" is a company.
    code = one.first == one.last and len(word.said) <= 3 and word.low not in _COMMON_CODES
    before = words[one.first - 1] if one.first else None
    return code and before is not None and before.low not in (*RELATIONS, *_DETERMINERS)


def _unions(words: Sequence[Word], taken: set[int], gazetteer: Gazetteer) -> Iterator[PlaceSaid]:
    """Yield "the Union", as European texts call the EU."""
    for at, word in enumerate(words):
        alone = at > 1 and at not in taken and words[at - 1].low == "the"
        if alone and word.said == "Union" and words[at - 2].low in RELATIONS:
            place = gazetteer.named("European Union")
            if place is not None:
                taken.add(at)
                yield PlaceSaid(at, at, (place,))


def _mistyped(words: Sequence[Word], taken: set[int], gazetteer: Gazetteer) -> Iterator[PlaceSaid]:
    """Yield names of countries with a typing error where a place must stand."""
    for at, word in enumerate(words):
        if at in taken or len(word.low) < 4 or at == 0:
            continue
        led = words[at - 1].low in RELATIONS or words[at - 1].low in _DETERMINERS
        if not led or word.lemma in PLACE_NOUNS or word.low in FUNCTION:
            continue
        place = _nearly(word.low, gazetteer)
        if place is not None:
            taken.add(at)
            yield PlaceSaid(at, at, (place,))


@lru_cache(maxsize=512)
def _nearly(word: str, gazetteer: Gazetteer) -> Place | None:
    names = _names(gazetteer)
    found = mistyped(word, [one for one in names if one[0] == word[0] and len(one) > 4])
    return names[found[0]] if found else None


@lru_cache(maxsize=4)
def _names(gazetteer: Gazetteer) -> Mapping[str, Place]:
    places = (*gazetteer.countries(), *gazetteer.groups(("continent",)))
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.name.lower(), place)
    return found


def _sites(words: Sequence[Word], taken: set[int]) -> Iterator[PlaceSaid]:
    """Yield nouns of places that no gazetteer knows: "the selected geo"."""
    for at, word in enumerate(words):
        if at in taken or word.lemma not in PLACE_NOUNS or not word.tag.startswith("NN"):
            continue
        first = at
        while first and at - first < _LONGEST and _describes(words, first - 1):
            first -= 1
        plural = first == at and word.low != word.lemma
        if plural or any(i in taken for i in range(first, at)) or _names_place(words, at, taken):
            continue
        begin = first - 1 if first and words[first - 1].low in _DETERMINERS else first
        if begin and _leads_in(words, begin - 1):
            yield PlaceSaid(first, at, ())


def _describes(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.low in RELATIONS or word.low in _DETERMINERS or word.lemma in FUNCTION:
        return word.low == "another"
    return word.tag[:1] in "JNVPD"


def _names_place(words: Sequence[Word], at: int, taken: set[int]) -> bool:
    """Tell whether a place by name follows: "the territory of France"."""
    return words[at + 1 : at + 2] != () and words[at + 1 : at + 2] != [] and (
        words[at + 1].low == "of" and bool({at + 2, at + 3} & taken)
    )  # fmt: skip


def _leads_in(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1].low if at else ""
    if word.low == "of":
        return before == "out"
    return word.low in RELATIONS and before != "up"


def attributes(words: Sequence[Word], said: Sequence[PlaceSaid]) -> tuple[set[int], list[int]]:
    """Return which places only describe a noun, and the nouns of parties among these.

    "EU tenants", "the Norwegian offer"; but not "UK storage" and "the Swiss region".
    """
    none: set[int] = set()
    parties: list[int] = []
    for number, one in enumerate(said):
        behind = words[one.last + 1] if one.last + 1 < len(words) else None
        if behind is None or not one.places or not behind.tag.startswith("NN"):
            continue
        if behind.lemma in PLACE_NOUNS or behind.lemma in KINDS or behind.low == "only":
            continue
        led = one.first > 0 and words[one.first - 1].low in RELATIONS
        if _is_member_state(words, one.last + 1):
            continue
        if behind.lemma in PARTIES:
            none.add(number)
            parties.append(one.last + 1)
        elif not led:
            none.add(number)
    return none, parties


def _is_member_state(words: Sequence[Word], at: int) -> bool:
    """Tell whether a place is said by its members: "an EU member state"."""
    return words[at].lemma == "member" and [w.lemma for w in words[at + 1 : at + 2]] in _MEMBERS


def is_scope_named(words: Sequence[Word], one: PlaceSaid) -> bool:
    """Tell whether a place is the name of a promise here: "the EU Data Boundary commitment"."""
    last = min(_extended(words, one.last), len(words) - 1)
    if words[last].lemma not in _SCOPES:
        return False
    before = [w.low for w in words[max(0, one.first - 2) : one.first] if w.low not in _DETERMINERS]
    return not before or before[-1] not in (*RELATIONS, "by", "with")


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
        goes = at < len(said) and _leads_to(words, group[-1], said[at])
        relation = _relation(words, group[0].first, group[-1].last, denied=denied)
        last = _extended(words, group[-1].last)
        shown = _without_determiner(words[group[0].first : last + 1])
        places = tuple(dict.fromkeys(place for one in group for place in one.places))
        relation = PlaceRelation.FROM if goes else relation
        found.append(PlaceAsked(relation, places, read.said(shown)))
    return tuple(found)


def _leads_to(words: Sequence[Word], one: PlaceSaid, other: PlaceSaid) -> bool:
    """Tell whether the way from one place to another is named: "Switzerland to France"."""
    between = [w.low for w in words[one.last + 1 : other.first] if w.low not in _DETERMINERS]
    return between == ["to"]


def _extended(words: Sequence[Word], last: int) -> int:
    """Return where the words of a place end: with "region" of "US region"."""
    behind = words[last + 1 : last + 2]
    if behind and _is_member_state(words, last + 1):
        return last + 2
    more = bool(behind) and (behind[0].lemma in PLACE_NOUNS or behind[0].said in COMPASS)
    return last + 1 if more else last


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
    behind = words[last + 1] if last + 1 < len(words) else None
    attribute = behind is not None and behind.tag.startswith("NN") and behind.lemma in KINDS
    relation = PlaceRelation.IN if attribute else _by_preposition(near)
    if relation is PlaceRelation.IN and not only:
        only = any(word.low in _ONLY for word in words[:first])
    if only and relation is PlaceRelation.IN:
        return PlaceRelation.ONLY_IN
    if denied and relation is PlaceRelation.IN and _is_denied_before(words, first):
        return PlaceRelation.NOT_IN
    return relation


def _is_denied_before(words: Sequence[Word], first: int) -> bool:
    return any(word.low in ("not", "n't", "never") for word in words[:first])


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
