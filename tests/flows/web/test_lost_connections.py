"""A question whose connection is lost is asked again, and once alone."""

from __future__ import annotations

from typing import Any

from tests.flows.web.conftest import Served, ask, go, visiting

QUESTION = "How long does Intune keep audit logs?"


def _losing(page: Any, *kinds: str) -> list[str]:
    """Lose the next connections for answers: before the server hears of them, or after it has
    answered; return what happens to each.
    """
    left, seen = list(kinds), []

    def handle(route: Any) -> None:
        kind = left.pop(0) if left else "kept"
        seen.append(kind)
        if kind == "after":
            route.fetch()
        if kind == "replaced":
            route.fulfill(status=503, json={"error": {"message": "The server is being stopped"}})
        elif kind == "kept":
            route.continue_()
        else:
            route.abort("connectionreset")

    page.route("**/answers", handle)
    return seen


def _exchanges(page: Any) -> int:
    count: int = page.locator("#conversation .asked, #latest .asked").count()
    return count


def test_a_question_is_asked_again_of_a_server_that_was_gone(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        seen = _losing(page, "before", "replaced")
        ask(page, QUESTION)
        assert seen == ["before", "replaced", "kept"]
        assert _exchanges(page) == 1
        assert page.locator("#chat-said").inner_text() == ""


def test_what_was_answered_before_the_connection_was_lost_is_not_asked_again(
    browser: Any, served: Served
) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "Are public folders supported in a Multi-Geo organization?")
        seen = _losing(page, "after")
        ask(page, QUESTION)
        assert seen == ["after"]
        assert _exchanges(page) == 2
        with page.expect_response("**/exchanges?*"):
            page.reload()
            page.locator("#conversations li button.open").first.click()
        page.locator("#latest .exchange").wait_for()
        assert _exchanges(page) == 2


def test_a_server_that_stays_away_is_named_and_the_question_is_kept(
    browser: Any, served: Served
) -> None:
    with visiting(browser) as (page, watched):
        go(page, served)
        seen = _losing(page, *["before"] * 9)
        page.get_by_label("Your question").fill(QUESTION)
        page.get_by_label("Your question").press("Enter")
        page.get_by_text("The server cannot be reached").wait_for()
        assert len(seen) == 4
        assert page.get_by_label("Your question").input_value() == QUESTION
        assert watched is not None
