"""Documents to statements: reads structure first, then language, and nothing about one document.

A long page is read part by part, so that the trees of one part alone are in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from corpus.facts.extraction import Extraction
from corpus.facts.kinds.kind_model import Vectors
from corpus.facts.types import Statement
from corpus.facts.whole_document import Whole
from corpus.places import Gazetteer
from corpus.types import Chunk, Document

PART = 2_048
"""Chunks that are read at once: their trees and what is read off them take some 50 MB."""


def extract(
    document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer,
    vectors: Vectors | None = None,
) -> tuple[Statement, ...]:  # fmt: skip
    """Return the statements of a document in reading order, from its chunks.

    `vectors` turns the contexts of chunks into vectors of the shipped encoder; without it kinds
    are told by words alone, which is right less often.
    """
    whole = Whole(document, chunks, gazetteer)
    read = (extract_part(whole, part, vectors) for part in parts_of(chunks))
    return each_once(chain.from_iterable(read))


def parts_of(chunks: Sequence[Chunk], least: int = PART) -> Iterator[Sequence[Chunk]]:
    """Yield the chunks of a document in parts that are read one after the other, so that a long
    page takes no more memory for its trees than one part of it. A part has at least so many chunks
    and ends where a block ends; where a list or a table ends, unless that is as long as a part.
    """
    start = 0
    for end in range(1, len(chunks)):
        before, after = chunks[end - 1], chunks[end]
        inside = after.group >= 0 and before.group == after.group and end - start < 2 * least
        if end - start >= least and before.block != after.block and not inside:
            yield chunks[start:end]
            start = end
    yield chunks[start:]


def extract_part(
    whole: Whole, part: Sequence[Chunk], vectors: Vectors | None = None
) -> Iterator[Statement]:
    """Yield the statements of a part of a document in reading order; `vectors` as in `extract`."""
    # Vectors are made outside of the interpreter's lock: sentences are parsed meanwhile.
    with ThreadPoolExecutor(max_workers=1) as beside:
        contexts = [chunk.context for chunk in part]
        known = beside.submit(vectors, contexts) if vectors and contexts else None
        extraction = Extraction(whole, part)
        yield from extraction.statements(known.result() if known else None)


def each_once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements without those that were there before."""
    found: dict[str, Statement] = {}
    for statement in statements:
        found.setdefault(statement.id, statement)
    return tuple(found.values())
