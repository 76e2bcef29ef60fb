"""The login and the page behind it, under the headers that are sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from tests.flows.web.conftest import NARROW, visiting
from tests.ui.conftest import ANN, PREFIX, serving
from ui.web.access.users_file import Users

pytestmark = pytest.mark.browser


@pytest.fixture
def with_users(built_home: Path, tmp_path: Path) -> Iterator[str]:
    """A page with a user, below a prefix."""
    users = Users(tmp_path / "users.json")
    users.add(*ANN, manager=True)
    with serving(Settings(home=built_home, users_file=tmp_path / "users.json"), PREFIX) as url:
        yield url


def test_a_user_logs_in_with_the_keyboard_and_asks(browser: Any, with_users: str) -> None:
    with visiting(browser, NARROW) as (page, watched):
        complaints: list[str] = []
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
        page.locator("#latest .standing").first.wait_for()

        assert [line for line in complaints if "Content Security Policy" in line] == []
        watched.assert_quiet()
