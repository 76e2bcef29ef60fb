"""The figures by which a table of statements is judged: kinds, polarity and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from corpus.facts.types import StatementKind
from evals.facts.matching import Comparison
from evals.scoring.intervals import CONFIDENCE, RESAMPLES

_SEED = 20_261_121


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were to be found, and how many of those given are right."""

    gold: int = 0
    found: int = 0
    """Of `gold`."""
    given: int = 0
    right: int = 0
    """Of `given`."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.gold + other.gold, self.found + other.found,
            self.given + other.given, self.right + other.right,
        )  # fmt: skip

    @property
    def recall(self) -> float:
        """Share of gold that was found, 1 where there is none."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Share of what is given that is right, 1 where nothing is."""
        return self.right / self.given if self.given else 1.0

    @property
    def f(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure would lie for other documents of the kind, at 95%."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Headline:
    """How far the statements agree with gold rows in kind, polarity and places."""

    total: Counts
    kinds: dict[str, Counts]
    documents: dict[str, Counts]
    f_interval: Interval | None
    """Bootstrap over documents; None for a single one."""
    without_places: Counts
    """The total when nobody looks at the places."""

    @property
    def macro(self) -> tuple[float, float, float]:
        """Means of precision, recall and F over the documents."""
        every = self.documents.values()
        return (
            fmean(one.precision for one in every),
            fmean(one.recall for one in every),
            fmean(one.f for one in every),
        )

    @property
    def worst(self) -> str:
        """The document of the lowest F."""
        return min(self.documents, key=lambda name: self.documents[name].f)


def headline(compared: Comparison) -> Headline:
    """Count what agrees, in all, by kind and by document."""
    kinds = {kind.value: Counts() for kind in StatementKind}
    documents = {name: Counts() for name in sorted(compared.rows_of)}
    found = {row for row, _ in compared.agreed}
    right = {statement for _, statement in compared.agreed}
    for at, row in enumerate(compared.rows):
        one = Counts(gold=1, found=int(at in found))
        kinds[row.gold.kind.value] += one
        documents[row.gold.document] += one
    for at, statement in enumerate(compared.statements):
        one = Counts(given=1, right=int(at in right))
        kinds[statement.kind.value] += one
        documents[statement.document] += one
    alike = Counts(
        len(compared.rows), len({row for row, _ in compared.alike}),
        len(compared.statements), len({statement for _, statement in compared.alike}),
    )  # fmt: skip
    total = sum(documents.values(), Counts())
    return Headline(total, kinds, documents, f_interval(list(documents.values())), alike)


def f_interval(documents: Sequence[Counts]) -> Interval | None:
    """Return where F lies when documents are drawn anew (percentile bootstrap, fixed seed)."""
    if len(documents) < 2:
        return None
    counts = np.array([(one.gold, one.found, one.given, one.right) for one in documents])
    drawn = np.random.default_rng(_SEED).integers(len(documents), size=(RESAMPLES, len(documents)))
    scores = [Counts(*map(int, sums)).f for sums in counts[drawn].sum(axis=1)]
    edge = (1 - CONFIDENCE) / 2
    low, high = np.quantile(scores, (edge, 1 - edge))
    return Interval(float(low), float(high))
