"""The statements of two sides, laid beside each other by kind, by what they are about.

Two statements are about one thing where they share the words that are neither names of the sides
nor places, numbers or dates, or where they say the same kind of thing of the same data. Each is
held against those alone that share one of its rarer words, so that the work grows with their
number.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.changes.signs import Signs, signs_of
from assistant.changes.types import Aspect
from assistant.changes.what_differs import Named, differences
from assistant.changes.word_pairs import is_light
from assistant.comparing.types import ComparedRow, Comparison, Side, Standing
from assistant.comparing.values_compared import values_compared
from assistant.verification.reading.words import concepts, stem
from corpus.facts.types import Statement, StatementKind
from corpus.language.terms import WORD
from corpus.places import Gazetteer

_ABOUT_ONE = 0.5
"""Share of their words, weighed, that two statements about one thing have in common, with
`_SAME_DATA` where it is of the same data."""
_LEAST_WORDS = 0.3
"""The least that the words alone have in common."""
_SAME_DATA = 0.3
"""What the same category of data adds."""
_MOST_FOR_A_WORD = 60
_MOST_WEIGHED = 16
_WEIGHTY = frozenset(
    {Aspect.PLACE, Aspect.DURATION, Aspect.DATE, Aspect.NUMBER, Aspect.NEGATION, Aspect.EXTENT,
     Aspect.CONDITION, Aspect.STATUS, Aspect.MODALITY}
)  # fmt: skip
"""In what two statements about one thing differ; two documents never use the same words."""
_ORDER = {kind: at for at, kind in enumerate(StatementKind)}
_STANDINGS = {one: at for at, one in enumerate(Standing)}
_NAMELESS = "it"
"""What stands where a side is named."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A statement as it is held against those of the other side."""

    fact: Statement
    signs: Signs
    words: frozenset[str]
    """Stems of what it is about."""
    data: frozenset[str]


def compare_sides(first: Side, second: Side, gazetteer: Gazetteer) -> Comparison:
    """Return what two sides say, each statement of each side in one row."""
    mine, theirs = _stated(first, gazetteer), _stated(second, gazetteer)
    pairs = _paired(mine, theirs)
    taken = {id(other) for other in pairs.values()}
    rows = [
        *(_together(mine[at], other) for at, other in pairs.items()),
        *(
            ComparedRow(one.fact.kind, Standing.FIRST, one.fact, None)
            for at, one in enumerate(mine) if at not in pairs
        ),
        *(
            ComparedRow(one.fact.kind, Standing.SECOND, None, one.fact)
            for one in theirs if id(one) not in taken
        ),
    ]  # fmt: skip
    rows.sort(key=lambda row: (_ORDER[row.kind], _STANDINGS[row.standing], _place(row)))
    return Comparison(first, second, tuple(rows), values_compared(first, second, gazetteer))


def _place(row: ComparedRow) -> tuple[str, int]:
    fact = row.first or row.second
    return (fact.document, fact.span.start) if fact else ("", 0)


def _together(one: _Stated, other: _Stated) -> ComparedRow:
    if one.fact.id == other.fact.id:
        return ComparedRow(one.fact.kind, Standing.ALIKE, one.fact, other.fact)
    named = Named.by((one.fact, other.fact))
    found = tuple(
        each for each in differences(one.signs, other.signs, named) if each.aspect in _WEIGHTY
    )
    standing = Standing.DIFFERS if found else Standing.ALIKE
    return ComparedRow(one.fact.kind, standing, one.fact, other.fact, found)


def _stated(side: Side, gazetteer: Gazetteer) -> list[_Stated]:
    """Return the statements of a side, each sentence of a kind once."""
    name = _pattern(side.called)
    found: dict[tuple[StatementKind, str], _Stated] = {}
    for fact in side.statements:
        text = fact.said or fact.value
        signs = signs_of(name.sub(_NAMELESS, text) if name else text, gazetteer)
        words = frozenset(word.stem for word in signs.words if not is_light(word))
        data = frozenset(
            concept
            for said in fact.data
            for match in WORD.finditer(said)
            for concept in concepts(match.group())
            if not concept.startswith("~") and concept != stem("data")
        )
        found.setdefault((fact.kind, text), _Stated(fact, signs, words, data))
    return list(found.values())


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not longest:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def _paired(mine: Sequence[_Stated], theirs: Sequence[_Stated]) -> dict[int, _Stated]:
    """Return, by index, which statement of the other side is about the same thing."""
    weights = _Weights((*mine, *theirs))
    scored = [
        (score, at, number)
        for at, number in _candidates(mine, theirs)
        if (score := weights.shared(mine[at], theirs[number])) >= _ABOUT_ONE
    ]
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    # What names both sides is one statement of both.
    same = {one.fact.id: number for number, one in enumerate(theirs)}
    common = {at: same[one.fact.id] for at, one in enumerate(mine) if one.fact.id in same}
    found = {at: theirs[number] for at, number in common.items()}
    taken = set(common.values())
    for _, at, number in scored:
        if at not in found and number not in taken:
            found[at] = theirs[number]
            taken.add(number)
    return found


def _candidates(mine: Sequence[_Stated], theirs: Sequence[_Stated]) -> Iterator[tuple[int, int]]:
    having: dict[tuple[StatementKind, str], list[int]] = defaultdict(list)
    for number, one in enumerate(theirs):
        for word in one.words | one.data:
            having[one.fact.kind, word].append(number)
    for at, one in enumerate(mine):
        found: Counter[int] = Counter()
        for word in one.words | one.data:
            among = having.get((one.fact.kind, word), ())
            if len(among) <= _MOST_FOR_A_WORD:
                found.update(among)
        yield from ((at, number) for number, _ in found.most_common(_MOST_WEIGHED))


class _Weights:
    """What words weigh: the rarer among the statements, the more."""

    def __init__(self, every: Sequence[_Stated]) -> None:
        self._count: Counter[str] = Counter(word for one in every for word in one.words)
        self._of_all = max(1, len(every))

    def shared(self, one: _Stated, other: _Stated) -> float:
        """Return how much two statements are about one thing."""
        every = self._of(one.words) + self._of(other.words)
        score = 2 * self._of(one.words & other.words) / every if every else 0.0
        if score < _LEAST_WORDS:
            return 0.0
        return score + (_SAME_DATA if one.data & other.data else 0.0)

    def _of(self, words: Iterable[str]) -> float:
        return sum(math.log(2 + self._of_all / (1 + self._count[word])) for word in words)
