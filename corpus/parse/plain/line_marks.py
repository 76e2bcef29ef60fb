"""What stands at the start of a line and says what the line is: bullets, numbers, boxes, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.boxes import first_box
from corpus.parse.plain.plain_lines import Line

_BULLET = re.compile(r"([*•·◦▪▫‣⁃●○■*+–—-]|o(?=\s{2}))\s+(?=\S)")
_NUMBER = re.compile(
    r"(?P<open>\(?)(?:(?P<parts>\d{1,3}(?:\.\d{1,3})*)(?P<after>[a-z]?)|(?P<roman>[ivxl]{1,6})|"
    r"(?P<letter>[a-zA-Z]))(?P<close>[.)])\s+(?=\S)"
)
_CLAUSE = re.compile(r"(?P<parts>\d{1,3}(?:\.\d{1,3}){1,4})\s+(?=[A-Z\"“(])")
"""A number of several parts needs no dot after it."""
_QUESTION = re.compile(r"Q(?:uestion)?\s*\d*\s*[:.)]\s+(?=\S)", re.I)
_REPLY = re.compile(r"A(?:nswer)?\s*\d*\s*[:.)]\s+(?=\S)")
_CALLOUT = re.compile(r"(?:note|tip|important|warning|caution|remarks?)\s*:?\s*$", re.I)
_INLINE_CALLOUT = re.compile(r"(?:note|tip|important|warning|caution)\s*[:–-]\s+\S", re.I)
_RULE = re.compile(r"([=~_*#+^\"'`.–—-])(?:\s?\1){2,}\s*")
_FENCE = re.compile(r"(?:`{3,}|~{3,})\w*\s*")
_LABEL = re.compile(r"(?P<label>[A-Z0-9][^.:;!?|\t]{0,60}?)\s*:\s+(?=\S)")
_DASHED = re.compile(r"(?P<label>[A-Z0-9][^.:;!?|\t]{0,40}?)(?:\s{2,}-|\s+[–—])\s+(?=\S)")
_NOTE = re.compile(r"(\[\d{1,3}\]|\*{1,3}|[†‡]|[¹²³⁴⁵⁶⁷⁸⁹]+)\s*(?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_MOST_WORDS_OF_LABEL = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a list's member at the start of a line."""

    family: str
    """What marks of one list have in common: the sign, or the form of its numbers."""
    length: int
    """Code points of the mark and of the blanks after it."""
    number: int | None = None
    """What it counts; None for bullets."""
    depth: int = 0
    """Parts of its number before the last one."""
    checked: bool | None = None
    """Whether its box is ticked; None without one."""


def mark_of(line: Line, *, roman: bool = False) -> Mark | None:
    """Return the mark that a line begins with; `roman` reads `i)` as one and not as a letter."""
    content = line.text
    box = _box(content, 0)
    if box:
        return box
    bullet = _BULLET.match(content)
    if bullet:
        after = _box(content, bullet.end())
        return after or Mark(bullet[1], bullet.end())
    return _numbered(content, roman)


def _box(content: str, start: int) -> Mark | None:
    box = first_box(content, start, typed=True)
    return Mark("box", box.end, checked=box.ticked) if box else None


def _numbered(content: str, roman: bool) -> Mark | None:
    match = _CLAUSE.match(content) or _NUMBER.match(content)
    if match is None:
        return None
    named = {"open": "", "close": "", "after": None, **match.groupdict()}
    form = f"{named['open']}{{}}{named['close']}"
    if match["parts"]:
        *outer, last = match["parts"].split(".")
        if named["after"]:
            return Mark(form.format("1a"), match.end(), _place(named["after"]), len(outer))
        return Mark(form.format("1"), match.end(), int(last), len(outer))
    written = match["roman"] or match["letter"]
    if match["roman"] and (roman or len(written) > 1):
        return Mark(form.format("i"), match.end(), _value(written))
    return Mark(form.format("A" if written.isupper() else "a"), match.end(), _place(written))


def _place(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def _value(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(
        -value if value < max(values[number:]) else value for number, value in enumerate(values)
    )


def question_mark(content: str) -> int:
    """Return how long the mark of a question is, 0 where there is none."""
    match = _QUESTION.match(content)
    return match.end() if match else 0


def reply_mark(content: str) -> int:
    """Return how long the mark of an answer is, 0 where there is none."""
    match = _REPLY.match(content)
    return match.end() if match else 0


def is_callout(content: str) -> bool:
    """Tell whether a line only announces a note."""
    return _CALLOUT.fullmatch(content) is not None


def begins_callout(content: str) -> bool:
    """Tell whether a paragraph begins with the word that announces a note."""
    return _INLINE_CALLOUT.match(content) is not None


def rule_sign(content: str) -> str:
    """Return the sign that a line repeats as a rule, empty where it is none."""
    match = _RULE.fullmatch(content)
    return match[1] if match else ""


def is_fence(content: str) -> bool:
    """Tell whether a line begins or ends a piece of code."""
    return _FENCE.fullmatch(content) is not None


def label_length(content: str) -> int:
    """Return how long the label before a colon and its value is, 0 where there is none."""
    match = _LABEL.match(content) or _DASHED.match(content)
    if match is None or len(match["label"].split()) > _MOST_WORDS_OF_LABEL:
        return 0
    return match.end("label")


def note_mark(content: str) -> tuple[str, int] | None:
    """Return the mark that a footnote begins with and where its text begins."""
    match = _NOTE.match(content)
    return (match[1], match.end()) if match else None
