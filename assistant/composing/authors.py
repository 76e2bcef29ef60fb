"""Who wrote a page and who answers for it: the lines of its front matter that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.dates import documents_meant
from assistant.composing.evidence import piece
from assistant.draft import Draft, DraftSentence
from assistant.query import Query
from assistant.types import Verdict
from assistant.understanding.question import asks_every_page, asks_of_page
from corpus.types import BlockKind
from index.searching.reader import IndexReader
from index.types import Hit

_ASKED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\b(?:wrote|written by|writers?|authors?|authored|penned)\b", re.I),
        re.compile(r"^author:", re.I),
    ),
    (
        re.compile(
            r"\bmanager\b.*\b(?:alias|handle|credit|header|front ?matter|of (?:the|this) \w+)|"
            r"\b(?:who|whose|alias|handle|credit\w*|header|put down)\b.*\bmanager\b",
            re.I,
        ),
        re.compile(r"^manager:", re.I),
    ),
    (re.compile(r"\breviewers?\b|\breviewed by\b", re.I), re.compile(r"^(?:ms\.)?reviewer:", re.I)),
)
_MOST = 4


def credits_of(query: Query, hits: Sequence[Hit], index: IndexReader) -> Draft | None:
    """Answer who is credited with a page, None where that was not asked or no line says it."""
    if not asks_of_page(query.question):
        return None
    one = bool(hits) and not asks_every_page(query.question)
    first = frozenset({hits[0].chunk.document}) if one else frozenset[str]()
    wanted = [line for asked, line in _ASKED if asked.search(query.question)]
    found = [
        piece(field)
        for document in documents_meant(query, index, first)
        for field in index.catalog.block_kind(document.id, BlockKind.FIELD)
        if any(line.match(field.text) for line in wanted)
    ]
    if not 0 < len(found) <= _MOST:
        return None
    return Draft(Verdict.ANSWERED, tuple(DraftSentence(part.shown, (part,)) for part in found))
