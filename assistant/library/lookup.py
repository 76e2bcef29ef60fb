"""The approved answer to a question, where the library has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from assistant.library.matching import why_not_same
from assistant.library.meaning import Meaning, meaning_of
from assistant.library.types import Entry, settled
from assistant.types import AnswerScope
from assistant.understanding.question_language import foreign_language
from assistant.understanding.services import services_named
from index.encoding.query_encoder import QueryEncoder
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.library.library_store import Library

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
    shelf = _shelf(library, index)
    language, service, said = scope.key[2], _service(scope), _folded(question)
    told = ((one, shelf.told(one)) for one in library.entries())
    fitting = [(one, known) for one, known in told if known.language == language]
    entries = [one for one, _ in fitting]
    exact = [
        one for one, known in fitting if known.question == said and known.service == service
    ]  # fmt: skip
    if scope.language:
        return tuple(exact)
    meaning = _in_scope(meaning_of(question, index.gazetteer), scope)
    near = (
        one for one in shelf.near(question, entries)
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


class _Told(NamedTuple):
    """What is worked out of an entry's question and scope; its id stands for both."""

    language: str
    question: str
    service: frozenset[str]


class _Shelf:
    """What is worked out of the entries of a library with one encoder, kept by their ids."""

    def __init__(self, library: Library, encoder: QueryEncoder, name: str) -> None:
        self._library = library
        self._encoder = encoder
        self.encoder_name = name
        self._told: dict[str, _Told] = {}
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._matrix: NDArray[Any] | None = None
        """A vector a row; more rows than there are vectors, so that one more costs little."""

    def told(self, entry: Entry) -> _Told:
        """Return what is compared of an entry's question and scope."""
        known = self._told.get(entry.id)
        if known is None:
            scope = entry.approval.scope
            known = _Told(scope.key[2], _folded(entry.question), _service(scope))
            self._told[entry.id] = known
        return known

    def near(self, question: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return the entries whose questions are nearest by their vectors, nearest first."""
        import numpy as np

        if not entries:
            return ()
        every = self._vectors(entries) @ self._encoder.encode(question)
        scores = every[[self._rows[one.id] for one in entries]]
        # The nearest and all that are as near as the last of them: the ids decide among these.
        first = max(0, len(scores) - _NEAREST)
        last = np.partition(scores, first)[first]
        near = (
            (-float(scores[at]), entries[at].id, entries[at])
            for at in map(int, np.flatnonzero(scores >= max(last, _NEAR)))
        )
        return tuple(one for _, _, one in sorted(near, key=itemgetter(0, 1))[:_NEAREST])

    def _vectors(self, entries: Sequence[Entry]) -> NDArray[Any]:
        """Return the vectors of questions, a row each; new ones are added, also to the file."""
        with self._lock:
            fresh = [one for one in entries if one.id not in self._rows]
            if fresh:
                self._add(fresh)
            assert self._matrix is not None
            return self._matrix

    def _add(self, fresh: Sequence[Entry]) -> None:
        import numpy as np

        vectors = self._of_file(fresh)
        first, count = len(self._rows), len(fresh)
        if self._matrix is None or first + count > len(self._matrix):
            size = len(vectors[fresh[0].id]) // np.dtype(np.float32).itemsize
            larger = np.zeros((2 * (first + count), size), np.float32)
            if self._matrix is not None:
                larger[:first] = self._matrix[:first]
            self._matrix = larger
        for at, one in enumerate(fresh, first):
            self._matrix[at] = np.frombuffer(vectors[one.id], np.float32)
            self._rows[one.id] = at

    def _of_file(self, entries: Sequence[Entry]) -> Mapping[str, bytes]:
        """Return the vectors of questions by the ids of their entries, as the file keeps them."""
        import numpy as np

        known = self._library.vectors(self.encoder_name, [one.id for one in entries])
        fresh = {
            one.id: self._encoder.encode(one.question).astype(np.float32).tobytes()
            for one in entries
            if one.id not in known
        }
        if fresh:
            self._library.add_vectors(self.encoder_name, fresh)
        return {**known, **fresh}


_SHELVES: WeakKeyDictionary[Library, _Shelf] = WeakKeyDictionary()


def _shelf(library: Library, index: IndexReader) -> _Shelf:
    """Return what was worked out of a library's entries, anew where the encoder changes."""
    name = index.manifest.encoder.sha256
    known = _SHELVES.get(library)
    if known is None or known.encoder_name != name:
        known = _SHELVES[library] = _Shelf(library, index.encoder, name)
    return known
