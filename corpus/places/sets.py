"""Sets of places: which of several lie in another, which outside of it, and whether only there.

What is given is closed (all that there is: a table, "the following") or open ("such as"): an open
list may say that something is elsewhere, never that everything is there. Nothing is decided of
places whose relation is not known; they are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.places.gazetteer import Gazetteer
from corpus.places.types import Mention, Place, PlaceKind, Relation

__all__ = [
    "Bound",
    "Constraint",
    "Member",
    "Selected",
    "Verdict",
    "countries_of",
    "kept",
    "nowhere_in",
    "only_in",
    "select",
]

Member = Place | Mention
"""A place, or one as a text names it, which may mean several."""


class Bound(StrEnum):
    """How a constraint bounds where something may be."""

    IN = "in"
    """Wholly in the place."""
    OUTSIDE = "outside"
    """With nothing in the place."""
    OVERLAPS = "overlaps"
    """Partly in it and partly not."""


class Verdict(StrEnum):
    """Whether a statement about a set holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One bound on the members of a set; several together must all hold."""

    bound: Bound
    place: Place


@dataclass(frozen=True, slots=True)
class Selected:
    """The members of a set by whether they keep every constraint."""

    fitting: tuple[Member, ...]
    failing: tuple[Member, ...]
    unknown: tuple[Member, ...]
    """Those of which the sources do not tell, or that mean places with different answers."""


_KEEPS = {
    Bound.IN: {Relation.EQUAL, Relation.INSIDE},
    Bound.OUTSIDE: {Relation.DISJOINT},
    Bound.OVERLAPS: {Relation.OVERLAPS, Relation.CONTAINS},
}


def select(
    members: Iterable[Member],
    constraints: Sequence[Constraint],
    gazetteer: Gazetteer,
    as_of: date | None = None,
) -> Selected:
    """Sort the members by whether they keep every constraint, today or on a day."""
    fitting, failing, unknown = list[Member](), list[Member](), list[Member]()
    for member in members:
        verdicts = {kept(member, one, gazetteer, as_of) for one in constraints}
        if Verdict.NO in verdicts:
            failing.append(member)
        elif Verdict.UNKNOWN in verdicts:
            unknown.append(member)
        else:
            fitting.append(member)
    return Selected(tuple(fitting), tuple(failing), tuple(unknown))


def kept(
    member: Member, constraint: Constraint, gazetteer: Gazetteer, as_of: date | None = None
) -> Verdict:
    """Tell whether a place keeps a constraint; what may mean several, whether all of them do."""
    several = (member.place, *member.others) if isinstance(member, Mention) else (member,)
    verdicts = {_kept(one, constraint, gazetteer, as_of) for one in several}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _kept(
    place: Place, constraint: Constraint, gazetteer: Gazetteer, as_of: date | None
) -> Verdict:
    relation = gazetteer.relation(place, constraint.place, as_of)
    if relation is Relation.UNKNOWN:
        return Verdict.UNKNOWN
    return Verdict.YES if relation in _KEEPS[constraint.bound] else Verdict.NO


def only_in(
    members: Sequence[Member],
    place: Place,
    gazetteer: Gazetteer,
    *,
    closed: bool,
    as_of: date | None = None,
) -> Verdict:
    """Tell whether all of a set lies in a place: of an open set, at most that it does not."""
    return _all_keep(members, Constraint(Bound.IN, place), gazetteer, closed, as_of)


def nowhere_in(
    members: Sequence[Member],
    place: Place,
    gazetteer: Gazetteer,
    *,
    closed: bool,
    as_of: date | None = None,
) -> Verdict:
    """Tell whether nothing of a set lies in a place, nor reaches into it."""
    return _all_keep(members, Constraint(Bound.OUTSIDE, place), gazetteer, closed, as_of)


def _all_keep(
    members: Sequence[Member],
    constraint: Constraint,
    gazetteer: Gazetteer,
    closed: bool,
    as_of: date | None,
) -> Verdict:
    verdicts = {kept(one, constraint, gazetteer, as_of) for one in members}
    if Verdict.NO in verdicts:
        return Verdict.NO
    if not closed or not verdicts or Verdict.UNKNOWN in verdicts:
        return Verdict.UNKNOWN
    return Verdict.YES


def countries_of(
    group: Place,
    gazetteer: Gazetteer,
    without: Iterable[Place] = (),
    as_of: date | None = None,
    *,
    territories: bool = False,
) -> tuple[Place, ...]:
    """Return the countries of a group, those that lie in others left out.

    With `territories`, those with a code of their own that are part of a member come too.
    """
    extent = gazetteer.extent(group, as_of)
    if group.kind is not PlaceKind.GROUP:
        extent = frozenset({group.country} - {""})
    codes = sorted(
        code
        for code in extent
        if "-" not in code
        and (territories or gazetteer.sovereign(code, part=False) not in extent - {code})
    )
    left = [Constraint(Bound.OUTSIDE, one) for one in without]
    places = (gazetteer.place(f"country:{code}") for code in codes)
    return tuple(
        place
        for place in places
        if all(kept(place, one, gazetteer, as_of) is Verdict.YES for one in left)
    )
