"""Which kinds of statement a unit makes, and in which of its propositions or cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.facts.kinds.kind_model import DENIED, KINDS, Scores
from corpus.facts.pointers import points_elsewhere
from corpus.facts.reading_units import Unit
from corpus.facts.types import StatementKind
from corpus.language.foreign import is_foreign
from corpus.language.propositions import Link, Proposition
from corpus.language.word_classes import DEEDS, Deed
from corpus.types import BlockKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = -0.5
"""Log odds from which a kind counts as stated. Documents of the training set that are left out in
turn are told best from -1.1 on, the suite held back from 0 on: in between, where as many statements
are right as are found."""
_POOLED = 0.75
"""Share of a table's mean in the scores of its rows: what its columns say holds for each."""
_FEWEST_ROWS = 3
_NEAR = 0.8
"""Propositions that add at least this share of what the strongest one adds state it too."""
_ALIKE = 3.0
"""How much less a verb of the kind may add than the strongest one: a denial adds little."""
_MOST = 3
"""Propositions of a sentence that state one kind."""
_ROW_HEAD = 0.5
"""What the first cell of a row has to add more than another: it names what the row is about."""
_ASIDE = 0.5
"""What a relative clause has to add more than the clause that it belongs to."""
_DEEDS_OF: dict[StatementKind, tuple[Deed, ...]] = {
    StatementKind.STORED: (Deed.STORE,),
    StatementKind.RETAINED: (Deed.STORE,),
    StatementKind.PROCESSED: (Deed.PROCESS, Deed.ACCESS),
    StatementKind.MOVED: (Deed.MOVE, Deed.LEAVE),
    StatementKind.REPLICATED: (Deed.MOVE,),
    StatementKind.DETERMINED_BY: (Deed.CHOOSE, Deed.ASSIGN),
}
"""What a kind is said with: where a sentence has such a verb, no other of its verbs says it."""
_BESIDE = {
    StatementKind.STORED: StatementKind.PROCESSED, StatementKind.PROCESSED: StatementKind.STORED,
}  # fmt: skip
"""Kinds that are said of one place by two verbs."""
WHOLE = frozenset(
    {StatementKind.MEMBER, StatementKind.STEP, StatementKind.COMMAND, StatementKind.CONTACT,
     StatementKind.DATE, StatementKind.DEFINED, StatementKind.EXCLUDED}
)  # fmt: skip
"""Kinds that are said once in a passage of prose, by all of it."""
DENIALS = frozenset({StatementKind.NOT_SUPPORTED})
"""Kinds that are denials by themselves."""
NEVER_DENIED = frozenset({StatementKind.DEFINED, StatementKind.MEMBER, StatementKind.STEP})


@dataclass(frozen=True, slots=True)
class KindRead:
    """A kind that a unit states."""

    kind: StatementKind
    parts: tuple[int, ...]
    """Numbers of the propositions or cells that state it; empty for the whole unit."""
    score: float
    """Log odds."""
    denied: float
    """Log odds that it is denied, by the words of the unit."""


@dataclass(slots=True)
class _Table:
    """Rows that stand together, while they are read."""

    rows: list[int]
    columns: dict[str, NDArray[Any]]
    """What the cells of a column add on average, by its title."""
    mean: NDArray[Any]


def kinds_read(units: Sequence[Unit], scores: Sequence[Scores]) -> list[tuple[KindRead, ...]]:
    """Return the kinds that each unit states, the surest first."""
    tables = _tables(units, scores)
    return [
        _with_coordinate(unit, tuple(_of_unit(unit, score, tables.get(number))))
        for number, (unit, score) in enumerate(zip(units, scores, strict=True))
    ]


def _with_coordinate(unit: Unit, read: tuple[KindRead, ...]) -> tuple[KindRead, ...]:
    """Add what an item says by the other verb of its lead-in: "stored and processed in: Oslo".

    In sentences of prose each verb is read by itself already.
    """
    known = {one.kind for one in read}
    if unit.led is None or StatementKind.RETAINED in known:
        return read
    said = unit.led.propositions
    for one in read:
        other = _BESIDE.get(one.kind)
        if other is None or other in known:
            continue
        if any(
            DEEDS.get(each.lemma) in _DEEDS_OF[other][:1] and _shares(said, number, one.kind)
            for number, each in enumerate(said)
        ):
            return (*read, KindRead(other, (), one.score, one.denied))
    return read


def _shares(said: Sequence[Proposition], number: int, kind: StatementKind) -> bool:
    """Tell whether a verb is joined to one that says a kind, with the same place behind both."""
    one = said[number]
    places = {oblique.phrase.span for oblique in one.obliques}
    return one.link in (Link.MAIN, Link.COORDINATE) and any(
        DEEDS.get(other.lemma) in _DEEDS_OF[kind][:1]
        and (other.link is Link.COORDINATE or one.link is Link.COORDINATE)
        and (places & {oblique.phrase.span for oblique in other.obliques})
        for at, other in enumerate(said)
        if at != number
    )


