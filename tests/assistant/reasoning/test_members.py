"""Sets of the bundled documents and which of their members questions ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Answered, Members
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.members import holds_of_set, members
from assistant.reasoning.saying.members_said import members_said
from index.searching.reader import IndexReader


@pytest.fixture(scope="module")
def index(built_home: Path) -> Iterator[IndexReader]:
    reader = IndexReader.open(built_home)
    yield reader
    reader.close()


def _known(index: IndexReader, document: str) -> Known:
    return Known(index, Scope((document,), is_sure=True), ())


def _names(index: IndexReader, document: str, ask: Ask) -> list[str]:
    found = members(ask, _known(index, document))
    assert isinstance(found, Members)
    return [one.name for one in found.members]


INSIGHTS = "customer-service-insights"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "Which regions of Customer Service Insights are in the EU?",
            ["West Europe (Netherlands)", "North Europe (Ireland)"],
        ),
        (
            "Which regions of Customer Service Insights are in Europe but not in the EU?",
            ["UK South (London)", "UK West (Cardiff, Durham)"],
        ),
        (
            "Which regions of Customer Service Insights are in India or Japan?",
            [
                "Central India (Pune)", "South India (Chennai)", "Japan East (Tokyo, Saitama)",
                "Japan West (Osaka)",
            ],
        ),
        (
            "Which regions of Customer Service Insights are in Asia, India apart?",
            [
                "Southeast Asia (Singapore)", "East Asia (Hong Kong)",
                "Japan East (Tokyo, Saitama)", "Japan West (Osaka)",
            ],
        ),
    ],
)  # fmt: skip
def test_members_lie_where_the_question_says(
    index: IndexReader, question: str, names: list[str]
) -> None:
    ask = Ask(question, Wanted.ALL_OF, of=Wanted.PLACE, head="regions")
    assert _names(index, INSIGHTS, ask) == names


def test_a_count_says_of_how_many(index: IndexReader) -> None:
    ask = Ask(
        "How many regions of Customer Service Insights are outside Europe?",
        Wanted.HOW_MANY, of=Wanted.PLACE, head="regions",
    )  # fmt: skip
    found = members(ask, _known(index, INSIGHTS))
    assert isinstance(found, Members)
    assert (found.total, found.of) == (14, 18)
    assert members_said(found)[0].text.startswith("14 of the 18: East US")


def test_a_closed_set_says_that_none_fits(index: IndexReader) -> None:
    ask = Ask(
        "Which regions of Customer Service Insights are in Africa?", Wanted.ALL_OF, head="regions"
    )
    found = members(ask, _known(index, INSIGHTS))
    assert isinstance(found, Members)
    assert members_said(found)[0].text == "None of the 18 regions listed is in Africa."


def test_words_that_no_set_accounts_for_leave_the_question_open(index: IndexReader) -> None:
    ask = Ask(
        "Which regions of Customer Service Insights run on hydropower in Europe?",
        Wanted.ALL_OF, head="regions",
    )  # fmt: skip
    assert members(ask, _known(index, INSIGHTS)) is None


def test_a_further_part_asks_of_the_members(index: IndexReader) -> None:
    ask = Ask(
        "Which regions of Customer Service Insights are in Europe, and which of those are not in "
        "the EU?",
        Wanted.ALL_OF, head="regions",
    )  # fmt: skip
    found = members(ask, _known(index, INSIGHTS))
    assert isinstance(found, Members)
    assert found.total == 4
    assert found.of_these == (
        "Of these, UK South (London) and UK West (Cardiff, Durham) are not in the European Union."
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is any region of Customer Service Insights in Brazil?", Answered.YES),
        ("Is any region of Customer Service Insights in Africa?", Answered.NO),
        ("Are all regions of Customer Service Insights in Europe?", Answered.NO),
    ],
)
def test_any_and_all_of_a_set(index: IndexReader, question: str, answer: Answered) -> None:
    found = holds_of_set(Ask(question, Wanted.WHETHER), _known(index, INSIGHTS))
    assert found is not None
    assert found.answer is answer


def test_equal_questions_find_equal_members(index: IndexReader) -> None:
    ask = Ask("Which regions of Customer Service Insights are in Canada?", Wanted.ALL_OF)
    known = _known(index, INSIGHTS)
    assert members(ask, known) == members(ask, known)


def test_intunes_local_geographies(index: IndexReader) -> None:
    ask = Ask("Which local geographies does Intune have?", Wanted.ALL_OF, head="geographies")
    assert _names(index, "intune", ask) == ["Australia", "India", "Switzerland"]
