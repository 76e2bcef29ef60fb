"""The passages of two sides, laid beside each other by kind, by what they are about.

Two passages are about one thing where they share the words that are neither names of the sides nor
places, numbers or dates, or where they say the same kind of thing of the same data. Each is held
against those alone that share one of its rarer words, so that the work grows with their number. Of
two places, lines of one list or table are about one thing: what it says of each.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.changes.signs import Signs, signs_of
from assistant.changes.what_differs import Named, differences
from assistant.changes.word_pairs import is_light, is_of_field
from assistant.comparing.alike import WEIGHTY
from assistant.comparing.cells import main_kind
from assistant.comparing.types import Cell, ComparedRow, Comparison, Side, Standing
from assistant.comparing.values_compared import values_compared
from assistant.verification.reading.words import concepts, stem
from corpus.facts.types import StatementKind
from corpus.language.terms import WORD
from corpus.places import Gazetteer, PlaceKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ABOUT_ONE = 0.5
"""Share of their words, weighed, that two passages about one thing have in common, with
`_SAME_DATA` where it is of the same data."""
_LEAST_WORDS = 0.3
"""The least that the words alone have in common."""
_LEAST_TELLING = 2
"""Words in common that are not those of the field, which every page says."""
_SAME_WORDS = 0.8
"""Share of words in common from which on they may be of the field alone: "kept for 90 days"."""
_SAME_DATA = 0.2
"""What the same category of data adds."""
_FEW_LINES = 2
"""Lines of one list about each of two places that are laid beside each other in their order."""
_MOST_FOR_A_WORD = 60
_MOST_WEIGHED = 16
_ORDER = {kind: at for at, kind in enumerate(StatementKind)}
_NEAR = 0.66
"""Likeness of the vectors of two passages about one thing; below it other things of the same kind
come in."""
_NEAR_OF_FEW, _FEW = 0.55, 3
"""The same where neither side has more than so many passages of a kind that is one matter."""
_OF_ONE_MATTER = frozenset({StatementKind.REPLICATED, StatementKind.RETAINED})
_OF_DATA = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED,
     StatementKind.RETAINED, StatementKind.DETERMINED_BY, StatementKind.COMMITMENT,
     StatementKind.EXCLUDED}
)  # fmt: skip
_STANDINGS = {one: at for at, one in enumerate(Standing)}
_NAMELESS = "it"
"""What stands where a side is named."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A passage as it is held against those of the other side."""

    cell: Cell
    bare: str
    """Its text without the names of its side."""
    signs: Signs
    words: frozenset[str]
    """Stems of what it is about."""
    telling: frozenset[str]
    """Those that are not words of the field."""
    data: frozenset[str]


Vector = Callable[[str], "NDArray[Any]"]
"""The vector of a text, as the encoder gives it."""


def compare_sides(
    first: Side, second: Side, gazetteer: Gazetteer, vector: Vector | None = None
) -> Comparison:
    """Return what two sides say, each passage of each side in one row.

    With `vector`, passages that mean nearly the same in other words are laid beside each other too.
    """
    mine, theirs = _stated(first, gazetteer), _stated(second, gazetteer)
    of_places = first.place is not None and second.place is not None
    pairs = _same(mine, theirs)
    lines = _lines(mine, first), _lines(theirs, second)
    pairs |= _in_one_set(mine, theirs, pairs, lines) if of_places else _paired(mine, theirs, pairs)
    meant = _near(mine, theirs, pairs, vector) if vector is not None and not of_places else {}
    pairs |= meant
    taken = set(pairs.values())
    rows = [
        *(
            _together(mine[at], theirs[number], by_meaning=at in meant)
            for at, number in pairs.items()
        ),
        *(
            ComparedRow(main_kind(one.cell), Standing.FIRST, one.cell, None)
            for at, one in enumerate(mine) if at not in pairs
        ),
        *(
            ComparedRow(main_kind(one.cell), Standing.SECOND, None, one.cell)
            for number, one in enumerate(theirs) if number not in taken
        ),
    ]  # fmt: skip
    rows.sort(key=lambda row: (_at(row.kind), _STANDINGS[row.standing], _place(row)))
    return Comparison(first, second, tuple(rows), values_compared(first, second, gazetteer))


def _at(kind: StatementKind | None) -> int:
    return len(_ORDER) if kind is None else _ORDER[kind]


def _place(row: ComparedRow) -> tuple[str, int]:
    cell = row.first or row.second
    return (cell.document, cell.span.start) if cell else ("", 0)


