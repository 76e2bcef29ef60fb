"""Every part of the page for people who cannot see it, or use no mouse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.flows.web.conftest import (
    LOOKS,
    WIDE,
    Served,
    ask,
    bare_of_overflow,
    go,
    open_tab,
    visiting,
)

pytestmark = pytest.mark.browser

TABS = (
    "Ask", "Facts", "Places", "Check", "Compare", "Changes", "Questionnaire", "Documents",
)  # fmt: skip
GRAVE = ("serious", "critical")


def grave_findings(page: Any) -> list[str]:
    """Return what axe-core finds that keeps people out, each with the elements it is about."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in violations
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_no_part_keeps_anybody_out(
    browser: Any, served: Served, look: tuple[tuple[int, int], str]
) -> None:
    size, scheme = look
    with visiting(browser, size, scheme) as (page, watched):
        go(page, served)
        ask(page, "Which regions does Intune store data in?")
        page.locator("#latest a.cite").first.click()
        page.locator("#cited").wait_for()
        found = {"source": grave_findings(page)}
        page.keyboard.press("Escape")
        for name in TABS:
            open_tab(page, name)
            found[name] = grave_findings(page)
            assert bare_of_overflow(page), name
        assert {name: one for name, one in found.items() if one} == {}
        watched.assert_quiet()


def test_a_question_is_asked_and_its_source_read_with_the_keyboard(
    browser: Any, served: Served
) -> None:
    with visiting(browser, WIDE) as (page, _):
        go(page, served)
        page.get_by_label("Your question").focus()
        page.keyboard.type("How long does Intune keep audit logs?")
        page.keyboard.press("Enter")
        page.locator("#latest [data-copy]").wait_for()
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('#latest a.cite')"):
                break
        else:
            for _ in range(60):
                page.keyboard.press("Shift+Tab")
                if page.evaluate("document.activeElement.matches('#latest a.cite')"):
                    break
        page.keyboard.press("Enter")
        page.locator("#cited").wait_for()
        assert page.evaluate("document.activeElement.id") == "cited"
