"""Blocks to chunks: the sentences, items, rows, steps and commands that answers cite."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from corpus.parse.sentences import readable
from corpus.parse.structure import trim
from corpus.types import Block, BlockKind, Chunk, Document, Span

LONGEST_CITATION = 600
"""Code points; a citation is a passage that a reader takes in at a glance, never a page."""
_SUBJECT_WORDS = 45
_NAME = re.compile(r"\b[A-Z][\w-]*")


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Return the chunks of a document in reading order."""
    chunks: list[Chunk] = []
    seen: Counter[str] = Counter()
    records = _records(document)
    for number, block in enumerate(document.blocks):
        chunks.extend(
            _chunk(document, block, number, span, seen, records.get(block.group))
            for span in _pieces(document, block)
        )
    return tuple(chunks)


def _records(document: Document) -> dict[int, tuple[Block, ...]]:
    """Return the groups of bullets that are records, by group.

    Labels that come back in other groups ("Location", "Services") are attributes of a subject;
    labels that do not are members of a list.
    """
    groups: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.label is not None and block.group >= 0:
            groups.setdefault(block.group, []).append(block)
    uses = Counter(
        label for blocks in groups.values() for label in {_label(document, b) for b in blocks}
    )
    return {
        group: tuple(blocks)
        for group, blocks in groups.items()
        if len(blocks) > 1 and sum(uses[_label(document, b)] > 1 for b in blocks) * 2 > len(blocks)
    }


def _label(document: Document, block: Block) -> str:
    return readable(block.label.of(document.text)).lower() if block.label else ""


def _subjects(document: Document, block: Block, record: tuple[Block, ...]) -> Iterator[str]:
    """Return the other bullets of a record that name things: what the record is about."""
    for other in record:
        said = readable(other.span.of(document.text))
        named = _NAME.findall(said.partition(_label(document, other)[-3:])[2])
        words = said.split()
        if other is not block and len(words) <= _SUBJECT_WORDS and len(named) * 2 >= len(words):
            yield said


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


def _chunk(
    document: Document,
    block: Block,
    number: int,
    span: Span,
    seen: Counter[str],
    record: tuple[Block, ...] | None,
) -> Chunk:
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
        context=_context(document, block, span, path, lead_in, record or ()),
        record=record is not None,
        support=_support(document, block, span),
    )


def _support(document: Document, block: Block, span: Span) -> tuple[Span, ...]:
    spans = [cell.span for cell in block.cells if cell.continued]
    if block.titles:
        spans.insert(0, trim(document.text, block.titles))
    if block.label:
        spans.append(block.label)
    return tuple(
        other
        for other in spans
        if not span.contains(other) and other.end - other.start <= LONGEST_CITATION
    )


def _context(
    document: Document,
    block: Block,
    span: Span,
    path: tuple[str, ...],
    lead_in: str,
    record: tuple[Block, ...],
) -> str:
    parts = [document.about.service, *dict.fromkeys(path)]
    if lead_in:
        parts.append(lead_in)
    parts.extend(_subjects(document, block, record))
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
