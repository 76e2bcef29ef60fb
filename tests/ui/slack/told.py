"""Arrivals to keep."""

from __future__ import annotations

from ui.slack.types import Arrival, Place, Question, Surface


def asked(
    number: int,
    *,
    thread: str = "1.1",
    user: str = "U1",
    channel: str = "C1",
    text: str = "Where is mail kept?",
    surface: Surface = Surface.MENTION,
    respond_to: str = "",
) -> Arrival:
    """A question, one of many."""
    place = Place("T1", channel, thread, user)
    told = Question(place, text, surface, respond_to)
    return Arrival(f"message:T1:{channel}:{number}.1", place.lane, told)
