"""Sections and blocks come back as they were stored, with all that a block may have."""

from __future__ import annotations

from dataclasses import MISSING, fields

from corpus.left_out import LeftOut
from corpus.types import Block, BlockKind, Cell, NoteMark, Section, Span
from index.stores.structures import (
    left_out_json,
    left_out_of,
    pack_structure,
    unpack_structure,
)

BLOCK = Block(
    BlockKind.ROW, Span(3, 40), 1,
    sentences=(Span(3, 9), Span(10, 40)), lead_in=Span(0, 2), label=Span(3, 5),
    cells=(Cell("Région \ud83d", Span(4, 6), continued=True), Cell("", Span(7, 7))),
    titles=Span(0, 3), level=2, ordinal=7, group=4,
    under=(Span(1, 2), Span(2, 3)), checked=False, marks=(NoteMark(9, Span(50, 60)),),
    note_title=Span(3, 4),
)  # fmt: skip


def test_every_field_of_a_block_comes_back() -> None:
    given = [field.name for field in fields(Block) if field.default is not MISSING]
    unset = [
        name for name in given if getattr(BLOCK, name) == Block.__dataclass_fields__[name].default
    ]
    assert unset == [], "a field that is not set here is not tested"
    sections = (Section("Où", ("Home", "Où"), Span(0, 99)), Section("", (), Span(99, 99)))
    blocks = (BLOCK, Block(BlockKind.PARAGRAPH, Span(0, 1), 0))
    assert unpack_structure(pack_structure(sections, blocks)) == (sections, blocks)
    (row, plain) = unpack_structure(pack_structure(sections, blocks))[1]
    assert row.cells[0].span.of("0123456") == "45"
    assert row.marks[0].note.end == 60
    assert plain.lead_in is None


def test_what_was_left_out_comes_back() -> None:
    left_out = (LeftOut("image", 3, ("a\udcff.png", "é")), LeftOut("struck text", 1))
    assert left_out_of(left_out_json(left_out)) == left_out
