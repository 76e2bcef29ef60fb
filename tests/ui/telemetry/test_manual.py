"""The list of metrics in the manual and the dashboard name what is told, all of it and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import Metric

from assistant.app import Assistant
from tests.paths import ROOT
from ui.telemetry.incoming import Door
from ui.telemetry.live_state import LiveState, Queue
from ui.telemetry.metrics import Metrics

_SAMPLES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
_NAMED = re.compile(r"\b(?:residency|process)_[a-z_]+\b")


@pytest.fixture(scope="module")
def families(assistant: Assistant) -> tuple[Metric, ...]:
    """All that a server tells."""
    metrics = Metrics((Door.PAGE,))
    metrics.registry.register(LiveState(assistant, [Queue("questions", lambda: 0)]))
    return tuple(metrics.registry.collect())


def _told(families: tuple[Metric, ...]) -> set[str]:
    return {f"{one.name}{end}" for one in families for end in _SAMPLES[one.type]}


def _written(one: Metric) -> str:
    """Return the name that the manual has for a family."""
    return f"{one.name}_total" if one.type == "counter" else one.name


def test_the_manual_lists_what_is_told(families: tuple[Metric, ...]) -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    section = manual.partition("## Metrics\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(residency_\w+)` \|([^|]*)\|", section, re.M)
    own = {_written(one) for one in families if one.name.startswith("residency_")}
    assert sorted(name for name, _ in rows) == sorted(own)
    listed = {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    for family in families:
        for sample in family.samples:
            if family.name.startswith("residency_"):
                assert set(sample.labels) - {"le"} == listed[_written(family)], sample


def _expressions(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[name] for name in ("expr", "definition") if name in part)
        for one in part.values():
            yield from _expressions(one)
    elif isinstance(part, list):
        for one in part:
            yield from _expressions(one)


def test_the_dashboard_shows_what_is_told(families: tuple[Metric, ...]) -> None:
    file = ROOT / "deploy" / "grafana-dashboard.json"
    dashboard = json.loads(file.read_text(encoding="utf-8"))
    expressions = list(_expressions(dashboard))
    named = {name for one in expressions for name in _NAMED.findall(one)}
    assert named - _told(families) == set()
    # Each metric of ours is shown somewhere.
    shown = {one.name for one in families if any(name.startswith(one.name) for name in named)}
    assert {one.name for one in families if one.name.startswith("residency_")} - shown == set()
    assert all(panel["targets"] for panel in dashboard["panels"] if panel["type"] != "row")
    numbers = [panel["id"] for panel in dashboard["panels"]]
    assert len(numbers) == len(set(numbers))


def test_the_dashboard_groups_by_labels_that_there_are(families: tuple[Metric, ...]) -> None:
    labels = {name for one in families for sample in one.samples for name in sample.labels}
    # Of those without a sample yet, and of whoever fetches.
    labels |= {"door", "error", "status", "job", "instance"}
    dashboard = json.loads((ROOT / "deploy" / "grafana-dashboard.json").read_text(encoding="utf-8"))
    for one in _expressions(dashboard):
        by = ",".join(re.findall(r"\b(?:by|on|ignoring|group_left)\s*\(([^)]*)\)", one))
        assert {name.strip() for name in by.split(",") if name.strip()} <= labels, one
