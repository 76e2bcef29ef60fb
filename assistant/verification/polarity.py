"""Whether a sentence affirms what its passages affirm."""

from __future__ import annotations

import re

from assistant.verification.claim import BESIDE, Case, Pair, alike, stated
from assistant.verification.clauses import Clause
from assistant.verification.words import stem

_SAME = 0.9
"""Clauses this alike say the same, or one the opposite of the other."""
_LITTLE = 0.25
"""Clauses this little alike may still speak of one thing."""
_TURNS = re.compile(
    r"\b(?:refus\w+|forbid\w*|forbidden|block\w*|prevent\w*|exclud\w+|absent|fails?|stops?|stopped|"
    r"omit\w*|drops?|dropped|skip\w*|discard\w*|reject\w*|prohibit\w*|outside|off|disabled|den(?:y|"
    r"ies|ied)|suspended|ends?|only|alone|solely|except|free|instead|unavailable|unsupported|"
    r"optional|impossible|unreadable|lost|loses?|regardless|ignor\w+|avoid\w*|spares?|too|out|gone|"
    r"leav\w+|left|independent\w*|separate\w*|seldom|rarely|yet|temporar\w+|masked|hidden|before|"
    r"still|until|unless|opt\w*)\b",
    re.I,
)


def contradiction(case: Case) -> str:
    """Find a clause that says what the passages deny, or denies what they say."""
    for clause in case.claim.clauses:
        reason = _denied_alike(clause, case) if clause.denied else _affirmed_alike(clause, case)
        if reason:
            return f"the passages say otherwise: {reason}"
    for pair in case.pairs:
        close = [o for _, o in pair.found if alike(pair.clause, o) >= _SAME]
        if close and all(_contradicts(pair.clause, other) for other in close):
            return f"the passages say otherwise: {pair.clause.text}"
        if _opposed(pair):
            return f"the passages say the opposite of: {pair.clause.text}"
    return ""


def _contradicts(clause: Clause, other: Clause) -> bool:
    return bool((clause.denials - other.denials) % 2) and not _excused(clause, other)


_BOTH = 0.3
"""What two conditions have in common by being conditions."""


def _denied_alike(clause: Clause, case: Case) -> str:
    """Find out whether the passages deny what the clause denies."""
    given, against, turned = 0.0, 0.0, 0.0
    for other in stated(case):
        score = alike(clause, other) + (_BOTH if clause.kind and other.kind else 0)
        named = bool(clause.heads & other.everything)
        bare = clause.kind == "without" and "without" in other.text.lower()
        if other.denied and (named or bare):
            given = max(given, score)
        elif not other.denied and _sided(clause, other):
            given = max(given, score)
        elif not other.denied and named:
            against = max(against, score)
        elif clause.kind != "without" and _turns(other.text) - _turns(clause.text):
            turned = max(turned, score)
    if given >= _LITTLE and given >= against - 0.05:
        return ""
    return "" if turned >= 0.45 and turned > against else clause.text


def _affirmed_alike(clause: Clause, case: Case) -> str:
    """Find a clause of the passages that denies what this one affirms."""
    against, beside, named = 0.0, 0.0, False
    for other in stated(case):
        score = alike(clause, other)
        if other.denied and other.heads & clause.concepts and not _excused(clause, other):
            against = max(against, score)
        elif not other.denied or _excused(clause, other):
            beside = max(beside, score)
            named = named or bool(other.concepts & clause.concepts & _denied_words(case))
    least = BESIDE if named else 0.45
    return clause.text if against >= least and (not named or against > beside - 0.05) else ""


def _denied_words(case: Case) -> frozenset[str]:
    return frozenset(head for other in stated(case) if other.denied for head in other.heads)


def _sided(clause: Clause, other: Clause) -> bool:
    shared = clause.sides.keys() & other.sides.keys()
    return any(clause.sides[name] & other.sides[name] for name in shared)


def _excused(clause: Clause, other: Clause) -> bool:
    """Tell whether the claim denies by another word what the other clause denies by `not`."""
    return _sided(clause, other) or bool(_turns(clause.text) - _turns(other.text))


def _turns(text: str) -> set[str]:
    return {stem(match.group()) for match in _TURNS.finditer(text)}


def _opposed(pair: Pair) -> bool:
    """Tell whether all that name an opposition of the clause take its other side."""
    for name, side in pair.clause.sides.items():
        others = [other.sides[name] for _, other in pair.found if name in other.sides]
        if others and not any(side & other for other in others):
            return True
    return False


def contrary_side(case: Case) -> str:
    """Find an outside, before or after whose contrary alone the passages say."""
    stated = [clause for sentence in case.passages for clause in sentence.clauses]
    for clause in case.claim.clauses:
        for name in ("inside", "before"):
            side = clause.sides.get(name)
            given = [other.sides[name] for other in stated if name in other.sides]
            if side and len(side) == 1 and given and not any(side & other for other in given):
                return f"the passages say the contrary: {clause.text}"
    return ""
