"""Pieces of evidence: a chunk, a heading, a date line, each with what a reader sees of it."""

from __future__ import annotations

from functools import lru_cache

from assistant.draft import Evidence
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk, Span
from index.searching.reader import IndexReader

_HEADING_REACH = 20_000
"""Code points above a chunk in which its heading is looked for."""


def piece(chunk: Chunk) -> Evidence:
    """Return a chunk as evidence; a table row with its column titles and continued cells."""
    if is_table_row(chunk):
        shown = _without_orders(chunk.context.rsplit(" | ", 1)[-1])
        return Evidence(chunk.document, (chunk.span, *chunk.support), shown, chunk.path)
    code = chunk.kind is BlockKind.CODE
    shown = chunk.text if code else readable(chunk.text)
    return Evidence(chunk.document, (chunk.span,), shown, chunk.path, code)


def _without_orders(row: str) -> str:
    """Return a row without what its cells tell machines."""
    if not addresses_machine(row):
        return row
    pairs = (without_instructions(pair) for pair in row.split("; "))
    return "; ".join(pair for pair in pairs if not pair.endswith(":") and pair)


def is_table_row(chunk: Chunk) -> bool:
    """Tell whether a chunk is a row of cells, not a sentence of a flattened table."""
    return chunk.kind is BlockKind.ROW and ("|" in chunk.text or "\t" in chunk.text)


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
        if bare and readable(bare) == title:
            first = start + line.index(bare)
            return Span(first, first + len(bare))
        end = start - 1
    return None
