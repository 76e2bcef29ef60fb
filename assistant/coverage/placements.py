"""What the statements of an index say of places: that data is there, goes there, or is not there.

A statement tells of each place what it has to do with what is said. Here is decided what that makes
of data in the place; where a customer or a company sits makes nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import punctuation

from assistant.understanding.services import service_of
from corpus.facts.types import (
    Condition,
    Modality,
    PlacedAt,
    PlaceRole,
    Statement,
    StatementKind,
    Status,
    Term,
)
from corpus.places import Gazetteer, Place, PlaceKind
from index.searching.reader import IndexReader


class Effect(StrEnum):
    """What happens to data in a place, in the order in which it is shown."""

    STORED = "stored"
    """It rests there, or a copy of it."""
    PROCESSED = "processed"
    GOES_TO = "goes to"
    """It is moved or sent there; that it rests there is not said."""
    OFFERED = "offered"
    """The place may be chosen; nothing rests there until somebody does."""
    EXCEPTED = "excepted"
    """It does not stay there, or a promise about the place does not cover it."""


_BY_ROLE = {
    PlaceRole.RESTS: Effect.STORED,
    PlaceRole.PROCESSED: Effect.PROCESSED,
    PlaceRole.GOES_TO: Effect.GOES_TO,
    PlaceRole.CHOICE: Effect.OFFERED,
    PlaceRole.LEFT_OUT: Effect.EXCEPTED,
}
_BY_KIND = {
    StatementKind.STORED: Effect.STORED,
    StatementKind.RETAINED: Effect.STORED,
    StatementKind.REPLICATED: Effect.STORED,
    StatementKind.PROCESSED: Effect.PROCESSED,
}
"""What a statement says where no role tells it: of the whole world, or of what it leaves."""
_TO_BE_DONE = frozenset({StatementKind.STEP, StatementKind.COMMAND, StatementKind.REQUIRED})
"""Kinds that say what somebody has to do: an example or a rule puts no data anywhere."""
_DENYING = frozenset({StatementKind.EXCLUDED, StatementKind.NOT_SUPPORTED})
_DENIED = {
    StatementKind.PROCESSED: (PlaceRole.PROCESSED, PlaceRole.RESTS),
    StatementKind.REPLICATED: (PlaceRole.GOES_TO, PlaceRole.RESTS),
    StatementKind.MOVED: (PlaceRole.GOES_TO,),
}
"""What a denial may reach, the nearest first: "data kept in Oslo is not processed in Rome"."""
_DENIED_OF_OTHERS = (PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO)
_OF_CUSTOMERS = frozenset({Term.SIGNED_UP, Term.LOCATED})
_OUTSIDE = ("outside", "out", "beyond", "other than", "elsewhere than", "except", "but")
"""Words before a place that turn a denial into a promise: "never kept outside of Canada"."""
_UP_TO_PLACE = frozenset({
    "a", "all", "and", "any", "borders", "boundaries", "boundary", "countries", "country", "for",
    "from", "in", "its", "nor", "of", "or", "our", "region", "regions", "territory", "the",
    "their", "your",
})  # fmt: skip
"""Words that may stand between these and a place."""
_WORLDWIDE = (
    "globally", "worldwide", "world-wide", "anywhere", "around the world", "around the globe",
    "across the world", "across the globe", "in any region", "in all regions", "in any country",
    "in all countries",
)  # fmt: skip
_OF_EXTENT = frozenset({
    "a", "all", "and", "are", "area", "areas", "belong", "belonging", "comprise", "comprises",
    "consist", "consists", "countries", "country", "following", "include", "includes", "in",
    "is", "list", "location", "locations", "means", "member", "members", "of", "our", "region",
    "regions", "state", "states", "that", "the", "these", "to", "within",
})  # fmt: skip
"""Words of a title that says which places make up a group, and nothing else of them."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One effect that a statement has, with the places it has it in."""

    fact: Statement
    service: str
    effect: Effect
    places: tuple[Place, ...]
    """Empty when it is said of the whole world, or of no place by name."""
    customers: tuple[Place, ...] = ()
    """Where the customers are of whom alone it is said."""
    listed: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Places that the document lists one by one as a group among `places`, by the group's id."""

    @property
    def data(self) -> tuple[str, ...]:
        """Categories of data, as written."""
        return self.fact.data

    @property
    def is_example(self) -> bool:
        """Tell whether it is said of a place for example, in what somebody has to do."""
        return self.fact.kind in _TO_BE_DONE

    @property
    def is_possible(self) -> bool:
        """Tell whether it only may be so."""
        return self.fact.modality is Modality.MAY


