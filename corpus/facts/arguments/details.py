"""The details of a statement: how firmly it is said, how long it holds, places typed in code."""

from __future__ import annotations

from corpus.facts.types import Modality, Status
from corpus.language.parsing import Parse
from corpus.language.phrases import folded, holds_any, phrases
from corpus.language.propositions import Proposition
from corpus.places import Gazetteer
from corpus.types import Span

_MAY = frozenset({"may", "can", "might", "could"})
_MUST = frozenset({"must", "shall", "will", "should"})
_PLACES = frozenset(
    "area boundary continent country datacenter geo geography jurisdiction location place region "
    "site territory zone".split()
)
"""Nouns that stand for places."""
_POINTING = frozenset({"that", "this", "these", "those", "same", "such"})
_STATUS: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (Status.PREVIEW, phrases("preview beta")),
    (Status.DEPRECATED, phrases("deprecated retired discontinued")),
    (Status.PLANNED, phrases(
        "planned foreseen will_become over_time coming_soon upcoming in_the_future "
        "expected_in")),
    (Status.PAST, phrases("previously formerly no_longer")),
    (Status.TEMPORARY, phrases("temporar* until for_now")),
)  # fmt: skip
_MOVING = phrases("move migration")
"""What something holds during, for no longer than it takes."""


def status_of(text: str, heading: str) -> Status:
    """Return how long a statement is meant to hold, by its words, else by its heading."""
    for source in map(folded, (text, heading)):
        for status, said in _STATUS:
            if holds_any(source, said):
                return status
        if holds_any(f" {source.partition(' during ')[2]}", _MOVING):
            return Status.TEMPORARY
    return Status.CURRENT


def modality_of(one: Proposition | None) -> Modality:
    """Return how firmly a proposition is said."""
    if one is None:
        return Modality.IS
    if one.modal in _MUST:
        return Modality.MUST
    return Modality.MAY if one.modal in _MAY else Modality.IS


def places_quoted(text: str, gazetteer: Gazetteer, about: str) -> tuple[str, ...]:
    """Return the ids of the places that fill a quotation of the text."""
    return tuple(
        dict.fromkeys(
            m.place.id
            for m in gazetteer.mentions(text, about)
            if text[m.start - 1 : m.start] == text[m.end : m.end + 1] == '"'
        )
    )


def refers_back(parse: Parse, words: Span) -> bool:
    """Tell whether a part of a sentence says where by pointing back: "there", "that region"."""
    for index, token in enumerate(parse.tokens):
        if not words.start <= token.start < words.end:
            continue
        if token.lemma == "there" and token.dep == "advmod":
            return True
        if token.lemma in _PLACES and token.dep == "pobj" and not _is_outside(parse, index):
            below = (parse.tokens[i].lemma for i in parse.children(index, "det", "amod"))
            if not _POINTING.isdisjoint(below):
                return True
    return False


def _is_outside(parse: Parse, index: int) -> bool:
    return parse.tokens[parse.tokens[index].head].lemma in ("outside", "beyond", "than", "leave")
