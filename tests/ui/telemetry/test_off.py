"""Without its settings nothing of it is loaded or sent, and settings without packages say so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.observer import UNOBSERVED
from assistant.settings import Settings, metrics_of
from tests.paths import ROOT
from tests.ui.telemetry.collector import collecting

_SERVED = """
import sys
import httpx
from pathlib import Path
from assistant.settings import Settings
from tests.ui.conftest import serving

with serving(Settings(home=Path(sys.argv[1]))) as url:
    asked = {"question": "How long are Intune audit logs kept?", "thread": "off"}
    assert httpx.post(f"{url}api/ask", json=asked, timeout=120).status_code == 200
    assert httpx.get(f"{url}api/facts", params={"words": "data"}, timeout=120).status_code == 200
    assert httpx.get(f"{url}metrics", timeout=120).status_code == 404
    print([one for one in sys.modules if one.startswith((
        "prometheus_client", "opentelemetry.sdk", "opentelemetry.exporter",
        "ui.telemetry.metrics", "ui.telemetry.live_state", "ui.telemetry.spans",
    ))])
"""
_ASKED = """
import sys
from ui.command_line.main import main

sys.argv = ["residency", "ask", "How long are Intune audit logs kept?"]
try:
    main()
finally:
    print([one for one in sys.modules if one.startswith((
        "prometheus_client", "opentelemetry", "ui.telemetry",
    ))], file=sys.stderr)
"""
_WITHOUT_PACKAGES = """
import sys
from importlib.abc import MetaPathFinder


class Gone(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("prometheus_client", "opentelemetry.sdk", "opentelemetry.exporter")):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Gone())
from ui.command_line.main import main

sys.argv = ["residency", "serve", "--port", "0"]
main()
"""


def _run(code: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, **environment}, timeout=280,
    )  # fmt: skip


def test_a_page_loads_and_sends_nothing(built_home: Path) -> None:
    """FastAPI has telemetry of its own, which its variables would switch on."""
    with collecting() as collector:
        done = _run(
            _SERVED, str(built_home), FASTAPI_OTEL_AUTO_CONFIGURE="true",
            OTEL_EXPORTER_OTLP_ENDPOINT=collector.url, OTEL_BSP_SCHEDULE_DELAY="50",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert collector.sent == []
    assert done.stdout.strip() == "[]"


def test_a_command_loads_nothing_of_it(built_home: Path) -> None:
    """What is measured are servers: a command is not, even where they are set."""
    done = _run(
        _ASKED, RESIDENCY_HOME=str(built_home), RESIDENCY_METRICS="9464",
        RESIDENCY_OTLP_ENDPOINT="http://127.0.0.1:1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_nobody_looks_on_by_itself() -> None:
    with UNOBSERVED.question(of_file=False) as told:
        assert told is not None
    with UNOBSERVED.question(of_file=True) as again:
        assert again is told


@pytest.mark.parametrize(
    ("name", "value"),
    [("RESIDENCY_METRICS", "0"), ("RESIDENCY_OTLP_ENDPOINT", "http://127.0.0.1:4318")],
)
def test_without_the_packages_the_next_step_is_named(tmp_path: Path, name: str, value: str) -> None:
    home = tmp_path / "home"
    done = _run(_WITHOUT_PACKAGES, RESIDENCY_HOME=str(home), **{name: value})
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(
        f"residency: {name}: it needs packages that are not installed (No module"
    )
    assert "pip install 'residency-assistant[telemetry]'" in line
    # Said before an index is built.
    assert not home.exists()


@pytest.mark.parametrize(
    ("value", "host", "port"),
    [
        ("9464", "127.0.0.1", 9464), ("0.0.0.0:9464", "0.0.0.0", 9464),
        ("[::1]:9464", "::1", 9464), (" 9464 ", "127.0.0.1", 9464),
    ],
)  # fmt: skip
def test_metrics_are_for_this_machine_unless_an_address_is_named(
    value: str, host: str, port: int
) -> None:
    address = metrics_of(Settings(metrics=value))
    assert address is not None
    assert (address.host, address.port) == (host, port)


@pytest.mark.parametrize(
    "value", ["99999", "localhost", "http://127.0.0.1:1", "a@b:1", "b:1/metrics", ":9", "-1", "[::"]
)
def test_what_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("RESIDENCY_METRICS", value)
    with pytest.raises(SettingsError, match=r"RESIDENCY_METRICS: .* or as HOST:PORT$"):
        Settings.load()


@pytest.mark.parametrize("value", ["127.0.0.1:4318", "ftp://x", "http://ann:secret@x:1"])
def test_what_is_no_collector_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("RESIDENCY_OTLP_ENDPOINT", value)
    with pytest.raises(SettingsError, match="RESIDENCY_OTLP_ENDPOINT: ") as told:
        Settings.load()
    assert "secret" not in str(told.value)
