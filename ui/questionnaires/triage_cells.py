"""What became of a row, as files carry it: fields of a line of answers, cells beside a question."""

from __future__ import annotations

from typing import Any

from assistant.triage import Triaged
from ui.questionnaires.types import Reply

TITLES = ("Triage", "Confidence")
_DIGITS = 3


def triage_fields(triaged: Triaged) -> dict[str, Any]:
    """Return what a line of answers says of a row's triage; confidence from 0 to 1."""
    return {
        "triage": triaged.triage.value,
        "confidence": round(triaged.confidence, _DIGITS),
        "value": triaged.value,
        "triage_reason": triaged.reason,
    }


def triage_cells(reply: Reply) -> tuple[str, ...]:
    """Return the cells of a row's triage, in the order of the titles; confidence in percent."""
    sure = "" if reply.confidence is None else f"{reply.confidence:.0%}"
    found = f"{reply.triage}: {reply.value}" if reply.value else reply.triage
    return (found, sure)
