"""Whether what would be answered says nothing of the data that is asked about.

Documents about other things share names and words with a question: "Chairs of Larkin have four
legs. They are sold in Oslo." is no answer to where customer data of Larkin is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from assistant.draft import Draft, Evidence, Form
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asked import Asked
from assistant.reasoning.findings import NoDocument
from assistant.reasoning.known import Scope
from assistant.reasoning.scope import not_said
from assistant.reasoning.whether.claiming import WordsSaid
from assistant.types import Verdict
from corpus.chunk import LONGEST_CITATION
from corpus.facts.arguments.data_categories import DATA
from corpus.facts.types import StatementKind
from corpus.language.parsing import parse_one
from corpus.language.terms import query_terms
from corpus.types import Chunk
from index.searching.reader import IndexReader

_OF_DATA = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED,
     StatementKind.RETAINED}
)  # fmt: skip
"""What is asked to be done with data."""
_OF_NO_DATA = frozenset(
    {StatementKind.COMMAND, StatementKind.STEP, StatementKind.DEFINED, StatementKind.CONTACT,
     StatementKind.DATE}
)  # fmt: skip
"""Statements that any manual has."""

_PASSAGES = frozenset({Form.QUOTE, Form.DERIVED})


def nothing_of_data(draft: Draft, asked: Asked, index: IndexReader) -> NoDocument | None:
    """Return that the documents do not say it where a question asks what is done with data, and
    what would be quoted states nothing of data and none of what is asked but a name; of documents
    that state nothing of data anywhere, not more than one word.
    """
    if not _asks_of_data(asked.ask) or not _is_quoted(draft):
        return None
    evidence = tuple(
        part for one in draft.statements if one.form in _PASSAGES for part in one.evidence
    )
    if _states(evidence, index):
        return None
    most = int(all(part.document not in index.catalog.stating for part in evidence))
    return not_said(index) if len(_shared(asked, evidence)) <= most else None


def _asks_of_data(ask: Ask) -> bool:
    """Tell whether a question names data, or a place wanted, with what is done there."""
    if ask.kind not in _OF_DATA:
        return False
    place = Wanted.PLACE in (ask.wanted, ask.of)
    return (
        place or bool(ask.data) or any(one.lemma in DATA for one in parse_one(ask.question).tokens)
    )


def _is_quoted(draft: Draft) -> bool:
    """Tell whether passages stand in for an answer, or are shown for what comes nearest to one:
    nothing is decided, counted or compared.
    """
    if draft.verdict not in (Verdict.ANSWERED, Verdict.ABSTAINED) or draft.steps:
        return False
    forms = {one.form for one in draft.statements}
    decided = any(one.decided_by is not None for one in draft.statements)
    return bool(forms & _PASSAGES) and forms <= {*_PASSAGES, Form.ABSENCE} and not decided


def _states(evidence: Iterable[Evidence], index: IndexReader) -> bool:
    """Tell whether a statement was read in one of the passages."""
    chunks = {chunk.id for part in evidence for chunk in _passages(part, index)}
    stated = index.catalog.statements(chunks=sorted(chunks))
    return any(one.kind not in _OF_NO_DATA for one in stated)


def _passages(part: Evidence, index: IndexReader) -> Iterator[Chunk]:
    """Yield the chunks that a piece of evidence lies in or holds."""
    for span in part.spans:
        near = index.catalog.between(part.document, span.start - LONGEST_CITATION, span.end)
        yield from (one for one in near if one.span.start < span.end and span.start < one.span.end)


def _shared(asked: Asked, evidence: Iterable[Evidence]) -> list[str]:
    """Return what passages, or the headings above them, say of a question besides names."""
    texts = {text: None for part in evidence for text in (part.shown, *part.path)}
    words = (token.lemma for text in texts for token in parse_one(text).tokens)
    said = WordsSaid.of(words)
    lemmas = {one.text.lower(): one.lemma for one in parse_one(asked.query.standalone).tokens}
    names = set(chain.from_iterable(map(query_terms, _names(asked.ask, asked.scope))))
    terms = (term for term in query_terms(asked.query.standalone) if term not in names)
    return [term for term in terms if said.say(lemmas.get(term, term))]


def _names(ask: Ask, scope: Scope) -> Iterator[str]:
    """Yield the names of a question, and its places."""
    yield from (*scope.names, *scope.unknown, *ask.subjects)
    yield from (link.asked for link in scope.links)
    yield from (place.words for place in ask.placed)
