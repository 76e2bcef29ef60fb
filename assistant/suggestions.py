"""What to ask next: questions that facts near the cited passages answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant import wording
from assistant.types import Answer
from corpus.facts.templates import template_questions
from corpus.facts.types import Statement
from corpus.types import Chunk
from index.searching.reader import IndexReader

_MOST = 3
_LENGTH = range(18, 100)
"""Characters of a question that fits a button."""
_ALIKE = 75.0
"""Score of rapidfuzz from which two questions ask the same."""
_REACH = 3000
"""Code points around a cited passage within which the next question is looked for."""


def suggestions(answer: Answer, index: IndexReader) -> tuple[str, ...]:
    """Return up to three questions that lead on from an answer; none where it cites nothing."""
    chosen: list[str] = []
    said = [answer.question]
    for question in _candidates(answer, index):
        if len(question) in _LENGTH and not any(_same(question, one) for one in said):
            chosen.append(question)
            said.append(question)
        if len(chosen) == _MOST:
            break
    return tuple(chosen)


def _same(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one.lower(), other.lower()) > _ALIKE


def _candidates(answer: Answer, index: IndexReader) -> Iterator[str]:
    """Yield questions that facts near the citations answer, then questions about sections."""
    around = list(_around(answer, index))
    known = index.catalog.statements(chunks=[chunk.id for chunk in around]) if around else ()
    # What several facts call alike is a name; what one does may be a clause cut short, and a
    # single word such as "data" names too much.
    named = Counter(name for fact in known for name in set(fact.data))
    by_chunk: dict[str, list[Statement]] = {}
    for fact in known:
        if fact.data and named[fact.data[0]] > 1 and " " in fact.data[0]:
            by_chunk.setdefault(fact.chunk, []).append(fact)
    for chunk in around:
        yield from (asked.question for asked in template_questions(by_chunk.get(chunk.id, ())))
    for chunk in around:
        if len(chunk.path) > 1:
            yield wording.ASK_ABOUT_SECTION.format(
                title=index.documents[chunk.document].about.title, section=chunk.path[-1]
            )


def _around(answer: Answer, index: IndexReader) -> Iterator[Chunk]:
    """Yield the chunks near the citations that none of them covers, each once, nearest first."""
    seen: set[str] = set()
    for citation in answer.citations:
        near = [
            chunk
            for chunk in index.catalog.between(
                citation.document, citation.start - _REACH, citation.end + _REACH
            )
            if not _covered(chunk, answer)
        ]
        for chunk in sorted(near, key=lambda one: abs(one.span.start - citation.start)):
            if chunk.id not in seen:
                seen.add(chunk.id)
                yield chunk


def _covered(chunk: Chunk, answer: Answer) -> bool:
    return any(
        chunk.document == one.document and one.start < chunk.span.end and chunk.span.start < one.end
        for one in answer.citations
    )
