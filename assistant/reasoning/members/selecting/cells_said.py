"""What of a question is the content of cells: "tier Basic", "in Lyon", "kept for 90 days"."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reasoning.members.amounts_listed import AmountAsked, size_in
from assistant.reasoning.members.entry_places import pieces
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.word_stems import among, stems
from corpus.language.terms import STOP_WORDS, WORD
from corpus.types import Span

_LONGEST = 6
"""Words of what a cell is called by."""
_SHARE = 0.6
"""Least share of entries with an amount, for a column of amounts."""


@dataclass(frozen=True, slots=True)
class CellSaid:
    """What a question says of a column: the very words of some of its cells."""

    column: str
    value: str
    """In lower case."""
    span: Span
    """Where the question says it."""

    def holds(self, entry: Entry) -> bool:
        """Tell whether an entry has it in its column."""
        return self.value in _values(entry.cell(self.column))


def cells_said(text: str, one: ListedSet, names: str) -> tuple[CellSaid, ...]:
    """Return what a question says in the words of cells, apart from the column of the names."""
    words = [(match.group().lower(), match) for match in WORD.finditer(text)]
    low = [word for word, _ in words]
    asked = set(stems(text))
    found: list[CellSaid] = []
    for column in sorted(one.columns, key=lambda c: -sum(s in asked for s in stems(c))):
        if column == names:
            continue
        values = {value for cell in one.values(column) for value in _values(cell)}
        for value in sorted(values, key=lambda v: (-len(v), v)):
            parts = tuple(match.group() for match in WORD.finditer(value))
            at = _at(low, parts) if _tells(parts, one) else None
            if at is None:
                continue
            span = Span(words[at][1].start(), words[at + len(parts) - 1][1].end())
            if not any(span.start < o.span.end and o.span.start < span.end for o in found):
                found.append(CellSaid(column, value, span))
    return tuple(one_said for one_said in found if not _is_of_all(one_said, one))


def _values(cell: str) -> tuple[str, ...]:
    low = cell.lower()
    return tuple(dict.fromkeys((low, *(part.lower() for part in pieces(low)))))


def _tells(parts: tuple[str, ...], one: ListedSet) -> bool:
    """Tell whether words say more than what the set is called by."""
    content = [part for part in parts if part not in STOP_WORDS and not part.isdigit()]
    if not content or len(parts) > _LONGEST:
        return False
    if len(parts) > 1:
        titles = (" ".join(m.group().lower() for m in WORD.finditer(t)) for t in one.columns)
        return all(" ".join(parts) not in title for title in titles)
    return any(not among(stem, one.named) for part in content for stem in stems(part))


def _at(words: list[str], parts: tuple[str, ...]) -> int | None:
    for at in range(len(words) - len(parts) + 1):
        if tuple(words[at : at + len(parts)]) == parts:
            return at
    return None


def _is_of_all(said: CellSaid, one: ListedSet) -> bool:
    return all(said.holds(entry) for entry in one.entries)


def amount_column(asked: AmountAsked, text: str, one: ListedSet, names: str) -> str | None:
    """Return the column whose amounts a question bounds; None where there is none. Items of a
    list say theirs behind the name, in no column.
    """
    if not one.columns:
        return "" if _share(one, "", asked.measure) >= _SHARE else None
    wanted = stems(text)
    found = [
        column for column in one.columns
        if column != names and _share(one, column, asked.measure) >= _SHARE
    ]  # fmt: skip
    return max(
        found,
        key=lambda c: (sum(among(s, wanted) for s in stems(c)), -one.columns.index(c)),
        default=None,
    )


def _share(one: ListedSet, column: str, measure: str) -> float:
    sizes = [amount_in(entry, column, measure) for entry in one.entries]
    return sum(size is not None for size in sizes) / len(sizes)


def amount_in(entry: Entry, column: str, measure: str) -> float | None:
    """Return the amount that an entry says in a column, or behind its name."""
    return size_in(entry.cell(column) if column else f"{entry.cell('')} {entry.rest}", measure)
