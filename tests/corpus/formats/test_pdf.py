"""Printed pages: marks, columns, aligned tables, forms, struck words, and what is not read."""

from __future__ import annotations

import random
import struct
import zlib
from contextlib import suppress

import pytest
from fpdf import FPDF

from corpus.formats import extract
from corpus.formats.pdf.from_pdf import from_pdf
from corpus.formats.types import LeftOut, Unusable
from corpus.parse import parse
from corpus.types import BlockKind

LEFT = ("Answers are kept in Tromsø,", "Norway, for ten days after", "the survey has closed.")
RIGHT = ("Addresses are processed in", "Ostrava, Czechia, and are", "never kept in France.")
ROWS = (("Survey", "Host", "Copies"), ("Staff", "Tromsø", "Brest"), ("Market", "Nantes", "Metz"),
        ("Health", "Ostrava", "Brno"))  # fmt: skip


def _pdf(size: float = 11) -> FPDF:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("helvetica", size=size)
    return pdf


def _text(pdf: FPDF) -> str:
    return extract("a.pdf", bytes(pdf.output())).text


def _with_mark(pdf: FPDF, x: float, y: float, before: str, mark: str, after: str) -> None:
    """Write a line in which a mark is raised."""
    for said, size, rise in ((before, 11, 0.0), (mark, 7, 1.5), (after, 11, 0.0)):
        pdf.set_font_size(size)
        pdf.text(x, y - rise, said)
        x += pdf.get_string_width(said)


def _aligned(pdf: FPDF, y: float, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
    for number, row in enumerate(rows):
        pdf.set_font(style="" if number else "B")
        for x, text in zip((20, 65, 115), row, strict=True):
            pdf.text(x, y + 7 * number, text)


def _png(side: int = 8) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    rows = zlib.compress((b"\0" + b"\xff\0\0" * side) * side)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


def _written(stream: bytes, *annotations: bytes) -> bytes:
    """Return a PDF of one page by hand; readers rebuild the table of its objects."""
    numbers = [5 + number for number in range(len(annotations))]
    references = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%b]>>>>" % references,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Annots[%b]/Resources"
        b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % references,
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        *annotations,
    )
    bodies = (b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(bodies) + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


# Marks


def test_a_raised_figure_is_a_mark_and_no_part_of_a_number() -> None:
    pdf = _pdf()
    _with_mark(pdf, 20, 30, "Answers are kept for 30", "1", " days after the survey.")
    _with_mark(pdf, 20, 50, "The 1", "st", " copy takes 20 square metres.")
    pdf.set_font_size(7)
    pdf.text(20, 68.5, "1")
    pdf.set_font_size(9)
    pdf.text(22, 70, "60 days for health surveys.")
    assert _text(pdf) == (
        "Answers are kept for 30^1^ days after the survey.\n\n"
        "The 1st copy takes 20 square metres.\n\n^1^ 60 days for health surveys.\n"
    )


def test_several_marks_and_marks_in_cells() -> None:
    pdf = _pdf()
    _with_mark(pdf, 20, 30, "Mail is kept in Oslo", "1, 2", ".")
    assert _text(pdf) == "Mail is kept in Oslo^1^^2^.\n"
    ruled = FPDF()
    ruled.add_page()
    ruled.set_font("times", size=11)
    with ruled.table(markdown=False) as table:
        table.row(("Data", "Days"))
        table.row(("Mail", "30"))
    x, y = ruled.l_margin + 1 + ruled.get_string_width("Mail") + 0.3, ruled.get_y() - 3.4
    ruled.set_font_size(6)
    ruled.text(x, y, "2")
    assert "| Mail^2^ | 30 |" in _text(ruled)


def test_characters_of_mark_up_are_read_as_they_are() -> None:
    pdf = _pdf()
    pdf.text(20, 30, "Use *all* of [this](x) and <b> or a_b and 2 * 3 and ~~c~~.")
    assert _text(pdf) == (
        "Use \\*all\\* of \\[this\\](x) and \\<b> or a_b and 2 \\* 3 and \\~\\~c\\~\\~.\n"
    )


@pytest.mark.parametrize("said", ["[12]: the first site", "<tenant> is kept", "```", "> ten days"])
def test_a_paragraph_that_begins_with_mark_up_has_no_escape_to_read(said: str) -> None:
    pdf = _pdf()
    pdf.text(20, 30, f"{said} is in Lund.")
    assert parse(_text(pdf), markdown=True).text == f"{said} is in Lund.\n"


def test_a_box_that_is_typed_is_ticked_as_one_that_is_drawn() -> None:
    pdf = _pdf()
    pdf.text(20, 30, "[x] Kept in Oslo")
    pdf.text(20, 36, "[ ] Kept in Lund")
    structure = parse(_text(pdf), markdown=True)
    assert [(block.kind, block.checked) for block in structure.blocks] == [
        (BlockKind.ITEM, True), (BlockKind.ITEM, False),
    ]  # fmt: skip


# Columns and tables


def test_columns_that_are_written_across_are_read_one_after_the_other() -> None:
    pdf = _pdf()
    for number, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        pdf.text(20, 40 + 6 * number, one)
        pdf.text(115, 40 + 6 * number, other)
    assert _text(pdf) == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}\n"


