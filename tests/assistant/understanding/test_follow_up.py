"""What a message takes over from its conversation, and what it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.query import Query, Turn
from assistant.understanding.question import understand
from corpus.places import Gazetteer
from corpus.types import Description
from index.types import Abouts

TABLE = Path(__file__).parent / "follow_ups.jsonl"
ABOUTS = Abouts((
    Description("tern", "Where Tern keeps data", "Tern"),
    Description("heron", "Regions of Heron", "Heron"),
))  # fmt: skip


def _last(turns: list[str], gazetteer: Gazetteer) -> Query:
    past: list[Turn] = []
    for turn in turns:
        query = understand(turn, past, None, gazetteer, ABOUTS)
        past.append(Turn(query.question, query.standalone, "tern", query.type))
    return query


def _rows() -> list[dict[str, list[str] | str]]:
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "standalone" in row]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: " / ".join(row["turns"]))
def test_the_table(row: dict[str, list[str] | str], gazetteer: Gazetteer) -> None:
    assert _last(list(row["turns"]), gazetteer).standalone == row["standalone"]


@pytest.mark.parametrize(
    "question",
    ["Where does Heron keep data for a tenant in India?", "How many regions does Heron have?",
     "Which services such as mail does Heron keep in the EU?",
     "Is there a copy of Heron data abroad?", "Is it possible to move Heron data to Japan?",
     "When they delete a Heron tenant, does their data go at once?",
     "Can I set a region on a user before giving them a Heron licence?"],
)  # fmt: skip
def test_a_complete_question_takes_over_nothing(question: str, gazetteer: Gazetteer) -> None:
    first = "How long does Tern keep backups in Ireland?"
    for asked in (question, f"And {question[0].lower()}{question[1:]}"):
        query = _last([first, asked], gazetteer)
        assert query.standalone == question
        assert query.follows == ""


def test_a_question_leans_on_the_document_before(gazetteer: Gazetteer) -> None:
    query = _last(["How long does Tern keep backups?", "Are they encrypted?"], gazetteer)
    assert query.follows == "tern"
