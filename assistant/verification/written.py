"""Sentences in words of their own against the passages that they cite, and all that these imply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.draft import DraftSentence, Form
from assistant.query import Query
from assistant.verification.check import Held, asked_text, texts_read, unfounded
from assistant.verification.passages.cited_passages import cited_passages, passages_of_members
from assistant.verification.passages.grounds import Passage
from assistant.verification.passages.listed_sets import Listed, listed_sets, named_alone
from assistant.verification.reading.spoken import meaning
from corpus.chunk import said
from corpus.language.instructions import addresses_machine
from corpus.language.parsing import parse
from corpus.language.sentences import plain
from corpus.types import Chunk
from index.searching.reader import IndexReader

NOTHING_CITED = "it cites no passage that was given"


_FEWEST_WORDS = 2
_SHORT = 8
"""Words of a sentence that may be held against its question as well."""
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
    (passages,) = read_ahead((statement,), (query.standalone,), index)
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


def read_ahead(
    statements: Iterable[DraftSentence], questions: Iterable[str], index: IndexReader
) -> list[tuple[Passage, ...]]:
    """Parse what the sentences of an answer will be held against, and them, all at once; what the
    build has kept of it is taken from there. Return the passages that each cites.
    """
    written = [one for one in statements if one.form is Form.WRITTEN]
    index.recall([plain(part.shown) for one in written for part in one.evidence])
    passages = [cited_passages(one, index) for one in written]
    texts = [
        text for one, some in zip(written, passages, strict=True)
        for text in texts_read(one.text, some)
    ]  # fmt: skip
    index.recall([*texts, *(plain(p.text) for some in passages for p in some)])
    if any(len(one.text.split()) < _SHORT for one in written):
        texts += map(asked_text, questions)
    parse(texts)
    return passages


def _others(statement: DraftSentence, sets: Sequence[Listed]) -> Sequence[Chunk]:
    """Return members of lists that say a word of a sentence that no cited passage says."""
    cited = "\n".join(part.shown for part in statement.evidence)
    wanted = meaning(statement.text) - meaning(cited)
    found = [chunk for one in sets for chunk in one.chunks if wanted & meaning(said(chunk))]
    return found[:_MOST_MEMBERS]


def _page(statement: DraftSentence, index: IndexReader) -> Iterator[str]:
    """Yield what the documents of a statement say, passage by passage."""
    for document in sorted({part.document for part in statement.evidence}):
        length = len(index.documents[document].text)
        yield from map(said, index.catalog.between(document, 0, length))


def _is_command(statement: DraftSentence) -> bool:
    """Tell whether a sentence is a cited command and nothing else."""
    written = statement.text.strip().strip("`").strip()
    return any(part.code and written == part.shown.strip() for part in statement.evidence)
