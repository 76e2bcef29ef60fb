"""A press of a button below an answer that says something about it, once however often pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.slack.buttons.button import RawPress, kept
from ui.slack.payload import answer_id
from ui.slack.types import Place, Pressed, Understood


@dataclass(frozen=True, slots=True)
class OnAnswer(Pressed):
    """What somebody wants done with an answer."""

    answer: str
    """Id of the answer."""
    respond_to: str = ""
    """Where it is confirmed if one user alone saw the answer; else in the thread."""

    @property
    def address(self) -> str:
        """Return where it is confirmed to one user alone."""
        return self.respond_to


def once(
    press: RawPress, action: str, pressed: Callable[[Place, str, str], OnAnswer]
) -> Understood:
    """Return what is wanted; pressed twice by one user below one message it is still one wish."""
    # The name of the press is not used, but one that has none is refused like any other.
    press.key()
    place = press.place
    address = "" if place.thread else press.address()
    wanted = pressed(place, answer_id(press.value), address)
    told = (action, place.team, place.channel, wanted.answer, place.user, press.message())
    return kept(":".join(told), wanted)
