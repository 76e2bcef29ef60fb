"""Where things stand on the page: the field in view, the source beside, the list at hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.flows.web.conftest import Served, ask, bare_of_overflow, go, open_tab, visiting

pytestmark = pytest.mark.browser

WINDOWS = [(1440, 900), (1024, 768), (390, 844)]
QUESTION = "How long does Intune keep audit logs?"
SENTENCE = "Audit logs are retained for up to one year for security purposes."


def _is_in_window(page: Any, selector: str) -> bool:
    """Tell whether an element comes to stand in the window, as soon as the page has scrolled."""
    from playwright.sync_api import TimeoutError as NotSeen

    try:
        page.wait_for_function(
            "selector => { const one = document.querySelector(selector);"
            " const at = one.getBoundingClientRect();"
            " return at.top >= 0 && at.bottom <= window.innerHeight && at.height > 0 }",
            arg=selector,
            timeout=10_000,
        )
    except NotSeen:
        return False
    return True


@pytest.mark.parametrize("window", WINDOWS)
def test_the_field_and_the_newest_answer_stay_in_the_window(
    browser: Any, served: Served, window: tuple[int, int]
) -> None:
    with visiting(browser, window) as (page, watched):
        go(page, served)
        assert _is_in_window(page, "#question")
        for question in (
            "Which regions does Intune store data in?",
            "Are public folders supported in a Multi-Geo organization?",
            QUESTION,
        ):
            ask(page, question)
            assert _is_in_window(page, "#question")
            assert _is_in_window(page, "#latest .asked")
            assert _is_in_window(page, "#latest .answer p")
        assert bare_of_overflow(page)
        watched.assert_quiet()


def test_a_sentence_is_shown_once_and_its_quotation_where_the_mark_is(
    browser: Any, served: Served
) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, QUESTION)
        assert page.evaluate("document.body.innerText").count(SENTENCE) == 1
        mark = page.locator("#latest .answer a.cite").first
        mark.hover()
        assert SENTENCE in page.get_by_role("tooltip").inner_text()
        page.keyboard.press("Escape")
        assert page.get_by_role("tooltip").count() == 0
        page.mouse.move(5, 5)
        mark.focus()
        assert SENTENCE in page.get_by_role("tooltip").inner_text()
        assert mark.get_attribute("aria-describedby") == "quote-card"


def test_all_sources_are_listed_and_each_opens_beside(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "Are public folders supported in a Multi-Geo organization?")
        page.locator("#latest").get_by_role("button", name="2 sources").click()
        panel = page.locator("#source-panel")
        assert panel.locator("li").count() == 2
        panel.get_by_role("link", name="Source 2").click()
        panel.locator("#cited").wait_for()
        panel.get_by_role("button", name="All sources").click()
        assert panel.locator("li").count() == 2
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.hasAttribute('data-sources')")


def test_a_source_is_named_and_leaves_with_its_answer(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, QUESTION)
        panel = page.locator("#source-panel")
        page.locator("#latest .answer a.cite").first.click()
        panel.locator("#cited").wait_for()
        assert "Intune" in panel.locator(".source-name").inner_text()
        ask(page, "Are public folders supported in a Multi-Geo organization?")
        assert panel.count() == 0
        page.locator("#latest .answer a.cite").first.click()
        panel.locator("#cited").wait_for()
        open_tab(page, "Facts")
        assert panel.count() == 0
        page.locator("#new").click()
        page.wait_for_function("document.activeElement.id === 'question-field'")


def test_the_list_of_conversations_is_a_drawer_where_there_is_no_room(
    browser: Any, served: Served
) -> None:
    with visiting(browser, (390, 844)) as (page, _):
        go(page, served)
        ask(page, QUESTION)
        drawer = page.locator("#rail")
        assert not drawer.is_visible()
        page.get_by_role("button", name="Conversations").click()
        drawer.get_by_role("button", name=QUESTION, exact=False).first.wait_for()
        assert "just now" in drawer.inner_text()
        page.keyboard.press("Escape")
        assert not drawer.is_visible()
        assert page.evaluate("document.activeElement.id") == "rail-toggle"


def test_gradio_is_loaded_when_a_part_of_its_is_opened(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, watched):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        go(page, served)
        ask(page, QUESTION)
        assert [url for url in asked if "/assets/" in url or "gradio" in url] == []
        open_tab(page, "Check")
        assert [url for url in asked if "/assets/" in url] != []
        open_tab(page, "Ask")
        assert page.locator("#latest .asked").inner_text() == QUESTION
        watched.assert_quiet()


@pytest.mark.parametrize("window", [*WINDOWS, (1190, 700), (1000, 700), (390, 400)])
def test_every_part_is_reached_by_the_bar_with_the_keyboard(
    browser: Any, served: Served, window: tuple[int, int]
) -> None:
    with visiting(browser, window) as (page, watched):
        go(page, served)
        menu, links = page.get_by_role("button", name="Menu", exact=True), page.locator("#parts a")
        if menu.is_visible():
            menu.press("Enter")
        for link in links.all():
            link.focus()
            shown = link.bounding_box()
            assert shown is not None
            assert shown["x"] >= 0
            assert shown["x"] + shown["width"] <= window[0]
            assert shown["y"] + shown["height"] <= window[1]
            assert shown["height"] < 50, "a name stands on one line"
        assert bare_of_overflow(page)
        assert page.locator(".bar h1").bounding_box()["height"] < 40
        if menu.is_visible():
            page.keyboard.press("Escape")
            assert not links.first.is_visible()
            assert page.evaluate("document.activeElement.id") == "parts-toggle"
        watched.assert_quiet()
