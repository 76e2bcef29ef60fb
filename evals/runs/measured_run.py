"""A run with the suite that it was about, and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from evals.runs.run_log import RunLog
from evals.scoring.intervals import percentile
from evals.scoring.metrics import figures, figures_by_kind
from evals.suites.suite import Suite
from evals.types import Case, Estimate, Kind, Score


@dataclass(frozen=True, slots=True)
class Measured:
    """A run and the suite that it was about."""

    log: RunLog
    suite: Suite

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that were asked."""
        return tuple(case for case in self.suite.cases if case.id in self.log.entries)

    @property
    def label(self) -> str:
        """What tables call the run."""
        header = self.log.header
        return f"{header.system} {header.suite} {header.split}"

    def figures(self) -> dict[str, Estimate]:
        """Return every metric over all cases of the run."""
        return figures(self.cases, self._scores(), self.suite.clusters)

    def figures_by_kind(self) -> dict[Kind, dict[str, Estimate]]:
        """Return the metrics that are told by kind, for every kind of question of the run."""
        return figures_by_kind(self.cases, self._scores(), self.suite.clusters)

    def _scores(self) -> dict[str, Score]:
        return {name: entry.score for name, entry in self.log.entries.items()}

    def latency(self, rank: float) -> float | None:
        """Return a percentile of the latencies, in milliseconds."""
        replies = [entry.reply for entry in self.log.entries.values()]
        taken = [reply.latency_ms for reply in replies if reply.response is not None]
        return percentile([ms for ms in taken if ms is not None], rank)
