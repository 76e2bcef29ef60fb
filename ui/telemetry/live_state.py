"""What is looked at when metrics are fetched: queues, the index, stores and their connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assistant.app import Assistant
from assistant.history.records import product_version
from index.home.database_faults import fault_count
from ui.errors import UiError
from ui.shared.logs import note


@dataclass(frozen=True, slots=True)
class Queue:
    """Something in which questions wait."""

    name: str
    """Of the program's own, as a label."""
    length: Callable[[], int]
    """May raise a UiError, where it cannot be told at the moment."""


class LiveState(Collector):
    """Gauges that are read at the time that they are asked for."""

    def __init__(self, assistant: Assistant, queues: Sequence[Queue]) -> None:
        self._assistant = assistant
        self._queues = queues

    def collect(self) -> Iterator[Metric]:
        """Yield what is so now."""
        yield _gauge("info", "Of the program, always 1", 1, version=product_version())
        yield self._waiting()
        yield from self._index()
        yield _faults()
        yield _connections()

    def _waiting(self) -> Metric:
        family = GaugeMetricFamily(
            "residency_queue_length", "What is worked on or waits", labels=["queue"]
        )
        for queue in self._queues:
            try:
                family.add_metric([queue.name], queue.length())
            except UiError as error:
                note("not measured", queue=queue.name, error=type(error).__name__)
        return family

    def _index(self) -> Iterator[Metric]:
        manifest = self._assistant.index.manifest
        age = datetime.now(UTC) - datetime.fromisoformat(manifest.created)
        yield _gauge("index_info", "Of the build that answers, always 1", 1, build=manifest.id)
        yield _gauge("index_age_seconds", "Since that build was made", age.total_seconds())
        yield _gauge("index_documents", "Documents in it", len(manifest.documents))


def _gauge(name: str, told: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(f"residency_{name}", told, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _faults() -> Metric:
    family = CounterMetricFamily(
        "residency_store_faults", "Uses of a store that failed", labels=["engine"]
    )
    family.add_metric(["sqlite"], fault_count.files)
    family.add_metric(["postgresql"], fault_count.servers)
    return family


def _connections() -> Metric:
    """Return the connections of all stores. Loads SQLAlchemy, which the first answer needs too."""
    from index.home.database import connections

    family = GaugeMetricFamily(
        "residency_database_connections", "Open connections", labels=["engine", "state"]
    )
    opened = connections()
    for engine, is_server in (("sqlite", False), ("postgresql", True)):
        its = [one for one in opened if one.is_server == is_server]
        family.add_metric([engine, "in use"], sum(one.lent for one in its))
        family.add_metric([engine, "free"], sum(one.free for one in its))
    return family
