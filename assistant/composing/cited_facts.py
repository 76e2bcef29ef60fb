"""The facts that the citations of an answer state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.types import Citation, StatedFact
from corpus.chunk import LONGEST_CITATION
from corpus.facts.types import Statement
from index.searching.reader import IndexReader

_LEADING = frozenset(
    "but except for if in case of only other provided than that unless until when where with "
    "without".split()
)
"""Words that lead a condition or an exception in, and say nothing by themselves."""


def stated_facts(citations: Sequence[Citation], index: IndexReader) -> tuple[StatedFact, ...]:
    """Return the extracted facts whose span lies in a cited passage, in the order of citations."""
    found: dict[str, StatedFact] = {}
    for citation in citations:
        for fact in _near(citation, index):
            if citation.start <= fact.span.start and fact.span.end <= citation.end:
                found.setdefault(fact.id, _stated(fact, index))
    return tuple(found.values())


def _near(citation: Citation, index: IndexReader) -> tuple[Statement, ...]:
    """Return the facts of the chunks that begin in a citation, or in which it begins."""
    chunks = index.catalog.between(
        citation.document, citation.start - LONGEST_CITATION, citation.end
    )
    return index.catalog.statements(chunks=[chunk.id for chunk in chunks]) if chunks else ()


def _stated(fact: Statement, index: IndexReader) -> StatedFact:
    return StatedFact(
        document=fact.document,
        quote=fact.span.of(index.documents[fact.document].text),
        start=fact.span.start,
        end=fact.span.end,
        id=fact.id,
        kind=fact.kind.value,
        conditions=_telling(fact.conditions_said),
        exceptions=_telling(fact.exceptions_said),
    )


def _telling(clauses: Iterable[str]) -> tuple[str, ...]:
    """Return the clauses that say something; of some only the word that leads in is in reach."""
    return tuple(clause for clause in clauses if set(clause.casefold().split()) - _LEADING)
