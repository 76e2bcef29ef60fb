"""What a model said, read while it comes: its verdict, and sentences with what they cite.

JSON Lines are asked for, since a line is whole before the reply is. Models write other things too:
ids as numbers or in brackets, all sentences in one object, or prose with the ids in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.model.json_objects import ObjectReader
from corpus.language.sentences import split_sentences
from corpus.types import Span

LONGEST_SENTENCE = 700
MOST_SENTENCES = 40
_MOST_IDS = 60
_SAYS = ("sentence", "caveat", "text", "claim", "statement")
_CITES = ("evidence", "passages", "passage", "ids", "citations", "sources", "source")
_LISTS = ("sentences", "caveats", "answer", "answers", "claims", "statements")
_ONE_ID = r"(?:passages?\s*)?p?\s?\d{1,6}"
_IDS = re.compile(rf"\W*{_ONE_ID}(?:\W+(?:and\W+)?{_ONE_ID})*\W*", re.IGNORECASE)
"""Ids and what parts them, nothing else."""
_RANGE = re.compile(r"p?(?P<first>\d{1,6})\s*(?:[-–—]|to)\s*p?(?P<last>\d{1,6})", re.IGNORECASE)
_MARKER = re.compile(
    rf"\s*[,;]?\s*[\[(](?P<ids>{_ONE_ID}(?:\s*[,;]\s*{_ONE_ID})*)[\])]", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,6}")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SEPARATE = re.compile(r"[\s_-]+")


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
    finding: str = ""
    """What it says of the documents' own answer: "right", "short" or "wrong"; empty where it says
    nothing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the passages that it cites."""

    text: str
    evidence: tuple[str, ...]
    """Ids of passages, as the evidence has them."""
    number: int = 0
    """Of the sentence that it mends, counted from 1; 0 outside of repairs."""


Item = Outcome | Sentence


class ReplyReader:
    """Turns the pieces of a reply into items as soon as each is whole."""

    def __init__(self) -> None:
        self._objects = ObjectReader()
        self._sentences = 0

    def feed(self, text: str) -> Iterator[Item]:
        """Yield what became whole with a further piece of the reply."""
        for row in self._objects.feed(text):
            yield from self._limited(_of_object(row))

    def finish(self) -> Iterator[Item]:
        """Yield what only the end of the reply makes whole, and prose that cites."""
        for row in self._objects.finish():
            yield from self._limited(_of_object(row))
        if not self._sentences:
            yield from self._limited(_of_prose(self._objects.prose))

    def _limited(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            self._sentences += isinstance(item, Sentence)
            if self._sentences <= MOST_SENTENCES:
                yield item


def _of_object(row: Mapping[str, Any]) -> Iterator[Item]:
    verdict = row.get("verdict")
    said = _SEPARATE.sub("_", verdict.strip().lower()) if isinstance(verdict, str) else ""
    if said in set(Said):
        told = row.get("finding")
        finding = told.strip().lower() if isinstance(told, str) else ""
        yield Outcome(Said(said), _texts(row.get("choices")), finding)
    yield from _sentence(row)
    for name in _LISTS:
        value = row.get(name)
        for part in value if isinstance(value, list) else ():
            if isinstance(part, Mapping):
                yield from _sentence(part)


def _sentence(row: Mapping[str, Any]) -> Iterator[Sentence]:
    for key in _SAYS:
        text = row.get(key)
        if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_SENTENCE:
            number = row.get("number")
            cited = next((row[name] for name in _CITES if row.get(name) is not None), None)
            bare, marked = _marked(text)
            yield Sentence(
                storable(" ".join(bare.split()) if "\n" not in bare.strip() else bare.strip()),
                tuple(dict.fromkeys((*ids_of(cited), *marked)))[:_MOST_IDS],
                number if isinstance(number, int) else 0,
            )


def _of_prose(prose: str) -> Iterator[Sentence]:
    """Yield the sentences of prose of which one at least cites a passage."""
    found = list[Sentence]()
    for line in prose.split("\n"):
        bare = _BULLET.sub("", line)
        # A marker behind the full stop belongs to the sentence before it.
        joined = re.sub(rf"(?P<end>[.!?])(?P<marks>(?:{_MARKER.pattern})+)", _before_end, bare)
        for span in split_sentences(joined, Span(0, len(joined))):
            text, ids = _marked(span.of(joined))
            if any(character.isalnum() for character in text) and len(text) <= LONGEST_SENTENCE:
                found.append(Sentence(storable(" ".join(text.split())), ids))
    if any(one.evidence for one in found):
        yield from found


def _before_end(match: re.Match[str]) -> str:
    return f"{match['marks']}{match['end']}"


def _marked(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a sentence without the ids in brackets within it, and these."""
    ids = tuple(one for match in _MARKER.finditer(text) for one in ids_of(match["ids"]))
    return (_MARKER.sub("", text), ids) if ids else (text, ())


def ids_of(value: object) -> tuple[str, ...]:
    """Return the ids of passages that a model wrote: `p1`, "[p1]", 1, "p1, p2", "p1-p3", lists of
    them, or objects that have one. What else it wrote there is left out.
    """
    if isinstance(value, bool) or value is None:
        return ()
    if isinstance(value, int):
        return (f"p{value}",) if value >= 0 else ()
    if isinstance(value, str):
        return _ids_written(value)
    if isinstance(value, Mapping):
        return next((ids_of(value[name]) for name in (*_CITES, "id") if name in value), ())
    if isinstance(value, list):
        return tuple(dict.fromkeys(one for part in value[:_MOST_IDS] for one in ids_of(part)))
    return ()


def _ids_written(text: str) -> tuple[str, ...]:
    if not _IDS.fullmatch(text):
        return ()
    spread = _RANGE.sub(_spread, text)
    return tuple(dict.fromkeys(f"p{int(one)}" for one in _NUMBER.findall(spread)))[:_MOST_IDS]


def _spread(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    last = min(last, first + _MOST_IDS)
    return ", ".join(map(str, range(first, last + 1)))


def _texts(value: object) -> tuple[str, ...]:
    """Return the strings of a list; a model may write anything there."""
    items = value if isinstance(value, list) else ()
    return tuple(storable(item) for item in items if isinstance(item, str))


def storable(text: str) -> str:
    """Return a text without lone surrogates, which can be neither stored nor hashed."""
    return text.encode("utf-8", "replace").decode()
