"""The tree of a page to Markdown that our parser reads.

The published converters escape every underscore and asterisk, which readers would see in what
is quoted to them, and join table cells that contain a pipe; so the tree is walked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.formats.markdown_writer import BREAK, fence, paragraph, pipe_table, tidy
from corpus.formats.web.page_elements import BLOCKS, HEADINGS, LISTS, elements, is_callout, is_junk

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOLD = ("strong", "b")
_CODE = ("code", "kbd", "samp", "tt")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDEST = 100
"""Columns that one cell may claim to span."""


def render(element: HtmlElement, base: str = "") -> str:
    """Return what `element` holds as Markdown; links are kept where `base` makes them whole."""
    text = "\n\n".join(_Writer(base).blocks(element))
    return f"{text}\n" if text else ""


class _Writer:
    """Turns elements into blocks of Markdown; `nested` ones must not open sections."""

    def __init__(self, base: str) -> None:
        self.base = base

    def blocks(self, element: HtmlElement, *, nested: bool = False) -> list[str]:
        """Return the blocks within an element, its loose text as paragraphs."""
        found: list[str] = []
        run: list[str] = [element.text or ""]
        last = ""
        for child in elements(element):
            if is_junk(child):
                run.append(child.tail or "")
                continue
            if not _is_block(child):
                run.extend((self.inline(child), child.tail or ""))
                continue
            loose = paragraph("".join(run))
            run = [child.tail or ""]
            # Two lists in a row are one list to Markdown unless their marks differ.
            twin = child.tag in LISTS and child.tag == last and not loose
            found.extend((*loose, *self._block(child, nested, other_mark=twin)))
            last = "" if twin else str(child.tag)
        found.extend(paragraph("".join(run)))
        return found

    def inline(self, element: HtmlElement) -> str:
        """Return the text of an element within a line, with the mark-up that carries meaning."""
        tag = element.tag
        if tag in ("br", "img", "sup"):
            return self._mark(element)
        inner = "".join(self._inline_parts(element))
        said = tidy(inner)
        if tag == "a":
            return self._link(element, inner, said)
        if tag in _BOLD and said and not set("*\n") & set(said):
            lead = inner[: len(inner) - len(inner.lstrip())]
            return f"{lead}**{said}**{inner[len(inner.rstrip()) :]}"
        if tag in _CODE and said and not set("`\n") & set(said):
            return f"`{said}`"
        return f"“{said}”" if tag == "q" else inner

    def _mark(self, element: HtmlElement) -> str:
        if element.tag == "br":
            return BREAK
        if element.tag == "img":
            # In a table a picture stands for a word: a tick for yes.
            return element.get("alt") or "" if _within_cell(element) else ""
        # A mark such as [1] after a full stop would hide where the sentence ends.
        points = any((a.get("href") or "").startswith("#") for a in element.iter("a"))
        inner = "".join(self._inline_parts(element))
        return "" if points else inner.translate(_SUPERSCRIPT)

    def _inline_parts(self, element: HtmlElement) -> Iterator[str]:
        yield element.text or ""
        for child in elements(element):
            if not is_junk(child):
                apart = " " if _is_block(child) else ""
                yield f"{apart}{self.inline(child)}{apart}"
            yield child.tail or ""

    def _link(self, element: HtmlElement, inner: str, said: str) -> str:
        address = (element.get("href") or "").strip()
        if said in ("#", "¶", "§", "↑", ""):
            return ""
        if address.startswith("#") or set("[]\n") & set(said):
            return inner
        try:
            whole = urljoin(self.base, address)
        except ValueError:
            return inner
        if not re.match(r"(?:https?://|mailto:)[^\s()<>]+$", whole):
            return inner
        return f"[{said}]({whole})"

    def _block(self, element: HtmlElement, nested: bool, *, other_mark: bool) -> list[str]:
        tag = element.tag
        if tag in LISTS:
            return self._list(element, other_mark)
        if tag == "table":
            return self._table(element, nested)
        if tag in ("pre", "dl"):
            code = tag == "pre"
            return fence("".join(element.itertext())) if code else self._definitions(element)
        if tag in HEADINGS or tag == "summary":
            return self._heading(element, nested or tag == "summary")
        inner = self.blocks(element, nested=nested or tag == "blockquote" or is_callout(element))
        if inner and (tag == "blockquote" or is_callout(element)):
            return [re.sub(r"^", "> ", "\n\n".join(inner), flags=re.M)]
        return inner

    def _heading(self, element: HtmlElement, nested: bool) -> list[str]:
        """Return a heading; the parser knows none within lists and notes, there it is bold."""
        said = tidy(self.inline(element)).replace("\n", " ").replace("**", "")
        if not said:
            return []
        return [f"**{said}**" if nested else f"{'#' * int(element.tag[1])} {said}"]

    def _list(self, element: HtmlElement, other_mark: bool) -> list[str]:
        number = int(element.get("start")) if (element.get("start") or "").isdecimal() else 1
        number %= 10**8
        lines: list[str] = []
        for item in elements(element):
            if is_junk(item):
                continue
            stray = item.tag in LISTS
            inner = self._list(item, other_mark) if stray else self.blocks(item, nested=True)
            if not inner:
                continue
            mark = "*" if other_mark else "-"
            if element.tag == "ol":
                mark = f"{number}{')' if other_mark else '.'}"
                number += 1
            lines.append(_item(mark, inner))
        return ["\n".join(lines)] if lines else []

    def _definitions(self, element: HtmlElement) -> list[str]:
        found: list[str] = []
        term = ""
        for part in element.iter("dt", "dd"):
            if part.tag == "dt":
                term = tidy(self.inline(part)).replace("**", "").replace("\n", " ")
                continue
            inner = self.blocks(part, nested=True)
            if inner and term:
                inner[0] = f"**{term}**: {inner[0]}"
            term = ""
            found.extend([_item("-", inner)] if inner else [])
        return ["\n".join(found)] if found else []

    def _table(self, table: HtmlElement, nested: bool) -> list[str]:
        rows = [row for row in table.iter("tr") if _owner(row, "table") is table]
        grid, header = self._grid(rows)
        inside = any(_is_arranging(cell) for row in rows for cell in elements(row))
        if (table.get("role") or "") in ("presentation", "none") or inside or (
            max(map(len, grid), default=0) < 2
        ):  # fmt: skip
            # It arranges the page.
            cells = [cell for row in rows for cell in elements(row) if not is_junk(cell)]
            return [block for cell in cells for block in self.blocks(cell, nested=nested)]
        captions = [block for c in table.iter("caption") for block in paragraph(self.inline(c))]
        return [*captions, pipe_table(grid, header)]

    def _grid(self, rows: list[HtmlElement]) -> tuple[list[list[str]], int]:
        """Return the cells as rows of equal meaning per column, and how many rows are titles."""
        grid: list[list[str]] = []
        below: dict[int, tuple[int, str]] = {}
        header, headed = 0, True
        for row in rows:
            cells = [cell for cell in elements(row) if cell.tag in ("td", "th")]
            is_title = bool(cells) and (
                all(cell.tag == "th" for cell in cells) or _owner(row, "thead") is not None
            )
            headed = headed and is_title
            header += headed
            line: list[str] = []
            for cell in cells:
                self._fill(line, below)
                said = self._cell(cell)
                for column in range(_count(cell, "colspan", _WIDEST)):
                    shown = said if column == 0 or is_title else ""
                    down = _count(cell, "rowspan", len(rows)) - 1
                    if down:
                        # The parser takes a blank first cell for the one above.
                        below[len(line)] = (down, "" if len(line) == 0 else shown)
                    line.append(shown)
            self._fill(line, below)
            grid.append(line)
        named = any(cell.tag == "th" for row in rows for cell in elements(row))
        return grid, header or (0 if named else 1)

    @staticmethod
    def _fill(line: list[str], below: dict[int, tuple[int, str]]) -> None:
        while len(line) in below:
            column = len(line)
            left, said = below.pop(column)
            line.append(said)
            if left > 1:
                below[column] = (left - 1, said)

    def _cell(self, cell: HtmlElement) -> str:
        """Return what a cell holds as one line."""
        said = ""
        for block in self._lines(cell):
            apart = " " if not said or said[-1] in ".,;:!?" else ", "
            said += (apart if said else "") + block
        return said

    def _lines(self, element: HtmlElement) -> Iterator[str]:
        run = [element.text or ""]
        for child in elements(element):
            if is_junk(child):
                run.append(child.tail or "")
            elif _is_block(child):
                yield from filter(None, [tidy("".join(run)).replace("\n", " ")])
                yield from self._lines(child)
                run = [child.tail or ""]
            else:
                run.extend((self.inline(child), child.tail or ""))
        yield from filter(None, [tidy("".join(run)).replace("\n", " ")])


def _item(mark: str, blocks: list[str]) -> str:
    """Return blocks as one item of a list; a list within it follows without a blank line."""
    text = blocks[0]
    for before, block in pairwise(blocks):
        tight = re.match(r"(?:[-*]|\d{1,9}[.)]) ", block) and not before.startswith(("|", "`"))
        text += ("\n" if tight else "\n\n") + block
    indent = " " * (len(mark) + 1)
    return f"{mark} " + re.sub(r"\n(?=[^\n])", f"\n{indent}", text)


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or (
        element.tag not in ("svg", "math") and next(element.iter(*BLOCKS), None) is not None
    )


def _is_arranging(cell: HtmlElement) -> bool:
    return next(cell.iter("table", *HEADINGS), None) is not None


def _within_cell(element: HtmlElement) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None


def _owner(element: HtmlElement, tag: str) -> HtmlElement | None:
    return next(element.iterancestors(tag), None)


def _count(cell: HtmlElement, name: str, most: int) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), most)) if written.isdecimal() and len(written) < 9 else 1
