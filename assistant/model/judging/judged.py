"""A model's sentences against the passages that they cite.

A sentence that the passages do not bear out, word for value for condition, is not shown; where it
cites passages that have to do with the question, these may be quoted in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.composing.counts import count
from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk, unit
from assistant.draft import DraftSentence, Evidence, Form
from assistant.model.evidence_given import said_of
from assistant.model.judging.bearing import Bearing
from assistant.model.reply import Sentence
from assistant.query import Query
from assistant.understanding.question import is_negated
from assistant.verification.written import why_not
from corpus.language.parsing import parse_one
from corpus.language.sentences import readable
from corpus.types import Chunk
from index.searching.reader import IndexReader

_MOST_CITED = 24
_CONTENT = ("NN", "VB", "JJ")
_BOUNDING = frozenset("outside beyond other another without except unless only until".split())
"""Words with which a denial says where something stays, or what alone is so."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what it cites, and why it is not shown."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    """The passages that it cites."""
    statement: DraftSentence
    reason: str
    """Empty when the passages support it."""


def judged(
    sentence: Sentence, passages: Mapping[str, Chunk], query: Query, index: IndexReader
) -> Judged:
    """Return a sentence with its verdict."""
    cited = [passages[name] for name in dict.fromkeys(sentence.evidence) if name in passages]
    chunks = tuple(cited[:_MOST_CITED])
    statement = DraftSentence(sentence.text, evidence_of(chunks, index), Form.WRITTEN)
    return Judged(sentence, chunks, statement, why_not(statement, query, index))


def evidence_of(chunks: Sequence[Chunk], index: IndexReader) -> tuple[Evidence, ...]:
    """Return chunks as evidence, each after the sentence that introduces it."""
    found: dict[str, Evidence] = {}
    for chunk in chunks:
        lead = lead_in_chunk(chunk, index)
        for part in (lead, chunk) if lead is not None else (chunk,):
            if said_of(part):
                found.setdefault(part.id, piece(part))
    return tuple(found.values())


def quotations_of(
    one: Judged, query: Query, index: IndexReader, bearing: Bearing, *, doubted: bool
) -> list[tuple[DraftSentence, frozenset[str]]]:
    """Return the passages that may stand in for a sentence that failed, each as it stands alone,
    with what they count where that is asked, and the ids of the chunks in it.
    """
    found: list[tuple[DraftSentence, frozenset[str]]] = []
    for chunk in bearing.standing_in(one.chunks, one.sentence.text, doubted=doubted):
        statement, ids = unit(query, chunk, index)
        counted = count(query, statement)
        found.extend((each, ids) for each in ((statement, counted) if counted else (statement,)))
    return found


def led(lead: str, quotation: DraftSentence, query: Query, index: IndexReader) -> DraftSentence:
    """Return a quotation behind the first word of the sentence that it stands in for, where the
    passage bears that out; else the quotation alone.
    """
    if not lead or not _may_lead(lead, quotation.text, query.question):
        return quotation
    said = DraftSentence(f"{lead}: {quotation.text}", quotation.evidence, Form.WRITTEN)
    return quotation if why_not(said, query, index) else said


def _may_lead(lead: str, quoted: str, question: str) -> bool:
    """Tell whether a quotation may stand behind a Yes that nobody has checked: none that denies
    what the question speaks of, but for what denies that something leaves.
    """
    if lead.lower() != "yes" or is_negated(question):
        return True
    parse = parse_one(readable(quoted))
    asked = {token.lemma for token in parse_one(question).tokens if token.tag.startswith(_CONTENT)}
    for token in parse.tokens:
        if token.dep == "neg":
            clause = {parse.tokens[i].lemma for i in parse.below(token.head)}
            if clause & asked and not clause & _BOUNDING:
                return False
    return True
