"""What is counted and timed while questions are answered, as Prometheus has it.

Labels have few values, each a name of the program's own: no text, no user, no address.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

from assistant.model.faults import Fault
from assistant.observer import Limit
from assistant.timeline import ModelCall, Stage, Timeline
from assistant.types import Verdict
from ui.telemetry.incoming import Door

_ANSWER_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_STAGE_S = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CALL_S = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_ENDED = ("replied", "kept", "left")


class Metrics:
    """The counters and histograms of one server; safe between threads."""

    def __init__(self, doors: tuple[Door, ...]) -> None:
        """Make them; those of the doors begin at 0."""
        self.registry = CollectorRegistry()
        # Memory, processor time and open files of this process.
        ProcessCollector(registry=self.registry)
        self._answers = self._counter(
            "answers", "Questions that got an answer, by how they ended", "door", "verdict"
        )
        self._answer_s = self._histogram(
            "answer_seconds", "From taking a question to its answer", _ANSWER_S, "door"
        )
        self._stage_s = self._histogram(
            "stage_seconds", "What the stages of an answer take, each once an answer", _STAGE_S,
            "stage",
        )  # fmt: skip
        self._failures = self._counter(
            "failures", "Questions that ended in an error, by its class", "door", "error"
        )
        self._refusals = self._counter(
            "refusals", "Questions that were turned away by a limit", "door", "limit"
        )
        self._responses = self._counter(
            "http_responses", "Responses of the page's server", "door", "status"
        )
        self._calls = self._counter(
            "model_calls", "Calls of the language model, by how they ended", "ended"
        )
        self._call_s = self._histogram(
            "model_call_seconds", "What calls of the language model take", _CALL_S
        )
        self._tokens = self._counter("model_tokens", "Tokens of the language model", "kind")
        self._faults = self._counter(
            "model_faults", "Answers that the language model has no part in, or not all", "fault"
        )
        self._without_vectors = self._counter(
            "without_vectors", "Answers for which the vectors could not be searched"
        )
        self._begin(doors)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"residency_{name}", told, labels, registry=self.registry)

    def _histogram(
        self, name: str, told: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(f"residency_{name}", told, labels, buckets=buckets, registry=self.registry)

    def _begin(self, doors: tuple[Door, ...]) -> None:
        """Have what may come begin at 0: a rate sees the first of it then."""
        for door in doors:
            for verdict in Verdict:
                self._answers.labels(door, verdict)
            for limit in Limit if door is not Door.FILE else ():
                self._refusals.labels(door, limit)
        for stage in Stage:
            self._stage_s.labels(stage)
        for fault in Fault:
            self._faults.labels(fault.name.lower())
        for ended in _ENDED:
            self._calls.labels(ended)
        for kind in ("prompt", "completion"):
            self._tokens.labels(kind)

    def answered(self, door: Door, verdict: Verdict, seconds: float) -> None:
        """Take in that a question got an answer."""
        self._answers.labels(door, verdict).inc()
        self._answer_s.labels(door).observe(seconds)

    def failed(self, door: Door, error: str) -> None:
        """Take in that a question ended in an error of a class."""
        self._failures.labels(door, error).inc()

    def refused(self, door: Door, limit: Limit) -> None:
        """Take in that a question was turned away."""
        self._refusals.labels(door, limit).inc()

    def responded(self, door: Door, status: int) -> None:
        """Take in a response of the server."""
        self._responses.labels(door, status).inc()

    def took(self, timeline: Timeline) -> None:
        """Take in what a question took, stage by stage."""
        sums: dict[Stage, float] = {}
        for one in tuple(timeline.stages):
            sums[one.stage] = sums.get(one.stage, 0.0) + one.seconds
        for stage, seconds in sums.items():
            self._stage_s.labels(stage).observe(seconds)
        if timeline.model_fault:
            self._faults.labels(timeline.model_fault).inc()
        if timeline.without_vectors:
            self._without_vectors.inc()

    def called(self, call: ModelCall) -> None:
        """Take in a call of the language model, or a kept reply that spared one."""
        self._calls.labels(call.ended).inc()
        if call.ended != "kept":
            self._call_s.observe(call.seconds)
        self._tokens.labels("prompt").inc(call.prompt_tokens)
        self._tokens.labels("completion").inc(call.completion_tokens)
