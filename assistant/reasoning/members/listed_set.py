"""A list, a table or an enumeration as a set: its entries, and the words that say what it is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.reasoning.members.word_stems import stem, stems
from corpus.facts.types import Openness
from corpus.language.quantities import NUMBERS, any_of
from corpus.language.terms import STOP_WORDS
from corpus.types import Chunk, Pair

_COUNTED = re.compile(
    rf"\b(?:{any_of(NUMBERS)}|\d{{1,3}}|following)"
    rf"((?: (?!(?:{any_of(STOP_WORDS)})\b)[\w-]+){{1,4}})",
    re.I,
)
"""What a lead-in counts or announces: "three large regions", "the following services"."""
_OF_ANYTHING = frozenset(
    stem(word) for word in "list lists table tables section sections topic topics detail details "
    "information way ways example examples item items thing things".split()
)  # fmt: skip
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
    def counted(self) -> frozenset[str]:
        """Stems of what its lead-in counts or announces: of "Tern runs apps in three large
        regions:" those of "large regions"; none where it does neither.
        """
        found = _COUNTED.search(self.title)
        words = frozenset(stems(found[1])) if found else frozenset()
        return frozenset() if words & _OF_ANYTHING else words

    @cached_property
    def near(self) -> frozenset[str]:
        """Stems of the words that stand before it in its section."""
        return frozenset(stems(self.around))

    def values(self, column: str) -> tuple[str, ...]:
        """Return what stands in a column, entry by entry."""
        return tuple(entry.cell(column) for entry in self.entries)
