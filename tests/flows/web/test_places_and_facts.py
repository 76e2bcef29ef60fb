"""The tabs of places and of facts in a real Chromium: by pointer and by keyboard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.app import Assistant
from tests.flows.web.conftest import FIRST_LOOK, LOOKS, Served, go, open_tab, visiting
from ui.web.facts_tab.facts_view import FactsView, Filters, Order

# A point inside a country that no other country covers.
INSIDE = """code => {
  const shape = document.querySelector(`[data-country=${code}] path`);
  const svg = shape.ownerSVGElement, box = shape.getBBox(), point = svg.createSVGPoint();
  for (let n = 0; n < 3600; n++) {
    point.x = box.x + box.width * (n % 60) / 60;
    point.y = box.y + box.height * Math.floor(n / 60) / 60;
    const at = point.matrixTransform(shape.getScreenCTM());
    const hit = document.elementFromPoint(at.x, at.y);
    if (shape.isPointInFill(point) && hit?.closest(`[data-country=${code}]`)) return [at.x, at.y];
  }
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(params=LOOKS)
def page(browser: Any, served: Served, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page, opened at its places."""
    with visiting(browser, *request.param) as (opened, watched):
        go(opened, served)
        open_tab(opened, "Places")
        opened.locator(".atlas-map").wait_for()
        yield opened
        watched.assert_quiet()


def chosen(page: Any, label: str, name: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def told(page: Any, words: str) -> None:
    page.locator("#places-detail h3", has_text=words).wait_for()


def test_a_country_shows_its_facts_by_pointer_and_by_keyboard(page: Any) -> None:
    page.locator("[data-country=NO]").first.scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(INSIDE, "NO"))
    told(page, "Norway: stored")
    assert page.get_by_label("Country", exact=True).input_value() == "Norway"

    chosen(page, "Service", "Exchange Online")
    told(page, "Norway, Exchange Online: stored")
    link = page.locator("#places-detail a.cite").first.get_attribute("href")
    assert link.startswith("passage?document=exchange-online&start=")
    assert "Norway" in page.locator("#places-detail blockquote").first.inner_text()

    chosen(page, "Country", "Chile")
    told(page, "Chile, Exchange Online: not stated")

    page.locator(".places-countries summary").press("Enter")
    page.locator(".places-countries button", has_text="Japan").press("Enter")
    told(page, "Japan, Exchange Online: stored")
    assert page.evaluate("document.activeElement.tagName") == "H3"


@pytest.mark.soak
@pytest.mark.parametrize("page", FIRST_LOOK, indirect=True)
def test_a_cell_of_the_matrix_shows_its_facts(page: Any) -> None:
    page.get_by_label("Services by place").check()
    page.locator('[data-service="Microsoft Intune"][data-geography="group:Europe"]').press("Enter")
    told(page, "Microsoft Intune, Europe: stored")


@pytest.mark.soak
@pytest.mark.parametrize("page", FIRST_LOOK, indirect=True)
def test_what_is_filtered_is_what_is_downloaded(
    page: Any, assistant: Assistant, tmp_path: Path
) -> None:
    open_tab(page, "Facts")
    chosen(page, "Place", "Japan")
    expected = FactsView(assistant).rows(Filters(place="Japan", about_place=True), Order())
    page.locator(".facts-count", has_text=f"{len(expected)} facts").wait_for()

    def download(form: str) -> bytes:
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download {form}", exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name == f"facts.{form.lower()}"
        return path.read_bytes()

    ids = [row.id for row in expected]
    assert [one["id"] for one in json.loads(download("JSON"))] == ids
    text = io.StringIO(download("CSV").decode("utf-8-sig"), newline="")
    assert [one["id"] for one in csv.DictReader(text)] == ids
    sheet = load_workbook(io.BytesIO(download("XLSX"))).active
    assert sheet is not None
    assert sheet.max_row == len(ids) + 1


def test_facts_are_sorted_paged_and_wrong_filters_are_named(page: Any) -> None:
    open_tab(page, "Facts")
    page.locator(".facts-table").wait_for()
    page.get_by_role("button", name="Next page").first.click()
    page.locator(".facts-count", has_text="page 2 of ").wait_for()
    page.get_by_role("button", name="Date").click()
    page.locator('th[aria-sort="ascending"]', has_text="Date").wait_for()
    page.locator(".facts-count", has_text="page 1 of ").wait_for()
    page.get_by_label("By place", exact=True).check()
    page.locator(".facts-group", has_text="Australia").wait_for()
    page.locator(".facts-row").first.click()
    page.locator("#source-panel #cited").wait_for()
    page.keyboard.press("Escape")
    chosen(page, "Place", "Qwxzburg <img src=x>")
    page.locator('[role="alert"]', has_text="Qwxzburg <img src=x>: no place").wait_for()
    page.get_by_role("button", name="More filters").click()
    page.get_by_label("Dated from").fill("yesterday")
    page.locator('[role="alert"]', has_text="yesterday: not a date").wait_for()
    assert page.locator("img[src='x']").count() == 0


@pytest.mark.parametrize("page", FIRST_LOOK, indirect=True)
def test_filters_of_facts_are_cleared_at_once(page: Any) -> None:
    open_tab(page, "Facts")
    count = page.locator(".facts-count")
    count.wait_for()
    every = count.inner_text()
    page.locator("#facts-filters").get_by_label("Words").fill("Norway")
    page.wait_for_function(
        "all => document.querySelector('.facts-count').innerText !== all", arg=every
    )
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_function(
        "all => document.querySelector('.facts-count').innerText === all", arg=every
    )
