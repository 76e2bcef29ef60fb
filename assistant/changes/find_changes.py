"""Two editions to their changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from assistant.changes.pairing import Pair, paired, renamed_sections
from assistant.changes.remarks import remarks
from assistant.changes.signs import Signs, signs_of
from assistant.changes.telling_sentences import tells
from assistant.changes.types import (
    Aspect,
    ChangeKind,
    Changes,
    Difference,
    Edition,
    Passage,
    StatementChange,
)
from assistant.changes.what_differs import Named, differences
from corpus.places import Gazetteer
from corpus.types import BlockKind

_BY_ITSELF = frozenset({Aspect.PLACE, Aspect.DURATION})
"""Aspects that make a statement of a passage that none was read from."""


def find_changes(old: Edition, new: Edition, gazetteer: Gazetteer) -> Changes:
    """Return what became of each passage that is not there unchanged."""
    found = paired(old.passages, new.passages)
    comparison = _Comparison(old, new, gazetteer)
    changes = [
        *comparison.of_pairs(found.pairs),
        *(comparison.removed(old.passages[i]) for i in found.removed),
        *(comparison.added(new.passages[j]) for j in found.added),
    ]
    changes.sort(key=lambda one: (-one.severity, _place(one)))
    told = remarks(old, new, common=sum(len(pair.old) for pair in found.pairs))
    return Changes(old, new, tuple(changes), told)


def change_of(
    old: Edition, new: Edition, pair: Pair, gazetteer: Gazetteer
) -> StatementChange | None:
    """Return what became of passages that are paired already; None where they are the same."""
    return next(_Comparison(old, new, gazetteer).of_pairs((pair,)), None)


def _place(change: StatementChange) -> int:
    return (change.new or change.old)[0].span.start


class _Comparison:
    """The passages of two editions while they are compared."""

    def __init__(self, old: Edition, new: Edition, gazetteer: Gazetteer) -> None:
        self._old, self._new, self._gazetteer = old.passages, new.passages, gazetteer
        self._speaker = (*old.speaker, *new.speaker)

    def removed(self, one: Passage) -> StatementChange:
        """Return a passage of the older edition alone as a change."""
        return StatementChange(
            ChangeKind.REMOVED if self._states(one) else ChangeKind.TEXT, (one,), ()
        )

    def added(self, one: Passage) -> StatementChange:
        """Return a passage of the newer edition alone as a change."""
        return StatementChange(
            ChangeKind.ADDED if self._states(one) else ChangeKind.TEXT, (), (one,)
        )

    def of_pairs(self, pairs: Sequence[Pair]) -> Iterator[StatementChange]:
        """Yield what became of passages that are in both editions."""
        renamed = renamed_sections(
            (self._old[p.old[0]].section, self._new[p.new[0]].section) for p in pairs
        )
        moved_within = _out_of_order(pairs, self._old, self._new, renamed)
        for pair in pairs:
            old = tuple(self._old[i] for i in pair.old)
            new = tuple(self._new[j] for j in pair.new)
            if pair.exact:
                there = renamed.get(old[0].section, old[0].section) == new[0].section
                change = self._same_words(old, new, there=there, out=pair in moved_within)
            else:
                change = self._other_words(old, new)
            if change is not None:
                yield change

    def _same_words(
        self, old: tuple[Passage, ...], new: tuple[Passage, ...], *, there: bool, out: bool
    ) -> StatementChange | None:
        if not there and old[0].kind is not None:
            return self._moved(old, new)
        if (old[0].text, old[0].written) != (new[0].text, new[0].written):
            return StatementChange(self._if_stated(ChangeKind.WORDING, old, new), old, new)
        return StatementChange(ChangeKind.REORDERED, old, new) if out else None

    def _moved(self, old: tuple[Passage, ...], new: tuple[Passage, ...]) -> StatementChange:
        """Return a passage of another section; below another place it says something else."""
        if not any(map(self._states, (*old, *new))):
            return StatementChange(ChangeKind.TEXT, old, new)
        before, after = (
            {one.key: one.said for one in self._signs(" > ".join(side[0].section)).places}
            for side in (old, new)
        )
        if before and after and before.keys().isdisjoint(after):
            placed = Difference(Aspect.PLACE, ", ".join(before.values()), ", ".join(after.values()))
            return StatementChange(ChangeKind.CHANGED, old, new, (placed,))
        return StatementChange(ChangeKind.MOVED, old, new)

    def _other_words(self, old: tuple[Passage, ...], new: tuple[Passage, ...]) -> StatementChange:
        facts = (one for passage in (*old, *new) for one in passage.statements)
        named = Named.by(facts, self._speaker)
        found = differences(self._signs(_text(old)), self._signs(_text(new)), named)
        if not found:
            return StatementChange(self._if_stated(ChangeKind.WORDING, old, new), old, new)
        stated = any(map(self._states, (*old, *new))) or any(
            one.aspect in _BY_ITSELF for one in found
        )
        kind = ChangeKind.CHANGED if stated else ChangeKind.TEXT
        return StatementChange(kind, old, new, found)

    def _if_stated(
        self, kind: ChangeKind, old: tuple[Passage, ...], new: tuple[Passage, ...]
    ) -> ChangeKind:
        return kind if any(map(self._states, (*old, *new))) else ChangeKind.TEXT

    def _states(self, one: Passage) -> bool:
        """Tell whether a passage states something: as was read from it, or by what it names."""
        if one.statements or one.in_set:
            return True
        if one.kind in (None, BlockKind.CODE, BlockKind.FIELD):
            return False
        if tells(one.text):
            return True
        signs = self._signs(one.text)
        return any(sign.aspect in _BY_ITSELF for sign in (*signs.places, *signs.amounts))

    def _signs(self, text: str) -> Signs:
        return signs_of(text, self._gazetteer)


def _text(passages: Iterable[Passage]) -> str:
    return " ".join(one.text for one in passages)


def _out_of_order(
    pairs: Sequence[Pair], old: Sequence[Passage], new: Sequence[Passage],
    renamed: dict[tuple[str, ...], tuple[str, ...]],
) -> frozenset[Pair]:  # fmt: skip
    """Return the fewest pairs without which all others of their sections are in one order."""
    by_section: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        section = old[pair.old[0]].section
        if renamed.get(section, section) == new[pair.new[0]].section:
            by_section.setdefault(section, []).append(pair)
    kept = {pair for group in by_section.values() for pair in _longest_rising(group)}
    return frozenset(pair for group in by_section.values() for pair in group if pair not in kept)


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of pairs, in order of the older edition, that rises in the newer."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, pair in enumerate(pairs):
        place = bisect_left(ends, pair.new[0])
        if place == len(ends):
            ends.append(pair.new[0])
            at.append(number)
        else:
            ends[place], at[place] = pair.new[0], number
        before.append(at[place - 1] if place else -1)
    found, number = [], at[-1] if at else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
