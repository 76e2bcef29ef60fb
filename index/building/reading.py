"""Reads the documents of a build into its stores, each while texts of others are embedded."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.errors import DocumentError
from corpus.facts.kinds.kind_model import Vectors
from corpus.intake.question_bank import AskedPassage
from corpus.places import Gazetteer
from index.building.editions import Copies
from index.building.embedding_ahead import EmbeddingAhead
from index.building.prepare import Passages, prepare, read_candidate, read_passages
from index.building.survey import Candidate
from index.building.writer import BuildWriter
from index.types import FileRecord, FileState, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_AHEAD = 1024
"""Passages of documents that wait while theirs and others' are embedded."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document whose passages are being embedded."""

    record: FileRecord
    passages: Passages
    vectors: Future[NDArray[Any]]


class DocumentReading:
    """Takes documents in, one by one; one that cannot be used is recorded, the others go on."""

    def __init__(
        self, written: Mapping[str, Sequence[AskedPassage]], writer: BuildWriter,
        ahead: EmbeddingAhead, places: Callable[[], Gazetteer], progress: Callable[[str], None],
    ) -> None:  # fmt: skip
        """`written` are questions written ahead, by document; `places` is asked for when the first
        passages are being embedded.
        """
        self._written = written
        self._writer = writer
        self._ahead = ahead
        self._places = places
        self._progress = progress

    def records(self, candidates: Iterable[Candidate]) -> Iterator[FileRecord]:
        """Yield what became of each candidate, in their order."""
        waiting: deque[_Begun | FileRecord] = deque()
        for candidate in candidates:
            waiting.append(self._begin(candidate))
            while _passages(waiting) > _AHEAD:
                yield self._end(waiting.popleft())
        yield from map(self._end, waiting)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._places()

    @cached_property
    def _copies(self) -> Copies:
        return Copies(self._writer.catalog)

    def _begin(self, candidate: Candidate) -> _Begun | FileRecord:
        record = candidate.record
        try:
            content = read_candidate(candidate)
        except DocumentError as error:
            # Nothing is known of what it holds: the next build tries again.
            return replace(record, state=FileState.FAILED, reason=str(error), identity="")
        passages = _tried(record, lambda: read_passages(candidate, content))
        if isinstance(passages, FileRecord):
            return passages
        vectors = self._ahead.contexts([chunk.context for chunk in passages.chunks])
        return _Begun(record, passages, vectors)

    def _end(self, begun: _Begun | FileRecord) -> FileRecord:
        if isinstance(begun, FileRecord):
            return begun
        record, written = begun.record, self._written.get(begun.record.document, ())
        # Outside of what is tried: an encoder that fails is no fault of the document.
        vectors, places = begun.vectors.result(), self._gazetteer
        prepared = _tried(
            record,
            lambda: prepare(
                begun.passages, record.identity, written, places,
                _rows_of(begun.passages, vectors), self._writer.catalog.parses,
            ),
        )  # fmt: skip
        return prepared if isinstance(prepared, FileRecord) else self._taken_in(record, prepared)

    def _taken_in(self, record: FileRecord, prepared: Prepared) -> FileRecord:
        for row in prepared.unbound:
            self._progress(f"questions left out, {row.document} does not say: {row.passage[:70]!r}")
        document = prepared.document
        record = replace(record, warnings=document.warnings)
        original = self._copies.original_of(prepared)
        if original:
            return replace(record, state=FileState.DUPLICATE, duplicate_of=original)
        self._writer.add(prepared)
        self._copies.add(prepared)
        self._ahead.embed([row.question for row in prepared.asked])
        return replace(record, left_out=document.left_out, contents=document.contents)


def _rows_of(passages: Passages, vectors: NDArray[Any]) -> Vectors:
    """Return what gives the vectors that were made of a document's passages."""
    rows = {chunk.context: row for row, chunk in enumerate(passages.chunks)}
    return lambda texts: vectors[[rows[text] for text in texts]]


def _passages(waiting: Iterable[_Begun | FileRecord]) -> int:
    return sum(len(one.passages.chunks) for one in waiting if isinstance(one, _Begun))


def _tried(record: FileRecord, work: Callable[[], _T]) -> _T | FileRecord:
    """Return what work gives; the record of a file that cannot be used, or that the program
    cannot read though it should.
    """
    try:
        return work()
    except DocumentError as error:
        return replace(record, state=FileState.FAILED, reason=str(error))
    except Exception as error:  # noqa: BLE001 - one file of many; the failure is recorded
        _LOG.exception("%s: reading it failed", record.name)
        reason = (
            f"{record.name}: reading it failed ({type(error).__name__}: {error}). This is a "
            "defect of the program; report it with the file"
        )
        return replace(record, state=FileState.FAILED, reason=reason)
