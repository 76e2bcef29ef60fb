"""Questions are read as what they ask: by hand-made ones, and by 520 that others labelled."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from assistant.reasoning.ask import Ask, PlaceRelation, Time, Wanted
from assistant.reasoning.asking import completed, question_parts, read_ask
from corpus.facts.types import StatementKind
from corpus.places import Gazetteer
from tests.paths import ROOT

Row = dict[str, Any]
ROWS: tuple[Row, ...] = tuple(
    json.loads(line)
    for line in (ROOT / "evals/cases/asks/asks.jsonl").read_text(encoding="utf-8").splitlines()
)
ASKED = tuple(row for row in ROWS if row["wanted"] != "none")
LEAST = {
    "wanted": (0.96, 0.89), "places": (0.93, 0.89), "kind": (0.94, 0.79), "denied": (0.98, 0.96),
    "time": (0.96, 0.94),
}  # fmt: skip
"""Shares that must be right: of the rows that were worked on, of those held back."""
LEAST_F = {"subjects": (0.94, 0.84), "data": (0.82, 0.67)}


def test_reads_all_that_a_question_says(gazetteer: Gazetteer) -> None:
    ask = read_ask(
        "We are in Chile. Will Tern Mail only keep audit logs in Norway or Sweden?", gazetteer
    )

    assert ask.wanted is Wanted.WHETHER
    assert ask.subjects == ("Tern Mail",)
    assert [one.relation for one in ask.placed] == [PlaceRelation.ONLY_IN]
    assert [place.name for place in ask.places] == ["Norway", "Sweden"]
    assert ask.data == ("audit logs",)
    assert ask.kind is StatementKind.STORED
    assert ask.time is Time.FUTURE
    assert ask.case == ("We are in Chile",)
    assert not ask.denied


@pytest.mark.parametrize(
    ("question", "wanted", "of"),
    [
        ("Where are backups kept?", Wanted.PLACE, None),
        ("Tell me which service stores data in Peru.", Wanted.SERVICE, None),
        ("How many regions does Tern Cloud have?", Wanted.HOW_MANY, Wanted.PLACE),
        ("List all sub-processors outside India.", Wanted.ALL_OF, Wanted.SERVICE),
        ("What are the regions of Tern Cloud?", Wanted.ALL_OF, Wanted.PLACE),
        ("How long are deleted files kept?", Wanted.DURATION, None),
        ("When Tern crashes, to which country do reports travel?", Wanted.PLACE, None),
        ("From what moment on does Tern hand logs to others?", Wanted.DATE, None),
        ("What is the ceiling on the size of a disk?", Wanted.UNKNOWN, None),
        ("What is the Tern Boundary?", Wanted.DEFINITION, None),
        ("What is the longest it can take to lock a disk?", Wanted.DURATION, None),
        ("What data lifetime have you set, and counted from when?", Wanted.DURATION, None),
        ("Is it possible to give one project a shorter keeping time?", Wanted.WHETHER, None),
        (
            "If a client picks Oslo, can I tell the auditor that what is found stays in Norway?",
            Wanted.WHETHER,
            None,
        ),
        ("When may data be moved?", Wanted.CONDITION, None),
        ("When was Tern Mail moved to Oslo?", Wanted.DATE, None),
        ("Who do I contact about a move?", Wanted.PERSON, None),
        ("What is a satellite region?", Wanted.DEFINITION, None),
        ("Is the list of regions still up to date?", Wanted.IS_CURRENT, None),
        ("Could you tell me how Tern Mail and Tern Chat differ?", Wanted.DIFFERENCE, None),
        ("never mind", Wanted.UNKNOWN, None),
        ("What can you do?", Wanted.UNKNOWN, None),
    ],
)
def test_tells_what_is_wanted(
    question: str, wanted: Wanted, of: Wanted | None, gazetteer: Gazetteer
) -> None:
    ask = read_ask(question, gazetteer)

    assert (ask.wanted, ask.of) == (wanted, of)


@pytest.mark.parametrize(
    ("question", "relation", "words"),
    [
        ("Does data leave the EU?", PlaceRelation.FROM, "EU"),
        ("Is anything kept outside of Germany?", PlaceRelation.OUTSIDE, "Germany"),
        ("Is data kept in countries other than Norway?", PlaceRelation.OUTSIDE, "Norway"),
        ("Which files are not stored in Japan?", PlaceRelation.NOT_IN, "Japan"),
        ("Isn't mail stored in Japan?", PlaceRelation.IN, "Japan"),
        ("Are logs copied to both Ireland and Finland?", PlaceRelation.TO, "Ireland and Finland"),
        ("is tern data held in germny", PlaceRelation.IN, "germny"),
        ("Is data stored outside the selected geo?", PlaceRelation.OUTSIDE, "selected geo"),
    ],
)
def test_tells_how_it_lies_to_places(
    question: str, relation: PlaceRelation, words: str, gazetteer: Gazetteer
) -> None:
    ask = read_ask(question, gazetteer)

    assert [(one.relation, one.words) for one in ask.placed] == [(relation, words)]


def test_a_follow_up_takes_over_only_what_it_lacks(gazetteer: Gazetteer) -> None:
    first = read_ask("Does Tern Mail store attachments in Norway?", gazetteer)

    place = read_ask("And in Japan?", gazetteer, earlier=first)
    subject = read_ask("And for Tern Chat?", gazetteer, earlier=first)

    assert (place.wanted, place.subjects, place.data) == (
        Wanted.WHETHER,
        ("Tern Mail",),
        first.data,
    )
    assert [one.name for one in place.places] == ["Japan"]
    assert (subject.subjects, subject.placed) == (("Tern Chat",), first.placed)


def test_a_complete_question_keeps_what_it_says(gazetteer: Gazetteer) -> None:
    first = read_ask("Does Tern Mail store attachments in Norway?", gazetteer)
    second = read_ask("Is Quill Chat history processed in Japan?", gazetteer)

    merged = completed(second, first)

    assert (merged.subjects, merged.placed) == (second.subjects, second.placed)
    assert (merged.kind, merged.wanted) == (second.kind, second.wanted)


@pytest.mark.parametrize("question", ["", " ", "?", "…", "us", "\U0001f937", "a" * 5000, "the the"])
def test_reads_anything(question: str, gazetteer: Gazetteer) -> None:
    assert read_ask(question, gazetteer).question == question


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.get("parts")], ids=lambda row: row["id"]
)
def test_splits_several_questions(row: Row) -> None:
    assert list(question_parts(row["question"])) == row["parts"]


def test_leaves_one_question_whole() -> None:
    single = [row["question"] for row in ROWS if row["voice"] != "two_part"]

    split = [question for question in single if len(question_parts(question)) > 1]

    assert len(split) <= len(single) // 100


@pytest.mark.parametrize("held", [False, True], ids=["worked on", "held back"])
@pytest.mark.parametrize("name", LEAST)
def test_agrees_with_labels(name: str, held: bool, gazetteer: Gazetteer) -> None:
    rows = [row for row in (ROWS if name == "wanted" else ASKED) if row["held"] is held]

    right = sum(_RIGHT[name](row, gazetteer) for row in rows)

    assert right / len(rows) >= LEAST[name][held]


@pytest.mark.parametrize("held", [False, True], ids=["worked on", "held back"])
@pytest.mark.parametrize("name", LEAST_F)
def test_names_agree_with_labels(name: str, held: bool, gazetteer: Gazetteer) -> None:
    both = labelled = read = 0
    for row in (row for row in ASKED if row["held"] is held):
        wanted = _plain(row[name])
        found = _plain(getattr(read_ask(row["question"], gazetteer), name))
        both += len(wanted & found)
        labelled += len(wanted)
        read += len(found)

    assert 2 * both / (labelled + read) >= LEAST_F[name][held]


def _plain(said: Iterable[str]) -> set[str]:
    leading = ("the ", "our ", "my ", "a ")
    lowered = (one.lower() for one in said)
    return {next((one[len(w) :] for w in leading if one.startswith(w)), one) for one in lowered}


def _wanted(row: Row, gazetteer: Gazetteer) -> bool:
    earlier: Ask | None = None
    for question in row["thread"] or ():
        earlier = read_ask(question, gazetteer, earlier=earlier)
    found = read_ask(row["question"], gazetteer, earlier=earlier).wanted.value
    return found == ("unknown" if row["wanted"] == "none" else row["wanted"])


def _places(row: Row, gazetteer: Gazetteer) -> bool:
    """Tell whether just the labelled places are read, by their words or as the same places."""
    rows = [one for one in (row, row.get("also")) if one and one["relation"]]
    wanted = [(one["relation"], one["place"] or "") for one in rows]
    found = [(one.relation.value, one.words) for one in read_ask(row["question"], gazetteer).placed]
    return _keys(wanted, gazetteer) == _keys(found, gazetteer)


def _keys(placed: Iterable[tuple[str, str]], gazetteer: Gazetteer) -> list[tuple[str, str]]:
    keys = []
    for relation, words in placed:
        cased = words.upper() if len(words) < 4 else words.title() if words.islower() else words
        ids = sorted({mention.place.id for mention in gazetteer.mentions(cased)})
        keys.append((relation, " ".join(ids) or next(iter(_plain([words])))))
    return sorted(keys)


def _kind(row: Row, gazetteer: Gazetteer) -> bool:
    kind = read_ask(row["question"], gazetteer).kind
    return (kind.value if kind else None) == row["kind"]


def _denied(row: Row, gazetteer: Gazetteer) -> bool:
    return read_ask(row["question"], gazetteer).denied is row["denied"]


def _time(row: Row, gazetteer: Gazetteer) -> bool:
    time = read_ask(row["question"], gazetteer).time
    return (time.value if time else None) == row["time"]


_RIGHT: dict[str, Callable[[Row, Gazetteer], bool]] = {
    "wanted": _wanted, "places": _places, "kind": _kind, "denied": _denied, "time": _time,
}  # fmt: skip
