"""Questionnaires as HTML: nothing of a file is mark-up, nothing is said by colour alone."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

from lxml import html as lxml_html

from tests.ui.questionnaires.makers import Echo
from ui.questionnaires.ask_case import answer_case
from ui.questionnaires.find_questions import select
from ui.questionnaires.job_types import Counts, JobRow, RowState
from ui.questionnaires.jobs import Job, JobState
from ui.questionnaires.types import Case, Format, Questionnaire, Row, Sheet
from ui.web.questionnaire_tab import questionnaire_view as view

_EVIL = '<script>alert(1)</script>"><img src=x onerror=y>'
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
_JOB = Job("id", f"{_EVIL}.xlsx", "2026-11-21T10:00:00", JobState.RUNNING, Counts(3, 2, 1, 1))


def _row(correction: str = "") -> JobRow:
    line = json.dumps(answer_case(Echo(), Case("k", (f"Where? {_EVIL}",))))
    return JobRow(4, 7, "k", f"Where? {_EVIL}", RowState.ANSWERED, line, correction)


def _tree(markup: str) -> lxml_html.HtmlElement:
    assert "<script" not in markup
    assert "<img" not in markup
    return lxml_html.fromstring(f"<div>{markup}</div>")


def test_a_preview_says_which_rows_are_taken() -> None:
    rows = [("No", "Question"), ("", "Section"), ("1", f"Where? {_EVIL}")]
    sheet = Sheet("S", tuple(Row(n, cells) for n, cells in enumerate(rows, 1)))
    selection = select(Questionnaire(Path("q"), Format.WORKBOOK, (sheet,)))
    tree = _tree(view.preview(sheet, selection, (_EVIL,)))
    assert tree.xpath("//caption")
    assert len(tree.xpath("//th[@scope='row']")) == 3
    assert [one.text for one in tree.xpath("//tbody/tr/td[1]")] == ["titles", None, "question"]
    assert "1 question in column B. Left alone: row 2 (Section)." in tree.text_content()
    assert "No question" in _tree(view.preview(sheet, None)).text_content()


def test_a_row_links_to_its_passage_and_can_be_read() -> None:
    tree = _tree(view.row_table([_row()], _JOB, 1))
    link = tree.xpath("//a[@class='cite']")[0]
    assert link.get("href") == "passage?document=doc&start=0&end=9"
    row = tree.xpath("//tbody/tr")[0]
    assert (row.get("tabindex"), row.get("aria-keyshortcuts")) == ("0", "j k e g c a Enter")
    button = tree.xpath("//button")[0]
    assert (button.get("data-position"), button.get("aria-label")) == ("4", "Open row 7")


def test_progress_is_told_in_words() -> None:
    tree = _tree(view.progress(_JOB))
    assert "4 of 7 done, 1 failed, 1 corrected, running." in tree.text_content()
    assert tree.xpath("//progress/@value") == ["4"]


def test_a_corrected_row_does_not_lend_its_citations_to_the_person() -> None:
    told = _tree(view.row_detail(_row("Mine."))).text_content()
    assert "Corrected by a person" in told
    assert "Words of a person: Mine." in told
    assert re.search(r"Citations of the assistant's answer.*=it is so", told)


def test_what_people_add_to_a_row_is_told_and_is_no_mark_up() -> None:
    row = replace(_row(), assigned=_EVIL, comment=_EVIL, approved=f"ann {_EVIL}")
    told = _tree(view.row_table([row], _JOB, 1)).text_content()
    for words in (f"Comment: {_EVIL}", f"Approved by ann {_EVIL}", "Triage: answered, 90%"):
        assert words in told


def test_a_questionnaire_of_another_says_that_it_is_shared() -> None:
    assert "shared with you" in view.job_label(replace(_JOB, is_own=False), NOW)
    assert "shared with you" not in view.job_label(_JOB, NOW)
