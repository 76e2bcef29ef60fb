"""Paragraphs, items and tables of an office document to the reading form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from corpus.formats.markdown_writer import at_start, definition, heading
from corpus.formats.office.writing.office_blocks import Block, Item, Paragraph, Table
from corpus.formats.office.writing.reading_text import (
    BOXES,
    Piece,
    all_bold,
    line,
    plain,
    said_lines,
    unmarked,
)
from corpus.formats.office.writing.write_tables import is_arranging, labelled_values, table_lines

_LONGEST_HEADING = 160
_MOST_TITLE_WORDS = 14
_SENTENCE_END = re.compile(r"[.;:,]$|[.!?] [A-Z]")
_CLAUSE = re.compile(r"\d+(?:\.\d+)+|[^\W\d_]{2,} ?\d|§")
"""Labels by which a paragraph is referred to alone; "(a)" and "ii" need what is around them."""
_TYPED_BULLET = re.compile(r"[•·▪‣◦●○■–]\s+(?=\S)")
_NOTE = re.compile(r"\[\^([\w-]+)\]")
_TICKS = ("☒", "✓")
_DEEPEST = 9
"""Levels of a list, as many as programs have."""


def write(blocks: Iterable[Block], notes: dict[str, str]) -> str:
    """Return blocks in the reading form; the notes of a section stand at its end."""
    found: list[str] = []
    waiting: list[str] = []
    for text in filter(None, _top(_unrolled(blocks))):
        if text.startswith("#"):
            found.extend(_told(waiting, notes))
            waiting = []
        found.append(text)
        waiting.extend(_NOTE.findall(text))
    found.extend(_told(waiting, notes))
    return "\n\n".join(found) + "\n" if found else ""


def _told(marks: Iterable[str], notes: dict[str, str]) -> Iterator[str]:
    for mark in dict.fromkeys(marks):
        text = notes.pop(mark, "")
        if text:
            yield definition(mark, text)


def _unrolled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Take the blocks out of tables that only arrange the page."""
    for block in blocks:
        if isinstance(block, Table) and is_arranging(block):
            cells = (cell for row in block.rows for cell in row.cells if not cell.below)
            yield from _unrolled(inner for cell in cells for inner in cell.blocks)
        else:
            yield block


def _top(blocks: Iterable[Block]) -> Iterator[str]:
    """Return what stands between blank lines."""
    kinds = groupby(_with_lists(blocks), key=_kind)
    for kind, group in kinds:
        if kind == "list":
            yield from _lists([one for one in group if isinstance(one, Paragraph)])
            continue
        for block in group:
            if isinstance(block, Table):
                yield from table_lines(block)
            elif kind == "quote":
                yield re.sub(r"^", "> ", line(block.pieces), flags=re.M)
            else:
                yield _paragraph(block)


def _kind(block: Block) -> str:
    if isinstance(block, Table):
        return "table"
    if block.heading:
        return "heading"
    return "list" if block.item else "quote" if block.quote else "paragraph"


def _with_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Find what is a list without saying so, and the paragraphs that go on with an item."""
    above: Paragraph | None = None
    every = list(blocks)
    ticked = any(_sign(block) in _TICKS for block in every)
    for block in every:
        if isinstance(block, Table):
            items = labelled_values(block)
            yield from items or (block,)
            above = None
            continue
        one = _understood(_signed(block, ticked))
        if not line(one.pieces):
            continue
        if above is not None and one.item is None and not one.heading and not one.quote:
            inside = 0 < _indent(above) <= one.indent
            one = replace(one, item=Item("label", indent=one.indent)) if inside else one
        above = one if one.item else None
        yield one


def _sign(block: Block) -> str:
    """Return the sign of a bullet, where it may say something."""
    item = block.item if isinstance(block, Paragraph) else None
    return item.label if item and item.mark == "bullet" else ""


def _signed(paragraph: Paragraph, ticked: bool) -> Paragraph:
    """Return an item after the sign of its bullet; an empty box says nothing where none is ticked.

    Boxes are drawn as bullets for their looks, or to be ticked on paper.
    """
    sign = _sign(paragraph)
    if not sign or (sign == "☐" and not ticked) or not plain(paragraph.pieces):
        return paragraph
    return replace(paragraph, pieces=(Piece(f"{sign} "), *paragraph.pieces))


def _indent(paragraph: Paragraph) -> int:
    return paragraph.item.indent if paragraph.item else 0


def _understood(paragraph: Paragraph) -> Paragraph:
    """Tell titles from clauses that are set as titles; read bullets and boxes that are typed."""
    said = plain(paragraph.pieces)
    if paragraph.heading:
        return paragraph if _is_title(said) else replace(paragraph, heading=0)
    item = paragraph.item
    if item and item.mark != "bullet" and _heads_clauses(paragraph, said):
        return replace(paragraph, heading=2)
    if item is None and (typed := _TYPED_BULLET.match(said)):
        pieces = _without_bullet(paragraph.pieces)
        bullet = Item("bullet", list="typed", indent=paragraph.indent)
        paragraph = replace(paragraph, pieces=pieces, item=bullet)
        said = said[typed.end() :]
    boxes = sum(said.count(box) for box in BOXES)
    if boxes == 1 and said[0] in BOXES and (item is None or item.mark == "bullet"):
        box = paragraph.item or Item("bullet", list="boxes", indent=paragraph.indent)
        return replace(paragraph, item=box)
    return paragraph


def _is_title(said: str) -> bool:
    """Tell a title from a clause of a contract in the style of one, which is to be cited."""
    long = len(said.split()) > _MOST_TITLE_WORDS
    return len(said) <= _LONGEST_HEADING and not (long and _SENTENCE_END.search(said))


def _heads_clauses(paragraph: Paragraph, said: str) -> bool:
    """Tell a bold numbered line of the first level: so are the titles of contracts set."""
    item = paragraph.item
    return (
        item is not None
        and item.level == 0
        and all_bold(paragraph.pieces)
        and _is_title(said)
        and len(said.split()) <= _MOST_TITLE_WORDS
        and not _SENTENCE_END.search(said)
    )


def _without_bullet(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return pieces without their first letter and the white space around it."""
    found: list[Piece] = []
    cut = False
    for piece in pieces:
        text = piece.text if found else piece.text.lstrip()
        if text and not cut:
            text, cut = text[1:].lstrip(), True
        if text:
            found.append(replace(piece, text=text))
    return tuple(found)


