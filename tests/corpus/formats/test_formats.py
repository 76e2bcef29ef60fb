"""Files of every format become text that the parser reads; bad files are named and end nothing."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from corpus.errors import DocumentError
from corpus.formats import SUFFIXES, Extracted, converter_process, converters, extract
from corpus.parse import parse
from corpus.parse.structure import Structure
from corpus.types import Block, BlockKind
from tests.paths import ROOT

SENTENCES = (
    "Customer data of tenants in the European Union is kept at rest in Dublin and in Amsterdam.",
    "Contoso doesn't move it outside the boundary, except in the cases that each service names.",
    "Diagnostic data may be processed in the United States for as long as a team needs it.",
)


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _docx(build: Callable[[docx.document.Document], object], title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


class _Pdf(FPDF):
    """A document with a running title and page numbers."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 6, "Contoso guide, confidential", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 6, f"Page {self.page_no()} of {{nb}}")

    def says(self, text: str, size: float = 11, style: str = "") -> _Pdf:
        self.set_font("times", style, size)
        self.multi_cell(0, size / 2, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(3)
        return self

    def bytes(self) -> bytes:
        return bytes(self.output())


def _pdf() -> _Pdf:
    pdf = _Pdf()
    pdf.alias_nb_pages()
    pdf.add_page()
    return pdf


def _parsed(extracted: Extracted) -> Structure:
    structure = parse(extracted.text, markdown=extracted.markdown)
    for block in structure.blocks:
        for span in (block.span, *block.sentences, *(cell.span for cell in block.cells)):
            assert 0 <= span.start <= span.end <= len(structure.text)
    return structure


def _blocks(extracted: Extracted) -> tuple[Block, ...]:
    return _parsed(extracted).blocks


def _sentences(extracted: Extracted) -> list[str]:
    parsed = _parsed(extracted)
    return [span.of(parsed.text) for block in parsed.blocks for span in block.sentences]


def _rows(extracted: Extracted) -> list[list[tuple[str, str]]]:
    parsed = _parsed(extracted)
    return [
        [(cell.header, cell.span.of(parsed.text)) for cell in block.cells]
        for block in parsed.blocks
        if block.kind is BlockKind.ROW
    ]


def _titles(extracted: Extracted) -> list[str]:
    return [section.title for section in parse(extracted.text, markdown=True).sections]


def _refused(name: str, content: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        extract(name, content)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert message.count(". ") >= 1, "a next step follows the cause"
    return message


# Markdown and text


@pytest.mark.parametrize("name", ["a.md", "A.MARKDOWN", "a.txt"])
def test_text_is_what_the_bytes_say(name: str) -> None:
    written = "---\ntitle: A\n---\r\n# B\n\nData is kept in Tromsø. 🧭\n"
    extracted = extract(name, written.encode())
    assert extracted == Extracted(written, markdown=name != "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_text(encoding: str) -> None:
    written = "---\ntitle: A\n---\n"
    assert extract("a.md", written.encode(encoding)).text == written


def test_binary_content_is_no_text() -> None:
    assert "is a binary file" in _refused("a.md", b"abc\x00def")
    assert "is not UTF-8 text (byte 4)" in _refused("a.txt", "Donnée".encode("latin-1"))
    assert "is not UTF-16 text" in _refused("a.txt", b"\xff\xfea\x00\x00\xd8")


def test_what_is_too_large_is_told_with_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    large = bytes(65 * 2**20)
    for suffix in SUFFIXES:
        assert "has 65.0 MB, the limit is 64 MB" in _refused(f"a{suffix}", large)
    read = ", ".join(sorted(SUFFIXES))
    assert f"is of no kind that is read ({read})" in _refused("a.xls", b"")
    monkeypatch.setattr("corpus.formats.types.LONGEST_TEXT", 10)
    assert "has 11 characters of text, the limit is 10" in _refused("a.md", b"x" * 11)


# Web pages


def test_a_page_is_its_main_part_without_what_the_site_adds() -> None:
    extracted = extract(
        "a.html",
        _page(
            "<nav>Home</nav><div class='cookie-banner'>We use cookies.</div>"
            "<main><nav>Crumbs</nav><h1>Where data is<a class='headerlink' href='#x'>¶</a></h1>"
            "<p>Customer data\n is kept_there in <b>Oslo</b>, see <a href='/s'>sites</a>.<sup>"
            "<a href='#n1'>[1]</a></sup> It *is*&nbsp;so.</p><p hidden>Not shown.</p>"
            "<script>var x = 'evil'</script><button>Copy</button></main><footer>© C</footer>",
            "<title>Where \n data is</title><link rel=canonical href='https://x.example/a'>"
            "<meta name='ms.date' content='05/06/2024'><style>p {color: red}</style>",
        ),
    )
    assert extracted.text == (
        "# Where data is\n\nCustomer data is kept_there in **Oslo**, see "
        "[sites](https://x.example/s).^1^ It \\*is\\* so.\n"
    )
    assert (extracted.title, extracted.source) == ("Where data is", "https://x.example/a")
    assert extracted.date == date(2024, 5, 6)
    assert _sentences(extracted)[1] == "It *is* so."


def test_without_main_an_article_or_the_body_is_read() -> None:
    article = extract("a.htm", _page("<p>Menu</p><article><p>In Oslo.</p></article>"))
    assert article.text == "In Oslo.\n"
    several = _page("<article>One.</article><article>Two.</article><aside>Ad</aside>")
    assert extract("a.htm", several).text == "One.\n\nTwo.\n"
    assert extract("a.htm", _page("<main></main><div>Text here.</div>")).text == "Text here.\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:modified_time' content='2024-01-02T03:04:05Z'>", (2024, 1, 2)),
        ("<meta http-equiv='last-modified' content='Wed, 03 Jan 2024 10:00:00 GMT'>", (2024, 1, 3)),
        ("<meta name='article:published_time' content='2020-02-03'>", (2020, 2, 3)),
        ("<meta name='ms.date' content='05/13/2024'>", (2024, 5, 13)),
        ("<meta name='ms.date' content='13/05/2024'>", (2024, 5, 13)),
        ("<meta name='ms.date' content='99/99/2024'>", None),
        ("<time datetime='2020-02-03'></time>", None),
    ],
)
def test_only_a_stated_date_is_taken(head: str, expected: tuple[int, int, int] | None) -> None:
    extracted = extract("a.html", _page("<p>Text.</p>", head))
    assert extracted.date == (date(*expected) if expected else None)


