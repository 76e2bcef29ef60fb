"""Views: a passage in its document, and why an answer did not help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app import Assistant
from index.types import StoredDocument
from tests.ui.slack.answers import long_texts
from tests.ui.slack.shapes import check_view, texts
from ui.slack.blocks.views import notice_view, passage_view
from ui.slack.buttons.feedback import AnswerPlace, read_reason_metadata, reason_view


@pytest.fixture(scope="module")
def document(assistant: Assistant) -> StoredDocument:
    """A real document."""
    return assistant.document("intune")


def test_a_passage_is_marked_within_its_surroundings(document: StoredDocument) -> None:
    quote = "Microsoft Intune won't store Customer Data at rest outside the stated geo, except if:"
    start = document.text.index(quote)
    blocks = check_view(passage_view(document, start, start + len(quote)))
    marked = [
        one["text"]
        for block in blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
        for one in element["elements"]
        if one["style"] == {"bold": True}
    ]
    told = list(texts(blocks))
    assert marked == [quote]
    assert told[0] == document.about.title
    assert told[1] == "2025-06-25"
    at = told.index(quote)
    assert "this doesn't cause customer data to move" in told[at - 1]
    assert "It's necessary for Microsoft to provide customer support" in told[at + 1]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**9)])
def test_a_changed_document_says_so(document: StoredDocument, start: int, end: int) -> None:
    told = list(texts(check_view(passage_view(document, start, end))))
    assert told[-1] == "This document changed: it no longer has the passage."
    assert document.about.title in told


def test_a_passage_beyond_what_a_view_takes_says_how_much_is_left_out(
    document: StoredDocument,
) -> None:
    long = replace(document, text="A sentence of some words. " * 4_000)
    told = list(texts(check_view(passage_view(long, 10, 100_010))))
    assert "The passage goes on for 40,000 more characters." in told


@pytest.mark.parametrize("letter", ["語", "\x1f", "\U00010000"])
def test_letters_that_take_many_bytes_are_shown_as_far_as_a_view_takes(
    document: StoredDocument, letter: str
) -> None:
    about = replace(document.about, title=letter * 40_000)
    long = replace(document, about=about, text=letter * 70_000)
    told = list(texts(check_view(passage_view(long, 3_000, 65_000))))
    assert any("The passage goes on for" in text for text in told)
    assert len("".join(told)) > 10_000


@settings(max_examples=40, deadline=None)
@given(text=long_texts(), data=st.data())
def test_any_document_is_shown_as_slack_takes_it(
    document: StoredDocument, text: str, data: st.DataObject
) -> None:
    about = replace(document.about, title=text or "t", source=text)
    stored = replace(document, about=about, text=text)
    start = data.draw(st.integers(0, len(text)))
    check_view(passage_view(stored, start, data.draw(st.integers(start, len(text) + 1))))


def test_a_missing_document_is_told_in_a_view() -> None:
    assert list(texts(check_view(notice_view("x: no such document. Known are y"))))


def test_the_reason_of_a_failure_is_asked_for_with_the_place_of_the_answer() -> None:
    place = AnswerPlace("T1", "C1", "1.2", "a1")
    view = reason_view(place)
    reason, correction = check_view(view)
    assert view.callback_id == "reason"
    assert read_reason_metadata(str(view.private_metadata)) == place
    assert (reason["block_id"], reason["element"]["action_id"]) == ("reason", "reason")
    assert correction["element"]["max_length"] == 3_000
    assert correction["optional"] is True
