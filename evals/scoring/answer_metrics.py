"""What an answer is worth to its reader, by the rules by which the product is judged
(evals/cases/README.md).
"""

from __future__ import annotations

from dataclasses import replace

from evals.scoring.citation_metrics import cites_evidence
from evals.scoring.registry import Answered, metric
from evals.suites.case_files import accepts, opening, says_all
from evals.types import Kind

LONGEST_TEXT = 200
"""Words of a right answer at most."""
FIRST_WORDS = 60
FIRST_WORDS_LONG = 120
"""Words within which a direct answer says all; the second where much is asked for."""
_LONG_KINDS = (Kind.LIST, Kind.PROCEDURE, Kind.COMPARE)


@metric(title="right", without_response=0.0, column=10, gated=True, by_kind=True)
def right(answered: Answered) -> bool:
    """Every `must` group matches, no `must_not` does, at most 200 words, not abstained, and a
    verbatim citation of at most 600 characters overlaps the evidence. An unanswerable case is
    right when the system abstains or its text says so, and no `must_not` matches.
    """
    case, response = answered.case, answered.response
    if not case.answerable:
        # An abstention need not word it in any way; any other answer has to say so.
        unasked = replace(case, must=())
        said = bool(case.must) and accepts(case, response.text)
        return accepts(unasked, response.text) if response.abstained else said
    return (
        accepts(case, response.text)
        and len(response.text.split()) <= LONGEST_TEXT
        and not response.abstained
        and (not case.evidence or cites_evidence(answered))
    )


@metric(title="direct", without_response=0.0, column=20, by_kind=True)
def direct(answered: Answered) -> bool:
    """Right, and the `must` groups match in the first 60 words already (120 for lists,
    procedures and comparisons).
    """
    if not right(answered):
        return False
    case = answered.case
    limit = FIRST_WORDS_LONG if case.kind in _LONG_KINDS else FIRST_WORDS
    return not case.answerable or says_all(case, opening(answered.response.text, limit))


@metric(title="correct text", without_response=0.0)
def correct(answered: Answered) -> bool:
    """The text says what the case wants, whatever it cites."""
    return accepts(answered.case, answered.response.text)


@metric(title="evidence cited")
def cited(answered: Answered) -> bool | None:
    """A citation that counts overlaps the evidence; unscored where there is none."""
    return cites_evidence(answered) if answered.case.answerable else None


@metric(title="abstention, true positive rate", column=60)
def abstained_true(answered: Answered) -> bool | None:
    """The system abstains from an unanswerable case."""
    return None if answered.case.answerable else answered.response.abstained


@metric(title="false abstentions", column=70, by_kind=True)
def abstained_false(answered: Answered) -> bool | None:
    """The system abstains from an answerable case."""
    return answered.response.abstained if answered.case.answerable else None