def test_tables_of_a_page_keep_their_cells() -> None:
    extracted = extract(
        "a.html",
        _page(
            "<table><tr><th>Service<th colspan=2>Where<tr><td rowspan=2>Teams<td rowspan=2>EU"
            "<td><p>Paris</p><p>Lyon</p><tr><td><ul><li>Oslo.<li>Rome</ul>"
            "<tr><td>Mail<td><img src='http://127.0.0.1:1/x' alt='Yes'><td>South|<br>Africa</table>"
        ),
    )
    assert _rows(extracted) == [
        [("Service", "Teams"), ("Where", "EU"), ("Where", "Paris, Lyon")],
        [("Service", "Teams"), ("Where", "EU"), ("Where", "Oslo. Rome")],
        [("Service", "Mail"), ("Where", "Yes"), ("Where", "South| Africa")],
    ]


def test_a_table_that_arranges_the_page_is_none() -> None:
    page = _page("<table><tr><td><h2>Where</h2><p>In Oslo.</p></td><td>B.</td></tr></table>")
    assert extract("a.html", page).text == "## Where\n\nIn Oslo.\n\nB.\n"


def test_lists_notes_and_code_of_a_page() -> None:
    extracted = extract(
        "a.html",
        _page(
            "<p>It covers:</p><ul><li>One<ul><li>Inner</ul><li><p>Two</p><p>More</p></ul>"
            "<ol start=3><li>Three<li>Four</ol><dl><dt>Region<dd>Oslo</dl>"
            "<div class='NOTE'><p>Mind this.</p></div><pre>Get-Mailbox\n  -X ``` y</pre>"
            "<div>Loose<div>Apart</div></div><p># no heading<br>&lt;tenant&gt; is<br>---</p>"
        ),
    )
    assert extracted.text == (
        "It covers:\n\n- One\n  - Inner\n- Two\n\n  More\n\n3. Three\n4. Four\n\n"
        "- **Region**: Oslo\n\n::: note\n\nMind this.\n\n:::\n\n"
        "````\nGet-Mailbox\n  -X ``` y\n````\n\n"
        "Loose\n\nApart\n\n\\# no heading\n\\<tenant> is\n"
    )
    kinds = [block.kind for block in _blocks(extracted)]
    assert kinds.count(BlockKind.ITEM) == 5
    assert kinds.count(BlockKind.STEP) == 2
    assert BlockKind.NOTE in kinds
    assert BlockKind.CODE in kinds


