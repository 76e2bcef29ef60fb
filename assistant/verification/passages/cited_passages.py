"""The passages that a written sentence cites, each with what a reader knows it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.composing.evidence import piece
from assistant.draft import DraftSentence, Evidence
from assistant.verification.passages.grounds import Passage, is_sentence, leans
from corpus.language.instructions import without_instructions
from corpus.language.kept_parses import announces, led_in_by
from corpus.language.sentences import readable, with_addresses
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader

_BETWEEN = " | "
"""Parts the headings, lead-ins and labels that a chunk is searched with."""


def cited_passages(statement: DraftSentence, index: IndexReader) -> tuple[Passage, ...]:
    """Return what a sentence is held against."""
    return tuple(found for part in statement.evidence for found in _passages(part, index))


def chunk_of(part: Evidence, index: IndexReader) -> Chunk | None:
    """Return the chunk that a piece of evidence shows."""
    start = part.spans[0].start
    found = index.catalog.between(part.document, start, start)
    return next((one for one in found if one.span == part.spans[0]), None)


def passages_of_members(chunks: Iterable[Chunk], index: IndexReader) -> tuple[Passage, ...]:
    """Return the members of a list or table as passages."""
    return tuple(found for chunk in chunks for found in _passages(piece(chunk), index))


def _passages(part: Evidence, index: IndexReader) -> Iterator[Passage]:
    shown = without_instructions(part.shown)
    if not shown:
        return
    chunk = chunk_of(part, index)
    about = index.documents[part.document].about
    far = (about.title, about.service, *part.path[:-1])
    if chunk is None:
        yield Passage(shown, part.path[-1:], far=far, pairs=part.pairs)
        return
    above = (*part.path[-1:], *_searched_with(chunk, shown, far))
    group = f"{part.document} {chunk.group}" if chunk.group >= 0 else ""
    block = f"{part.document} {chunk.block}"
    beside = tuple(_before(chunk, index))
    source = chunk.span.of(index.documents[part.document].text)
    if "](" in source:
        shown = with_addresses(source)
    yield Passage(shown, above, beside, part.pairs, block, group, far, part.code)
    lead = led_in_by(chunk)
    if lead and not part.pairs and (part.code or _opens(lead, shown)):
        yield Passage(f"{lead} {shown}", above, beside, (), block, group, far, part.code)


def _opens(lead: str, shown: str) -> bool:
    """Tell whether what introduces a bullet is a sentence that the bullet ends."""
    return not announces(lead) and not is_sentence(shown)


def _searched_with(chunk: Chunk, shown: str, far: tuple[str, ...]) -> Iterator[str]:
    for part in chunk.context.split(_BETWEEN):
        kept = without_instructions(part)
        if kept and kept != shown and kept not in far:
            yield kept


def _before(chunk: Chunk, index: IndexReader) -> Iterator[str]:
    """Yield the sentence that a chunk leans on."""
    if chunk.kind is BlockKind.CODE or not leans(readable(chunk.text)):
        return
    block = index.catalog.block(chunk.document, chunk.block)
    place = next(n for n, other in enumerate(block) if other.id == chunk.id)
    if place:
        yield without_instructions(readable(block[place - 1].text))
