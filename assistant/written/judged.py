"""A model's sentences against the passages that they cite.

A sentence that the passages do not bear out, word for value for condition, is not shown; where it
cites passages, these are quoted in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.claims import unsupported
from assistant.compose.pieces import piece
from assistant.compose.units import lead_in_chunk
from assistant.types import Evidence, Form, Query, Statement
from assistant.written.dossier import said_of
from assistant.written.reply import Sentence
from corpus.instructions import addresses_machine
from corpus.places import Gazetteer
from corpus.types import Chunk
from index.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"
_MOST_CITED = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what it cites, and why it is not shown."""

    sentence: Sentence
    statement: Statement
    reason: str
    """Empty when the passages support it."""


def judged(
    sentence: Sentence, passages: Mapping[str, Chunk], query: Query, index: IndexReader
) -> Judged:
    """Return a sentence with its verdict."""
    chunks = [passages[name] for name in dict.fromkeys(sentence.evidence) if name in passages]
    statement = Statement(sentence.text, evidence_of(chunks[:_MOST_CITED], index), Form.WRITTEN)
    return Judged(sentence, statement, why_not(statement, query, index))


def why_not(statement: Statement, query: Query, index: IndexReader) -> str:
    """Return why a written sentence is not supported by its evidence, empty when it is."""
    if not statement.evidence:
        return NOTHING_CITED
    if addresses_machine(statement.text):
        return "it repeats an instruction"
    if any(part.code for part in statement.evidence) and _is_command(statement):
        return ""
    passages = passages_of(statement)
    return unsupported(
        statement.text, (*passages, *_located(query, passages, index.gazetteer)), index.gazetteer
    )


def evidence_of(chunks: list[Chunk], index: IndexReader) -> tuple[Evidence, ...]:
    """Return chunks as evidence, each after the sentence that introduces it."""
    found: dict[str, Evidence] = {}
    for chunk in chunks:
        lead = lead_in_chunk(chunk, index)
        for part in (lead, chunk) if lead is not None else (chunk,):
            if said_of(part):
                found.setdefault(part.id, piece(part))
    return tuple(found.values())


def passages_of(statement: Statement) -> tuple[str, ...]:
    """Return what a sentence is held against: headings and spans as a reader sees them."""
    above = dict.fromkeys(title for part in statement.evidence for title in part.path)
    return (*above, *(part.shown for part in statement.evidence))


def _is_command(statement: Statement) -> bool:
    """Tell whether a sentence is a cited command and nothing else."""
    said = statement.text.strip().strip("`").strip()
    return any(part.code and said == part.shown.strip() for part in statement.evidence)


def _located(query: Query, passages: tuple[str, ...], gazetteer: Gazetteer) -> Iterator[str]:
    """Return where the places of the question lie, those that lie in a place of the passages."""
    named = {mention.place.id for passage in passages for mention in gazetteer.mentions(passage)}
    for place in query.places:
        around = [outer for outer in place.within if outer in named]
        for outer in around:
            yield f"{place.name} is in {gazetteer.place(outer).name}."


def quoted(judged: Judged) -> Statement | None:
    """Return the passages that a sentence cites, in their own words; None when it cites none."""
    evidence = judged.statement.evidence
    if not evidence:
        return None
    text = "\n\n".join(part.shown for part in evidence)
    return Statement(text, evidence)
