"""What a reader of a Word document sees, and what it holds besides."""

from __future__ import annotations

import pytest

from corpus.formats.office.from_word import from_docx
from corpus.formats.types import Unusable
from corpus.parse import parse
from tests.corpus.formats.office_files import (
    archive,
    cell,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    table,
    word,
)

LEGAL = (("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "(%3)"), ("lowerRoman", "%4."))
BULLETS = (("bullet", "•"), ("bullet", "o"))
PLAIN = (("decimal", "%1."), ("lowerLetter", "%2)"))
STRUCK = "<w:strike/>"
RAISED = '<w:vertAlign w:val="superscript"/>'
BOLD = "<w:b/>"


def _text(body: str, **parts: str) -> str:
    return from_docx(word(body, parts=parts)).text.removesuffix("\n")


def _left_out(body: str, **parts: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = from_docx(word(body, parts=parts)).left_out
    return {one.what: (one.count, one.examples) for one in found}


def _styles(*styles: tuple[str, str, str]) -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{inner}</w:style>'
        for name, shown, inner in styles
    )


@pytest.mark.parametrize(
    ("name", "shown", "inner", "expected"),
    [
        ("A1", "heading 2", "", "## Where data is"),
        ("berschrift1", "Überschrift 1", "", "# Where data is"),
        ("Titre", "Titre 3", "", "### Where data is"),
        ("X", "Part", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>', "#### Where data is"),
        ("X", "Part", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "Where data is"),
        ("X", "Part", '<w:basedOn w:val="Base"/>', "## Where data is"),
        ("T", "Title", "", "# Where data is"),
        ("T", "Subtitle", "", "Where data is"),
        ("Q", "Quote", "", "> Where data is"),
        ("TOC1", "toc 1", "", ""),
        ("Loop", "Part", '<w:basedOn w:val="Loop"/>', "Where data is"),
    ],
)
def test_headings_by_style_and_outline(name: str, shown: str, inner: str, expected: str) -> None:
    styles = _styles((name, shown, inner), ("Base", "heading 2", ""))
    assert _text(paragraph("Where data is", style=name), styles=styles) == expected


def test_a_clause_in_the_style_of_a_heading_is_text() -> None:
    clause = (
        "The supplier stores the records of the customer in Oslo and in no other city of Norway."
    )
    styles = _styles(("H", "heading 2", ""))
    assert _text(paragraph(clause, style="H"), styles=styles) == clause


def test_numbers_of_headings_and_clauses_are_what_a_reader_sees() -> None:
    styles = _styles(("H", "heading 1", ""))
    body = (
        numbered("Storage", 0, style="H")
        + numbered("Ledgers are stored in Oslo.", 1)
        + numbered("They may leave where", 1)
        + numbered("a court asks; or", 2)
        + numbered("one of these holds:", 2)
        + numbered("the site is down;", 3)
        + numbered("the customer agrees.", 2)
        + numbered("Exit", 0, style="H")
        + numbered("Ledgers are erased.", 1)
    )
    assert _text(body, styles=styles, numbering=numbering(LEGAL)) == (
        "# 1. Storage\n\n1.1 Ledgers are stored in Oslo.\n\n"
        "- 1.2 They may leave where\n  - (a) a court asks; or\n  - (b) one of these holds:\n"
        "    - i. the site is down;\n  - (c) the customer agrees.\n\n"
        "# 2. Exit\n\n2.1 Ledgers are erased."
    )


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("upperRoman", "Article %1", ["Article I", "Article II", "Article III"]),
        ("upperLetter", "Annex %1:", ["Annex A:", "Annex B:", "Annex C:"]),
        ("decimalZero", "§ %1", ["§ 01", "§ 02", "§ 03"]),
        ("ordinal", "%1 rule", ["1st rule", "2nd rule", "3rd rule"]),
    ],
)
def test_numbers_in_words_and_letters(style: str, text: str, expected: list[str]) -> None:
    styles = _styles(("H", "heading 1", ""))
    body = "".join(numbered("Storage", style="H") for _ in range(3))
    said = _text(body, styles=styles, numbering=numbering(((style, text),)))
    assert said.split("\n\n") == [f"# {label} Storage" for label in expected]


def test_lists_that_begin_anew_and_those_that_go_on() -> None:
    lists = numbering(PLAIN, BULLETS) + (
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = (
        numbered("Open it.")
        + numbered("Sign it:")
        + numbered("on paper", 1)
        + numbered("by key", 1)
        + numbered("Oslo", 0, 2)
        + numbered("Bergen", 1, 2)
        + paragraph("Then:")
        + numbered("Send it.")
        + paragraph("Or else:")
        + numbered("Keep it.", 0, 7)
    )
    assert _text(body, numbering=lists) == (
        "1. Open it.\n2. Sign it:\n   - a) on paper\n   - b) by key\n\n"
        "- Oslo\n  - Bergen\n\nThen:\n\n3. Send it.\n\nOr else:\n\n1. Keep it."
    )


def test_a_paragraph_below_an_item_goes_on_with_it() -> None:
    below = paragraph("It is encrypted.", properties='<w:ind w:left="360"/>')
    body = numbered("Oslo") + below + numbered("Bergen") + paragraph("That is all.")
    assert _text(body, numbering=numbering(BULLETS)) == (
        "- Oslo\n\n  It is encrypted.\n- Bergen\n\nThat is all."
    )


def test_bold_numbered_lines_of_a_contract_are_its_titles() -> None:
    body = (
        numbered(run("DATA LOCATION", BOLD))
        + numbered("Ledgers are stored in Oslo.", 1)
        + numbered(run("Ledgers are never stored in Graz.", BOLD))
    )
    assert _text(body, numbering=numbering(LEGAL)) == (
        "## 1. DATA LOCATION\n\n1.1 Ledgers are stored in Oslo.\n\n"
        "2. **Ledgers are never stored in Graz.**"
    )


def _control(checked: str, sign: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"
    )


def _legacy(state: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r>"
        '<w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (_control("1", "þ") + run(" Copies stay in Oslo"), "- [x] Copies stay in Oslo"),
        (_control("false", "☐") + run(" Copies stay in Oslo"), "- [ ] Copies stay in Oslo"),
        (run("Sent: ") + _control("0", "☐") + run(" yes ") + _control("1", "☒") + run(" no"),
         "Sent: ☐ yes ☒ no"),
        (run("☐ yes ☑ no"), "☐ yes ☒ no"),
        (_legacy('<w:default w:val="0"/><w:checked/>') + run(" Oslo"), "- [x] Oslo"),
        (_legacy('<w:default w:val="1"/>') + run(" Oslo"), "- [x] Oslo"),
        (_legacy('<w:default w:val="0"/>') + run(" Oslo"), "- [ ] Oslo"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" Oslo"), "- [x] Oslo"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>' + run(" Oslo"), "- [ ] Oslo"),
        (run("o", '<w:rFonts w:ascii="Wingdings"/>') + run(" Oslo"), "- [ ] Oslo"),
    ],
)  # fmt: skip
def test_boxes(inner: str, expected: str) -> None:
    assert _text(paragraph(inner)) == expected


def test_boxes_in_cells_and_as_bullets() -> None:
    body = table(row("Copies", "Kept"), row(_control("1", "☒"), "☐ no"))
    assert _text(body).splitlines()[2] == "| ☒ | ☐ no |"
    lists = numbering((("bullet", "☐"),), (("bullet", "✗"),), (("bullet", "☒"),))
    assert _text(numbered("Oslo"), numbering=lists) == "- Oslo"
    both = numbered("Oslo") + numbered("Bergen", 0, 3)
    assert _text(both, numbering=lists) == "- [ ] Oslo\n- [x] Bergen"
    assert _text(numbered("Oslo", 0, 2), numbering=lists) == "- ✗ Oslo"


def _field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("In ") + _field("DOCPROPERTY City", run("Oslo")) + run("."), "In Oslo."),
        (run("Page ") + _field(" PAGE ", run("7")), "Page"),
        (_field("TOC \\o", run("Storage 3")), ""),
        (_field('HYPERLINK "https://a.example/x"', run("sites")), "[sites](https://a.example/x)"),
        (_field('HYPERLINK "x"', _field("PAGE", run("3")) + run("Oslo")), "Oslo"),
        ('<w:hyperlink r:id="r1"><w:r><w:t>Oslo</w:t></w:r></w:hyperlink>',
         "[Oslo](https://a.example)"),
        ('<w:hyperlink r:id="r2"><w:r><w:t>Oslo</w:t></w:r></w:hyperlink>', "Oslo"),
        ('<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Oslo</w:t></w:r></w:fldSimple>', "Oslo"),
        ('<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>', ""),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("Never closed."), "Never closed."),
        (run("Oslo.") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" More."),
         "Oslo. More."),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
         '<w:listEntry w:val="Oslo"/><w:listEntry w:val="Bergen"/></w:ddList></w:ffData>'
         '</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Bergen"),
        ("<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + run("Bergen")
         + "</w:sdtContent></w:sdt>", "Bergen"),
    ],
)  # fmt: skip
def test_fields_are_what_stands_in_their_place(inner: str, expected: str) -> None:
    links = {"r1": "https://a.example", "r2": "javascript:x"}
    found = from_docx(word(paragraph(inner) + paragraph("End."), links=links)).text
    assert found == (f"{expected}\n\nEnd.\n" if expected else "End.\n")


