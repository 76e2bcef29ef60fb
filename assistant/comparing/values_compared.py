"""The places and periods that two sides name, by kind of statement: in both, or in one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from assistant.comparing.types import Side, Valued, ValuesCompared
from assistant.verification.reading.values import values
from corpus.facts.types import Statement, StatementKind
from corpus.places import Gazetteer

_PLACED = (
    StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED,
    StatementKind.RETAINED, StatementKind.DETERMINED_BY, StatementKind.COMMITMENT,
    StatementKind.EXCLUDED, StatementKind.NOT_SUPPORTED,
)  # fmt: skip
_OF_TIME = frozenset({"second", "month", "workday"})
_Named = Callable[[Statement], Iterable[tuple[str, str]]]


def values_compared(first: Side, second: Side, gazetteer: Gazetteer) -> tuple[ValuesCompared, ...]:
    """Return what places each kind of statement names, and how long things are kept."""

    def places(fact: Statement) -> Iterator[tuple[str, str]]:
        return ((id_, gazetteer.place(id_).name) for id_ in fact.place_ids)

    kinds = [(kind, denied) for kind in _PLACED for denied in (False, True)]
    found = [_compared(kind, denied, "places", places, first, second) for kind, denied in kinds]
    kept = _compared(StatementKind.RETAINED, False, "periods", _periods, first, second)
    return tuple(one for one in chain(found, (kept,)) if one.values)


def _periods(fact: Statement) -> Iterator[tuple[str, str]]:
    for value in values(fact.value):
        if value.unit in _OF_TIME:
            yield f"{value.amount} {value.unit} {value.bound}", value.written


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
