"""Which documents may speak for what a question asks about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.reasoning.findings import NoDocument
from assistant.reasoning.known import SameAs, Scope
from assistant.reasoning.scope.absent_names import is_surely_absent
from assistant.reasoning.scope.index_names import Called, Standing, names_of
from assistant.reasoning.scope.question_names import NamedHere, question_names
from assistant.reasoning.scope.spelling import key
from assistant.reasoning.scope.text_names import in_text
from assistant.understanding.services import documents_by_place, service_of
from corpus.facts.arguments.subject_words import KINDS, PARTS
from corpus.language.parsing import Parse, parse_one
from corpus.types import Span
from index.searching.reader import IndexReader

_WORDS = 40
"""Chunks that rank documents by the words of the question."""
_OFTEN = 400
"""Chunks from which on a name is too common to tell a document."""
_COVERED = 12


def scope_of(
    question: str, subjects: tuple[str, ...], index: IndexReader, *, follows: str = ""
) -> Scope:
    """Return which documents may speak: those about what a question names, else all.

    `subjects` are the names that the grammar of the question gives; `follows` is the document
    that the turn before was about.
    """
    names = names_of(index)
    found = question_names(question, subjects, names, index)
    known = [one for one in found if one.calls]
    absent = [
        one for one in found
        if not one.calls
        and (one.acts or is_surely_absent(question, one.start, one.end, index))
    ]  # fmt: skip
    unknown = tuple(one.said for one in absent)
    makers = names.makers
    asked = _foremost(known, makers)
    if any(_decides(question, one, asked, makers) for one in absent):
        return Scope((), unknown=unknown)
    if asked and not (names.is_mixed and _are_common_parts(asked, names.documents, index)):
        return Scope(
            _documents(question, asked, index), _names(asked), unknown, _links(asked),
            is_sure=any(one.sure for one in asked),
        )  # fmt: skip
    if unknown:
        return Scope((), unknown=unknown)
    # Among many documents about other things, one that calls a part of itself so says little.
    return Scope(_ranked(question, names.documents, index, follows))


def services_in(
    question: str, subjects: tuple[str, ...], index: IndexReader
) -> tuple[tuple[Span, frozenset[str]], ...]:
    """Return where a question names services outright, and the documents that are about each."""
    found = question_names(question, subjects, names_of(index), index)
    named = (
        (Span(one.start, one.end), _about_it(one)) for one in found if one.calls and one.sure
    )  # fmt: skip
    return tuple((span, documents) for span, documents in named if documents)


def parts_in(
    question: str, subjects: tuple[str, ...], index: IndexReader
) -> tuple[tuple[Span, tuple[Called, ...]], ...]:
    """Return where a question names parts of documents, and what documents call so."""
    found = question_names(question, subjects, names_of(index), index)
    named = ((one, tuple(c for c in one.calls if c.standing is Standing.PART)) for one in found)
    return tuple((Span(one.start, one.end), calls) for one, calls in named if calls)


def _about_it(name: NamedHere) -> frozenset[str]:
    services = (call for call in name.calls if call.standing is Standing.SERVICE)
    return frozenset(call.document for call in services)


def speaking(index: IndexReader) -> frozenset[str]:
    """Return what is searched where a question names only what no document is about: the documents
    about data among many about other things, else none, which is to say all.
    """
    names = names_of(index)
    return names.documents if names.is_mixed else frozenset()


def no_document(scope: Scope, index: IndexReader) -> NoDocument | None:
    """Return that no document is about what is asked, with what they are about."""
    if scope.names or not scope.unknown:
        return None
    return not_said(index, scope.unknown)


def not_said(index: IndexReader, names: tuple[str, ...] = ()) -> NoDocument:
    """Return that the documents do not say what is asked, with what they are about."""
    covered = tuple(dict.fromkeys(service_of(about) for about in index.abouts))
    return NoDocument(names, covered[:_COVERED], max(0, len(covered) - _COVERED))


def _are_common_parts(
    asked: Sequence[NamedHere], speaking: frozenset[str], index: IndexReader
) -> bool:
    """Tell whether names are those of parts, which other documents write as well."""
    parts = all(one.standing is Standing.PART for one in asked)
    return parts and not any(_is_written_there_alone(one, speaking, index) for one in asked)


def _is_written_there_alone(name: NamedHere, speaking: frozenset[str], index: IndexReader) -> bool:
    """Tell whether of the documents about data those alone have a name that call something so."""
    ids = index.words.holding(name.said, _OFTEN)
    holding = {one.document for one in index.catalog.chunks(ids).values()} & speaking
    own = {call.document for call in name.calls}
    return bool(holding) and len(ids) < _OFTEN and holding <= own


def _decides(
    question: str, unknown: NamedHere, asked: Sequence[NamedHere], makers: frozenset[str]
) -> bool:
    """Tell whether a question asks about a name that no document is about, others or not.

    Names of parts and of companies may stand beside that of a service, and a part of a known
    service may be unknown: "the X add-on of Y".
    """
    if not _is_asked(question, unknown):
        return False
    if any(_is_part_of(question, unknown, one) for one in asked):
        return True
    if any(one.standing is Standing.SERVICE for one in asked):
        return False
    if any(call.document in unknown.near for one in asked for call in one.calls):
        return False
    parse = parse_one(question)
    rank = _rank(parse, unknown)
    return all(key(one.said)[0] in makers or rank < _rank(parse, one) for one in asked)


def _rank(parse: Parse, name: NamedHere) -> int:
    """Return how near a name stands to what a sentence is about: 0 is its subject."""
    at = parse.head_of(name.start, name.end)
    while at is not None:
        token = parse.tokens[at]
        if token.dep in _SUBJECTS or token.dep == "ROOT":
            return 0 if token.dep in _SUBJECTS else 1
        if token.dep not in _CARRIED and parse.tokens[token.head].lemma not in _OWNING:
            return 1 if token.dep in ("dobj", "attr") else 2
        at = token.head
    return 2


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CARRIED = frozenset({"compound", "poss", "nmod", "amod", "appos", "conj"})
_OWNING = frozenset({"of", "behind", "at"})


def _is_asked(question: str, name: NamedHere) -> bool:
    """Tell whether a name stands in a sentence that asks, where some sentence does."""
    if "?" not in question:
        return True
    behind = question[name.end :]
    ends = [at for mark in (". ", "! ", "?") if (at := behind.find(mark)) >= 0]
    return not ends or behind[min(ends)] == "?"


def _is_part_of(question: str, part: NamedHere, whole: NamedHere) -> bool:
    """Tell whether a name is said to be that of a part: "the X add-on of Y", "Y's X"."""
    if whole.end <= part.start:
        return question[whole.end : part.start].strip() in ("'s", "’s", "'", "’")
    words = question[part.end : whole.start].lower().split()
    if not 2 <= len(words) <= 3 or words[1] not in _OF:
        return False
    return words[0] in KINDS | PARTS and words[2:] in ([], ["the"], ["our"])


_OF = frozenset("of in for from within on by".split())


def _foremost(known: Sequence[NamedHere], makers: frozenset[str]) -> list[NamedHere]:
    """Return the names that decide: services, else parts, else publishers and makers.

    Of what is called so in documents of others, too, the publisher that is named decides: "LLM".
    """
    best = max((one.standing for one in known), default=Standing.PUBLISHER)
    first = [one for one in known if one.standing is best]
    published = {
        call.document for one in known for call in one.calls
        if call.standing is Standing.PUBLISHER
    }  # fmt: skip
    if best is Standing.PART and published:
        theirs = [one for one in first if any(call.document in published for call in one.calls)]
        first = theirs or [one for one in known if one.standing is Standing.PUBLISHER]
    return [one for one in first if key(one.said)[1:] or key(one.said)[0] not in makers] or first


def _names(asked: Sequence[NamedHere]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(call.name for one in asked for call in one.calls))


def _documents(question: str, asked: Sequence[NamedHere], index: IndexReader) -> tuple[str, ...]:
    best = max(call.standing for one in asked for call in one.calls)
    about = {
        call.document for one in asked for call in one.calls
        # What has statements of its own about the very name speaks, too; and of a company all
        # that it publishes, whatever some of it says of the company itself.
        if call.standing is best or _is_company(one) or (
            call.standing is Standing.PART and key(call.name) == key(one.said)
        )
    }  # fmt: skip
    if best is Standing.PART:
        about |= {call.document for one in asked for call in in_text(one.said, index)}
    return _ranked(question, about, index)


def _is_company(name: NamedHere) -> bool:
    return any(call.standing is Standing.PUBLISHER for call in name.calls)


def _links(asked: Sequence[NamedHere]) -> tuple[SameAs, ...]:
    """Return which names stand for others."""
    return tuple(
        SameAs(one.said, one.calls[0].name, one.calls[0].standing is Standing.PART)
        for one in asked
        if key(one.said) != key(one.calls[0].name)
    )


def _ranked(
    question: str, documents: Iterable[str], index: IndexReader,
    follows: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """Return documents by how well their words fit; the one that was spoken of before first."""
    wanted = frozenset(documents)
    if len(wanted) < 2:
        return tuple(wanted)
    hits = index.words.search(question, _WORDS)
    chunks = index.catalog.chunks([hit.id for hit in hits])
    score: dict[str, float] = {}
    for hit in hits:
        id_ = chunks[hit.id].document
        score[id_] = max(score.get(id_, 0.0), hit.score)
    places = tuple(one.place for one in index.gazetteer.mentions(question))
    near, other = documents_by_place(places, index.abouts, index.gazetteer, wanted)

    def order(id_: str) -> tuple[bool, int, float, str]:
        return id_ != follows, (id_ in other) - (id_ in near), -score.get(id_, 0.0), id_

    return tuple(sorted(wanted, key=order))
