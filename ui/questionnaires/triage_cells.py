"""What became of a row, as files carry it: fields of a line of answers, cells beside a question."""

from __future__ import annotations

from typing import Any

from assistant.triage import Triaged
from ui.questionnaires.types import Reply

_DIGITS = 3


def triage_fields(triaged: Triaged) -> dict[str, Any]:
    """Return what a line of answers says of a row's triage; confidence from 0 to 1."""
    return {
        "triage": triaged.triage.value,
        "confidence": round(triaged.confidence, _DIGITS),
        "value": triaged.value,
        "triage_reason": triaged.reason,
    }


def triage_cell(reply: Reply) -> str:
    """Return what became of a row, with the value where one is proved."""
    return f"{reply.triage}: {reply.value}" if reply.value else reply.triage


def confidence_cell(reply: Reply) -> str:
    """Return how sure that is, in percent."""
    return "" if reply.confidence is None else f"{reply.confidence:.0%}"
