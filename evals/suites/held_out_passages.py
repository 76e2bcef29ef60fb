"""The passages of held-out cases, and the written questions that would give them away."""

from __future__ import annotations

from corpus.intake.question_bank import AskedPassage
from evals.suites.evidence_places import all_evidence_places
from evals.suites.suite import Suite
from evals.types import Case, Place


def held_out_places(suite: Suite, cases: tuple[Case, ...]) -> tuple[Place, ...]:
    """Return the passages that cases ask about."""
    return tuple(place for case in cases for place in all_evidence_places(case, suite.texts))


def stands_in(row: AskedPassage, suite: Suite, places: tuple[Place, ...]) -> bool:
    """Tell whether a written question's passage overlaps one of the places."""
    text = suite.texts.get(row.document)
    if text is None:
        return False
    return any(
        Place(row.document, span).overlaps(place)
        for span in text.find(row.passage)
        for place in places
    )