def _together(one: _Stated, other: _Stated, *, by_meaning: bool) -> ComparedRow:
    kind = main_kind(one.cell) or main_kind(other.cell)
    if one.cell.chunk == other.cell.chunk or one.bare == other.bare:
        return ComparedRow(kind, Standing.ALIKE, one.cell, other.cell)
    named = Named.by((*one.cell.statements, *other.cell.statements))
    every = tuple(differences(one.signs, other.signs, named))
    found = tuple(each for each in every if each.aspect in WEIGHTY)
    if one.cell.is_line and other.cell.is_line and _set(one) == _set(other):
        # Two lines of one list say what it says of each: any words that differ tell them apart.
        standing = Standing.DIFFERS if every else Standing.ALIKE
        return ComparedRow(kind, standing, one.cell, other.cell, found or every)
    # Who says it in words of his own says it with a difference.
    standing = Standing.DIFFERS if found or by_meaning else Standing.ALIKE
    return ComparedRow(kind, standing, one.cell, other.cell, found)


def _set(one: _Stated) -> tuple[str, int]:
    return one.cell.document, one.cell.group


def _stated(side: Side, gazetteer: Gazetteer) -> list[_Stated]:
    """Return the passages of a side, each wording below a heading once."""
    name = _pattern(side.called)
    found: dict[tuple[str, str, tuple[str, ...]], _Stated] = {}
    for cell in side.cells:
        bare = name.sub(_NAMELESS, cell.text) if name else cell.text
        signs = signs_of(bare, gazetteer)
        kept = [word for word in signs.words if not is_light(word)]
        data = frozenset(
            concept
            for fact in cell.statements
            for said in fact.data
            for match in WORD.finditer(said)
            for concept in concepts(match.group())
            if not concept.startswith("~") and concept != stem("data")
        )
        telling = frozenset(word.stem for word in kept if not is_of_field(word))
        words = frozenset(word.stem for word in kept)
        found.setdefault(
            (cell.document, cell.text, cell.path), _Stated(cell, bare, signs, words, telling, data)
        )
    return list(found.values())


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not longest:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def _same(mine: Sequence[_Stated], theirs: Sequence[_Stated]) -> dict[int, int]:
    """Return, by index, which passages are one: what names both sides is said of both."""
    by_chunk = {one.cell.chunk: number for number, one in enumerate(theirs)}
    fields = {_field(one): number for number, one in enumerate(theirs) if _field(one)}
    found: dict[int, int] = {}
    for at, one in enumerate(mine):
        number = by_chunk.get(one.cell.chunk, fields.get(_field(one)) if _field(one) else None)
        if number is not None and number not in found.values():
            found[at] = number
    return found


def _field(one: _Stated) -> tuple[StatementKind, ...]:
    """Return what the head of a page states in a line, such as its date."""
    return one.cell.kinds if one.cell.is_field else ()


def _lines(some: Sequence[_Stated], side: Side) -> frozenset[int]:
    """Return the lines of lists that tell of a place as a whole: of Europe no line about France."""
    place = side.place
    if place is None:
        return frozenset()
    is_group = place.kind is PlaceKind.GROUP
    return frozenset(
        at for at, one in enumerate(some)
        if one.cell.is_line
        and (not is_group or any(place.id in fact.place_ids for fact in one.cell.statements))
    )  # fmt: skip


def _in_one_set(
    mine: Sequence[_Stated],
    theirs: Sequence[_Stated],
    known: dict[int, int],
    of_whole: tuple[frozenset[int], frozenset[int]],
) -> dict[int, int]:
    """Return the lines of one list or table that tell of one place each, in their order."""
    lines = [
        _by_set(one for one in enumerate(some) if one[0] in own - gone)
        for some, own, gone in (
            (mine, of_whole[0], set(known)), (theirs, of_whole[1], set(known.values()))
        )
    ]  # fmt: skip
    found = {
        at: number
        for key, own in lines[0].items()
        # Of many lines none is the other one's counterpart.
        if len(own) == len(lines[1][key]) or max(len(own), len(lines[1][key])) <= _FEW_LINES
        for at, number in zip(own, lines[1][key], strict=False)
    }
    told = {**known, **found}
    within = (
        (at, number)
        for at, number in _scored(mine, theirs, told)
        if mine[at].cell.document == theirs[number].cell.document
        and not (mine[at].cell.is_line or theirs[number].cell.is_line)
    )
    return found | _greedy(within, told)


def _by_set(some: Iterable[tuple[int, _Stated]]) -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, one in some:
        found[_set(one)].append(at)
    return found