def test_a_page_may_declare_its_encoding() -> None:
    said = "<p>Données à Genève.</p>"
    for declared, used in (
        ("ISO-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
    ):
        head = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>"
        content = _page(said, head).decode().encode(used)
        assert extract("a.html", content).text == "Données à Genève.\n"
    assert extract("a.html", _page(said).decode().encode("utf-16")).text == "Données à Genève.\n"
    assert "is not UTF-8" in _refused("a.html", said.encode("latin-1"))
    bad = "is not the utf-8 that it declares"
    assert bad in _refused("a.html", b"<meta charset=utf-8><p>Donn\xe9es</p>")
    assert "is not the x-none" in _refused("a.html", b"<meta charset=x-none><p>D</p>")


def test_pages_that_hold_nothing_or_nest_without_end() -> None:
    assert "has no text without running its scripts" in _refused(
        "a.html", _page("<div id=root></div><script>render()</script>")
    )
    assert "has no text" in _refused("a.html", b"")
    deep = _page("<p>A.</p>" + "<div>" * 100_000 + "deep" + "</div>" * 100_000)
    assert "nests its elements more than 250 deep" in _refused("a.html", deep)
    assert extract("a.html", _page("<div>" * 200 + "Deep.")).text == "Deep.\n"


def test_entities_of_a_page_read_no_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>A &x; b.</p>'
        f'<img src="{secret.as_uri()}"><link rel=stylesheet href="{secret.as_uri()}"></body></html>'
    )
    assert "SECRET" not in extract("a.html", page.encode()).text


# Word documents


def test_a_word_document_keeps_headings_lists_and_tables() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_heading("Data residency", 0)
        document.add_heading("Where it is", 1)
        paragraph = document.add_paragraph("Customer data is kept_there in ")
        paragraph.add_run("Oslo").bold = True
        paragraph.add_run(" and *Bergen*. It stays there.")
        document.add_paragraph("First", style="List Bullet")
        document.add_paragraph("Second", style="List Bullet")
        document.add_paragraph("Sign in.", style="List Number")
        table = document.add_table(rows=2, cols=2)
        for cell, said in zip(
            table._cells, ("Service", "City", "Teams", "Paris|Lyon"), strict=True
        ):
            cell.text = said

    extracted = extract("a.docx", _docx(build, title="The guide"))
    assert extracted.text == (
        "# Data residency\n\n# Where it is\n\n"
        "Customer data is kept_there in **Oslo** and \\*Bergen\\*. It stays there.\n\n"
        "- First\n- Second\n\n1. Sign in.\n\n"
        "| Service | City |\n| --- | --- |\n| Teams | Paris\\|Lyon |\n"
    )
    assert (extracted.title, extracted.date, extracted.markdown) == ("The guide", None, True)
    assert _sentences(extracted)[1] == "It stays there."
    assert _rows(extracted) == [[("Service", "Teams"), ("City", "Paris|Lyon")]]


