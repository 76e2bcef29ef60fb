"""What a reader should know before trusting a comparison of two editions."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.changes.types import Edition

_STRANGE = 0.2
"""Share of the passages in common below which the editions look like two pages."""
_FEW = 0.2
"""Share of the statements before that a page has where something else was fetched in its place."""
_ENOUGH = 5
"""Statements of a page of which it can be told that most are gone."""


def remarks(old: Edition, new: Edition, common: int) -> tuple[str, ...]:
    """Return what is odd about two editions, a sentence each; `common` passages are in both."""
    return (*_of_dates(old, new), *_of_pages(old, new, common))


def _of_dates(old: Edition, new: Edition) -> Iterator[str]:
    if old.sha256 == new.sha256:
        yield f"“{old.name}” and “{new.name}” are the same file, byte by byte."
        return
    undated = [one.name for one in (old, new) if one.date is None]
    if undated and (old.date or new.date):
        yield (
            f"“{undated[0]}” states no date, the other edition does: they are compared in the "
            "order in which they were given."
        )
    if old.date and new.date and new.date < old.date:
        yield (
            f"“{old.name}” ({old.date}), given as the older edition, states a later date than "
            f"“{new.name}” ({new.date}): added and removed may be the other way round."
        )
    if old.date and old.date == new.date:
        yield f"Both editions state the same date, {old.date}, and differ all the same."


def _of_pages(old: Edition, new: Edition, common: int) -> Iterator[str]:
    if _are_two(old, new, common):
        yield (
            f"These look like two pages: {common} of {len(old.passages)} passages of "
            f"“{old.name}” are in “{new.name}”."
        )
    if _lost_its_statements(old, new):
        yield (
            f"“{new.name}” looks like another page, such as one to sign in: it makes "
            f"{new.statements} statements, the edition before {old.statements}. Fetch it again."
        )


def is_another_page(old: Edition, new: Edition, common: int) -> bool:
    """Tell whether something else was fetched in a page's place; `common` passages are in both."""
    silent = bool(old.statements) and not new.statements and _are_two(old, new, common)
    return _lost_its_statements(old, new) or silent


def _are_two(old: Edition, new: Edition, common: int) -> bool:
    most = max(len(old.passages), len(new.passages))
    return bool(most) and common < _STRANGE * min(len(old.passages), len(new.passages))


def _lost_its_statements(old: Edition, new: Edition) -> bool:
    return old.statements >= _ENOUGH and new.statements < _FEW * old.statements
