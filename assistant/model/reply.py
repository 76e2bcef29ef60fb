"""What a model said, read line by line while it comes.

JSON Lines are asked for, since a line is whole before the reply is; one object that holds all
sentences is read too, for servers that allow nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_SENTENCE = 700
_MOST_SENTENCES = 40
_FENCE = re.compile(r"^\s*```\w*\s*$", re.MULTILINE)


class Said(StrEnum):
    """How a model says that its answer ends."""

    ANSWERED = "answered"
    NOT_IN_DOCUMENTS = "not_in_documents"
    ASK_BACK = "ask_back"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first line of a reply."""

    said: Said
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the passages that it cites."""

    text: str
    evidence: tuple[str, ...]
    """Ids of passages, as the model wrote them."""
    number: int = 0
    """Of the sentence that it mends, counted from 1; 0 outside of repairs."""


Item = Outcome | Sentence


class ReplyReader:
    """Turns the pieces of a reply into items as soon as their line is whole."""

    def __init__(self) -> None:
        self._rest = ""
        self._unread: list[str] = []
        self._sentences = 0
        self._begun = False

    def feed(self, text: str) -> Iterator[Item]:
        """Yield what became whole with a further piece of the reply."""
        *lines, self._rest = f"{self._rest}{text}".split("\n")
        for line in lines:
            yield from self._read(line)

    def finish(self) -> Iterator[Item]:
        """Yield what the last line holds, and what only makes sense as a whole."""
        rest, self._rest = self._rest, ""
        yield from self._read(rest)
        if not self._sentences and self._unread:
            yield from self._limited(_of_object(_FENCE.sub("", "\n".join(self._unread))))

    def _read(self, line: str) -> Iterator[Item]:
        if not line.strip():
            return
        if self._unread[:1] == ["{"] or (not self._begun and line.strip() == "{"):
            # One object over several lines: it makes sense as a whole alone.
            self._begun = True
            self._unread.append(line if self._unread else "{")
            return
        self._begun = True
        found = tuple(_of_object(line.strip().rstrip(",")))
        if not found:
            self._unread.append(line)
        yield from self._limited(found)

    def _limited(self, items: Iterator[Item] | tuple[Item, ...]) -> Iterator[Item]:
        for item in items:
            self._sentences += isinstance(item, Sentence)
            if self._sentences <= _MOST_SENTENCES:
                yield item


def _of_object(text: str) -> Iterator[Item]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(row, dict):
        return
    if row.get("verdict") in [said.value for said in Said]:
        yield Outcome(Said(row["verdict"]), _texts(row.get("choices")))
    yield from _sentence(row)
    for key, name in (("sentences", "sentence"), ("caveats", "caveat")):
        for part in row[key] if isinstance(row.get(key), list) else ():
            if isinstance(part, dict):
                said = part.get(name) or part.get("sentence") or part.get("text")
                yield from _sentence({name: said, "evidence": part.get("evidence")})


def _sentence(row: dict[str, Any]) -> Iterator[Sentence]:
    for key in ("sentence", "caveat"):
        text = row.get(key)
        if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_SENTENCE:
            number = row.get("number")
            yield Sentence(
                storable(" ".join(text.split()) if "\n" not in text.strip() else text.strip()),
                _texts(row.get("evidence")),
                number if isinstance(number, int) else 0,
            )


def _texts(value: object) -> tuple[str, ...]:
    """Return the strings of a list; a model may write anything there."""
    items = value if isinstance(value, list) else ()
    return tuple(storable(item) for item in items if isinstance(item, str))


def storable(text: str) -> str:
    """Return a text without lone surrogates, which can be neither stored nor hashed."""
    return text.encode("utf-8", "replace").decode()


def objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a reply that has one a line."""
    for line in _FENCE.sub("", text).split("\n"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            yield row
