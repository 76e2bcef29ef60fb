"""Reads bodies that come from outside: nothing in them is taken to be there or to be a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.history.texts import storable

_ID = re.compile(r"[A-Z0-9]{1,40}")
_EVENT = re.compile(r"[0-9A-Za-z]{1,80}")
_STAMP = re.compile(r"[0-9]{1,20}\.[0-9]{1,20}")
_TRIGGER = re.compile(r"[0-9A-Za-z.]{1,200}")
_ANSWER = re.compile(r"[0-9A-Za-z-]{1,80}")


class Unfit(Exception):
    """A body that nothing is done about; its text says why, without what users wrote."""


class Payload:
    """A body or a part of one; a part that is not there is an empty one."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def at(self, *path: str) -> Payload:
        """Return the part at a path."""
        value = self._value
        for name in path:
            value = value.get(name) if isinstance(value, Mapping) else None
        return Payload(value)

    def items(self, *path: str) -> tuple[Payload, ...]:
        """Return the parts of the list at a path."""
        value = self.at(*path)._value
        return tuple(map(Payload, value)) if isinstance(value, list | tuple) else ()

    def has(self, *path: str) -> bool:
        """Tell whether something stands at a path, of whatever kind."""
        return self.at(*path)._value not in (None, False, "")

    def text(self, *path: str) -> str:
        """Return the text at a path; empty where there is none."""
        value = self.at(*path)._value
        return storable(value) if isinstance(value, str) else ""

    def id(self, *path: str) -> str:
        """Return the id of a workspace, channel or user; raise Unfit."""
        return fit(self.text(*path), _ID, path)

    def stamp(self, *path: str) -> str:
        """Return the time stamp that names a message; raise Unfit."""
        return fit(self.text(*path), _STAMP, path)

    def event(self) -> str:
        """Return the id of an event; raise Unfit."""
        return fit(self.text("event_id"), _EVENT, ("event_id",))

    def trigger(self) -> str:
        """Return what allows a view to be opened; raise Unfit."""
        return fit(self.text("trigger_id"), _TRIGGER, ("trigger_id",))


def is_id(text: str) -> bool:
    """Tell whether a text may be the id of a workspace, channel or user."""
    return _ID.fullmatch(text) is not None


def answer_id(text: str) -> str:
    """Return a text that may be the id of an answer; raise Unfit."""
    return fit(text, _ANSWER, ("answer",))


def is_thread(text: str) -> bool:
    """Tell whether a text may name a thread of messages; an empty one names none."""
    return not text or _STAMP.fullmatch(text) is not None


def fit(text: str, form: re.Pattern[str], path: tuple[str, ...]) -> str:
    """Return a text that has the form it must have; raise Unfit."""
    if form.fullmatch(text) is None:
        raise Unfit(f"its {'.'.join(path)} is not one")
    return text
