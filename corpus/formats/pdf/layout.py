"""Printed lines to Markdown: paragraphs whole, headings by size, running lines left out."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from corpus.formats.markdown_writer import escape, pipe_table
from corpus.formats.pdf.printed_page import Line, Page, Table
from corpus.formats.pdf.raised_marks import RAISED, written
from corpus.formats.pdf.running_lines import without_running_lines
from corpus.language.boxes import SIGN, first_box

_BULLET = re.compile(r"(?:[•·◦▪▫■□●○‣⁃∙➢➤✓✔*–—-]|[\uf0a7\uf0b7\uf0d8\uf076]|o)\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z]\)|\([ivx]+\))\s+(?=\S)")
_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_SECTION = re.compile(r"(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.|(?:chapter|part|annex)\s+\w+)\s", re.I)
_LARGER = 1.1
"""Times the size of the prose; larger letters make a heading."""
_MIXED = 1.0
"""Points by which the letters of one paragraph may differ: words of another font."""
_MOST_LINES = 2_000
"""On a page; what has more is a drawing."""
_NEAR = 4.0
_WIDEST_INDENT = 60.0
"""Points; a list within a list is set in by less."""
_LIFTED = 1.25
"""Times the usual step, to a line with a raised figure or from one."""
_LONGEST_HEADING = 160
_COMPOUNDING = frozenset(
    "anti co cross end ex multi non on off pre pseudo quasi real self semi third two well".split()
)
"""Before a hyphen that people write."""


class Laid(NamedTuple):
    """Markdown, and the offset at which each page starts in it."""

    text: str
    pages: tuple[int, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, each with the page that it is on."""

    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def marked(self) -> bool:
        """Tell whether it starts as an item of a list does."""
        return bool(_BULLET.match(self.lines[0].text) or _NUMBER.match(self.lines[0].text))


@dataclass(slots=True)
class Tabular:
    """A table and the page that each of its rows is on."""

    columns: tuple[float, ...]
    rows: list[tuple[tuple[str, ...], ...]]
    pages: list[int]
    titles: int = 1


def lay_out(pages: list[Page]) -> Laid:
    """Return the pages of a document as one Markdown text."""
    return _Layout(pages).run()


