"""Two tables held against each other row by row, each read once, in order of the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.upkeep.moving.stores import Values


@dataclass(slots=True)
class Compared:
    """What was found; complete once all rows were read."""

    rows: int = 0
    """Of the source."""
    equal: int = 0
    """Of those, how many the target has as they are."""
    own: str = ""
    """What the target has and the source has not, or otherwise: the first key, as text."""
    sha256: str = ""
    """Of all rows of the source, in order."""
    _sum: Any = field(default_factory=hashlib.sha256)

    @property
    def are_equal(self) -> bool:
        """Whether both have the same rows."""
        return not self.own and self.rows == self.equal


def missing(
    source: Iterator[Values], target: Iterator[Values], key: int, found: Compared
) -> Iterator[Values]:
    """Yield the rows of the source whose key the target has not; note in `found` how both stand."""
    there = next(target, None)
    for row in source:
        found.rows += 1
        _take_in(found, row)
        while there is not None and there[:key] < row[:key]:
            _note_own(found, there[:key])
            there = next(target, None)
        if there is None or there[:key] != row[:key]:
            yield row
            continue
        if there == row:
            found.equal += 1
        else:
            _note_own(found, row[:key])
        there = next(target, None)
    if there is not None:
        _note_own(found, there[:key])
    found.sha256 = found._sum.hexdigest()


def compared(source: Iterator[Values], target: Iterator[Values], key: int) -> Compared:
    """Return how the rows of two tables stand to each other."""
    found = Compared()
    for _ in missing(source, target, key, found):
        """Counted."""
    return found


def _note_own(found: Compared, key: Values) -> None:
    found.own = found.own or ", ".join(map(repr, key))


def _take_in(found: Compared, row: Values) -> None:
    """Add a row to the sum: each value with its kind and length, so that none runs into another."""
    parts = []
    for value in row:
        told = value if isinstance(value, bytes) else str(value).encode()
        kind = "-" if value is None else type(value).__name__
        parts.append(f"{kind}{len(told)}:".encode() + told)
    found._sum.update(b"".join(parts))
