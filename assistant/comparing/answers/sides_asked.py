"""What a question holds against each other, and which documents speak of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asked import Asked
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.scope import Called, parts_in, scope_of, services_in
from assistant.reasoning.values import Thing, stems, two_things
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
_BEST, _MOSTLY = 5, 3
"""Passages of which most are of one document where the question is about that document."""
_MORE = re.compile(r"\b(?:more|less|fewer|[a-z]{2,}er) (?:[\w-]+ ){0,6}than\b|\bas \w+ as\b", re.I)
_END = r"(?= in\b| on\b| for\b| as\b| regarding\b| when\b| with\b|[?,:;]|$)"
_APART = (
    re.compile(rf"\bbetween (?P<one>.+?) and (?P<other>.+?){_END}", re.I),
    re.compile(
        rf"(?:^|[:,] )(?P<one>[^:,?]{{2,60}}?) (?:versus|vs\.?|as against|as opposed to) "
        rf"(?P<other>.+?){_END}",
        re.I,
    ),
)  # fmt: skip
_ARTICLES = stems("a an the")
_OF_BOTH = frozenset("same both each respectively either equal equally likewise".split())
_SAME_AS = re.compile(r"\bsame\b.*\bas\b|\bwhich (?:one )?of\b|\bas against\b", re.I)
_WHICH = re.compile(
    r"\bwhich (?:one )?of\b|\bwhich\b.*\bor\b|\bas (?:against|opposed to)\b|\bunlike\b|"
    r"\bin contrast to\b|\b(where|when|how long|who|which|what)\b[^?]{2,80}[,;] (?:and |but )?\1\b",
    re.I,
)
"""The last of them asks the same twice: "where for one, where for the other"."""


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
    if not compares(asked.ask):
        return ()
    apart = _by_name(asked, known.index) or _by_place(asked, known.index)
    # Within one page "both" and "each" are said of much that is not compared.
    return apart or (_parts(asked, known) if _sets_apart(asked.ask) else ())


def _sets_apart(ask: Ask) -> bool:
    words = {match.group().lower() for match in WORD.finditer(ask.question)}
    said = bool(words & COMPARING - _OF_BOTH) or ask.wanted is Wanted.DIFFERENCE
    return said or bool(_MORE.search(ask.question) or _SAME_AS.search(ask.question))


def _by_name(asked: Asked, index: IndexReader) -> tuple[SideAsked, ...]:
    """Return the services that a question names, where each has documents of its own."""
    question = asked.ask.question
    found: dict[frozenset[str], list[Span]] = {}
    for span, documents in _with_documents(question, asked.ask.subjects, index):
        found.setdefault(documents, []).append(span)
    every = [id_ for documents in found for id_ in documents]
    if not 1 < len(found) <= MOST or len(every) != len(set(every)):
        return ()
    sides = [_named(question, spans, index) for spans in found.values()]
    sides = [side for side in sides if side.scope.is_sure]
    spoken = [id_ for side in sides for id_ in side.scope.documents]
    # A maker is no side beside a service of its own.
    return tuple(sides) if len(spoken) == len(set(spoken)) else ()


def _with_documents(
    question: str, subjects: tuple[str, ...], index: IndexReader
) -> Iterator[tuple[Span, frozenset[str]]]:
    """Yield the names of services with their documents; beside a single one also what other
    documents call a part of themselves.
    """
    services = services_in(question, subjects, index)
    yield from services
    known = frozenset[str]().union(*(documents for _, documents in services))
    if len({documents for _, documents in services}) == 1:
        for span, calls in parts_in(question, subjects, index):
            documents = frozenset(call.document for call in calls)
            if not documents & known:
                yield span, documents


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
    scope = _one_subject(asked, known)
    if scope is None:
        return ()
    return _named_parts(asked, known, scope) or _things(asked, known, scope)


def _one_subject(asked: Asked, known: Known) -> Scope | None:
    """Return the documents that a question is about: those that it names, else the one that most
    of the best passages are of.
    """
    if asked.scope.is_sure or asked.scope.names or len(known.index.documents) == 1:
        return asked.scope
    best = Counter(hit.chunk.document for hit in known.hits[:_BEST]).most_common(1)
    if not best or best[0][1] < _MOSTLY:
        return None
    return replace(asked.scope, documents=(best[0][0],), is_sure=True)


def _named_parts(asked: Asked, known: Known, scope: Scope) -> tuple[SideAsked, ...]:
    """Return two parts by the names that the documents give them."""
    question, inside = asked.ask.question, frozenset(scope.documents)
    named = parts_in(question, asked.ask.subjects, known.index)
    kept = [(span, called) for span, calls in named if (called := _called(calls, inside))]
    if len(kept) != 2:
        return ()
    own = [stems(" ".join((span.of(question), *called))) for span, called in kept]
    apart = own[0] - own[1], own[1] - own[0]
    if not all(apart):
        return ()
    return tuple(
        SideAsked(span.of(question), (span,), scope, words)
        for (span, _), words in zip(kept, apart, strict=True)
    )


def _called(calls: Sequence[Called], inside: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(call.name for call in calls if call.document in inside))


def _things(asked: Asked, known: Known, scope: Scope) -> tuple[SideAsked, ...]:
    """Return two things that the grammar of a question sets against each other."""
    question = asked.ask.question
    things = two_things(asked.ask, known) or _by_pattern(question)
    if things is None:
        return ()
    spans = [tuple(_where(question, thing.name)) for thing in things]
    if not all(spans):
        return ()
    return tuple(
        SideAsked(thing.name, at, scope, thing.stems)
        for thing, at in zip(things, spans, strict=True)
    )


def _by_pattern(question: str) -> tuple[Thing, Thing] | None:
    """Return what stands on both sides of "between … and …" or of "versus"."""
    for pattern in _APART:
        if match := pattern.search(question):
            own = [stems(match[name]) - _ARTICLES for name in ("one", "other")]
            if own[0] - own[1] and own[1] - own[0]:
                return Thing(match["one"], own[0] - own[1]), Thing(match["other"], own[1] - own[0])
    return None


def _where(question: str, name: str) -> Iterator[Span]:
    for match in re.finditer(re.escape(name), question, re.IGNORECASE):
        yield Span(*match.span())
