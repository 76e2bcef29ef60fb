"""An evidence pack as a PDF that looks like a document: numbered pages, headings as bookmarks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ui.evidence.evidence_pack import CheckedStatement, CheckedTenant, Detail, Entry, Exhibit, Pack
from ui.evidence.pack_words import (
    CHECK,
    CODE_POINTS,
    DOCUMENTS,
    GONE,
    HOW_TO_CHECK,
    NO_SOURCES,
    TITLE,
    edition,
    place,
    shown_quote,
)
from ui.exports.check_files import ends
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from fpdf import FPDF

_ENCODING = "windows-1252"
"""What the fonts that every reader of PDF has can show; a pack needs no font of its own."""
_MARGIN, _INDENT, _LINE = 22.0, 8.0, 5.2
"""Millimetres: of the page, of a quotation, of a line of text."""
_INK, _PALE = 28, 90
"""Grey of text and of what stands around it, 0 to 255."""


class _Type(NamedTuple):
    """How words are set."""

    family: str
    style: str
    points: float
    grey: int = _INK


_KIND = _Type("Helvetica", "", 9, _PALE)
_HEAD = _Type("Helvetica", "B", 20)
_QUESTION = _Type("Helvetica", "B", 13)
_SMALL_HEAD = _Type("Helvetica", "B", 9, _PALE)
_TEXT = _Type("Times", "", 11)
_STRONG = _Type("Times", "B", 11)
_CONTEXT = _Type("Times", "I", 10.5, _PALE)
_NOTE = _Type("Helvetica", "", 8.5, _PALE)
_HASH = _Type("Courier", "", 7, _PALE)


def pack_pdf(pack: Pack) -> bytes:
    """Return a pack as a PDF file.

    A character that the fonts do not have is written as its code point: [U+6771].
    """
    return _Sheets(pack).written()


class _Sheets:
    """The pages of one pack while they are written."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._lacks_signs = False
        self._pdf = _document(f"{TITLE}: {shown(pack.title)}")
        self._pdf.set_creation_date(pack.made)

    def written(self) -> bytes:
        """Write all parts and return the file."""
        pack = self._pack
        self._pdf.add_page()
        self._say(TITLE.upper(), _KIND)
        self._say(pack.title, _HEAD, 9)
        self._details((*pack.about, Detail("Made", f"{pack.made:%Y-%m-%d %H:%M} UTC")))
        for entry in pack.entries:
            self._entry(entry)
        for checked in pack.checks:
            self._check(checked)
        self._documents()
        self._rule()
        self._say(HOW_TO_CHECK, _NOTE, 4)
        if self._lacks_signs:
            self._say(CODE_POINTS, _NOTE, 4)
        return bytes(self._pdf.output())

    def _entry(self, entry: Entry) -> None:
        answered = entry.answered
        self._rule()
        self._pdf.start_section(shown(f"{answered.number} {answered.question}")[:200])
        self._say(f"{answered.number}  {answered.question}", _QUESTION, 6.5)
        self._say(answered.verdict, _SMALL_HEAD)
        self._say(answered.text, _TEXT)
        if entry.exhibits:
            self._heading("What it stands on")
        else:
            self._say(NO_SOURCES, _NOTE)
        for exhibit in entry.exhibits:
            self._exhibit(exhibit)
        if answered.receipt:
            self._heading("Receipt")
            self._details(answered.receipt)

    def _exhibit(self, one: Exhibit) -> None:
        pdf = self._pdf
        if pdf.will_page_break(5 * _LINE):
            pdf.add_page()
        pdf.ln(1.5)
        self._say(f"[{one.marker}]  {place(one)}", _SMALL_HEAD)
        pdf.set_left_margin(_MARGIN + _INDENT)
        pdf.set_x(_MARGIN + _INDENT)
        for words, kind in (
            (one.before, _CONTEXT), (one.quote, _STRONG), (one.after, _CONTEXT),
        ):  # fmt: skip
            if words:
                self._say(shown_quote(words), kind)
        if one.source:
            self._say(one.source, _NOTE, 4)
        if one.sha256:
            where = f"Code points {one.span.start:,} to {one.span.end:,} of the text"
            self._say(where, _NOTE, 4)
            self._say(f"SHA-256 {one.sha256}", _HASH, 3.4)
        else:
            self._say(GONE, _NOTE, 4)
        pdf.set_left_margin(_MARGIN)
        pdf.set_x(_MARGIN)

    def _check(self, checked: CheckedTenant) -> None:
        self._rule()
        title = f"{CHECK} {checked.name}"
        self._pdf.start_section(shown(title)[:200])
        self._say(title, _QUESTION, 6.5)
        self._details(checked.said)
        for line in checked.told:
            self._say(line, _TEXT)
        self._heading("How it ends")
        self._details(Detail(one.of, ends(one)) for one in checked.tallies)
        self._heading("Statements")
        for one in checked.statements:
            self._statement(one)

    def _statement(self, one: CheckedStatement) -> None:
        pdf = self._pdf
        if pdf.will_page_break(4 * _LINE):
            pdf.add_page()
        pdf.ln(1.5)
        self._say(one.outcome, _SMALL_HEAD)
        self._say(shown_quote(one.quote), _TEXT)
        decided = f" ({', '.join(one.decided_by)})" if one.decided_by else ""
        if one.because:
            self._say(f"Because: {'; '.join(one.because)}{decided}", _CONTEXT)
        where = f"code points {one.span.start:,} to {one.span.end:,}"
        self._say(f"{one.title}, {edition(one.edition)}, {where}", _NOTE, 4)

    def _documents(self) -> None:
        if not self._pack.documents:
            return
        self._rule()
        self._pdf.start_section(DOCUMENTS)
        self._say(DOCUMENTS, _QUESTION, 6.5)
        for one in self._pack.documents:
            times = "once" if one.cited == 1 else f"{one.cited} times"
            self._say(f"{one.title}, {edition(one.edition)}, cited {times}", _TEXT)
            self._say(one.source, _NOTE, 4)
            self._say(f"SHA-256 of the text {one.text_sha256}", _HASH, 3.4)
            self._say(f"SHA-256 of the file {one.file_sha256}", _HASH, 3.4)
            self._pdf.ln(2)

    def _details(self, lines: Iterable[Detail]) -> None:
        for one in lines:
            self._say(f"{one.name}: {one.value}", _NOTE, 4.2)

    def _heading(self, words: str) -> None:
        self._pdf.ln(2)
        self._say(words.upper(), _SMALL_HEAD)

    def _rule(self) -> None:
        pdf = self._pdf
        pdf.ln(5)
        if pdf.will_page_break(8 * _LINE):
            pdf.add_page()
            return
        pdf.set_draw_color(_INK)
        pdf.line(_MARGIN, pdf.get_y(), pdf.w - _MARGIN, pdf.get_y())
        pdf.ln(4)

    def _say(self, words: str, kind: _Type, line: float = _LINE) -> None:
        """Write words over as many lines as they need."""
        if not words:
            return
        pdf = self._pdf
        self._lacks_signs |= shown(words) != inert(words)
        pdf.set_font(kind.family, kind.style, kind.points)
        pdf.set_text_color(kind.grey)
        pdf.multi_cell(0, line, shown(words), align="L", new_x="LMARGIN", new_y="NEXT")


def shown(text: str) -> str:
    """Return text in characters that the fonts have; the others as their code points."""
    return "".join(
        one if one.encode(_ENCODING, "ignore") else f"[U+{ord(one):04X}]" for one in inert(text)
    )


def _document(title: str) -> FPDF:
    from fpdf import FPDF

    class Numbered(FPDF):
        """Pages that tell their number and what they belong to."""

        def footer(self) -> None:
            """Write what stands at the foot of each page."""
            self.set_xy(_MARGIN, -15)
            self.set_font("Helvetica", "", 8)
            self.set_text_color(_PALE)
            self.cell(0, 5, title[:90], align="L")
            self.set_x(_MARGIN)
            self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Numbered(format="A4")
    pdf.core_fonts_encoding = _ENCODING
    pdf.set_margins(_MARGIN, 20, _MARGIN)
    pdf.set_auto_page_break(True, 22)
    pdf.set_title(title)
    pdf.set_lang("en")
    return pdf