def test_a_heading_stands_over_both_columns() -> None:
    pdf = _pdf()
    pdf.set_font(style="B", size=16)
    pdf.text(20, 30, "Where the survey of Marlowe keeps what it is told")
    pdf.set_font(style="", size=11)
    for number, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        pdf.text(20, 40 + 6 * number, one)
        pdf.text(115, 40 + 6 * number, other)
    heading, left, right = _text(pdf).strip().split("\n\n")
    assert heading == "# Where the survey of Marlowe keeps what it is told"
    assert (left, right) == (" ".join(LEFT), " ".join(RIGHT))


def test_aligned_cells_below_titles_are_a_table() -> None:
    pdf = _pdf()
    pdf.text(20, 20, "Each survey has a host.")
    _aligned(pdf, 40)
    pdf.text(20, 90, "What follows is prose.")
    extracted = extract("a.pdf", bytes(pdf.output()))
    assert extracted.text == (
        "Each survey has a host.\n\n| Survey | Host | Copies |\n| --- | --- | --- |\n"
        "| Staff | Tromsø | Brest |\n| Market | Nantes | Metz |\n| Health | Ostrava | Brno |\n\n"
        "What follows is prose.\n"
    )
    rows = [block for block in parse(extracted.text, markdown=True).blocks if block.cells]
    assert [row.kind for row in rows] == [BlockKind.ROW] * 3
    assert [cell.header for cell in rows[0].cells] == list(ROWS[0])


def test_a_cell_of_an_aligned_table_may_go_on_below() -> None:
    pdf = _pdf()
    _aligned(pdf, 40, (*ROWS[:3], ("Health", "Ostrava", "Brno and two")))
    pdf.text(115, 65.5, "further cities")
    assert _text(pdf).endswith("| Health | Ostrava | Brno and two further cities |\n")


def test_a_table_goes_on_over_pages_without_its_titles() -> None:
    pdf = _pdf()
    _aligned(pdf, 150)
    pdf.add_page()
    _aligned(pdf, 60, (ROWS[0], ("Panel", "Vigo", "Faro"), ("Diary", "Lund", "Turku")))
    extracted = extract("a.pdf", bytes(pdf.output()))
    assert extracted.text.count("Survey") == 1
    assert "| Health | Ostrava | Brno |\n| Panel | Vigo | Faro |\n" in extracted.text
    assert extracted.pages == (0, extracted.text.index("\n| Panel"))


def test_rows_without_titles_stay_lines() -> None:
    pdf = _pdf()
    for number, row in enumerate((("-a", "all of it"), ("-b", "a part"), ("-c", "nothing"))):
        pdf.text(20, 40 + 7 * number, row[0])
        pdf.text(60, 40 + 7 * number, row[1])
    assert "|" not in _text(pdf)


