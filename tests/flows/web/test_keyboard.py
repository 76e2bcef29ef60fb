"""Jobs of the page are done with the keyboard alone: no test here presses a pointer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as NotSeen

from tests.flows.web.conftest import WIDE, Served, go, visiting

pytestmark = pytest.mark.browser

QUESTION = "How long does Intune keep audit logs?"
_MOST_STEPS = 150
_LOADED_MS = 60_000
_LISTENS_MS = 5_000
_PRESSES = 12
"""How often the button of a file is pressed until the page's script has seen it."""


def _reach(page: Any, selector: str) -> None:
    """Go on by the tab key until what has the focus fits a selector."""
    fits = "selector => document.activeElement?.matches(selector) ?? false"
    for _ in range(_MOST_STEPS):
        if page.evaluate(fits, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not reach {selector}")


def _press(page: Any, selector: str, key: str = "Enter") -> None:
    _reach(page, selector)
    page.keyboard.press(key)


def _part(page: Any, name: str, shown: str) -> None:
    _press(page, f"#parts a[href='#{name}']")
    page.locator(shown).first.wait_for(timeout=_LOADED_MS)


def _ask(page: Any) -> None:
    _reach(page, "#question-field")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#latest [data-copy]").wait_for(timeout=_LOADED_MS)


def _fill(page: Any, selector: str, text: str) -> None:
    _reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def _chooser(page: Any, selector: str) -> Any:
    """What chooses a file, opened by a field's button.

    The button stands in the page before its script listens, and may be drawn anew when it does: a
    visitor who sees nothing happen presses again.
    """
    for left in reversed(range(_PRESSES)):
        _reach(page, selector)
        try:
            with page.expect_file_chooser(timeout=_LISTENS_MS) as chosen:
                page.keyboard.press("Enter")
            return chosen.value
        except NotSeen:
            if not left:
                raise
    raise AssertionError("unreachable")


def test_an_answer_is_asked_for_its_source_read_and_its_evidence_taken(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    with visiting(browser, WIDE) as (page, watched):
        go(page, served)
        _ask(page)
        _press(page, "#latest .answer a.cite")
        page.locator("#source-panel #cited").wait_for()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('#latest a.cite')")
        _press(page, "#conversations summary")
        _reach(page, "#conversations a[href^='evidence'][href$='html']")
        with page.expect_download(timeout=_LOADED_MS) as waiting:
            page.keyboard.press("Enter")
        waiting.value.save_as(tmp_path / "evidence.html")
        assert QUESTION in (tmp_path / "evidence.html").read_text(encoding="utf-8")
        watched.assert_quiet()


def test_an_earlier_conversation_is_opened_on_a_narrow_screen(browser: Any, served: Served) -> None:
    with visiting(browser, (390, 844)) as (page, _):
        go(page, served)
        _ask(page)
        _press(page, "#new")
        page.wait_for_function("!document.querySelector('#latest .exchange')")
        assert page.evaluate("document.activeElement.id") == "question-field"
        page.keyboard.press("Shift+Tab")
        _press(page, "#rail-toggle")
        page.locator("#conversations .open").first.wait_for()
        _press(page, "#conversations .open")
        page.locator("#latest .asked", has_text=QUESTION).wait_for()
        assert not page.locator("#rail").is_visible()


def test_facts_are_filtered_and_one_is_read_in_its_document(browser: Any, served: Served) -> None:
    with visiting(browser, WIDE) as (page, _):
        go(page, served)
        _part(page, "facts", ".facts-table")
        _fill(page, "input[aria-label='Place']", "Japan")
        page.wait_for_function(
            "document.querySelectorAll('.facts-row').length < 50", timeout=_LOADED_MS
        )
        _press(page, ".facts-row a.cite")
        page.locator("#source-panel #cited").wait_for(timeout=_LOADED_MS)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.facts-row a.cite')")


def _turn_to(page: Any, group: str, words: str) -> None:
    """Choose one of a group of round buttons by the arrow keys."""
    _reach(page, f"{group} input[type=radio]")
    named = f"{group} label:has-text('{words}') input"
    for _ in range(page.locator(f"{group} input[type=radio]").count()):
        if page.locator(named).is_checked():
            return
        page.keyboard.press("ArrowDown")
    assert page.locator(named).is_checked()


def _choose(page: Any, label: str, name: str) -> None:
    """Choose from a list by its name, as who types it whole does."""
    field = f"input[aria-label='{label}']"
    _reach(page, field)
    # Other lists offer the same name: that of the field, and the name that Enter would choose.
    own = page.locator(field).get_attribute("aria-controls")
    offered = page.locator(f"#{own} [role=option].active[aria-label='{name}']")
    for left in reversed(range(_PRESSES)):
        page.keyboard.press("Control+A")
        page.keyboard.type(name)
        try:
            # What there is to choose comes a moment after the group before it is turned.
            offered.wait_for(timeout=_LISTENS_MS)
            break
        except NotSeen:
            if not left:
                raise
    page.keyboard.press("Enter")
    assert page.locator(field).input_value() == name


def _beside(page: Any, first: str, second: str) -> Any:
    """Choose two sides, and return the table that sets them side by side.

    What there is to choose comes a moment after its kind was, and empties what was chosen by then:
    a visitor who sees no table chooses again.
    """
    table = page.locator(".compare-table", has_text=f"{first} and {second}, side by side")
    for left in reversed(range(_PRESSES)):
        try:
            _choose(page, "First", first)
            _choose(page, "Second", second)
            table.wait_for(timeout=_LISTENS_MS if left else None)
        except NotSeen:
            if not left:
                raise
        else:
            break
    return table


@pytest.mark.parametrize("window", [WIDE, (390, 844)], ids=["wide", "phone"])
def test_two_services_then_two_places_are_compared_and_a_source_read(
    browser: Any, served: Served, window: tuple[int, int]
) -> None:
    with visiting(browser, window) as (page, watched):
        go(page, served)
        if window[0] < WIDE[0]:
            _press(page, "#parts-toggle")
        _part(page, "places", ".atlas-map")
        _turn_to(page, "#places-shown", "Two side by side")
        table = _beside(page, "Exchange Online", "Microsoft Intune")
        assert table.locator("thead th").all_inner_texts()[1:] == [
            "Exchange Online", "Microsoft Intune",
        ]  # fmt: skip
        _press(page, ".compare-table a.cite")
        page.locator("#source-panel #cited").wait_for(timeout=_LOADED_MS)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.compare-table a.cite')")
        page.locator("#source-panel").wait_for(state="hidden")
        page.reload()
        page.locator(".atlas-map").wait_for(timeout=_LOADED_MS)
        _turn_to(page, "#places-shown", "Two side by side")
        _turn_to(page, "#places-compare", "Two places")
        table = _beside(page, "Norway", "Japan")
        assert table.locator("tbody tr").count() > 1
        # More than a hundred places stand before it in the list.
        _choose(page, "Second", "Japan")
        watched.assert_quiet()


def test_a_questionnaire_is_taken_in_answered_and_reviewed(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "keys.csv"
    path.write_text(f"Question\n{QUESTION}\n", encoding="utf-8")
    with visiting(browser, WIDE) as (page, _):
        go(page, served)
        _part(page, "questionnaire", "text=Questionnaire: Excel, Word, PDF")
        page.locator("#sheets-file button").first.wait_for(timeout=_LOADED_MS)
        _chooser(page, "#sheets-file button").set_files(str(path))
        page.locator("#sheets-start").wait_for(timeout=_LOADED_MS)
        _press(page, "#sheets-start")
        page.get_by_text("1 of 1 done").first.wait_for(timeout=_LOADED_MS)
        _press(page, ".sheets-rows tr[data-position]", "e")
        page.wait_for_function("document.activeElement.closest('#sheets-words')")
        page.keyboard.type("One year.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("1 corrected").first.wait_for(timeout=_LOADED_MS)


def test_a_profile_is_kept_and_cleared(browser: Any, served: Served) -> None:
    with visiting(browser, WIDE) as (page, _):
        go(page, served)
        _part(page, "check", "#check-grid .grid-table")
        _press(page, "#check-profile > button")
        _fill(page, "#profile-country :is(input, textarea)", "Norway")
        _press(page, "#profile-keep")
        page.get_by_text("tenant of Norway").first.wait_for(timeout=_LOADED_MS)
        _press(page, "#profile-clear")
        page.get_by_text("tenant of Norway").first.wait_for(state="detached", timeout=_LOADED_MS)
