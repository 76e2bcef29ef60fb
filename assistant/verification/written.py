"""Sentences in words of their own against the passages that they cite, and all that these imply."""

from __future__ import annotations

import re
from assistant.composing.counts import listed_in
from assistant.draft import DraftSentence
from assistant.query import Query
from assistant.verification.check import Held, unfounded
from assistant.verification.cited_passages import cited_passages
from assistant.verification.listed_sets import listed_sets
from corpus.language.instructions import addresses_machine
from corpus.language.quantities import NUMBER, NUMBERS
from index.searching.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"


_FEWEST_WORDS = 3


_COUNTED = re.compile(
    rf"(?P<before>(?:Yes|No)\W+)?(?P<number>{NUMBER}|\d{{1,2}})\b"
    r"(?: [a-z]+){0,3}\s*[:—–-]\s*(?P<names>[^.;]+\.?)",
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
    passages = cited_passages(statement, index)
    held = Held((), index.gazetteer, query.standalone, listed_sets(statement, index))
    return unfounded(without_count(statement.text), passages, held)


def without_count(text: str) -> str:
    """Return a sentence without the number of things that it names itself, where it is right."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return text
    named = listed_in(match["names"].rstrip(" ."))
    word = match["number"].lower()
    number = int(word) if word.isdigit() else NUMBERS[word]
    return (match["before"] or "") + match["names"] if number == len(named) else text


def _is_command(statement: DraftSentence) -> bool:
    """Tell whether a sentence is a cited command and nothing else."""
    said = statement.text.strip().strip("`").strip()
    return any(part.code and said == part.shown.strip() for part in statement.evidence)
