"""Blocks to chunks: the sentences, items, rows, steps and commands that answers cite."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.language.sentences import readable
from corpus.types import Block, BlockKind, Chunk, Document, Pair, Span, trim

LONGEST_CITATION = 600
"""Code points; a citation is a passage that a reader takes in at a glance, never a page."""
_SUBJECT_WORDS = 45
_MOST_SUBJECTS = 24
"""Bullets of a record that each of its chunks carries along."""
_Record = tuple[tuple[Block, str], ...]
_NAME = re.compile(r"\b[A-Z][\w-]*")
_TITLE = re.compile(r"[^|\n]+")
_LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\([^()\s]{0,2000}\)")


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


def _records(document: Document) -> dict[int, _Record]:
    """Return the groups of bullets that are records, by group, with what they are about.

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
        group: tuple(islice(_subjects(document, blocks), _MOST_SUBJECTS))
        for group, blocks in groups.items()
        if len(blocks) > 1 and sum(uses[_label(document, b)] > 1 for b in blocks) * 2 > len(blocks)
    }


def _label(document: Document, block: Block) -> str:
    return readable(block.label.of(document.text)).lower() if block.label else ""


def _subjects(document: Document, record: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Return the bullets of a record that name things: what the record is about."""
    for block in record:
        said = readable(block.span.of(document.text))
        named = _NAME.findall(said.partition(_label(document, block)[-3:])[2])
        words = said.split()
        if len(words) <= _SUBJECT_WORDS and len(named) * 2 >= len(words):
            yield block, said[:LONGEST_CITATION]


def _pieces(document: Document, block: Block) -> Iterator[Span]:
    spans = list(block.sentences) or [block.span]
    if block.kind is BlockKind.CODE:
        spans = [block.span]
    elif block.kind is BlockKind.ROW and block.sentences:
        spans[0] = Span(block.cells[0].span.start, spans[0].end)
    for span in spans:
        for piece in _bounded(document.text, span):
            # What is left of a padded row behind its last cell says nothing.
            if block.kind is not BlockKind.ROW or any(map(str.isalnum, piece.of(document.text))):
                yield piece


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Cut a span that is too long to cite at line ends, else at spaces; never in a link."""
    if span.end - span.start <= LONGEST_CITATION:
        yield span
        return
    start = span.start
    while start < span.end:
        end = min(start + LONGEST_CITATION, span.end)
        if end < span.end:
            cut = max(text.rfind("\n", start + 1, end), text.rfind(" ", end - 120, end))
            end = cut if cut > start else end
            opened = text.rfind("[", start + 1, end)
            link = _LINK.match(text, opened) if opened > start else None
            end = opened if link and link.end() > end else end
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
    record: _Record | None,
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
        pairs=_pairs(document, block, span),
        support=_support(document, block, span),
    )


def _support(document: Document, block: Block, span: Span) -> tuple[Span, ...]:
    spans = [*_titles(document, block), *_named_above(block, span)]
    spans.extend(cell.span for cell in block.cells if cell.continued)
    if block.label:
        spans.append(block.label)
    spans.extend((*labels_of(block), *noted(block, span)))
    return tuple(
        other
        for other in spans
        if not span.contains(other) and 0 < other.end - other.start <= LONGEST_CITATION
    )


def _titles(document: Document, block: Block) -> list[Span]:
    """Return the column titles of a row: their line, or each title where the line is too long to
    cite, as it is where cells are padded to the width of long ones.
    """
    if not block.titles:
        return []
    line = trim(document.text, block.titles)
    if line.end - line.start <= LONGEST_CITATION:
        return [line]
    parts = (
        trim(document.text, Span(line.start + part.start(), line.start + part.end()))
        for part in _TITLE.finditer(line.of(document.text))
    )
    headers = {cell.header for cell in block.cells}
    return [part for part in parts if readable(part.of(document.text)) in headers]


def _named_above(block: Block, span: Span) -> list[Span]:
    """Return the cell that names a row, for a later piece of it, which is read with it."""
    if block.kind is not BlockKind.ROW or block.sentences or not block.cells:
        return []
    first = block.cells[0]
    if first.continued or span.start <= first.span.start:
        return []
    return [Span(first.span.start, min(first.span.end, first.span.start + LONGEST_CITATION))]


def labels_of(block: Block) -> tuple[Span, ...]:
    """Return the labels that a block stands under besides headings, the outermost first."""
    return (*block.under, *((block.note_title,) if block.note_title else ()))


def noted(block: Block, span: Span) -> tuple[Span, ...]:
    """Return the notes that concern a part of a block: of marks within it and outside the block."""
    return tuple(
        dict.fromkeys(
            mark.note
            for mark in block.marks
            if span.start <= mark.at <= span.end
            or not block.span.start <= mark.at <= block.span.end
        )
    )


def _context(
    document: Document,
    block: Block,
    span: Span,
    path: tuple[str, ...],
    lead_in: str,
    record: _Record,
) -> str:
    parts = [document.about.service, *dict.fromkeys(path)]
    if lead_in:
        parts.append(lead_in)
    parts.extend(said for other, said in record if other is not block)
    if block.label and not span.contains(block.label):
        parts.append(readable(block.label.of(document.text)))
    parts.extend(readable(label.of(document.text)) for label in labels_of(block))
    parts.append(_spoken(document, block, span))
    parts.extend(readable(note.of(document.text)[:LONGEST_CITATION]) for note in noted(block, span))
    return " | ".join(part for part in parts if part)


def row_text(pairs: Sequence[Pair]) -> str:
    """Return a row as one line: each value after the title of its column."""
    return "; ".join(
        f"{pair.title.rstrip(' :')}: {pair.value}" if pair.title else pair.value for pair in pairs
    )


def said(chunk: Chunk) -> str:
    """Return a chunk's text as a reader would say it: rows with their titles, no mark-up."""
    if chunk.pairs:
        return row_text(chunk.pairs)
    return chunk.text if chunk.kind is BlockKind.CODE else readable(chunk.text)


def _spoken(document: Document, block: Block, span: Span) -> str:
    if pairs := _pairs(document, block, span):
        return row_text(pairs)
    text = span.of(document.text)
    return text if block.kind is BlockKind.CODE else readable(text)


def _pairs(document: Document, block: Block, span: Span) -> tuple[Pair, ...]:
    """Return the cells of a row, as far as a piece of it reaches."""
    if block.kind is not BlockKind.ROW or block.sentences:
        return ()
    cells = ((cell.header, _shared(cell.span, block, span)) for cell in block.cells)
    read = (
        Pair(header, readable(part.of(document.text)))
        for header, part in cells
        if part.start < part.end
    )
    return tuple(pair for pair in read if pair.value)


def _shared(cell: Span, block: Block, span: Span) -> Span:
    """Return a cell as far as a piece of its row reaches; what names the row is in every piece."""
    if cell == block.cells[0].span or not block.span.contains(cell):
        return Span(cell.start, min(cell.end, cell.start + LONGEST_CITATION))
    return Span(max(cell.start, span.start), min(cell.end, span.end))
