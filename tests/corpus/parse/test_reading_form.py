"""What mark-up means is kept as structure, and the text that is quoted holds none of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse
from corpus.parse.structure import Structure
from corpus.types import Block, BlockKind


def _read(text: str) -> Structure:
    return parse(text, markdown=True)


def _said(structure: Structure, block: Block) -> str:
    return block.span.of(structure.text)


def _texts(text: str) -> list[str]:
    structure = _read(text)
    return [_said(structure, block) for block in structure.blocks]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Zone no\-north\-3 \(N\. Bergen\)\.", "Zone no-north-3 (N. Bergen)."),
        ("Kept for 45&nbsp;days &amp; nights&#46;", "Kept for 45 days & nights."),
        ("An &unknown; entity", "An &unknown; entity"),
        ("`a\\_b &amp; c` stays", "`a\\_b &amp; c` stays"),
        ("Kept for ~~10 days~~ 45 days.", "Kept for 45 days."),
        ("Kept in Oslo ~~and Rome~~.", "Kept in Oslo."),
        ("Is **kept\nin *Oslo* only** and **here**.", "Is kept\nin *Oslo* only and **here**."),
        ("**Kept here. Moved there.** _Not_ eu_west_1", "Kept here. Moved there. Not eu_west_1"),
        ("See [a](/_b_/c) or https://d.example/_e_/f", "See [a](/_b_/c) or https://d.example/_e_/f"),
        ("See `_g_` 2 * 3\n\\* 4 and src/*.js\nlib/*", "See `_g_` 2 * 3\n* 4 and src/*.js\nlib/*"),
        ("Is ``a``, `` b`c ``, ```d *e*``` and `f\ng`", "Is `a`, b`c, `d *e*` and f\ng"),
        ("~~a~~ [b `x`](c) ``d`` [``e``](f)", "[b `x`](c) `d` [`e`](f)"),
        (r"Get*, \*\*put\*\* and \_id\_", "Get*, **put** and _id_"),
        ("A ~~ b ~~ c", "A ~~ b ~~ c"),
        ("~~one", "~~one"),
        ("See <https://example.org/a>.", "See https://example.org/a."),
        ("See [the list][l].\n\n[l]: https://example.org/l", "See [the list](https://example.org/l)."),
        ("See [l].\n\n[l]: https://example.org/l", "See [l](https://example.org/l)."),
        ("See [the list] there.", "See [the list] there."),
        ('See [a](b.md "Why (so)") and [c](<d e.md>).', "See [a](b.md) and [c](d%20e.md)."),
        ("See [a](b_(c).md) or [d](e\n'f').", "See [a](b_%28c%29.md) or [d](e)\n."),
        ("See [a\nb](c) or [d [e]](f) or [g]().", "See a\nb or d [e] or g."),
        ("See [`a[0]`](b), [c][l]\n\n[l]: <d e> 'f'", "See `a[0]`, [c](d%20e)"),
        ("See [a\nb][L] and [c [d]][l].\n\n[l]: e", "See a\nb and c [d]."),
        ("[a [b](c) d](e) [f](g 'h')", "[a [b](c) d](e) [f](g)"),
        ("A [](b) c [^1^](d) e [![f](g)](h) i", "A  c ¹ e  i"),
        ("[![f](<g h.png>) i](j) or [a](b c) d](e", "[ i](j) or [a](b c) d](e"),
        ("A ![b [c] d](e f.png)g ![h][i] j ![k].", "A g  j ![k]."),
        (r"\[a](b) and [c\]](d) and [e]\(f)", "[a](b) and c] and [e](f)"),
        ("It ![a map](map.png) is here.", "It  is here."),
        ("It is <!-- no, was --> here.", "It is  here."),
        ("It is <!-- here.", "It is <!-- here."),
        ("30^1^ days", "30¹ days"),
        ("The 1^st^ of May", "The 1st of May"),
        ("A line\\\nand one more", "A line\nand one more"),
        ("Only in May. ↩\ufe0e", "Only in May."),
        (r"\# no heading", "# no heading"),
        (r"1\. no step", "1. no step"),
        (r"\* no item", "* no item"),
        ("Use <your-region> here", "Use <your-region> here"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees(written: str, read: str) -> None:
    assert _texts(written) == [read]


def test_links_stay_in_the_cells_of_a_table() -> None:
    text = '| A | B |\n| - | - |\n| [x | y](z) | [![on](i.png)](l "m") [](n) |\n'
    structure = _read(text)
    (row,) = structure.blocks
    said = [cell.span.of(structure.text) for cell in row.cells]
    assert said == ["[x", "y](z)"]
    (row,) = _read('| A | B |\n| - | - |\n| [x](y "z") | [![on](i.png)](l "m") [](n) |\n').blocks
    assert len(row.cells) == 2


def test_notes_may_stand_line_by_line() -> None:
    table = "| A | B |\n| - | - |\n| Oslo\\* | Turku** |\n\n"
    assert _marked(f"{table}\\* Only in May.\n\\*\\*&nbsp;Only in June,\nor later.\n") == [
        ("| Oslo | Turku |", ["Only in May.", "Only in June,\nor later."]),
        ("Only in May.", []),
        ("Only in June,\nor later.", []),
    ]


def test_emphasis_over_cells_goes_and_within_one_stays() -> None:
    assert _texts("| A | B |\n| - | - |\n| **Oslo | Turku** |\n| **x** | *y* |\n") == [
        "| Oslo | Turku |", "| **x** | *y* |",
    ]  # fmt: skip


def test_what_is_taken_out_is_counted() -> None:
    left_out = _read("~~One~~ two ~~three~~.\n\n![A map](a.png)\n").left_out
    assert [(one.what, one.count, one.examples) for one in left_out] == [
        ("struck text", 2, ("One", "three")), ("image", 1, ("A map",)),
    ]  # fmt: skip


def _marked(text: str) -> list[tuple[str, list[str]]]:
    structure = _read(text)
    return [
        (_said(structure, block), [mark.note.of(structure.text) for mark in block.marks])
        for block in structure.blocks
    ]


@pytest.mark.parametrize("mark", ["[^a]", "^1^", "¹", r"\*", "**", "†", " [^a]", r"\**"])
def test_a_mark_is_tied_to_its_note(mark: str) -> None:
    shown = mark.strip()
    note = f"{shown}: Only in May." if shown.startswith("[") else f"{shown} Only in May."
    table = (
        f"| Place | Site |\n| --- | --- |\n| Norway | Oslo{mark} |\n| Spain | Vigo |\n\n{note}\n"
    )
    assert _marked(table) == [
        ("| Norway | Oslo |", ["Only in May."]),
        ("| Spain | Vigo |", []),
        ("Only in May.", []),
    ]
    assert _read(table).blocks[-1].kind is BlockKind.NOTE


def test_a_mark_in_a_sentence_does_not_touch_its_figures() -> None:
    assert _marked("Kept for 30^1^ days.[^b]\n\n^1^ 60 in Peru.\n\n[^b]: Since May.\n") == [
        ("Kept for 30 days.", ["60 in Peru.", "Since May."]),
        ("60 in Peru.", []),
        ("Since May.", []),
    ]


def test_a_mark_on_a_title_concerns_every_row_and_one_on_a_heading_all_below() -> None:
    table = "# Sites[^h]\n\n| Place | Site[^t] |\n| --- | --- |\n| A | B |\n| C | D |\n"
    text = f"{table}\nAnd more.\n\n# Other\n\nNone.\n\n[^h]: Head.\n[^t]: Title.\n"
    assert _marked(text)[:4] == [
        ("| A | B |", ["Head.", "Title."]),
        ("| C | D |", ["Head.", "Title."]),
        ("And more.", ["Head."]),
        ("None.", []),
    ]
    assert _read(text).sections[0].title == "Sites"


def test_a_mark_on_a_lead_in_concerns_the_members() -> None:
    assert _marked("In these:[^a]\n\n- Oslo\n- Rome\n\n[^a]: By 2027.\n")[:3] == [
        ("In these:", ["By 2027."]), ("Oslo", ["By 2027."]), ("Rome", ["By 2027."]),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["1 ", "1. ", "1) "])
def test_numbered_lines_at_the_end_are_notes_where_marks_have_their_numbers(sign: str) -> None:
    text = f"Kept in Oslo^1^ and Rome.\n\nKept.\n\n{sign}Only in May.\n"
    assert _marked(text) == [
        ("Kept in Oslo and Rome.", ["Only in May."]), ("Kept.", []), ("Only in May.", []),
    ]  # fmt: skip
    steps = _read("Do so:\n\n1. Sign in.\n2. Sign out.\n")
    assert [block.kind for block in steps.blocks][1:] == [BlockKind.STEP, BlockKind.STEP]
    assert _texts("At 5^2^ m:\n\n1. Sign in.\n")[0] == "At 5² m:"


def test_each_table_has_its_own_stars() -> None:
    table = "| Place | Site |\n| --- | --- |\n| Norway | Oslo* |\n\n\\* {}.\n\n"
    marked = _marked(table.format("First") + table.format("Second"))
    assert [notes for _, notes in marked] == [["First."], [], ["Second."], []]


def test_emphasis_is_no_mark() -> None:
    text = "| A | B |\n| --- | --- |\n| **Oslo** | *Rome* |\n| Bonn** | x |\n\n\\** Only in May.\n"
    assert _marked(text)[:2] == [("| **Oslo** | *Rome* |", []), ("| Bonn | x |", ["Only in May."])]


def test_stars_without_a_note_stay() -> None:
    assert _texts("It is 5* rated and H²O.\n") == ["It is 5* rated and H²O."]


def test_boxes_are_told_apart() -> None:
    structure = _read(
        "- [x] Kept in Oslo\n- [ ] Kept in Rome\n- Kept\n\n☒ Sent abroad\n\n☐ yes ☒ no\n"
    )
    assert [(_said(structure, b), b.checked) for b in structure.blocks] == [
        ("Kept in Oslo", True), ("Kept in Rome", False), ("Kept", None),
        ("Sent abroad", True), ("☐ yes ☒ no", None),
    ]  # fmt: skip


def _under(text: str) -> list[tuple[str, list[str]]]:
    structure = _read(text)
    return [
        (_said(structure, block), [label.of(structure.text) for label in block.under])
        for block in structure.blocks
    ]


def test_what_holds_for_one_choice_stands_under_its_label() -> None:
    text = (
        "Before.\n\n::: zone Public cloud\n\n::: tab Hosted\n\nIn Oslo.\n\n:::\n\n"
        "::: tab Own\\_one\n\n- In Rome.\n\n:::\n\nBoth.\n\n:::\n\nAfter.\n"
    )
    assert _under(text) == [
        ("Before.", []),
        ("In Oslo.", ["Public cloud", "Hosted"]),
        ("In Rome.", ["Public cloud", "Own_one"]),
        ("Both.", ["Public cloud"]),
        ("After.", []),
    ]
    assert ":::" not in _read(text).text


def test_a_container_within_a_list_ends_there() -> None:
    text = "- One\n\n  ::: note Mind\n\n  In Oslo.\n\n  :::\n\n- Two\n"
    assert _under(text) == [("One", []), ("In Oslo.", []), ("Two", [])]
    structure = _read(text)
    titles = [
        block.note_title.of(structure.text) if block.note_title else ""
        for block in structure.blocks
    ]
    assert titles == ["", "Mind", ""]


def test_a_note_is_one() -> None:
    structure = _read("::: note\n\nSince May.\n\n- Item\n\n:::\n\nText.\n\n> [!TIP]\n> Drafts.\n")
    assert [block.kind for block in structure.blocks] == [
        BlockKind.NOTE, BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.NOTE,
    ]  # fmt: skip


def test_rows_that_head_others() -> None:
    rows = "| **Paid** | | |\n| Team | A | B |\n| **Free** | | |\n| Home | C | D |\n"
    text = f"| Plan | Queue | Files |\n| --- | --- | --- |\n{rows}\nText.\n"
    expected = [("| Team | A | B |", ["Paid"]), ("| Home | C | D |", ["Free"]), ("Text.", [])]
    assert _under(text.replace("**", "")) == expected
    assert [
        (row, [label.strip("*") for label in labels]) for row, labels in _under(text)
    ] == expected


def test_a_row_that_lacks_values_heads_none() -> None:
    rows = "| Team | | |\n| Home | C | D |\n| Last | | |\n"
    assert len(_under(f"| Plan | Queue | Files |\n| --- | --- | --- |\n{rows}")) == 3


def test_a_line_break_within_a_cell_parts_its_members() -> None:
    structure = _read("| A: | B |\n| --- | --- |\n| Limerick<br>Galway | Quito\\|Cuenca |\n")
    cells = [(cell.header, cell.span.of(structure.text)) for cell in structure.blocks[0].cells]
    assert cells == [("A:", "Limerick, Galway"), ("B", "Quito|Cuenca")]


def test_a_cell_that_is_missing_lies_within_its_row() -> None:
    block = _read("a||||\n-|-|-|-\nt \n").blocks[0]
    assert all(block.span.contains(cell.span) for cell in block.cells)


def test_pages_move_with_the_text() -> None:
    structure = parse("Page \\_one\\_.\n\nPage two.\n", markdown=True, pages=(0, 15))
    assert structure.text[structure.pages[1] :].startswith("Page two.")


_PIECES = st.sampled_from(
    [
        "Oslo", "[^a]", "[^a]: Note", "^1^", "^1^ Raised", "\\*", "\\* Star", "*", "**", "~~",
        "<br>", "&amp;", "&#10;", "<!--", "-->", "`", "``", "\\", "\\\\", "| a | b |", "|---|---|",
        "\n", "\n\n", "::: tab X", "::: note", ":::", "- [x] ", "☐ ", "> ", "[l]", "[l]: /x",
        "![i](x)", "](", "[", "]", '(y "t")', "(<y z>)", "[![i](x)](y)", "_", "_a_", "**b\nc**",
        "**Note**", "Note: ", " ", "1. ", "# ", "    ", "¹", "†", "<https://x.org>", "\r\n",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_every_span_of_any_mixture_is_in_the_text(source: str) -> None:
    structure = _read(source)
    size = len(structure.text)
    for block in structure.blocks:
        spans = [block.span, *block.sentences, *block.under, *(c.span for c in block.cells)]
        spans += [mark.note for mark in block.marks]
        assert all(0 <= span.start <= span.end <= size for span in spans)
        assert all(0 <= mark.at <= size for mark in block.marks)
        assert _said(structure, block).strip()
    assert structure.text.count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "~~a ",
        "[",
        "<!--",
        "[^a]",
        "x* ",
        "^1^ ",
        "\\",
        "&amp;",
        "![",
        "` `` ",
        "~~a~~ ",
        "a<br>",
        "](a (b ",
        "[a](b 'c ",
        "[a](<b ",
        "[](((",
        "[![a](b) ",
        "**Note**\n",
        "**a *b ",
        "_a ",
        "**a",
    ],
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    source = piece * (300_000 // len(piece)) + "\n\n\\* star\n"
    started = time.process_time()
    _read(source)
    assert time.process_time() - started < 40


@pytest.mark.parametrize(
    ("opens", "closes"), [("[", "](x 'y')"), ("![", "](x)"), ("![a [b](c) ", "](d)"), ("[", "]")]
)
def test_nested_links_take_linear_time(opens: str, closes: str) -> None:
    started = time.process_time()
    _read(opens * 30_000 + closes * 30_000)
    assert time.process_time() - started < 40


def _note_title(structure: Structure, block: Block) -> str:
    return block.note_title.of(structure.text) if block.note_title else ""


@pytest.mark.parametrize(
    ("text", "kinds", "said", "titles"),
    [
        ("**Note**  \nKept in Oslo.", ["note"], ["Kept in Oslo."], ["Note"]),
        ("**Important:**\n\nA.\n\nB.", ["note", "paragraph"], ["A.", "B."], ["Important", ""]),
        ("Warning:\n\n**Tip**:\n\nA.", ["paragraph", "note"], ["Warning", "A."], ["", "Tip"]),
        ("> **Note**\n> Kept.", ["note"], ["Kept."], ["Note"]),
        ("Note: Kept.", ["note"], ["Note: Kept."], [""]),
        ("**Caution** – Kept.", ["note"], ["**Caution** – Kept."], [""]),
        ("Note that it is kept.", ["paragraph"], ["Note that it is kept."], [""]),
        ("**Noted:** Kept.", ["paragraph"], ["**Noted:** Kept."], [""]),
        ("**Note**\n\n- a", ["paragraph", "item"], ["Note", "a"], ["", ""]),
        ("**Note**", ["paragraph"], ["Note"], [""]),
    ],
)  # fmt: skip
def test_a_word_announces_a_note(
    text: str, kinds: list[str], said: list[str], titles: list[str]
) -> None:
    structure = _read(text)
    assert [block.kind.value for block in structure.blocks] == kinds
    assert [_said(structure, block) for block in structure.blocks] == said
    assert [_note_title(structure, block) for block in structure.blocks] == titles


def test_an_item_may_hold_a_note() -> None:
    text = (
        "1. Do.\n\n   **Note**\n\n   Kept.\n\n2. Go.\n\n   And on.\n\n   ::: note Mind\n\n"
        "   Stays.\n\n   - here\n\n   :::\n\n- Note: first\n"
    )
    structure = _read(text)
    assert [
        (block.kind.value, _said(structure, block), _note_title(structure, block))
        for block in structure.blocks
    ] == [
        ("step", "Do.", ""), ("note", "Kept.", "Note"), ("step", "Go.", ""),
        ("step", "And on.", ""), ("note", "Stays.", "Mind"), ("item", "here", "Mind"),
        ("item", "Note: first", ""),
    ]  # fmt: skip


def test_the_label_of_an_empty_container_is_text() -> None:
    text = "::: tab Oslo\n\n:::\n\n::: tab Turku\n\nKept.\n\n:::\n\n::: note Vaasa\n"
    structure = _read(text)
    assert [_said(structure, block) for block in structure.blocks] == ["Oslo", "Kept.", "Vaasa"]
    assert [len(block.under) for block in structure.blocks] == [0, 1, 0]
