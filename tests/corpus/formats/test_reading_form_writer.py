"""What is written in the reading form comes out of its parser as it went in."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.formats.markdown_writer import (
    at_start,
    definition,
    escape,
    escaped,
    heading,
    pipe_table,
    tidy,
)
from corpus.formats.marked_text import bold, link, raised, struck
from corpus.parse import parse
from corpus.types import Block, BlockKind

# Stars that stand free may be marks of notes to the parser, so they are not among these.
_LINES = st.lists(
    st.sampled_from(
        [*"\\`_[]()<>^~!|&#:;=+-.1x ", "a", "Oslo", "<br>", "<!--", "&amp;", "[^a]:", "::: note",
         "---", "~~", "[x] ", "https://x.example", "1. ", "☒ "]
    ),
    max_size=12,
).map(lambda parts: " ".join("".join(parts).split()))  # fmt: skip


def _blocks(text: str) -> tuple[str, list[Block]]:
    structure = parse(text, markdown=True)
    return structure.text, list(structure.blocks)


@settings(max_examples=300, deadline=None)
@given(_LINES)
@example("[12]: first")
@example("<tenant> is kept")
@example("| --- |")
@example("-all")
def test_a_line_says_what_it_said(line: str) -> None:
    said, blocks = _blocks(f"{at_start(escaped(line), lists=False)}\n")
    assert said.strip() == line
    assert all(block.kind is BlockKind.PARAGRAPH for block in blocks)


@pytest.mark.parametrize("title", ["Ticket #", "#", "C# ##", "1. Sites", "\\ and *"])
def test_a_heading_says_what_it_said(title: str) -> None:
    structure = parse(f"{heading(2, escaped(title))}\n\nText.\n", markdown=True)
    assert [section.title for section in structure.sections if section.path] == [title]


@settings(max_examples=300, deadline=None)
@given(_LINES, _LINES)
@example("a|b\\", "\\|")
def test_cells_say_what_they_said(one: str, other: str) -> None:
    rows = [["Data", "Place"], [escaped(one), escaped(other)], ["End", "Oslo"]]
    said, blocks = _blocks(pipe_table(rows))
    cells = [cell.span.of(said) for cell in blocks[0].cells]
    if one:
        assert cells == [one, other]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (bold("kept "), "**kept** "),
        (bold(""), ""),
        (struck(" ten days"), " ~~ten days~~"),
        (raised("1"), "^1^"),
        (raised(" 1, 2"), " ^1^^2^"),
        (raised(escaped("*")), "^*^"),
        (raised("for customers of the plan"), "for customers of the plan"),
        (link(" our list ", "https://x.example/a"), " [our list](https://x.example/a) "),
        (link("our list", "list.html"), "our list"),
    ],
)
def test_marks_stand_at_the_words(mark: str, expected: str) -> None:
    assert mark == expected


def test_a_note_of_several_paragraphs_is_one_note() -> None:
    note = definition("a", "In Oslo.\n\nIn Lund.")
    said, blocks = _blocks(f"Mail[^a] is kept.\n\n{note}\n")
    assert [block.span.of(said) for block in blocks] == ["Mail is kept.", "In Oslo.", "In Lund."]
    assert [mark.note.of(said).split() for mark in blocks[0].marks] == [
        ["In", "Oslo.", "In", "Lund."]
    ]


def test_an_exclamation_before_a_link_makes_no_image_of_it() -> None:
    said, _ = _blocks(f"{escaped('Read this!')}{link('our list', 'https://x.example/a')}\n")
    assert "our list" in said
    assert said.startswith("Read this!")


def test_what_is_nothing_but_strokes_is_no_text() -> None:
    assert [escape(line) for line in ("---", "* * *", "+", "-5 °C", "==")] == [
        "", "", "", "-5 °C", "",
    ]  # fmt: skip
    assert at_start("---") == "\\---"


def test_white_space_is_folded() -> None:
    assert tidy(" a\xa0\n b\x0b c\u200b") == "a b\nc"
