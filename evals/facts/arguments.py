"""How far the arguments of agreed statements are right: roles of places, conditions, data, sets.

All but `misfiled` looks at pairs alone, a gold row and the statement that agrees with it best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.facts.types import Openness, PlacedAt, PlaceRole, Statement
from evals.facts.gold import GoldStatement
from evals.facts.headline import Counts
from evals.facts.matching import Comparison, NamedPlace, Pair, Places, Row, word_overlap

LEAST_OVERLAP = 0.5
"""Share of words that two conditions have in common when they are the same."""
NONE = "none"
"""What is shown for an argument that is not there."""
_DATA_ROLES = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An argument that is not as people read it."""

    document: str
    quote: str
    wanted: str
    given: str


@dataclass(slots=True)
class ArgumentScore:
    """Figures of one argument."""

    groups: dict[str, Counts] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of what people read and what is given, where an argument is one of a few."""
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def total(self) -> Counts:
        """Sum over the groups."""
        return sum(self.groups.values(), Counts())

    def add(self, group: str, counts: Counts) -> None:
        """Count within a group."""
        self.groups[group] = self.groups.get(group, Counts()) + counts

    def choose(self, document: str, quote: str, wanted: str, given: str) -> None:
        """Count an argument that is one of a few; NONE stands for no argument."""
        self.confusion[wanted, given] += 1
        right = int(wanted == given)
        if wanted != NONE:
            self.add(wanted, Counts(gold=1, found=right))
        if given != NONE:
            self.add(given, Counts(given=1, right=right))
        if not right:
            self.disagreements.append(Disagreement(document, quote, wanted, given))


@dataclass(frozen=True, slots=True)
class Misfiled:
    """Places without data that are given as places of data, over all statements."""

    named: int
    """Places that people read as such."""
    misfiled: int
    disagreements: tuple[Disagreement, ...]


def place_roles(compared: Comparison) -> ArgumentScore:
    """Compare what each place of a gold row has to do with what is said."""
    score = ArgumentScore()
    for pair in compared.pairs:
        gold = pair.row.gold
        for name, place in zip(gold.places, pair.row.places, strict=True):
            if place.role is None or not place.inner:
                continue
            given = [one.role.value for one in _given(pair.statement, place, compared.places)]
            wanted = place.role.value
            read = wanted if wanted in given else next(iter(given), NONE)
            score.choose(gold.document, f"{name}: {gold.quote}", wanted, read)
    return score


def _given(statement: Statement, place: NamedPlace, places: Places) -> list[PlacedAt]:
    """Return what a statement says of a place, else of those around and within it."""
    same = [one for one in statement.places if one.place in place.inner]
    return same or [
        one
        for one in statement.places
        if any(places.related(one.place, id_) for id_ in place.inner)
    ]


def misfiled_seats(compared: Comparison) -> Misfiled:
    """Count seats of companies that any statement gives as a place of data."""
    return _misfiled(compared, lambda row: _of_role(row, PlaceRole.SEAT))


def misfiled_customers(compared: Comparison) -> Misfiled:
    """Count customers' places, conditions' among them, that are given as places of data."""

    def of_customers(row: Row) -> Iterator[NamedPlace]:
        yield from _of_role(row, PlaceRole.CUSTOMER)
        for text in row.gold.conditions:
            yield compared.places.named(text, row.gold.document, PlaceRole.CUSTOMER)

    return _misfiled(compared, of_customers)


def _of_role(row: Row, role: PlaceRole) -> Iterator[NamedPlace]:
    return (place for place in row.places if place.role is role)


def _misfiled(compared: Comparison, aside: Callable[[Row], Iterable[NamedPlace]]) -> Misfiled:
    named, wrong = 0, []
    for document, rows in compared.rows_of.items():
        statements = compared.statements_of.get(document, [])
        for row in rows:
            for id_ in sorted(_without_data(row, rows, aside(row), compared.places)):
                named += 1
                given = next(_filed(row, statements, id_), None)
                if given:
                    told = f"{compared.places.name(id_)} {given.role.value}"
                    wrong.append(Disagreement(document, row.gold.quote, "no place of data", told))
    return Misfiled(named, len(wrong), tuple(wrong))


def _without_data(
    row: Row, rows: Sequence[Row], aside: Iterable[NamedPlace], places: Places
) -> set[str]:
    """Return places of a row that no row of the same passage gives as a place of data."""
    ids = {id_ for place in aside for id_ in place.inner}
    if not ids:
        return ids
    data = {
        id_
        for other in rows
        if any(row.overlaps(span) for span in other.spans)
        for place in other.places
        if place.role is None or place.role in _DATA_ROLES
        for id_ in place.ids
    }
    return {id_ for id_ in ids if not any(places.related(id_, other) for other in data)}


def _filed(row: Row, statements: Iterable[Statement], id_: str) -> Iterator[PlacedAt]:
    for statement in statements:
        if row.overlaps(statement.span):
            for place in statement.places:
                if place.place == id_ and place.role in _DATA_ROLES:
                    yield place


def conditions(compared: Comparison) -> ArgumentScore:
    """Compare what must hold, by the words."""
    return _texts(compared.pairs, lambda g: g.conditions, lambda s: s.conditions_said)


def exceptions(compared: Comparison) -> ArgumentScore:
    """Compare what statements do not hold for, by the words."""
    return _texts(compared.pairs, lambda g: g.exceptions, lambda s: s.exceptions_said)


def data(compared: Comparison) -> ArgumentScore:
    """Compare categories of data, by the words."""
    return _texts(compared.pairs, lambda g: g.data, lambda s: s.data)


def _texts(
    pairs: Iterable[Pair],
    wanted_of: Callable[[GoldStatement], Sequence[str]],
    given_of: Callable[[Statement], Sequence[str]],
) -> ArgumentScore:
    score = ArgumentScore()
    for pair in pairs:
        gold = pair.row.gold
        wanted, given = wanted_of(gold), given_of(pair.statement)
        same = same_texts(wanted, given)
        score.add(
            gold.kind.value,
            Counts(len(wanted), len(same), len(given), len(same)),
        )
        missed = [one for at, one in enumerate(wanted) if at not in same]
        extra = [one for at, one in enumerate(given) if at not in same.values()]
        if missed or extra:
            told = Disagreement(gold.document, gold.quote, "; ".join(missed), "; ".join(extra))
            score.disagreements.append(told)
    return score


def same_texts(wanted: Sequence[str], given: Sequence[str]) -> dict[int, int]:
    """Return which of the given texts is which of the wanted, each once, the nearest first."""
    near = sorted(
        (
            (-overlap, at, other)
            for at, one in enumerate(wanted)
            for other, text in enumerate(given)
            if (overlap := word_overlap(one, text)) >= LEAST_OVERLAP
        )
    )
    same: dict[int, int] = {}
    for _, at, other in near:
        if at not in same and other not in same.values():
            same[at] = other
    return same


def statuses(compared: Comparison) -> ArgumentScore:
    """Compare how long what is said is meant to hold."""
    score = ArgumentScore()
    for pair in compared.pairs:
        gold = pair.row.gold
        score.choose(gold.document, gold.quote, gold.status.value, pair.statement.status.value)
    return score


def openness(compared: Comparison) -> ArgumentScore:
    """Compare which statements belong to a list that is whole, and which to one that is not."""
    score = ArgumentScore()
    for pair in compared.pairs:
        gold, member = pair.row.gold, pair.statement.member
        told = member is not None and member.openness is not Openness.UNKNOWN
        read = member.openness.value if member and told else NONE
        if gold.openness is not None and (gold.openness, read) != ("", NONE):
            score.choose(gold.document, gold.quote, gold.openness or NONE, read)
    return score


def records(compared: Comparison) -> ArgumentScore:
    """Compare which neighbours are said of one row or one label-value group.

    What one sentence says belongs together by itself.
    """
    return _links(
        compared,
        lambda gold: gold.record,
        lambda one, other: (
            one.span == other.span or (_record(one) is not None and _record(one) == _record(other))
        ),
    )


def _record(statement: Statement) -> tuple[str, str] | None:
    member = statement.member
    return (member.id, member.record) if member and member.record else None


def sets(compared: Comparison) -> ArgumentScore:
    """Compare which neighbours are members of one list or table.

    People say of a row whether its list is whole, not which list it is: neighbours of one such
    word, with no row between them that is in no list, are taken for members of one.
    """
    return _links(
        compared,
        lambda gold: gold.openness,
        lambda one, other: (
            one.member is not None and other.member is not None and one.member.id == other.member.id
        ),
    )


def _links(
    compared: Comparison,
    wanted: Callable[[GoldStatement], str | None],
    given: Callable[[Statement, Statement], bool],
) -> ArgumentScore:
    """Score each row that was found with the next one: do the two belong together?"""
    score = ArgumentScore()
    chosen = {id(pair.row): pair.statement for pair in compared.pairs}
    for document, rows in compared.rows_of.items():
        known = (row for row in rows if row.spans and wanted(row.gold) is not None)
        ordered = sorted(known, key=lambda row: row.spans[0])
        agreed = [at for at, row in enumerate(ordered) if id(row) in chosen]
        for at, then in pairwise(agreed):
            one, other = ordered[at], ordered[then]
            first, second = chosen[id(one)], chosen[id(other)]
            if first is second:
                continue
            names = {wanted(row.gold) for row in ordered[at : then + 1]}
            gold, read = len(names) == 1 and "" not in names, given(first, second)
            both = int(gold and read)
            score.add(document, Counts(int(gold), both, int(read), both))
            if gold != read:
                told = ("apart", "together")
                quote = f"{one.gold.quote} | {other.gold.quote}"
                score.disagreements.append(Disagreement(document, quote, told[gold], told[read]))
    return score
