"""Sentences in words of their own against the passages that they cite, and all that these imply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.draft import DraftSentence
from assistant.query import Query
from assistant.verification.check import Held, unfounded
from assistant.verification.passages.cited_passages import cited_passages, passages_of_members
from assistant.verification.passages.grounds import Passage
from assistant.verification.passages.listed_sets import Listed, listed_sets, named_alone
from assistant.verification.reading.spoken import meaning
from corpus.chunk import said
from corpus.language.instructions import addresses_machine
from corpus.types import Chunk
from index.searching.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"


_FEWEST_WORDS = 2
_MOST_MEMBERS = 60
"""Of a list or table that are read besides those that are cited, and say what these do not."""


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
    sets = listed_sets(statement, index)
    held = Held((), index.gazetteer, query.standalone, sets, lambda: _page(statement, index))
    reason = unfounded(statement.text, passages, held)
    if reason and (lists := tuple(named_alone(sets))):
        # What lists name and nothing else is one thing that is said, under what leads it in.
        passages = (*passages, *(Passage(text, path[-1:], far=path) for text, path in lists))
        reason = unfounded(statement.text, passages, held)
    more = _others(statement, sets) if reason else ()
    if not more:
        return reason
    # A list or table is one thing that is said: what stands in another row of it is said as well.
    passages = (*passages, *passages_of_members(dict.fromkeys(more), index))
    return reason if unfounded(statement.text, passages, held) else ""


def _others(statement: DraftSentence, sets: Sequence[Listed]) -> Sequence[Chunk]:
    """Return members of lists that say a word of a sentence that no cited passage says."""
    cited = "\n".join(part.shown for part in statement.evidence)
    wanted = meaning(statement.text) - meaning(cited)
    found = [chunk for one in sets for chunk in one.chunks if wanted & meaning(said(chunk))]
    return found[:_MOST_MEMBERS]


def _page(statement: DraftSentence, index: IndexReader) -> Iterator[str]:
    """Yield what the documents of a statement say, passage by passage."""
    documents = {part.document for part in statement.evidence}
    for chunk in index.catalog.all_chunks():
        if chunk.document in documents:
            yield said(chunk)


def _is_command(statement: DraftSentence) -> bool:
    """Tell whether a sentence is a cited command and nothing else."""
    written = statement.text.strip().strip("`").strip()
    return any(part.code and written == part.shown.strip() for part in statement.evidence)
