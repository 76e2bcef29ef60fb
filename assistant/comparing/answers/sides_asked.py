"""What a question holds against each other, and which documents speak of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asked import Asked
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.scope import scope_of, services_in
from assistant.reasoning.values import two_things
from assistant.understanding.services import documents_by_place, service_of
from corpus.language.terms import WORD
from corpus.places import Mention
from corpus.types import Span
from index.searching.reader import IndexReader

MOST = 4
"""Sides that one answer tells."""
COMPARING = frozenset(
    "compare compared comparing comparison contrast differ differs differed difference differences "
    "different differently versus vs same identical alike equally likewise both each respectively "
    "whereas either equal".split()
)
"""Words by which a question holds things against each other."""
_MORE = re.compile(r"\b(?:more|less|fewer|[a-z]{2,}er) (?:[\w-]+ ){0,6}than\b|\bas \w+ as\b", re.I)
_WHICH = re.compile(r"\bwhich (?:one )?of\b|\bwhich\b.*\bor\b|\bas against\b|\bunlike\b", re.I)


@dataclass(frozen=True, slots=True)
class SideAsked:
    """One of the things that a question holds against each other."""

    name: str
    """As the answer calls it."""
    spans: tuple[Span, ...]
    """Where the question names it."""
    scope: Scope
    own: frozenset[str] = frozenset()
    """Stems that tell its passages from those of the other side; none where documents of its own
    are about it."""


def compares(ask: Ask) -> bool:
    """Tell whether a question holds things against each other."""
    words = {match.group().lower() for match in WORD.finditer(ask.question)}
    said = bool(words & COMPARING) or ask.wanted is Wanted.DIFFERENCE
    return said or bool(_MORE.search(ask.question) or _WHICH.search(ask.question))


def sides_asked(asked: Asked, known: Known) -> tuple[SideAsked, ...]:
    """Return the sides of a question, in its order; none where it compares nothing."""
    by_name = _by_name(asked, known.index)
    if by_name:
        return by_name
    if not compares(asked.ask):
        return ()
    return _by_place(asked, known.index) or _parts(asked, known)


def _by_name(asked: Asked, index: IndexReader) -> tuple[SideAsked, ...]:
    """Return the services that a question names, where each has documents of its own."""
    question = asked.ask.question
    found: dict[frozenset[str], list[Span]] = {}
    for span, documents in services_in(question, asked.ask.subjects, index):
        found.setdefault(documents, []).append(span)
    every = [id_ for documents in found for id_ in documents]
    if not 1 < len(found) <= MOST or len(every) != len(set(every)):
        return ()
    sides = (_named(question, spans, index) for spans in found.values())
    return tuple(side for side in sides if side.scope.is_sure)


def _named(question: str, spans: Sequence[Span], index: IndexReader) -> SideAsked:
    said = spans[0].of(question)
    scope = scope_of(said, (said,), index)
    services = {service_of(index.documents[id_].about) for id_ in scope.documents}
    name = services.pop() if len(services) == 1 else said
    return SideAsked(name, tuple(spans), scope)


def _by_place(asked: Asked, index: IndexReader) -> tuple[SideAsked, ...]:
    """Return the documents of one service that are about the places that a question names."""
    scope, question = asked.scope, asked.ask.question
    if len(scope.documents) < 2:
        return ()
    only = frozenset(scope.documents)
    found: dict[frozenset[str], Mention] = {}
    for mention in index.gazetteer.mentions(question):
        near, _ = documents_by_place((mention.place,), index.abouts, index.gazetteer, only)
        if near:
            found.setdefault(near, mention)
    every = [id_ for documents in found for id_ in documents]
    if len(found) != 2 or len(every) != len(set(every)):
        return ()
    return tuple(
        SideAsked(
            _of_place(mention, documents, index),
            (Span(mention.start, mention.end),),
            Scope(tuple(sorted(documents)), scope.names, links=scope.links, is_sure=True),
        )
        for documents, mention in found.items()
    )  # fmt: skip


def _of_place(mention: Mention, documents: frozenset[str], index: IndexReader) -> str:
    services = {index.documents[id_].about.service for id_ in documents}
    return f"{services.pop()}, {mention.words}" if len(services) == 1 else mention.words


def _parts(asked: Asked, known: Known) -> tuple[SideAsked, ...]:
    """Return two parts of what a question is about: rows, sections, records, kinds of data."""
    if not asked.scope.is_sure and len(known.index.documents) > 1:
        return ()
    things = two_things(asked.ask, known)
    if things is None:
        return ()
    question = asked.ask.question
    spans = [tuple(_where(question, thing.name)) for thing in things]
    if not all(spans):
        return ()
    return tuple(
        SideAsked(thing.name, at, asked.scope, thing.stems)
        for thing, at in zip(things, spans, strict=True)
    )


def _where(question: str, name: str) -> Iterator[Span]:
    for match in re.finditer(re.escape(name), question, re.IGNORECASE):
        yield Span(*match.span())
