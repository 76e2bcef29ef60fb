"""The drawings of the report: shares of right answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.runs.measured_run import Measured
from evals.scoring.intervals import estimate
from evals.types import Case, Estimate

_WIDTH, _LEFT, _RIGHT, _LINE = 760, 230, 110, 24


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its interval, at its place in the drawing."""

    label: str
    y: float
    x: float
    low: float | None
    high: float | None
    value: str
    scored: int


@dataclass(frozen=True, slots=True)
class Plot:
    """Shares among each other."""

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    width: int = _WIDTH
    left: int = _LEFT


def plots(run: Measured) -> Iterator[Plot]:
    """Yield how many answers of a run are right, by kind and by document."""
    kinds = sorted({case.kind.value for case in run.cases})
    documents = sorted({name for case in run.cases for name in case.docs})
    yield _plot(f"Right by kind: {run.label}", run, kinds, lambda c: (c.kind.value,))
    yield _plot(f"Right by document: {run.label}", run, documents, lambda c: c.docs)


def _plot(
    title: str, run: Measured, names: Sequence[str], of: Callable[[Case], tuple[str, ...]]
) -> Plot:
    bars = []
    for number, name in enumerate(names):
        cases = [case for case in run.cases if name in of(case)]
        found = estimate(
            [run.log.entries[case.id].score.right for case in cases],
            [run.suite.clusters[case.id] for case in cases],
        )
        bars.append(_bar(name, number, found))
    ticks = tuple(Tick(_x(share / 100), f"{share}%") for share in (0, 25, 50, 75, 100))
    return Plot(title, tuple(bars), ticks, 24 + _LINE * len(names))


def _bar(name: str, number: int, found: Estimate) -> Bar:
    value = found.value or 0.0
    return Bar(
        label=name,
        y=36 + _LINE * number,
        x=_x(value),
        low=None if found.low is None else _x(found.low),
        high=None if found.high is None else _x(found.high),
        value=f"{value:.0%}",
        scored=found.scored,
    )


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)
