"""What the bot was told as the text that a file keeps, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache

from pydantic import TypeAdapter

from assistant.history.texts import storable
from ui.slack.buttons import KINDS
from ui.slack.types import Gone, Opened, Question, Told, Watched

_KINDS: dict[str, type[Told]] = {
    "question": Question,
    "opened": Opened,
    "gone": Gone,
    "watched": Watched,
    **KINDS,
}
"""Names in files: add some, change none."""


def kind_of(told: Told) -> str:
    """Return the name of its kind."""
    return next(name for name, kind in _KINDS.items() if type(told) is kind)


def written(told: Told) -> str:
    """Return the text that is kept."""
    return storable(json.dumps(asdict(told), ensure_ascii=False))


def read(kind: str, text: str) -> Told:
    """Return what was kept; raise ValueError for what is none of it."""
    if kind not in _KINDS:
        raise ValueError(f"{kind}: no such kind")
    return _reader(kind).validate_json(text)


@cache
def _reader(kind: str) -> TypeAdapter[Told]:
    return TypeAdapter(_KINDS[kind])
