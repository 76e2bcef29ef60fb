"""A served page over a home of its own, and pages of a real Chromium, wide and narrow."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.paths import ROOT
from tests.sizes import size

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 90_000
"""What a visitor waits for at most; a machine with much else to do takes half of it."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_LOADED_S, _LOOK_MS = 60.0, 20
WIDE, NARROW = (1280, 900), (360, 740)
_ALL = [
    pytest.param((WIDE, "light"), id="wide-light"),
    pytest.param((NARROW, "dark"), id="narrow-dark"),
    pytest.param((WIDE, "dark"), id="wide-dark"),
    pytest.param((NARROW, "light"), id="narrow-light"),
]
CONTENTS = {
    "Ask": "#question textarea",
    "Facts": ".facts-table",
    "Places": ".atlas-map",
    "Questionnaire": "text=Questionnaire: Excel, Word, PDF",
    "Check": "#check-grid .grid-table",
    "Compare": "text=First side",
    "Changes": "#changes-compare",
    "Documents": "#documents-table .table-wrap",
}
"""What each part of the page shows when it can be used."""
# Two of them have both sizes and both colours; `ALL_LOOKS=1` is the long run.
LOOKS = _ALL if size("ALL_LOOKS", 0, 1) else _ALL[:2]
FIRST_LOOK = _ALL if size("ALL_LOOKS", 0, 1) else _ALL[:1]
"""For what other tests of the same part show to be there in the second look too."""


@dataclass(frozen=True)
class Served:
    """A server process and where it answers."""

    url: str
    home: Path
    process: subprocess.Popen[str]


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Run `residency serve` for the time of a block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.command_line.main", "serve", "--port", str(port), *options],
        cwd=ROOT,
        text=True,
        env={**os.environ, "RESIDENCY_HOME": str(home), **environment},
        stdout=subprocess.PIPE,
        stderr=(home.parent / f"serve-{port}.log").open("w"),
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    assert f":{port}" in said, (home.parent / f"serve-{port}.log").read_text(encoding="utf-8")
    try:
        yield Served(said.split(" is at ")[1].strip(), home, process)
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; without one the tests skip, or fail where they are required."""
    if CHROMIUM is None:
        if os.environ.get("RESIDENCY_REQUIRE_BROWSER"):
            pytest.fail("no Chromium on this machine, and the browser tests are required")
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    return CHROMIUM


@pytest.fixture(scope="package")
def served(
    chromium: str, untouched_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A page that needs no name, over a copy of the built home."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(untouched_home, home)
    with serving(home, RESIDENCY_QUESTIONS_PER_MINUTE="0") as server:
        yield server


# Another browser cannot be started while one runs: it ends with this package.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        # Its window stays open, so that pages of the same context need none of their own.
        started.new_context().new_page()
        yield started
        started.close()


@dataclass(frozen=True)
class Watched:
    """What a page did meanwhile that it should not."""

    hosts: set[str]
    dialogs: list[str]
    errors: list[str]

    def assert_quiet(self) -> None:
        """Fail where anything but this machine was asked, or a script ran or failed."""
        assert {host for host in self.hosts if host} == {"127.0.0.1"}
        assert self.dialogs == []
        assert self.errors == []


@contextmanager
def visiting(
    browser: Any,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    *,
    accepting: bool = False,
    **options: Any,
) -> Iterator[tuple[Any, Watched]]:
    """Yield a page of a browser that nobody is known to, and what is watched of it.

    `accepting` says yes to what the page asks in a dialog, in place of no. With options of its own
    it gets a context of its own; the others share what was loaded before, and nothing else.
    """
    width, height = size
    context = browser.new_context(**options) if options else browser.contexts[0]
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    watched = Watched(set(), [], [])
    page.on("request", lambda request: watched.hosts.add(urlsplit(request.url).hostname or ""))

    def asked(dialog: Any) -> None:
        watched.dialogs.append(dialog.message)
        if accepting:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    try:
        yield page, watched
    finally:
        if options:
            context.close()
        else:
            _forgotten(context)


def _forgotten(context: Any) -> None:
    """Close all pages but the first, and leave nothing of them behind."""
    for page in context.pages[1:]:
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.close()
    context.clear_cookies()


def go(page: Any, served: Served) -> None:
    """Open the page and wait until it can be used."""
    with loading(page):
        page.goto(served.url)


@contextmanager
def loading(page: Any) -> Iterator[None]:
    """Load a page for the time of a block; wait until it can be used and has all that it loads."""
    with _gradio_loading(page, lambda: page.evaluate("document.body.dataset.part") != "ask"):
        yield
        page.locator("#question").wait_for(state="attached", timeout=PATIENCE_MS)


@contextmanager
def _gradio_loading(page: Any, is_due: Callable[[], bool]) -> Iterator[None]:
    """Wait after a block until Gradio has all that its parts load, where it is due to."""
    ended: list[str] = []

    def heard(request: Any) -> None:
        if "/queue/data" in request.url:
            ended.append(request.url)

    # What all parts load comes over one stream; either side may end it.
    page.on("requestfinished", heard)
    page.on("requestfailed", heard)
    yield
    until = time.monotonic() + _LOADED_S
    while is_due() and not ended:
        assert time.monotonic() < until, "the page does not get what it loads"
        page.wait_for_timeout(_LOOK_MS)
    page.remove_listener("requestfinished", heard)
    page.remove_listener("requestfailed", heard)


def open_tab(page: Any, name: str) -> None:
    """Open a part of the page, whose name may be folded into a menu on a narrow screen."""
    is_first = page.locator("#gradio-part [role=tab]").count() == 0
    with _gradio_loading(page, lambda: is_first and name != "Ask"):
        link = page.locator("#parts").get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            page.get_by_role("button", name="Menu", exact=True).click()
        link.click()
    page.locator(CONTENTS[name]).first.wait_for(timeout=PATIENCE_MS)


def ask(page: Any, question: str) -> None:
    """Ask in the open conversation, and wait for the whole answer."""
    if not page.get_by_label("Your question").is_visible():
        open_tab(page, "Ask")
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    answered(page, question)


def answered(page: Any, question: str) -> None:
    """Wait until a question has its whole answer."""
    asked = page.locator(".asked", has_text=question)
    exchange = page.locator("#latest .exchange").filter(has=asked)
    exchange.locator(".tools [data-copy]").wait_for(timeout=PATIENCE_MS)


def downloaded(page: Any, button: str, folder: Path) -> Path:
    """Press a button that downloads, and return the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).locator("visible=true").click()
    path = folder / str(waiting.value.suggested_filename)
    waiting.value.save_as(path)
    return path


def bare_of_overflow(page: Any) -> bool:
    """Tell whether the page is no wider than its window."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
    )
    return wide
