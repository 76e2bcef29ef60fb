"""Replies as models write them: ids, objects and prose in any form, over HTTP."""

from __future__ import annotations

import json

import pytest

from assistant.model.json_objects import ObjectReader, objects
from assistant.model.reply import Item, Outcome, ReplyReader, Said, Sentence, ids_of
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    TRUE,
    Passages,
    Talking,
    answering,
    receipt_of,
    reply,
)

IDS = {
    "plain": ("p12", ["p12"]),
    "in brackets": ("[p12]", ["p12"]),
    "number": (12, ["p12"]),
    "number in words of a text": ("12", ["p12"]),
    "several in a text": ("p1, p2", ["p1", "p2"]),
    "several in brackets": ("[p1] and [p2]", ["p1", "p2"]),
    "named": ("passage 4", ["p4"]),
    "upper case": ("P7", ["p7"]),
    "span": ("p1-p3", ["p1", "p2", "p3"]),
    "list": (["p1", "[p2]", 3], ["p1", "p2", "p3"]),
    "lists in a list": ([["p1"], ["p2"]], ["p1", "p2"]),
    "objects": ([{"id": "p1"}, {"passage": "p2", "quote": "2023"}], ["p1", "p2"]),
    "twice": (["p1", "p1"], ["p1"]),
    "nothing": (None, []),
    "truth": (True, []),
    "words": ("see above", []),
    "words with a number": ("see section 4 above", []),
    "a word with an id in it": ("map12", []),
}


@pytest.mark.parametrize(("written", "meant"), IDS.values(), ids=IDS)
def test_ids_are_read_however_they_are_written(written: object, meant: list[str]) -> None:
    assert list(ids_of(written)) == meant


def read(text: str, step: int = 5) -> list[Item]:
    """Read a reply that comes in small pieces."""
    reader = ReplyReader()
    pieces = (text[start : start + step] for start in range(0, len(text), step))
    return [*(item for piece in pieces for item in reader.feed(piece)), *reader.finish()]


ONE, TWO = Sentence("Files rest in Oslo.", ("p1",)), Sentence("Mail does not.", ("p2", "p3"))
ROWS = (
    {"verdict": "answered"},
    {"sentence": ONE.text, "evidence": ["p1"]},
    {"sentence": TWO.text, "evidence": ["p2", "p3"]},
)
FORMS = {
    "lines": "\n".join(map(json.dumps, ROWS)),
    "one after the other": "".join(map(json.dumps, ROWS)),
    "over several lines": "\n".join(json.dumps(row, indent=2) for row in ROWS),
    "with commas": ",\n".join(map(json.dumps, ROWS)),
    "an array": json.dumps(ROWS),
    "an array over lines": json.dumps(ROWS, indent=4),
    "a fence": "Here it is:\n```json\n" + "\n".join(map(json.dumps, ROWS)) + "\n```\nI hope so.",
    "one object": json.dumps({"verdict": "answered", "sentences": ROWS[1:]}, indent=1),
    "other names": json.dumps(
        {
            "verdict": "Answered",
            "answer": [
                {"text": ONE.text, "passages": "p1"},
                {"claim": TWO.text, "citations": "p2, p3"},
            ],
        }
    ),
    "thoughts before": "<think>{}</think>" + "\n".join(map(json.dumps, ROWS)),
    "a line that was left open": '{"sentence": "Files\n' + "\n".join(map(json.dumps, ROWS)),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_sentences_are_read_however_they_are_written(text: str, step: int) -> None:
    assert read(text, step) == [Outcome(Said.ANSWERED), ONE, TWO]


PROSE = {
    "marks before the stop": "Files rest in Oslo [p1]. Mail does not [p2, p3].",
    "marks behind the stop": "Files rest in Oslo. [p1] Mail does not. [p2][p3]",
    "bullets": "- Files rest in Oslo. [p1]\n- Mail does not. (p2; p3)",
    "thoughts whose beginning is missing": "Hm [p9].\n</think>\nFiles rest in Oslo [p1]. "
    "Mail does not [p2] [p3].",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_that_cites_is_read(text: str) -> None:
    assert read(text) == [ONE, TWO]


@pytest.mark.parametrize(
    "text", ["Files rest in Oslo.", "", "[1, 2]", "{", '{"a": 1}', "{" * 5_000]
)
def test_what_cites_nothing_is_no_answer(text: str) -> None:
    assert read(text) == []


def test_a_finding_is_taken_in() -> None:
    assert read('{"verdict": "not in documents", "finding": "Wrong"}') == [
        Outcome(Said.NOT_IN_DOCUMENTS, (), "wrong")
    ]


def test_an_object_is_there_before_the_reply_ends() -> None:
    reader = ObjectReader()
    assert list(reader.feed('{"a": "}", "b": {"c": ')) == []
    assert list(reader.feed('1}}{"d')) == [{"a": "}", "b": {"c": 1}}]


def test_objects_of_a_whole_reply() -> None:
    assert list(objects('{"a": 1}\nand\n{"b": "x\ny"}')) == [{"a": 1}, {"b": "x\ny"}]


HTTP = (
    "plain", "number", "brackets", "several", "several in one", "array", "pretty", "prose",
    "concatenated", "fence",
)  # fmt: skip


@pytest.mark.parametrize("form", HTTP)
def test_such_replies_answer_over_http(talking: Talking, passages: Passages, form: str) -> None:
    name = passages.id(AUDIT)
    row: dict[str, object] = {"sentence": TRUE, "evidence": [name]}
    line = json.dumps(row)
    said = {
        "plain": reply(line),
        "several": reply(json.dumps(row | {"evidence": [f"[{name}]", name, int(name[1:])]})),
        "several in one": reply(json.dumps(row | {"evidence": f"{name}, {name}"})),
        "array": json.dumps([{"verdict": "answered"}, row]),
        "fence": f"```json\n{reply(line)}\n```",
        "number": reply(json.dumps(row | {"evidence": int(name[1:])})),
        "brackets": reply(json.dumps(row | {"evidence": f"[{name}]"})),
        "pretty": json.dumps({"verdict": "answered"}, indent=2) + json.dumps(row, indent=2),
        "prose": f"{TRUE} [{name}]",
        "concatenated": json.dumps({"verdict": "answered"}) + json.dumps(row),
    }[form]
    with talking(answering(said)) as (asked, _):
        answer = asked.ask(KEPT)
    assert f"{TRUE} [1]" in answer.text
    assert answer.mode == "model"
    assert receipt_of(answer).fault == ""
