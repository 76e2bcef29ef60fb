"""The figures that a change may not make worse: written, read and held against a run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.errors import LogError
from evals.scoring.metrics import all_metrics
from evals.scoring.registry import Metric
from evals.types import Estimate

BASELINE = Path(__file__).parents[1] / "baseline.json"

Figure = Sequence[float | None]
"""Value, lower and upper end of its interval, and how many cases were scored."""


def write_baseline(path: Path, figures: Mapping[str, Mapping[str, Estimate]]) -> None:
    """Write the figures of several parts (`bundled dev`, ...) as the baseline."""
    plain = {
        part: {
            name: [estimate.value, estimate.low, estimate.high, estimate.scored]
            for name, estimate in metrics.items()
            if estimate.value is not None
        }
        for part, metrics in figures.items()
    }
    rounded = json.loads(json.dumps(plain), parse_float=lambda text: round(float(text), 4))
    lines = ",\n".join(
        f" {json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in metrics.items())
        + "\n }"
        for part, metrics in rounded.items()
    )
    path.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def regressions(path: Path, figures: Mapping[str, Mapping[str, Estimate]]) -> tuple[str, ...]:
    """Return what is worse than the baseline by more than its interval, in words.

    No gated metric may fall below the lower end of the baseline's interval, and every citation must
    be verbatim. Raises LogError for a baseline that cannot be read or that lacks a part.
    """
    baseline = _baseline(path)
    found = []
    for part, metrics in figures.items():
        verbatim = metrics["verbatim"].value
        if verbatim is not None and verbatim < 1.0:
            found.append(f"{part}: {1 - verbatim:.2%} of the citations are not verbatim")
        if part not in baseline:
            raise LogError(f"{path}: no baseline for {part}. Write it with --write-baseline")
        found.extend(
            f"{part}: {what}"
            for metric in all_metrics()
            if metric.gated and (what := _fall(metric, baseline[part], metrics[metric.name].value))
        )
    return tuple(found)


def _fall(metric: Metric, baseline: Mapping[str, Figure], now: float | None) -> str:
    """Return in words that a metric fell below its interval; empty where it did not."""
    before, low, *_ = baseline.get(metric.name, (None, None))
    if before is None or low is None or (now is not None and now >= low):
        return ""
    return (
        f"{metric.name.replace('_', ' ')} fell from {_said(before, metric)} "
        f"(interval from {_said(low, metric)}) to {_said(now, metric)}"
    )


def _said(value: float | None, metric: Metric) -> str:
    if value is None:
        return "unscored"
    return f"{value:.1%}" if metric.share else f"{value:.1f}"


def _baseline(path: Path) -> dict[str, dict[str, Figure]]:
    try:
        read: dict[str, dict[str, Figure]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LogError(
            f"{path}: no baseline can be read ({error}). Write it with --write-baseline"
        ) from error
    return read
