"""Whether something is so, by the bundled documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.pipeline import retrieve
from assistant.reasoning.asking import read_ask
from assistant.reasoning.findings import Depends, Finding, NotNamed, Whether
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.saying.whether_said import whether_said
from assistant.reasoning.whether import whether
from assistant.understanding.question import understand
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
    return " ".join(f"{one.lead}: {one.text}".lstrip(": ") for one in whether_said(found))


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
