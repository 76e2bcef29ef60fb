"""The figures of runs without their answers: to be read in a terminal, or by programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.runs.measured_run import Measured
from evals.runs.run_table import kinds_table, markdown_table
from evals.types import Estimate


def figures_text(runs: Sequence[Measured]) -> str:
    """Return the tables of the runs: all questions of each, then by kind."""
    by_kind = (f"## {run.label}, by kind\n\n{kinds_table(run)}" for run in runs)
    return "\n\n".join([markdown_table(runs), *by_kind]) + "\n"


def figures_json(runs: Sequence[Measured]) -> str:
    """Return every figure of the runs with its interval, for all questions and by kind."""
    return json.dumps([_row(run) for run in runs], indent=2) + "\n"


def _row(run: Measured) -> dict[str, Any]:
    header = run.log.header
    return {
        "system": header.system,
        "suite": header.suite,
        "split": header.split,
        "held_out": header.held_out,
        "identity": header.identity,
        "revision": header.revision,
        "cases": len(run.cases),
        "latency_ms": {"p50": run.latency(50), "p95": run.latency(95)},
        "figures": _plain(run.figures()),
        "by_kind": {kind.value: _plain(found) for kind, found in run.figures_by_kind().items()},
    }


def _plain(found: Mapping[str, Estimate]) -> dict[str, dict[str, float | None]]:
    """Return the figures that were scored."""
    return {name: asdict(one) for name, one in found.items() if one.value is not None}
