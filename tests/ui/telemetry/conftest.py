"""A page with users below a prefix that tells metrics and traces, asked by every door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from tests.ui.conftest import ANN, PREFIX, serving
from tests.ui.telemetry.collector import Collector, collecting
from tests.ui.telemetry.scraping import Scraped, free_port, scraped


@dataclass(frozen=True)
class Watched:
    """A served page, where its metrics are, and where its traces go."""

    url: str
    port: int
    collector: Collector

    def scraped(self) -> Scraped:
        return scraped(self.port)

    def asked(self, question: str, traceparent: str = "", **more: object) -> httpx.Response:
        """Ask by the API, as the manager."""
        headers = {"traceparent": traceparent} if traceparent else {}
        body = {"question": question, **more}
        return httpx.post(f"{self.url}api/ask", json=body, headers=headers, auth=ANN, timeout=180)


@pytest.fixture(scope="session")
def watched(built_home: Path, users_file: Path) -> Iterator[Watched]:
    """A page that tells all of it."""
    port = free_port()
    with pytest.MonkeyPatch.context() as environment, collecting() as collector:
        environment.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        environment.setenv("OTEL_SERVICE_NAME", "residency-tested")
        environment.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=abc")
        settings = Settings(
            home=built_home, users_file=users_file, questions_per_minute=0,
            metrics=str(port), otlp_endpoint=collector.url,
        )  # fmt: skip
        with serving(settings, PREFIX) as url:
            yield Watched(url, port, collector)