def test_files_that_are_no_word_document() -> None:
    assert "is no Word document" in _refused("a.docx", b"plain words")
    assert "it has no word/document.xml" in _refused("a.docx", _zip(a=b"x"))
    assert "has no text" in _refused("a.docx", _docx(lambda document: None))
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    assert "old format of Word" in _refused("a.docx", ole + bytes(512))
    protected = ole + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert "is protected with a password" in _refused("a.docx", protected)
    whole = _docx(lambda document: document.add_paragraph("Text."))
    assert "is no Word document" in _refused("a.docx", whole[: len(whole) // 2])
    assert "is damaged" in _refused("a.docx", _zip(**{"word__document.xml": b"<a"}))


def test_an_archive_that_grows_too_much_is_not_opened() -> None:
    started = time.monotonic()
    bomb = _zip(**{"word__document.xml": bytes(100 * 2**20)})
    assert len(bomb) < 2**20
    message = _refused("a.docx", bomb)
    assert "grows from 0.1 to 100.0 MB when it is opened, the limits are 512 MB" in message
    # One that declares less than it holds is cut off where it declares to end.
    size = struct.pack("<I", 100 * 2**20)
    assert "is no Word document" in _refused("a.docx", bomb.replace(size, struct.pack("<I", 1000)))
    many = _zip(**{f"f{number}": b"" for number in range(5001)})
    assert "holds 5,001 files, the limit is 5,000" in _refused("a.docx", many)
    assert time.monotonic() - started < 40


def test_entities_of_a_word_document_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    content = _zip(**{"word__document.xml": laughs})
    assert "declares entities" in _refused("a.docx", content)


# PDF


def test_the_prose_of_a_pdf_comes_out_in_whole_sentences() -> None:
    pdf = _pdf()
    pdf.set_title("The residency guide")
    pdf.says("Data residency", 20, "B")
    for number in range(3):
        pdf.says(f"{number + 1}. Where data is kept", 14, "B")
        for _ in range(5):
            pdf.says(" ".join(SENTENCES * 2))
    extracted = extract("a.pdf", pdf.bytes())
    assert set(_sentences(extracted)) == set(SENTENCES)
    assert len(_sentences(extracted)) == 90
    assert _titles(extracted)[:2] == ["Data residency", "1. Where data is kept"]
    assert len(_titles(extracted)) == 4
    assert extracted.title == "The residency guide"


def test_pages_of_a_pdf_have_their_offsets() -> None:
    pdf = _pdf()
    pdf.says("The first page says Oslo.")
    pdf.add_page()
    pdf.add_page()
    pdf.says("The third page says Rome.")
    extracted = extract("a.pdf", pdf.bytes())
    assert extracted.text == "The first page says Oslo.\n\nThe third page says Rome.\n"
    assert extracted.pages == (0, 27, 27)


def test_a_sentence_goes_on_over_a_page_and_a_divided_word() -> None:
    pdf = FPDF()
    pdf.set_font("times", size=12)
    for lines in (("Our internationaliza-", "tion team keeps data in the"), ("Oslo region only.",)):
        pdf.add_page()
        for line in lines:
            pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    extracted = extract("a.pdf", bytes(pdf.output()))
    assert extracted.text == ("Our internationalization team keeps data in the Oslo region only.\n")
    assert extracted.pages == (0, extracted.text.index("Oslo"))


def test_lists_and_ruled_tables_of_a_pdf() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    pdf.multi_cell(0, 5, "The commitment covers:", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    for item in ("messages, calendars and many other things " * 4, "SharePoint sites"):
        pdf.multi_cell(0, 5, f"· {item.strip()}", new_x="LMARGIN", new_y="NEXT")
    with pdf.table() as table:
        table.row(("Service", "Region", "City"))
        table.row(("Exchange", "Norway", "Oslo and Stavanger, two cities in a cell that is long"))
        table.row(("Teams", "France", "Paris"))
    pdf.ln(4)
    pdf.cell(text="What follows is prose.")
    extracted = extract("a.pdf", bytes(pdf.output()))
    items = [block for block in _blocks(extracted) if block.kind is BlockKind.ITEM]
    assert [len(item.sentences) for item in items] == [1, 1]
    rows = _rows(extracted)
    assert rows[0] == [
        ("Service", "Exchange"), ("Region", "Norway"),
        ("City", "Oslo and Stavanger, two cities in a cell that is long"),
    ]  # fmt: skip
    assert len(rows) == 2
    assert extracted.text.endswith("\n\nWhat follows is prose.\n")


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    with pdf.text_columns(ncols=2, gutter=10, text_align="J") as columns:
        columns.write(" ".join(SENTENCES * 14))
    found = _sentences(extract("a.pdf", bytes(pdf.output())))
    assert found == list(SENTENCES * 14)


@pytest.mark.parametrize(
    ("degrees", "matrix", "step"),
    [(0, "1 0 0 1 50 700", "0 -12"), (90, "0 1 -1 0 50 50", "0 -12"),
     (180, "-1 0 0 -1 500 100", "0 -12"), (270, "0 -1 1 0 500 700", "0 -12")],
)  # fmt: skip
def test_a_page_turned_on_its_side_reads_the_same(degrees: int, matrix: str, step: str) -> None:
    lines = ("Customer data of the tenants is", "kept in Dublin.", "It stays there.")
    shown = f" {step} Td ".join(f"({line}) Tj" for line in lines)
    content = _written(f"BT /F1 10 Tf {matrix} Tm {shown} ET".encode(), f"/Rotate {degrees}")
    assert _sentences(extract("a.pdf", content)) == [" ".join(lines[:2]), lines[2]]


def _written(stream: bytes, page: str = "") -> bytes:
    """Return a PDF of one page by hand; readers rebuild the table of its objects."""
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{page}"
        f"/Resources{font}>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    )
    bodies = (b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(bodies) + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def test_a_pdf_without_text_asks_for_ocr() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    pdf.add_page()
    message = _refused("scan.pdf", bytes(pdf.output()))
    assert message == "scan.pdf: has no text on its 2 pages. Run OCR on it first"


@pytest.mark.parametrize(("password", "opens"), [("", True), ("secret", False)])
def test_only_a_password_to_open_stands_in_the_way(password: str, opens: bool) -> None:
    pdf = _pdf().says("Data is kept in Oslo.")
    pdf.set_encryption("owner", password)
    if opens:
        assert "Data is kept in Oslo." in _sentences(extract("a.pdf", pdf.bytes()))
    else:
        assert "is protected with a password" in _refused("a.pdf", pdf.bytes())


def test_damaged_pdf_files() -> None:
    assert "is no PDF, or is damaged" in _refused("a.pdf", b"no such thing")
    assert "is no PDF, or is damaged" in _refused("a.pdf", b"%PDF-1.7\n" + os.urandom(2000))
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    pdf.cell(text="Data is kept in Oslo.")
    content = bytes(pdf.output())
    for end in range(10, len(content), len(content) // 7):
        # What pdfium can mend it mends; it is read whole or refused.
        with suppress(DocumentError):
            assert extract("a.pdf", content[:end]).text == "Data is kept in Oslo.\n"


# The process


def test_what_takes_too_long_is_ended_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _runs_instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(converter_process, "SECONDS", 0.3)
    assert "took longer than 0.3 seconds to convert" in _refused("a.html", _page("<p>Oslo.</p>"))
    assert converter_process._shared().process is None
    monkeypatch.undo()
    assert extract("a.html", _page("<p>Oslo.</p>")).text == "Oslo.\n"


def test_one_process_serves_many_files_and_is_replaced_when_it_dies() -> None:
    extract("a.html", _page("<p>Oslo.</p>"))
    first = converter_process._shared().process
    assert first is not None
    extract("a.html", _page("<p>Rome.</p>"))
    assert converter_process._shared().process is first
    first.kill()
    first.wait()
    assert extract("a.html", _page("<p>Oslo.</p>")).text == "Oslo.\n"
    assert converter_process._shared().process is not first


def test_a_converter_that_dies_of_a_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _runs_instead(monkeypatch, "import os, sys; sys.stdin.read(1); os.abort()")
    assert "ended the converter (it is damaged" in _refused("a.html", _page("<p>Oslo.</p>"))
    monkeypatch.undo()
    assert extract("a.html", _page("<p>Oslo.</p>")).text == "Oslo.\n"


def _runs_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    converter_process.stop()
    monkeypatch.setattr(
        converter_process,
        "_start",
        lambda: subprocess.Popen(
            [sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ),
    )


def test_the_process_may_do_nothing_but_convert(tmp_path: Path) -> None:
    tries = (
        "import sys, socket, subprocess\nfrom corpus.formats import converter_worker\n"
        "converter_worker._give_up_rights()\n"
        "def tried(act):\n"
        "    try:\n        act()\n    except OSError as error:\n"
        "        return type(error).__name__\n"
        "print(tried(lambda: socket.create_connection(('127.0.0.1', 9))),\n"
        "      tried(lambda: subprocess.run(['true'])),\n"
        f"      tried(lambda: open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'a')), end=' ')\n"
        "try:\n    bytearray(3 * 2**30)\nexcept MemoryError:\n    print(True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tries], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["PermissionError", "PermissionError", "OSError", "True"]


@pytest.mark.parametrize("end", ["", "import os; os.kill(os.getpid(), 9)"])
def test_a_script_without_a_guard_leaves_no_process(tmp_path: Path, end: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from corpus.formats import extract, converter_process\n"
        "print(extract('a.html', b'<p>Oslo.</p>').text.strip(), flush=True)\n"
        f"print(converter_process._shared().process.pid, flush=True)\n{end}\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    said, pid = done.stdout.split()
    assert said == "Oslo."
    assert _ends(int(pid))


def _ends(pid: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(autouse=True, scope="module")
def _no_process_is_left() -> Iterator[None]:
    yield
    shared = converter_process._shared().process
    converter_process.stop()
    assert shared is None or shared.returncode is not None


def test_versions_are_part_of_the_key() -> None:
    assert all(name in converters() for name in ("formats=", "lxml=", "pypdfium2="))
