"""What a reader of an OpenDocument text sees, and what it holds besides."""

from __future__ import annotations

import pytest

from corpus.formats.office.from_odt import from_fodt, from_odt
from corpus.formats.types import Unusable
from tests.corpus.formats.office_files import archive, flat_odt, odt

STRUCK = '<style:text-properties style:text-line-through-style="solid"/>'
RAISED = '<style:text-properties style:text-position="super 58%"/>'
BOLD = '<style:text-properties fo:font-weight="bold"/>'
HIDDEN = '<style:text-properties text:display="none"/>'


def _style(name: str, inner: str, family: str = "text", more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inner}</style:style>'


AUTOMATIC = (
    _style("S", STRUCK)
    + _style("R", RAISED)
    + _style("B", BOLD)
    + _style("H", HIDDEN)
    + _style("Child", "", more='style:parent-style-name="S"')
    + _style("Hid", HIDDEN, "paragraph")
    + _style("Quotations", "", "paragraph")
)


def _numbers(level: int, form: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" {more}/>'


LEGAL = (
    '<text:list-style style:name="Legal">'
    + _numbers(1, "1", 'style:num-suffix="."')
    + _numbers(2, "1", 'text:display-levels="2"')
    + _numbers(3, "a", 'style:num-prefix="(" style:num-suffix=")"')
    + "</text:list-style>"
)
BULLETS = (
    '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)


def _text(body: str, **more: str) -> str:
    return from_odt(odt(body, automatic=AUTOMATIC, **more)).text.removesuffix("\n")


def _left_out(body: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = from_odt(odt(body, automatic=AUTOMATIC)).left_out
    return {one.what: (one.count, one.examples) for one in found}


def _list(*items: str, style: str = "", more: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list {named} {more}>{inner}</text:list>"


def _p(inner: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _h(inner: str, level: int = 1, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{inner}</text:h>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('Kept <text:span text:style-name="Child">ten</text:span> days', "Kept ~~ten~~ days"),
        ('Oslo<text:span text:style-name="R">1</text:span> is', "Oslo^1^ is"),
        ('<text:span text:style-name="B">Oslo</text:span>:<text:s text:c="3"/>x', "**Oslo**: x"),
        ("a<text:tab/>b<text:line-break/>c<text:soft-page-break/>d", "a b\ncd"),
        ('<text:a xlink:href="https://a.example">sites</text:a>', "[sites](https://a.example)"),
        ('<text:a xlink:href="#x">sites</text:a>', "sites"),
        ("Page <text:page-number>7</text:page-number>", "Page"),
        ("In <text:user-defined>Oslo</text:user-defined>", "In Oslo"),
        ('<text:dropdown><text:label text:value="Oslo"/>Bergen</text:dropdown>', "Bergen"),
        ('<loext:content-control loext:checkbox="true" loext:checked="true">x'
         "</loext:content-control> Oslo", "- [x] Oslo"),
        ('Sent: <loext:content-control loext:checkbox="true">☐</loext:content-control> yes',
         "Sent: ☐ yes"),
        ('<field:fieldmark field:type="a.FORMCHECKBOX"><field:param '
         'field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> Oslo',
         "- [x] Oslo"),
        ('<field:fieldmark-start field:type="a.FORMCHECKBOX"/> Oslo', "- [ ] Oslo"),
        ('<field:fieldmark field:type="a.FORMDROPDOWN"><field:param '
         'field:name="Dropdown_ListEntry" field:value="Oslo"/><field:param '
         'field:name="Dropdown_Selected" field:value="0"/></field:fieldmark>', "Oslo"),
        ("<text:ruby><text:ruby-base>Oslo</text:ruby-base><text:ruby-text>x</text:ruby-text>"
         "</text:ruby>", "Oslo"),
        ("*a* [b] c_d", "\\*a\\* \\[b\\] c_d"),
    ],
)  # fmt: skip
def test_what_stands_within_a_line(inner: str, expected: str) -> None:
    assert _text(_p(inner)) == expected


def test_headings_with_the_numbers_of_the_outline() -> None:
    outline = (
        '<text:outline-style style:name="Outline">'
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" '
        'loext:num-list-format="%1%.%2%"/></text:outline-style>'
    )
    body = (
        _p("The guide", "Title")
        + _h("Storage")
        + _h("Logs", 2)
        + _h("Preface", 1, 'text:is-list-header="true"')
        + _h("Exit")
        + _h("Copies", 2)
        + _p("So it is.", "Quotations")
    )
    styles = outline + _style("Title", "", "paragraph")
    assert _text(body, styles=styles) == (
        "# The guide\n\n# I. Storage\n\n## I.1 Logs\n\n# Preface\n\n# II. Exit\n\n"
        "## II.1 Copies\n\n> So it is."
    )


def test_clauses_go_on_after_what_is_between_them() -> None:
    first = _list(
        _h("Storage") + _list(_p("Ledgers are stored in Oslo.")), style="Legal", more='xml:id="a"'
    )
    dots = _list(_p("Mail") + _p("and its logs"), _p("Chat"), style="Dots")
    second = _list(
        _list(_p("They may leave where") + _list(_p("a court asks; or"), _p("it is down."))),
        style="Legal",
        more='text:continue-list="a"',
    )
    third = _list(_p("Sign it."), style="Legal")
    fourth = _list(_p("Send it."), style="Legal", more='text:continue-numbering="true"')
    body = first + dots + second + _p("Steps:") + third + _p("Then:") + fourth
    assert _text(body, styles=LEGAL + BULLETS) == (
        "# 1. Storage\n\n1.1 Ledgers are stored in Oslo.\n\n- Mail\n\n  and its logs\n- Chat\n\n"
        "* 1.2 They may leave where\n  - (a) a court asks; or\n  - (b) it is down.\n\n"
        "Steps:\n\n1. Sign it.\n\nThen:\n\n2. Send it."
    )


def test_an_item_may_be_told_its_number() -> None:
    body = (
        '<text:list text:style-name="Legal"><text:list-header><text:p>These:</text:p>'
        '</text:list-header><text:list-item text:start-value="4"><text:p>Sign it.</text:p>'
        "</text:list-item><text:list-item><text:p>Send it.</text:p></text:list-item></text:list>"
    )
    assert _text(body, styles=LEGAL) == "These:\n\n4. Sign it.\n5. Send it."


def _cell(inner: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{_p(inner)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def test_merged_and_repeated_cells() -> None:
    rows = (
        "<table:table-header-rows><table:table-row>"
        + _cell("Country") + _cell("Site") + _cell("Spare") + _cell("Kept")
        + "</table:table-row></table:table-header-rows>",
        _cell("Norway", 'table:number-rows-spanned="2"')
        + _cell("Oslo", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + COVERED + _cell("9 days"),
        '<table:covered-table-cell table:number-columns-repeated="3"/>' + _cell("8 days"),
        _cell("Old sites", 'table:number-columns-spanned="4"') + COVERED * 3,
        _cell("Chile") + _cell("Arica", 'table:number-columns-repeated="2"') + _cell("1 day"),
    )  # fmt: skip
    inner = "".join(
        row if row.startswith("<table:table-h") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    )
    assert _text(f"<table:table>{inner}</table:table>") == (
        "| Country | Site | Spare | Kept |\n| --- | --- | --- | --- |\n"
        "| Norway | Oslo | Oslo | 9 days |\n|  | Oslo | Oslo | 8 days |\n"
        "| **Old sites** |  |  |  |\n| Chile | Arica | Arica | 1 day |"
    )


def test_notes_changes_and_what_is_hidden() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        "<dc:creator>A</dc:creator></office:change-info><text:p>Graz</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + _p("In Oslo" + note.format("footnote", "Logs.") + "." + note.format("endnote", "End."))
        + _p('Not <text:span text:style-name="H">told </text:span>so.')
        + _p("Secret", "Hid")
        + '<text:section text:display="none"><text:p>Draft</text:p></text:section>'
        + "<text:section><text:p>Shown.</text:p></text:section>"
        + "<text:table-of-content><text:index-body><text:p>Storage 3</text:p></text:index-body>"
        "</text:table-of-content>"
        + _p("Said<office:annotation><dc:creator>A</dc:creator><text:p>Is it?</text:p>"
             "</office:annotation> so.")
        + _p("<text:placeholder>City</text:placeholder>")
    )  # fmt: skip
    assert _text(body) == (
        "In Oslo[^1].[^e1]\n\nNot so.\n\nShown.\n\nSaid so.\n\n[^1]: Logs.\n\n[^e1]: End."
    )
    assert _left_out(body) == {
        "tracked deletion": (1, ("Graz",)), "hidden text": (3, ("told", "Secret", "Draft")),
        "comment": (1, ("Is it?",)), "field not filled in": (1, ("City",)),
    }  # fmt: skip


def test_what_was_deleted_while_changes_are_shown_is_no_text() -> None:
    region = (
        '<text:changed-region text:id="{0}"><text:{1}><office:change-info/></text:{1}>'
        "</text:changed-region>"
    )
    start, end = (
        '<text:change-start text:change-id="{}"/>',
        '<text:change-end text:change-id="{}"/>',
    )
    body = (
        "<text:tracked-changes>"
        + region.format("d", "deletion") + region.format("i", "insertion")
        + region.format("open", "deletion") + "</text:tracked-changes>"
        + _p("In " + start.format("d") + "Graz.")
        + _p("And Wien" + end.format("d") + start.format("i") + "Oslo" + end.format("i") + ".")
        + _p(start.format("open") + "It stays.")
    )  # fmt: skip
    assert _text(body) == "In\n\nOslo.\n\nIt stays."
    assert _left_out(body)["tracked deletion"] == (1, ("Graz.And Wien",))


def test_frames_pictures_and_forms() -> None:
    body = (
        '<office:forms><form:form><form:checkbox xml:id="c1" form:label="In Oslo" '
        'form:current-state="checked"/><form:listbox xml:id="c2"><form:option form:label="Rome"/>'
        '<form:option form:label="Bergen" form:current-selected="true"/></form:listbox>'
        "</form:form></office:forms>"
        + _p('<draw:control draw:control="c1"/>')
        + _p('City: <draw:control draw:control="c2"/>')
        + _p("Before<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
             "</draw:frame> it.")
        + _p("<draw:frame><draw:image/><svg:title>A map</svg:title></draw:frame>")
        + _p("<draw:frame><draw:object/><draw:image/></draw:frame>")
        + "<draw:custom-shape><text:p>In a shape.</text:p></draw:custom-shape>"
    )  # fmt: skip
    assert _text(body) == "- [x] In Oslo\n\nCity: Bergen\n\nBefore it.\n\nIn a box.\n\nIn a shape."
    assert _left_out(body) == {"image": (1, ("A map",)), "embedded object": (1, ())}


def test_title_and_the_form_of_one_file() -> None:
    assert from_odt(odt(_p("Oslo."), title="The guide")).title == "The guide"
    assert from_fodt(flat_odt(_h("Where") + _p("Oslo."))).text == "# Where\n\nOslo.\n"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"words", "is no OpenDocument text, or is damaged"),
        (archive({"a.xml": "<a/>"}), "it has no content.xml"),
        (archive({"content.xml": "<a/>"}), "it is no text"),
        (archive({"content.xml": "<a>" * 3000}), "is no OpenDocument text, or is damaged"),
        (archive({"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "declares entities"),
        (archive({"content.xml": bytes(100 * 2**20)}), "grows from 0.1 to 100.0 MB"),
        (odt("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
         "is protected with a password"),
    ],
)  # fmt: skip
def test_files_that_are_none(content: bytes, cause: str) -> None:
    with pytest.raises(Unusable) as caught:
        from_odt(content)
    assert cause in caught.value.cause


def test_a_flat_file_declares_nothing() -> None:
    with pytest.raises(Unusable) as caught:
        from_fodt(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>')
    assert "declares entities" in caught.value.cause


def test_numbers_that_nobody_would_write() -> None:
    huge = "9" * 8
    body = (
        _p(f'a<text:s text:c="{huge}"/>b')
        + "<table:table><table:table-row>"
        + _cell("A", f'table:number-columns-repeated="{huge}"')
        + f'</table:table-row><table:table-row table:number-rows-repeated="{huge}">'
        + _cell("B", f'table:number-columns-spanned="{huge}" table:number-rows-spanned="{huge}"')
        + "</table:table-row></table:table>"
    )
    said = _text(body)
    assert said.startswith("a b\n\n|  |  |")
    assert said.count("| A ") == 100
    assert len(said) < 3_000
