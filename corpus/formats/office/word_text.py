"""The text of a Word document: its paragraphs, tables and what stands within a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.formats.markdown_writer import BREAK
from corpus.formats.office.letters import Face, symbol
from corpus.formats.office.office_xml import child, children, is_on, local, number, value
from corpus.formats.office.word_fields import Field, simple_field, step
from corpus.formats.office.word_numbering import Numbering
from corpus.formats.office.word_styles import (
    Style,
    Styles,
    face_of,
    indent_of,
    outline_level,
)  # fmt: skip
from corpus.formats.office.writing.office_blocks import (
    Block,
    Item,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    list_item,
)  # fmt: skip
from corpus.formats.office.writing.reading_text import Piece, plain
from corpus.formats.office.writing.write_blocks import note_text
from corpus.formats.office.writing.write_tables import WIDEST

if TYPE_CHECKING:
    from lxml.etree import Element

_THROUGH = frozenset(
    ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "sdtContent", "hyperlink", "rubyBase")
)
"""Elements whose content is read as if it stood outside of them."""
_SIGNS = {
    "tab": " ", "ptab": " ", "br": BREAK, "cr": BREAK, "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
_LONGEST_ALT = 40
"""Of a picture that may stand for a word in a cell."""
_CONTENTS = ("table of contents", "table of figures", "bibliography index")


@dataclass(slots=True)
class _Place:
    """What is open where the walk is."""

    pieces: list[Piece] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    floating: list[Block] = field(default_factory=list)
    """What lies beside the paragraph: text boxes."""


class WordText:
    """Reads one document; counts what it leaves out, and keeps its notes by their marks."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        links: dict[str, str],
        notes: dict[str, dict[str, Element]],
    ) -> None:
        self.left_out: list[tuple[str, str]] = []
        self.notes: dict[str, str] = {}
        """Texts of the notes by their marks."""
        self._styles, self._numbering, self._links = styles, numbering, links
        self._note_elements = notes
        self._marks: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._fields: list[Field] = []
        self._place = _Place()
        self._deleted: list[str] | None = None
        self._cells = 0
        self._carried: tuple[Piece, ...] = ()

    def blocks(self, parent: Element | None) -> list[Block]:
        """Return the paragraphs and tables within an element."""
        found: list[Block] = []
        for one in children(parent):
            name = local(one)
            if name == "p":
                found.extend(self._paragraph(one))
            elif name == "tbl":
                found.append(self._table(one))
            elif name == "sdt":
                found.extend(self._control(one))
            elif name in _THROUGH:
                found.extend(self.blocks(one))
            elif name in ("del", "moveFrom"):
                self._leave_out_deleted(one)
            elif name == "altChunk":
                self.left_out.append(("embedded document", ""))
            elif name == "AlternateContent":
                found.extend(self.blocks(_chosen(one)))
        return found

    def _control(self, element: Element) -> list[Block]:
        """Return what a content control holds."""
        properties = child(element, "sdtPr")
        gallery = (value(child(properties, "docPartObj", "docPartGallery")) or "").lower()
        if gallery in _CONTENTS or self._is_not_filled_in(element):
            return []
        return self.blocks(child(element, "sdtContent"))

    def _is_not_filled_in(self, element: Element) -> bool:
        properties = child(element, "sdtPr")
        if not is_on(child(properties, "showingPlcHdr")):
            return False
        if child(properties, "checkbox") is not None:
            return False
        name = value(child(properties, "alias")) or value(child(properties, "tag")) or ""
        self.left_out.append(("field not filled in", name))
        return True

    # Paragraphs

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        name = value(child(properties, "pStyle")) or self._styles.default
        style = self._styles.get(name)
        mark = face_of(child(properties, "rPr")).over(style.face)
        with self._inside(_Place()) as place:
            face = replace(style.face, bold=None)
            self._inline(element, face, "")
        if place.hidden:
            self.left_out.append(("hidden text", "".join(place.hidden)))
        pieces = (*self._carried, *place.pieces)
        self._carried = ()
        if child(properties, "rPr", "del") is not None:
            # The end of the paragraph was deleted: it goes on with the next.
            self._carried = pieces
            pieces = ()
        elif not style.is_contents and (plain(pieces) or not mark.hidden):
            yield self._made(pieces, properties, style, name)
        yield from place.floating

    def _made(
        self, pieces: tuple[Piece, ...], properties: Element | None, style: Style, name: str
    ) -> Paragraph:
        heading = outline_level(child(properties, "outlineLvl"), style.heading)
        item = self._item(properties, style, name)
        indent = item.indent if item else indent_of(properties, style.indent) or 0
        return Paragraph(pieces, heading, item, indent, style.is_quote)

    def _item(self, properties: Element | None, style: Style, name: str) -> Item | None:
        stated = child(properties, "numPr", "numId")
        chosen = style.list if stated is None else value(stated)
        if not chosen:
            return None
        level = child(properties, "numPr", "ilvl")
        bound = self._numbering.level_of(chosen, name)
        depth = (bound if bound is not None else style.level) or 0
        depth = depth if level is None else number(level)
        counted = self._numbering.count(chosen, depth)
        if counted is None:
            return None
        form, reached, label = counted
        indent = indent_of(properties, None)
        indent = form.indent if indent is None else indent
        where = Item("label", list=chosen, level=depth, indent=indent)
        return list_item(form, label, reached, where)

    @contextmanager
    def _inside(self, place: _Place) -> Iterator[_Place]:
        outer, self._place = self._place, place
        try:
            yield place
        finally:
            self._place = outer

    # Within a line

    def _inline(self, parent: Element | None, face: Face, address: str) -> None:
        for one in children(parent):
            name = local(one)
            if name == "r":
                self._run(one, face, address)
            elif name == "hyperlink":
                target = self._links.get(value(one, "id") or "", "")
                self._inline(one, face, target or address)
            elif name in _THROUGH:
                self._inline(one, face, address)
            elif name in ("del", "moveFrom"):
                self._leave_out_deleted(one)
            elif name == "sdt":
                self._inline_control(one, face, address)
            elif name == "fldSimple":
                self._fields.append(simple_field(one))
                self._inline(one, face, address)
                self._fields.pop()
            elif name in ("oMath", "oMathPara"):
                self._formula(one, face)
            elif name == "AlternateContent":
                self._inline(_chosen(one), face, address)

    def _inline_control(self, element: Element, face: Face, address: str) -> None:
        box = child(element, "sdtPr", "checkbox")
        if box is not None:
            state = "☒" if is_on(child(box, "checked")) else "☐"
            self._say(state, face, address)
        elif not self._is_not_filled_in(element):
            content = child(element, "sdtContent")
            if content is not None:
                self._inline(content, face, address)

    def _run(self, run: Element, face: Face, address: str) -> None:
        properties = child(run, "rPr")
        style = self._styles.get(value(child(properties, "rStyle")))
        face = face_of(properties).over(style.face).over(face)
        customary = False
        for one in children(run):
            name = local(one)
            if name in ("t", "delText"):
                # The sign of a mark that an author chose stands for the mark itself.
                self._say("" if customary else _letters(one.text or "", face), face, address)
            elif name in ("footnoteReference", "endnoteReference"):
                customary = is_on(one, False) or value(one, "customMarkFollows") in ("1", "true")
                self._note(name.removesuffix("Reference"), value(one, "id") or "")
            elif name == "sym":
                self._say("" if customary else _sign(one), face, address)
            elif name == "br":
                paged = value(one, "type") in ("page", "column")
                self._say(" " if paged else BREAK, face, address)
            elif name in _SIGNS:
                self._say(_SIGNS[name], face, address)
            elif name == "fldChar":
                for said in step(self._fields, one):
                    self._say(said, face, address)
            elif name == "instrText" and self._fields and not self._fields[-1].begun:
                self._fields[-1].code += one.text or ""
            elif name == "ruby":
                self._inline(child(one, "rubyBase"), face, address)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._picture(one, face)

    def _say(self, text: str, face: Face, address: str) -> None:
        """Add text where it is read; keep it as an example where it is left out."""
        if not text or any(not one.is_shown for one in self._fields):
            return
        if self._deleted is not None:
            self._deleted.append(text)
        elif face.hidden:
            self._place.hidden.append(text)
        else:
            led = next((one.address for one in reversed(self._fields) if one.address), address)
            self._place.pieces.append(
                Piece(text, bool(face.bold), bool(face.struck), bool(face.raised), led)
            )

    def _leave_out_deleted(self, element: Element) -> None:
        """Walk through what was deleted: fields go on in it. What was moved stands elsewhere."""
        outer, self._deleted = self._deleted, []
        if any(local(one) in ("p", "tbl") for one in children(element)):
            self.blocks(element)
        else:
            self._inline(element, Face(), "")
        said = "".join(self._deleted)
        self._deleted = outer
        if outer is None and local(element) != "moveFrom" and said.strip():
            self.left_out.append(("tracked deletion", said))

    def _note(self, kind: str, name: str) -> None:
        """Set the mark of a note, and read the note where it is met first."""
        element = self._note_elements.get(kind, {}).get(name)
        if element is None or self._deleted is not None:
            return
        mark = self._marks.get((kind, name))
        if mark is None:
            self._counts[kind] += 1
            mark = f"{'' if kind == 'footnote' else 'e'}{self._counts[kind]}"
            self._marks[kind, name] = mark
            fields, self._fields = self._fields, []
            with self._inside(_Place()):
                self.notes[mark] = note_text(self.blocks(element))
            self._fields = fields
        if self.notes.get(mark, "?"):
            self._place.pieces.append(Piece(f"[^{mark}]", ready=True))

    def _formula(self, element: Element, face: Face) -> None:
        """Keep a formula that is a row of letters; what stands above others is lost in a line."""
        said = "".join(one.text or "" for one in element.iter("{*}t"))
        if any(local(one) not in _ROW_OF_LETTERS for one in element.iter("{*}*")):
            self.left_out.append(("formula", said))
        else:
            self._say(said, face, "")

    # Beside the text

    def _picture(self, element: Element, face: Face) -> None:
        """Read the text boxes of a drawing, and count its pictures."""
        shown = next(element.iter("{*}docPr"), None)
        alt = (value(shown, "descr") or value(shown, "title") or "") if shown is not None else ""
        if shown is not None and any(is_on(one) for one in shown.iter("{*}decorative")):
            return
        self._shapes(element, alt, face)

    def _shapes(self, element: Element, alt: str, face: Face) -> None:
        what = _WHAT.get(local(element), "")
        if what == "image" and self._cells and 0 < len(alt) <= _LONGEST_ALT:
            # In a table a picture stands for a word: a tick for yes.
            self._say(f" {alt} ", face, "")
        elif what:
            name = value(element, "ProgID") if what == "embedded object" else alt
            self.left_out.append((what, name or value(element, "title") or ""))
        elif local(element) == "txbxContent":
            if self._deleted is None:
                fields, self._fields = self._fields, []
                self._place.floating.extend(self.blocks(element))
                self._fields = fields
        elif local(element) == "object":
            found = next(element.iter("{*}OLEObject", "{*}control"), None)
            if found is not None:
                self._shapes(found, alt, face)
        else:
            inner = _chosen(element) if local(element) == "AlternateContent" else element
            for one in children(inner):
                self._shapes(one, alt, face)

    # Tables

    def _table(self, element: Element) -> Table:
        self._cells += 1
        rows = [self._row(one) for one in _members(element, "tr") if not self._is_deleted(one)]
        self._cells -= 1
        return Table(tuple(rows))

    def _is_deleted(self, row: Element) -> bool:
        if child(row, "trPr", "del") is None:
            return False
        said = "".join(one.text or "" for one in row.iter("{*}t", "{*}delText"))
        self.left_out.append(("tracked deletion", said))
        return True

    def _row(self, element: Element) -> TableRow:
        properties = child(element, "trPr")
        skipped = min(number(child(properties, "gridBefore")), WIDEST)
        cells = [TableCell() for _ in range(skipped)]
        for one in _members(element, "tc"):
            set_as = child(one, "tcPr")
            wide = max(1, min(number(child(set_as, "gridSpan"), 1), WIDEST))
            merged = child(set_as, "hMerge")
            if merged is not None and value(merged) != "restart" and cells:
                cells[-1] = replace(cells[-1], columns=cells[-1].columns + wide)
                continue
            down = child(set_as, "vMerge")
            below = down is not None and value(down) != "restart"
            cells.append(TableCell(tuple(self.blocks(one)), wide, below))
        return TableRow(tuple(cells), is_on(child(properties, "tblHeader")))


