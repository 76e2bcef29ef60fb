"""Approvals for the tests of the answer library."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from assistant.library.library_store import FILE, Library
from assistant.library.types import Approval, Approver, Ground, Right, digest
from assistant.types import AnswerScope
from index.home.database_server import DatabaseServer, Place

ANA = Approver("Ana", Right.OPERATOR)
BEN = Approver("Ben", Right.APPROVER)
DAY = date(2026, 5, 6)
DUE = date(2027, 5, 6)
QUOTE = "Data rests in Ireland."
GROUND = Ground("intune", "Data in Intune", 4, 26, QUOTE, digest(QUOTE), "ab" * 32, "Storage")


def noon() -> datetime:
    return datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def library(there: Place) -> Library:
    """Return the library of a folder, or of a server."""
    return Library(there if isinstance(there, DatabaseServer) else there / FILE, noon)


def approval(question: str = "Where does it rest?", text: str = QUOTE, **changes: Any) -> Approval:
    values: dict[str, Any] = {
        "scope": AnswerScope(), "approver": "Ana", "approved": DAY, "review": DUE,
        "origin": "written", "grounds": (GROUND,),
    }  # fmt: skip
    return Approval(question, text, **{**values, **changes})
