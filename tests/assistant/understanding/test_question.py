"""How questions are understood, against a table written by somebody who did not know the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.query import Query, QuestionType, Turn
from assistant.understanding.question import understand
from corpus.places import Gazetteer

TABLE = Path(__file__).parent / "understanding.jsonl"
LEAST = 0.97
"""Share of the rows that must be understood, of each column."""


def _last(turns: list[str], gazetteer: Gazetteer) -> Query:
    past: list[Turn] = []
    for turn in turns:
        query = understand(turn, past, None, gazetteer)
        past.append(Turn(query.question, query.standalone, "document", query.type))
    return query


@pytest.mark.parametrize("column", ["services", "places", "type", "negated"])
def test_the_table(column: str, gazetteer: Gazetteer) -> None:
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    wrong = []
    for row in rows:
        query = _last(row["turns"], gazetteer)
        found = {
            "services": set(query.services),
            "places": [place.name for place in query.places],
            # How old a page is, is one way to ask whether it is current.
            "type": "current" if query.type is QuestionType.DATE else query.type.value,
            "negated": query.negated,
        }[column]
        expected = set(row[column]) if column == "services" else row[column]
        if found != expected:
            wrong.append((row["turns"], expected, found))
    assert len(wrong) <= (1 - LEAST) * len(rows), wrong


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Our people in Graz and a Kiwi subsidiary", ["Graz", "New Zealand"]),
        ("a Norwegian firm in Tromsø, once Tromso", ["Norway", "Tromsø", "Tromsø"]),
        ("Reading the docs is Nice, can you? Most do.", []),
        ("tell us about it", []),
        ("is it in the us or the EU", ["United States", "European Union"]),
        ("Hong Kong SAR, South Korea and the Middle East",
         ["Hong Kong", "South Korea", "Middle East"]),
        ("", []),
    ],
)  # fmt: skip
def test_places_are_read(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert [mention.place.name for mention in gazetteer.mentions(text)] == names


def test_a_place_knows_what_contains_it(gazetteer: Gazetteer) -> None:
    graz = gazetteer.named("Graz")
    assert graz is not None
    outer = [gazetteer.place(name).name for name in graz.within]
    assert outer[0] == "Austria"
    assert {"European Union", "European Economic Area", "Europe", "EMEA", "DACH"} <= set(outer)
    norway = gazetteer.named("norwegian")
    assert norway is not None
    assert "group:European Union" not in norway.within
    assert "group:European Economic Area" in norway.within
