"""Blocks to chunks: the sentences, items, rows, steps and commands that answers cite."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from corpus.parse.sentences import readable
from corpus.parse.structure import trim
from corpus.types import Block, BlockKind, Chunk, Document, Span

LONGEST_CITATION = 600
"""Code points; a citation is a passage that a reader takes in at a glance, never a page."""


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Return the chunks of a document in reading order."""
    chunks: list[Chunk] = []
    seen: Counter[str] = Counter()
    for number, block in enumerate(document.blocks):
        chunks.extend(
            _chunk(document, block, number, span, seen) for span in _pieces(document, block)
        )
    return tuple(chunks)


def _pieces(document: Document, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.CODE or (block.kind is BlockKind.ROW and not block.sentences):
        yield from _bounded(document.text, block.span)
    elif block.kind is BlockKind.ROW:
        name = block.cells[0].span
        yield Span(name.start, block.sentences[0].end)
        yield from block.sentences[1:]
    else:
        for sentence in block.sentences:
            yield from _bounded(document.text, sentence)


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Cut a span that is too long to cite at line ends, else at spaces."""
    if span.end - span.start <= LONGEST_CITATION:
        yield span
        return
    start = span.start
    while start < span.end:
        end = min(start + LONGEST_CITATION, span.end)
        if end < span.end:
            cut = max(text.rfind("\n", start + 1, end), text.rfind(" ", end - 120, end))
            end = cut if cut > start else end
        piece = trim(text, Span(start, end))
        if piece.start < piece.end:
            yield piece
        start = end


def _chunk(document: Document, block: Block, number: int, span: Span, seen: Counter[str]) -> Chunk:
    section = document.sections[block.section]
    lead_in = readable(block.lead_in.of(document.text)) if block.lead_in else ""
    text = span.of(document.text)
    path = section.path or (document.about.title,)
    key = "\x1f".join((document.id, text, *path, lead_in))
    seen[key] += 1
    if seen[key] > 1:
        # The same sentence again under the same heading is another place to cite.
        key += f"\x1f{seen[key]}"
    return Chunk(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.id,
        span=span,
        text=text,
        kind=block.kind,
        path=path,
        lead_in=lead_in,
        block=number,
        group=block.group,
        context=_context(document, block, span, path, lead_in),
    )


def _context(
    document: Document, block: Block, span: Span, path: tuple[str, ...], lead_in: str
) -> str:
    parts = [document.about.service, *dict.fromkeys(path)]
    if lead_in:
        parts.append(lead_in)
    if block.label and not span.contains(block.label):
        parts.append(readable(block.label.of(document.text)))
    parts.append(spoken(document, block, span))
    return " | ".join(part for part in parts if part)


def spoken(document: Document, block: Block, span: Span) -> str:
    """Return a chunk's text as a reader would say it: rows with their headers, no mark-up."""
    if block.kind is BlockKind.ROW and not block.sentences:
        pairs = [(cell.header, readable(cell.span.of(document.text))) for cell in block.cells]
        return "; ".join(f"{name}: {value}" if name else value for name, value in pairs if value)
    if block.kind is BlockKind.CODE:
        return span.of(document.text)
    return readable(span.of(document.text))
