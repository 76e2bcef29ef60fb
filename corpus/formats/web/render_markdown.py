"""The tree of a page to the reading form (docs/decisions/0017).

The published converters know nothing of notes, choices and sections of tables, and join table
cells that contain a pipe; so the tree is walked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.formats.markdown_writer import escaped, fence, paragraphs, tidy
from corpus.formats.types import LeftOut, counted
from corpus.formats.web.settled.icon_words import TICKED, UNTICKED, box_of
from corpus.formats.web.settled.page_elements import (
    BLOCKS,
    CODE_BLOCKS,
    HEADINGS,
    LISTS,
    NOTE_NAMES,
    elements,
    is_block,
    is_note,
    names,
    pieces,
    take_out,
    texts,
    words,
)
from corpus.formats.web.settled.settle_page import settle
from corpus.formats.web.settled.web_page import WebPage, label_line
from corpus.formats.web.write_lines import MEDIA, LineWriter
from corpus.formats.web.write_table import TableWriter, is_arranging, rows_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TERM = re.compile(r"\[\^(term-[\w-]+)\]")
_ITEM = re.compile(r"(?:[-*]|\d{1,9}[.)]) ")
_TITLED = re.compile(r"(?:[\w-]*(?:title|heading|header|summary)[\w-]*)", re.I)
_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page says, and what it holds besides."""

    text: str
    left_out: tuple[LeftOut, ...]


def render(element: HtmlElement, base: str = "") -> str:
    """Return what `element` holds as Markdown; links are kept where `base` makes them whole."""
    return render_parts([element], settle(element, base)).text


def render_parts(parts: list[HtmlElement], page: WebPage) -> Rendered:
    """Return parts of a page that was settled, one after the other."""
    writer = _Writer(page)
    blocks = [block for part in parts for block in writer.blocks(part)]
    blocks.extend(writer.other_notes(parts))
    text = "\n\n".join(_with_terms(blocks, page))
    return Rendered(f"{text}\n" if text else "", counted(page.left_out))


def _with_terms(blocks: list[str], page: WebPage) -> list[str]:
    """Return blocks with what abbreviations are short for at the end of their sections."""
    if not page.terms:
        return blocks
    found: list[str] = []
    waiting: list[str] = []
    for block in [*blocks, "#"]:
        if block.startswith("#"):
            for label in dict.fromkeys(waiting):
                short, full = page.terms[label]
                found.append(f"[^{label}]: {escaped(short)}: {full}")
            waiting = []
        found.append(block)
        waiting.extend(label for label in _TERM.findall(block) if label in page.terms)
    return found[:-1]


