"""What abstaining sooner or later would cost: the trade-off of a run, for its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.runs.run_log import Entry
from evals.types import Case

_LEFT, _TOP, _SIDE = 60.0, 20.0, 260.0


@dataclass(frozen=True, slots=True)
class Point:
    """Where a threshold lands."""

    wrongly: float
    """Share of the answerable questions that are abstained from."""
    rightly: float
    """Share of the unanswerable ones."""

    @property
    def x(self) -> float:
        """Place in the drawing."""
        return round(_LEFT + self.wrongly * _SIDE, 1)

    @property
    def y(self) -> float:
        """Place in the drawing."""
        return round(_TOP + (1 - self.rightly) * _SIDE, 1)


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """The curve over all thresholds, and the one that the product uses."""

    label: str
    points: tuple[Point, ...]
    chosen: Point

    @property
    def path(self) -> str:
        """The curve as the points of a polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def tradeoff(label: str, cases: Sequence[Case], entries: dict[str, Entry]) -> Tradeoff | None:
    """Return the trade-off of a run, None where its system tells no doubt."""
    doubts = []
    for case in cases:
        response = entries[case.id].reply.response
        if response is not None and response.doubt is not None:
            doubts.append((response.doubt, case.answerable))
    if not any(answerable for _, answerable in doubts) or all(a for _, a in doubts):
        return None
    thresholds = sorted({doubt for doubt, _ in doubts}, reverse=True)
    points = [Point(0.0, 0.0), *(_at(threshold, doubts) for threshold in thresholds)]
    return Tradeoff(label, tuple(points), _at(0.0, doubts))


def _at(threshold: float, doubts: Sequence[tuple[float, bool]]) -> Point:
    return Point(*(_share(threshold, doubts, answerable=kind) for kind in (True, False)))


def _share(threshold: float, doubts: Sequence[tuple[float, bool]], *, answerable: bool) -> float:
    some = [doubt for doubt, kind in doubts if kind == answerable]
    return sum(doubt >= threshold for doubt in some) / len(some)
