"""A model's sentences against the passages that they cite.

A sentence that the passages do not bear out, word for value for condition, is not shown; where it
cites passages, these are quoted in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.composing.counts import count
from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk, unit
from assistant.draft import Evidence, Form, Statement
from assistant.model.evidence_given import said_of
from assistant.model.reply import Sentence
from assistant.query import Query
from assistant.verification import unsupported
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.places import Gazetteer
from corpus.language.sentences import with_addresses
from corpus.types import Chunk
from index.searching.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"
_MOST_CITED = 24
_FEWEST_WORDS = 3
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_COUNTED = re.compile(
    rf"(?P<before>(?:Yes|No)\W+)?(?P<number>{'|'.join(_NUMBERS)}|\d{{1,2}})\b"
    r"(?: [a-z]+){0,3}\s*[:—–-]\s*(?P<names>[^.;]+\.?)",
    re.I,
)
_EXTENT = re.compile(
    r"\b(?:both|only|most|all|alone|solely|every(?:thing|where|body|one)?|always|never|any(?:thing|"
    r"where)?|nothing|nowhere|no one|nobody|whatever|entire(?:ly)?|whole|wholly)\b",
    re.I,
)
_BETWEEN = re.compile(r",\s*(?:and\s+|or\s+)?|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what it cites, and why it is not shown."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    """The passages that it cites."""
    statement: Statement
    reason: str
    """Empty when the passages support it."""


def judged(
    sentence: Sentence, passages: Mapping[str, Chunk], query: Query, index: IndexReader
) -> Judged:
    """Return a sentence with its verdict."""
    cited = [passages[name] for name in dict.fromkeys(sentence.evidence) if name in passages]
    chunks = tuple(cited[:_MOST_CITED])
    statement = Statement(sentence.text, evidence_of(chunks, index), Form.WRITTEN)
    return Judged(sentence, chunks, statement, why_not(statement, query, index))


def why_not(statement: Statement, query: Query, index: IndexReader) -> str:
    """Return why a written sentence is not supported by its evidence, empty when it is."""
    if not statement.evidence:
        return NOTHING_CITED
    if addresses_machine(statement.text):
        return "it repeats an instruction"
    if any(part.code for part in statement.evidence) and _is_command(statement):
        return ""
    if len(statement.text.split()) < _FEWEST_WORDS:
        return "it is too short to say what it is about"
    passages = (
        *passages_of(statement),
        *_addressed(statement, index),
        *_located(query, passages_of(statement), index.gazetteer),
    )
    return _unsaid_extent(statement.text, passages) or unsupported(
        without_count(statement.text), passages, index.gazetteer
    )


def _unsaid_extent(text: str, passages: Sequence[str]) -> str:
    """Find a word for how much of something is meant that the passages do not have: a model likes
    to say "both" and "only" of what it puts together.
    """
    said = {word.lower() for passage in passages for word in _EXTENT.findall(passage)}
    unsaid = [word for word in _EXTENT.findall(text) if word.lower() not in said]
    return f"the passages do not say {unsaid[0]}" if unsaid else ""


def without_count(text: str) -> str:
    """Return a sentence without the number of things that it names itself, where it is right."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return text
    named = [part for part in _BETWEEN.split(match["names"].rstrip(" .")) if part.strip()]
    word = match["number"].lower()
    number = int(word) if word.isdigit() else _NUMBERS.index(word)
    return (match["before"] or "") + match["names"] if number == len(named) else text


def evidence_of(chunks: Sequence[Chunk], index: IndexReader) -> tuple[Evidence, ...]:
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
    said = (*above, *(part.shown for part in statement.evidence))
    return tuple(kept for text in said if (kept := without_instructions(text)))


def _addressed(statement: Statement, index: IndexReader) -> Iterator[str]:
    """Return the passages that have links, with the addresses behind them."""
    for part in statement.evidence:
        source = part.spans[0].of(index.documents[part.document].text)
        if "](" in source:
            yield with_addresses(source)


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


def quotations_of(
    one: Judged, query: Query, index: IndexReader, known: set[str]
) -> list[Statement]:
    """Return the passages that a sentence cites, each as it stands alone, with what they count
    where that is asked; `known` are the ids of chunks that are quoted already, and grows.
    """
    found: list[Statement] = []
    for chunk in one.chunks:
        if chunk.id in known:
            continue
        statement, ids = unit(query, chunk, index)
        if not ids & known:
            counted = count(query, statement)
            found.extend([statement, counted] if counted else [statement])
        known |= ids | {chunk.id}
    return found
