"""Two answers to one question: nothing that a model says makes the answer worse than without it."""

from __future__ import annotations

import json

import pytest

from assistant.app import Assistant
from assistant.draft import Draft, DraftSentence, Evidence, Form
from assistant.model.judging.two_answers import (
    first_word,
    is_contrary,
    is_repeated,
    says_as_much,
    together,
)
from assistant.types import Origin, Profile, Verdict
from corpus.types import Span
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    MOVED,
    MOVES,
    TRUE,
    Passages,
    Talking,
    answering,
    human,
    origins,
    receipt_of,
    reply,
    sentence,
)


def part(start: int, shown: str = "Files rest in Oslo.") -> Evidence:
    return Evidence("harbour", (Span(start, start + 20),), shown, ("Harbour",))


def said(text: str, *starts: int, lead: str = "", form: Form = Form.WRITTEN) -> DraftSentence:
    return DraftSentence(text, tuple(map(part, starts)), form, lead)


def derived(*statements: DraftSentence) -> Draft:
    return Draft(Verdict.ANSWERED, statements)


YES = derived(said("Files rest in Oslo.", 0, lead="Yes", form=Form.DERIVED))
ALL = derived(said("All two: Oslo and Bergen.", 0, 100, form=Form.DERIVED))
CASES = {
    "the first word and the passage": (YES, [said("Yes: they are in Oslo.", 0)], True),
    "no first word": (YES, [said("They are in Oslo.", 0)], False),
    "another first word": (YES, [said("No: they are in Oslo.", 0)], False),
    "another passage": (YES, [said("Yes: they are in Oslo.", 100)], False),
    "all members": (ALL, [said("Two: Bergen and Oslo.", 0, 100)], True),
    "a member less": (ALL, [said("Two: Oslo.", 0, 100)], False),
    "no number": (ALL, [said("Oslo and Bergen.", 0, 100)], False),
    "the number within": (ALL, [said("There are 2, Oslo and Bergen.", 0, 100)], True),
    "nothing": (YES, [], False),
    "an abstention before": (Draft(Verdict.ABSTAINED, ()), [said("In Oslo.", 0)], True),
}


@pytest.mark.parametrize(("own", "written", "expected"), CASES.values(), ids=CASES)
def test_what_says_as_much(own: Draft, written: list[DraftSentence], expected: bool) -> None:
    assert says_as_much(written, own) is expected


@pytest.mark.parametrize(
    ("text", "word"),
    [("Yes, in Oslo.", "yes"), ("It depends on the plan.", "it depends"), ("Six: a, b.", "6"),
     ("None of the 4 is.", "0"), ("Nobody knows.", ""), ("All twelve: a.", "12")],
)  # fmt: skip
def test_the_first_word(text: str, word: str) -> None:
    assert first_word(said(text)) == word


def test_a_contrary_word_is_seen() -> None:
    assert is_contrary(said("No: they rest in Oslo.", 0), YES) == "Yes"
    assert is_contrary(said("Yes: they rest in Oslo.", 0), YES) == ""
    assert is_contrary(said("Nobody knows.", 0), YES) == ""


def test_no_passage_is_shown_in_part_and_whole() -> None:
    shown = [said("Files rest in Oslo.", 0)]
    whole = said("Files rest in Oslo. Mail rests in Bergen.", 0, 100, form=Form.QUOTE)
    assert is_repeated(whole, shown)


