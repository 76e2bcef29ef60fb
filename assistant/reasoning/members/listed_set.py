"""A list, a table or an enumeration as a set: its entries, and the words that say what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.reasoning.members.word_stems import stems
from corpus.facts.types import Openness
from corpus.types import Chunk, Pair

TICKED = "Column"
"""Title under which the titles of columns are the names of members."""


@dataclass(frozen=True)
class Entry:
    """One row of a table, one item of a list, or one name of an enumeration."""

    cells: tuple[Pair, ...]
    """Of an item or a name, one cell without a title."""
    chunk: Chunk
    rest: str = ""
    """What an item says of its name: behind a label, in further sentences."""

    def cell(self, column: str) -> str:
        """Return what stands in a column; of an item its name, whatever the column."""
        if len(self.cells) == 1 and not self.cells[0].title:
            return self.cells[0].value
        return ", ".join(pair.value for pair in self.cells if pair.title == column)

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of all that it says."""
        said = " ".join(pair.value for pair in self.cells)
        return frozenset(stems(f"{said} {self.rest}"))


@dataclass(frozen=True)
class ListedSet:
    """Entries that a document gives together."""

    document: str
    entries: tuple[Entry, ...]
    title: str
    """The sentence that leads it in; the heading where there is none."""
    path: tuple[str, ...]
    """Headings above it, that of the document first."""
    columns: tuple[str, ...] = ()
    """Titles of a table's columns, in their order; empty for anything else."""
    openness: Openness = Openness.UNKNOWN
    rank: int = 99
    """Place among the hits of its best entry."""
    labels: tuple[str, ...] = ()
    """Further words that it stands under: the label of the item that holds it."""
    around: str = ""
    """What stands before it in its section: it tells what the set is told for."""
    is_enumeration: bool = False
    """True where it is only named one after another within a sentence or a cell."""

    @property
    def is_table(self) -> bool:
        """True where its entries have several cells."""
        return bool(self.columns)

    @property
    def is_ticked(self) -> bool:
        """True where its members are the columns of a table, and their cells say Yes and No."""
        return self.columns[:1] == (TICKED,)

    @cached_property
    def named(self) -> frozenset[str]:
        """Stems of the words that say what it is a set of."""
        above = self.path[1:] if len(self.path) > 1 else self.path
        return frozenset(stems(" ".join((self.title, *above, *self.columns, *self.labels))))

    @cached_property
    def near(self) -> frozenset[str]:
        """Stems of the words that stand before it in its section."""
        return frozenset(stems(self.around))

    def values(self, column: str) -> tuple[str, ...]:
        """Return what stands in a column, entry by entry."""
        return tuple(entry.cell(column) for entry in self.entries)