def _paragraph(paragraph: Paragraph) -> str:
    if not paragraph.heading:
        return line(paragraph.pieces)
    title = " ".join(said_lines(unmarked(paragraph.pieces)))
    label = f"{paragraph.item.label} " if paragraph.item and paragraph.item.label else ""
    return heading(paragraph.heading, f"{label}{title}")


def _lists(items: list[Paragraph]) -> Iterator[str]:
    """Return lists, and the clauses of contracts that nothing lies below as paragraphs."""
    writer = _ListWriter()
    depths = [*_depths(items), 0]
    for paragraph, depth, next_depth in zip(items, depths, depths[1:], strict=False):
        yield from writer.add(paragraph, depth, leads=next_depth > depth)
    yield from writer.finish()


class _ListWriter:
    """Collects the lines of a list; `marks` are those of the items that are open."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.marks: list[str] = []
        self.numbers: dict[int, tuple[int, str]] = {}
        self.kind = ""

    def add(self, paragraph: Paragraph, depth: int, *, leads: bool) -> Iterator[str]:
        """Write an item; return what is complete with it."""
        item = paragraph.item or Item("label")
        said = line(paragraph.pieces)
        goes_on = item.mark == "label" and not item.label
        alone = goes_on or (item.mark == "label" and _CLAUSE.match(item.label) is not None)
        if goes_on and self.marks:
            self.lines.append("\n" + self._indented(said, self.marks, first=True))
        elif depth == 0 and alone and not leads:
            yield from self.finish()
            yield f"{_label(item)}{said}"
        else:
            if depth == 0 and self.kind not in ("", item.mark):
                yield from self._another()
            self._item(item, said, depth)

    def finish(self) -> Iterator[str]:
        """Return the list that is open."""
        if self.lines:
            yield "\n".join(self.lines)
        self.lines, self.marks, self.numbers, self.kind = [], [], {}, ""

    def _another(self) -> Iterator[str]:
        """End the list that is open before one of another kind; one mark would join them."""
        turned = self.marks[:1] == ["-"]
        yield from self.finish()
        self.marks = ["*" if turned else "-"]

    def _item(self, item: Item, said: str, depth: int) -> None:
        mark = self._mark(item, depth)
        if depth == 0:
            self.kind = item.mark
        self.marks = [*self.marks[:depth], mark]
        text = f"{_label(item)}{_box(said, mark)}"
        indent = " " * sum(len(above) + 1 for above in self.marks[:depth])
        self.lines.append(f"{indent}{mark} {self._indented(text, self.marks, first=False)}")

    @staticmethod
    def _indented(text: str, marks: list[str], *, first: bool) -> str:
        indent = " " * sum(len(mark) + 1 for mark in marks)
        return (indent if first else "") + text.replace("\n", f"\n{indent}")

    def _mark(self, item: Item, depth: int) -> str:
        """Return the mark of an item; a number that does not follow needs another mark."""
        self.numbers = {level: known for level, known in self.numbers.items() if level <= depth}
        if item.mark != "number":
            self.numbers.pop(depth, None)
            return "*" if depth == 0 and self.marks[:1] == ["*"] else "-"
        last, stop = self.numbers.get(depth, (item.number - 1, "."))
        if item.number != last + 1:
            stop = ")" if stop == "." else "."
        self.numbers[depth] = (item.number, stop)
        return f"{item.number}{stop}"


def _depths(items: list[Paragraph]) -> Iterator[int]:
    above: list[Item] = []
    for paragraph in items:
        item = paragraph.item or Item("label")
        if not above or item.mark != "label" or item.label:
            while above and (not _is_deeper(item, above[-1]) or len(above) == _DEEPEST):
                above.pop()
            above.append(item)
        yield len(above) - 1


def _is_deeper(item: Item, above: Item) -> bool:
    if item.list == above.list:
        return item.level > above.level
    return item.indent > above.indent


def _label(item: Item) -> str:
    """Return the label of an item as text; a stop after it would end a sentence there."""
    if item.mark != "label" or not item.label:
        return ""
    short = len(item.label) <= 2
    return f"{item.label if short else item.label.rstrip('.')} "


def _box(said: str, mark: str) -> str:
    """Return the text of an item with its box as the form has it."""
    if mark[0] not in "-*" or said[:1] not in tuple(BOXES) or len(said) < 2:
        return said
    return f"[{'x' if said[0] == '☒' else ' '}] {said[1:].lstrip()}"


def note_text(blocks: Iterable[Block]) -> str:
    """Return what a note says, its paragraphs one after the other."""
    paragraphs = (block for block in _unrolled(blocks) if isinstance(block, Paragraph))
    said = (" ".join(said_lines(paragraph.pieces)) for paragraph in paragraphs)
    return at_start(" ".join(said).strip())
