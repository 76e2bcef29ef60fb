"""Editions on the page: of the index and uploaded, told as `residency changes` tells them."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from assistant.app import Assistant
from corpus.errors import DocumentError
from ui.errors import EditionError
from ui.exports.change_rows import is_quiet
from ui.web.changes_tab.changes_grid import changes_grid, changes_told
from ui.web.changes_tab.changes_view import (
    ChangeFilters,
    ChangesView,
    Named,
    changes_left,
    loud,
    quiet,
)

PAGE = """# Data of Fernhill Notes

Notes are stored at rest in Norway. Notes are kept for 90 days after an account is closed.

The service is <b>reliable</b> and pleasant to use.
"""


@pytest.fixture(scope="module")
def view(assistant: Assistant) -> ChangesView:
    return ChangesView(assistant)


def _file(folder: Path, name: str, text: str) -> Named:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Named(file=path)


def test_two_files_are_compared_and_their_passages_stand_in_their_text(
    view: ChangesView, tmp_path: Path
) -> None:
    old = _file(tmp_path, "old <i>.md", PAGE)
    new = _file(tmp_path, "new.md", PAGE.replace("90", "30").replace("pleasant", "fast"))
    shown = view.compared(old, new)
    (change,) = loud(shown, ChangeFilters())
    assert (change.kind, change.severity) == ("changed", "high")
    assert [(one.old, one.new) for one in change.differences] == [("90 days", "30 days")]
    for side, text in ((change.old[0], shown.old_text), (change.new[0], shown.new_text)):
        assert text[side.start : side.end] == side.text
    assert {one.kind for one in quiet(shown)} <= {"text", "wording", "reordered"}
    page = changes_told(shown) + changes_grid(shown, loud(shown, ChangeFilters()), 1)
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<mark>" in page


def test_documents_of_the_index_open_at_both_spans(view: ChangesView) -> None:
    ids = [one.id for one in view.editions()]
    assert {"intune", "exchange-online"} <= set(ids)
    shown = view.compared(Named("intune"), Named("exchange-online"))
    rows = loud(shown, ChangeFilters())
    page = changes_grid(shown, rows, 1)
    # 50 rows a page, and what says nothing else folded below.
    assert page.count('class="grid-row"') == min(50, len(rows)) + min(200, len(quiet(shown)))
    for document, side in (("intune", rows[0].old), ("exchange-online", rows[0].new)):
        for one in side:
            assert f"document={document}&start={one.start}&end={one.end}" in unescape(page)
    for name, counts in changes_left(shown, ChangeFilters()).items():
        for value, count in counts.items():
            assert len(loud(shown, ChangeFilters(**{name: value}))) == count
    assert sum(map(is_quiet, shown.row.changes)) == len(quiet(shown))


def test_a_file_stands_beside_a_document_of_the_index(
    view: ChangesView, assistant: Assistant, tmp_path: Path
) -> None:
    text = assistant.document("intune").text
    edited = text.replace("one year", "two years")
    assert edited != text
    shown = view.compared(Named("intune"), _file(tmp_path, "intune.md", edited))
    assert any(
        (each.old, each.new) == ("one year", "two years") or "year" in each.old
        for one in loud(shown, ChangeFilters())
        for each in one.differences
    )
    assert (shown.old_text, bool(shown.new_text)) == ("", True)


def test_what_is_no_edition_is_named(view: ChangesView, tmp_path: Path) -> None:
    good = _file(tmp_path, "good.md", PAGE)
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.7 torn")
    with pytest.raises(EditionError, match="before: no edition is chosen"):
        view.compared(Named(), good)
    with pytest.raises(EditionError, match="is both editions"):
        view.compared(Named("intune"), Named("intune"))
    with pytest.raises(EditionError, match="no such document"):
        view.compared(Named("nowhere"), good)
    with pytest.raises(DocumentError, match=r"torn\.pdf") as told:
        view.compared(good, Named(file=torn))
    assert str(tmp_path) not in str(told.value)


def test_a_text_that_would_hold_up_all_is_refused(view: ChangesView, tmp_path: Path) -> None:
    old = _file(tmp_path, "old.md", PAGE)
    new = _file(tmp_path, "long.md", "Notes are stored in Norway.\n\n" * 12_000)
    with pytest.raises(DocumentError, match="characters of text, 300,000 are read here"):
        view.compared(old, new)
