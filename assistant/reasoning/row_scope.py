"""Which documents may speak for a row of a questionnaire: its own columns say of what it is asked.

A column that names a product names it as surely as the question itself would; what a document only
mentions is not what it is about.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.reasoning.asked import Asked
from assistant.reasoning.known import Scope
from assistant.reasoning.scope import scope_of
from assistant.types import RowAbout
from assistant.understanding.questionnaire_wording import plain_question
from assistant.understanding.services import service_of
from corpus.facts.arguments.subject_words import KINDS, NO_SERVICE, TAILS
from corpus.language.terms import STOP_WORDS, WORD
from index.searching.reader import IndexReader
from index.types import Abouts

_SHORTEST = 3
"""Letters of a product's name that is one ordinary word: "Box"."""
_NO_NAMES = frozenset("all any both each every general n/a na none other tbd various".split())


def for_row(asked: Asked, about: RowAbout, index: IndexReader) -> Asked:
    """Return what a row asks, of the service that its columns name."""
    column = service_scope(about.service, index)
    if column is None:
        return asked
    scope = _within(asked.scope, column, index)
    names = tuple(dict.fromkeys((*asked.query.services, *column.names)))
    query = replace(asked.query, services=names) if scope is not asked.scope else asked.query
    return replace(asked, query=query, scope=scope)


def service_scope(service: str, index: IndexReader) -> Scope | None:
    """Return the documents about what a service column says; None where it names no service.

    A service that no document is about makes a scope of no documents, with its name as unknown.
    """
    said = " ".join(service.split())
    if not _names_something(said):
        return None
    found = scope_of(f"Where does {said} keep data?", (said,), index)
    if found.unknown:
        return Scope((), unknown=(said,))
    own = [name for name in found.names if name in _covered(index.abouts)]
    if found.is_sure and own:
        return replace(found, names=tuple(own))
    if found.is_sure and not _is_publisher(found.names, index.abouts):
        # A document mentions it, and none is about it.
        return Scope((), unknown=(said,))
    return None if found.names or _is_ordinary(said, index) else Scope((), unknown=(said,))


def as_asked(question: str, about: RowAbout, index: IndexReader) -> str:
    """Return a row's question as a plain one, asked of who publishes the documents."""
    column = service_scope(about.service, index)
    return plain_question(question, _publisher(column, index))


def _publisher(column: Scope | None, index: IndexReader) -> str:
    """Return who publishes the documents that may speak; empty where several do, or nobody."""
    documents = index.documents if column is None else column.documents
    known = {index.documents[id_].about.publisher for id_ in documents}
    return known.pop() if len(known) == 1 else ""


def _within(scope: Scope, column: Scope, index: IndexReader) -> Scope:
    """Return the scope of a question, kept to what its row's column names.

    What the question itself names goes first: a column is filled in once for many rows.
    """
    if not column.documents:
        return scope if scope.is_sure and scope.names else column
    kept = tuple(id_ for id_ in scope.documents if id_ in column.documents)
    if scope.is_sure and not kept:
        return scope
    if scope.unknown and not scope.names:
        # A name of something within the product is no name of another one.
        return column if _are_mentioned(scope.unknown, column, index) else scope
    names = tuple(dict.fromkeys((*column.names, *(scope.names if scope.is_sure else ()))))
    return replace(scope, documents=kept or column.documents, names=names, is_sure=True)


def _are_mentioned(names: tuple[str, ...], column: Scope, index: IndexReader) -> bool:
    """Tell whether the documents of a column speak of all that a question names."""
    text = " ".join(index.documents[id_].text for id_ in column.documents).casefold()
    return all(name.casefold() in text for name in names)


def _names_something(said: str) -> bool:
    words = WORD.findall(said)
    return bool(words) and not all(_is_general(word) for word in words)


def _is_general(word: str) -> bool:
    low = word.lower()
    known = KINDS | TAILS | NO_SERVICE | STOP_WORDS | _NO_NAMES
    return low in known or len(low) < _SHORTEST


def _is_ordinary(said: str, index: IndexReader) -> bool:
    """Tell whether a column says nothing that could be a product's name."""
    words = WORD.findall(said)
    return not said[0].isupper() or all(index.words.has(word.lower()) for word in words)


def _covered(abouts: Abouts) -> frozenset[str]:
    return frozenset(
        name for about in abouts for name in (service_of(about), about.service, about.title)
    )


def _is_publisher(names: tuple[str, ...], abouts: Abouts) -> bool:
    return set(names) <= {about.publisher for about in abouts}
