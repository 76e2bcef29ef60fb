"""A conversation: answers, their passages beside, what is asked next, what is kept of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.flows.web.conftest import (
    LOOKS,
    Served,
    answered,
    ask,
    bare_of_overflow,
    go,
    loading,
    visiting,
)

pytestmark = pytest.mark.browser

DOCUMENTS = "corpus/documents"


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_an_answer_shows_its_sentence_in_the_document(
    browser: Any, served: Served, look: tuple[tuple[int, int], str]
) -> None:
    size, scheme = look
    with visiting(browser, size, scheme) as (page, watched):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        page.locator("#latest .answer a.cite").first.click()
        marked = page.locator("#source-panel #cited")
        marked.wait_for()
        quote = page.locator("#latest .quote").first.inner_text()
        assert re.sub(r"\s+", " ", marked.inner_text()) == re.sub(r"\s+", " ", quote)
        assert "2025-06-25" in page.locator("#source-panel .place").inner_text()
        original = page.locator("#source-panel").get_by_role("link", name="original page")
        assert (original.get_attribute("href") or "").startswith("https://")
        assert marked.evaluate("mark => mark === document.activeElement")
        assert bare_of_overflow(page)
        page.keyboard.press("Escape")
        assert page.locator("#source-panel").count() == 0
        assert page.evaluate("document.activeElement.classList.contains('cite')")
        assert "2025-06-25" in page.locator("#latest .standing .age").inner_text()
        watched.assert_quiet()


def test_questions_lean_on_those_before(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, watched):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        ask(page, "and personal data after deletion?")
        assert "30 days" in page.locator("#latest .answer").inner_text()
        assert page.locator("#conversation .exchange").count() == 1
        watched.assert_quiet()


def test_what_may_be_meant_is_chosen_with_a_button(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "Where is my data?")
        choices = page.get_by_role("group", name="Choices").get_by_role("button")
        assert choices.count() > 1
        name = choices.first.inner_text()
        choices.first.click()
        answered(page, name)
        assert page.locator("#latest .answer.answered").count() == 1


def test_a_suggested_question_is_asked_with_one_press(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "Which regions does Intune store data in?")
        following = page.get_by_role("group", name="Ask next").get_by_role("button").first
        text = following.inner_text()
        following.focus()
        page.keyboard.press("Enter")
        answered(page, text)


def test_an_edited_question_takes_the_place_of_what_followed(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        ask(page, "Are public folders supported in a Multi-Geo organization?")
        page.locator("#conversation").get_by_role("button", name="Edit").click()
        page.wait_for_function(
            "document.querySelector('#question textarea').value.includes('audit logs')"
        )
        ask(page, "How long does Intune keep personal data?")
        page.wait_for_function("!document.querySelector('#conversation .exchange')")
        assert page.locator("#latest .exchange").count() == 1
        page.locator("#latest .exchange").evaluate("exchange => exchange.dataset.before = ''")
        page.locator("#latest").get_by_role("button", name="Ask again").click()
        page.wait_for_function("!document.querySelector('#latest [data-before]')")
        answered(page, "How long does Intune keep personal data?")
        assert page.locator(".exchange").count() == 1


def test_an_answer_is_copied_with_its_sources(browser: Any, served: Served) -> None:
    allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visiting(browser, **allowed) as (page, _):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        page.get_by_role("button", name="Copy").click()
        page.get_by_text("Copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "up to one year" in copied
        assert "[1]" in copied
        assert "2025-06-25" in copied
        assert "https://" in copied


def test_a_judgement_reaches_those_who_look_after_answers(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        page.locator("#latest summary", has_text="Not helpful").click()
        page.get_by_label("What is wrong?").fill("It is about logs of <b>devices</b>")
        page.get_by_label("What would be right?").fill("One year")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Thank you").wait_for()
    from assistant.app import Assistant
    from assistant.settings import Settings

    assistant = Assistant.open(Settings(home=served.home))
    given = [one.reason for one, _ in assistant.feedback()]
    assistant.close()
    assert "It is about logs of <b>devices</b>" in given


def test_hostile_text_stays_text(browser: Any, served: Served) -> None:
    hostile = (
        "Where <img src=x onerror=alert(1)> <script>alert(2)</script> is **Intune** {{x}} data?"
    )
    with visiting(browser) as (page, watched):
        go(page, served)
        ask(page, hostile)
        assert page.locator("#latest .asked").inner_text() == hostile
        assert page.locator("#latest img, #latest script").count() == 0
        page.locator(".exchange").get_by_role("button", name="Edit").click()
        page.wait_for_function(
            "document.querySelector('#question textarea').value.includes('onerror')"
        )
        assert page.get_by_label("Your question").input_value() == hostile
        watched.assert_quiet()


def test_conversations_are_found_renamed_reopened_exported_and_deleted(
    browser: Any, served: Served
) -> None:
    with visiting(browser, accepting=True) as (page, _):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_function("!document.querySelector('#latest .exchange')")
        ask(page, "Are public folders supported in a Multi-Geo organization?")
        with loading(page):
            page.reload()
        listed = page.locator("#conversations li")
        listed.nth(1).wait_for()
        page.get_by_label("Search conversations").fill("audit")
        page.wait_for_function("document.querySelectorAll('#conversations li').length === 1")
        listed.locator("summary").click()
        listed.get_by_label("Title").fill("Retention <i>of logs</i>")
        listed.get_by_role("button", name="Rename").click()
        renamed = page.get_by_role("button", name="Retention <i>of logs</i>")
        renamed.wait_for()
        listed.locator("summary").click()
        with page.expect_download() as download:
            listed.get_by_role("link", name="markdown").click()
        text = download.value.path().read_text(encoding="utf-8")
        assert "up to one year" in text
        renamed.click()
        page.locator("#latest .exchange").wait_for()
        assert "audit logs" in page.locator("#latest .asked").inner_text()
        # Its menu is still open, in a list that is a new one.
        listed.get_by_role("button", name="Delete").click()
        page.wait_for_function("!document.querySelector('#latest .exchange')")
        page.get_by_label("Search conversations").fill("")
        # One is listed before as well: the deleted one, until the list is a new one.
        listed.filter(has_text="public folders").wait_for()
        assert listed.count() == 1


def test_two_tabs_of_one_user_hold_two_conversations(browser: Any, served: Served) -> None:
    with visiting(browser) as (first, _):
        second = first.context.new_page()
        for page in (first, second):
            go(page, served)
        ask(first, "How long does Intune keep audit logs?")
        ask(second, "Are public folders supported in a Multi-Geo organization?")
        ask(first, "and personal data after deletion?")
        assert first.locator(".exchange").count() == 2
        assert second.locator(".exchange").count() == 1
        assert "30 days" in first.locator("#latest .answer").inner_text()


def test_a_receipt_says_whether_the_answer_still_stands(browser: Any, served: Served) -> None:
    with visiting(browser) as (page, _):
        go(page, served)
        ask(page, "How long does Intune keep audit logs?")
        page.get_by_role("link", name="Receipt").click()
        receipt = page.locator("#source-panel")
        receipt.get_by_text("still").first.wait_for()
        assert "2025-06-25" in receipt.inner_text()
