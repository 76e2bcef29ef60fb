"""Pieces of evidence: a chunk, a heading, a date line, each with what a reader sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.draft import Evidence
from corpus.chunk import row_text
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk, Pair, Span
from index.searching.reader import IndexReader

_HEADING_REACH = 20_000
"""Code points above a chunk in which its heading is looked for."""


def piece(chunk: Chunk) -> Evidence:
    """Return a chunk as evidence; a table row with its column titles and continued cells."""
    if is_table_row(chunk):
        pairs = tuple(_without_orders(chunk.pairs))
        spans = (chunk.span, *chunk.support)
        return Evidence(chunk.document, spans, row_text(pairs), chunk.path, pairs=pairs)
    code = chunk.kind is BlockKind.CODE
    shown = chunk.text if code else readable(chunk.text)
    return Evidence(chunk.document, (chunk.span,), shown, chunk.path, code)


def _without_orders(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Return the cells of a row without what they tell machines."""
    for pair in pairs:
        value = without_instructions(pair.value)
        if value and not addresses_machine(pair.title):
            yield Pair(pair.title, value)


def is_table_row(chunk: Chunk) -> bool:
    """Tell whether a chunk is a row of cells, not a sentence of a flattened table."""
    return bool(chunk.pairs)


def heading(chunk: Chunk, index: IndexReader) -> Evidence | None:
    """Return the heading above a chunk as evidence, None where no line says it."""
    span = _heading_span(index.documents[chunk.document].text, chunk.path[-1], chunk.span.start)
    if span is None:
        return None
    return Evidence(chunk.document, (span,), chunk.path[-1], chunk.path)


@lru_cache(maxsize=256)
def _heading_span(text: str, title: str, before: int) -> Span | None:
    end = before
    for line in reversed(text[max(0, before - _HEADING_REACH) : before].split("\n")):
        start = end - len(line)
        bare = line.strip().lstrip("#").strip()
        if bare and title in (said := readable(bare), said.rstrip(" :")):
            first = start + line.index(bare)
            return Span(first, first + len(bare))
        end = start - 1
    return None