class _Writer:
    """Turns elements into blocks of Markdown; `nested` ones must not open sections."""

    def __init__(self, page: WebPage) -> None:
        self.page = page
        self.lines = LineWriter(page)
        self.tables = TableWriter(self.lines)
        self.written: set[HtmlElement] = set()
        self._made: dict[str, Callable[[HtmlElement, bool], list[str]]] = {
            "table": self._table, "summary": self._summary,
            "dl": lambda element, _: self._definitions(element),
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(MEDIA, self._medium),
            **dict.fromkeys(("legend", "dt"), lambda element, _: self._heading(element, True)),
            **dict.fromkeys(CODE_BLOCKS, lambda element, _: self._code(element)),
            **dict.fromkeys(("del", "s", "strike"), lambda element, _: self._struck(element)),
        }  # fmt: skip

    def blocks(self, element: HtmlElement, *, nested: bool = False) -> list[str]:
        """Return the blocks within an element, its loose text as paragraphs."""
        found: list[str] = []
        run: list[str] = []
        last = ""
        for part in pieces(element):
            if isinstance(part, str) or not (self._is_apart(part) or is_block(part)) or (
                box_of(part) and not words(part)
            ):  # fmt: skip
                run.append(self.lines.inside_piece(part))
                continue
            loose = paragraphs("".join(run))
            run = []
            # Two lists in a row are one list to Markdown unless their marks differ.
            twin = part.tag in LISTS and part.tag == last and not loose
            found.extend((*loose, *self._one(part, nested, other_mark=twin)))
            last = "" if twin else str(part.tag)
        found.extend(paragraphs("".join(run)))
        return found

    def _is_apart(self, element: HtmlElement) -> bool:
        page = self.page
        return element in page.notes or element in page.choices or element in page.titles

    def other_notes(self, parts: list[HtmlElement]) -> list[str]:
        """Return the notes of these parts that stand where only words have room."""
        around = set(parts)
        return [
            block
            for note in self.page.notes
            if note not in self.written and not around.isdisjoint({note, *note.iterancestors()})
            for block in self._note(note)
        ]

    def _one(self, element: HtmlElement, nested: bool, *, other_mark: bool) -> list[str]:
        if element in self.page.notes:
            return self._note(element)
        choice = self.page.choices.get(element)
        if choice:
            inner = self._block(element, nested, other_mark=False)
            return [f"::: {choice.kind} {escaped(choice.label)}", *inner, ":::"] if inner else []
        if element in self.page.titles:
            return self._heading(element, True)
        return self._block(element, nested, other_mark=other_mark)

    def _block(self, element: HtmlElement, nested: bool, *, other_mark: bool) -> list[str]:
        made = self._made.get(str(element.tag))
        if made is not None:
            return made(element, nested)
        if element.tag in LISTS:
            return self._list(element, other_mark)
        if is_note(element):
            return self._set_apart(element)
        quoted = element.tag == "blockquote"
        inner = self.blocks(element, nested=nested or quoted)
        if inner and (box := box_of(element)):
            inner[0] = f"{box} {inner[0]}"
        if inner and quoted:
            return [re.sub(r"^", "> ", "\n\n".join(inner), flags=re.M).replace("> \n", ">\n")]
        return inner

    def _medium(self, element: HtmlElement, nested: bool) -> list[str]:
        if element.tag not in ("embed", "object") or next(element.iter(*BLOCKS), None) is None:
            return paragraphs(self.lines.line(element))
        self.lines.leave_out(element)
        return self.blocks(element, nested=nested)

    def _summary(self, element: HtmlElement, nested: bool) -> list[str]:
        inner = next((one for one in elements(element) if one.tag in HEADINGS), None)
        return self._heading(element if inner is None else inner, nested or inner is None)

    def _struck(self, element: HtmlElement) -> list[str]:
        self.page.leave_out("struck text", words(element))
        return []

    def _heading(self, element: HtmlElement, nested: bool) -> list[str]:
        """Return a heading; the parser knows none within lists and notes, there it is bold."""
        said = tidy(self.lines.inside(element)).replace("\n", " ")
        said = re.sub(r"(?<!\\)\*\*", "", said).strip()
        if not said:
            return []
        return [f"**{said}**" if nested else f"{'#' * int(element.tag[1])} {said}"]

    def _code(self, element: HtmlElement) -> list[str]:
        """Return code with its line ends, which may be elements."""
        return fence("".join(texts(element, "\n")))

    def _note(self, element: HtmlElement) -> list[str]:
        """Return a footnote with its label."""
        self.written.add(element)
        inner = self._cells(element) if element.tag == "tr" else self.blocks(element, nested=True)
        if not inner:
            return []
        text = "\n\n".join(inner)
        return [f"[^{self.page.notes[element]}]: " + re.sub(r"\n(?=[^\n])", "\n    ", text)]

    def _cells(self, row: HtmlElement) -> list[str]:
        return [" ".join(filter(None, (self.lines.inside(cell).strip() for cell in elements(row))))]

    def _set_apart(self, element: HtmlElement) -> list[str]:
        """Return a note set apart, with its title where it has one."""
        title = self._title(element)
        inner = self.blocks(element, nested=True)
        if not inner:
            return [f"**{title}**"] if title else []
        return [f"::: note {title}".rstrip(), *inner, ":::"]

    def _title(self, element: HtmlElement) -> str:
        """Take the title out of a note and return it."""
        first: HtmlElement | None = element
        for _ in range(4):
            first = next((one for one in elements(first) if words(one)), None)
            if first is None:
                return ""
            said = words(first)
            titled = first.tag in (*HEADINGS, "summary") or any(
                _TITLED.fullmatch(name) for name in names(first)
            )
            if said.lower().rstrip(":.! ") in NOTE_NAMES or (
                titled and len(said) < 150 and said != words(element)
            ):
                label = label_line(re.sub(r"(?<!\\)\*\*", "", tidy(self.lines.inside(first))))
                if (first.tail or "").strip().startswith(":"):
                    first.tail = (first.tail or "").strip()[1:]
                take_out(first)
                return label.rstrip(":")
        return ""

    def _list(self, element: HtmlElement, other_mark: bool) -> list[str]:
        written = (element.get("start") or "").strip()
        number = int(written) if written.isdecimal() and len(written) < 9 else 1
        numbered = element.tag == "ol"
        kind = (element.get("type") or "").strip() if numbered else ""
        found: list[str] = []
        lines: list[str] = []
        notes: list[str] = []
        for part in pieces(element):
            if isinstance(part, str) and not part.strip():
                continue
            if not isinstance(part, str) and part in self.page.notes:
                notes.extend(self._note(part))
                continue
            stated = "" if isinstance(part, str) else (part.get("value") or "").strip()
            if numbered and stated.isdecimal() and len(stated) < 9 and int(stated) != number:
                # A number that does not follow begins a list of its own.
                found.extend(["\n".join(lines)] if lines else [])
                other_mark, lines, number = not other_mark if lines else other_mark, [], int(stated)
            inner = self._item_blocks(part, other_mark)
            if not inner:
                continue
            mark = "*" if other_mark else "-"
            if numbered and kind not in ("a", "A", "i", "I"):
                mark = f"{number}{')' if other_mark else '.'}"
            elif numbered:
                inner[0] = f"{_lettered(number, kind)} {inner[0]}"
            number += 1
            lines.append(_item(mark, inner))
        found.extend(["\n".join(lines)] if lines else [])
        return [*found, *notes]

    def _item_blocks(self, part: HtmlElement | str, other_mark: bool) -> list[str]:
        if isinstance(part, str):
            return paragraphs(escaped(part))
        if part.tag in LISTS:
            return self._list(part, other_mark)
        if part.tag == "li":
            inner = self.blocks(part, nested=True)
            choice = self.page.choices.get(part)
            if choice and inner:
                return [f"**{escaped(choice.label)}**", *inner]
        else:
            inner = self._one(part, True, other_mark=False) if is_block(part) else paragraphs(
                self.lines.line(part)
            )  # fmt: skip
        if inner and part.get("data-inline-task-id"):
            inner[0] = f"{TICKED if 'checked' in names(part) else UNTICKED} {inner[0]}"
        return inner

    def _definitions(self, element: HtmlElement) -> list[str]:
        found: list[str] = []
        notes: list[str] = []
        terms: list[str] = []
        described: list[list[str]] = []

        def close() -> None:
            if terms:
                found.append(_described(" / ".join(terms), described))
            else:
                found.extend(_item("-", inner) for inner in described)
            terms.clear()
            described.clear()

        for part in self._parts_of_list(element):
            if part in self.page.notes:
                notes.extend(self._note(part))
            elif part.tag == "dt":
                if described:
                    close()
                said = tidy(self.lines.inside(part)).replace("\n", " ")
                said = re.sub(r"(?<!\\)\*\*", "", said).rstrip(": ")
                terms.extend([said] if said else [])
            elif inner := self.blocks(part, nested=True):
                described.append(inner)
        if terms or described:
            close()
        return [*(["\n".join(found)] if found else []), *notes]

    def _parts_of_list(self, element: HtmlElement) -> list[HtmlElement]:
        """Return the terms of a list and what is said of them, which may stand in groups."""
        found: list[HtmlElement] = []
        for part in elements(element):
            if part.tag in ("dt", "dd") or part in self.page.notes:
                found.append(part)
            elif next(part.iter("dt", "dd"), None) is not None and part.tag != "dl":
                found.extend(self._parts_of_list(part))
            elif words(part):
                found.append(part)
        return found

    def _table(self, table: HtmlElement, nested: bool) -> list[str]:
        rows = rows_of(table)
        notes = [block for row in rows if row in self.page.notes for block in self._note(row)]
        rows = [row for row in rows if row not in self.page.notes]
        if is_arranging(table, rows):
            found = []
            for part in elements(table):
                if part.tag not in ("tr", "thead", "tbody", "tfoot"):
                    found.extend(self.blocks(part, nested=nested))
            for row in rows:
                for cell in elements(row):
                    found.extend(self.blocks(cell, nested=nested))
            return [*found, *notes]
        return [*self.tables.blocks(table, rows), *notes]


