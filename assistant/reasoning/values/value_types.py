"""Whether a text holds the type of thing that a question wants: a duration, a place, a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking.question_words import PLACE_NOUNS
from assistant.reasoning.known import passage
from corpus.facts.types import PlaceRole, Statement, StatementKind
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Link, propositions
from corpus.language.signals import DATE, DURATION, Signal, is_conditional
from corpus.language.word_classes import DEEDS, Deed
from corpus.types import BlockKind, Chunk
from index.types import Note

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_HELD_AT = (
    PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO, PlaceRole.CHOICE, PlaceRole.NAMED,
    PlaceRole.COMES_FROM, PlaceRole.LEFT_OUT,
)  # fmt: skip
_LEADING: Mapping[Wanted, tuple[str, ...]] = {
    Wanted.REASON: (
        "because", "since", "due to", "owing to", "so that", "in order to", "as a result",
        "therefore", "thus", "hence", "to ensure", "to comply", "to meet", "to help", "to improve",
        "to provide", "for the purpose", "reason", "given that", "as it", "as they", "as this",
        "requires", "required by", "caused by", "helps", "so it", "so you",
    ),
    Wanted.EXCEPTION: (
        "except", "exception", "unless", "however", "but", "other than", "apart from", "excluding",
        "exclude", "excluded", "not apply", "does not", "doesn't", "aside from", "even if",
        "regardless", "with the exception", "although", "only", "not", "outside",
    ),
    Wanted.DEFINITION: (
        "means", "refers to", "is a", "is an", "is the", "are the", "stands for", "defined as",
        "is called", "known as", "consists of", "are", "is any", "such as", "includes", "i.e.",
    ),
    Wanted.DURATION: (
        "immediately", "indefinitely", "permanently", "forever", "until", "as long as",
        "lifetime", "instantly", "for the duration", "unlimited", "depends on", "depending on",
    ),
    Wanted.CONDITION: (
        "if", "when", "only", "must", "require", "requires", "required", "need", "needs",
        "provided", "unless", "as long as", "once", "where", "subject to", "after", "before",
        "eligible", "with", "submit", "enable", "enabled", "without",
    ),
    Wanted.DATE: ("since", "until", "before", "after", "as of", "starting", "when", "once"),
    Wanted.WAY: (
        "by", "using", "use", "select", "click", "run", "set", "choose", "contact", "submit",
        "create", "configure", "enable", "go to", "open", "navigate", "request", "can", "via",
        "through", "must", "follow", "change", "add", "with",
    ),
    Wanted.PLACE: (
        "global", "globally", "worldwide", "region", "regions", "geography", "geo", "location",
        "country", "countries", "data center", "datacenter", "data centre", "same", "local",
        "server", "servers", "system", "database", "console", "portal", "page", "in", "on", "at",
    ),
    Wanted.PERSON: ("we", "you", "your", "our", "they", "by"),
}  # fmt: skip
"""Words that lead in what is wanted, or stand for it; none of them is it for certain."""
_SIGNALS: Mapping[Wanted, frozenset[Signal]] = {
    Wanted.PERSON: frozenset({Signal.PERSON, Signal.CONTACT}),
    Wanted.CONDITION: frozenset({Signal.CONDITION, Signal.REQUIRED}),
    Wanted.EXCEPTION: frozenset({Signal.EXCLUDED}),
    Wanted.WAY: frozenset({Signal.COMMAND, Signal.VISIBLE, Signal.CONTACT}),
    Wanted.DEFINITION: frozenset({Signal.DEFINED}),
}
_KINDS: Mapping[Wanted, frozenset[StatementKind]] = {
    Wanted.PERSON: frozenset({StatementKind.CONTACT}),
    Wanted.DEFINITION: frozenset({StatementKind.DEFINED}),
    Wanted.WAY: frozenset({StatementKind.COMMAND, StatementKind.STEP, StatementKind.CONTACT}),
    Wanted.CONDITION: frozenset({StatementKind.REQUIRED}),
    Wanted.EXCEPTION: frozenset({StatementKind.EXCLUDED}),
    Wanted.DATE: frozenset({StatementKind.DATE}),
}
_POINTING = (
    "for more information", "for more details", "for details", "see", "check out", "learn more",
    "to learn more", "to learn about", "refer to", "read more", "more information",
)  # fmt: skip
_LONGER = frozenset("long longer longest late later latest".split())
_SHORTER = frozenset("short shorter shortest soon sooner early earlier quick quicker".split())
SURE, LIKELY, NO = 1.0, 0.4, 0.0


def holds(
    wanted: Wanted, chunk: Chunk, text: str, note: Note, statements: Sequence[Statement]
) -> float:
    """Return how surely a passage holds the type of thing that is wanted: 1, in part, or 0."""
    if wanted in _BY_WORDS:
        return _by_words(wanted, f"{chunk.lead_in} {text}", text)
    if wanted is Wanted.PLACE:
        placed = note.places or any(one.at(*_HELD_AT) for one in statements)
        return SURE if placed or told_by_noun(chunk) else _led(Wanted.PLACE, text)
    if wanted in (Wanted.SERVICE, Wanted.DATA):
        return _named(wanted, text, statements)
    sure = (
        any(one.kind in _KINDS.get(wanted, ()) for one in statements)
        or (wanted is Wanted.WAY and chunk.kind in (BlockKind.STEP, BlockKind.CODE))
        or (wanted is Wanted.CONDITION and _is_conditional(text, statements))
        or (wanted is Wanted.PERSON and _is_done_by_name(text))
        or (wanted is Wanted.EXCEPTION and any(one.exceptions for one in statements))
        or bool(note.signals & _SIGNALS.get(wanted, frozenset()))
    )
    return SURE if sure else _led(wanted, text)


def told_by_noun(chunk: Chunk) -> bool:
    """Tell whether a sentence says where data is by what else is there, or was chosen: "in the
    same region as the application", "in the location that you select".
    """
    if chunk.pairs:
        return False
    read = passage(chunk)
    if not any(DEEDS.get(one.lemma) in _PLACED and not one.negated for one in read.propositions):
        return False
    tokens = read.parse.tokens
    return any(
        token.dep == "pobj"
        and token.lemma in PLACE_NOUNS
        and tokens[token.head].lemma in _PLACING
        and _is_told_apart(read.parse, at)
        for at, token in enumerate(tokens)
    )


def _is_told_apart(parse: Parse, noun: int) -> bool:
    """Tell whether it is said which one a noun means: the same as another, one that was chosen."""
    # What follows "the region that you select" is often hung on the verb instead.
    near = {*parse.below(noun), *range(noun + 1, min(noun + _NEAR, len(parse.tokens)))}
    lemmas = {parse.tokens[at].lemma for at in near}
    return "same" in lemmas or any(DEEDS.get(one) is Deed.CHOOSE for one in lemmas)


_NEAR = 6
"""Words behind a noun that may tell which one it means."""
_PLACING = frozenset({"in", "within", "inside", "at"})
_PLACED = (Deed.STORE, Deed.PROCESS, Deed.MOVE)
_BY_WORDS = (Wanted.DURATION, Wanted.DATE)


def _by_words(wanted: Wanted, introduced: str, text: str) -> float:
    """Return whether a text has a duration or a date; a duration of a list is of its members."""
    if wanted is Wanted.DURATION:
        return SURE if DURATION.search(introduced) else _led(wanted, text)
    return SURE if DATE.search(text) else _led(wanted, text) or _half(DURATION.search(text))


def _half(found: object) -> float:
    return LIKELY if found else NO


def _named(wanted: Wanted, text: str, statements: Sequence[Statement]) -> float:
    if wanted is Wanted.DATA and any(one.data for one in statements):
        return SURE
    names = sum(word.group()[0].isupper() for word in list(_WORD.finditer(text))[1:])
    return SURE if names and wanted is Wanted.SERVICE else LIKELY


def _is_conditional(text: str, statements: Sequence[Statement]) -> bool:
    return is_conditional(text) or any(one.conditions for one in statements)


@lru_cache(maxsize=8192)
def _is_done_by_name(text: str) -> bool:
    """Tell whether a sentence says of somebody by name that they do it: "is restored by Acme"."""
    parse = parse_one(text)
    return any(
        token.dep == "agent"
        and any(parse.tokens[i].tag.startswith("NNP") for i in parse.children(at, "pobj"))
        for at, token in enumerate(parse.tokens)
    )


@lru_cache(maxsize=8192)
def _led(wanted: Wanted, text: str) -> float:
    """Tell whether a text has a word that leads in what is wanted."""
    words = f" {_words(text)} "
    certain = wanted in (Wanted.REASON, Wanted.EXCEPTION, Wanted.DURATION)
    led = any(f" {lead} " in words for lead in _LEADING.get(wanted, ()))
    return (SURE if certain else LIKELY) if led else NO


@lru_cache(maxsize=8192)
def points_elsewhere(text: str) -> bool:
    """Tell whether a sentence says only where to read on, or what its own page is about."""
    words = f"{_words(text)} "
    return words.startswith(tuple(f"{one} " for one in _POINTING)) or _is_of_page(text, words)


def _is_of_page(text: str, words: str) -> bool:
    """Tell whether a sentence says what a page or a table tells: "This page describes where data
    is kept", "The table below shows the regions".
    """
    if not words.startswith(("this ", "the ")):
        return False
    told = _PAGES | _SHOWING if words.startswith("this ") else _SHOWING
    said = next(iter(propositions(parse_one(text))), None)
    if said is None or said.subject is None or said.passive or said.lemma == "be":
        return False
    return said.subject.lemma in told and said.lemma not in DEEDS and said.link is Link.MAIN


_PAGES = frozenset("page document article section topic guide".split())
_SHOWING = frozenset({"table", "list"})


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """Return the words of a text in lower case, with blanks between them."""
    return " ".join(match.group().lower() for match in _WORD.finditer(text))


def compares_length(question: str) -> bool | None:
    """Tell whether a question asks for the longer of two times, or (False) for the shorter one;
    None where it asks for neither.
    """
    words = {match.group().lower() for match in _WORD.finditer(question)}
    longer = bool(words & _LONGER)
    return None if longer is bool(words & _SHORTER) else longer


def typed_as(ask: Ask) -> Wanted:
    """Return the type of thing that a passage has to hold for a question."""
    if ask.wanted is Wanted.DIFFERENCE and compares_length(ask.question) is not None:
        return Wanted.DURATION
    return ask.wanted
