"""A record held against today, as the plain values that are printed and served."""

from __future__ import annotations

from dataclasses import asdict

from assistant.history.receipts import Comparison, EditionThen, QuoteToday
from ui.shared.terminal_text import by_count, dated


def comparison_row(comparison: Comparison) -> dict[str, object]:
    """Return a record and what differs today as plain JSON values."""
    return {
        **comparison.record.to_json(),
        "same": comparison.same,
        "asked_again": comparison.today is not None,
        "differences": [
            {"aspect": one.aspect.value, "detail": one.detail} for one in comparison.differences
        ],
        "today": comparison.today.to_json() if comparison.today else None,
        "quotes": [{**asdict(one), "standing": one.standing.value} for one in comparison.quotes],
        "editions": [_edition_row(one) for one in comparison.editions],
    }


def edition_words(one: EditionThen) -> str:
    """Return which edition of a document an answer stood on: its date, and when it was fetched."""
    parts = [dated(one.date)]
    if one.fetched is not None:
        parts.append(f"fetched {one.fetched:%Y-%m-%d %H:%M}")
    if one.ordinal and one.since:
        parts.append(f"edition {one.ordinal}, {by_count(one.since, 'newer one', 'newer ones')}")
    return ", ".join(parts)


def quote_words(one: QuoteToday) -> str:
    """Return what became of a quotation, in a line."""
    told = f"[{one.marker}] {one.standing.value}"
    if one.differs:
        told += f" ({'; '.join(one.differs)})"
    return f"{told}: now “{one.today}”" if one.today else told


def _edition_row(one: EditionThen) -> dict[str, object]:
    return {
        **asdict(one),
        "date": one.date.isoformat() if one.date else None,
        "fetched": one.fetched.isoformat() if one.fetched else None,
    }