def _tables(units: Sequence[Unit], scores: Sequence[Scores]) -> dict[int, _Table]:
    """Return the table of each row, for tables of some rows."""
    grouped: dict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.is_row:
            grouped[unit.chunk.group if unit.chunk.group >= 0 else ~unit.chunk.block].append(number)
    tables = (_table(rows, units, scores) for rows in grouped.values() if len(rows) >= _FEWEST_ROWS)
    return {row: table for table in tables for row in table.rows}


def _table(rows: list[int], units: Sequence[Unit], scores: Sequence[Scores]) -> _Table:
    import numpy as np

    added: dict[str, list[NDArray[Any]]] = defaultdict(list)
    for row in rows:
        for number, part in enumerate(units[row].parts):
            if number < len(scores[row].parts):
                added[part.title].append(scores[row].parts[number])
    mean = np.mean([scores[row].total for row in rows], axis=0)
    return _Table(rows, {title: np.mean(all_, axis=0) for title, all_ in added.items()}, mean)


def _of_unit(unit: Unit, scores: Scores, table: _Table | None) -> Iterator[KindRead]:
    if not unit.parts or unit.parts[-1].text.rstrip().endswith("?"):
        return
    if unit.is_prose and is_foreign(unit.parts[0].text):
        return
    total = scores.total
    if table is not None:
        # What the columns of a table say, each of its rows says.
        total = (1 - _POOLED) * total + _POOLED * table.mean
    denied = float(scores.total[DENIED])
    step = KINDS.index(StatementKind.STEP)
    if _is_ordered_step(unit):
        total = total.copy()
        total[step] = max(float(total[step]), LEAST)
    points = unit.is_prose and points_elsewhere(unit.parts[0].propositions)
    for column in sorted(range(len(KINDS)), key=lambda column: -total[column]):
        if total[column] < LEAST:
            return
        kind = KINDS[column]
        if points and kind is not StatementKind.STEP:
            continue
        parts = _cell(unit, scores, table, column) if unit.is_row else _parts(unit, scores, column)
        yield KindRead(kind, parts, float(total[column]), denied)


def _is_ordered_step(unit: Unit) -> bool:
    """Tell whether a numbered member of a list is an order."""
    said = unit.parts[0].propositions
    return unit.chunk.kind is BlockKind.STEP and unit.first and bool(said) and said[0].imperative


def _cell(unit: Unit, scores: Scores, table: _Table | None, column: int) -> tuple[int, ...]:
    """Return the cell of a row that states a kind: the column that adds most to it."""
    if KINDS[column] is StatementKind.MEMBER or len(unit.parts) < 2:
        return ()
    added = [float(one) for one in scores.parts[:, column]]
    added += [0.0] * (len(unit.parts) - len(added))
    if table is not None:
        for number, part in enumerate(unit.parts):
            mean = table.columns.get(part.title)
            added[number] += float(mean[column]) if mean is not None else 0.0
    added[0] -= _ROW_HEAD
    return (max(range(len(added)), key=added.__getitem__),)


def _parts(unit: Unit, scores: Scores, column: int) -> tuple[int, ...]:
    """Return the propositions of a passage of prose that a kind is stated in.

    What only stands in a condition or a reason is not stated.
    """
    if KINDS[column] in WHOLE or unit.led is not None:
        return ()
    stated = [
        number for number, one in enumerate(unit.parts[0].propositions)
        if one.link is not Link.ADVERBIAL and (one.link is not Link.RELATIVE or one.obliques)
    ]  # fmt: skip
    added = {n: float(scores.parts[n, column]) if n < len(scores.parts) else 0.0 for n in stated}
    for number in added:
        if unit.parts[0].propositions[number].link is Link.RELATIVE:
            added[number] -= _ASIDE
    if not added:
        return (0,)
    doing = {n for n in added if _does(unit, n, KINDS[column])}
    if doing:
        added = {number: one for number, one in added.items() if number in doing}
    best = max(added.values())
    if best <= 0 and not doing:
        return (stated[0],)
    least = best - _ALIKE if doing else best * _NEAR
    near = [number for number, one in added.items() if one >= least]
    return tuple(sorted(sorted(near, key=lambda number: -added[number])[:_MOST]))


def _does(unit: Unit, number: int, kind: StatementKind) -> bool:
    """Tell whether a proposition says a kind by its verb, and not only of something beside it."""
    one = unit.parts[0].propositions[number]
    return one.link is not Link.RELATIVE and DEEDS.get(one.lemma) in _DEEDS_OF.get(kind, ())