# Divided words


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Our internationaliza-", "tion team is in Oslo."), "Our internationalization team"),
        (("It is a pseudo-", "anonymous copy in Oslo."), "a pseudo-anonymous copy"),
        (("The sub-processor and every sub-", "processor is in Oslo."), "every sub-processor is"),
        (("The subprocessor and every sub-", "processor is in Oslo."), "every subprocessor is"),
        (("A cloud of data is real, data is a cloud-", "data thing."), "a cloud-data thing"),
        (("It is kept in Tromsø-", "Oslo or not."), "in Tromsø-Oslo or"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(lines: tuple[str, str], expected: str) -> None:
    pdf = _pdf()
    for number, line in enumerate(lines):
        pdf.text(20, 40 + 5 * number, line)
    assert expected in _text(pdf)


# Lists, boxes and strokes


def test_bullets_that_are_drawn_apart_lead_their_items() -> None:
    pdf = _pdf()
    for number, (indent, text) in enumerate(((0, "Mail"), (8, "Its logs"), (0, "Chat"))):
        pdf.text(26 + indent, 40 + 6 * number, text)
        pdf.ellipse(22 + indent, 37.9 + 6 * number, 1.4, 1.4, style="F")
    assert _text(pdf) == "- Mail\n  - Its logs\n- Chat\n"


def test_numbers_that_are_drawn_after_all_text_lead_their_steps() -> None:
    pdf = _pdf()
    steps = ("Sign in to the portal.", "Choose the region Oslo.")
    for number, text in enumerate(steps):
        pdf.text(26, 40 + 7 * number, text)
    for number in range(len(steps)):
        pdf.text(20, 40 + 7 * number, f"{number + 1}.")
    structure = parse(_text(pdf), markdown=True)
    assert [(b.kind, b.ordinal, b.span.of(structure.text)) for b in structure.blocks] == [
        (BlockKind.STEP, 1, steps[0]), (BlockKind.STEP, 2, steps[1]),
    ]  # fmt: skip


def test_a_stroke_through_words_is_told_and_one_below_is_not() -> None:
    pdf = _pdf()
    pdf.text(20, 40, "Data is kept for ten twelve days.")
    start = 20 + pdf.get_string_width("Data is kept for ")
    end = start + pdf.get_string_width("ten")
    pdf.line(start, 38.8, end, 38.8)
    pdf.line(20, 40.6, 60, 40.6)
    assert _text(pdf) == "Data is kept for ~~ten~~ twelve days.\n"


def test_words_that_an_annotation_strikes_are_told() -> None:
    strike = (
        b"<</Type/Annot/Subtype/StrikeOut/Rect[50 695 84 712]"
        b"/QuadPoints[50 712 84 712 50 695 84 695]>>"
    )
    stream = b"BT /F1 12 Tf 50 700 Td (Never is kept.) Tj ET"
    assert from_pdf(_written(stream, strike)).text == "~~Never~~ is kept.\n"


def test_what_is_filled_into_a_form_is_read() -> None:
    def field(kind: bytes, name: bytes, rect: bytes, value: bytes) -> bytes:
        return b"<</Type/Annot/Subtype/Widget/FT/%b/T(%b)/Rect[%b]%b>>" % (kind, name, rect, value)

    looks = b"/AP<</N<</On<<>>/Off<<>>>>>>"
    stream = (
        b"BT /F1 12 Tf 50 700 Td (Customer:) Tj 20 -40 Td (European Union) Tj "
        b"0 -20 Td (United States) Tj ET"
    )
    extracted = from_pdf(
        _written(
            stream,
            field(b"Tx", b"a", b"120 696 300 712", b"/V(Marlowe)"),
            field(b"Btn", b"b", b"50 658 62 670", b"/V/On/AS/On" + looks),
            field(b"Btn", b"c", b"50 638 62 650", b"/V/Off/AS/Off" + looks),
        )
    )
    assert extracted.text == "Customer: Marlowe\n\n- [x] European Union\n- [ ] United States\n"


# What is not read


def test_pages_without_text_and_pictures_are_counted() -> None:
    pdf = _pdf()
    pdf.text(20, 40, "The first page says Oslo.")
    pdf.image(_png(), 20, 60, 40, 40)
    pdf.add_page()
    pdf.image(_png(), 0, 0, 200, 280)
    pdf.add_page()
    assert extract("a.pdf", bytes(pdf.output())).left_out == (
        LeftOut("image", 1, ("page 1",)),
        LeftOut("page without text", 1, ("page 2",)),
    )


def test_a_watermark_is_no_text_of_the_page() -> None:
    pdf = _pdf()
    pdf.text(20, 40, "Data is kept in Oslo.")
    pdf.set_font_size(60)
    with pdf.rotation(45, 100, 150):
        pdf.text(60, 150, "DRAFT")
    extracted = extract("a.pdf", bytes(pdf.output()))
    assert extracted.text == "Data is kept in Oslo.\n"
    assert extracted.left_out == (LeftOut("watermark", 1, ("DRAFT",)),)


def test_remarks_on_a_page_are_counted() -> None:
    remark = b"<</Type/Annot/Subtype/Text/Rect[50 600 60 610]/Contents(Ask Ann.)>>"
    stream = b"BT /F1 12 Tf 50 700 Td (Data is kept in Oslo.) Tj ET"
    assert from_pdf(_written(stream, remark)).left_out == (LeftOut("comment", 1, ("Ask Ann.",)),)


def test_a_mutated_pdf_is_read_or_refused() -> None:
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    _with_mark(pdf, 20, 30, "Answers are kept for 30", "1", " days.")
    _aligned(pdf, 40)
    whole, chance = bytes(pdf.output()), random.Random(5)
    read = 0
    for _ in range(100):
        at = chance.randrange(len(whole))
        put = chance.choice([b"", b"\x00", b"-1 ", b"9999999999 ", b"<<", b"]", b" Tj ", b"nan "])
        with suppress(Unusable):
            read += bool(from_pdf(whole[:at] + put + whole[at + chance.randrange(9) :]).text)
    assert read > 30
