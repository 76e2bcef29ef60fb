"""What the part says that a question names by its number, and which part says a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.composing.evidence import piece
from assistant.reasoning.ask import Ask
from assistant.reasoning.asking import read_ask
from assistant.reasoning.findings import NotStated, Said, Value
from assistant.reasoning.known import Known
from assistant.reasoning.numbered.part_numbers import (
    NOUN,
    PartNumber,
    asked_number,
    is_relative,
    label,
)
from assistant.reasoning.values import asked_indirectly, nearest
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader

_MOST_WORDS = 90
"""Words of a part that is said as a whole."""
_MOST_DOCUMENTS = 24
_MOSTLY = 0.5
_END = 1 << 62
"""An offset behind every document."""
_WHICH = re.compile(
    rf"\W*(?:in\s+)?(?:which|what)\s+{NOUN}\b(?:.*?\s)??\w+s\s+(?P<rest>.+?)\W*$", re.IGNORECASE
)
"""A question for the part that says something; its verb goes before what it says."""
_PLACE_OF = re.compile(r"^(?:the\s+)?(?:places?|locations?)\s+of\s+", re.IGNORECASE)


def part_named(ask: Ask, known: Known) -> Value | NotStated | None:
    """Return what a part says that the question names by its number, or of a long one what
    answers the question; that there is none where all else has numbers; None for other questions.
    """
    number = asked_number(ask.question)
    if not number:
        return None
    for part in _parts(number, known):
        if sum(len(chunk.text.split()) for chunk in part) <= _MOST_WORDS:
            return Value(tuple(Said(one.shown, (one,)) for one in map(piece, part)))
        own = {chunk.id for chunk in part}
        within = tuple(hit for hit in known.hits if hit.chunk.id in own)
        found = nearest(ask, replace(known, hits=within)) if within else None
        if isinstance(found, Value):
            return found
    is_numbered = known.scope.is_sure and _has_numbers(known)
    return NotStated(asked_indirectly(ask.question)) if is_numbered else None


def _has_numbers(known: Known) -> bool:
    """Tell whether the documents in scope that were found count their parts."""
    hits = [hit.chunk for hit in known.hits if hit.chunk.document in known.scope.documents]
    numbered = [one for one in hits if _labels(one)]
    return len(numbered) > len(hits) * _MOSTLY


def _labels(chunk: Chunk) -> bool:
    return bool(label(chunk.text)) or any(label(one, is_heading=True) for one in chunk.path)


def part_that_says(ask: Ask, known: Known) -> Value | None:
    """Return what answers a question for the clause or section that says something, under the
    title that it stands under; None for other questions.
    """
    which = _WHICH.match(ask.question)
    if which is None:
        return None
    rest = _PLACE_OF.sub("where are ", which["rest"])
    told = nearest(read_ask(f"{rest}?", known.gazetteer), _numbered_only(known))
    if not isinstance(told, Value):
        return None
    first = told.said[0]
    path = first.evidence[0].path
    lead = path[-1] if path and not label(first.text) else ""
    return Value((first,), lead, told.steps)


def _numbered_only(known: Known) -> Known:
    """Return what is known of passages in parts that bear a number, where there are such."""
    hits = tuple(hit for hit in known.hits if _labels(hit.chunk))
    return replace(known, hits=hits) if hits else known


def _parts(number: PartNumber, known: Known) -> Iterator[Sequence[Chunk]]:
    """Yield the passages of the part of a number in each document that has one."""
    found = dict.fromkeys(hit.chunk.document for hit in known.hits)
    documents = [id_ for id_ in found if id_ in known.scope.documents]
    for id_ in documents[:_MOST_DOCUMENTS]:
        part = [
            chunk for chunk, numbers in _numbered(id_, known.index)
            if any(one[: len(number)] == number for one in numbers)
            and chunk.kind is not BlockKind.FIELD
        ]  # fmt: skip
        if part:
            yield part


def _numbered(document: str, index: IndexReader) -> Iterator[tuple[Chunk, list[PartNumber]]]:
    """Yield the passages of a document, each with the numbers of the parts that it is in."""
    path, outer = tuple[str, ...](), PartNumber()
    for chunk in index.catalog.between(document, 0, _END):
        titles = [label(title, is_heading=True) for title in chunk.path]
        if chunk.path != path:
            path, outer = chunk.path, titles[-1] if titles else ()
        number = label(chunk.text)
        if number and not is_relative(number):
            outer = number
        yield chunk, [*titles, (*outer, *number) if number and is_relative(number) else outer]
