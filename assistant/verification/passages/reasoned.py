"""What reasoning over the same documents finds to a question, for sentences that say as much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.draft import Evidence
from assistant.query import Query
from assistant.reasoning.asked import asked_of
from assistant.reasoning.findings import Finding, Members, NotNamed, Whether
from assistant.reasoning.known import Known
from assistant.reasoning.reason import reason
from index.searching.reader import IndexReader

_KEPT: dict[tuple[str, Query], Finding | None] = {}
"""An answer has several sentences, and its question is reasoned about once."""
_MOST_KEPT = 16


def finding_of(query: Query, index: IndexReader) -> Finding | None:
    """Return what follows from the documents for a question; None where nothing does."""
    key = (index.manifest.id, query)
    if key not in _KEPT:
        found = _found(query, index)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = found
    return _KEPT[key]


def _found(query: Query, index: IndexReader) -> Finding | None:
    from assistant.pipeline import retrieve

    asked = asked_of(query, index)
    hits = retrieve(asked.query, index, asked.scope)
    return reason(asked.ask, Known(index, asked.scope, tuple(hits), query.case))


def stands_on(finding: Finding, cited: Iterable[Evidence]) -> bool:
    """Tell whether a finding follows from a section of which a passage is cited."""
    places = {(part.document, part.path) for part in _evidence(finding)}
    return any((part.document, part.path) in places for part in cited)


def _evidence(finding: Finding) -> Iterator[Evidence]:
    for step in getattr(finding, "steps", ()):
        yield from step.evidence
    if isinstance(finding, Members):
        for member in finding.members:
            yield from member.evidence
    if isinstance(finding, NotNamed):
        yield from finding.evidence
        for member in finding.named:
            yield from member.evidence
    if isinstance(finding, Whether):
        for said in finding.because:
            yield from said.evidence