def test_a_table_of_contents_over_paragraphs_is_left_out() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        paragraph(begin + run("Storage 1"))
        + paragraph("Exit 2")
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("Data is in Oslo."))
    )
    assert _text(body) == "Data is in Oslo."


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("Kept ") + run("ten", STRUCK) + run(" days", "<w:dstrike/>") + run(" in Oslo."),
         "Kept ~~ten days~~ in Oslo."),
        (run("Kept", '<w:strike w:val="0"/>'), "Kept"),
        (run("In Oslo") + run("1", RAISED) + run(", 5 km") + run("2", RAISED),
         "In Oslo^1^, 5 km^2^"),
        (run("On the 1") + run("st", RAISED), "On the 1^st^"),
        (run("Logs") + run("*", RAISED), "Logs^*^"),
        (run("Location:", BOLD) + run(" Os") + run("lo", BOLD), "**Location:** Os**lo**"),
        (run("Os", BOLD) + run("lo ", BOLD) + run("it is"), "**Oslo** it is"),
        (run("Location:", BOLD) + run("Oslo"), "Location:Oslo"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b") + "<w:r><w:br/></w:r>" + run("c"), "a b\nc"),
        (run("a") + '<w:r><w:br w:type="page"/></w:r>' + run("b"), "a b"),
        (run("co") + "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>" + run("op"), "co-op"),
        (run("# *a* _b_ c_d [x] `y` &lt;z&gt; ~ ^ | \\ &amp;amp;"),
         "\\# \\*a\\* \\_b\\_ c_d \\[x\\] \\`y\\` \\<z> \\~ \\^ | \\\\ \\&amp;"),
        (run("::: note"), "\\::: note"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 30 days"), "≥ 30 days"),
        (run("Signed: ________"), "Signed: " + "\\_" * 8),
        (run("________"), ""),
        ("<m:oMath><m:r><m:t>n ≤ 30</m:t></m:r></m:oMath>" + run(" days"), "n ≤ 30 days"),
        ("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt></w:ruby>", ""),
    ],
)  # fmt: skip
def test_what_stands_within_a_line(inner: str, expected: str) -> None:
    found = from_docx(word(paragraph(inner) + paragraph("End."))).text
    assert found == (f"{expected}\n\nEnd.\n" if expected else "End.\n")