class _Layout:
    """One pass over the pages of one document."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = without_running_lines(pages)
        lines = [line for page in self.pages for line in page.lines]
        self.body = _commonest_size(lines)
        self.larger = sorted({x.size for x in lines if x.size >= self.body * _LARGER}, reverse=True)
        self.leading = _leading(self.pages)
        self.rights = [_right_edges(page.lines) for page in self.pages]
        self.words = _whole_words(lines)
        ends = Counter(line.text[-1] for line in lines if line.text[-1:] in "-\u2010")
        self.hyphen = "\u2010" if ends["\u2010"] else "-"
        bold = sum(len(line.text) for line in lines if line.bold)
        self.bold_stands_out = bold * 3 < sum(len(line.text) for line in lines)
        self.blocks: list[Paragraph | Tabular] = []
        self.indents: list[float] = []

    def run(self) -> Laid:
        for number, page in enumerate(self.pages):
            tables = sorted(page.tables, key=lambda table: table.before)
            for position, line in enumerate(page.lines):
                while tables and tables[0].before <= position:
                    self._table(tables.pop(0), number)
                self._line(line, number)
            for table in tables:
                self._table(table, number)
        return self._render()

    def _table(self, table: Table, page: int) -> None:
        last = self.blocks[-1] if self.blocks else None
        rows = list(table.rows)
        if isinstance(last, Tabular) and last.pages[-1] == page - 1 and (
            _near(last.columns, table.columns)
        ):  # fmt: skip
            # It goes on from the page before, often with its titles once more.
            rows = rows[1:] if rows[0] == last.rows[0] else rows
            last.rows.extend(rows)
            last.pages.extend([page] * len(rows))
            return
        self.blocks.append(Tabular(table.columns, rows, [page] * len(rows), table.titles))

    def _line(self, line: Line, page: int) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Tabular) and last.pages[-1] < page:
            # A sentence does not go on behind a table of the page before.
            last = None
        if isinstance(last, Paragraph) and self._goes_on(last, line, page):
            last.lines.append(line)
            last.pages.append(page)
        else:
            self.blocks.append(Paragraph([line], [page]))

    def _goes_on(self, paragraph: Paragraph, line: Line, page: int) -> bool:
        """Tell whether a line continues a paragraph."""
        before = paragraph.lines[-1]
        if self._is_apart(before, line):
            return False
        ends = _END.search(before.text) is not None
        short = self._is_short(before, line, paragraph.pages[-1])
        if _NUMBER.match(line.text) and (ends or short or paragraph.marked()):
            return False
        if before.bold != line.bold and (self._is_heading_like(paragraph) or (line.bold and ends)):
            return False
        step = before.base - line.base
        if page != paragraph.pages[-1] or step < -0.3 * line.size:
            return not ends and not self._is_heading_like(paragraph) and (
                not short or line.text[:1].islower()
            )  # fmt: skip
        lifted = _LIFTED if line.lifted or before.lifted else 1.0
        if step > self._widest_step(line.size) * lifted:
            return False
        return self._same_block(paragraph, line, ends=ends, short=short)

    def _is_apart(self, before: Line, line: Line) -> bool:
        """Tell whether two lines can belong to no one paragraph, wherever they stand."""
        letters = before.size != line.size and (
            {before.size, line.size} & set(self.larger) or abs(before.size - line.size) > _MIXED
        )
        return (
            bool(letters)
            or line.text.startswith(RAISED)
            or SIGN.match(line.text) is not None
            or first_box(line.text) is not None
            or _BULLET.match(line.text) is not None
            or _is_tabular(before)
            or _is_tabular(line)
        )

    def _same_block(self, paragraph: Paragraph, line: Line, *, ends: bool, short: bool) -> bool:
        before = paragraph.lines[-1]
        indent = line.left - before.left
        if abs(indent) > line.size * 0.8 and ends:
            # A first line stands in or out of its paragraph; an item hangs from its mark.
            hangs = paragraph.marked() and len(paragraph.lines) == 1 and indent > 0
            outdents = not paragraph.marked() and len(paragraph.lines) == 1 and indent < 0
            return hangs or outdents
        if ends:
            return not short
        hangs = paragraph.marked() and line.left > paragraph.lines[0].left + 0.4 * line.size
        return not short or line.text[:1].islower() or hangs

    def _is_short(self, before: Line, line: Line, page: int) -> bool:
        """Tell whether the next line's first word would have had room on the line before."""
        width = (line.right - line.left) / max(1, len(line.text))
        needed = (len(line.text.split()[0]) + 1.5) * width
        return self._right(before, page) - before.right > needed and (
            self._beside(before, page) - before.right > needed
        )

    def _beside(self, line: Line, page: int) -> float:
        """Return where the next column begins at the height of a line."""
        lines = self.pages[page].lines
        if len(lines) > _MOST_LINES:
            return math.inf
        near = 1.2 * line.size
        return min(
            (
                other.left
                for other in lines
                if other.left > line.right and abs(other.base - line.base) < near
            ),
            default=math.inf,
        )

    def _right(self, line: Line, page: int) -> float:
        return self.rights[page].get(_edge(line), line.right)

    def _widest_step(self, size: float) -> float:
        return self.leading.get(size, size * 1.25) * 1.3

    def _is_heading_like(self, paragraph: Paragraph) -> bool:
        return self._level(paragraph) > 0

    def _level(self, paragraph: Paragraph) -> int:
        """Return the level of the heading that a paragraph is, 0 when it is none."""
        text = " ".join(line.text for line in paragraph.lines)
        first = paragraph.lines[0]
        if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
            return 0
        if text.endswith((".", ";", ",")) and len(text.split()) > 3:
            return 0
        if _is_tabular(first) and not _SECTION.match(text):
            return 0
        if first.size >= self.body * _LARGER:
            return 1 + min(4, sum(size > first.size for size in self.larger))
        stands_out = self.bold_stands_out and all(line.bold for line in paragraph.lines)
        if stands_out and first.size >= self.body and len(paragraph.lines) < 3 and not (
            re.search(r"[.,;:]$", text) or _BULLET.match(text)
        ):  # fmt: skip
            return min(6, len(self.larger) + 1)
        return 0

    def _render(self) -> Laid:
        out = _Out(len(self.pages))
        for block in self.blocks:
            if isinstance(block, Tabular):
                self._render_table(block, out)
            else:
                self._render_paragraph(block, out)
        return out.finish()

    def _render_table(self, table: Tabular, out: _Out) -> None:
        rows = [[written(self._joined(list(cell))) for cell in row] for row in table.rows]
        lines = pipe_table(rows, table.titles).split("\n")
        out.block()
        for number, line in enumerate(lines):
            # The line of dashes below the titles is on no page of its own.
            row = number - 2 + table.titles
            page = table.pages[max(0, min(row, len(table.pages) - 1))]
            out.write(line if number == 0 else f"\n{line}", page)

    def _render_paragraph(self, paragraph: Paragraph, out: _Out) -> None:
        texts = [line.text for line in paragraph.lines]
        level = self._level(paragraph)
        mark, texts[0] = ("#" * level + " ", texts[0]) if level else self._opening(paragraph)
        item = mark.lstrip().startswith("- ")
        if not item:
            self.indents = []
        if not any(texts):
            return
        out.block(tight=item)
        out.write(mark, paragraph.pages[0])
        said = ""
        for text, page in zip(texts, paragraph.pages, strict=True):
            joined = self._joined([said, text])
            kept = len(said) if joined.startswith(said) else len(said) - 1
            out.cut(len(said) - kept)
            added = joined[kept:]
            out.blank(len(added) - len(added.lstrip()))
            out.write(written(added.lstrip()), page)
            said = joined

    def _opening(self, paragraph: Paragraph) -> tuple[str, str]:
        """Return the mark of a paragraph, and its first line without what the mark stands for."""
        text = paragraph.lines[0].text
        mark = ""
        while bullet := _BULLET.match(text):
            mark, text = "- ", text[bullet.end() :]
        box = first_box(text)
        if box:
            mark, text = f"- [{'x' if box.ticked else ' '}] ", text[box.end :]
        if mark:
            return "  " * self._depth(paragraph) + mark, text
        said = written(text)
        shown = escape(said)
        # What is within the line is escaped when it is written.
        return (shown.removesuffix(said), text) if shown else ("", "")

    def _depth(self, item: Paragraph) -> int:
        """Return how deep an item of a list is nested, by where its bullet stands."""
        left = item.lines[0].left
        if self.indents and left > self.indents[-1] + _WIDEST_INDENT:
            # It is the list of another column.
            self.indents = []
        while self.indents and left < self.indents[-1] - _NEAR:
            self.indents.pop()
        if not self.indents or left > self.indents[-1] + _NEAR:
            self.indents.append(left)
        return len(self.indents) - 1

    def _joined(self, texts: list[str]) -> str:
        """Return lines as one; a word that was divided between two of them is made whole."""
        said = ""
        for text in texts:
            said = self._join(said, text) if said else text
        return said

    def _join(self, said: str, text: str) -> str:
        left = re.search(r"([^\W\d_]+)([-\u2010])$", said)
        right = re.match(r"[^\W\d_]+", text)
        if left is None or right is None or not right[0][0].islower():
            glued = said.endswith(("-", "\u2010", "/")) and said[-2:-1].isalnum() and (
                text[:1].isalnum()
            )  # fmt: skip
            return said + text if glued else f"{said} {text}"
        hyphen = "-" if self._is_compound(left[1], right[0], left[2]) else ""
        return f"{said[:-1]}{hyphen}{text}"

    def _is_compound(self, left: str, right: str, hyphen: str) -> bool:
        """Tell whether a word is written with its hyphen, and was not divided there."""
        whole = self.words[f"{left}{right}".lower()]
        with_hyphen = self.words[f"{left}-{right}".lower()]
        if whole or with_hyphen:
            return with_hyphen > whole
        if hyphen != self.hyphen:
            # The program divides words with another sign than people write.
            return hyphen == "-"
        return left.lower() in _COMPOUNDING or (
            len(left) > 3 and self.words[left.lower()] > 0 and self.words[right.lower()] > 0
        )


