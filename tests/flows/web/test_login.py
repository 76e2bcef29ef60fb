"""The login and the page behind it in a real Chromium, under the headers that are sent."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest

from tests.ui.conftest import ANN, PREFIX

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


def test_a_user_logs_in_with_the_keyboard_and_asks(chromium: str, with_users: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        hosts: set[str] = set()
        complaints: list[str] = []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
        page.on("console", lambda line: complaints.append(line.text))
        page.goto(with_users)
        assert page.url.endswith(f"{PREFIX}/login")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

        def log_in(password: str) -> None:
            page.get_by_label("Name").focus()
            page.keyboard.type(ANN[0])
            page.keyboard.press("Tab")
            page.keyboard.type(password)
            page.keyboard.press("Enter")

        log_in("a wrong pass phrase")
        page.get_by_role("alert").wait_for()
        log_in(ANN[1])
        page.get_by_label("Your question").fill("How long does Intune keep audit logs?")
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator(".sources").first.wait_for(timeout=60_000)

        assert [line for line in complaints if "Content Security Policy" in line] == []
        assert {host for host in hosts if host} == {"127.0.0.1"}
        browser.close()
