"""A document is shown as it was understood: each part by what it is, and no part without error."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.left_out import LeftOut
from corpus.parse import parse
from corpus.types import (
    Block,
    BlockKind,
    Cell,
    Description,
    Document,
    NoteMark,
    Section,
    Span,
)
from ui.shared.shown_document import document_outline, document_row

ABOUT = Description(
    "lamp", "Lamp", "Lamp", "Wick & Co", date(2025, 1, 2), "https://lamp.example", "CC0", ("old",)
)
TEXT = (
    "Cloud\nPaid plans\nTier: gold rests in Oslo and Bergen today\nMail\nRome\n"
    "Only for new tenants.\nset x\nset y\nLast words.\n"
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _after(words: str) -> int:
    return _span(words).end


CLOUD, PAID, NOTE = _span("Cloud"), _span("Paid plans"), _span("Only for new tenants.")
ITEM = _span("Tier: gold rests in Oslo and Bergen today")


def _document(
    *blocks: Block,
    sections: tuple[Section, ...] = (),
    pages: tuple[int, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
) -> Document:
    plain = sections or (Section("", (), Span(0, len(TEXT))),)
    return Document(ABOUT, TEXT, "ab" * 32, plain, blocks, pages, left_out)


def _body(document: Document) -> list[str]:
    lines = document_outline(document).splitlines()
    return lines[next(at for at, line in enumerate(lines) if "left out:" in line) + 1 :]


def test_what_is_said_of_a_document_stands_above_it() -> None:
    document = _document(Block(BlockKind.PARAGRAPH, CLOUD, 0), pages=(0, 9))
    assert document_outline(document).splitlines() == [
        "Lamp",
        "  id:         lamp",
        "  service:    Lamp",
        "  publisher:  Wick & Co",
        "  date:       2025-01-02",
        "  source:     https://lamp.example",
        "  licence:    CC0",
        "  supersedes: old",
        "  pages:      2",
        "  read:       1 section, 1 paragraph",
        "  left out:   nothing",
        "-- page 1 --",
        "  Cloud",
    ]


def test_parts_are_shown_by_what_they_are() -> None:
    title = Section("Where it\nrests", ("Home", "Where it\nrests"), Span(0, len(TEXT)))
    blocks = (
        Block(BlockKind.ITEM, ITEM, 0, label=_span("Tier"), checked=True, group=1),
        Block(BlockKind.ITEM, CLOUD, 0, level=1, checked=False, group=1),
        Block(BlockKind.STEP, PAID, 0, ordinal=4, group=2),
        Block(
            BlockKind.ROW, _span("Rome"), 0, group=3, titles=CLOUD,
            cells=(
                Cell("Data", _span("Mail"), continued=True), Cell("", _span("Rome")),
                Cell("Time", Span(5, 5)),
            ),
        ),
        Block(BlockKind.NOTE, NOTE, 0),
        Block(BlockKind.CODE, _span("set x\nset y"), 0),
        Block(BlockKind.FIELD, _span("Last words."), 0),
    )  # fmt: skip
    assert _body(_document(*blocks, sections=(title,))) == [
        "",
        "## Where it rests",
        "  - [x] <Tier>: gold rests in Oslo and Bergen today",
        "    - [ ] Cloud",
        "  4. Paid plans",
        "  | Data: Mail (as above) | Rome | Time: -",
        "  note: Only for new tenants.",
        "  code:",
        "  | set x",
        "  | set y",
        "  field: Last words.",
    ]


def test_labels_are_shown_where_they_begin_to_hold() -> None:
    mail, rome = _span("Mail"), _span("Rome")
    blocks = [
        Block(BlockKind.PARAGRAPH, mail, 0),
        Block(BlockKind.PARAGRAPH, rome, 0, under=(CLOUD, PAID)),
        Block(BlockKind.PARAGRAPH, mail, 0, under=(CLOUD, PAID)),
        Block(BlockKind.PARAGRAPH, rome, 0, under=(CLOUD,)),
        Block(BlockKind.PARAGRAPH, mail, 0, under=(PAID,)),
        Block(BlockKind.PARAGRAPH, rome, 0),
    ]
    assert _body(_document(*blocks)) == [
        "  Mail",
        "  [Cloud]",
        "    [Paid plans]",
        "      Rome",
        "      Mail",
        "    Rome",
        "  [Paid plans]",
        "    Mail",
        "  Rome",
    ]


def test_a_note_says_what_it_is_a_note_to() -> None:
    marks = (NoteMark(_after("gold rests in Oslo"), NOTE), NoteMark(_after("Bergen"), CLOUD))
    blocks = [
        Block(BlockKind.PARAGRAPH, ITEM, 0, marks=marks),
        Block(BlockKind.PARAGRAPH, _span("Rome"), 0, marks=(NoteMark(_after("Rome"), NOTE),)),
        Block(BlockKind.NOTE, NOTE, 0),
    ]
    assert _body(_document(*blocks)) == [
        "  Tier: gold rests in Oslo and Bergen today",
        "    ^ note 1 at “Tier: gold rests in Oslo”",
        "    ^ note 2 at “…rests in Oslo and Bergen”: Cloud",
        "  Rome",
        "    ^ note 1 at “Rome”",
        "  note 1 to “Tier: gold rests in Oslo”, “Rome”: Only for new tenants.",
    ]


def test_a_mark_of_a_column_title_is_told_once() -> None:
    mark = NoteMark(_after("Paid plans"), NOTE)
    rows = [
        Block(BlockKind.ROW, _span(word), 0, cells=(Cell("Plan", _span(word)),), marks=(mark,))
        for word in ("Mail", "Rome")
    ]
    assert _body(_document(*rows, Block(BlockKind.NOTE, NOTE, 0))) == [
        "  | Plan: Mail",
        "    ^ note 1 at “Paid plans”",
        "  | Plan: Rome",
        "  note 1 to “Paid plans”: Only for new tenants.",
    ]


def test_a_mark_in_a_row_is_told_with_the_words_of_its_cell() -> None:
    text = "| Mail | Oslo and Rome | Sundays"
    mark = NoteMark(text.index("Rome") + 4, Span(text.index("Sundays"), len(text)))
    cells = (Cell("Data", Span(2, 6)), Cell("City", Span(9, 22)))
    row = Block(BlockKind.ROW, Span(0, 24), 0, cells=cells, marks=(mark,))
    sections = (Section("", (), Span(0, len(text))),)
    assert _body(Document(ABOUT, text, "", sections, (row,))) == [
        "  | Data: Mail | City: Oslo and Rome",
        "    ^ note 1 at “Oslo and Rome”: Sundays",
    ]


def test_values_for_programs_are_those_of_the_structure() -> None:
    block = Block(
        BlockKind.ROW, _span("Rome"), 0, lead_in=CLOUD, label=PAID, under=(CLOUD,), checked=False,
        cells=(Cell("City", _span("Rome")),), marks=(NoteMark(70, NOTE),), ordinal=2,
        note_title=_span("Rome"),
    )  # fmt: skip
    row = document_row(_document(block, pages=(0,), left_out=(LeftOut("image", 2, ("a.png",)),)))
    plain = json.loads(json.dumps(row))
    assert plain["sections"][0]["blocks"] == [
        {
            "kind": "row", "text": "Rome", "start": block.span.start, "end": block.span.end,
            "page": 1, "level": 0, "ordinal": 2, "checked": False, "label": "Paid plans",
            "lead_in": "Cloud", "under": ["Cloud"], "note_title": "Rome", "notes": [
                {"at": 70, "text": "Only for new tenants."}
            ],
            "cells": [{"title": "City", "value": "Rome", "continued": False}],
        }
    ]  # fmt: skip
    assert plain["date"] == "2025-01-02"
    assert plain["left_out"] == [{"what": "image", "count": 2, "examples": ["a.png"]}]
    assert plain["contents"]["tables"] == 1


def test_what_steers_a_terminal_is_shown_and_not_obeyed() -> None:
    text = "Rests\x1b[2J in\r\nOslo\u202e."
    block = Block(BlockKind.CODE, Span(0, len(text)), 0)
    document = Document(ABOUT, text, "", (Section("A\x07", ("A\x07",), Span(0, 9)),), (block,))
    shown = document_outline(document)
    assert not set("\x1b\x07\r\u202e") & set(shown)
    assert "# A\N{REPLACEMENT CHARACTER}" in shown


LINES = st.sampled_from((
    "# One", "### Two", "- a: b", "  - [x] c", "1. d", "3) e", "| a | b |", "| --- | --- |",
    "| | c |", "|", "> note", "> [!NOTE]", "```", "    code", "::: tab X", ":::", "[^1]: f",
    "g[^1] h", "~~i~~", "", "---", "title: j", "\t", "\x1b[1m", "k\r", "^1^", "☒ l ☐ m",
))  # fmt: skip


@given(lines=st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=25), markdown=st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_text_is_shown(lines: list[str], markdown: bool) -> None:
    text = "\n".join(lines)
    structure = parse(text, markdown=markdown)
    document = Document(ABOUT, structure.text, "", structure.sections, structure.blocks)
    shown = document_outline(document)
    for section in structure.sections:
        assert section.title == "" or "# " in shown
    row = json.loads(json.dumps(document_row(document)))
    kinds = [block["kind"] for section in row["sections"] for block in section["blocks"]]
    assert kinds == [block.kind.value for block in document.blocks]


_SPANS = st.tuples(st.integers(0, 130), st.integers(0, 130)).map(lambda two: Span(*sorted(two)))
_CELLS = st.builds(Cell, st.text(max_size=5), _SPANS, st.booleans())
_BLOCKS = st.builds(
    Block, st.sampled_from(BlockKind), _SPANS, st.integers(0, 1),
    label=st.none() | _SPANS, lead_in=st.none() | _SPANS, level=st.integers(0, 9),
    ordinal=st.none() | st.integers(-1, 10**9), checked=st.none() | st.booleans(),
    cells=st.lists(_CELLS, max_size=3).map(tuple),
    under=st.lists(_SPANS, max_size=3).map(tuple),
    marks=st.lists(st.builds(NoteMark, st.integers(0, 130), _SPANS), max_size=3).map(tuple),
)  # fmt: skip


@given(blocks=st.lists(_BLOCKS, max_size=8), pages=st.sampled_from(((), (0,), (0, 40, 90))))
@settings(max_examples=200, deadline=None)
def test_any_structure_is_shown(blocks: list[Block], pages: tuple[int, ...]) -> None:
    sections = (Section("", (), Span(0, 50)), Section("B", ("A", "B"), Span(50, 120)))
    document = _document(*blocks, sections=sections, pages=pages)
    shown = document_outline(document)
    assert shown.count("^ note ") == len({mark for block in blocks for mark in block.marks})
    assert json.loads(json.dumps(document_row(document)))["id"] == "lamp"


@pytest.mark.parametrize("marks", [2_000])
def test_many_notes_are_tied_in_little_time(marks: int) -> None:
    text = "w " * marks + "n " * marks
    notes = [Span(2 * (marks + number), 2 * (marks + number) + 1) for number in range(marks)]
    blocks = [
        Block(BlockKind.PARAGRAPH, Span(2 * n, 2 * n + 1), 0, marks=(NoteMark(2 * n + 1, note),))
        for n, note in enumerate(notes)
    ]
    blocks += [Block(BlockKind.NOTE, note, 0) for note in notes]
    sections = (Section("", (), Span(0, len(text))),)
    shown = document_outline(Document(ABOUT, text, "", sections, tuple(blocks)))
    assert f"note {marks} to “w”: n" in shown