_ROW_OF_LETTERS = frozenset(
    ("oMath", "oMathPara", "oMathParaPr", "jc", "r", "rPr", "t", "rFonts", "i", "b", "sty", "lang",
     "ctrlPr", "sz", "szCs", "bCs", "iCs", "color")
)  # fmt: skip
_WHAT = {
    "pic": "image", "imagedata": "image", "chart": "chart", "relIds": "diagram",
    "OLEObject": "embedded object", "control": "embedded object",
}  # fmt: skip


def _chosen(alternatives: Element) -> Element | None:
    """Return the one of several forms of the same content that programs of today show."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None and len(found):
            return found
    return None


def _members(parent: Element | None, name: str) -> Iterator[Element]:
    """Return rows or cells, also those within controls and insertions."""
    for one in children(parent):
        if local(one) == name:
            yield one
        elif local(one) == "sdt":
            yield from _members(child(one, "sdtContent"), name)
        elif local(one) in _THROUGH:
            yield from _members(one, name)


def _letters(text: str, face: Face) -> str:
    """Return text, also where it is set in a font of signs."""
    if not face.font.lower().startswith(("wingdings", "webdings")):
        return text
    return "".join(symbol(face.font, ord(letter)) if letter > " " else letter for letter in text)


def _sign(element: Element) -> str:
    code = value(element, "char") or ""
    known = len(code) <= 6 and all(letter in "0123456789abcdefABCDEF" for letter in code)
    return symbol(value(element, "font") or "", int(code, 16)) if code and known else ""
