"""Two sides side by side as the rows that people read and programs take."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date

from assistant.comparing.types import Cell, ComparedRow, Comparison, Standing, ValuesCompared
from corpus.facts.wording import kind_words
from index.searching.reader import IndexReader
from ui.exports.change_rows import DifferenceRow
from ui.shared.fact_files import plain as plain_fact
from ui.shared.fact_rows import FactRow, fact_rows
from ui.shared.terminal_text import dated

STANDING_WORDS = {
    Standing.DIFFERS: "differs",
    Standing.ALIKE: "alike",
    Standing.FIRST: "only {first}",
    Standing.SECOND: "only {second}",
}

BESIDE = (Standing.ALIKE, Standing.FIRST, Standing.SECOND)
"""Columns of what is named: by both, by the first alone, by the second alone."""


OTHERWISE = "other"
"""What is said of it that something says what was not read as a statement."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A passage of a side and where it stands."""

    statement: str
    """In the words of the document, behind what introduces or scopes it."""
    says: tuple[str, ...]
    """What kinds of statements were read from it, in words."""
    quote: str
    """Verbatim: `document.text[start:end]`."""
    document: str
    title: str
    section: str
    """Headings above it, the outermost first."""
    page: int | None
    """From 1; None where the document has no pages."""
    source: str
    as_of: date | None
    """The document's date; None where it states none."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SidesRow:
    """One thing that is said by one side or by both, each with its source."""

    says: str
    """What kind of statement it is, in words."""
    kind: str
    standing: str
    """differs, alike, first only, second only."""
    differences: tuple[DifferenceRow, ...]
    first: CellRow | None
    second: CellRow | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A place or a period that one side names or both do, with the statements that name it."""

    name: str
    standing: str
    """alike, first only, second only."""
    first: tuple[FactRow, ...]
    second: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class ValuesRow:
    """What the statements of one kind name: "stored: places"."""

    says: str
    kind: str
    what: str
    values: tuple[ValueRow, ...]

    def names(self, standing: Standing) -> str:
        """Return the names of those of one standing, each with where it is first said."""
        return "; ".join(
            f"{one.name} [{', '.join(map(_where, (*one.first[:1], *one.second[:1])))}]"
            for one in self.values
            if one.standing == standing.value
        )


@dataclass(frozen=True, slots=True)
class SidesTable:
    """A whole comparison."""

    first: str
    second: str
    rows: tuple[SidesRow, ...]
    values: tuple[ValuesRow, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each standing."""
        found = Counter(row.standing for row in self.rows)
        return {one.value: found[one.value] for one in Standing}


def sides_table(found: Comparison, index: IndexReader) -> SidesTable:
    """Return a comparison as rows."""
    rows = tuple(_row(one, index) for one in found.rows)
    values = tuple(_values(one, index) for one in found.values)
    return SidesTable(found.first.name, found.second.name, rows, values)


def plain_sides(table: SidesTable) -> dict[str, object]:
    """Return a comparison as plain JSON values."""
    rows = [
        {
            **asdict(row),
            "first": _plain_cell(row.first) if row.first else None,
            "second": _plain_cell(row.second) if row.second else None,
        }
        for row in table.rows
    ]
    return {
        "first": table.first,
        "second": table.second,
        "counts": table.counts,
        "values": [_plain_values(one) for one in table.values],
        "rows": rows,
    }


def _plain_cell(cell: CellRow) -> dict[str, object]:
    return {**asdict(cell), "as_of": cell.as_of.isoformat() if cell.as_of else None}


def _plain_values(row: ValuesRow) -> dict[str, object]:
    values = [
        {
            **asdict(one),
            "first": [plain_fact(fact) for fact in one.first],
            "second": [plain_fact(fact) for fact in one.second],
        }
        for one in row.values
    ]
    return {**asdict(row), "values": values}


def standing_words(row: SidesRow, table: SidesTable) -> str:
    """Return how a row stands, in words: "only Exchange Online"."""
    words = STANDING_WORDS[Standing(row.standing)]
    return words.format(first=table.first, second=table.second)


def counts_of_sides(table: SidesTable) -> str:
    """Return how many rows there are of each standing."""
    told = (
        f"{table.counts[one.value]} {words.format(first=table.first, second=table.second)}"
        for one, words in STANDING_WORDS.items()
        if table.counts[one.value]
    )
    return ", ".join(told) or "nothing is stated"


def cited(cell: CellRow) -> str:
    """Return where a passage stands: title, section, page, date."""
    section = f" > {cell.section}" if cell.section else ""
    page = f", page {cell.page}" if cell.page else ""
    return f"{cell.title}{section}{page}, {dated(cell.as_of)}"


def _row(one: ComparedRow, index: IndexReader) -> SidesRow:
    facts = [fact for cell in (one.first, one.second) if cell for fact in cell.statements]
    own = [fact for fact in facts if fact.kind is one.kind]
    says = kind_words(one.kind, negated=all(f.negated for f in own)) if one.kind else OTHERWISE
    return SidesRow(
        says,
        one.kind.value if one.kind else OTHERWISE,
        one.standing.value,
        tuple(DifferenceRow(d.aspect.value, d.old, d.new) for d in one.differences),
        _cell(one.first, index),
        _cell(one.second, index),
    )


def _cell(cell: Cell | None, index: IndexReader) -> CellRow | None:
    if cell is None:
        return None
    document = index.documents[cell.document]
    says = (kind_words(fact.kind, negated=fact.negated) for fact in cell.statements)
    return CellRow(
        cell.text, tuple(dict.fromkeys(says)), cell.span.of(document.text), cell.document,
        document.about.title, " > ".join(cell.path), document.page(cell.span.start),
        document.about.source, document.about.date, cell.span.start, cell.span.end,
    )  # fmt: skip


def _values(one: ValuesCompared, index: IndexReader) -> ValuesRow:
    values = tuple(
        ValueRow(
            each.name,
            each.standing.value,
            fact_rows(each.first, index),
            fact_rows(each.second, index),
        )
        for each in one.values
    )
    return ValuesRow(kind_words(one.kind, negated=one.denied), one.kind.value, one.what, values)


def _where(fact: FactRow) -> str:
    return f"{fact.document} {fact.start}–{fact.end}"
