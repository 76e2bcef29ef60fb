"""Logs as former versions wrote them.

Format 1 had a field for each score, null where it was unscored, one for the abstention, and one
for the latency, which stands in the reply too.
"""

from __future__ import annotations

from collections.abc import Mapping

_NO_METRICS = ("case", "abstained", "latency_ms")


def values_of_format_1(row: Mapping[str, float | None]) -> dict[str, float]:
    """Return the scores of format 1 by name of the metric; what was unscored is absent."""
    values = {
        name: float(value)
        for name, value in row.items()
        if name not in _NO_METRICS and value is not None
    }
    abstained = row["abstained"]
    if abstained is not None:
        # Whether the evidence is cited was scored for every answerable case, and for no other.
        asked = "abstained_true" if row["cited"] is None else "abstained_false"
        values[asked] = float(abstained)
    return values