def test_an_answer_that_the_model_calls_right_stays(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    right = "Data moves can take up to 24 months after the request period ends."
    plain = assistant.ask(KEPT)
    verdict = json.dumps({"verdict": "answered", "finding": "right"})
    script = answering(f"{verdict}\n{sentence(right, passages.id(MOVES))}")
    with talking(script) as (asked, _):
        answer = asked.ask(KEPT)
    assert answer.text == plain.text


def test_the_answer_stays_with_the_sentences_that_held(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    """Of two sentences one fails: what held stands behind the documents' own answer."""
    plain = assistant.ask(MOVED).text.partition("\n\nSource:")[0]
    held = "When migration is complete, the support team will contact you."
    lines = (
        sentence("Data moves can take up to 12 months.", passages.id(MOVES)),
        sentence(held, passages.id("When migration is complete")),
    )
    with talking(answering(reply(*lines))) as (asked, _):
        answer = asked.ask(MOVED)
    assert answer.text.startswith(plain)
    assert "12 months" not in answer.text
    assert answer.text.count("24 months") == plain.count("24 months")
    assert origins(answer)[0] is not Origin.MODEL


def test_nothing_is_said_twice() -> None:
    shown = [said("Files rest in Oslo.", 0)]
    assert is_repeated(said("files rest in Oslo", 300), shown)
    assert is_repeated(said("Harbour: Files rest in Oslo.", 0, form=Form.QUOTE), shown)
    assert not is_repeated(said("Backups are kept for 35 days.", 0), shown)
    further = [said("Yes: Backups are kept for 35 days.", 500), said("Files rest in Oslo.", 0)]
    texts = [one.text for one in together(YES, further)]
    assert texts == ["Files rest in Oslo.", "Backups are kept for 35 days."]


def test_of_another_topic_nothing_is_shown(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    """It is true and rightly cited, and has nothing to do with the question."""
    japan = next(name for name in passages.of("azure-ad-japan") if name)
    chunk = passages.text.split(f"[{japan}] ")[1].split("\n")[0]
    with talking(answering(reply(sentence(chunk, japan)))) as (asked, _):
        answer = asked.ask(KEPT)
    assert answer.text == assistant.ask(KEPT).text
    assert origins(answer) == [Origin.WITHHELD]
    assert receipt_of(answer).sentences[0].reason


def test_not_in_the_documents_is_one_more_voice(assistant: Assistant, talking: Talking) -> None:
    """What the documents decide stands against it."""
    question = "Does the Asia Pacific region of Intune include Japan?"
    plain = assistant.ask(question)
    assert plain.text.startswith("Yes")
    for finding in ("wrong", "right"):
        said = json.dumps({"verdict": "not_in_documents", "finding": finding})
        with talking(answering(said)) as (asked, _):
            answer = asked.ask(question)
        assert (answer.verdict, answer.text) == (plain.verdict, plain.text)


def test_a_no_against_what_the_documents_decide_is_withheld(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    question = "Does the Asia Pacific region of Intune include Japan?"
    name = passages.id("Asia Pacific - Includes data centers")
    line = sentence("No: Asia Pacific does not include data centers in Japan.", name)
    with talking(answering(reply(line))) as (asked, _):
        answer = asked.ask(question)
    assert answer.text == assistant.ask(question).text


def test_what_says_less_stands_behind_what_the_documents_say(
    assistant: Assistant, talking: Talking, passages: Passages
) -> None:
    right = "Data moves can take up to 24 months after the request period ends."
    with talking(answering(reply(sentence(right, passages.id(MOVES))))) as (asked, _):
        answer = asked.ask(KEPT)
    own = assistant.ask(KEPT).text.partition("\n\nSource:")[0]
    assert answer.text.startswith(own)


def test_the_same_sentence_twice_is_shown_once(talking: Talking, passages: Passages) -> None:
    line = sentence(TRUE, passages.id(AUDIT))
    with talking(answering(reply(line, line))) as (asked, _):
        assert asked.ask(KEPT).text.count(TRUE) == 1


def test_the_model_is_told_what_the_documents_answer_and_from_where(
    talking: Talking, passages: Passages
) -> None:
    question = "Does the Asia Pacific region of Intune include Japan?"
    with talking(answering("{}")) as (asked, fake):
        asked.ask(question)
    told = human(fake.requests[0]).partition("Found by rules")[2]
    assert "- Yes: " in told
    assert passages.id("Asia Pacific - Includes data centers") in told.partition("Question:")[0]


def test_no_country_is_guessed_and_the_profile_is_told(talking: Talking) -> None:
    with talking(answering("{}")) as (asked, fake):
        asked.ask("Where does Intune keep the data of devices in Japan?")
        asked.ask("Where does Intune keep data?", profile=Profile(country="Norway"))
    first, second = map(human, fake.requests)
    assert "signed up in" not in first
    assert "The asker's tenant: signed up in Norway" in second


def test_earlier_answers_are_told(talking: Talking, passages: Passages) -> None:
    with talking(answering(reply(sentence(TRUE, passages.id(AUDIT))))) as (asked, fake):
        asked.ask(KEPT, thread="t")
        asked.ask("Where does Intune keep data?", thread="t")
    told = human(fake.requests[-1])
    assert f"Asked before: {KEPT}\nAnswered: {TRUE} [1]" in told


def test_front_matter_is_not_given(talking: Talking) -> None:
    with talking(answering("{}")) as (asked, fake):
        asked.ask(KEPT)
    told = human(fake.requests[0])
    assert "ms.author" not in told
    assert "] manager: " not in told
