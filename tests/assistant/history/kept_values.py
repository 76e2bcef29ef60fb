"""Answers and turns for the tests of what a home keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from assistant.history.history_tables import SCHEMA
from assistant.history.records import Circumstances, Configuration, RecordedDocument
from assistant.query import QuestionType, Turn
from assistant.types import Answer, Citation, Profile, Verdict
from index.home.database import Database
from index.home.database_server import Place

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
CITED = Citation(
    1, "intune", "Data in Intune", "Storage", "Data rests in Ireland.", 4, 26,
    "https://example.com/intune", date(2025, 6, 25), 3,
)  # fmt: skip
GIVEN = Circumstances(
    NOON,
    date(2026, 5, 6),
    Profile("Norway", ("ADR",), "", ("Intune",)),
    False,
    (RecordedDocument("intune", "Data in Intune", date(2025, 6, 25), "ab" * 32),),
    Configuration("0.1.0", "build", "residency-minilm", "", ""),
)


def answer(id_: str, question: str = "Where is it?", **changes: Any) -> Answer:
    values: dict[str, Any] = {
        "text": "It rests in Ireland. [1]", "verdict": Verdict.ANSWERED, "citations": (CITED,),
        "facts": (), "caveats": (), "choices": (), "mode": "structured", "index": "build",
        "latency_ms": 12.5,
    }  # fmt: skip
    return Answer(id_, question, **{**values, **changes})


def turn(question: str = "Where is it?") -> Turn:
    return Turn(question, question, "intune", QuestionType.WHERE)


def everything(place: Place) -> dict[str, Sequence[object]]:
    """Return all rows of all tables, in order of their keys."""
    database = Database(place, SCHEMA)
    return {
        table.name: database.rows(select(table).order_by(*table.primary_key))
        for table in SCHEMA.tables.sorted_tables
    }
