"""Metrics as Prometheus fetches and reads them."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Scraped:
    """What was told at one moment."""

    families: tuple[Metric, ...]

    def value(self, name: str, **labels: str) -> float:
        """Return the sum of all samples of a name with these labels, 0 where there is none."""
        return sum(value for _, value in self._samples(name, labels))

    def labels(self, name: str, label: str) -> set[str]:
        """Return the values that a label has in samples that count something."""
        return {labels[label] for labels, value in self._samples(name, {}) if value}

    def _samples(
        self, name: str, labels: Mapping[str, str]
    ) -> Iterator[tuple[Mapping[str, str], float]]:
        for family in self.families:
            for one in family.samples:
                if one.name == name and labels.items() <= one.labels.items():
                    yield one.labels, one.value


def scraped(port: int) -> Scraped:
    """Fetch metrics over HTTP, and read them as Prometheus' own parser does."""
    fetched = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30)
    assert fetched.status_code == 200, fetched.text
    return Scraped(tuple(text_string_to_metric_families(fetched.text)))


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
