"""What buttons and views carry, so that a press finds its way back to what it is about.

A value comes back from outside: whatever cannot have been made here reads as None.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.history.feedback import Rating

CHOOSE = "choose"
"""A clarifying choice or a suggested question; its value is the question that is to be asked."""
PASSAGE = "passage"
FEEDBACK = "feedback"
PERSON = "person"
"""The wish that a person looks at a question; its value is the answer's id."""

REASON = "reason"
"""The view that asks why an answer did not help, and its first input."""
CORRECTION = "correction"
"""The second input of that view: what would be right."""
SHOWN = "shown"
"""The view of a passage, in which there is nothing to submit."""
CHECK_CLAIM = "check_claim"
"""The shortcut of a message."""
COMMAND = "/residency"

LONGEST_VALUE = 2_000
"""Characters that a button may carry."""
_MARKS = {"up": Rating.UP, "down": Rating.DOWN}


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where the answer stands that a view asks about."""

    team: str
    channel: str
    thread: str
    """Time stamp of the message that the thread hangs on; empty outside of any thread."""
    answer: str
    """Id of the answer."""


def numbered(action: str, number: int) -> str:
    """Return the id of one of several buttons of a message that do the same."""
    return f"{action}_{number}"


def action_of(action_id: str) -> str:
    """Return what a button does, whatever its number."""
    name, _, number = action_id.rpartition("_")
    return name if name and number.isascii() and number.isdecimal() else action_id


def passage_value(document: str, start: int, end: int) -> str:
    """Return what a button carries that shows a passage."""
    return _compact([document, start, end])


def read_passage(value: str) -> tuple[str, int, int] | None:
    """Return document, start and end of a passage."""
    match _parsed(value):
        case [str(document), int(start), int(end)] if not _truths(start, end):
            return (document, start, end) if 0 <= start < end else None
    return None


def feedback_value(rating: Rating, answer: str) -> str:
    """Return what one of the two feedback buttons carries."""
    return f"{rating.value}:{answer}"


def read_feedback(value: str) -> tuple[Rating, str] | None:
    """Return the rating and the id of the answer that it is about."""
    mark, _, answer = value.partition(":")
    rating = _MARKS.get(mark)
    return (rating, answer) if rating and answer else None


def reason_metadata(place: AnswerPlace) -> str:
    """Return what the view carries that asks for a reason."""
    return _compact([place.team, place.channel, place.thread, place.answer])


def read_reason_metadata(value: str) -> AnswerPlace | None:
    """Return which answer a view asked about."""
    match _parsed(value):
        case [str(team), str(channel), str(thread), str(answer)] if answer:
            return AnswerPlace(team, channel, thread, answer)
    return None


def _truths(*values: object) -> bool:
    """Tell whether one is true or false, which Python takes for a number."""
    return any(isinstance(value, bool) for value in values)


def _compact(values: list[str | int]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _parsed(value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
