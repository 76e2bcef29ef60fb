"""A real Chromium against a real `residency serve`."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser's path; without one the tests skip, or fail where they are required."""
    if CHROMIUM is None:
        if os.environ.get("RESIDENCY_REQUIRE_BROWSER"):
            pytest.fail("no Chromium on this machine, and the browser tests are required")
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    return CHROMIUM


@pytest.fixture(scope="module")
def url(chromium: str, built_home: Path) -> Iterator[str]:
    """The address of a served page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)], cwd=ROOT, text=True,
        env={**os.environ, "RESIDENCY_HOME": str(built_home)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert server.stdout is not None
    said = server.stdout.readline()
    assert f":{port}" in said
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait(30)


def test_a_conversation_in_the_browser(chromium: str, url: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        hosts: set[str] = set()
        dialogs: list[str] = []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(url)

        def ask(question: str, number: int) -> None:
            page.get_by_label("Your question").fill(question)
            page.get_by_role("button", name="Ask", exact=True).click()
            page.locator(".sources").nth(number).wait_for(timeout=60_000)

        ask("How long does Intune keep audit logs?", 0)
        quote = page.locator(".quote").first.inner_text()
        document = (ROOT / "corpus" / "documents" / "intune.md").read_text(encoding="utf-8")
        assert re.sub(r"\s+", " ", quote) in re.sub(r"\s+", " ", document)
        assert "2025-06-25" in page.locator(".place").first.inner_text()

        ask("and personal data after deletion?", 1)
        assert "30 days" in page.locator(".answer").nth(1).inner_text()

        hostile = "Where <img src=x onerror=alert(1)> <script>alert(2)</script> is **Intune** data?"
        ask(hostile, 2)
        assert page.locator(".asked").last.inner_text() == hostile
        assert page.locator("#conversation img[src='x'], #conversation script").count() == 0
        page.get_by_role("button", name="Are public folders supported").click()
        page.locator(".sources").nth(3).wait_for(timeout=60_000)

        assert dialogs == []
        assert {host for host in hosts if host} == {"127.0.0.1"}
        browser.close()