def test_typed_bullets_are_a_list() -> None:
    body = paragraph("•\tOslo") + paragraph(run("·", BOLD) + run("  Bergen, Norway"))
    assert _text(body) == "- Oslo\n- Bergen, Norway"


def test_tracked_changes_and_hidden_text_are_counted() -> None:
    body = (
        paragraph(
            run("Data is in ")
            + '<w:del w:id="1"><w:r><w:delText>Graz</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2">{run("Oslo")}</w:ins>'
            + run(" not told", "<w:vanish/>")
            + run(".")
        )
        + paragraph(f'<w:moveFrom w:id="3">{run("It stays there.")}</w:moveFrom>')
        + paragraph("Here")
        + paragraph(f'<w:moveTo w:id="3">{run("It stays there.")}</w:moveTo>')
        + table(
            row("Service", "City"),
            row("Mail", "Graz", properties="<w:del/>"),
            row("Chat", "Oslo", properties="<w:ins/>"),
        )
    )
    assert _text(body) == (
        "Data is in Oslo.\n\nHere\n\nIt stays there.\n\n"
        "| Service | City |\n| --- | --- |\n| Chat | Oslo |"
    )
    assert _left_out(body) == {
        "tracked deletion": (2, ("Graz", "MailGraz")), "hidden text": (1, ("not told",))
    }  # fmt: skip


