"""The values that the corpus layer makes: documents, their structure, and chunks.

Every offset counts Unicode code points in `Document.text`; slicing the text with a span
always gives exactly what was read there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from corpus.left_out import LeftOut


class Span(NamedTuple):
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what the span covers in `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a reader would call the block."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    ROW = "row"
    NOTE = "note"
    CODE = "code"
    FIELD = "field"
    """A line of front matter that says something about the page: its title or date."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; a blank first cell takes over the row above."""

    header: str
    """Column title as written, empty where the table has none."""
    span: Span
    """Where the cell's text stands; in a continued cell, where it stands in the row above."""
    continued: bool = False
    """True when the value comes from an earlier row."""


class NoteMark(NamedTuple):
    """A mark that sends the reader to a note: a footnote's, or a star in a table."""

    at: int
    """Offset in the text where the mark stood; the mark itself is no text."""
    note: Span
    """Where the note stands."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, step, table row, note or piece of code."""

    kind: BlockKind
    span: Span
    section: int
    """Index into `Document.sections`."""
    sentences: tuple[Span, ...] = ()
    """Sentences of the block's prose, in order; empty for rows and code."""
    lead_in: Span | None = None
    """The sentence that introduces the list, table or code that this block belongs to."""
    label: Span | None = None
    """The label of a label-value bullet, without its mark-up."""
    cells: tuple[Cell, ...] = ()
    """Cells of a table row, in column order."""
    titles: Span | None = None
    """The line of a table that names its columns."""
    level: int = 0
    """Nesting depth of a list item, 0 for the outermost."""
    ordinal: int | None = None
    """The number of a step as a reader counts it, not as it is written."""
    group: int = -1
    """Equal for the members of one list, table or procedure; -1 outside of them."""
    under: tuple[Span, ...] = ()
    """Labels of what it holds for, the outermost first: a tab, a zone of the page, a row that heads
    those below it."""
    checked: bool | None = None
    """Whether the box at the start of the item is ticked; None without a box."""
    marks: tuple[NoteMark, ...] = ()
    """Marks of notes within it, and those on its column titles, its lead-in and its heading."""
    note_title: Span | None = None
    """Title of the admonition that it is part of."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it up to the next one."""

    title: str
    path: tuple[str, ...]
    """Titles from the outermost heading down to this one."""
    span: Span


@dataclass(frozen=True, slots=True)
class Description:
    """What the manifest or the front matter says about a document."""

    id: str
    title: str
    service: str
    publisher: str = ""
    date: date | None = None
    """The page's own date; None where it states none."""
    source: str = ""
    """Where the page is published."""
    licence: str = ""
    supersedes: tuple[str, ...] = ()
    """Ids of the documents that it takes the place of."""

    @property
    def words(self) -> str:
        """What tells whose document it is and what it is about."""
        return f"{self.title}\n{self.service}\n{self.publisher}"


@dataclass(frozen=True, slots=True)
class Contents:
    """How much of everything was read in a document."""

    sections: int = 0
    """Headings, and what stands before the first."""
    paragraphs: int = 0
    items: int = 0
    """Of lists and procedures."""
    tables: int = 0
    rows: int = 0
    notes: int = 0
    code: int = 0
    """Pieces of code."""


@dataclass(frozen=True, slots=True)
class Document:
    """A residency document with its text and structure."""

    about: Description
    text: str
    sha256: str
    """Hash of the file's bytes."""
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    """Where each page begins in the text; empty for formats without pages."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file holds besides."""
    warnings: tuple[str, ...] = ()
    """What it says of itself that could not be used, or how it was read, a sentence each."""

    @property
    def id(self) -> str:
        """Short name of the document."""
        return self.about.id

    @property
    def contents(self) -> Contents:
        """How much of everything was read."""
        kinds = Counter(block.kind for block in self.blocks)
        rows = [block.group for block in self.blocks if block.kind is BlockKind.ROW]
        return Contents(
            len(self.sections), kinds[BlockKind.PARAGRAPH],
            kinds[BlockKind.ITEM] + kinds[BlockKind.STEP],
            len(set(rows)), len(rows), kinds[BlockKind.NOTE], kinds[BlockKind.CODE],
        )  # fmt: skip


class Pair(NamedTuple):
    """A cell of a row as a reader sees it."""

    title: str
    """Of its column, empty where the table has none."""
    value: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is retrieved and cited: a sentence, item, row, step or command."""

    id: str
    """Hash of document id, text, heading path and lead-in; stable while these are."""
    document: str
    span: Span
    text: str
    """Verbatim: `document.text[span.start:span.end]`."""
    kind: BlockKind
    path: tuple[str, ...]
    """Heading path."""
    lead_in: str
    """Sentence that introduces the chunk's list, table or code, else empty."""
    block: int
    """Index into `Document.blocks`."""
    group: int
    """Group of its block, -1 outside of lists, tables and procedures."""
    context: str
    """What is embedded and searched: headings, lead-in and readable text."""
    support: tuple[Span, ...] = ()
    """Other places that the context's last part is read from: column titles of a row, the cell
    that a blank one continues, the label of a bullet."""
    record: bool = False
    """True for a bullet of a record: labels and values that say several things of one subject."""
    pairs: tuple[Pair, ...] = ()
    """Cells of a table row that are not blank, in column order; empty for anything else."""


def trim(text: str, span: Span) -> Span:
    """Return `span` without the white space at its ends."""
    covered = span.of(text)
    start = span.start + len(covered) - len(covered.lstrip())
    return Span(start, max(start, span.start + len(covered.rstrip())))
