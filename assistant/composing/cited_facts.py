"""The facts that the citations of an answer state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.types import Citation, StatedFact
from corpus.chunk import LONGEST_CITATION
from corpus.facts.types import Condition, Statement
from corpus.facts.wording import condition_words, exception_words
from index.searching.reader import IndexReader


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
        conditions=_said(fact.conditions, condition_words),
        exceptions=_said(fact.exceptions, exception_words),
    )


def _said(conditions: Iterable[Condition], in_words: Callable[[Condition], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(in_words, conditions)))
