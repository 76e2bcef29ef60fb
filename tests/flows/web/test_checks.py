"""Checks, comparisons and changes in a real Chromium: the main jobs, by pointer and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.app import Assistant
from assistant.types import Profile
from evals.measuring.page.browser import choose, choose_file
from tests.flows.web.conftest import (
    FIRST_LOOK,
    LOOKS,
    WIDE,
    Served,
    bare_of_overflow,
    downloaded,
    go,
    open_tab,
    visiting,
)
from ui.shared.check_rows import shown_check

pytestmark = pytest.mark.browser

GERMAN = Profile(country="Germany")
OLD = """# Data of Fernhill Notes

Notes are stored at rest in Norway. Notes are kept for 90 days after an account is closed.

The service is reliable and pleasant to use.
"""
NEW = OLD.replace("90 days", "30 days").replace("Norway", "Ireland")
PATIENCE_MS = 60_000


@pytest.fixture(params=LOOKS)
def page(browser: Any, served: Served, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page as it opens, in each look."""
    with visiting(browser, *request.param) as (opened, watched):
        go(opened, served)
        yield opened
        assert bare_of_overflow(opened)
        watched.assert_quiet()


def _keep(page: Any, country: str, name: str) -> None:
    if not page.get_by_label("Sign-up country of the tenant").is_visible():
        page.get_by_role("button", name="Make or change a profile").click()
    page.get_by_label("Sign-up country of the tenant").fill(country)
    page.keyboard.press("Tab")
    page.get_by_label("Name; leave it empty").fill(name)
    page.get_by_role("button", name="Keep profile").click()
    page.get_by_text(f"{name}: kept.").wait_for(timeout=PATIENCE_MS)


def _counted(page: Any, grid: str, words: str) -> None:
    page.locator(f"{grid} .grid-count", has_text=words).wait_for(timeout=PATIENCE_MS)


def test_a_profile_is_made_and_checked_and_what_if_shows_what_changes_alone(
    page: Any, assistant: Assistant, tmp_path: Path
) -> None:
    rows = shown_check(assistant, GERMAN).rows
    changed = shown_check(assistant, GERMAN, ("move to Japan",)).rows
    assert 0 < len(changed) < len(rows)
    open_tab(page, "Check")
    _keep(page, "Germany", "Tenant North")
    _counted(page, "#check-grid", f"{len(rows)} statements")
    assert page.get_by_label("Profile", exact=True).input_value() == "Tenant North"

    denied = [row for row in rows if row.outcome == "does not hold"]
    page.locator("#check-summary [data-choose^='does']").first.click()
    _counted(page, "#check-grid", f"{len(denied)} statement")
    page.locator("#check-grid .grid-row").first.click()
    page.locator("#source-panel #cited").wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Escape")
    written = json.loads(downloaded(page, "Download JSON", tmp_path).read_text(encoding="utf-8"))
    assert {one["id"] for one in written[0]["statements"]} == {row.id for row in denied}

    page.get_by_label("What if: shows only what changes", exact=True).fill("move to Japan")
    page.keyboard.press("Enter")
    page.locator("#check-grid thead th", has_text="With: move to Japan").wait_for(
        state="attached", timeout=PATIENCE_MS
    )
    page.keyboard.press("Escape")
    moved = [row for row in changed if "does not hold" in (row.outcome, row.before)]
    _counted(page, "#check-grid", f"{len(moved)} statement")
    sheet = load_workbook(downloaded(page, "Download XLSX", tmp_path)).active
    assert sheet is not None
    values = list(sheet.values)
    at, before = values[0].index("outcome"), values[0].index("before")
    assert all(row[at] != row[before] for row in values[1:])
    assert len(values) - 1 == len(moved) > 0


@pytest.mark.parametrize("page", FIRST_LOOK, indirect=True)
def test_two_kept_profiles_stand_side_by_side(page: Any) -> None:
    open_tab(page, "Check")
    for country in ("Norway", "Japan"):
        _keep(page, country, f"Tenant <b>{country}</b>")
    page.get_by_role("button", name="Make or change a profile").click()
    choose(page, "Side by side with", "Tenant <b>Norway")
    page.locator("#check-grid thead th", has_text="Tenant <b>Norway</b>").wait_for(
        timeout=PATIENCE_MS
    )
    marks = page.locator("#check-grid .grid-row").first.locator(".mark").all_inner_texts()
    assert len(marks) == 2
    assert marks[0] != marks[1]
    differing = int(page.locator("#check-grid .grid-count").inner_text().split()[0])
    page.get_by_label("Also what ends alike for both").check()
    page.wait_for_function(
        "few => parseInt(document.querySelector('#check-grid .grid-count').textContent) > few",
        arg=differing,
    )
    assert page.locator("#check-grid b").count() == 0


