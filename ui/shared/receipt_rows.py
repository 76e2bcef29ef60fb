"""A record held against today, as the plain values that are printed and served."""

from __future__ import annotations

from assistant.history.receipts import Comparison


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
    }
