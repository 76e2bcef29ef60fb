"""Where the members that a question asks for must lie: places with "in", "outside" and "only"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.reasoning.members.entry_places import PlacedName
from corpus.language.terms import WORD
from corpus.places import Gazetteer, Mention, Place, PlaceKind, Relation
from corpus.places.sets import Bound, Verdict, countries_of
from corpus.types import Span

_BETWEEN = frozenset(
    "in the an a any of on located based hosted inside within lie lies lying sit sits part member "
    "members from at to for be are is all both either one".split()
)
"""Words that may stand between a place and what turns its relation round."""
_OUTSIDE = frozenset("outside beyond leave leaves leaving".split())
"""Words by which nothing may lie in a place."""
_TURNING = _OUTSIDE | frozenset(
    "not no except excepting excluding neither nor without non than".split()
)
_PARTLY = (Relation.OVERLAPS, Relation.CONTAINS)
_ASIDE = frozenset({"apart", "excluded", "excepted", "aside"})
_ONLY = frozenset({"only", "solely", "exclusively", "entirely", "purely"})
_TURNING_ROUND = frozenset("but yet though although and that which is are".split())
_JOINING = frozenset({"and", "or", "nor"})
_AFTER = frozenset(
    "member members state states country countries nation nations region regions based".split()
)
"""Nouns that a place may be said with: "an EU member state"."""


@dataclass(frozen=True, slots=True)
class PlaceBound:
    """Places that members must lie in, one or another of them, or all outside of."""

    bound: Bound
    places: tuple[Place, ...]
    only: bool
    """True where nothing may lie elsewhere."""
    words: str
    """As the question says the places."""
    spans: tuple[Span, ...]
    """What of the question says it."""
    aside: bool = False
    """True where the place is only set aside ("Japan apart"): what contains it stays."""

    def holds(self, entry: Sequence[PlacedName], gazetteer: Gazetteer) -> Verdict:
        """Tell whether an entry keeps it, by the places that it names."""
        each = [self._of_one(one.place, gazetteer) for one in entry if one.place is not None]
        if not each:
            return Verdict.UNKNOWN
        if self.bound is Bound.OUTSIDE or self.only:
            return _all(each)
        return _any(each)

    def is_partly(self, entry: Sequence[PlacedName], gazetteer: Gazetteer) -> bool:
        """Tell whether an entry reaches into what is asked for and beyond it."""
        return any(
            gazetteer.relation(one.place, wanted) in _PARTLY
            for one in entry if one.place is not None for wanted in self.places
        )  # fmt: skip

    def _of_one(self, place: Place, gazetteer: Gazetteer) -> Verdict:
        found = [_within(gazetteer.relation(place, wanted)) for wanted in self.places]
        inside = _any(found)
        if self.bound is not Bound.OUTSIDE:
            return inside
        apart = [gazetteer.relation(place, wanted) is Relation.DISJOINT for wanted in self.places]
        if all(apart) or (self.aside and self._contained(place, gazetteer)):
            return Verdict.YES
        return Verdict.UNKNOWN if inside is Verdict.UNKNOWN else Verdict.NO

    def _contained(self, place: Place, gazetteer: Gazetteer) -> bool:
        """Tell whether a place is a group of countries, and what is set aside is one of them."""
        one = (place.kind is PlaceKind.GROUP, *(p.kind is not PlaceKind.GROUP for p in self.places))
        return all(one) and all(
            gazetteer.relation(place, wanted) is Relation.CONTAINS for wanted in self.places
        )


def _within(relation: Relation) -> Verdict:
    if relation in (Relation.UNKNOWN, *_PARTLY):
        return Verdict.UNKNOWN
    return Verdict.YES if relation in (Relation.INSIDE, Relation.EQUAL) else Verdict.NO


def _any(found: Iterable[Verdict]) -> Verdict:
    several = set(found)
    if Verdict.YES in several:
        return Verdict.YES
    return Verdict.UNKNOWN if Verdict.UNKNOWN in several else Verdict.NO


def _all(found: Iterable[Verdict]) -> Verdict:
    several = set(found)
    if Verdict.NO in several:
        return Verdict.NO
    return Verdict.UNKNOWN if Verdict.UNKNOWN in several else Verdict.YES


def bounds_in(
    text: str, gazetteer: Gazetteer, without: Sequence[Span] = ()
) -> tuple[PlaceBound, ...]:
    """Return what a question says of where members lie; names in `without` are no places of it."""
    words = [(match.group().lower(), match.start(), match.end()) for match in WORD.finditer(text)]
    found: list[PlaceBound] = []
    for mention in gazetteer.mentions(text):
        named = any(span.start < mention.end and mention.start < span.end for span in without)
        if named and not _is_adjective(mention):
            continue
        _add(
            found, replace(_bound(mention, words, text), places=(_meant(mention, gazetteer),)), text
        )
        _narrow(found, text, gazetteer)
    return tuple(found)


def _narrow(found: list[PlaceBound], text: str, gazetteer: Gazetteer) -> None:
    """Take the last place from the one before it: "in the EEA but not in the EU".

    As two bounds, an entry in Norway and in the United States would keep one by the first and none
    by the second of its places.
    """
    if len(found) < 2:
        return
    one, other = found[-2:]
    between = text[one.spans[-1].end : other.spans[0].start].replace(",", " ").lower().split()
    turns = one.bound is Bound.IN and not one.only and other.bound is Bound.OUTSIDE
    if not turns or not between or not set(between) <= _TURNING_ROUND:
        return
    group = one.places[0]
    if len(one.places) > 1 or {group.kind, other.places[0].kind} != {PlaceKind.GROUP}:
        return
    places = countries_of(group, gazetteer, other.places)
    if places:
        words = text[one.spans[0].start : other.spans[-1].end]
        found[-2:] = [replace(one, places=places, words=words, spans=(*one.spans, *other.spans))]


def _is_adjective(mention: Mention) -> bool:
    """Tell whether a place is named by its adjective: "European", "Swiss"."""
    name, words = mention.place.name, mention.words
    return name != words and name[:3] == words[:3] and words not in name.split()


def _meant(mention: Mention, gazetteer: Gazetteer) -> Place:
    """Return the place that a question means: "EU" is the union, whoever has a region of it."""
    if mention.place.kind is not PlaceKind.REGION:
        return mention.place
    plain = gazetteer.named(mention.words)
    return plain if plain and plain.kind is not PlaceKind.REGION else mention.place


def _bound(mention: Mention, words: Sequence[tuple[str, int, int]], text: str) -> PlaceBound:
    before = [word for word in words if word[2] <= mention.start]
    after = [word for word in words if word[1] >= mention.end][:2]
    turned = only = strict = False
    start = mention.start
    for word, first, _ in reversed(before):
        if word in _TURNING or word.endswith(("n't", "n’t")):
            turned = turned or not (word == "than" and not _compares(before, first))
            start, strict = first, word in _OUTSIDE
        elif word in _ONLY:
            only, start = True, first
        elif word not in _BETWEEN or "," in text[first:start]:
            break
        else:
            start = first
        if turned:
            break
    end = mention.end
    for word, _, last in after:
        turned = turned or word in _ASIDE
        only = only or word in _ONLY
        if word not in _ASIDE | _ONLY | _AFTER:
            break
        end = last
    bound = Bound.OUTSIDE if turned else Bound.IN
    aside = turned and not strict
    spans = (Span(start, end),)
    return PlaceBound(bound, (mention.place,), only, mention.words, spans, aside)


def _compares(before: Sequence[tuple[str, int, int]], than: int) -> bool:
    """Tell whether a "than" is that of "other than" and "rather than"."""
    earlier = [word for word, first, _ in before if first < than]
    return bool(earlier) and earlier[-1] in ("other", "rather", "elsewhere", "else")


def _add(found: list[PlaceBound], fresh: PlaceBound, text: str) -> None:
    """Add a bound; "Norway or Sweden" is one with the place before it."""
    last = found[-1] if found else None
    between = text[last.spans[-1].end : fresh.spans[0].start] if last else ""
    joined = last is not None and all(
        word.lower() in _JOINING | _BETWEEN for word in between.replace(",", " ").split()
    )
    if last is None or not joined or fresh.bound is Bound.OUTSIDE:
        found.append(fresh)
    elif last.bound is Bound.OUTSIDE:
        found.append(replace(fresh, bound=Bound.OUTSIDE, only=False, aside=last.aside))
    else:
        words = f"{last.words} or {fresh.words}"
        found[-1] = PlaceBound(
            last.bound, (*last.places, *fresh.places), last.only or fresh.only, words,
            (*last.spans, *fresh.spans),
        )  # fmt: skip
