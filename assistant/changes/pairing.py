"""Which passage of one edition is which of the other: by their words, by section and neighbours.

Passages with the same words are paired first. The rest are paired by the words that they share,
the rarer the more; a passage is compared with those alone that share one of its rarest words, so
that the work grows with the number of passages.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.changes.types import Passage
from assistant.verification.reading.words import stem
from corpus.language.terms import STOP_WORDS, WORD

_ALIKE = 0.42
"""Share of their words, weighed, that two passages of one section have in common."""
_ALIKE_ELSEWHERE = 0.6
"""The same for passages of different sections."""
_ALIKE_BETWEEN = 0.25
"""The same where nothing else is left between the same two neighbours."""
_SAME_KEY = 0.25
"""What the same first cell, or the same label, adds."""
_NEIGHBOUR = 0.08
"""What a neighbour that is paired with a neighbour adds."""
_TAKEN_OVER = 0.6
"""Share of the words of a passage that a neighbour's partner has more than the neighbour."""
_MOST_FOR_A_WORD = 40
"""Passages that have a word; one that more have tells nothing about which."""
_RAREST = 8
"""Words by which the partners of a passage are looked for."""
_MOST_WEIGHED = 12
"""Candidates of a passage whose words are compared."""
_SIGN = re.compile(r"[^\W_]+(?:[-'’.,:/][^\W_]+)*|[%$€£✓✔✗✘✅❌<>=+≤≥±]")