def test_a_deleted_end_of_a_paragraph_joins_two() -> None:
    body = paragraph("Data is", properties="<w:rPr><w:del/></w:rPr>") + paragraph(" in Oslo.")
    assert _text(body) == "Data is in Oslo."


def test_notes_stand_at_the_end_of_their_section() -> None:
    note = '<w:footnote w:id="{0}"><w:p><w:r><w:footnoteRef/></w:r>{1}</w:p></w:footnote>'
    parts = {
        "footnotes": '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
        + note.format(2, run(" Save for logs."))
        + note.format(3, run("Since 2024.")),
        "endnotes": f'<w:endnote w:id="2">{paragraph("The end.")}</w:endnote>',
        "styles": _styles(("H", "heading 1", "")),
    }
    body = (
        paragraph(run("In Oslo") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + run("."))
        + table(
            row("A", "B"),
            row("C", paragraph(run("D") + '<w:r><w:footnoteReference w:id="2"/></w:r>')),
        )
        + paragraph("Exit", style="H")
        + paragraph(run("Gone.") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
        + paragraph(
            run("X")
            + '<w:r><w:footnoteReference w:id="9" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
        )
    )
    assert _text(body, **parts) == (
        "In Oslo[^1].\n\n| A | B |\n| --- | --- |\n| C | D[^2] |\n\n"
        "[^1]: Since 2024.\n\n[^2]: Save for logs.\n\n# Exit\n\nGone.[^e1]\n\nX\n\n[^e1]: The end."
    )


def _box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        "<a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once() -> None:
    body = paragraph(run("Before the ") + _box("In a box.") + run("end.")) + paragraph("After.")
    assert _text(body) == "Before the end.\n\nIn a box.\n\nAfter."


def _picture(content: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="{alt}"/><a:graphic>'
        f"<a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_what_is_no_text_is_counted() -> None:
    body = (
        paragraph(run("Oslo.") + _picture("<pic:pic/>", "A map of sites"))
        + paragraph(_picture("<c:chart/>") + _picture("<dgm:relIds/>"))
        + paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>')
        + paragraph("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num></m:f></m:oMath>")
        + '<w:altChunk r:id="x"/>'
        + "<w:sdt><w:sdtPr><w:alias w:val='City'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + paragraph("Click here.")
        + "</w:sdtContent></w:sdt>"
    )
    comments = f'<w:comment w:id="1">{paragraph("Is it so?")}</w:comment>'
    assert _text(body, comments=comments) == "Oslo."
    assert _left_out(body, comments=comments) == {
        "image": (1, ("A map of sites",)), "chart": (1, ()), "diagram": (1, ()),
        "embedded object": (1, ("Excel.Sheet.12",)), "formula": (1, ("a",)),
        "embedded document": (1, ()), "field not filled in": (1, ("City",)),
        "comment": (1, ("Is it so?",)),
    }  # fmt: skip
    ticked = table(row("A", "B"), row("C", paragraph(_picture("<pic:pic/>", "Yes"))))
    assert _text(ticked).endswith("| C | Yes |")
    assert _left_out(ticked) == {}


# Tables

WIDE = '<w:gridSpan w:val="{}"/>'
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def test_merged_cells_keep_their_columns() -> None:
    body = table(
        row("Country", "Site", "Spare", "Kept"),
        row(cell("Norway", DOWN), cell("Oslo", WIDE.format(2)), cell("9 days", DOWN)),
        row(cell("", ON), "Bergen", "Hamar", cell("", ON)),
        row(cell("All of these are old sites", WIDE.format(4))),
        row("Chile", paragraph("Arica") + paragraph("Iquique"), "", "1 day"),
        row(cell("Sizes are rounded.", WIDE.format(4))),
    )
    assert _text(body) == (
        "| Country | Site | Spare | Kept |\n| --- | --- | --- | --- |\n"
        "| Norway | Oslo | Oslo | 9 days |\n|  | Bergen | Hamar | 9 days |\n"
        "| **All of these are old sites** |  |  |  |\n| Chile | Arica<br>Iquique |  | 1 day |\n\n"
        "Sizes are rounded."
    )


def test_titles_of_a_table() -> None:
    named = "<w:tblHeader/>"
    spread = table(
        row(cell("Sites of Norway", WIDE.format(3))),
        row(cell("Service", DOWN), cell(run("Where", BOLD), WIDE.format(2))),
        row(cell("", ON), "Hot", "Cold"),
        row("Mail", "Oslo", "Bergen"),
    )
    expected = "| Service | Where Hot | Where Cold |\n| --- | --- | --- |\n| Mail | Oslo | Bergen |"
    assert _text(spread) == f"Sites of Norway\n\n{expected}"
    flagged = table(
        row("Service", "City", properties=named),
        row("", "main", properties=named),
        row("Mail", "Oslo"),
    )
    assert _text(flagged) == "| Service | City main |\n| --- | --- |\n| Mail | Oslo |"
    alone = table(row("Mail", "Oslo"))
    assert _text(alone) == "|  |  |\n| --- | --- |\n| Mail | Oslo |"


def test_a_table_of_labels_and_values_has_no_titles() -> None:
    body = table(
        row(run("Hosting:", BOLD), "Oslo"),
        row(run("Kept for", BOLD), "9 days"),
        row(run("Contact", BOLD), ""),
    )
    assert _text(body) == "- **Hosting**: Oslo\n- **Kept for**: 9 days\n- **Contact**: –"


def test_tables_that_arrange_the_page_and_tables_in_cells() -> None:
    styles = _styles(("H", "heading 1", ""))
    inner = table(row("Mail", "Oslo"), row("Chat", "Bergen"))
    one_column = table(row(paragraph("Storage", style="H") + paragraph("In Oslo.")), row("More."))
    assert _text(one_column, styles=styles) == "# Storage\n\nIn Oslo.\n\nMore."
    nested = table(row("Zone", "Sites"), row("North", cell(inner + "<w:p/>")))
    assert _text(nested) == (
        "| Zone | Sites |\n| --- | --- |\n| North | Mail, Oslo<br>Chat, Bergen |"
    )


def test_rows_and_cells_in_controls_and_old_merges() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    merged = cell("Oslo", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>")
    body = table(
        row("A", "B", "C"),
        control.format(row("Mail", "Oslo", "Rome")),
        f"<w:tr>{cell('Chat')}{merged}</w:tr>",
        row("Late", "Pisa", properties='<w:gridBefore w:val="1"/>'),
    )
    assert _text(body).splitlines()[2:] == [
        "| Mail | Oslo | Rome |", "| Chat | Oslo | Oslo |", "|  | Late | Pisa |",
    ]  # fmt: skip


# Files


def test_where_the_text_lies_and_in_which_words_it_is_written() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = archive(
        {
            "_rels/.rels": '<r><x Type="a/officeDocument" Target="/word/document2.xml"/></r>',
            "word/document2.xml": f'<w:document xmlns:w="{strict}"><w:body><w:p><w:pPr>'
            '<w:pStyle w:val="H"/></w:pPr><w:r><w:t>Oslo</w:t></w:r></w:p></w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{strict}"><w:style w:styleId="H">'
            '<w:name w:val="heading 1"/></w:style></w:styles>',
        }
    )
    assert from_docx(content).text == "# Oslo\n"
    assert from_docx(word(paragraph("Oslo"), title="Untitled")).title == ""
    assert from_docx(word(paragraph("Oslo"), title="The guide")).title == "The guide"


@pytest.mark.parametrize(
    ("main", "cause"),
    [
        ("<a", "is no Word document, or is damaged"),
        ("<a/>", "it has no word/document.xml"),
        ("<b>" * 3000 + "</b>" * 3000, "is no Word document, or is damaged"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares entities"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"), "declares entities"),
    ],
)
def test_text_that_is_none_is_refused(main: str | bytes, cause: str) -> None:
    with pytest.raises(Unusable) as caught:
        from_docx(archive({"word/document.xml": main}))
    assert cause in caught.value.cause


def test_numbers_that_nobody_would_write() -> None:
    huge = "9" * 30
    lists = numbering((("decimal", "%1%1%1" * 400),), (("lowerLetter", "%9"),))
    body = (
        numbered("Oslo", 999999)
        + paragraph("A", properties=f'<w:numPr><w:numId w:val="{huge}"/></w:numPr>')
        + table(row(cell("B", WIDE.format(huge)), "C"), row(cell("D", ON), "E"))
    )
    assert _text(body, numbering=lists) == "Oslo\n\nA\n\n| B | C |\n| --- | --- |\n|  | E |"
    label = _text(numbered("Bergen"), numbering=lists).removesuffix(" Bergen")
    assert set(label) <= set("- 1")
    assert len(label) < 50


def test_what_a_reader_sees_is_what_the_parser_reads() -> None:
    linked = '<w:hyperlink r:id="r1"><w:r><w:t>our list</w:t></w:r></w:hyperlink>'
    broken = run("Mail | Logs") + "<w:r><w:br/></w:r>" + run("--- | ---")
    body = (
        paragraph("Ticket #", style="H")
        + paragraph(run("Read this!") + linked)
        + paragraph(broken)
        + paragraph(run("Logs") + run("1,2", RAISED))
        + paragraph(run("1", RAISED) + run("In Oslo."))
        + paragraph(run("2", RAISED) + run("In Lund."))
    )
    content = word(
        body, links={"r1": "https://x.example/a"}, parts={"styles": _styles(("H", "heading 1", ""))}
    )
    structure = parse(from_docx(content).text, markdown=True)
    assert structure.sections[-1].title == "Ticket #"
    said = [block.span.of(structure.text) for block in structure.blocks]
    assert said[0] == "Read this![our list](https://x.example/a)"
    assert said[1:] == ["Mail | Logs\n--- | ---", "Logs", "In Oslo.", "In Lund."]
    marks = structure.blocks[2].marks
    assert [mark.note.of(structure.text) for mark in marks] == ["In Oslo.", "In Lund."]
