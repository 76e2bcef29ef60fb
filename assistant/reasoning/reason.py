"""From a question and what is known to a finding: each kind of question has its reasoners."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Finding
from assistant.reasoning.known import Known
from assistant.reasoning.members import members
from assistant.reasoning.values import value
from assistant.reasoning.whether import whether

Reasoner = Callable[[Ask, Known], Finding | None]
_REASONERS: Mapping[Wanted, tuple[Reasoner, ...]] = {
    Wanted.WHETHER: (whether, value),
    Wanted.IS_CURRENT: (whether, value),
    Wanted.ALL_OF: (members, value),
    Wanted.HOW_MANY: (members, value),
    Wanted.DIFFERENCE: (members, value),
    Wanted.SERVICE: (members, value),
    Wanted.DATA: (members, value),
}
"""Who is asked in turn for what is wanted; for anything else `value` alone."""


def reason(ask: Ask, known: Known) -> Finding | None:
    """Return what the documents in scope say to a question; None where nobody finds anything."""
    for reasoner in _REASONERS.get(ask.wanted, (value,)):
        finding = reasoner(ask, known)
        if finding is not None:
            return finding
    return None
