"""A document opened at a passage: what it is, the passage, and the other ways to see it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fpdf import FPDF

from assistant.app import Assistant
from assistant.errors import UnknownDocument
from corpus.language.sentences import readable
from corpus.types import Span
from tests.ui.web.source_view.test_document_html import Shown, _folded
from ui.web.source_view.open_source import Asked, Source, View, open_source
from ui.web.source_view.passage_html import passage_html, passage_page
from ui.web.source_view.printed_html import is_printed, printed_html

HOSTILE = "</title><script>alert(1)</script>"


def _asked(assistant: Assistant, question: str) -> tuple[Asked, str]:
    citation = assistant.ask(question).citations[0]
    return Asked(citation.document, citation.start, citation.end), citation.quote


def test_a_citation_opens_its_document_with_the_quote_marked(assistant: Assistant) -> None:
    asked, quote = _asked(assistant, "How long are Intune audit logs kept?")
    shown = passage_html(assistant, asked)
    assert _folded(Shown(shown).marked) == readable(quote)
    assert shown.count('id="cited"') == 1
    assert "Edition of " in shown
    assert 'rel="noopener noreferrer">Original page</a>' in shown
    page = passage_page(shown, HOSTILE, "s.css")
    assert "<script" not in page
    assert 'id="cited" autofocus' in page


def test_the_text_as_it_is_stored_is_one_choice_away(assistant: Assistant) -> None:
    asked, quote = _asked(assistant, "Which regions does Intune store data in?")
    link = re.search(r'href="([^"]*view=text)"', passage_html(assistant, asked))
    assert link is not None
    assert unescape(link[1]) == (
        f"passage?document={asked.document}&start={asked.start}&end={asked.end}&view=text"
    )
    shown = passage_html(assistant, replace(asked, view=View.TEXT))
    marked = re.search(r'<mark id="cited" tabindex="-1">(.*?)</mark>', shown, re.DOTALL)
    assert marked is not None
    assert unescape(marked[1]) == quote


def test_a_heading_of_the_contents_leads_to_its_place(assistant: Assistant) -> None:
    shown = passage_html(assistant, Asked("exchange-online"))
    at = int(re.findall(r"at=(\d+)", shown)[10])
    led = passage_html(assistant, Asked("exchange-online", at=at))
    anchored = led.split('<span id="cited" tabindex="-1"></span>')
    assert len(anchored) == 2
    assert anchored[1].startswith("<h")
    assert "<mark" not in led


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-4, 4), (0, 10**9)])
def test_a_span_that_is_not_there_is_said_to_be_missing(
    assistant: Assistant, start: int, end: int
) -> None:
    shown = passage_html(assistant, Asked("intune", start, end))
    assert "<mark" not in shown
    assert "no longer has the passage" in shown


def test_an_unknown_document_is_named(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocument, match="no such document"):
        passage_html(assistant, Asked("../../etc/passwd", 0, 1))


@pytest.fixture
def printed(assistant: Assistant, tmp_path: Path) -> Source:
    """A document whose file is a PDF of two pages, the cited sentence on the second."""
    import hashlib

    sheet = FPDF()
    sheet.set_font("Helvetica", size=14)
    sheet.add_page()
    sheet.cell(text="Nothing is said here.")
    sheet.add_page()
    sheet.multi_cell(60, text="Answers are kept in Rennes for thirty days after the survey.")
    content = bytes(sheet.output())
    file = tmp_path / "sheet.pdf"
    file.write_bytes(content)
    text = "Nothing is said here.\n\nAnswers are kept in Rennes for thirty days after the survey."
    whole = open_source(assistant, "intune")
    document = replace(
        whole.document, text=text, pages=(0, 23), sha256=hashlib.sha256(content).hexdigest()
    )
    return Source(document, (), (), None, file)


def test_a_pdf_is_shown_as_its_page_with_the_passage_marked(printed: Source) -> None:
    assert is_printed(printed)
    start = printed.document.text.index("kept in")
    shown = printed_html(printed, Span(start, len(printed.document.text)))
    assert shown.count("data:image/png;base64,") == 1
    assert "Page 2 of" in shown
    # The narrow column breaks the sentence into lines, each with a mark of its own.
    assert shown.count('class="source-hit"') >= 2
    assert shown.count('id="cited"') == 1


def test_a_file_that_changed_is_not_shown_for_the_indexed_one(printed: Source) -> None:
    assert printed.file is not None
    printed.file.write_bytes(printed.file.read_bytes() + b" ")
    shown = printed_html(printed, Span(0, 21))
    assert "is not the file that was indexed" in shown
    assert "<img" not in shown
    assert "Nothing is said here." in shown


def test_a_passage_that_is_not_on_the_page_is_told_in_words(printed: Source) -> None:
    text = printed.document.text.replace("Rennes", "Quimper")
    other = replace(printed, document=replace(printed.document, text=text))
    shown = printed_html(other, Span(31, len(text)))
    assert "source-hit" not in shown
    assert "where, could not be told" in shown
    assert "Quimper" in shown
