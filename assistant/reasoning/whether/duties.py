"""Yes or No where it is asked whether something is for the asker to do, from the nearest passage.

"Do we write the notice ourselves?" is answered by "You are responsible for: drafting a notice", and
denied by "this is done on your behalf".
"""

from __future__ import annotations

import re

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.claiming import Claim, last_question
from assistant.reasoning.whether.matches import match
from assistant.reasoning.whether.sentences_that_decide import weighed_elsewhere
from corpus.language.sentences import readable
from index.types import Hit

_NEAR, _COVERED = 0.5, 0.3
"""Least cosine of the question with a passage, and share of the claim's words in it."""
_OURS = frozenset("we i our us my".split())
_ON_US = re.compile(
    r"\b(?:up to us|on us to|for us to|our (?:own )?(?:job|duty|task|responsibility))\b",
    re.IGNORECASE,
)
_IS_DUTY = re.compile(
    r"\b(?:you|customers?|users?|clients?|subscribers?|controllers?)\b[^.;]{0,60}?"
    r"\b(?:(?:are|is|remains?|remain)\b[^.;]{0,40}\bresponsible|bears? the responsibility)\b"
    r"|\b(?:is|remains) (?:your|the customer['’]s|the user['’]s) responsibility\b",
    re.IGNORECASE,
)
_IS_NONE = re.compile(
    r"\b(?:(?:do not|don['’]t|does not|doesn['’]t) (?:have|need) to|need not|needn['’]t"
    r"|no action (?:is )?(?:required|needed)|on your behalf|is (?:fully )?automatic)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|n['’]t|never|no longer)\b", re.IGNORECASE)


def by_duty(ask: Ask, claim: Claim, hit: Hit, passage: Passage, known: Known) -> Answered | None:
    """Return whether the asker has to do what a claim says; None where it asks for something else,
    or the passage tells of nobody's duty.
    """
    if (
        claim.denied
        or claim.either
        or claim.only
        or hit.similarity < _NEAR
        or not _asks_duty(ask, claim)
    ):
        return None
    said = f"{readable(passage.chunk.lead_in)} {readable(passage.chunk.text)}"
    duty, none = _IS_DUTY.search(said), _IS_NONE.search(said)
    if (duty is None) is (none is None):
        return None
    found = match(claim, passage, hit, known, weighed_elsewhere(claim, known))
    if found.covered < _COVERED:
        return None
    if duty is not None:
        return None if _DENIED.search(duty.group()) else Answered.YES
    return Answered.NO


def _asks_duty(ask: Ask, claim: Claim) -> bool:
    """Tell whether a claim says that the asker must do something, or that it is for the asker."""
    if _ON_US.search(last_question(ask.question)):
        return True
    subjects = claim.parse.children(claim.predicate, "nsubj")
    above = [
        i for at in claim.parse.above(claim.predicate) for i in claim.parse.children(at, "nsubj")
    ]
    ours = any(claim.parse.tokens[i].lemma in _OURS for i in (*subjects, *above))
    return claim.modal == "must" and ours
