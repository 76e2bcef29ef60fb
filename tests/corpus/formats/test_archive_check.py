"""Declarations are seen in every encoding and in every part that is read, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
from openpyxl import Workbook

from corpus.errors import DocumentError
from corpus.formats import extract, xml_scan
from corpus.formats.archive_check import Kind, checked_names
from corpus.formats.sheet.workbook import from_xlsx
from corpus.formats.types import Unusable

_KIND = Kind("workbook", ".xlsx", "xl/workbook.xml", "Excel (.xls)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CONTENT_TYPES = "[Content_Types].xml"
_DECLARED = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://example.org/{kind}" Target="{target}"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/x.sharedStrings+xml"/></Types>'
)


def _to(target: str, kind: str = "sharedStrings") -> str:
    """Return relations of one part to another."""
    return _RELATIONS.format(kind=kind, target=target)


def _archive(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _refusal(parts: Mapping[str, bytes | str]) -> str:
    """Return why an archive is refused; empty where it is not."""
    try:
        checked_names(_archive({"xl/workbook.xml": "<workbook/>", **parts}), _KIND)
    except Unusable as error:
        return str(error)
    return ""


def _stating(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{_DECLARED}'


WRITTEN = {
    "as ASCII": _DECLARED.encode(),
    "with a mark": b"\xef\xbb\xbf" + _DECLARED.encode(),
    "behind spaces": b" \n" * 70_000 + _DECLARED.encode(),
    "behind a comment": b"<!--" + b"x" * 200_000 + b"-->" + _DECLARED.encode(),
    "across two pieces": b"<!--" + b"x" * (2**16 - 11) + b"-->" + _DECLARED.encode(),
    "in UTF-16": _DECLARED.encode("utf-16"),
    "in UTF-16, the other way round": b"\xfe\xff" + _DECLARED.encode("utf-16-be"),
    "in UTF-16 without a mark": _DECLARED.encode("utf-16-le"),
    "in UTF-16 without a mark, the other way round": _DECLARED.encode("utf-16-be"),
    "in UTF-16 that says UTF-8": _stating("utf-8").encode("utf-16"),
    "in UTF-8 that says UTF-16": _stating("utf-16").encode(),
    "in UTF-32": _DECLARED.encode("utf-32"),
    "in UTF-32 without a mark": _DECLARED.encode("utf-32-le"),
    "in UTF-32 without a mark, the other way round": _DECLARED.encode("utf-32-be"),
    "in Windows letters": _stating("windows-1252").encode(),
    "in UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + _DECLARED.encode("utf-7"),
    "in GB 18030": _stating("gb18030").encode("gb18030"),
    "in Shift-JIS": _stating("shift_jis").encode("shift_jis"),
    "in ISO-2022": _stating("iso-2022-jp").encode("iso-2022-jp"),
    "in EBCDIC": _stating("cp037").encode("cp037"),
}
_REASONS = ("declares entities", "is written in", "is damaged")


@pytest.mark.parametrize("name", ["xl/other.xml", "xl/odd.bin"])
@pytest.mark.parametrize("written", WRITTEN)
def test_a_declaration_is_seen_however_it_is_written(written: str, name: str) -> None:
    relations = _to("odd.bin")
    told = _refusal({"xl/_rels/workbook.xml.rels": relations, name: WRITTEN[written]})
    assert any(reason in told for reason in _REASONS), told


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "utf-7", "gb18030", "cp037", "x-other"])
def test_only_encodings_are_read_in_which_all_parsers_see_the_same(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    assert f"is written in '{encoding}'" in _refusal({"xl/other.xml": part})


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/a.bin": _DECLARED, "xl/_rels/w.rels": _to("a.bin", "styles")},
        {"xl/a.bin": _DECLARED, "xl/_rels/w.rels": _to("/xl/A.BIN")},
        {"xl/a.bin": _DECLARED, "xl/_rels/w.rels": _to("..\\a.bin")},
        {"xl/a.bin": _DECLARED, "[Content_Types].xml": _TYPES.format(part="xl/a.bin")},
        {"xl/media/a.svg": _DECLARED, "xl/_rels/w.rels": _to("media/a.svg", "worksheet")},
        {"xl/_rels/w.rels": _DECLARED},
        {"xl/drawings/a.vml": _DECLARED},
        {
            "xl/_rels/w.rels": _to("a.bin").encode("utf-16"),
            "xl/a.bin": _DECLARED,
        },
    ],
)  # fmt: skip
def test_parts_are_looked_at_whatever_leads_to_them(parts: dict[str, bytes | str]) -> None:
    assert "declares entities" in _refusal(parts)
    # Where the archive has them in another order too.
    assert "declares entities" in _refusal(dict(reversed(parts.items())))


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/media/a.svg": _DECLARED, "xl/_rels/w.rels": _to("a.svg", "image")},
        {"word/a.htm": "<!DOCTYPE html><p>A", "word/_rels/d.rels": _to("a.htm", "aFChunk")},
        {"xl/a.bin": b"\x00\x01\x02<", "xl/_rels/w.rels": _to("a.bin")},
        {"xl/empty.xml": b""},
        {"xl/marked.xml": "<a>&lt;!DOCTYPE x [&lt;!ENTITY]</a>"},
        {"xl/data.xml": "<a><![CDATA[<!DOCTYPE x []>]]></a>"},
        {"xl/wide.xml": '<?xml version="1.0" encoding="UTF-16"?><a>Zürich</a>'.encode("utf-16")},
        {"xl/old.xml": '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'.encode("latin-1")},
    ],
)  # fmt: skip
def test_what_declares_nothing_or_is_not_read_passes(parts: dict[str, bytes | str]) -> None:
    assert _refusal(parts) == ""


# --- A workbook as a program wrote it -------------------------------------------------------------


def _book(texts: bytes, name: str = "xl/sharedStrings.xml") -> bytes:
    """Return a workbook whose shared texts lie in a part of any name."""
    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as source:
        parts: dict[str, bytes | str] = {one: source.read(one) for one in source.namelist()}
        types = source.read(_CONTENT_TYPES).decode()
    said = "".join(f"<si><t>{text}</t></si>" for text in ("City", "Use", "Oslo", "Mail"))
    rows = ("".join(f'<c t="s"><v>{at}</v></c>' for at in row) for row in ((0, 1), (2, 3)))
    cells = "".join(f"<row>{row}</row>" for row in rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    parts |= {
        name: texts or f'<sst xmlns="{_MAIN}">{said}</sst>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        ),
        _CONTENT_TYPES: types.replace("</Types>", override),
    }
    return _archive(parts)


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/odd.bin", "xl/media/image1.svg"])
def test_shared_texts_of_any_name_are_read_and_looked_at(name: str) -> None:
    assert "Oslo" in from_xlsx(_book(b"", name)).text
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(DocumentError, match="declares entities"):
            extract("a.xlsx", _book(_DECLARED.encode(encoding), name))


@pytest.mark.parametrize(("element", "told"), [("c", "cells"), ("si", "shared texts")])
def test_what_a_workbook_holds_has_bounds(
    element: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = _book(b"")
    assert from_xlsx(book).text
    monkeypatch.setitem(xml_scan._MOST, element, (3, told))
    with pytest.raises(Unusable, match=f"more than 3 {told}"):
        from_xlsx(book)
    monkeypatch.setitem(xml_scan._MOST, element, (4, told))
    assert from_xlsx(book).text


def test_a_part_of_xml_has_a_size_of_its_own() -> None:
    words = b"<a>" + b"".join(b"<b>word %d</b>" % number for number in range(100_000)) + b"</a>"
    small = replace(_KIND, xml_mb=1)
    parts = {"xl/workbook.xml": b"<workbook/>", "xl/media/a.bin": words}
    assert checked_names(_archive(parts), small)
    with pytest.raises(Unusable, match=r"a part \(xl/long\.xml\) of more than 1 MB"):
        checked_names(_archive({**parts, "xl/long.xml": words}), small)
