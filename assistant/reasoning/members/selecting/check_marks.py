"""Cells that say Yes and No, and tables whose column titles are what a row ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reasoning.members.listed_set import TICKED, Entry, ListedSet
from corpus.facts.types import Openness
from corpus.types import Pair

_YES = frozenset({"yes", "✓", "✔", "✅", "☑", "☒", "x", "●", "supported", "available", "required",
                  "included", "true"})  # fmt: skip
_NO = frozenset({"no", "✗", "✘", "❌", "☐", "n/a", "not supported", "not available", "unavailable",
                 "not required", "not included", "false", "-", "–", "—"})  # fmt: skip
_FEWEST = 2
_MOST = 60
"""Rows of a table that is read by its columns."""


def flag(value: str) -> bool | None:
    """Return whether a cell says Yes; None where it says neither Yes nor No."""
    low = value.strip().lower().rstrip(".").replace("\ufe0f", "")
    first = low.split(",")[0].split(" ")[0] if low else ""
    if low in _NO or first in _NO:
        return False
    return True if low in _YES or first in _YES else None


def flags_of(values: Sequence[str]) -> tuple[bool, ...] | None:
    """Return what cells say, a blank one No; None where some say something else, or
    all the same.
    """
    said = [flag(value) for value in values]
    if any(one is None and value.strip() for one, value in zip(said, values, strict=True)):
        return None
    found = tuple(one is True for one in said)
    return found if len(set(found)) > 1 else None


def by_columns(one: ListedSet) -> Iterator[ListedSet]:
    """Yield, for each row of a table that only ticks, the set of the columns with their ticks."""
    titles = one.columns[1:]
    if len(titles) < _FEWEST or len(one.entries) > _MOST:
        return
    for entry in one.entries:
        values = [entry.cell(title) for title in titles]
        found, name = flags_of(values), entry.cell(one.columns[0])
        if found is None or not name:
            continue
        entries = tuple(
            Entry((Pair(TICKED, title), Pair(name, "Yes" if ticked else "No")), entry.chunk)
            for title, ticked in zip(titles, found, strict=True)
        )
        yield ListedSet(
            one.document, entries, one.title, one.path, (TICKED, name), Openness.CLOSED,
            labels=(one.columns[0],), around=one.around,
        )  # fmt: skip
