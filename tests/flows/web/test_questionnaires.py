"""A questionnaire in the browser: uploaded, answered, read, corrected, downloaded, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.flows.web.conftest import LOOKS, WIDE, Served, bare_of_overflow, go, open_tab, visiting
from tests.ui.questionnaires.makers import QUESTIONS, questionnaire_book, saved

pytestmark = pytest.mark.browser


def _open(page: Any, served: Served, path: Path) -> None:
    go(page, served)
    open_tab(page, "Questionnaire")
    page.locator("input[type=file][accept*='xlsx']").set_input_files(str(path))


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_a_workbook_is_answered_corrected_and_downloaded(
    browser: Any, served: Served, tmp_path: Path, look: tuple[tuple[int, int], str]
) -> None:
    path = saved(questionnaire_book(), tmp_path / "security.xlsx")
    with visiting(browser, *look) as (page, watched):
        _open(page, served, path)
        page.get_by_text(f"{len(QUESTIONS)} questions in column B.").wait_for(timeout=30_000)
        page.get_by_role("button", name="Answer these questions").click()
        page.get_by_text("10 of 10 done").first.wait_for(timeout=120_000)
        assert page.locator(".sheets-rows a.cite").count() >= 5
        page.get_by_role("button", name="Open row 5", exact=True).click()
        page.get_by_role("heading", name="Row 5: How long are Intune audit logs kept?").wait_for()
        page.get_by_label("Your own answer").fill("=One year")
        page.get_by_role("button", name="Keep my answer").click()
        page.get_by_text("1 corrected").first.wait_for(timeout=30_000)
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
        alert.wait_for(timeout=30_000)
        assert "save it as .xlsx" in alert.inner_text()
        assert str(served.home) not in page.content()
        watched.assert_quiet()
