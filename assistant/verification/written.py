"""Sentences in words of their own against the passages that they cite, and all that these imply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composing.counts import listed_in
from assistant.draft import DraftSentence
from assistant.query import Query
from assistant.verification.check import unsupported
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.quantities import NUMBER, NUMBERS
from corpus.language.sentences import with_addresses
from corpus.places import Gazetteer
from index.searching.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"


_FEWEST_WORDS = 3


_COUNTED = re.compile(
    rf"(?P<before>(?:Yes|No)\W+)?(?P<number>{NUMBER}|\d{{1,2}})\b"
    r"(?: [a-z]+){0,3}\s*[:—–-]\s*(?P<names>[^.;]+\.?)",
    re.I,
)


_EXTENT = re.compile(
    r"\b(?:both|only|most|all|alone|solely|every(?:thing|where|body|one)?|always|never|any(?:thing|"
    r"where)?|nothing|nowhere|no one|nobody|whatever|entire(?:ly)?|whole|wholly)\b",
    re.I,
)


def why_not(statement: DraftSentence, query: Query, index: IndexReader) -> str:
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
    named = listed_in(match["names"].rstrip(" ."))
    word = match["number"].lower()
    number = int(word) if word.isdigit() else NUMBERS[word]
    return (match["before"] or "") + match["names"] if number == len(named) else text


def passages_of(statement: DraftSentence) -> tuple[str, ...]:
    """Return what a sentence is held against: headings and spans as a reader sees them."""
    above = dict.fromkeys(title for part in statement.evidence for title in part.path)
    said = (*above, *(part.shown for part in statement.evidence))
    return tuple(kept for text in said if (kept := without_instructions(text)))


def _addressed(statement: DraftSentence, index: IndexReader) -> Iterator[str]:
    """Return the passages that have links, with the addresses behind them."""
    for part in statement.evidence:
        source = part.spans[0].of(index.documents[part.document].text)
        if "](" in source:
            yield with_addresses(source)


def _is_command(statement: DraftSentence) -> bool:
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
