"""How an answer ended, how old its documents are, and how a quotation and a time are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant import wording
from assistant.types import Answer, AnswerKind, Citation, Verdict
from ui.standing import (
    Standing,
    age,
    documents_line,
    said_already,
    source_notices,
    standing_of,
    without_lead,
)
from ui.web.ask_tab.quote_text import quote_lines
from ui.web.ask_tab.times import ago

TODAY = date(2026, 11, 29)
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def cited(document: str, as_of: date | None) -> Citation:
    """Return a citation of a document of some date."""
    return Citation(1, document, f"About {document}", "", "q", 0, 1, "", as_of)


def answer(
    text: str, verdict: Verdict = Verdict.ANSWERED, citations: tuple[Citation, ...] = ()
) -> Answer:
    """Return an answer that says a text."""
    return Answer("i", "q", text, verdict, citations, (), (), (), "structured", "b", 1.0)


@pytest.mark.parametrize(
    ("verdict", "kind", "standing"),
    [
        (Verdict.ANSWERED, None, Standing.ANSWERED),
        (Verdict.ANSWERED, AnswerKind.DEPENDS, Standing.DEPENDS),
        (Verdict.ABSTAINED, None, Standing.NOT_STATED),
        (Verdict.ABSTAINED, AnswerKind.NOT_COVERED, Standing.OUTSIDE),
        (Verdict.CLARIFY, None, Standing.WHICH),
        (Verdict.TALK, None, None),
    ],
)
@pytest.mark.parametrize("text", ["In Oslo. [1]", f"{wording.DEPENDS}: where they pay. [1]"])
def test_a_badge_says_how_an_answer_ended_whatever_its_words(
    text: str, verdict: Verdict, kind: AnswerKind | None, standing: Standing | None
) -> None:
    assert standing_of(replace(answer(text, verdict), kind=kind)) is standing


def test_what_the_badge_says_is_not_said_again() -> None:
    stated = wording.WANTED_NOT_STATED.format(wanted="where it is")
    assert without_lead(stated, Standing.NOT_STATED) == "The documents do not say where it is."
    assert without_lead("It depends: if paid.", Standing.DEPENDS) == "If paid."
    assert without_lead(wording.BY_SERVICE, Standing.DEPENDS) == wording.BY_SERVICE
    assert without_lead("Yes: it is.", Standing.ANSWERED) == "Yes: it is."


def test_a_date_is_told_once_and_other_notices_stay() -> None:
    old, new = cited("a", date(2019, 1, 2)), cited("b", None)
    notices = (
        wording.OLD_SOURCE.format(title=old.title, date="2019-01-02"),
        wording.SOURCE.format(title=new.title, date=wording.UNDATED),
        "The index is being rebuilt.",
    )
    told = source_notices(replace(answer("x", citations=(old, new)), caveats=notices))
    assert told.is_old
    assert told.others == ("The index is being rebuilt.",)
    assert not source_notices(replace(answer("x", citations=(new,)), caveats=notices[1:])).is_old


@pytest.mark.parametrize(
    ("citations", "line"),
    [
        ((), ""),
        ((cited("a", None),), "1 document, undated"),
        ((cited("a", date(2026, 5, 4)),) * 2, "1 document, 2026-05-04, 7 months old"),
        (
            (cited("a", date(2026, 5, 4)), cited("b", date(2020, 1, 1))),
            "2 documents, oldest 2020-01-01, 6 years old, newest 2026-05-04",
        ),
        (
            (cited("a", date(2026, 11, 28)), cited("b", None)),
            "2 documents, 2026-11-28, 1 day old, 1 undated",
        ),
    ],
)
def test_documents_are_told_in_one_line(citations: tuple[Citation, ...], line: str) -> None:
    assert documents_line(citations, TODAY) == line


@pytest.mark.parametrize(
    ("days", "told"),
    [(-3, "of today"), (0, "of today"), (60, "60 days old"), (61, "2 months old"),
     (715, "23 months old"), (1462, "4 years old")],
)  # fmt: skip
def test_an_age_is_told_as_people_do(days: int, told: str) -> None:
    assert age(TODAY - timedelta(days=days), TODAY) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-5, "just now"), (59, "just now"), (60, "1 minute ago"), (3_599, "59 minutes ago"),
     (3_600, "1 hour ago"), (90_000, "1 day ago"), (700_000, "2026-11-21")],
)  # fmt: skip
def test_a_time_is_told_as_people_do(seconds: int, told: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == told


def test_a_limit_is_found_in_what_is_said_word_for_word() -> None:
    assert said_already("in Multi-Geo organizations", ("Kept in multi-geo organizations.",))
    assert not said_already("in Oslo", ("Kept in Oslofjord.",))
    assert not said_already("?!", ("Kept in Oslo.",))


@pytest.mark.parametrize(
    ("quote", "lines"),
    [
        ("**Europe** - in the [EU](/eu)\n- **Asia** - elsewhere",
         ("Europe - in the EU", "Asia - elsewhere")),
        ("| Geo | Region |\n|---|:--:|\n| Canada | Toronto  |\n|  | Quebec |",
         ("Geo · Region", "Canada · Toronto", "Quebec")),
        ("Kept in `Oslo`.", ("Kept in Oslo.",)),
        ("---", ("---",)),
        ("* * 5 > 3", ("5 > 3",)),
    ],
)  # fmt: skip
def test_a_quotation_is_told_without_its_markup(quote: str, lines: tuple[str, ...]) -> None:
    assert quote_lines(quote) == lines
