"""The approved answer to a question, where the library has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.library.library_store import Library
from assistant.library.matching import why_not_same
from assistant.library.meaning import Meaning, meaning_of
from assistant.library.types import Entry, settled
from assistant.types import AnswerScope
from assistant.understanding.question_language import foreign_language
from assistant.understanding.services import services_named
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEAREST = 12
"""Entries whose questions are nearest that are looked at closely."""
_NEAR = 0.55
"""Cosine below which two questions are not looked at closely."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the library has for a question."""

    entry: Entry
    others: tuple[Entry, ...] = ()
    """Entries of the same question and scope that say otherwise: nobody has decided."""


def matched(
    question: str, scope: AnswerScope, library: Library, index: IndexReader
) -> Matched | None:
    """Return the approved answer to a question that is complete in itself, None without one.

    One for the customer goes before one for all, a later one before an earlier one.
    """
    asked = replace(scope, language=scope.language or foreign_language(question))
    fitting = [one for one in same_asked(question, asked, library, index) if _holds(one, asked)]
    if not fitting:
        return None
    best = min(fitting, key=lambda one: one.approval.scope.customer == "")
    peers = [one for one in fitting if one.approval.scope.key == best.approval.scope.key]
    text = settled(best.approval.text)
    others = [one for one in peers if one.id in best.against or settled(one.approval.text) != text]
    return Matched(best, tuple(one for one in others if one is not best))


def same_asked(
    question: str, scope: AnswerScope, library: Library, index: IndexReader
) -> tuple[Entry, ...]:
    """Return the standing entries whose questions mean the same, whatever customer they are for;
    those with the same words first.

    A question in another language than English is only known again in the same words.
    """
    entries = [one for one in library.entries() if one.approval.scope.key[2] == scope.key[2]]
    said = _folded(question)
    exact = [
        one for one in entries
        if _folded(one.question) == said and _service(one.approval.scope) == _service(scope)
    ]  # fmt: skip
    if scope.language:
        return tuple(exact)
    meaning = _in_scope(meaning_of(question, index.gazetteer), scope)
    near = (
        one for one in _near(question, entries, library, index)
        if not why_not_same(
            meaning,
            _in_scope(meaning_of(one.question, index.gazetteer), one.approval.scope),
            index.encoder,
        )
    )  # fmt: skip
    return tuple({one.id: one for one in (*exact, *near)}.values())


def _holds(entry: Entry, scope: AnswerScope) -> bool:
    """Tell whether an entry is for the customer who is asked for, or for all."""
    return entry.approval.scope.key[1] in ("", scope.key[1])


def _in_scope(meaning: Meaning, scope: AnswerScope) -> Meaning:
    """Return a meaning with the service of its scope: a column says it as well as a question."""
    return replace(meaning, services=meaning.services | _service(scope))


def _service(scope: AnswerScope) -> frozenset[str]:
    named = services_named(scope.service) if scope.service else ()
    return frozenset(named or ((scope.key[0],) if scope.key[0] else ()))


def _folded(question: str) -> str:
    return settled(question).casefold().rstrip(" ?.!")


def _near(
    question: str, entries: Sequence[Entry], library: Library, index: IndexReader
) -> tuple[Entry, ...]:
    """Return the entries whose questions are nearest by their vectors, nearest first."""
    import numpy as np

    if not entries:
        return ()
    vectors = _vectors(entries, library, index)
    asked = index.encoder.encode(question)
    scored = [(float(np.dot(vectors[one.id], asked)), one) for one in entries]
    near = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))[:_NEAREST]
    return tuple(one for score, one in near if score >= _NEAR)


def _vectors(
    entries: Iterable[Entry], library: Library, index: IndexReader
) -> dict[str, NDArray[Any]]:
    """Return the vector of each question; what this encoder has not seen is added to the file."""
    import numpy as np

    encoder = index.manifest.encoder.sha256
    known = library.vectors(encoder)
    fresh = {
        one.id: index.encoder.encode(one.question).astype(np.float32).tobytes()
        for one in entries
        if one.id not in known
    }
    if fresh:
        library.add_vectors(encoder, fresh)
    stored = known | fresh
    return {one.id: np.frombuffer(stored[one.id], np.float32) for one in entries}
