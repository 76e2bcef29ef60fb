"""JSON objects out of a reply while it comes, however a model writes them.

One a line is asked for. Models also write them over several lines, one after the other, in an
array, in a fence of code, between sentences, or after thinking aloud.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_THOUGHTS = ("think", "thinking", "thought", "reasoning", "reflection", "analysis")
"""Names of the tags between which models think aloud."""
_OPENS = re.compile(rf"<(?P<name>{'|'.join(_THOUGHTS)})>", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{'|'.join(_THOUGHTS)})>", re.IGNORECASE)
_LONGEST_TAG = 14
_FENCE = re.compile(r"^\s*```\w*\s*$", re.MULTILINE)


class WithoutThoughts:
    """Takes what a model thinks aloud out of its reply while it comes."""

    def __init__(self) -> None:
        self._rest = ""
        self._thinks = False

    def feed(self, text: str) -> str:
        """Return what is no thought of a further piece; the beginning of a tag waits."""
        self._rest += text
        said = list[str]()
        while found := (_CLOSES if self._thinks else _OPENS).search(self._rest):
            if not self._thinks:
                said.append(self._rest[: found.start()])
            self._rest = self._rest[found.end() :]
            self._thinks = not self._thinks
        kept = self._waiting()
        if not self._thinks:
            said.append(self._rest[: len(self._rest) - kept])
        self._rest = self._rest[len(self._rest) - kept :]
        return "".join(said)

    def finish(self) -> str:
        """Return what waited."""
        rest, self._rest = self._rest, ""
        return "" if self._thinks else rest

    def _waiting(self) -> int:
        """Return how long the end is that may become a tag."""
        start = self._rest.rfind("<", max(0, len(self._rest) - _LONGEST_TAG))
        whole = start < 0 or ">" in self._rest[start:]
        return 0 if whole else len(self._rest) - start


class ObjectReader:
    """Turns the pieces of a reply into its JSON objects, each as soon as it is whole."""

    def __init__(self) -> None:
        self._thoughts = WithoutThoughts()
        self._prose = list[str]()
        self._open = list[str]()
        """Characters of the object that is being read."""
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._line = list[str]()
        """Characters of the line that is being read, within an object."""

    def feed(self, text: str) -> Iterator[dict[str, Any]]:
        """Yield the objects that became whole with a further piece of the reply."""
        for character in self._thoughts.feed(text):
            found = self._read(character)
            if found is not None:
                yield found

    def finish(self) -> Iterator[dict[str, Any]]:
        """Yield what was not whole until the end of the reply came."""
        for character in (*self._thoughts.finish(), "\n"):
            found = self._read(character)
            if found is not None:
                yield found
        self._prose.append("".join(self._open))

    @property
    def prose(self) -> str:
        """What stood beside the objects, thoughts and fences left out."""
        said = _CLOSES.split("".join(self._prose))[-1]
        return _FENCE.sub("", said).strip()

    def _read(self, character: str) -> dict[str, Any] | None:
        if not self._depth:
            if character != "{":
                self._prose.append(character)
                return None
            self._line = ["x"] if self._prose and self._prose[-1] not in "\n" else []
        self._open.append(character)
        self._line.append(character)
        self._count(character)
        if not self._depth:
            return self._whole()
        return self._line_alone() if character == "\n" else None

    def _count(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif self._in_string:
            self._escaped = character == "\\"
            self._in_string = character != '"'
        elif character == '"':
            self._in_string = True
        else:
            self._depth += (character in "{[") - (character in "}]")

    def _whole(self) -> dict[str, Any] | None:
        text = "".join(self._open)
        self._restart()
        found = as_object(text)
        if found is None:
            self._prose.append(text)
        return found

    def _line_alone(self) -> dict[str, Any] | None:
        """Return the object of a line of its own where an earlier line left one open."""
        line = "".join(self._line)
        self._line = []
        if not line.startswith("{") or len(line) == len(self._open):
            return None
        found = as_object(line.strip().rstrip(","))
        if found is not None:
            self._prose.append("".join(self._open[: -len(line)]))
            self._restart()
        return found

    def _restart(self) -> None:
        self._open, self._line = [], []
        self._depth, self._in_string, self._escaped = 0, False, False


def as_object(text: str) -> dict[str, Any] | None:
    """Return a JSON object; None where a text is none. Line breaks in its strings may be bare."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a whole reply."""
    reader = ObjectReader()
    yield from reader.feed(text)
    yield from reader.finish()
