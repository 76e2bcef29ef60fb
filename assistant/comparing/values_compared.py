"""The places and periods that two sides name, by kind of statement: in both, or in one alone; of
two places, the documents that say something of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from assistant.comparing.types import Side, Valued, ValuesCompared
from assistant.verification.reading.values import values
from corpus.facts.types import PlaceRole, Statement, StatementKind
from corpus.places import Gazetteer

_PLACED = (
    StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED,
    StatementKind.RETAINED, StatementKind.DETERMINED_BY, StatementKind.COMMITMENT,
    StatementKind.EXCLUDED, StatementKind.NOT_SUPPORTED, StatementKind.MEMBER,
)  # fmt: skip
_AT_REST = frozenset({PlaceRole.RESTS, PlaceRole.CHOICE})
_ON_ITS_WAY = frozenset({PlaceRole.GOES_TO, PlaceRole.COMES_FROM, PlaceRole.LEFT_OUT})
_ROLES = {
    StatementKind.STORED: _AT_REST,
    StatementKind.RETAINED: _AT_REST,
    StatementKind.PROCESSED: frozenset({PlaceRole.PROCESSED, PlaceRole.CHOICE}),
    StatementKind.REPLICATED: _ON_ITS_WAY | _AT_REST,
    StatementKind.MOVED: _ON_ITS_WAY,
}
"""What a place has to do with a statement of a kind for it to be what that kind says; of the other
kinds anything but a customer's or a company's own place.
"""
_ASIDE = frozenset({PlaceRole.CUSTOMER, PlaceRole.SEAT})
_OF_TIME = frozenset({"second", "month", "workday"})
_SHORTEST = 3_600
"""Seconds of the shortest time that data is kept for; a shorter one says how finely it is."""
_Named = Callable[[Statement], Iterable[tuple[str, str]]]


def values_compared(first: Side, second: Side, gazetteer: Gazetteer) -> tuple[ValuesCompared, ...]:
    """Return what places each kind of statement names, and how long things are kept; of two places
    which documents say something of that kind of each.
    """
    kinds = [(kind, denied) for kind in _PLACED for denied in (False, True)]
    if first.place is not None and second.place is not None:
        found = [_compared(kind, denied, "documents", _source, first, second)
                 for kind, denied in kinds]  # fmt: skip
        return tuple(one for one in found if one.values)

    def places(fact: Statement) -> Iterator[tuple[str, str]]:
        names = dict.fromkeys(gazetteer.place(one).name for one in _said_places(fact))
        return ((name, name) for name in names)

    found = [_compared(kind, denied, "places", places, first, second) for kind, denied in kinds]
    kept = _compared(StatementKind.RETAINED, False, "periods", _periods, first, second)
    return tuple(one for one in chain(found, (kept,)) if one.values)


def _said_places(fact: Statement) -> Iterator[str]:
    """Return the places that a statement says its kind of: not where data rests for "moved".

    Where none is read so, those that it names without a role.
    """
    wanted = _ROLES.get(fact.kind)
    if wanted is None:
        return (one.place for one in fact.places if one.role not in _ASIDE)
    said = [one.place for one in fact.places if one.role in wanted]
    return iter(said or [one.place for one in fact.places if one.role is PlaceRole.NAMED])


def _source(fact: Statement) -> Iterator[tuple[str, str]]:
    yield fact.document, fact.document


def _periods(fact: Statement) -> Iterator[tuple[str, str]]:
    for value in values(fact.value):
        short = value.unit == "second" and float(value.amount) < _SHORTEST
        if value.unit in _OF_TIME and not short:
            yield f"{value.amount} {value.unit}", value.written


def _compared(
    kind: StatementKind, denied: bool, what: str, named: _Named, first: Side, second: Side
) -> ValuesCompared:
    mine, theirs = (_by_value(side, kind, denied, named) for side in (first, second))
    names = {key: name for found in (mine, theirs) for key, (name, _) in found.items()}
    return ValuesCompared(
        kind,
        denied,
        what,
        tuple(
            Valued(name, _facts(mine, key), _facts(theirs, key))
            for key, name in sorted(names.items(), key=lambda one: one[1])
        ),
    )


def _facts(found: dict[str, tuple[str, list[Statement]]], key: str) -> tuple[Statement, ...]:
    return tuple(found[key][1]) if key in found else ()


def _by_value(
    side: Side, kind: StatementKind, denied: bool, named: _Named
) -> dict[str, tuple[str, list[Statement]]]:
    found: dict[str, tuple[str, list[Statement]]] = {}
    for fact in side.statements:
        if fact.kind is kind and fact.negated is denied:
            for key, name in named(fact):
                found.setdefault(key, (name, []))[1].append(fact)
    return found
