"""Changes between editions as the rows that people read and programs take; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from assistant.changes.types import (
    ChangeKind,
    Changes,
    Edition,
    Passage,
    StatementChange,
)

QUIET = (ChangeKind.REORDERED, ChangeKind.WORDING, ChangeKind.TEXT)
"""Kinds that say nothing else than before; tables count them, files hold them."""
KIND_WORDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.CHANGED: "changed",
    ChangeKind.MOVED: "moved to another section",
    ChangeKind.REORDERED: "in another order",
    ChangeKind.WORDING: "wording alone",
    ChangeKind.TEXT: "text changed, no statement",
}


@dataclass(frozen=True, slots=True)
class SideRow:
    """A passage of one edition: its words, where it stands, and the statements read from it."""

    text: str
    """As a reader sees it."""
    start: int
    end: int
    """`text[start:end]` of the edition's text says it."""
    section: str
    """Headings above it, the outermost first."""
    statements: tuple[str, ...]
    """Their ids."""
    states: tuple[str, ...]
    """Kinds of its statements, each once."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One thing in which two wordings differ."""

    aspect: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What became of a passage."""

    kind: str
    severity: str
    """none, low, medium, high."""
    differences: tuple[DifferenceRow, ...]
    old: tuple[SideRow, ...]
    new: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition that was compared."""

    name: str
    title: str
    date: str
    """In ISO form, as it states it; empty where it states none."""
    sha256: str
    statements: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Two editions and all that changed between them."""

    old: EditionRow
    new: EditionRow
    remarks: tuple[str, ...]
    counts: dict[str, int]
    """Changes of each kind."""
    changes: tuple[ChangeRow, ...]


def compared_row(found: Changes) -> ComparedRow:
    """Return a comparison as a row."""
    counts = Counter(one.kind for one in found.changes)
    return ComparedRow(
        _edition(found.old),
        _edition(found.new),
        found.remarks,
        {kind.value: counts[kind] for kind in ChangeKind},
        tuple(map(_change, found.changes)),
    )


def plain(rows: Iterable[ComparedRow]) -> list[dict[str, object]]:
    """Return comparisons as plain JSON values."""
    return [asdict(row) for row in rows]


def counts_words(rows: Sequence[ComparedRow]) -> str:
    """Return how many changes there are of each kind: "2 changed, 1 removed, 9 wording alone"."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.counts)
    told = [f"{total[kind.value]} {KIND_WORDS[kind]}" for kind in ChangeKind if total[kind.value]]
    return ", ".join(told) or "nothing changed"


def differs_words(found: Iterable[DifferenceRow]) -> str:
    """Return in what two wordings differ: "place: Germany → Ireland; duration: 30 days → –"."""
    return "; ".join(f"{one.aspect}: {one.old or '–'} → {one.new or '–'}" for one in found)


def is_quiet(row: ChangeRow) -> bool:
    """Tell whether a row says nothing else than before."""
    return row.kind in {kind.value for kind in QUIET}


def _edition(one: Edition) -> EditionRow:
    day = one.date.isoformat() if one.date else ""
    return EditionRow(one.name, one.title, day, one.sha256, one.statements)


def _change(one: StatementChange) -> ChangeRow:
    return ChangeRow(
        one.kind.value,
        one.severity.name.lower(),
        tuple(DifferenceRow(d.aspect.value, d.old, d.new) for d in one.differences),
        tuple(map(_side, one.old)),
        tuple(map(_side, one.new)),
    )


def _side(one: Passage) -> SideRow:
    return SideRow(
        one.text,
        one.span.start,
        one.span.end,
        " > ".join(one.section),
        tuple(fact.id for fact in one.statements),
        tuple(dict.fromkeys(fact.kind.value for fact in one.statements)),
    )
