"""Chunks as they are read for statements: words, trees, titles and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.facts.lead_ins import ends
from corpus.language.boxes import choice, has_boxes
from corpus.language.parsing import Parse, parse
from corpus.language.propositions import Proposition, propositions
from corpus.language.sentences import readable
from corpus.types import Block, BlockKind, Chunk, Document, Span

_LONGEST_READ = 1_200
"""Code points of a passage that are parsed; longer ones are lists that lost their marks."""
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP, BlockKind.NOTE)


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a row, or the words of a passage of prose."""

    title: str
    """Title of the column; empty for prose."""
    text: str
    """As a reader sees it."""
    span: Span
    """Where it stands in the document."""
    parse: Parse
    propositions: tuple[Proposition, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A chunk with all that tells what it states."""

    chunk: Chunk
    block: Block
    heading: str
    """The nearest heading."""
    label: str
    """Of a label-value bullet, on the sentence that begins with it."""
    under: tuple[str, ...]
    """Labels of tabs, zones and heading rows that it stands under."""
    first: bool
    """True for the first sentence of its block."""
    denied: bool
    """True where an empty box stands before it, or the ticked one says no."""
    parts: tuple[Part, ...]
    """Cells in column order; one part for prose, none for code."""
    led: Part | None = None
    """Of an item that ends the sentence which its list's lead-in begins, that whole sentence."""

    @property
    def read(self) -> Part:
        """What tells what a passage of prose states: itself, or the sentence that it ends."""
        return self.led or self.parts[0]

    @property
    def is_row(self) -> bool:
        """True for rows of tables."""
        return len(self.parts) > 1 or bool(self.parts and self.parts[0].title)

    @property
    def is_prose(self) -> bool:
        """True for sentences, items, steps and notes."""
        return not self.is_row and bool(self.parts)


@dataclass(frozen=True, slots=True)
class _Draft:
    chunk: Chunk
    block: Block
    label: str
    first: bool
    denied: bool
    pieces: tuple[tuple[str, str, Span], ...]
    led: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what is parsed of it."""
        return (*(text for _, text, _ in self.pieces), *filter(None, (self.led,)))


def read_units(
    document: Document, chunks: Sequence[Chunk], rows: dict[int, tuple[Block, ...]] | None = None
) -> tuple[Unit, ...]:
    """Return the units of a document in reading order.

    `rows` are the rows of tables of plain text that no parser marked, by number of block.
    """
    drafts = list(_drafts(document, chunks, rows or {}))
    texts = [text[:_LONGEST_READ] for draft in drafts for text in draft.texts]
    trees = iter(parse(texts))
    return tuple(_unit(document, draft, [next(trees) for _ in draft.texts]) for draft in drafts)


def _drafts(
    document: Document, chunks: Sequence[Chunk], rows: dict[int, tuple[Block, ...]]
) -> Iterable[_Draft]:
    first: dict[int, str] = {}
    for chunk in chunks:
        first.setdefault(chunk.block, chunk.id)
    for chunk in chunks:
        block = document.blocks[chunk.block]
        leads = first[chunk.block] == chunk.id
        if chunk.block in rows:
            for row in rows[chunk.block]:
                if chunk.span.start <= row.span.start < chunk.span.end:
                    yield _Draft(chunk, row, "", True, False, _cells(document.text, row))
        elif chunk.kind is BlockKind.ROW and block.cells:
            yield _Draft(chunk, block, "", leads, False, _cells(document.text, block))
        elif chunk.kind in _PROSE:
            yield _prose(document.text, chunk, block, leads)
        else:
            yield _Draft(chunk, block, "", leads, False, ())


def _cells(text: str, row: Block) -> tuple[tuple[str, str, Span], ...]:
    said = ((readable(c.header), readable(c.span.of(text)), c.span) for c in row.cells)
    return tuple(cell for cell in said if cell[1])


def _prose(text: str, chunk: Chunk, block: Block, leads: bool) -> _Draft:
    label = block.label if leads and block.label and chunk.span.contains(block.label) else None
    start = label.end if label else chunk.span.start
    span = Span(start, chunk.span.end)
    said = readable(span.of(text)).lstrip(" :–—-.*_")
    denied = block.checked is False
    if has_boxes(said):
        chosen = choice(said)
        said, denied = (chosen.said, chosen.denied) if chosen else ("", denied)
    name = readable(label.of(text)) if label else ""
    pieces = (("", said, span),) if said else ()
    led = _led(text, block, said) if leads and said and not label else ""
    return _Draft(chunk, block, name, leads, denied, pieces, led)


def _led(text: str, block: Block, said: str) -> str:
    """Return the sentence that an item ends; empty for one that stands by itself."""
    if block.lead_in is None or block.kind not in (BlockKind.ITEM, BlockKind.STEP):
        return ""
    lead_in = readable(block.lead_in.of(text)).rstrip(" :*_")
    return f"{lead_in} {said}" if ends(lead_in, said) else ""


def _unit(document: Document, draft: _Draft, trees: Sequence[Parse]) -> Unit:
    chunk = draft.chunk
    led = None
    if draft.led:
        tree = trees[-1]
        led = Part("", draft.led, chunk.span, tree, propositions(tree))
    return Unit(
        chunk, draft.block, chunk.path[-1] if chunk.path else "", draft.label,
        tuple(readable(span.of(document.text)) for span in draft.block.under),
        draft.first, draft.denied,
        tuple(
            Part(title, text, span, tree, propositions(tree))
            for (title, text, span), tree in zip(draft.pieces, trees, strict=False)
        ),
        led,
    )  # fmt: skip
