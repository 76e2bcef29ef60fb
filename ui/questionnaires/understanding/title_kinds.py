"""What the title of a column says that it holds; the words stand in `column_titles.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from ui.questionnaires.understanding.allowed_values import is_value, values_in

_TITLES = Path(__file__).with_name("column_titles.toml")
_LONGEST = 120
_MOST_WORDS = 8
_KEPT = 4_096
"""Titles whose kind is kept in memory."""
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|#|№")
_MARKS = "?？؟"


class Kind(StrEnum):
    """What a column holds."""

    OTHER = "other"
    OPTIONS = "options"
    GUIDANCE = "guidance"
    ID = "id"
    COMMENT = "comment"
    EVIDENCE = "evidence"
    ANSWER = "answer"
    CATEGORY = "category"
    SECTION = "section"
    SERVICE = "service"
    QUESTION = "question"
    REQUIREMENT = "requirement"
    TICK = "tick"
    """One answer, that is marked where it holds: a column "Yes"."""


@dataclass(frozen=True, slots=True)
class _Words:
    kind: Kind
    words: frozenset[str]
    phrases: frozenset[str]
    never: frozenset[str]

    def names(self, words: tuple[str, ...]) -> bool:
        if not self.never.isdisjoint(words):
            return False
        told = " ".join(words)
        # A phrase of several words may stand within a title: "CSP implementation description".
        within = any(" " in one and f" {one} " in f" {told} " for one in self.phrases)
        return not self.words.isdisjoint(words) or told in self.phrases or within


@cache
def _kinds() -> tuple[_Words, ...]:
    rows = tomllib.loads(_TITLES.read_text(encoding="utf-8"))["kind"]
    return tuple(
        _Words(
            Kind(row["name"]),
            frozenset(row["words"]),
            frozenset(row["phrases"]),
            frozenset(row["not"]),
        )
        for row in rows
    )


@lru_cache(maxsize=_KEPT)
def kind_of(title: str) -> Kind | None:
    """Return what a title says its column holds; None where it is no title that is known."""
    text = title.strip()
    if not text or len(text) > _LONGEST:
        return None
    if is_value(text):
        return Kind.TICK
    bare = _BRACKETED.sub(" ", text).casefold()
    words = tuple(_WORD.findall(bare))
    if values_in(text) and len(words) <= _MOST_WORDS:
        return _named(words) or Kind.ANSWER
    if any(mark in bare for mark in _MARKS) and len(words) > 1:
        return None
    return _named(words) if 0 < len(words) <= _MOST_WORDS else None


def says_answer(title: str) -> bool:
    """Tell whether a title has a word for answers, or nothing but the values of one."""
    bare = _BRACKETED.sub(" ", title).casefold()
    words = tuple(_WORD.findall(bare))
    return _named(words) is Kind.ANSWER or not words or bool(values_in(bare))


def _named(words: tuple[str, ...]) -> Kind | None:
    # Most cells of a sheet have no word of a title, and all of them are asked.
    if _known().isdisjoint(words):
        return None
    return next((one.kind for one in _kinds() if one.names(words)), None)


@cache
def _known() -> frozenset[str]:
    """Return every word that a title of a known kind can have."""
    phrases = frozenset(word for one in _kinds() for told in one.phrases for word in told.split())
    return phrases.union(*(one.words for one in _kinds()))
