"""Workbooks and delimited text: each row is a row block with the titles of its columns."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import DocumentError
from corpus.formats import Extracted, extract
from corpus.formats.sheet import sheet_tables
from corpus.formats.sheet.delimited import from_csv
from corpus.formats.sheet.number_format import shown
from corpus.formats.sheet.workbook import from_xlsx
from corpus.formats.types import LeftOut, Unusable
from corpus.parse import parse
from corpus.types import BlockKind


def _rows(extracted: Extracted) -> list[list[tuple[str, str]]]:
    blocks = parse(extracted.text, markdown=extracted.markdown).blocks
    return [
        [(cell.header, cell.span.of(extracted.text)) for cell in block.cells]
        for block in blocks
        if block.kind is BlockKind.ROW
    ]


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book(build: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Regions"
    build(sheet)
    return _saved(book)


def _sheet(*rows: tuple[object, ...]) -> bytes:
    def build(sheet: Worksheet) -> None:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)

    return _book(build)


# Delimited text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_row_has_the_titles_of_its_columns(delimiter: str, encoding: str) -> None:
    written = "Anbieter;Zweck;Ort\r\nMüller;Logs;Köln\r\nAcme;Mail, Chat;Oslo\r\n"
    content = written.replace(", ", " and ").replace(";", delimiter).encode(encoding)
    assert _rows(extract("a.csv", content)) == [
        [("Anbieter", "Müller"), ("Zweck", "Logs"), ("Ort", "Köln")],
        [("Anbieter", "Acme"), ("Zweck", "Mail and Chat"), ("Ort", "Oslo")],
    ]


def test_quoted_cells_keep_delimiters_lines_and_marks() -> None:
    content = b'Name,Where\n"Acme, Inc.","Oslo\nLund"\nBolt,*a* | ~~b~~ [^c] ^1^ <i>\n'
    assert extract("a.csv", content).text == (
        "| Name | Where |\n| --- | --- |\n| Acme, Inc. | Oslo<br>Lund |\n"
        "| Bolt | \\*a\\* \\| \\~\\~b\\~\\~ \\[\\^c\\] \\^1\\^ \\<i> |\n"
    )


def test_what_stands_above_and_below_a_table_is_prose() -> None:
    content = (
        b"# Exported by a tool, daily\nSub-processors of Marlowe\nLast updated,2026-01-02\n\n"
        b"Name,Purpose,Country\nAcme,Hosting,Norway\n\nCoda,Logs,Finland\n\n"
        b"All of them are bound by contract.\n"
    )
    extracted = extract("a.csv", content)
    assert extracted.text.startswith(
        "Exported by a tool, daily\n\nSub-processors of Marlowe\n\nLast updated: 2026-01-02\n\n| Na"
    )
    assert extracted.text.endswith(" |\n\nAll of them are bound by contract.\n")
    assert [row[0] for row in _rows(extracted)] == [("Name", "Acme"), ("Name", "Coda")]


def test_a_row_of_one_cell_heads_those_below_it() -> None:
    text = extract(
        "a.csv", b"Region,City,Zones\nEurope,,\neu-1,Oslo,3\nAsia,,\nas-1,Osaka,2\n"
    ).text
    assert "| **Europe** |  |  |\n| eu-1 | Oslo | 3 |\n| **Asia** |  |  |\n" in text


def test_tables_of_one_file_have_titles_of_their_own() -> None:
    content = b"Region,Zones\nOslo,3\nLund,2\n\nVendor,Share\nAcme,50%\nBolt,20%\n"
    assert [[name for name, _ in row] for row in _rows(extract("a.csv", content))] == [
        ["Region", "Zones"], ["Region", "Zones"], ["Vendor", "Share"], ["Vendor", "Share"],
    ]  # fmt: skip


def test_a_table_without_titles_loses_no_row() -> None:
    rows = _rows(extract("a.tsv", b"1\t2\t3\n4\t5\t6\n"))
    assert [[said for _, said in row] for row in rows] == [["1", "2", "3"], ["4", "5", "6"]]


def test_a_stray_quotation_mark_hides_no_rows() -> None:
    lines = ["Name,Size", *(f"n{number},{number}" for number in range(200))]
    lines[3] = '"n2,2'
    rows = _rows(extract("a.csv", "\n".join(lines).encode()))
    assert len(rows) == 200
    assert rows[-1] == [("Name", "n199"), ("Size", "199")]


def test_large_tables_are_refused_with_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.formats.sheet.delimited.MOST_ROWS", 3)
    from_csv(b"A,B\n1,2\n3,4\n")
    with pytest.raises(Unusable, match="more than 3 rows"):
        from_csv(b"A,B\n1,2\n3,4\n5,6\n")
    with pytest.raises(Unusable, match="more than 100 columns"):
        from_csv(b"a," * 101)
    assert (sheet_tables.MOST_ROWS, sheet_tables.MOST_COLUMNS) == (50_000, 100)


def test_fifty_thousand_rows_are_written_in_seconds() -> None:
    started = time.process_time()
    text = from_csv(b"Name,City\n" + b"Acme,Oslo\n" * 49_999).text
    assert text.count("| Acme | Oslo |") == 49_999
    assert time.process_time() - started < 60


# Workbooks


def test_a_large_workbook_is_read_in_seconds() -> None:
    content = _sheet(("Name", "City"), *(("Acme", "Oslo"),) * 4_000)
    started = time.process_time()
    assert from_xlsx(content).text.count("| Acme | Oslo |") == 4_000
    assert time.process_time() - started < 40


def test_a_title_over_every_column_makes_no_wide_table() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"] = "Regions of Marlowe"
        sheet.merge_cells("A1:ZZ1")
        for row in (("Region", "City"), ("eu-1", "Oslo")):
            sheet.append(row)

    text = extract("a.xlsx", _book(build)).text
    assert "Regions of Marlowe\n\n| Region | City |\n" in text


def test_a_workbook_has_a_section_for_each_sheet_that_is_shown() -> None:
    book = Workbook()
    book.properties.title = "Regions of Marlowe"
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "EU regions"
    first.append(["Region", "City"])
    first.append(["eu-1", "Oslo"])
    hidden = book.create_sheet("Drafts")
    hidden.append(["Region", "City"])
    hidden.sheet_state = "hidden"
    last = book.create_sheet("Asia")
    last.append(["Data stays in Osaka."])
    extracted = extract("a.xlsx", _saved(book))
    assert extracted.text == (
        "## EU regions\n\n| Region | City |\n| --- | --- |\n| eu-1 | Oslo |\n\n"
        "## Asia\n\nData stays in Osaka.\n"
    )
    assert extracted.title == "Regions of Marlowe"
    assert extracted.left_out == (LeftOut("hidden sheet", 1, ("Drafts",)),)


def test_joined_cells_are_filled_and_two_lines_of_titles_become_one() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["B2"] = "Where Marlowe keeps data"
        sheet.merge_cells("B2:E2")
        rows = (
            ("Vendor", "Place", None, "Since"), (None, "Country", "City", None),
            ("Acme", "Norway", "Oslo", date(2025, 3, 4)), (None, "Sweden", "Lund", None),
            ("Europe", None, None, None), ("Bolt", "Spain", None, datetime(2025, 3, 4, 10, 5)),
        )  # fmt: skip
        for number, row in enumerate(rows, 4):
            for column, value in enumerate(row, 2):
                sheet.cell(number, column, value)
        for joined in ("B4:B5", "C4:D4", "E4:E5", "B6:B7", "E6:E7", "B8:E8", "C9:D9"):
            sheet.merge_cells(joined)

    text = extract("a.xlsx", _book(build)).text
    assert text == (
        "## Regions\n\nWhere Marlowe keeps data\n\n"
        "| Vendor | Place Country | Place City | Since |\n| --- | --- | --- | --- |\n"
        "| Acme | Norway | Oslo | 2025-03-04 |\n|  | Sweden | Lund | 2025-03-04 |\n"
        "| **Europe** |  |  |  |\n| Bolt | Spain | Spain | 2025-03-04 10:05 |\n"
    )


def test_hidden_rows_and_columns_are_left_out_and_counted() -> None:
    def build(sheet: Worksheet) -> None:
        for row in (("Region", "Owner", "City"), ("eu-1", "Ann", "Oslo"), ("eu-2", "Bob", "Lund")):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    extracted = extract("a.xlsx", _book(build))
    assert _rows(extracted) == [[("Region", "eu-1"), ("City", "Oslo")]]
    assert extracted.left_out == (
        LeftOut("hidden row", 1, ("eu-2 Bob Lund",)),
        LeftOut("hidden column", 1, ("Owner",)),
    )


def test_strikes_and_comments_of_cells_are_told() -> None:
    def build(sheet: Worksheet) -> None:
        for row in (("Region", "City"), ("eu-1", "Oslo"), ("eu-2", "Lund"), ("eu-3", None)):
            sheet.append(row)
        sheet["B2"].font = Font(strike=True)
        sheet["B3"].comment = Comment("From May on,\nfor *new* tenants.", "Ann")
        sheet["B4"] = CellRichText("Vigo ", TextBlock(InlineFont(strike=True), "Faro"))

    assert extract("a.xlsx", _book(build)).text == (
        "## Regions\n\n| Region | City |\n| --- | --- |\n| eu-1 | ~~Oslo~~ |\n| eu-2 | Lund[^1] |\n"
        "| eu-3 | Vigo ~~Faro~~ |\n\n[^1]: From May on, for \\*new\\* tenants.\n"
    )


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.5, "0%", "50%"), (0.9995, "0.00%", "99.95%"), (1234.5, "#,##0.00", "1,234.50"),
        (30, "General", "30"), (30.0, "General", "30"), (0.1 + 0.2, "General", "0.3"),
        (7, "000", "007"), (7, '0" days"', "7 days"), (-5, "0.0", "-5.0"),
        (-5, "0.0;(0.0)", "(5.0)"), (12, "[$€-407] #,##0", "€ 12"), (1.25, "0.0##", "1.25"),
        (date(2026, 1, 2), "d/m/yy", "2026-01-02"), (True, "General", "TRUE"), ("#N/A", "", ""),
        ("✓", "@", "✓"), (None, "", ""), (1, '"Yes";;"No"', "Yes"), (0, '"Yes";;"No"', "No"),
        (-1, '"Yes";;"No"', ""), (90, '[>30]"long";"short"', "long"),
        (9, '[>30]"long";"short"', "short"), (9, '[<5]0" low";[<10]0" mid";0" high"', "9 mid"),
        (5, '"30 of "0', "30 of 5"),
        (6, 'General" months"', "6 months"), (-6, 'General" months"', "-6 months"),
        (-3, '0;"minus "0', "minus 3"), (0, '0;-0;"none; at all"', "none; at all"),
        ("Oslo", '"in "@', "in Oslo"), ("Oslo", '0;-0;0;@" only"', "Oslo only"),
        (30, '"@ most "0" days"', "@ most 30 days"), (5, "@", "5"),
    ],
)  # fmt: skip
def test_values_are_what_the_sheet_shows(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


def test_pictures_of_a_workbook_are_counted() -> None:
    content = io.BytesIO(_sheet(("Data stays in Oslo.",)))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/media/image1.png", b"x")
    assert extract("a.xlsx", content.getvalue()).left_out == (LeftOut("image", 1),)


def test_files_that_are_no_workbook() -> None:
    def refused(content: bytes) -> str:
        with pytest.raises(DocumentError) as caught:
            extract("a.xlsx", content)
        return str(caught.value)

    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    whole = _sheet(("A", "B"), (1, 2))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(100 * 2**20))
    assert "old format of Excel" in refused(ole + bytes(512))
    locked = ole + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert "is protected with a password" in refused(locked)
    assert "is no workbook" in refused(b"plain words")
    assert "is no workbook" in refused(whole[: len(whole) // 2])
    assert "has no text" in refused(_sheet())
    assert "grows from 0.1 to 100.0 MB" in refused(out.getvalue())
    assert "more than 100 columns" in refused(_sheet(tuple(range(101))))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_mutated_workbook_is_read_or_refused(part: str) -> None:
    whole = _sheet(("Name", "Since"), ("Acme", date(2025, 3, 4)), ("Bolt", 0.5))
    chance = random.Random(7)
    outcomes = set()
    for _ in range(60):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as written:
            for name in source.namelist():
                body = source.read(name)
                written.writestr(name, _mutated(body, chance) if name == part else body)
        try:
            outcomes.add(from_xlsx(out.getvalue()).markdown)
        except Unusable:
            outcomes.add(False)
    assert False in outcomes


def _mutated(body: bytes, chance: random.Random) -> bytes:
    places = [found.span() for found in re.finditer(rb'"[^"]*"|>[^<]+<|<[^>]+>', body)]
    start, end = chance.choice(places)
    put = chance.choice([b"", b'"-1"', b'"99999999999"', b">x<", b"<a>", b'"A0:XFD9999999"'])
    return body[:start] + put + body[end:]
