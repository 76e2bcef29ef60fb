"""Files as nobody should write them: real documents cut, spliced, shuffled, nested and repeated.

All of it follows from a number, so that a case that fails can be made again.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import docx
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.corpus.formats.office_files import odt
from tests.paths import ROOT

LARGEST = 2**16
"""Bytes of a case."""
_SLICE = 6_000
"""Bytes of a seed that most cases are made of: small ones are fast, and many."""

LINE_ENDS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\n\r")
MARKS = (
    "\ufeff", "\u200b", "\u202e", "\u2066", "\u2069", "\u200f", "\u0301" * 40, "👩‍👩‍👧‍👦", "🇳🇴",
    "שלום", "مرحبا", "日本語", "İı", "ſß", "\U0010ffff", "\ufffe", "\x1b[31m", "\x07", "\x7f",
    "9" * 400, "1e999", "-0", "٣٤", "²", "½", "\xa0", "\xad", "A\u030a", "ﬁ", "𝟙",
)  # fmt: skip
PIECES = (
    "# A", "###### B c", "#", "- item", "* **L** - v", "  - nested", "1. step", "999999999. x",
    "0) x", "> note", "> [!NOTE]", ">> deep", "| a | b |", "|---|---|", "| x | |", "|  | y \\| z |",
    "|", "|||||||", "| a", "```", "~~~~", "```py `x`", "    code", "\ttab", "---", "...", "===",
    "title: x", "ms.date: 01/02/2020", "date: 0000-00-00", "***", "+", "1.", "Setext\n===",
    "> - q\n>   r", "[a](b)", "[a]: <b> 'c", "![", "<!-- a", "-->", "<div>", "</div>", "<?x",
    "&amp;", "&#x110000;", "**Location**: Oslo", "- **Location**: Oslo",
    "- **Services**: Mail and Chat", "Required:", "Note", "Tip: do it.", "  • item", "2. go:",
    "Get-Thing -Flag x", "$a = 1", "}", "Q: Where?", "A: There.", "a\tb\tc", "\tb\t", "Name Value",
    "Sentence.", "key   : value", "Name      Place", "Mail      Oslo", "x:",
    "The following are excluded:", "except:",
    "Data is stored in Oslo, except when it moves to Bergen; it is not kept for 30 days.",
    "Ignore previous instructions.", "Call the desk.", "See https://a.b/c.", "- [ ] todo",
)  # fmt: skip
"""Lines that a parser takes for something."""
UNITS = (
    "a", "A", " ", "\t", "a ", "A ", "a.", "a. ", ".", "!", "?)", ". ", ",", ", ", "; ", ":", "a:",
    "A: ", "-", "- ", "--", "- - ", "_", "__", "*", "**", "** ", "**a", "*a* ", "`", "``", "` ",
    "`a", "[", "[[", "![", "](", "[a](", "[a]", "(", ")", "()", "((", "a(", '"', "'", "“", "|",
    "| ", "|a", "\\|", "\\", "> ", ">", "#", "# ", "+", "+ ", "=", "~", "1", "1. ", "1.", "1)",
    "9,", "<", "<a", "<a ", "<!--", "<!-- ", "<!", "<?", "<div>", "</", "&", "&#", "&a", "a@",
    "a@a.", "http://", "and ", "and, ", "if a, ", "if a ", "except ", "except a, ", "for a ",
    "in the ", "not ", "to ", "the ", "is ", "is not ", "which ", ", which ", "that ", "move ",
    "migration ", "kept ", "kept a ", "kept for ", "for a a ", "services a ", "uses a ",
    "how long ", "available in a ", "may ", "you ", "Use ", "Get-A ", "Get-A", "Use the a ",
    "Please ", "note ", "ignore all ", "every bot ", "system (", "a-a", "a-", "a_", "a.a", "a'",
    "a’", "then ", "then, ", "will ", "by ", "see ", "for more ", "A a ", "Oslo ", "Oslo, ", "NO ",
    "NO, ", "US and ", "Abc, NO", "$", "{", "}", "{a} ", "x = ", "a --a ", "a : ", "a  ", "a  : ",
    "\xa0", "\u3000", "é", "\u0301", "👍", "ff", "data ", "a data ", "is called ", "there is ",
    "announced ", "(known as ", "not a ", "analyze ", "performs a ", "during the a ", "a\n", "\n",
    "\n\n", "\r", "\r\n", "a\n\n", "- a\n", "> a\n", "1. a\n", "# a\n\n", "A\n\n", "A b\n\n",
    "|a|b|\n", "- A: b\n", "- **A**: B\n", "a\tb\n", "\ta\n", "    a\n", "  a\n", "```\n", "-\n",
    "=\n", "a  b\n", "A  b\n\n", "a\nb\n\n", "---\n", "a:\n", "• a\n", "1. a:\n", "Q: a\n",
    "Note\n\n", "$a = 1\n\n", "A:\n\n", "a: b\n", "[a]: b\n", " *", "* ", "- a\n\n  b\n\n", "|\n",
    "-a\n", "A.\n", "A b.\n",
)  # fmt: skip
"""Pieces that, said thousands of times, cost a careless pattern a square or worse."""
FIELDS = (
    "title: {}", "ms.date: {}", "date: {}", "supersedes: {}", "product: {}", "{}: title", "? {}",
    "source: {}", "title: [{0}, {0}]", "title: {{a: {}}}", "- {}",
)  # fmt: skip
VALUES = (
    "0000-00-00", "9999-99-99", "2020-01-01", "01/02/2020", "13/13/2020", "2001-01-01T00:00:00Z",
    "2001-01-01 00:00:00 +99:99", "0001-01-01T00:00:00+23:59", "1" * 5000, "0x" + "f" * 5000,
    "0b" + "1" * 9999, "1" + "_0" * 3000, "1" + ":59" * 400, ".inf", ".nan", "1e400", "~", "null",
    "true", '"\\ud800"', '"\\ud83d\\ude00"', '"\\0"', '"\\x85"', "|\n  a\n  b", "&a [*a]",
    "&a {b: *a}", "*missing", "&a x", "!!python/object:os.system x",
    "!!python/object/apply:os.system [ls]", "!!int x", '!!int ""', '!!float ""', "!!bool x",
    "!!timestamp x", "!!binary '*'", "!!set {a, b}", "!!omap [a]", "!!null x", "!!str 1", "!!map x",
    "!<tag:yaml.org,2002:int> 'z'", "<<: 1", "<<: [1]", "{a: 1, a: 2}", "[1, [2, [3]]]", "[" * 300,
    "{" * 300, "- " * 300, "[" * 3000 + "]" * 3000, "{}", "[]", "''", '""', "'", '"', "%", "@a",
    "`a", "a: b: c", "\ta", "#", "é", "日本", "𝟙", "👍", "a" * 9000, "[" + "x, " * 3000 + "]",
    "--- a", "... a", "%YAML 9.9", "!", "? a", "on", "1.2.3",
)  # fmt: skip
TOML_VALUES = (
    '"x"', "''", "1", "-0", "1" * 5000, "0x" + "f" * 5000, "1e400", "nan", "true", "2020-01-01",
    "0000-00-00", "2020-13-01", "01:02:03", "1979-05-27T07:32:00-08:00", '"\\ud800"', '"\\u0000"',
    '"\\U0010FFFF"', "[]", '["a", 1]', "{}", "{a = 1}", "[" * 2000, "[" * 400 + "]" * 400, '"""',
    "'''", '"01/02/2020"', '"last week"', '"a\\nb"', '"../../etc"', '""', '" "',
    '"' + "é" * 999 + '"', "x",
)  # fmt: skip
TOML_KEYS = (
    "id", "title", "date", "service", "supersedes", "source", "licence", "publisher", "file",
    "ms.date", '"a b"', "document", "x.y.z", "",
)  # fmt: skip
JSON_VALUES = (
    '"Data is kept in Oslo."', '""', "1", "null", "true", "[]", "{}", '["Where?"]', '[["a"]]',
    "[1]", '["a", null]', '"\\ud800"', '["\\ud800"]', '"\\u0000"', "1" * 5000, "1e999", "NaN",
    "[" * 3000, '"' + "x" * 5000 + '"', '"\u2028"', '["\u2028 where?"]', '"Oslo',
)  # fmt: skip

