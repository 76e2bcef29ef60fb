"""A served assistant with an observer, where the settings want one, for as long as it is served."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from assistant.app import Assistant
from assistant.errors import SettingsError
from assistant.observer import UNOBSERVED
from assistant.settings import Settings, metrics_of
from ui.shared.opened import say
from ui.telemetry.incoming import Door
from ui.telemetry.observer import Telemetry

if TYPE_CHECKING:
    from ui.telemetry.metrics import Metrics
    from ui.telemetry.spans import Spans

Lengths = Sequence[tuple[str, Callable[[], int]]]
"""What questions wait in: names of the program's own, and what tells how many there are."""
_INSTALL = "pip install 'residency-assistant[telemetry]'"


def require_packages(settings: Settings) -> None:
    """Raise SettingsError where metrics or traces are set and their packages are not there."""
    if settings.metrics:
        with _installed("RESIDENCY_METRICS"):
            import_module("ui.telemetry.metrics_server")
    if settings.otlp_endpoint:
        with _installed("RESIDENCY_OTLP_ENDPOINT"):
            import_module("ui.telemetry.spans")


@contextmanager
def observed(assistant: Assistant, door: Door, queues: Lengths) -> Iterator[Telemetry | None]:
    """Have an assistant observed within the block, as its settings want; yield the observer.

    `door` is where questions come in that do not come over HTTP. Yields None, and loads nothing,
    where neither metrics nor traces are set. At the end what is left of traces is sent, within a
    few seconds. Raises SettingsError and PortBusy.
    """
    settings = assistant.settings
    if not settings.metrics and not settings.otlp_endpoint:
        yield None
        return
    require_packages(settings)
    with ExitStack() as opened:
        metrics = _metrics(assistant, door, queues, opened) if settings.metrics else None
        spans = _spans(settings.otlp_endpoint, opened) if settings.otlp_endpoint else None
        telemetry = Telemetry(door, metrics, spans)
        assistant.observer = telemetry
        try:
            yield telemetry
        finally:
            assistant.observer = UNOBSERVED


def _metrics(assistant: Assistant, door: Door, queues: Lengths, opened: ExitStack) -> Metrics:
    from ui.telemetry.live_state import LiveState, Queue
    from ui.telemetry.metrics import Metrics
    from ui.telemetry.metrics_server import MetricsServer

    doors = (door,) if door is Door.SLACK else (Door.PAGE, Door.API, Door.MCP, Door.FILE)
    metrics = Metrics(doors)
    metrics.registry.register(LiveState(assistant, [Queue(*one) for one in queues]))
    address = metrics_of(assistant.settings)
    assert address is not None
    server = opened.enter_context(closing(MetricsServer(address, metrics.registry)))
    say(f"metrics are at {server.url}")
    return metrics


def _spans(endpoint: str, opened: ExitStack) -> Spans:
    from ui.telemetry.spans import Spans

    return opened.enter_context(closing(Spans(endpoint)))


@contextmanager
def _installed(setting: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise SettingsError(
            f"{setting}: it needs packages that are not installed ({error}). Run `{_INSTALL}`, or "
            "unset it"
        ) from error
