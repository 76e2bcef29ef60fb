"""What the model is given: the evidence first, what was asked before, what it looks up."""

from __future__ import annotations

import json

from assistant.app import Assistant
from assistant.model.prompts import read_prompts
from assistant.types import Verdict
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    MOVED,
    MOVES,
    TRUE,
    Passages,
    Talking,
    answering,
    assert_verbatim,
    human,
    notice,
    reply,
    sentence,
    system,
    without_notice,
)
from tests.fakes.openai import Reply, Request, Status, Text


def test_earlier_questions_of_the_thread_are_told_and_no_others(
    talking: Talking, passages: Passages
) -> None:
    with talking(answering(reply(sentence(TRUE, passages.id(AUDIT))))) as (asked, fake):
        asked.ask("Where does Intune keep data?", thread="t", owner="anna")
        asked.ask("And which regions are there?", thread="other", owner="anna")
        asked.ask(KEPT, thread="t", owner="anna")
        asked.ask(MOVED, thread="t", owner="bert")
    first, _, third, fourth = map(human, fake.requests)
    assert "Asked before" not in first
    assert third.count("Asked before:") == 1
    assert third.index("Asked before: Where does Intune keep data?") < third.index(KEPT)
    assert "Asked before" not in fourth


def test_the_evidence_comes_first_and_is_the_same_for_every_question(
    talking: Talking, passages: Passages
) -> None:
    with talking(answering(reply(sentence(TRUE, passages.id(AUDIT))))) as (asked, fake):
        asked.ask(KEPT)
        asked.ask("Where does Exchange Online keep mailboxes in Japan?")
    first, second = fake.requests
    assert system(first) == system(second)
    evidence, mark, question = human(first).partition("\n\nLikeliest passages: ")
    assert mark
    assert evidence == passages.text
    assert human(second).encode().startswith((evidence + mark).encode())
    assert KEPT in question
    assert KEPT not in evidence
    assert passages.id(AUDIT) in question.splitlines()[0].split(", ")


def test_where_the_corpus_does_not_fit_the_model_is_asked_what_to_look_up(
    talking: Talking,
) -> None:
    searched = json.dumps({"search": KEPT})

    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text(searched)
        given = human(request)
        line = next(line for line in given.splitlines() if AUDIT in line)
        return Text(reply(sentence(TRUE, line[1 : line.index("]")])))

    with talking(script, model_context=1_000) as (asked, fake):
        answer = asked.ask(KEPT)
    search, second = fake.requests
    assert system(search) == read_prompts().search
    assert AUDIT not in human(search)
    assert f"Question: {KEPT}" in human(search)
    assert system(second) == read_prompts().answer
    assert len(human(second)) < 1_000 * 3.5 + 1_000
    assert AUDIT in human(second)
    assert answer.mode == "model"
    assert f"{TRUE} [1]" in answer.text
    assert_verbatim(answer, asked)


def test_what_the_model_looks_up_is_given(talking: Talking) -> None:
    """The question itself is about something else."""

    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text(json.dumps({"search": "How long can data moves take in Intune?"}))
        return Text("{}")

    with talking(script, model_context=1_000) as (asked, fake):
        asked.ask("Which regions are in the United Kingdom geo?")
    assert "United Kingdom" in human(fake.requests[1])
    assert MOVES in human(fake.requests[1])
    assert "\n  - moved: " in human(fake.requests[1])


def test_a_fault_of_the_search_ends_in_the_answer_without_a_model(
    assistant: Assistant, talking: Talking
) -> None:
    with talking(answering(Status(400, "no")), model_context=1_000) as (asked, fake):
        answer = asked.ask(KEPT)
    assert len(fake.requests) == 1
    assert without_notice(answer) == assistant.ask(KEPT).text
    assert "it rejected the request" in notice(answer)


def test_what_the_model_looks_up_may_be_anything(talking: Talking) -> None:
    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text('{"search": ""}\n{"search": "?"}\n{"search": "\\ud83d"}\n{"search": 7}')
        return Text('{"verdict": "not_in_documents"}')

    with talking(script, model_context=1_000) as (asked, _):
        assert asked.ask("What does Intune cost a month?").verdict is Verdict.ABSTAINED


def test_a_reply_over_several_lines_keeps_its_verdict(talking: Talking, passages: Passages) -> None:
    told = {"text": TRUE, "evidence": [passages.id(AUDIT)]}
    said = json.dumps({"verdict": "not_in_documents", "sentences": [told]}, indent=1)
    with talking(answering(Text(said))) as (asked, _):
        answer = asked.ask("What does Intune cost a month?")
    assert answer.verdict is Verdict.ABSTAINED