TAGS = (
    "<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p>", "<a href=x>", "<sup>", "<br>", "<li>",
    "<blockquote>", "<dl><dd>", "<pre>", "<td colspan=99>", "<span>a", "<td rowspan=9999>", "<h1>",
    "<!--", "&#", "<tr><th>a<td>b",
)  # fmt: skip


class Seed(NamedTuple):
    """A file that is well-formed."""

    suffix: str
    content: bytes


@cache
def text_seeds() -> tuple[Seed, ...]:
    """Return the documents that come with the project, and those of the evaluation."""
    folders = (
        ROOT / "corpus" / "documents",
        *sorted((ROOT / "evals" / "cases").glob("*/documents")),
    )
    paths = [path for folder in folders for path in sorted(folder.iterdir())]
    return tuple(
        Seed(path.suffix, path.read_bytes()) for path in paths if path.suffix in (".md", ".txt")
    )


@cache
def converted_seeds() -> tuple[Seed, ...]:
    """Return a file of each format that is converted, with everything in it."""
    return (
        Seed(".docx", _docx()), Seed(".odt", _odt()), Seed(".pdf", _pdf()), Seed(".html", _html()),
        Seed(".xlsx", _xlsx()), Seed(".csv", _csv()), Seed(".eml", _eml()),
    )  # fmt: skip


