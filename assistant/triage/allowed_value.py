"""What a drop-down gets: the one of its values that says what the proof decided; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum


class Decision(StrEnum):
    """What a proof decides of a question that asks for Yes or No."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    """So under conditions, or of a part."""
    NOT_APPLICABLE = "not applicable"


_SAID: dict[Decision, frozenset[str]] = {
    Decision.YES: frozenset(
        "yes|y|true|compliant|fully compliant|implemented|in place|met|full|agree|confirmed".split(
            "|"
        )
    ),
    Decision.NO: frozenset(
        "no|n|false|not compliant|non-compliant|not implemented|not in place|not met|none|"
        "disagree|not confirmed".split("|")
    ),
    Decision.PARTIAL: frozenset(
        "partial|partially|partly|in part|partially compliant|partially implemented|"
        "partially met|yes with exceptions|yes, with exceptions|conditional|depends|it depends|"
        "other|with conditions".split("|")
    ),
    Decision.NOT_APPLICABLE: frozenset("na|n/a|n.a.|not applicable".split("|")),
}
"""How drop-downs say each, in lower case."""
_AROUND = re.compile(r"^\W*\d*[.)]?\s*|\s*[(:–—-].*$|\W+$")
"""What stands around the word that decides: a number before it, an explanation behind it."""


def allowed_value(decision: Decision | None, allowed: Sequence[str]) -> str:
    """Return the allowed value for a decision, as the file writes it; empty where it has none.

    Where nothing is decided, or two values say the same, the cell stays as it is.
    """
    if decision is None:
        return ""
    fitting = [one for one in allowed if _plain(one) in _SAID[decision]]
    exact = [one for one in fitting if one.strip().casefold() == decision.value]
    return (exact or fitting)[0] if len(exact or fitting) == 1 else ""


def takes_yes_or_no(allowed: Iterable[str]) -> bool:
    """Tell whether a drop-down is for Yes and No."""
    plain = {_plain(one) for one in allowed}
    return bool(plain & _SAID[Decision.YES]) and bool(plain & _SAID[Decision.NO])


def _plain(value: str) -> str:
    low = " ".join(value.split()).casefold()
    if any(low in said for said in _SAID.values()):
        return low
    return _AROUND.sub("", low)
