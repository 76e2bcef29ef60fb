"""Understand: what a question asks for, what it names, what it takes over from earlier turns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.errors import QuestionError
from assistant.types import Profile, Query, QuestionType, Turn

LONGEST_QUESTION = 20_000
_SEARCHED = 2_000
"""Code points of a question that are searched with; the encoder reads fewer."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_DATE = re.compile(
    r"\b(?:date[ds]?|date stamp|how (?:old|recent|current|fresh|up[- ]to[- ]date)|newest|oldest|"
    r"most recent|more recent|last (?:updated|changed|modified|edited)|when (?:was|were) .{0,40}"
    r"(?:updated|published|written|revised))\b",
    re.I,
)
_PAGE = re.compile(r"\b(?:pages?|documents?|docs?|articles?|write-?ups?|texts?|sources?)\b", re.I)
_PROCEDURE = re.compile(
    r"\b(?:how (?:do|can|would|should|to)\b|command|cmdlet|one-?liner|script|syntax|powershell|"
    r"steps?|procedure|walk me)",
    re.I,
)
_LIST = re.compile(
    r"\b(?:which|list|name (?:all|every|the|each|them)|every|all (?:the|of)|what are|complete|"
    r"enumerate|what (?:kinds?|types?|sorts?|factors|conditions|exceptions))\b",
    re.I,
)
_LEANS = re.compile(
    r"^\W*(?:and|but|so|ok(?:ay)?|what about|how about|why|also|then|same|no,|sorry|is that|"
    r"does (?:it|that)|what if|how is that)\b|\b(?:it|its|that|this|they|them|those|these|there|"
    r"one|else|meanwhile|instead|then)\b",
    re.I,
)
_ELLIPTIC_WORDS = 7
_LEANING_WORDS = 24


@dataclass(frozen=True, slots=True)
class Service:
    """A service that people name."""

    name: str
    aliases: tuple[str, ...]
    covers: tuple[str, ...]

    def described_by(self, words: str) -> bool:
        """Tell whether a document of this service or title is about it."""
        return any(cover in words.lower() for cover in self.covers)


@cache
def services() -> tuple[Service, ...]:
    """Return the services of the vocabulary."""
    text = (Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8")
    return tuple(
        Service(row["name"], tuple(row["aliases"]), tuple(row["covers"]))
        for row in tomllib.loads(text)["service"]
    )


def clean(question: str) -> str:
    """Return the question without control and direction characters; raise QuestionError."""
    cleaned = _UNPRINTABLE.sub(" ", question).strip()
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("the question has no words. Ask in a sentence or a few words")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(cleaned):,} characters, at most {LONGEST_QUESTION:,} are "
            "read. Shorten it"
        )
    return cleaned


def understand(question: str, turns: Iterable[Turn], profile: Profile | None) -> Query:
    """Return what a question asks for, seen after the turns of its conversation."""
    question = clean(question)
    past = tuple(turns)
    named = services_named(question)
    leans = bool(past) and _leans_back(question)
    standalone = question[:_SEARCHED]
    if leans:
        standalone = f"{_carried(past[-1].standalone, bool(named))} {question}"[-_SEARCHED:]
    if not named:
        named = services_named(standalone) or (profile.services if profile else ())
    switched = leans and bool(services_named(question))
    return Query(
        question=question,
        standalone=standalone,
        type=question_type(question),
        services=named,
        follows=past[-1].document if leans and not switched else "",
    )


def question_type(question: str) -> QuestionType:
    """Return what kind of answer a question asks for."""
    if _DATE.search(question) and _PAGE.search(question):
        return QuestionType.DATE
    if _PROCEDURE.search(question):
        return QuestionType.PROCEDURE
    return QuestionType.LIST if _LIST.search(question) else QuestionType.STATEMENT


def services_named(text: str) -> tuple[str, ...]:
    """Return the canonical names of the services that a text names, in vocabulary order."""
    return tuple(service.name for service in services() if _mentions(service, text))


def _mentions(service: Service, text: str) -> bool:
    return _alias_pattern(service.aliases).search(text) is not None


@cache
def _alias_pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(aliases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.I)


def _leans_back(question: str) -> bool:
    words = len(question.split())
    return words <= _ELLIPTIC_WORDS or (
        words <= _LEANING_WORDS and _LEANS.search(question) is not None
    )


def _carried(earlier: str, switches_service: bool) -> str:
    """Return what a follow-up takes over; the service goes when it names another one."""
    if not switches_service:
        return earlier
    for service in services():
        earlier = _alias_pattern(service.aliases).sub("", earlier)
    return earlier