def _paired(
    mine: Sequence[_Stated], theirs: Sequence[_Stated], known: dict[int, int]
) -> dict[int, int]:
    """Return, by index, which passage of the other side is about the same thing."""
    return _greedy(_scored(mine, theirs, known), known)


def _near(
    mine: Sequence[_Stated], theirs: Sequence[_Stated], known: dict[int, int], vector: Vector
) -> dict[int, int]:
    """Return the passages of one kind that mean nearly the same."""
    waiting = [
        {at: one for at, one in enumerate(some) if at not in gone and _of_data(one.cell)}
        for some, gone in ((mine, set(known)), (theirs, set(known.values())))
    ]  # fmt: skip
    counts = [Counter(k for one in some for k in _of_data(one.cell)) for some in (mine, theirs)]
    shared = _of_kinds(waiting[0].values()) & _of_kinds(waiting[1].values())
    vectors = [
        {
            at: _unit(vector(one.cell.text))
            for at, one in some.items()
            if _of_data(one.cell) & shared
        }
        for some in waiting
    ]
    scored = [
        (score, at, number)
        for at, own in vectors[0].items()
        for number, other in vectors[1].items()
        if (kinds := _of_data(mine[at].cell) & _of_data(theirs[number].cell))
        and (score := float(own @ other)) >= _least(kinds, counts)
    ]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    return _greedy(((at, number) for _, at, number in scored), known)


def _of_data(cell: Cell) -> frozenset[StatementKind]:
    return frozenset(cell.kinds) & _OF_DATA


def _of_kinds(some: Iterable[_Stated]) -> frozenset[StatementKind]:
    return frozenset(kind for one in some for kind in _of_data(one.cell))


def _least(kinds: frozenset[StatementKind], counts: Sequence[Counter[StatementKind]]) -> float:
    """Return how alike two passages have to be: less where each side says little of that kind."""
    few = any(
        kind in _OF_ONE_MATTER and all(count[kind] <= _FEW for count in counts) for kind in kinds
    )
    return _NEAR_OF_FEW if few else _NEAR


def _unit(vector: NDArray[Any]) -> NDArray[Any]:
    length = float((vector @ vector) ** 0.5)
    return vector / length if length else vector


def _greedy(scored: Iterable[tuple[int, int]], known: dict[int, int]) -> dict[int, int]:
    taken, found = set(known.values()), dict[int, int]()
    for at, number in scored:
        if at not in known and at not in found and number not in taken:
            found[at] = number
            taken.add(number)
    return found


def _scored(
    mine: Sequence[_Stated], theirs: Sequence[_Stated], known: dict[int, int]
) -> list[tuple[int, int]]:
    """Return the pairs that are about one thing, the likeliest first."""
    weights = _Weights((*mine, *theirs))
    scored = [
        (score, at, number)
        for at, number in _candidates(mine, theirs)
        if at not in known and (score := weights.shared(mine[at], theirs[number])) >= _ABOUT_ONE
    ]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [(at, number) for _, at, number in scored]


def _candidates(mine: Sequence[_Stated], theirs: Sequence[_Stated]) -> Iterator[tuple[int, int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(theirs):
        for word in one.words:
            having[word].append(number)
    for at, one in enumerate(mine):
        found: Counter[int] = Counter()
        for word in one.words:
            among = having.get(word, ())
            if len(among) <= _MOST_FOR_A_WORD:
                found.update(among)
        yield from (
            (at, number) for number, _ in found.most_common(_MOST_WEIGHED)
            if _of_one_kind(one.cell, theirs[number].cell)
        )  # fmt: skip


def _of_one_kind(one: Cell, other: Cell) -> bool:
    """Tell whether two passages state something of one kind, where both state something."""
    if one.is_field or other.is_field:
        return False
    return not one.kinds or not other.kinds or bool(set(one.kinds) & set(other.kinds))


class _Weights:
    """What words weigh: the rarer among the passages, the more."""

    def __init__(self, every: Sequence[_Stated]) -> None:
        self._count: Counter[str] = Counter(word for one in every for word in one.words)
        self._of_all = max(1, len(every))

    def shared(self, one: _Stated, other: _Stated) -> float:
        """Return how much two passages are about one thing."""
        every = self._of(one.words) + self._of(other.words)
        score = 2 * self._of(one.words & other.words) / every if every else 0.0
        told = len(one.telling & other.telling) >= _LEAST_TELLING or score >= _SAME_WORDS
        if score < _LEAST_WORDS or not told:
            return 0.0
        return score + (_SAME_DATA if one.data & other.data else 0.0)

    def _of(self, words: Iterable[str]) -> float:
        return sum(math.log(2 + self._of_all / (1 + self._count[word])) for word in words)