@dataclass(frozen=True, slots=True)
class Pair:
    """Passages that say together what those of the other edition say, by their indices."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    exact: bool = False
    """They have the same words in the same order."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The passages of two editions, each once."""

    pairs: tuple[Pair, ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def paired(old: Sequence[Passage], new: Sequence[Passage]) -> Paired:
    """Pair the passages of two editions."""
    return _Pairing(old, new).paired()


@lru_cache(maxsize=1 << 15)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words, numbers and signs of a passage; marks between them do not count."""
    plain = text.replace("’", "'").replace("‑", "-").casefold()
    return tuple(found.group() for found in _SIGN.finditer(plain))


@dataclass(slots=True)
class _Pairing:
    old: Sequence[Passage]
    new: Sequence[Passage]
    to_new: dict[int, int] = field(default_factory=dict)
    to_old: dict[int, int] = field(default_factory=dict)
    exact: set[int] = field(default_factory=set)
    """Indices of the older edition whose words are the partner's."""

    def paired(self) -> Paired:
        self._pair_equal()
        renamed = self._sections()
        self._pair_alike(renamed)
        self._pair_between()
        joined_old, joined_new = self._joined()
        pairs = [
            Pair(
                tuple(sorted((i, *joined_old.get(j, ())))),
                tuple(sorted((j, *joined_new.get(i, ())))),
                i in self.exact and j not in joined_old and i not in joined_new,
            )
            for i, j in sorted(self.to_new.items())
        ]
        told = {i for pair in pairs for i in pair.old}
        known = {j for pair in pairs for j in pair.new}
        return Paired(
            tuple(pairs),
            tuple(i for i in range(len(self.old)) if i not in told),
            tuple(j for j in range(len(self.new)) if j not in known),
        )

    # The same words

    def _pair_equal(self) -> None:
        self._pair_by(lambda one: (words_of(one.text) or one.text, one.section, one.kind is None))
        self._pair_by(lambda one: (words_of(one.text) or one.text, one.kind is None))
        self._pair_by(lambda one: words_of(one.text) or one.text)

    def _pair_by(self, key: Callable[[Passage], object]) -> None:
        waiting: dict[object, list[int]] = defaultdict(list)
        for j in reversed(range(len(self.new))):
            if j not in self.to_old:
                waiting[key(self.new[j])].append(j)
        for i, one in enumerate(self.old):
            if i not in self.to_new and (found := waiting.get(key(one))):
                self._take(i, found.pop())
                self.exact.add(i)

    def _take(self, i: int, j: int) -> None:
        self.to_new[i] = j
        self.to_old[j] = i

    def _sections(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return renamed_sections(
            (self.old[i].section, self.new[j].section) for i, j in self.to_new.items()
        )

    # Shared words

    def _pair_alike(self, renamed: dict[tuple[str, ...], tuple[str, ...]]) -> None:
        left = [i for i in range(len(self.old)) if i not in self.to_new]
        come = [j for j in range(len(self.new)) if j not in self.to_old]
        if not left or not come:
            return
        weights = _Weights((*self.old, *self.new))
        scored = [
            (score, i, j)
            for i, j in self._candidates(left, come, weights)
            if (score := self._score(i, j, renamed, weights)) > 0
        ]
        # Of equals the one that keeps the order.
        scored.sort(key=lambda one: (-one[0], abs(self._rank(one[1], one[2])), one[1], one[2]))
        for _, i, j in scored:
            if i not in self.to_new and j not in self.to_old:
                self._take(i, j)

    def _rank(self, i: int, j: int) -> float:
        return i / max(1, len(self.old)) - j / max(1, len(self.new))

    def _candidates(
        self, left: Iterable[int], come: Iterable[int], weights: _Weights
    ) -> Iterator[tuple[int, int]]:
        having: dict[object, list[int]] = defaultdict(list)
        for j in come:
            for word in self._sought(self.new[j], weights, None):
                having[word].append(j)
        for i in left:
            found: Counter[int] = Counter()
            for word in self._sought(self.old[i], weights, _RAREST):
                among = having.get(word, ())
                if len(among) <= _MOST_FOR_A_WORD:
                    found.update(dict.fromkeys(among, 1))
            for j, _ in found.most_common(_MOST_WEIGHED):
                if (self.old[i].kind is None) is (self.new[j].kind is None):
                    yield i, j

    def _sought(self, one: Passage, weights: _Weights, most: int | None) -> list[object]:
        """Return what the partner of a passage may share with it, the rarest first."""
        words: list[object] = list(weights.rarest(one.text)[:most])
        if one.key:
            words.append((one.section, one.key.casefold()))
        return words

    def _score(
        self, i: int, j: int, renamed: dict[tuple[str, ...], tuple[str, ...]], weights: _Weights
    ) -> float:
        """Return how much two passages are one; 0 where they are not."""
        old, new = self.old[i], self.new[j]
        score = weights.shared(old.text, new.text)
        if old.key and old.key.casefold() == new.key.casefold():
            score += _SAME_KEY
        score += _NEIGHBOUR * self._beside(i, j)
        there = renamed.get(old.section, old.section) == new.section
        return score if score >= (_ALIKE if there else _ALIKE_ELSEWHERE) else 0.0

    def _beside(self, i: int, j: int) -> int:
        before = self.to_new.get(i - 1, -1) == j - 1 >= 0
        return before + (self.to_new.get(i + 1, -1) == j + 1)

    # What stands between the same neighbours

    def _pair_between(self) -> None:
        for i in range(len(self.old)):
            if i in self.to_new or (i and i - 1 not in self.to_new):
                continue
            j = self.to_new[i - 1] + 1 if i else 0
            if j >= len(self.new) or j in self.to_old:
                continue
            ends = i + 1 == len(self.old) and j + 1 == len(self.new)
            same_kind = self.old[i].kind is self.new[j].kind
            if (ends or self.to_new.get(i + 1, -1) == j + 1) and same_kind:
                shared = _Weights(()).shared(self.old[i].text, self.new[j].text)
                if shared >= _ALIKE_BETWEEN:
                    self._take(i, j)

    # Sentences that were split or drawn together

    def _joined(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Return what was drawn into a passage of the newer edition, and what one was split to."""
        drawn: dict[int, list[int]] = defaultdict(list)
        split: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.old)):
            if i not in self.to_new and self.old[i].kind is not None:
                for beside in (i - 1, i + 1):
                    j = self.to_new.get(beside)
                    if (
                        j is not None
                        and beside not in self.exact
                        and _takes_over(self.old[i], self.old[beside], self.new[j])
                    ):
                        drawn[j].append(i)
                        break
        for j in range(len(self.new)):
            if j not in self.to_old and self.new[j].kind is not None:
                for beside in (j - 1, j + 1):
                    i_ = self.to_old.get(beside)
                    if (
                        i_ is not None
                        and i_ not in self.exact
                        and _takes_over(self.new[j], self.new[beside], self.old[i_])
                    ):
                        split[i_].append(j)
                        break
        return drawn, split


def _takes_over(one: Passage, beside: Passage, partner: Passage) -> bool:
    """Tell whether a neighbour's partner says, beyond the neighbour, what a passage says."""
    words = Counter(_stems(one.text))
    more = Counter(_stems(partner.text)) - Counter(_stems(beside.text))
    return words.total() > 1 and (words & more).total() >= _TAKEN_OVER * words.total()


def renamed_sections(
    moved: Iterable[tuple[tuple[str, ...], tuple[str, ...]]],
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what sections are called now, by where most of their passages went."""
    went: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for before, after in moved:
        went[before][after] += 1
    found = {}
    for before, names in went.items():
        name, count = names.most_common(1)[0]
        is_there = name in went and went[name].most_common(1)[0][0] == name
        if name != before and not is_there and count * 2 > names.total():
            found[before] = name
    return found


class _Weights:
    """What words weigh: the rarer among the passages of two editions, the more."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._count: Counter[str] = Counter()
        self._passages = 0
        for one in passages:
            self._passages += 1
            self._count.update(frozenset(_stems(one.text)))

    def rarest(self, text: str) -> list[str]:
        return sorted(frozenset(_stems(text)), key=lambda word: (self._count[word], word))

    def shared(self, one: str, other: str) -> float:
        """Return the weight of the words that two texts share, of that of all of them."""
        first, second = frozenset(_stems(one)), frozenset(_stems(other))
        every = self._of(first) + self._of(second)
        return 2 * self._of(first & second) / every if every else 0.0

    def _of(self, words: Iterable[str]) -> float:
        return sum(map(self._weight, words))

    def _weight(self, word: str) -> float:
        light = 0.3 if word in STOP_WORDS else 1.0
        return light * math.log(2 + (self._passages or 1) / (1 + self._count[word]))


@lru_cache(maxsize=1 << 15)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(found.group()) for found in WORD.finditer(text))
