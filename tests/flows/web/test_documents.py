"""Profile and documents on the page: what holds for a tenant, and what the answers come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.measuring.page.browser import choose_file
from tests.flows.web.conftest import Served, ask, go, loading, open_tab, visiting

pytestmark = pytest.mark.browser

POLICY = """# Data residency of Borealis Notes

Notes of customers in Norway are stored at rest in data centers in Oslo and Bergen.
"""


def test_a_profile_holds_for_every_question_until_it_is_cleared(
    browser: Any, served: Served
) -> None:
    with visiting(browser) as (page, watched):
        go(page, served)
        open_tab(page, "Check")
        page.get_by_role("button", name="Make or change a profile").click()
        for country, told in (
            ("Atlantis", "no country of that name is known"),
            ("Norway", "Kept; it holds from the next question on."),
        ):
            page.get_by_label("Sign-up country of the tenant").fill(country)
            page.keyboard.press("Tab")
            page.get_by_role("button", name="Keep profile").click()
            page.locator("#profile-said").get_by_text(told).wait_for()
        with loading(page):
            page.reload()
        page.get_by_text("Profile in force: tenant of Norway").wait_for()
        ask(page, "Where is mailbox content kept?")
        page.get_by_role("link", name="Receipt").click()
        page.locator("#source-panel").get_by_text("Norway").first.wait_for()
        page.keyboard.press("Escape")
        open_tab(page, "Check")
        page.get_by_role("button", name="Make or change a profile").click()
        page.get_by_role("button", name="Clear", exact=True).click()
        page.get_by_text("Profile in force").wait_for(state="hidden")
        watched.assert_quiet()


def test_a_document_is_added_asked_described_and_removed(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    question = "Where are Borealis Notes of customers in Norway stored?"
    file = tmp_path / "borealis <i>.md"
    file.write_text(POLICY, encoding="utf-8")
    with visiting(browser) as (page, watched):
        go(page, served)
        # Drawn before the document is there, and up to date when it is opened again.
        open_tab(page, "Facts")
        open_tab(page, "Documents")
        page.get_by_role("button", name="Add documents").click()
        choose_file(page, "#documents-files input[type=file]", file)
        page.get_by_label("Title", exact=True).fill("Borealis <b>Notes</b>")
        page.get_by_label("Date of the page (YYYY-MM-DD)").fill("2026-05-04")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_text("Answers come from this from now on").wait_for(timeout=120_000)
        page.locator("#documents-table").get_by_role(
            "link", name="Borealis <b>Notes</b>"
        ).wait_for()
        open_tab(page, "Facts")
        page.get_by_role("combobox", name="Service", exact=True).click()
        page.keyboard.type("Borealis")
        page.get_by_role("option", name="Borealis").first.wait_for()
        page.keyboard.press("Escape")
        open_tab(page, "Ask")
        ask(page, question)
        assert "Oslo and Bergen" in page.locator("#latest .answer").inner_text()
        assert "2026-05-04" in page.locator("#latest .standing .age").inner_text()
        open_tab(page, "Documents")
        page.get_by_role("button", name="Describe or remove a document").click()
        page.get_by_role("combobox", name="Document", exact=True).click()
        page.get_by_role("option", name="borealis").first.click()
        page.get_by_role("button", name="Remove from the answers").click()
        page.locator("#documents-table").get_by_text("Borealis").first.wait_for(
            state="hidden", timeout=120_000
        )
        open_tab(page, "Ask")
        ask(page, "In which cities are Borealis Notes of Norway stored today?")
        assert "Bergen" not in page.locator("#latest .answer").inner_text()
        watched.assert_quiet()


def test_a_file_that_cannot_be_read_is_named_with_its_reason(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "torn.pdf"
    file.write_bytes(b"%PDF-1.7 torn")
    with visiting(browser) as (page, _):
        go(page, served)
        open_tab(page, "Documents")
        page.get_by_role("button", name="Add documents").click()
        choose_file(page, "#documents-files input[type=file]", file)
        page.get_by_role("button", name="Add", exact=True).click()
        row = page.locator("#documents-ledger tr.failed", has_text="torn.pdf")
        row.wait_for(timeout=120_000)
        assert "failed" in row.inner_text()
