"""The text of an OpenDocument file: its paragraphs, lists, tables and what stands in a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.formats.markdown_writer import BREAK
from corpus.formats.office.automatic_numbers import Counter
from corpus.formats.office.letters import Face
from corpus.formats.office.odt_styles import OUTLINE, OdtStyles
from corpus.formats.office.office_xml import child, children, local, number, value
from corpus.formats.office.writing.office_blocks import (
    Block,
    Item,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    list_item,
)
from corpus.formats.office.writing.reading_text import Piece, plain
from corpus.formats.office.writing.write_blocks import note_text
from corpus.formats.office.writing.write_tables import WIDEST

if TYPE_CHECKING:
    from lxml.etree import Element

_MOST_SPACES = 100
_MOST_REPEATED = 100
_LONGEST_ALT = 40
_THROUGH = frozenset(
    ("index-body", "numbered-paragraph", "list-header", "soft-page-break", "g", "page-anchor")
)
_CONTENTS = frozenset(
    ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
     "alphabetical-index")
)  # fmt: skip
"""What repeats headings and names with the numbers of their pages."""
_SHAPES = frozenset(
    ("custom-shape", "rect", "ellipse", "circle", "line", "polygon", "path", "caption", "g",
     "text-box", "a", "connector", "polyline", "regular-polygon")
)  # fmt: skip
_SILENT = frozenset(
    ("page-number", "page-count", "script", "number", "ruby-text", "annotation-end", "param",
     "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
     "toc-mark-start", "alphabetical-index-mark-start", "title", "desc")
)  # fmt: skip
_IMAGES = {"image": "image", "plugin": "embedded object", "object": "embedded object",
           "object-ole": "embedded object", "applet": "embedded object"}  # fmt: skip


@dataclass(slots=True)
class _List:
    """A list that is open: its style, and what counts its paragraphs."""

    name: str
    style: str
    counter: Counter
    level: int = 0
    fresh: bool = True
    """Whether the next paragraph is the first of its item."""
    start: int | None = None


class OdtText:
    """Reads one document; counts what it leaves out, and keeps its notes by their marks."""

    def __init__(
        self, styles: OdtStyles, controls: dict[str, Element], deletions: frozenset[str]
    ) -> None:
        self.left_out: list[tuple[str, str]] = []
        self.notes: dict[str, str] = {}
        """Texts of the notes by their marks."""
        self._styles, self._controls = styles, controls
        self._deletions = deletions
        self._deleting: dict[str, list[str]] = {}
        """What was deleted and stands in its place all the same, by the deletions that are open."""
        self._pieces: list[Piece] = []
        self._hidden: list[str] = []
        self._floating: list[Block] = []
        self._known: dict[str, _List] = {}
        """Lists by the ids and by the styles that later ones go on with."""
        self._outline = Counter()
        self._names = self._ends = 0
        self._list: _List | None = None
        self._cells = 0

    def blocks(self, parent: Element | None) -> list[Block]:
        """Return the paragraphs and tables within an element."""
        found: list[Block] = []
        for one in children(parent):
            name = local(one)
            if name in ("p", "h"):
                found.extend(self._paragraph(one))
            elif name == "list":
                found.extend(self._read_list(one))
            elif name == "table":
                found.append(self._table(one))
            elif name == "section":
                found.extend(self._section(one))
            elif name in _CONTENTS:
                continue
            elif name == "bibliography":
                found.extend(self.blocks(child(one, "index-body")))
            elif name in _THROUGH:
                found.extend(self.blocks(one))
            elif name == "tracked-changes":
                self._count_deletions(one)
            elif name in ("change-start", "change-end"):
                self._follow_change(one)
            elif name in ("frame", "control", *_SHAPES):
                outer, self._floating = self._floating, []
                self._shape(one, Face())
                found.extend(self._floating)
                self._floating = outer
        return found

    def _section(self, element: Element) -> list[Block]:
        if value(element, "display") == "none" or value(element, "is-hidden") == "true":
            self.left_out.append(("hidden text", _text_of(element)))
            return []
        return self.blocks(element)

    def _count_deletions(self, element: Element) -> None:
        for one in element.iter("{*}deletion"):
            if value(one.getparent(), "id") in self._deletions:
                continue
            said = " ".join(map(_text_of, (p for p in children(one) if local(p) != "change-info")))
            if said:
                self.left_out.append(("tracked deletion", said))

    def _follow_change(self, element: Element) -> None:
        """Follow the marks around what was deleted while changes were shown."""
        name = value(element, "change-id") or ""
        if local(element) == "change-start" and name in self._deletions:
            self._deleting[name] = []
        elif name in self._deleting:
            self.left_out.append(("tracked deletion", "".join(self._deleting.pop(name))))

    # Lists

    def _read_list(self, element: Element) -> list[Block]:
        outer = self._list
        self._list = self._opened(element, outer)
        found: list[Block] = []
        for item in children(element):
            self._list.fresh = local(item) == "list-item"
            self._list.start = _start(item)
            found.extend(self.blocks(item))
        self._list = outer
        return found

    def _opened(self, element: Element, outer: _List | None) -> _List:
        style = value(element, "style-name") or (outer.style if outer else "")
        if outer is not None:
            return _List(outer.name, style, outer.counter, outer.level + 1)
        follows = value(element, "continue-list")
        goes_on = value(element, "continue-numbering") == "true"
        key = f"id {follows}" if follows else f"style {style}"
        before = self._known.get(key) if follows or goes_on else None
        self._names += 1
        opened = _List(f"list {self._names}", style, Counter())
        if before is not None:
            opened = replace(opened, name=before.name, counter=before.counter)
        self._known[f"style {style}"] = opened
        if name := value(element, "id"):
            self._known[f"id {name}"] = opened
        return opened

    def _item(self, heading: bool, element: Element, style_list: str | None) -> Item | None:
        opened = self._list
        if opened is None:
            return self._numbered_heading(element, style_list) if heading else None
        if not opened.fresh:
            return Item("label", list=opened.name, level=opened.level)
        opened.fresh = False
        style = opened.style or style_list or ""
        return self._count(opened, style, opened.start)

    def _numbered_heading(self, element: Element, style_list: str | None) -> Item | None:
        """Return the number of a heading that the outline of the document numbers."""
        if style_list == "" or value(element, "is-list-header") == "true":
            return None
        level = max(0, number(element, 1, "outline-level") - 1)
        opened = _List(OUTLINE, OUTLINE, self._outline, level)
        anew = value(element, "restart-numbering") == "true"
        start = (_start(element) or 1) if anew else None
        return self._count(opened, OUTLINE, start)

    def _count(self, opened: _List, style: str, start: int | None) -> Item | None:
        levels = self._styles.lists.get(style)
        if not levels:
            bullet = Item("bullet", list=opened.name, level=opened.level)
            return None if style == OUTLINE else bullet
        level = min(opened.level, len(levels) - 1)
        if start is not None:
            opened.counter.values[level] = start - 1
        reached = opened.counter.next(level, levels)
        label = opened.counter.label(level, levels)
        where = Item("label", list=opened.name, level=level, indent=levels[level].indent)
        return list_item(levels[level], label, reached, where)

    # Paragraphs

    def _paragraph(self, element: Element) -> Iterator[Block]:
        style = self._styles.get("paragraph", value(element, "style-name"))
        outer = self._pieces, self._hidden, self._floating
        self._pieces, self._hidden, self._floating = [], [], []
        face = replace(style.face, bold=None)
        if any(value(one, "is-hidden") == "true" for one in element.iter("{*}hidden-paragraph")):
            face = replace(face, hidden=True)
        self._inline(element, face, "")
        pieces, hidden, floating = tuple(self._pieces), self._hidden, self._floating
        self._pieces, self._hidden, self._floating = outer
        if hidden:
            self.left_out.append(("hidden text", "".join(hidden)))
        if plain(pieces) or not face.hidden:
            is_heading = local(element) == "h"
            heading = number(element, 1, "outline-level") if is_heading else style.heading
            item = self._item(is_heading, element, style.list) if plain(pieces) else None
            indent = item.indent if item else style.indent
            yield Paragraph(pieces, heading, item, indent, style.is_quote)
        yield from floating

    def _inline(self, parent: Element, face: Face, address: str) -> None:
        self._say(parent.text, face, address)
        for one in children(parent):
            self._within(one, face, address)
            self._say(one.tail, face, address)

    def _within(self, one: Element, face: Face, address: str) -> None:
        name = local(one)
        if name == "span":
            style = self._styles.get("text", value(one, "style-name"))
            self._inline(one, style.face.over(face), address)
        elif name == "a":
            self._inline(one, face, value(one, "href") or address)
        elif name == "s":
            self._say(" " * min(max(1, number(one, 1, "c")), _MOST_SPACES), face, address)
        elif name in ("tab", "line-break"):
            self._say(" " if name == "tab" else BREAK, face, address)
        elif name in ("change-start", "change-end"):
            self._follow_change(one)
        elif name == "note":
            self._note(one)
        elif name == "annotation":
            self.left_out.append(("comment", " ".join(map(_text_of, children(one, "p")))))
        elif name in ("content-control", "fieldmark", "fieldmark-start", "placeholder"):
            self._form_field(one, face, address)
        elif name in ("frame", "control", *_SHAPES):
            self._shape(one, face)
        elif name == "hidden-text" and value(one, "is-hidden") == "true":
            said = _text_of(one) or value(one, "string-value") or ""
            self._say(said, replace(face, hidden=True), "")
        elif name not in _SILENT:
            self._inline(one, face, address)

    def _say(self, text: str | None, face: Face, address: str) -> None:
        if not text:
            return
        if self._deleting:
            next(iter(self._deleting.values())).append(text)
        elif face.hidden:
            self._hidden.append(text)
        else:
            self._pieces.append(
                Piece(text, bool(face.bold), bool(face.struck), bool(face.raised), address)
            )

    def _note(self, element: Element) -> None:
        if self._deleting:
            return
        end = value(element, "note-class") == "endnote"
        self._ends += end
        mark = f"e{self._ends}" if end else str(len(self.notes) - self._ends + 1)
        outer, self._list = self._list, None
        self.notes[mark] = ""
        self.notes[mark] = note_text(self.blocks(child(element, "note-body")))
        self._list = outer
        if self.notes[mark]:
            self._pieces.append(Piece(f"[^{mark}]", ready=True))

    def _form_field(self, element: Element, face: Face, address: str) -> None:
        """Say what is chosen in a control, and count those that nobody filled in."""
        kind = (value(element, "type") or "").rpartition(".")[2]
        given = [(value(one, "name"), value(one) or value(one, "value") or "")
                 for one in children(element, "param")]  # fmt: skip
        is_box = value(element, "checkbox") == "true"
        prompts = value(element, "showing-place-holder") == "true" and not is_box
        if local(element) == "placeholder" or prompts:
            self.left_out.append(("field not filled in", _text_of(element)))
        elif is_box:
            self._say("☒" if value(element, "checked") == "true" else "☐", face, address)
        elif kind == "FORMCHECKBOX":
            checked = ("Checkbox_Checked", "true") in given
            self._say("☒" if checked else "☐", face, address)
        elif kind == "FORMDROPDOWN":
            offered = [said for name, said in given if name == "Dropdown_ListEntry"]
            chosen = next((said for name, said in given if name == "Dropdown_Selected"), "")
            which = int(chosen) if chosen.isdecimal() and len(chosen) < 6 else len(offered)
            self._say(offered[which] if which < len(offered) else "", face, address)
        else:
            self._inline(element, face, address)

    # Beside the text

    def _shape(self, element: Element, face: Face) -> None:
        """Read the text of a shape, and count what it shows."""
        if self._deleting:
            return
        if local(element) == "control":
            self._control(element, face)
            return
        alt = " ".join(
            _text_of(one) for one in children(element) if local(one) in ("title", "desc")
        ).strip()
        counted = False
        outer, self._list = self._list, None
        for one in children(element):
            what = _IMAGES.get(local(one))
            if what is None:
                continue
            if what == "image" and self._cells and 0 < len(alt) <= _LONGEST_ALT and not counted:
                # In a table a picture stands for a word: a tick for yes.
                self._say(f" {alt} ", face, "")
            elif not counted:
                # Others in the same frame show the same.
                self.left_out.append((what, alt))
            counted = True
        self._floating.extend(self.blocks(element))
        self._list = outer

    def _control(self, element: Element, face: Face) -> None:
        form = self._controls.get(value(element, "control") or "")
        if form is None:
            return
        label = value(form, "label") or ""
        if local(form) in ("checkbox", "radio"):
            state = value(form, "current-state") or value(form, "state") or ""
            picked = state == "checked" or value(form, "current-selected") == "true"
            self._say(f"{'☒' if picked else '☐'} {label}", face, "")
        elif local(form) == "listbox":
            chosen = [
                value(one, "label") or ""
                for one in children(form, "option")
                if "true" in (value(one, "current-selected"), value(one, "selected"))
            ]
            self._say(", ".join(chosen), face, "")
        elif local(form) == "fixed-text":
            self._say(label, face, "")
        else:
            stated = value(form, "current-value") or value(form, "value") or ""
            self._say(stated, face, "")

    # Tables

    def _table(self, element: Element) -> Table:
        outer, self._list = self._list, None
        self._cells += 1
        rows: list[TableRow] = []
        down: dict[int, int] = {}
        for one, titles in _rows(element, False):
            read = self._row(one, titles, down)
            times = min(max(1, number(one, 1, "number-rows-repeated")), _MOST_REPEATED)
            rows.extend([read] * times)
        self._cells -= 1
        self._list = outer
        return Table(tuple(rows))

    def _row(self, element: Element, titles: bool, down: dict[int, int]) -> TableRow:
        """Return a row; `down` says for how many more rows the cells above lie in its columns."""
        cells: list[TableCell] = []
        column = beside = 0
        for one in children(element):
            if local(one) not in ("table-cell", "covered-table-cell") or column >= WIDEST:
                continue
            times = min(max(1, number(one, 1, "number-columns-repeated")), WIDEST - column)
            if local(one) == "covered-table-cell":
                for _ in range(times):
                    if beside:
                        beside -= 1
                    elif down.get(column, 0) > 0:
                        down[column] -= 1
                        cells.append(TableCell(below=True))
                    column += 1
                continue
            wide = min(max(1, number(one, 1, "number-columns-spanned")), WIDEST)
            high = min(max(1, number(one, 1, "number-rows-spanned")), _MOST_REPEATED)
            cell = TableCell(tuple(self.blocks(one)), wide)
            for _ in range(times):
                cells.append(cell)
                down.update((covered, high - 1) for covered in range(column, column + wide))
                # Those that it covers beside it follow as elements of their own.
                beside = wide - 1
                column += 1
        return TableRow(tuple(cells), titles)


def _rows(element: Element, titles: bool) -> Iterator[tuple[Element, bool]]:
    for one in children(element):
        name = local(one)
        if name == "table-row":
            yield one, titles
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(one, titles or name == "table-header-rows")


def _start(element: Element) -> int | None:
    """Return the number that an item is told to have."""
    stated = number(element, -1, "start-value")
    return stated if stated >= 0 else None


def _text_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())