class _Out:
    """Text as it grows, and where each page starts in it."""

    def __init__(self, pages: int) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int | None] = [None] * pages
        self.tight = False

    def block(self, *, tight: bool = False) -> None:
        """Begin a block; items of one list follow each other without a blank line."""
        if self.parts:
            self._add("\n" if tight and self.tight else "\n\n")
        self.tight = tight

    def write(self, text: str, page: int) -> None:
        """Add text that is on a page."""
        if self.starts[page] is None:
            self.starts[page] = self.length
        self._add(text)

    def blank(self, count: int) -> None:
        """Add spaces, which are on no page."""
        self._add(" " * count)

    def cut(self, count: int) -> None:
        """Take back the last characters: the hyphen of a divided word."""
        if count:
            self.parts[-1] = self.parts[-1][:-count]
            self.length -= count

    def finish(self) -> Laid:
        """Return everything; a page without text starts where the next one does."""
        self._add("\n")
        starts: list[int] = []
        following = self.length
        for start in reversed(self.starts):
            following = min(following, self.length if start is None else start)
            starts.append(following)
        starts.reverse()
        return Laid("".join(self.parts), (0, *starts[1:]))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _commonest_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _whole_words(lines: list[Line]) -> Counter[str]:
    """Return how often each word occurs that no end of a line may divide."""
    words: Counter[str] = Counter()
    divided = False
    for line in lines:
        found = re.findall(r"\w+(?:-\w+)*", line.text.lower())
        ends = line.text.endswith(("-", "\u2010"))
        words.update(found[int(divided) : len(found) - ends])
        divided = ends
    return words


