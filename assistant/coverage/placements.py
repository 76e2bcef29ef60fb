"""What the facts of an index say of places: that data is there, or that it is not.

A fact lists the places that its sentence names. Here is decided what it says of each of them: the
place where data rests, the customer's own country in a condition, what an exception leaves out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.coverage import placement_words
from assistant.understanding.services import service_of
from corpus.facts.kinds import kind_of_label
from corpus.facts.types import Statement, StatementKind, Status
from corpus.places import Gazetteer, Place, PlaceKind
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader


class Effect(StrEnum):
    """What happens to data in a place."""

    STORED = "stored"
    """It rests there, or a copy of it."""
    PROCESSED = "processed"
    EXCEPTED = "excepted"
    """It does not stay there, or a promise about the place does not cover it."""


_EFFECTS = {
    StatementKind.STORED: Effect.STORED,
    StatementKind.REPLICATED: Effect.STORED,
    StatementKind.PROCESSED: Effect.PROCESSED,
}


@dataclass(frozen=True, slots=True)
class Placement:
    """One effect that a fact states, with the places it states it of."""

    fact: Statement
    service: str
    effect: Effect
    places: tuple[Place, ...]
    """Empty when it is said of the whole world, or of no place by name."""
    data: tuple[str, ...]
    """Categories of data, as written in the fact or in the sentence that introduces it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts with what is needed to read what they say of places."""

    facts: Sequence[Statement]
    texts: Mapping[str, str]
    """By the id of the document."""
    chunks: Mapping[str, Chunk]
    """By id; those of lists and tables are enough."""
    services: Mapping[str, str]
    """What each document is about, by its id."""
    gazetteer: Gazetteer


def read_placements(index: IndexReader) -> tuple[Placement, ...]:
    """Return what the facts of an index say of places, by document and place in it.

    Documents that another one takes the place of, and what is only planned, say nothing of today.
    """
    facts = [fact for fact in index.statements() if fact.document not in index.successors]
    listed = (fact.chunk for fact in facts if _is_member(fact))
    return placements(
        Stated(
            facts,
            {id_: document.text for id_, document in index.documents.items()},
            index.catalog.chunks(list(dict.fromkeys(listed))),
            {id_: service_of(document.about) for id_, document in index.documents.items()},
            index.gazetteer,
        )
    )


def placements(stated: Stated) -> tuple[Placement, ...]:
    """Return what facts say of places, in their order."""
    reading = _Reading(stated)
    return tuple(found for fact in reading.facts for found in reading.of(fact))


class _Reading:
    """Facts while their places are read."""

    def __init__(self, stated: Stated) -> None:
        self.facts = [fact for fact in stated.facts if fact.status is not Status.PLANNED]
        self._stated = stated
        self._places = stated.gazetteer
        self._leads: dict[str, list[Statement]] = defaultdict(list)
        self._led: dict[str, list[Statement]] = defaultdict(list)
        """Members of lists and rows of tables, by document."""
        self._alike: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
        """Words of the facts of a document that name the same places."""
        for fact in self.facts:
            if len(fact.place_ids) > 1:
                self._alike[fact.document, fact.place_ids].add(fact.value)
            if fact.kind in _EFFECTS and fact.value.rstrip().endswith(":"):
                self._leads[fact.document].append(fact)
            if _is_member(fact):
                self._led[fact.document].append(fact)

    def of(self, fact: Statement) -> Iterator[Placement]:
        """Yield what a fact says of places."""
        lead = self._lead(fact)
        kind = self._kind(fact, lead)
        data = (*_data(fact), *(_data(lead) if lead else ()))
        denied = fact.negated or (lead is not None and lead.negated)
        placed = [one for one in self._effects(fact, kind, denied=denied) if one[1]]
        for effect, places in placed:
            yield self._placement(fact, effect, places, data)
        if denied:
            return
        if kind in _EFFECTS and placement_words.GLOBALLY.search(fact.value):
            yield self._placement(fact, _EFFECTS[kind], (), data)
        if kind is StatementKind.EXCLUDED and not placed:
            yield self._placement(fact, Effect.EXCEPTED, (), data)

    def _placement(
        self, fact: Statement, effect: Effect, places: tuple[Place, ...], data: tuple[str, ...]
    ) -> Placement:
        return Placement(fact, self._stated.services[fact.document], effect, places, data)

    def _lead(self, fact: Statement) -> Statement | None:
        """Return the fact of the sentence that introduces a member of a list."""
        if fact.kind is not StatementKind.MEMBER:
            return None
        leads = self._leads[fact.document]
        return next((lead for lead in leads if _introduces(lead, fact)), None)

    def _kind(self, fact: Statement, lead: Statement | None) -> StatementKind:
        """Return what a fact says; what a member of a list says is told above the list."""
        if lead is not None:
            return lead.kind
        chunk = self._stated.chunks.get(fact.chunk) if fact.kind is StatementKind.MEMBER else None
        if chunk is None or chunk.kind not in (BlockKind.ROW, BlockKind.ITEM):
            return fact.kind
        above = [*self._support(fact), *chunk.path[-1:]]
        told = any(placement_words.DATA_LOCATIONS.search(text) for text in above)
        return StatementKind.STORED if told else fact.kind

    def _effects(
        self, fact: Statement, kind: StatementKind, *, denied: bool
    ) -> Iterator[tuple[Effect, tuple[Place, ...]]]:
        if not fact.place_ids:
            return
        if kind in _EFFECTS:
            roles = self._roles(fact)
            here = self._narrowest(fact, roles.here)
            yield Effect.EXCEPTED if denied else _EFFECTS[kind], here
            yield _EFFECTS[kind] if denied else Effect.EXCEPTED, roles.outside
            if fact.exceptions_said and not roles.left_out and not denied:
                yield Effect.EXCEPTED, here
            yield Effect.EXCEPTED, roles.left_out
        elif kind is StatementKind.EXCLUDED and not denied:
            above = self._mentioned(". ".join(self._support(fact)))
            named = self._named(fact.value)
            # What a heading excludes from a place is not excluded from where it goes instead.
            yield Effect.EXCEPTED, above or tuple(p for p in self._all(fact) if p.id in named)
        elif kind is StatementKind.MOVED and not denied:
            left = placement_words.outside_of(fact.value, self._places)
            yield Effect.EXCEPTED, tuple(p for p in self._all(fact) if p.id in left)
        elif kind is StatementKind.NOT_SUPPORTED and placement_words.KEEPING.search(fact.value):
            named = self._named(fact.value)
            yield Effect.EXCEPTED, tuple(p for p in self._all(fact) if p.id in named)

    def _all(self, fact: Statement) -> tuple[Place, ...]:
        return tuple(self._places.place(id_) for id_ in fact.place_ids)

    def _mentioned(self, text: str) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(mention.place for mention in self._places.mentions(text)))

    def _named(self, text: str) -> frozenset[str]:
        return frozenset(place.id for place in self._mentioned(text))

    def _support(self, fact: Statement) -> list[str]:
        text = self._stated.texts[fact.document]
        return [span.of(text) for span in fact.support]

    def _roles(self, fact: Statement) -> _Roles:
        """Tell the places where something is from those where it is not."""
        above = self._support(fact)
        excluded = any(kind_of_label(text) is StatementKind.EXCLUDED for text in above)
        plain = not (
            fact.conditions_said
            or fact.exceptions_said
            or placement_words.OUTSIDE.search(fact.value)
            or placement_words.WHOSE.search(fact.value)
            or placement_words.ARE_WHOSE.search(fact.value)
        )
        if plain and not excluded:
            return _Roles(self._all(fact), (), ())
        named = self._named(fact.value)
        outside = placement_words.outside_of(fact.value, self._places) - self._named(
            "; ".join(fact.exceptions_said)
        )
        left_out = self._named("; ".join(fact.exceptions_said)) & named
        rest = self._where(_without(fact.value, fact.conditions_said))
        inherited = frozenset(fact.place_ids) - named
        if excluded:
            outside |= inherited & self._named(". ".join(above))
        elsewhere = placement_words.OUTSIDE_IT.search(fact.value)
        if elsewhere:
            outside |= inherited | self._named(fact.value[: elsewhere.start()])
        # Of a customer in one place whose data is in another, the second is told.
        here = ((rest or named) | inherited) - outside - left_out
        every = self._all(fact)
        return _Roles(
            tuple(place for place in every if place.id in here),
            tuple(place for place in every if place.id in outside),
            tuple(place for place in every if place.id in left_out),
        )

    def _where(self, text: str) -> frozenset[str]:
        """Return the places that a text names otherwise than as those that data comes from."""
        starts = [match.end() for match in placement_words.WHOSE.finditer(text)]
        return frozenset(
            mention.place.id
            for mention, whose in placement_words.reached(text, starts, self._places)
            if not (whose or placement_words.ARE_WHOSE.match(text, mention.end))
        )

    def _narrowest(self, fact: Statement, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Return places without the regions whose places are listed one by one."""
        regions = [place for place in places if place.kind is PlaceKind.GROUP]
        if not regions:
            return places
        gone = {place.id for place in regions if self._is_listed(fact, place, places)}
        return tuple(place for place in places if place.id not in gone)

    def _is_listed(self, fact: Statement, region: Place, places: tuple[Place, ...]) -> bool:
        if any(_lies_in(place, region) for place in places):
            titled = self._places.named(fact.about.name) if fact.about.name else None
            if titled is not None and titled.id == region.id:
                return True
            if any(
                mention.place.id == region.id and placement_words.LISTED.match(value, mention.end)
                for value in self._alike[fact.document, fact.place_ids]
                for mention in self._places.mentions(value)
            ):
                return True
        return any(
            region.id in member.place_ids
            and any(_lies_in(self._places.place(id_), region) for id_ in member.place_ids)
            for member in self._led[fact.document]
            if _introduces(fact, member)
        )


@dataclass(frozen=True, slots=True)
class _Roles:
    """The places of a fact by what it says of them."""

    here: tuple[Place, ...]
    outside: tuple[Place, ...]
    """Named or taken over as what something is outside of."""
    left_out: tuple[Place, ...]
    """Named in its exceptions."""


def _is_member(fact: Statement) -> bool:
    return fact.kind is StatementKind.MEMBER and bool(fact.place_ids)


def _data(fact: Statement) -> tuple[str, ...]:
    """Return the categories of data of a fact without those that name a "data center"."""
    return tuple(
        said
        for said in fact.data
        if not re.search(re.escape(said) + placement_words.NOT_DATA.pattern, fact.value, re.I)
    )


def _introduces(lead: Statement, member: Statement) -> bool:
    if not lead.value.rstrip().endswith(":"):
        return False
    return any(span.start < lead.span.end and lead.span.start < span.end for span in member.support)


def _lies_in(place: Place, region: Place) -> bool:
    return region.id in place.within


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ; ")
    return text
