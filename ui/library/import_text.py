"""What became of an import, for a terminal: what many rows share is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.library.transfer import ImportedRow, Result

_NAMED = 3
"""Rows that are named where many are left out for one reason."""


def told_rows(done: Iterable[ImportedRow]) -> Iterator[str]:
    """Yield what is to be known of rows, a line each; rows left out for one reason in one line."""
    left: dict[tuple[str, ...], list[str]] = {}
    for row in done:
        if row.result is Result.LEFT:
            left.setdefault(row.notes, []).append(row.place)
        elif row.notes:
            yield f"{row.place}, {row.entry}: {'; '.join(row.notes)}"
    for notes, places in left.items():
        yield f"{_several(places)}: {'; '.join(notes)}"


def _several(places: Sequence[str]) -> str:
    """Return a place, or how many there are with the first of them."""
    if len(places) <= 1:
        return "".join(places)
    rest = len(places) - _NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{len(places)} rows ({', '.join(places[:_NAMED])}{more})"