def test_two_services_are_compared_and_each_cell_opens_its_source(
    page: Any, tmp_path: Path
) -> None:
    open_tab(page, "Compare")
    choose(page, "First side", "Exchange Online")
    choose(page, "Second side", "Microsoft Intune")
    page.locator("#sides-grid .grid-row").first.wait_for(timeout=PATIENCE_MS)
    for words, document in (("only Exchange Online", "exchange-online"),
                            ("only Microsoft Intune", "intune")):  # fmt: skip
        choose(page, "How it stands", words)
        row = page.locator("#sides-grid .grid-row", has_text=words).first
        row.wait_for(timeout=PATIENCE_MS)
        link = row.locator("a.cite").first
        assert f"document={document}&" in (link.get_attribute("href") or "")
        link.click()
        page.locator("#source-panel #cited").wait_for(timeout=PATIENCE_MS)
        page.keyboard.press("Escape")
    text = downloaded(page, "Download HTML", tmp_path).read_text(encoding="utf-8")
    assert "<h1>Exchange Online and Microsoft Intune</h1>" in text


def test_two_uploads_are_held_against_each_other(page: Any, tmp_path: Path) -> None:
    old, new = tmp_path / "before.md", tmp_path / "now.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW.replace("reliable and pleasant", "pleasant and reliable"), encoding="utf-8")
    open_tab(page, "Changes")
    page.get_by_role("button", name="Compare", exact=True).locator("visible=true").click()
    page.get_by_role("alert").get_by_text("no edition is chosen").wait_for(timeout=PATIENCE_MS)
    choose_file(page, "#changes-old input[type=file]", old)
    choose_file(page, "#changes-new input[type=file]", new)
    page.get_by_role("button", name="Compare", exact=True).locator("visible=true").click()
    table = page.locator("#changes-grid .grid-table").first
    table.wait_for(timeout=PATIENCE_MS)
    said = table.inner_text()
    for words in ("place: Norway → Ireland", "90 days", "30 days", "severity: high"):
        assert words in said
    assert "pleasant" not in said
    folded = page.locator("#changes-grid details.grid-folded")
    folded.locator("summary").first.press("Enter")
    assert "pleasant" in folded.inner_text()
    around = table.locator(".changes-around").first
    around.locator("summary").press("Enter")
    assert around.locator("mark").inner_text() in OLD
    written = json.loads(downloaded(page, "Download JSON", tmp_path).read_text(encoding="utf-8"))
    assert written[0]["counts"]["changed"] == 2


def test_a_check_is_done_with_the_keyboard_alone(browser: Any, served: Served) -> None:
    with visiting(browser, WIDE) as (page, _):
        go(page, served)

        def tab_to(selector: str) -> None:
            for _ in range(150):
                page.keyboard.press("Tab")
                if page.evaluate("one => document.activeElement.matches(one)", selector):
                    return
            raise AssertionError(f"{selector} is not reached")

        page.locator(".skip").focus()
        tab_to("#parts a[href='#check']")
        page.keyboard.press("Enter")
        page.locator("#check-grid .grid-row").first.wait_for(timeout=PATIENCE_MS)
        tab_to("#check-profile button")
        page.keyboard.press("Enter")
        tab_to("#check-profile :is(input, textarea)")
        page.keyboard.type("Japan")
        tab_to("#check-keeping button")
        page.keyboard.press("Enter")
        page.locator("#profile-said", has_text="Kept").wait_for(timeout=PATIENCE_MS)
        tab_to("#check-summary [data-choose^='holds']")
        page.keyboard.press("Enter")
        page.locator("#check-grid .mark.bad").first.wait_for(state="hidden", timeout=PATIENCE_MS)
        tab_to("#check-grid a.cite")
        page.keyboard.press("Enter")
        page.locator("#source-panel #cited").wait_for(timeout=PATIENCE_MS)
        assert page.evaluate("document.activeElement.id") == "cited"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('#check-grid a.cite')")
