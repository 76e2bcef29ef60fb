"""How questions about sets, cells and sentences are read."""

from __future__ import annotations

import pytest

from assistant.reasoning.members.entry_places import places_of
from assistant.reasoning.members.enumerations import enumerated
from assistant.reasoning.members.place_bounds import bounds_in
from assistant.reasoning.members.set_question import Besides, head_noun, is_inverted, parts_of
from assistant.reasoning.members.word_stems import abbreviations, alike, stem
from corpus.places import Gazetteer


@pytest.mark.parametrize(
    ("question", "bounds"),
    [
        ("Which regions are in the EU?", ["in EU"]),
        ("Which European regions lie outside Germany?", ["in European", "outside Germany"]),
        ("Who sits neither in the US nor in the EU?", ["outside US", "outside EU"]),
        ("Which are in Asia, Japan apart?", ["in Asia", "outside Japan"]),
        ("Which are in Norway or Sweden?", ["in Norway or Sweden"]),
        ("Which process data anywhere other than in Canada?", ["outside Canada"]),
    ],
)
def test_bounds(gazetteer: Gazetteer, question: str, bounds: list[str]) -> None:
    found = [f"{one.bound.value} {one.words}" for one in bounds_in(question, gazetteer)]
    assert found == bounds


def test_only_bounds_what_lies_elsewhere(gazetteer: Gazetteer) -> None:
    assert bounds_in("Who processes data exclusively in the US?", gazetteer)[0].only


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("London, England, UK", ["London, England, UK"]),
        ("United States, Germany, Iceland", ["United States", "Germany", "Iceland"]),
        ("Canada Central or Canada East", ["Canada Central", "Canada East"]),
    ],
)
def test_places_of_a_cell(gazetteer: Gazetteer, cell: str, places: list[str]) -> None:
    assert [one.words for one in places_of(cell, gazetteer, "Azure")] == places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You can keep it for 30, 60, 90 or 730 days.", ["30", "60", "90", "730 days"]),
        (
            "Includes data centers in Australia, India, and South Korea",
            ["Australia", "India", "South Korea"],
        ),
        ("It is fast, which helps, and it is cheap", []),
    ],
)
def test_enumerations(text: str, names: list[str]) -> None:
    assert [name for one in enumerated(text) for name in one.names] == names


@pytest.mark.parametrize(
    ("question", "noun", "plural"),
    [
        ("Which of the AWS regions lie in Europe?", "regions", True),
        ("Which region is in Europe?", "region", False),
        ("List the public clouds that we may use.", "clouds", True),
        ("How many subprocessors are there?", "subprocessors", True),
    ],
)
def test_head_nouns(question: str, noun: str, plural: bool) -> None:
    found = head_noun(question)
    assert found is not None
    assert (found.word, found.is_plural) == (noun, plural)


def test_inverted_questions_ask_for_yes_or_no() -> None:
    assert is_inverted("We are in Norway. Is any region in the EU?")
    assert not is_inverted("Which regions are in the EU?")


@pytest.mark.parametrize(
    ("question", "main", "asks"),
    [
        (
            "Which regions are in Europe, and which of those is not in the EU?",
            "Which regions are in Europe", Besides.OF_THESE,
        ),
        ("How many are in Asia, and which are they?", "How many are in Asia", Besides.NAMES),
        ("Which plans are there, and where does each run?", "Which plans are there",
         Besides.DETAIL),
        ("Which are in Asia, and which are not?", "Which are in Asia", Besides.OTHERS),
        ("Which regions are in Norway and Sweden?", "Which regions are in Norway and Sweden?",
         None),
    ],
)  # fmt: skip
def test_further_parts(question: str, main: str, asks: Besides | None) -> None:
    found = parts_of(question)
    assert (found.main, found.asks) == (main, asks)


def test_stems_and_abbreviations() -> None:
    assert stem("replication") == stem("replicates")
    assert alike(stem("subprocessors"), stem("vendors"))
    assert abbreviations("on Amazon Web Services (AWS) only")["amazon"] == "aws"