def _described(term: str, described: list[list[str]]) -> str:
    """Return a term and what is said of it as an item."""
    if not described:
        return f"- **{term}**"
    if len(described) > 1 and all(len(inner) == 1 for inner in described):
        return _item("-", [f"**{term}**:", "\n".join(_item("-", inner) for inner in described)])
    blocks = [block for inner in described for block in inner]
    if re.match(r"[-*] |\d{1,9}[.)] |[|>#]|```|:::|\*\*", blocks[0]):
        return _item("-", [f"**{term}**:", *blocks])
    return _item("-", [f"**{term}**: {blocks[0]}", *blocks[1:]])


def _item(mark: str, blocks: list[str]) -> str:
    """Return blocks as one item of a list; a list within it follows without a blank line."""
    text = blocks[0]
    if (
        mark in "-*"
        and text[:1] in (TICKED, UNTICKED)
        and not re.search(f"[{TICKED}{UNTICKED}]", text[1:])
    ):
        text = f"[{'x' if text[0] == TICKED else ' '}] {text[1:].lstrip()}"
    for before, block in pairwise(blocks):
        tight = _ITEM.match(block) and not before.startswith(("|", "`", ":", "["))
        text += ("\n" if tight else "\n\n") + block
    indent = " " * (len(mark) + 1)
    return f"{mark} " + re.sub(r"\n(?=[^\n])", f"\n{indent}", text)


def _lettered(number: int, kind: str) -> str:
    """Return the label of an item that is not counted in figures."""
    if kind in _LETTERS:
        label = _LETTERS[kind][(number - 1) % 26]
    else:
        label, left = "", min(number, 300)
        for value, letters in _ROMAN:
            label, left = label + letters * (left // value), left % value
        label = label.upper() if kind == "I" else label
    # A stop after a longer label would end a sentence there.
    return f"{label}." if len(label) < 2 else label
