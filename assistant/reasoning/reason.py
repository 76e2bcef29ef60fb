"""From a question and what is known to a finding: each kind of question has its reasoners."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Finding
from assistant.reasoning.known import Known
from assistant.reasoning.members import holds_of_set, members
from assistant.reasoning.values import nearest, value
from assistant.reasoning.whether import whether

Reasoner = Callable[[Ask, Known], Finding | None]
_REASONERS: Mapping[Wanted, tuple[Reasoner, ...]] = {
    Wanted.WHETHER: (holds_of_set, whether, nearest),
    Wanted.IS_CURRENT: (whether, nearest),
    Wanted.ALL_OF: (members, nearest),
    Wanted.HOW_MANY: (members, nearest),
    Wanted.UNKNOWN: (value,),
}
"""Who is asked in turn for what is wanted."""
_OTHERS: tuple[Reasoner, ...] = (members, value)
"""Who is asked for anything else: a set that accounts for every word of the question goes first."""


def reason(ask: Ask, known: Known) -> Finding | None:
    """Return what the documents in scope say to a question; None where nobody finds anything."""
    for reasoner in _REASONERS.get(ask.wanted, _OTHERS):
        finding = reasoner(ask, known)
        if finding is not None:
            return finding
    return None