def _leading(pages: list[Page]) -> dict[float, float]:
    """Return by size the usual step from one line to the next."""
    steps: dict[float, list[float]] = defaultdict(list)
    for page in pages:
        for before, line in zip(page.lines, page.lines[1:], strict=False):
            step = before.base - line.base
            if before.size == line.size and 0.8 * line.size < step < 2.6 * line.size:
                steps[line.size].append(round(step * 2) / 2)
    # Between paragraphs it is wider, so the usual one is among the smaller.
    return {
        size: median(sorted(found)[: max(1, (len(found) * 2) // 3)])
        for size, found in steps.items()
        if len(found) > 3
    }


def _right_edges(lines: list[Line]) -> dict[tuple[float, float], float]:
    edges: dict[tuple[float, float], float] = {}
    for line in lines:
        key = _edge(line)
        edges[key] = max(edges.get(key, 0.0), line.right)
    return edges


def _edge(line: Line) -> tuple[float, float]:
    """Lines of one column have one left end and one size."""
    return round(line.left / 4), line.size


def _is_tabular(line: Line) -> bool:
    """Tell whether wide gaps divide a line that is no item of a list."""
    return len(line.columns) > 1 and not (
        len(line.columns) == 2 and len(line.columns[0][1]) < 6 and _is_mark(line.columns[0][1])
    )


def _is_mark(text: str) -> bool:
    return bool(
        _BULLET.match(f"{text} x") or re.match(r"\(?(?:[\d.]+|[a-zA-Z]|[ivx]+)[.)]?$", text)
    )


def _near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < 4 for a, b in zip(one, other, strict=True))
