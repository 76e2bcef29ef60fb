"""Sections and blocks of a document as bytes and back, and what was left out of it as text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

from corpus.left_out import LeftOut
from corpus.types import Block, BlockKind, Cell, Contents, NoteMark, Section, Span


def pack_structure(sections: Iterable[Section], blocks: Iterable[Block]) -> bytes:
    """Return sections and blocks in a form that `unpack_structure` reads."""
    plain = [
        [[one.title, one.path, one.span] for one in sections],
        [_block_row(block) for block in blocks],
    ]
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 6)


def unpack_structure(packed: bytes) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Return the sections and blocks that were packed."""
    sections, blocks = json.loads(zlib.decompress(packed))
    return (
        tuple(Section(title, tuple(path), Span(*span)) for title, path, span in sections),
        tuple(_block(*row) for row in blocks),
    )


def left_out_json(left_out: Iterable[LeftOut]) -> str:
    """Return what was left out as JSON."""
    return json.dumps([astuple(one) for one in left_out])


def left_out_of(stored: str) -> tuple[LeftOut, ...]:
    """Return what was left out from its JSON."""
    return tuple(
        LeftOut(what, count, tuple(examples)) for what, count, examples in json.loads(stored)
    )


def contents_json(contents: Contents) -> str:
    """Return how much of everything there is as JSON."""
    return json.dumps(astuple(contents))


def contents_of(stored: str) -> Contents:
    """Return how much of everything there is from its JSON."""
    return Contents(*json.loads(stored))


def _block_row(block: Block) -> list[object]:
    cells = [[cell.header, cell.span, cell.continued] for cell in block.cells]
    return [
        block.kind.value, block.span, block.section, block.sentences, block.lead_in, block.label,
        cells, block.titles, block.level, block.ordinal, block.group, block.under, block.checked,
        block.marks, block.note_title,
    ]  # fmt: skip


def _block(
    kind: str, span: Sequence[int], section: int, sentences: Sequence[Any],
    lead_in: Sequence[int] | None, label: Sequence[int] | None, cells: Sequence[Any],
    titles: Sequence[int] | None, level: int, ordinal: int | None, group: int,
    under: Sequence[Any], checked: bool | None, marks: Sequence[Any],
    note_title: Sequence[int] | None,
) -> Block:  # fmt: skip
    return Block(
        BlockKind(kind), Span(*span), section, _spans(sentences), _span(lead_in), _span(label),
        tuple(Cell(header, Span(*where), continued) for header, where, continued in cells),
        _span(titles), level, ordinal, group, _spans(under), checked,
        tuple(NoteMark(at, Span(*note)) for at, note in marks), _span(note_title),
    )  # fmt: skip


def _span(pair: Sequence[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
