"""What a person has to look at: void answers, answers on nothing, answers that contradict."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.library.types import Entry, Void
from assistant.library.validity import why_void
from assistant.types import Answer
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from assistant.library.library_store import Library

_WORDS = re.compile(r"\s+|[^\s]+")


class Why(StrEnum):
    """Why an entry is in the queue."""

    VOID = "void"
    CONTRADICTED = "contradicted"
    ON_NOTHING = "stands on nothing"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that a person has to decide on."""

    entry: Entry
    why: tuple[Why, ...]
    voids: tuple[Void, ...]
    against: tuple[Entry, ...]
    """Entries that answer the same question in the same scope otherwise."""


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """Neighbouring words of one kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An entry of the queue beside what the documents answer today."""

    waiting: Waiting
    today: Answer
    changes: tuple[Words, ...]
    """From the approved answer to today's."""


def waiting(library: Library, index: IndexReader, today: dt.date) -> tuple[Waiting, ...]:
    """Return what is to be decided on: what became void first, then contradictions, then what
    stands on nothing.
    """
    standing = library.entries()
    by_id = {one.id: one for one in standing}
    found = [
        Waiting(
            one,
            tuple(_whys(one, voids)),
            voids,
            tuple(by_id[other] for other in one.against if other in by_id),
        )
        for one in standing
        for voids in (why_void(one, index, today),)
    ]
    queue = [one for one in found if one.why]
    order = list(Why)
    return tuple(sorted(queue, key=lambda one: (order.index(one.why[0]), one.entry.id)))


def beside(one: Waiting, ask: Callable[[Entry], Answer], body: Callable[[Answer], str]) -> Beside:
    """Return an entry beside today's answer, which `ask` gets; `body` is what it says."""
    answer = ask(one.entry)
    return Beside(one, answer, difference(one.entry.approval.text, body(answer)))


def difference(then: str, now: str) -> tuple[Words, ...]:
    """Return how one text becomes another, word by word."""
    before, after = _WORDS.findall(then), _WORDS.findall(now)
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Words]:
    compared = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in compared.get_opcodes():
        if kind == "equal":
            yield Words(Kind.SAME, "".join(before[first:last]))
            continue
        if first < last:
            yield Words(Kind.GONE, "".join(before[first:last]))
        if start < end:
            yield Words(Kind.NEW, "".join(after[start:end]))


def _whys(entry: Entry, voids: tuple[Void, ...]) -> Iterator[Why]:
    if voids:
        yield Why.VOID
    if entry.against:
        yield Why.CONTRADICTED
    if entry.stands_on_nothing:
        yield Why.ON_NOTHING
