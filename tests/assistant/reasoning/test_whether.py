"""Whether something is so, by the bundled documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.pipeline import retrieve
from assistant.query import Case
from assistant.reasoning.asking import read_ask
from assistant.reasoning.findings import Depends, Finding, NotNamed, Whether
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.say import say
from assistant.reasoning.whether import whether, whether_first
from assistant.reasoning.whether.asker_case import is_own_case
from assistant.reasoning.whether.claiming.word_likeness import word_likeness
from assistant.understanding.question import understand
from corpus.language.parsing import parse_one
from index.searching.reader import IndexReader


@pytest.fixture(scope="module")
def index(built_home: Path) -> Iterator[IndexReader]:
    reader = IndexReader.open(built_home)
    yield reader
    reader.close()


def _found(question: str, document: str, index: IndexReader) -> Finding | None:
    query = understand(question, (), None, index.gazetteer)
    hits = [hit for hit in retrieve(query, index) if hit.chunk.document == document]
    known = Known(index, Scope((document,), is_sure=True), tuple(hits), query.case)
    return whether(read_ask(question, index.gazetteer), known)


def _said(question: str, document: str, index: IndexReader) -> str:
    found = _found(question, document, index)
    if not isinstance(found, Whether | Depends | NotNamed):
        return ""
    return " ".join(f"{one.lead}: {one.text}".lstrip(": ") for one in say(found).statements)


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        (
            "Does Intune ever use personal data for marketing?", "intune",
            "No: Microsoft Intune doesn't use any personal data collected as part of providing "
            "the service for profiling or marketing purposes.",
        ),
        (
            "Can public folders in Exchange Online ever be moved to a satellite geography?",
            "exchange-online", "No: You can't move public folders to satellite geo locations.",
        ),
        (
            "Is Switzerland one of Intune's local geographies?", "intune", "Yes: Switzerland",
        ),
        (
            "Can an Intune data move ever take as long as two years?", "intune",
            "Yes: Data moves can take up to 24 months after the request period ends to complete.",
        ),
        (
            "Can an Intune data move ever take as long as three years?", "intune",
            "No: Data moves can take up to 24 months after the request period ends to complete.",
        ),
    ],
)  # fmt: skip
def test_the_deciding_word_stands_first(
    index: IndexReader, question: str, document: str, said: str
) -> None:
    assert _said(question, document, index) == said


def test_an_exception_left_open_brings_its_cases(index: IndexReader) -> None:
    said = _said("Will Intune store Customer Data at rest outside the geo?", "intune", index)
    assert said.startswith("It depends: Microsoft Intune won't store Customer Data at rest")
    assert "customer support" in said


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Is Exchange Online data ever stored in Brazil?", "It depends"),
        ("Is Exchange Online data ever stored in Iceland?", ""),
    ],
)
def test_where_data_is_by_where_the_customer_is(
    index: IndexReader, question: str, first: str
) -> None:
    assert _said(question, "exchange-online", index).partition(":")[0] == first


def test_words_stand_for_others_in_context(index: IndexReader) -> None:
    asked, said = map(
        parse_one, ("Must we wipe the old mailbox first?", "You must first delete the mailbox.")
    )
    near = word_likeness(asked, said, index.encoder)
    wipe = next(i for i, token in enumerate(asked.tokens) if token.text == "wipe")
    assert said.tokens[near.to(wipe)].text == "delete"
    assert near.of(wipe) > 0.56


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("If the customer has the Multi-Geo add-on", True),
        ("with a premium plan", False),
        ("for tenants in Norway", True),
        ("for tenants in Japan", False),
        ("if you ask for it", None),
    ],
)
def test_whether_a_condition_is_the_asker_s(
    index: IndexReader, said: str, *, holds: bool | None
) -> None:
    country = index.gazetteer.named("Norway")
    case = Case(country, ("Multi-Geo",), nothing_else=True)
    assert is_own_case(said, case, index.gazetteer) is holds


def test_what_is_not_said_of_the_asker_is_not_known(index: IndexReader) -> None:
    for said in ("with a premium plan", "for tenants in Japan"):
        assert is_own_case(said, Case(), index.gazetteer) is None


def test_a_premise_that_is_not_so_is_denied_first(index: IndexReader) -> None:
    question = "Intune uses personal data for marketing, so how do we stop that?"
    ask = read_ask(question, index.gazetteer)
    query = understand(question, (), None, index.gazetteer)
    known = Known(
        index, Scope(("intune",), is_sure=True), tuple(retrieve(query, index)), query.case
    )
    found = whether_first(ask, known)
    assert isinstance(found, Whether)
    assert say(found).statements[0].lead == "No"


@pytest.mark.parametrize(
    "question",
    [
        "Where does Intune store personal data?",
        "Is Intune data stored in the EU or in the US?",
        "Does Intune store passwords of printers?",
        "Is it?",
    ],
)
def test_what_no_sentence_decides_has_no_word(index: IndexReader, question: str) -> None:
    assert _found(question, "intune", index) is None


def test_the_same_question_has_the_same_finding(index: IndexReader) -> None:
    question = "Does Intune process personal data with ISO certified systems?"
    first, second = (_found(question, "intune", index) for _ in range(2))
    assert first == second is not None
