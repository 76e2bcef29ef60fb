"""The figures of a benchmark, as JSON and as a table of Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from evals.measuring.bench.bench_worker import Taken
from evals.measuring.bench.machine import Machine


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the benchmark."""

    corpus: str
    what: str
    value: float
    unit: str
    taken: str
    """How it was taken: of how many, in which order."""
    reference: str = ""
    """What the ratios compare with, timed in the same run."""
    ratio: float | None = None
    """By the clock."""
    processor_ratio: float | None = None
    """By processor time, which other programs of the machine disturb less."""
    before: float | None = None
    """The same of the older checkout, in the same unit."""

    @property
    def change(self) -> float | None:
        """This figure as a multiple of the older checkout's."""
        return self.value / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one run, and the machine that they hold for."""

    machine: Machine
    measures: tuple[Measure, ...]
    skipped: tuple[str, ...] = ()
    """What was not measured, and why."""

    def to_json(self) -> str:
        """Return the figures as JSON."""
        rows = [asdict(one) | {"change": one.change} for one in self.measures]
        machine = asdict(self.machine) | {"warnings": self.machine.warnings}
        plain = {"machine": machine, "measures": rows, "skipped": self.skipped}
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"

    def to_markdown(self) -> str:
        """Return the figures as a table of Markdown, the machine and its load below it."""
        has_before = any(one.before is not None for one in self.measures)
        heads = ["corpus", "measure", "figure", "ratio", "by processor time"]
        heads += ["before", "now ÷ before"] if has_before else []
        lines = [
            _line([*heads, "taken"]),
            _line(["---", "---", "---:", *["---"] * (len(heads) - 2)]),
        ]
        lines += [_line([*_cells(one, with_before=has_before), one.taken]) for one in self.measures]
        lines += ["", *self.machine.lines()]
        lines += [f"Not measured: {name}." for name in self.skipped]
        return "\n".join(lines)


def timed(
    corpus: str,
    what: str,
    now: Sequence[Taken],
    *,
    taken: str,
    beside: Sequence[Taken] = (),
    reference: str = "",
    before: Sequence[Taken] = (),
    unit: str = "s",
) -> Measure:
    """Return the median of times, with what it is a multiple of; `unit` is s or ms."""
    factor = 1000 if unit == "ms" else 1
    wall, processor = _medians(now)
    others = _medians(beside) if beside else None
    return Measure(
        corpus, what, wall * factor, unit, taken, reference,
        wall / others.wall_s if others else None,
        processor / others.processor_s if others and others.processor_s else None,
        _medians(before).wall_s * factor if before else None,
    )  # fmt: skip


def _medians(times: Iterable[Taken]) -> Taken:
    rows = list(times)
    return Taken(median(one.wall_s for one in rows), median(one.processor_s for one in rows))


def _cells(one: Measure, *, with_before: bool) -> Iterator[str]:
    yield from (one.corpus, one.what, f"{shown(one.value)} {one.unit}".strip())
    yield f"{shown(one.ratio)} × {one.reference}" if one.ratio is not None else ""
    yield f"{shown(one.processor_ratio)} ×" if one.processor_ratio is not None else ""
    if with_before:
        yield f"{shown(one.before)} {one.unit}".strip() if one.before is not None else ""
        yield f"{shown(one.change)}" if one.change is not None else ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def shown(value: float) -> str:
    """Return a number with the digits that tell something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"