@dataclass(frozen=True, slots=True)
class Stated:
    """Statements with what is needed to read what they say of places."""

    facts: Sequence[Statement]
    texts: Mapping[str, str]
    """By the id of the document."""
    services: Mapping[str, str]
    """What each document is about, by its id."""
    gazetteer: Gazetteer


def read_placements(index: IndexReader) -> tuple[Placement, ...]:
    """Return what the statements of an index say of places, by document and place in it.

    Documents that another one takes the place of, what is only planned and what is past say
    nothing of today.
    """
    facts = [fact for fact in index.statements() if fact.document not in index.successors]
    return placements(
        Stated(
            facts,
            {id_: document.text for id_, document in index.documents.items()},
            {id_: service_of(document.about) for id_, document in index.documents.items()},
            index.gazetteer,
        )
    )


def placements(stated: Stated) -> tuple[Placement, ...]:
    """Return what statements say of places, in their order."""
    reading = _Reading(stated)
    return tuple(found for fact in reading.facts for found in reading.of(fact))


class _Reading:
    """Statements while their places are read."""

    def __init__(self, stated: Stated) -> None:
        gone = (Status.PLANNED, Status.PAST)
        self.facts = [fact for fact in stated.facts if fact.status not in gone]
        self._stated = stated
        self._extents: dict[str, str] = {}
        self._listed: dict[str, dict[str, dict[Place, None]]] = defaultdict(dict)
        """Places by document and the id of the group that a list makes up of them."""
        for fact in self.facts:
            self._take_in(fact)

    def of(self, fact: Statement) -> Iterator[Placement]:
        """Yield what a statement says of places."""
        placed = self._placed(fact)
        for effect, ids in placed.items():
            yield self._placement(fact, effect, ids)
        kind = _BY_KIND.get(fact.kind)
        if kind and not fact.negated and _says(fact.value, _WORLDWIDE):
            yield self._placement(fact, kind, ())
        if fact.kind is StatementKind.EXCLUDED and not placed:
            yield self._placement(fact, Effect.EXCEPTED, ())

    def _placed(self, fact: Statement) -> Mapping[Effect, Iterable[str]]:
        """Return the ids of places by what happens there."""
        found: dict[Effect, dict[str, None]] = defaultdict(dict)
        for placed in fact.places:
            effect = self._effect(fact, placed)
            if effect is not None:
                found[effect][placed.place] = None
        if fact.kind in _TO_BE_DONE or fact.kind is StatementKind.CONTACT:
            return found
        every = {placed.place for placed in fact.places}
        left = [id_ for id_ in _left_out(fact) if id_ not in every]
        denied = fact.negated or fact.kind in _DENYING
        contrary = _BY_KIND.get(fact.kind) if denied else Effect.EXCEPTED
        if contrary is not None:
            found[contrary] |= dict.fromkeys(left)
        if fact.exceptions and not denied and not found[Effect.EXCEPTED]:
            # What is left out is a thing: of the places themselves not everything is said.
            found[Effect.EXCEPTED] |= found[Effect.STORED] | found[Effect.PROCESSED]
        return {effect: ids for effect, ids in found.items() if ids}

    def _effect(self, fact: Statement, placed: PlacedAt) -> Effect | None:
        """Return what happens in a place, None where that is not said."""
        role, kind = placed.role, fact.kind
        if not _tells(kind, role):
            return None
        if fact.negated or kind is StatementKind.NOT_SUPPORTED:
            return self._denied(fact, placed)
        if role is PlaceRole.COMES_FROM:
            return None if fact.modality is Modality.MAY else Effect.EXCEPTED
        if placed.place in _chosen(fact):
            return Effect.OFFERED
        is_copy = role is PlaceRole.GOES_TO and kind is StatementKind.REPLICATED
        return Effect.STORED if is_copy else _BY_ROLE[role]

    def _denied(self, fact: Statement, placed: PlacedAt) -> Effect | None:
        """Return what a denial makes of a place."""
        role = placed.role
        if role is PlaceRole.COMES_FROM:
            return None
        is_exception = role is PlaceRole.LEFT_OUT and placed.place in _left_out(fact)
        if is_exception or (role is not PlaceRole.CHOICE and self._is_outside(fact, placed)):
            return _BY_KIND.get(fact.kind)
        if role is PlaceRole.LEFT_OUT or fact.kind is StatementKind.NOT_SUPPORTED:
            return Effect.EXCEPTED
        if role is PlaceRole.RESTS and fact.kind is StatementKind.MOVED:
            return Effect.STORED
        reach = (*_DENIED.get(fact.kind, _DENIED_OF_OTHERS), PlaceRole.CHOICE)
        told = {one.role for one in fact.places}
        return Effect.EXCEPTED if role is next((r for r in reach if r in told), None) else None

    def _is_outside(self, fact: Statement, placed: PlacedAt) -> bool:
        """Tell whether a denied statement speaks of what lies around a place."""
        text = self._stated.texts[fact.document]
        spans = (fact.span, *fact.support)
        at = next((one.start for one in spans if one.contains(placed.span)), placed.span.start)
        before = []
        for start, end in sorted({(one.span.start, one.span.end) for one in fact.places}):
            if at <= start < placed.span.start:
                before.append(text[at:start])
                at = end
        words = _words(" ".join((*before, text[at : placed.span.start])))
        while words and words[-1] in _UP_TO_PLACE:
            words.pop()
        return any(words[-len(phrase.split()) :] == phrase.split() for phrase in _OUTSIDE)

    def _placement(self, fact: Statement, effect: Effect, ids: Iterable[str]) -> Placement:
        places = tuple(map(self._stated.gazetteer.place, ids))
        customers = tuple(map(self._stated.gazetteer.place, _customers(fact)))
        service = self._stated.services[fact.document]
        return Placement(fact, service, effect, places, customers, self._lists(fact, places))

    def _lists(self, fact: Statement, places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
        """Return the places that groups are said to be made up of, here or in the document."""
        every = tuple(places)
        found = {}
        for group in every:
            own = tuple(place for place in every if group.id in place.within)
            listed = own or tuple(self._listed[fact.document].get(group.id, ()))
            if listed and group.kind is PlaceKind.GROUP:
                found[group.id] = listed
        return found

    def _take_in(self, fact: Statement) -> None:
        """Note the places that a statement lists as those of a group."""
        if fact.negated or fact.kind is StatementKind.CONTACT:
            return
        aside = (PlaceRole.SEAT, PlaceRole.CUSTOMER, PlaceRole.LEFT_OUT)
        ids = [one.place for one in fact.places if one.role not in aside]
        for title in (fact.member.title if fact.member else "", fact.about.name):
            group = self._extent(title) if ids and title else ""
            for place in map(self._stated.gazetteer.place, ids if group else ()):
                if group in place.within:
                    self._listed[fact.document].setdefault(group, {})[place] = None

    def _extent(self, title: str) -> str:
        """Return the id of the group whose places a list of this title tells, empty for none."""
        if title not in self._extents:
            self._extents[title] = self._group(title)
        return self._extents[title]

    def _group(self, title: str) -> str:
        mentions = self._stated.gazetteer.mentions(title)
        if len(mentions) != 1 or mentions[0].place.kind is not PlaceKind.GROUP:
            return ""
        rest = title[: mentions[0].start] + " " + title[mentions[0].end :]
        return mentions[0].place.id if _OF_EXTENT.issuperset(_words(rest)) else ""


def _tells(kind: StatementKind, role: PlaceRole) -> bool:
    """Tell whether a place in a role says anything of data in a statement of a kind."""
    if kind in (StatementKind.CONTACT, StatementKind.DATE):
        return False
    if kind in _TO_BE_DONE:
        return role is PlaceRole.CHOICE
    if kind is StatementKind.EXCLUDED:
        return role is PlaceRole.LEFT_OUT
    return role in _BY_ROLE or (role is PlaceRole.COMES_FROM and kind is StatementKind.MOVED)


def _left_out(fact: Statement) -> tuple[str, ...]:
    """Return the ids of the places that its exceptions name, but for the customers'."""
    said = (one for one in fact.exceptions if one.term not in _OF_CUSTOMERS)
    return _places_of(said)


def _chosen(fact: Statement) -> tuple[str, ...]:
    """Return the ids of the places that somebody has to choose for the statement to hold."""
    return _places_of(c for c in fact.conditions if c.term is Term.CHOSE and not c.negated)


def _customers(fact: Statement) -> tuple[str, ...]:
    """Return the ids of the places whose customers alone it is said of."""
    signed = (one for one in fact.conditions if one.term is Term.SIGNED_UP)
    others = _places_of((*(one for one in fact.conditions if one.negated), *fact.exceptions))
    every = dict.fromkeys((*fact.at(PlaceRole.CUSTOMER), *_places_of(signed)))
    return tuple(id_ for id_ in every if id_ not in others)


def _places_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for one in conditions for id_ in one.places))


def _says(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether a text has one of some phrases in whole words."""
    said = f" {' '.join(_words(text))} "
    return any(f" {phrase} " in said for phrase in phrases)


def _words(text: str) -> list[str]:
    bare = (word.strip(punctuation) for word in text.casefold().split())
    return [word for word in bare if word]
