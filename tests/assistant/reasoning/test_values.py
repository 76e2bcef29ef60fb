"""What a question wants that is no set and no Yes or No: the answer first, of the asked subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.pipeline import retrieve
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking import read_ask
from assistant.reasoning.findings import Difference, NotStated, Value
from assistant.reasoning.known import Known
from assistant.reasoning.saying.values_said import not_stated, value_said
from assistant.reasoning.scope import scope_of
from assistant.reasoning.values import nearest, value
from assistant.reasoning.values.candidate_rank import Ranked
from assistant.reasoning.values.candidates import candidates
from assistant.reasoning.values.find_value import _typed_first
from assistant.reasoning.values.two_things import two_things
from assistant.understanding.question import understand
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader


@pytest.fixture(scope="module")
def index(built_home: Path) -> Iterator[IndexReader]:
    """The bundled documents."""
    opened = IndexReader.open(built_home)
    yield opened
    opened.close()


def asked(question: str, index: IndexReader) -> tuple[Ask, Known]:
    ask = read_ask(question, index.gazetteer)
    scope = scope_of(question, ask.subjects, index)
    hits = retrieve(understand(question, (), None, index.gazetteer), index)
    return ask, Known(
        index, scope, tuple(hit for hit in hits if hit.chunk.document in scope.documents)
    )


def said(question: str, index: IndexReader) -> str:
    finding = value(*asked(question, index))
    assert isinstance(finding, Value)
    return " ".join(sentence.text for sentence in value_said(finding))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("In which Azure region does Customer Service Insights keep data of India?", "Pune"),
        (
            "How long can a data move of Intune take after the request period ends?",
            "24 months",
        ),
        ("On what is the location of a Microsoft 365 customer of Azure AD in Europe based?",
         "billing address"),
        ("Where does Azure AD MFA store Customer Data of Japanese customers?", "US"),
    ],
)  # fmt: skip
def test_the_answer_is_said_in_few_words(index: IndexReader, question: str, answer: str) -> None:
    text = said(question, index)

    assert answer in text
    assert len(text.split()) <= 80


def test_what_is_said_are_words_of_its_evidence_in_their_order(index: IndexReader) -> None:
    finding = value(*asked("How does Azure AD decide where data is stored in Europe?", index))

    assert isinstance(finding, Value)
    for one in finding.said:
        shown = iter(" ".join(part.shown for part in one.evidence).lower().split())
        words = [word.strip(".;:,") for word in one.text.lower().split()]
        assert all(any(word == other.strip(".;:,") for other in shown) for word in words)


def test_a_duration_that_no_passage_has_is_not_stated(index: IndexReader) -> None:
    question = "For how many days does Customer Service Insights keep deleted incident notes?"
    finding = value(*asked(question, index))

    assert isinstance(finding, NotStated)
    assert not_stated(finding).startswith(
        "Not stated: the documents do not say for how many days Customer Service Insights keeps"
    )


def test_the_subject_is_said_where_the_question_names_none(index: IndexReader) -> None:
    ask, known = asked("Where are data of India kept in Pune?", index)
    finding = nearest(ask, known)

    assert isinstance(finding, Value)
    assert finding.lead
    assert value_said(finding)[0].lead == finding.lead


def test_others_answer_whether_and_how_many(index: IndexReader) -> None:
    for question in ("Is Intune data kept in Norway?", "How many regions does Intune have?"):
        ask, known = asked(question, index)
        assert ask.wanted in (Wanted.WHETHER, Wanted.HOW_MANY)
        assert value(ask, known) is None


def test_equal_asks_come_to_equal_findings(index: IndexReader) -> None:
    question = "Who decides where Intune keeps a tenant's data?"
    assert value(*asked(question, index)) == value(*asked(question, index))


def test_two_things_are_said_side_by_side(index: IndexReader) -> None:
    question = (
        "What is the difference in Customer Service Insights between the region of India and that "
        "of Japan?"
    )
    ask, known = asked(question, index)
    finding = value(ask, known)

    assert ask.wanted is Wanted.DIFFERENCE
    assert isinstance(finding, Difference)
    assert [side.name for side in finding.sides] == ["India", "Japan"]
    assert "Japan" in value_said(finding)[1].text


def test_each_of_several_identifiers_is_answered_without_a_service_of_another(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    home.documents.mkdir(parents=True)
    for number, place in enumerate(("Oslo", "Lyon", "Osaka", "Madrid", "Dublin", "Milan")):
        said = f"Vault v-{number} keeps its data in {place}."
        text = f"---\nservice: Ledger {place}\n---\n\n# Vault\n\n{said}\n"
        (home.documents / f"vault-{number}.md").write_text(text, encoding="utf-8")
    build_index(home.root)
    opened = IndexReader.open(home.root)
    finding = value(*asked("Where do vaults v-0, v-2 and v-5 keep data?", opened))
    opened.close()

    assert isinstance(finding, Value)
    assert finding.lead == ""
    assert [one.text.rpartition(" in ")[2] for one in finding.said] == ["Oslo.", "Osaka.", "Milan."]


def test_rows_of_one_name_are_said_under_it_once(index: IndexReader) -> None:
    question = "Which regions does Customer Service Insights have in Japan?"
    told = said(question, index)

    assert "Osaka" in told
    assert "Tokyo" in told
    assert told.count("Japan:") == 1


@pytest.mark.parametrize(("belief", "leads"), [(0.3, True), (0.05, False)])
def test_where_a_time_is_asked_for_a_passage_that_has_one_leads(
    index: IndexReader, belief: float, *, leads: bool
) -> None:
    ask, known = asked("How long does Intune keep audit logs?", index)
    two = candidates(ask, known).candidates[:2]
    fits = (replace(one, fit=replace(one.fit, typed=float(n))) for n, one in enumerate(two))
    without, timed = (Ranked(one, share) for one, share in zip(fits, (0.6, belief), strict=True))

    assert (_typed_first(ask, (without, timed))[0] is timed) is leads


def test_a_length_of_time_is_no_side_of_a_comparison(index: IndexReader) -> None:
    ask, known = asked("Do Intune's audit records ever stay longer than twelve months?", index)

    assert two_things(ask, known) is None