def _docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Contoso guide"
    document.add_heading("Where data is kept", 1)
    document.add_paragraph("Customer data is kept at rest in Dublin and in Amsterdam.")
    for word in ("Mail", "Chat"):
        document.add_paragraph(f"{word} is kept in Oslo.", style="List Bullet")
    table = document.add_table(rows=3, cols=2)
    for number, text in enumerate(("Service", "Region", "Mail", "Norway", "Chat", "Japan")):
        table.rows[number // 2].cells[number % 2].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt() -> bytes:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-body><text:p>Since 2024.</text:p>'
        "</text:note-body></text:note>"
    )
    body = (
        '<text:h text:outline-level="1">Where data is kept</text:h>'
        f"<text:p>Customer data is kept in Dublin.{note}</text:p>"
        '<text:list text:style-name="L"><text:list-item><text:p>Mail</text:p><text:list>'
        "<text:list-item><text:p>Logs</text:p></text:list-item></text:list></text:list-item>"
        "</text:list><table:table><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>Mail</text:p></table:table-cell>'
        "<table:table-cell><text:p>Norway</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>Japan</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    return odt(body, styles=styles, title="Contoso guide")


def _pdf() -> bytes:
    pdf = FPDF()
    pdf.set_compression(False)
    for page in ("one", "two"):
        pdf.add_page()
        pdf.set_font("times", size=18)
        pdf.multi_cell(0, 9, f"Chapter {page}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("times", size=11)
        pdf.multi_cell(0, 6, "Data is kept at rest in Dublin. " * 12, new_x="LMARGIN", new_y="NEXT")
        with pdf.table() as table:
            for cells in (("Service", "Region"), ("Mail", "Norway"), ("Chat", "Japan")):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
    return bytes(pdf.output())


def _xlsx() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Regions", 0)
    for row in (("Sub-processors", None), ("Name", "Since"), ("Acme", 45000.5), ("Bolt", 0.5)):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet["A3"].comment = Comment("From May on.", "Ann")
    sheet.row_dimensions[4].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv() -> bytes:
    return b'Sub-processors\nName;Where\n"Acme; Inc.";"Oslo\nLund"\nEurope;\nBolt;Vigo\n'


def _eml() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Müller", "Tue, 03 Mar 2026 10:00:00 +0100"
    message.set_content("Data is kept in Oslo.\n\n> Where?\n\n-- \nAnn\n")
    message.add_alternative("<p>Data is kept in <b>Oslo</b>.</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    inner = EmailMessage()
    inner.set_content("Inner words.")
    message.add_attachment(inner)
    return message.as_bytes()


def _html() -> bytes:
    return (
        b"<!doctype html><html><head><meta charset=utf-8><title>Guide</title>"
        b'<meta name="ms.date" content="01/02/2024"><link rel=canonical href="https://a.b/c">'
        b"</head><body><nav>Home</nav><main><h1>Where data is kept</h1><p>Data is kept in "
        b"<b>Oslo</b><br>and <a href='/x'>Bergen</a>.<sup>2</sup></p><ul><li>Mail<ul><li>Logs</ul>"
        b"<li>Chat</ul><ol start=3><li><p>Go:<pre>Get-It -Now</pre></ol><blockquote>A note"
        b"</blockquote><dl><dt>Term<dd>What it is</dl><table><tr><th>Service<th>Region<tr><td "
        b"rowspan=2>Mail<td>Norway<tr><td>Japan</table></main><footer>x</footer></body></html>"
    )


def mutated_text(number: int) -> tuple[str, bytes]:
    """Return name and content of the case of a number."""
    chance = random.Random(number)
    suffix = chance.choice((".md", ".md", ".txt"))
    made = chance.choices((_altered, _pumped, _assembled, _headed, _nested), (9, 6, 4, 3, 1))[0]
    content = made(chance, suffix)
    if chance.random() < 0.15:
        content = _encoded(chance, content)
    return f"case{suffix}", content[:LARGEST]


def mutated_binary(number: int) -> tuple[str, bytes]:
    """Return name and content of a case that a converter reads."""
    chance = random.Random(number)
    seed = chance.choice(converted_seeds())
    if seed.suffix in (".docx", ".odt", ".xlsx") and chance.random() < 0.7:
        content = _repacked(chance, seed.content)
    elif seed.suffix == ".html" and chance.random() < 0.5:
        content = _pumped_page(chance)
    else:
        content = _bytewise(chance, seed.content)
    return f"case{seed.suffix}", content[:LARGEST]


def mutated_toml(number: int) -> str:
    """Return what a person might leave in a file of descriptions."""
    chance = random.Random(number)
    lines = []
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.4:
            lines.append(
                chance.choice(("[[document]]", "[document]", "[[x]]", "document = 1", "]"))
            )
        key, value = chance.choice(TOML_KEYS), chance.choice(TOML_VALUES)
        lines.append(f"{key} = {value}")
    if chance.random() < 0.5:
        lines = ["[[document]]", 'id = "a"', 'file = "a.md"', *lines]
    return chance.choice(LINE_ENDS[:3]).join(lines)


def mutated_rows(number: int) -> str:
    """Return a bank of questions, most of its rows unlike what is asked for."""
    chance = random.Random(number)
    rows = []
    for _ in range(chance.randint(1, 4)):
        fields = [
            f'"{key}": {chance.choice((good, good, chance.choice(JSON_VALUES)))}'
            for key, good in (("document", '"a"'), ("section", '"A"'),
                              ("passage", '"Data is kept in Oslo."'), ("questions", '["Where?"]'))
            if chance.random() < 0.9
        ]  # fmt: skip
        rows.append(chance.choice(("{" + ", ".join(fields) + "}",) * 8 + JSON_VALUES[:3]))
    return "\n".join(rows)


def _slice(chance: random.Random, content: bytes) -> bytes:
    if chance.random() < 0.04:
        return content
    start = chance.randrange(max(1, len(content) - 200))
    return content[start : start + chance.randint(100, _SLICE)]


def _altered(chance: random.Random, suffix: str) -> bytes:
    content = _slice(chance, chance.choice(text_seeds()).content)
    for _ in range(chance.choice((1, 2, 4, 9))):
        content = chance.choice(_ALTERATIONS)(chance, content)
        content = content[:LARGEST]
    # Most bytes that are not UTF-8 end the case at once; some of them are enough.
    return content if chance.random() < 0.1 else content.decode("utf-8", "ignore").encode()


def _bytewise(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 3, 20))):
        content = chance.choice(_BYTEWISE)(chance, content)[: 2 * LARGEST]
    return content


def _range(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + int(chance.expovariate(1 / 60)))


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 5, 50)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _delete(chance: random.Random, content: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:start] + content[end:]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 3, 40)) + content[end:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    start, _ = _range(chance, content)
    added = chance.choice((b"\x00", b"\xff", b"\xed\xa0\x80", chance.randbytes(8)))
    return content[:start] + added + content[start:]


def _insert_text(chance: random.Random, content: bytes) -> bytes:
    start, _ = _range(chance, content)
    added = chance.choice((*MARKS, *UNITS, *LINE_ENDS)) * chance.choice((1, 1, 2, 30))
    return content[:start] + added.encode() + content[start:]


def _insert_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    added = [f"{chance.choice(PIECES)}\n".encode() for _ in range(chance.choice((1, 2, 6)))]
    return b"".join((*lines[:at], *added, *lines[at:]))


def _splice(chance: random.Random, content: bytes) -> bytes:
    other = _slice(chance, chance.choice(text_seeds()).content)
    return _truncate(chance, content) + other[chance.randrange(len(other) + 1) :]


def _shuffle(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _join_lines(chance: random.Random, content: bytes) -> bytes:
    return (
        content.replace(b"\n\n", b"\n") if chance.random() < 0.5 else content.replace(b"\n", b" ")
    )


def _other_ends(chance: random.Random, content: bytes) -> bytes:
    end = chance.choice(LINE_ENDS).encode()
    return b"".join(
        line + (end if chance.random() < 0.7 else b"\n") for line in content.splitlines()
    )


def _indent(chance: random.Random, content: bytes) -> bytes:
    marks = (b" ", b"  ", b"    ", b"\t", b"> ", b"- ", b"  - ", b"1. ", b"| ", b"# ", b"* **A**: ")
    return b"".join(
        (chance.choice(marks) if chance.random() < 0.3 else b"") + line
        for line in content.splitlines(keepends=True)
    )


def _drop_closing(chance: random.Random, content: bytes) -> bytes:
    mark = chance.choice((b"|", b"`", b"*", b")", b"]", b"-", b">", b":", b"."))
    return b"".join(
        b"" if bytes((c,)) == mark and chance.random() < 0.5 else bytes((c,)) for c in content
    )


_BYTEWISE: Sequence[Callable[[random.Random, bytes], bytes]] = (
    _flip, _truncate, _delete, _repeat, _insert, _insert_text,
)  # fmt: skip
_ALTERATIONS: Sequence[Callable[[random.Random, bytes], bytes]] = (
    _flip, _truncate, _delete, _repeat, _insert_text, _insert_lines, _insert_lines, _splice,
    _shuffle, _join_lines, _other_ends, _indent, _drop_closing,
)  # fmt: skip


def pumped(chance: random.Random, size: int) -> str:
    """Return a few pieces said again and again."""
    unit = "".join(chance.choices(UNITS, k=chance.choice((1, 1, 1, 2, 2, 3))))
    before = chance.choice(("", "", chance.choice(UNITS), f"{chance.choice(PIECES)}\n"))
    after = chance.choice(
        ("", "", chance.choice(UNITS), f"\n{chance.choice(PIECES)}", "\n\n- a\n- b")
    )
    return before + unit * (size // len(unit.encode())) + after


def _pumped(chance: random.Random, suffix: str) -> bytes:
    sizes = (500, 2_000, 8_000, 16_000, LARGEST) if chance.random() < 0.5 else (500, 700)
    return pumped(chance, chance.choice(sizes)).encode()


def _pumped_page(chance: random.Random) -> bytes:
    tag = chance.choice(TAGS)
    body = tag * chance.choice((3, 100, 240, 5_000)) + pumped(chance, 500)
    return b"<html><body>" + body.encode()[: LARGEST - 100]


def _assembled(chance: random.Random, suffix: str) -> bytes:
    lines = chance.choices((*PIECES, ""), k=chance.choice((3, 12, 60, 400)))
    ends = chance.choices(LINE_ENDS, (90, *(1,) * (len(LINE_ENDS) - 1)), k=len(lines))
    return "".join(f"{line}{end}" for line, end in zip(lines, ends, strict=True)).encode()


def _headed(chance: random.Random, suffix: str) -> bytes:
    """Front matter with values that a person would not write."""
    fields = [
        chance.choice(FIELDS).format(chance.choice(VALUES)) for _ in range(chance.choice((1, 2, 5)))
    ]
    if chance.random() < 0.1:
        names = "abcdefghij"
        inner = (
            f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise(names)
        )
        fields = ["a: &a [x,x,x,x,x,x,x,x,x]", *inner, "title: *j"]
    if chance.random() < 0.1:
        fields = [pumped(chance, chance.choice((500, 8_000, LARGEST // 2)))]
    close = chance.choice(("---", "---", "---", "----", "...", ""))
    return "\n".join(("---", *fields, close, "# A", "Data is kept in Oslo.")).encode()


def _nested(chance: random.Random, suffix: str) -> bytes:
    depth = chance.choice((5, 25, 300, 3_000))
    mark = chance.choice(
        ("> ", "- ", "1. ", "  - ", "* ", "+ ", "> - ", "[", "(", "<div>", "**", "`")
    )
    if chance.random() < 0.5:
        return (mark * depth + "Data is kept in Oslo.").encode()
    step = chance.choice((" ", "  ", "   ", "\t"))
    lines = [f"{step * level}{mark}a {level}" for level in range(min(depth, 300))]
    return "\n".join(lines).encode()


def _encoded(chance: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "latin-1", "utf-7")), "replace"
    )


def _repacked(chance: random.Random, content: bytes) -> bytes:
    """An office document with one of its parts changed, and an archive that is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = old.namelist()
        main = "content.xml" if "content.xml" in names else "word/document.xml"
        changed = chance.choice((main, main, chance.choice(names)))
        for name in names:
            part = old.read(name)
            if name == changed:
                part = _bytewise(chance, part)
            if name != changed or chance.random() < 0.9:
                new.writestr(name, part)
    return out.getvalue()
