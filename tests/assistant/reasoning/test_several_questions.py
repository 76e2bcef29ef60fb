"""Several questions in one are told apart, and each is answered in one answer."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.draft import Draft, DraftSentence, Evidence
from assistant.pipeline import Request, respond
from assistant.reasoning.ask import Wanted
from assistant.reasoning.asked import each_asked
from assistant.reasoning.asking import question_parts, without_names
from assistant.reasoning.saying.parts_said import PartSaid, parts_said
from assistant.types import Verdict
from assistant.understanding.question import understand
from corpus.types import Span
from index.searching.reader import IndexReader


def _today() -> date:
    return date(2026, 1, 1)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Where is mail kept, and for how long?", ["Where is mail kept", "for how long"]),
        ("Where is it kept? How long? Who may read it?",
         ["Where is it kept", "How long", "Who may read it"]),
        ("Where is mail kept, can we move it, and who decides?",
         ["Where is mail kept", "can we move it", "who decides"]),
        ("Is mail encrypted? And is it scanned?", ["Is mail encrypted", "is it scanned"]),
        ("List every region and say which of them are in the EU.",
         ["List every region", "say which of them are in the EU"]),
    ],
)  # fmt: skip
def test_questions_are_told_apart(question: str, parts: list[str]) -> None:
    assert list(question_parts(question)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Is mail kept in the EU and in Norway?",
        "Where is mail stored and processed?",
        "In which countries, and in which cities, is mail kept?",
        "For which regions must somebody open the settings and give permission?",
        "When a mailbox is moved, who is told?",
        "Which of the regions, if any, are in Africa?",
        "How do the plans differ in price and in what the vault can do?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert question_parts(question) == (question,)


def test_a_later_question_takes_over_what_it_lacks(fictional: IndexReader) -> None:
    query = understand(
        "Where does Ostwick Mail open a mailbox for Norway, and how long are drafts kept?",
        (), None, fictional.gazetteer, fictional.abouts,
    )  # fmt: skip

    first, second = each_asked(query, (), None, fictional)

    assert (first.ask.wanted, second.ask.wanted) == (Wanted.PLACE, Wanted.DURATION)
    assert second.ask.subjects == first.ask.subjects
    assert second.scope.documents == first.scope.documents == ("ostwick-mail",)
    assert [place.name for place in second.ask.places] == ["Norway"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Where does Quillane Vault store files, and how long are access logs kept?",
         ("Aarhus", "400 days")),
        ("How long does Rimsford Relay keep call logs, and where are Chilean numbers handled?",
         ("30 days", "Lima")),
        ("Who decides who may read a mailbox of Ostwick Mail, and are attachments scanned?",
         ("administrator", "scanned")),
    ],
)  # fmt: skip
def test_each_question_is_answered(
    question: str, told: tuple[str, str], fictional: IndexReader
) -> None:
    answer, _ = respond(Request(question), fictional, _today)

    first, second = (answer.text.find(part) for part in told)
    assert 0 <= first < second
    assert answer.verdict is Verdict.ANSWERED
    assert [one.marker for one in answer.citations] == [1, 2][: len(answer.citations)]


def test_what_is_not_answered_is_said(fictional: IndexReader) -> None:
    question = "Where does Quillane Vault store files, and what is the price of a licence?"

    answer, _ = respond(Request(question), fictional, _today)

    assert "Aarhus" in answer.text
    assert "Not stated" in answer.text.partition("Aarhus")[2]


def test_one_set_answers_both(fictional: IndexReader) -> None:
    question = "Which firms does Pellbrook Desk hire, and which of them work in EFTA countries?"

    answer, _ = respond(Request(question), fictional, _today)

    assert "All five" in answer.text
    assert "Of these" in answer.text


def _evidence(text: str) -> Evidence:
    return Evidence("tern", (Span(0, len(text)),), text, ())


def test_the_order_of_questions_is_kept_and_nothing_said_twice() -> None:
    said = DraftSentence("Mail is kept in Oslo.", (_evidence("Mail is kept in Oslo."),))
    other = DraftSentence("It is kept for a year.", (_evidence("It is kept for a year."),))
    nothing = Draft(Verdict.ABSTAINED, (), opening="The indexed documents do not say this.")

    draft = parts_said([
        PartSaid("who reads mail", nothing),
        PartSaid("where mail is kept", Draft(Verdict.ANSWERED, (said,))),
        PartSaid("how long mail is kept", Draft(Verdict.ANSWERED, (said, other))),
    ])  # fmt: skip

    assert draft.opening == "Not stated: the documents do not say who reads mail."
    assert draft.statements == (said, other)
    assert draft.verdict is Verdict.ANSWERED


def test_what_is_said_again_with_more_around_it_is_said_once() -> None:
    short, long = "Mail is kept in Oslo.", "Tern keeps mail. Mail is kept in Oslo."
    said, more = (DraftSentence(one, (_evidence(one),)) for one in (short, long))
    draft = parts_said([
        PartSaid("where mail is kept", Draft(Verdict.ANSWERED, (said,))),
        PartSaid("who keeps mail", Draft(Verdict.ANSWERED, (more,))),
    ])  # fmt: skip
    assert draft.statements == (more,)


def test_nothing_is_answered_where_no_question_is() -> None:
    nothing = Draft(Verdict.ABSTAINED, (), opening="")

    draft = parts_said([PartSaid("who reads mail", nothing), PartSaid("why", nothing)])

    assert draft.verdict is Verdict.ABSTAINED
    assert draft.opening.count("Not stated") == 2


def test_a_question_of_two_subjects_is_asked_of_one() -> None:
    question = "Do Ostwick Mail and Rimsford Relay both keep call logs?"

    assert without_names(question, ["Rimsford Relay"]) == "Do Ostwick Mail keep call logs?"


def test_the_same_several_questions_get_the_same_answer(fictional: IndexReader) -> None:
    question = "Where does Quillane Vault store files, and how long are access logs kept?"

    texts = {respond(Request(question), fictional, _today)[0].text for _ in range(2)}

    assert len(texts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Our officer wants to know in which country, and on whose cloud, Tern keeps its logs.",
        "The board asks us under which law, and before which court, Tern can be sued.",
    ],
)
def test_who_wants_to_know_two_things_of_one_clause_asks_one_question(question: str) -> None:
    assert question_parts(question) == (question,)
