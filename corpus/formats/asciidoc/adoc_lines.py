"""Lines of a document that are read one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.formats.asciidoc.adoc_source import CLOSES, OPENS

_BULLET = re.compile(r"\s*(?P<mark>-|\*{1,5}|•)\s+(?P<text>\S.*)")
_NUMBER = re.compile(r"\s*(?P<mark>\.{1,5}|\d{1,9}\.|[a-zA-Z]\.|[IVXivx]{1,10}\))\s+(?P<text>\S.*)")
_CALLOUT = re.compile(r"<(?P<mark>\d{1,3}|\.)>\s+(?P<text>\S.*)")
_TERM = re.compile(r"\s*(?P<term>(?!//)\S.*?)(?P<mark>:{2,4}|;;)(?:\s+(?P<text>\S.*))?")
_COMMENT = re.compile(r"//(?!/)")
DELIMITERS = re.compile(
    r"-{4,}|={4,}|\.{4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|`{3,}[\w+#. -]{0,40}|[|,:!]={3,}"
)


class Marker(NamedTuple):
    """What a member of a list begins with."""

    mark: str
    """Equal for members of one list."""
    kind: str
    """`bullet`, `number`, `callout` or `term`."""
    text: str
    term: str = ""
    number: int = 1


class Lines:
    """Lines, and the place of the next."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.place = 0

    @property
    def line(self) -> str | None:
        """The next line; None at the end."""
        return self._lines[self.place] if self.place < len(self._lines) else None

    def take(self) -> str:
        """Return the next line and go on."""
        self.place += 1
        return self._lines[self.place - 1]

    def skip_blank(self) -> int:
        """Go on to the next line with text; return how many were passed."""
        start = self.place
        while self.line is not None and not self.line.strip():
            self.place += 1
        return self.place - start

    def until(self, closing: str) -> list[str]:
        """Return the lines before the line `closing`, and go on behind it."""
        start = self.place
        while self.line is not None and self.line != closing:
            self.place += 1
        found = list(self._lines[start : self.place])
        self.place += 1
        return found

    def region(self) -> list[str]:
        """Return the lines under the condition that opens here, and go on behind them."""
        start, depth = self.place + 1, 0
        while self.line is not None:
            line = self.take()
            depth += line.startswith(OPENS) - line.startswith(CLOSES)
            if depth == 0:
                return list(self._lines[start : self.place - 1])
        return list(self._lines[start:])

    def ahead(self, number: int = 1) -> str | None:
        """Return a line behind the next."""
        place = self.place + number
        return self._lines[place] if place < len(self._lines) else None


def find_marker(line: str | None) -> Marker | None:
    """Return what a line begins with, where it is a member of a list."""
    if line is None or not line.strip() or line.startswith("\x00"):
        return None
    if match := _BULLET.fullmatch(line):
        return Marker(match["mark"], "bullet", match["text"])
    if match := _NUMBER.fullmatch(line):
        return _numbered(match["mark"], match["text"])
    if match := _CALLOUT.fullmatch(line):
        return Marker("<>", "callout", match["text"])
    if match := _TERM.fullmatch(line):
        return Marker(match["mark"], "term", match["text"] or "", match["term"])
    return None


def _numbered(mark: str, text: str) -> Marker:
    if mark[0] == ".":
        return Marker(mark, "number", text)
    shown = mark[:-1]
    sort = "1" if shown.isdecimal() else "a" if shown.islower() else "A"
    return Marker(sort + mark[-1], "number", text, number=int(shown) if sort == "1" else 1)


def is_comment(line: str) -> bool:
    """Tell whether no reader sees a line."""
    return _COMMENT.match(line) is not None
