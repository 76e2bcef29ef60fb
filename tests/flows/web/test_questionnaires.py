"""A questionnaire in the browser: uploaded, answered, read, corrected, downloaded, deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.history.database import utc_now
from assistant.library.library_store import FILE, Library
from assistant.library.types import Approval, Approver, Right, ToKeep
from assistant.types import AnswerScope
from evals.measuring.page.browser import choose_file
from tests.flows.web.conftest import (
    LOOKS,
    WIDE,
    Served,
    bare_of_overflow,
    go,
    open_tab,
    visiting,
)
from tests.ui.questionnaires.makers import QUESTIONS, questionnaire_book, saved

pytestmark = pytest.mark.browser


def _open(page: Any, served: Served, path: Path) -> None:
    go(page, served)
    open_tab(page, "Questionnaire")
    choose_file(page, "input[type=file][accept*='xlsx']", path)


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_a_workbook_is_answered_corrected_and_downloaded(
    browser: Any, served: Served, tmp_path: Path, look: tuple[tuple[int, int], str]
) -> None:
    path = saved(questionnaire_book(), tmp_path / "security.xlsx")
    with visiting(browser, *look) as (page, watched):
        _open(page, served, path)
        page.get_by_text(f"{len(QUESTIONS)} questions in column B.").wait_for()
        page.get_by_role("button", name="Answer these questions").click()
        page.get_by_text("10 of 10 done").first.wait_for(timeout=120_000)
        assert page.locator(".sheets-rows a.cite").count() >= 5
        page.get_by_role("button", name="Open row 5", exact=True).click()
        page.get_by_role("heading", name="Row 5: How long are Intune audit logs kept?").wait_for()
        page.get_by_label("Your own answer").fill("=One year")
        page.get_by_role("button", name="Keep my answer").click()
        page.get_by_text("1 corrected").first.wait_for()
        assert bare_of_overflow(page)
        page.get_by_role("button", name="Prepare the file").click()
        with page.expect_download(timeout=30_000) as download:
            page.locator("a[download='security-answers.xlsx']").click()
        download.value.save_as(tmp_path / "down.xlsx")
        sheet = load_workbook(tmp_path / "down.xlsx")["Security"]
        assert [sheet.cell(5, column).value for column in (7, 8)] == [
            "'=One year", "corrected by a person",
        ]  # fmt: skip
        assert sheet["A1"].value == "Vendor security questionnaire 2026, the full version"
        page.get_by_role("button", name="Delete this questionnaire").click()
        page.get_by_role("button", name="Prepare the file").wait_for(state="hidden")
        watched.assert_quiet()


def _two_sheets(path: Path) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, texts in (("One", QUESTIONS[:3]), ("Two", QUESTIONS[8:9])):
        sheet = made.create_sheet(name)
        sheet.append(["ID", "Question", "Answer", "Notes"])
        for number, text in enumerate(texts, 1):
            sheet.append([f"{name}-{number}", text, None, None])
    made.save(path)
    return path


def _due(home: Path) -> str:
    """Keep an approved answer whose review date has come; return its id."""
    day = dt.date(2020, 1, 1)
    approval = Approval(
        "Who sees the notes?", "Nobody.", AnswerScope(), "ann", day, day, "written"
    )  # fmt: skip
    who = Approver("ann", Right.APPROVER)
    Library(home / FILE, utc_now).keep((ToKeep(approval),), who)
    return approval.id


def _chosen(page: Any, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def _focused_row(page: Any) -> str | None:
    told: str | None = page.evaluate("document.activeElement.getAttribute('data-position')")
    return told


def test_it_is_read_otherwise_and_worked_on_by_keyboard(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    with visiting(browser, WIDE) as (page, watched):
        _open(page, served, _two_sheets(tmp_path / "two.xlsx"))
        understood = page.get_by_label("What is understood")
        understood.get_by_text("sheet Two, column B: 1 question").wait_for()
        page.get_by_role("button", name="Read this table otherwise").click()
        _chosen(page, "Column: answer", "D: Notes")
        page.get_by_role("button", name="Read it so").click()
        understood.get_by_text("answer in D (Notes)").wait_for()
        page.get_by_role("button", name="Answer these questions").click()
        page.get_by_text("4 of 4 done").first.wait_for(timeout=120_000)

        # By keys alone: down, down, up, approve; the row keeps the focus.
        rows = page.locator(".sheets-rows tr[data-position]")
        rows.first.focus()
        for key in ("ArrowDown", "j", "k"):
            page.keyboard.press(key)
        assert _focused_row(page) == "1"
        page.keyboard.press("a")
        rows.nth(1).get_by_text("Approved by").wait_for()
        page.wait_for_function("document.activeElement.dataset.position === '1'")
        page.keyboard.press("e")
        page.wait_for_function("document.activeElement.closest('#sheets-words')")
        page.keyboard.press("Escape")
        assert _focused_row(page) == "1"
        for key, part in (("g", "#sheets-person"), ("c", "#sheets-comment")):
            page.keyboard.press(key)
            page.wait_for_function(f"document.activeElement.closest('{part}')")
            page.keyboard.press("Escape")
            page.wait_for_function("document.activeElement.dataset.position === '1'")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.textContent.startsWith('Row 4')")

        page.get_by_label("Given to (empty for nobody)").fill("dora")
        page.keyboard.press("Enter")
        page.get_by_label("Comment, which is not written into the file").fill("ask legal")
        page.get_by_role("button", name="Keep person and comment").click()
        rows.nth(2).get_by_text("Comment: ask legal").wait_for()
        _chosen(page, "Assigned to", "dora")
        page.wait_for_function("document.querySelectorAll('tr[data-position]').length === 1")
        _chosen(page, "Assigned to", "all")
        _chosen(page, "Triage", "not about data residency")
        page.wait_for_function("document.querySelectorAll('tr[data-position]').length === 1")
        assert QUESTIONS[8] in rows.first.inner_text()

        entry = _due(served.home)
        page.get_by_role("button", name="Approved answers to decide on").click()
        page.get_by_role("button", name="Show what is void").click()
        drop = page.get_by_role("button", name="Drop it: Who sees the notes?")
        drop.wait_for()
        drop.focus()
        page.keyboard.press("Enter")
        page.get_by_text(f"{entry}: withdrawn").wait_for()
        page.get_by_text("Nothing to decide on").wait_for()
        assert bare_of_overflow(page)
        page.get_by_role("button", name="Prepare the file").click()
        with page.expect_download(timeout=30_000) as download:
            page.locator("a[download='two-answers.xlsx']").click()
        download.value.save_as(tmp_path / "down.xlsx")
        sheet = load_workbook(tmp_path / "down.xlsx")["One"]
        assert sheet["D3"].value
        assert sheet["C3"].value is None
        watched.assert_quiet()


def test_a_file_of_no_use_is_named_with_what_to_do(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "page.xlsx"
    path.write_bytes(b"<html><script>alert(1)</script></html>")
    with visiting(browser, WIDE) as (page, watched):
        _open(page, served, path)
        alert = page.get_by_role("alert").filter(
            has_text="page.xlsx: is no workbook but a web page"
        )
        alert.wait_for()
        assert "save it as .xlsx" in alert.inner_text()
        assert str(served.home) not in page.content()
        watched.assert_quiet()
