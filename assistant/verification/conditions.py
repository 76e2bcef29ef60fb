"""Whether a sentence keeps the conditions of what it restates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.verification.claim import Case, alike
from assistant.verification.clauses import Clause, Modal, Sentence
from assistant.verification.names import places
from assistant.verification.words import concepts

_REFLECTED = 0.5
"""Share of a condition's meaning that a sentence must say to have kept it."""
BINDS = frozenset(("if", "unless", "when", "whenever", "except", "once", "until", "while"))


def dropped_condition(case: Case) -> str:
    """Find a clause whose condition is left out."""
    for pair in case.pairs:
        if pair.clause.kind:
            continue
        lost = [_lost(sentence, other, case) for sentence, other in pair.found]
        if lost and all(lost):
            return f"a condition is left out: {lost[0]}"
    return ""


def _lost(sentence: Sentence, matched: Clause, case: Case) -> str:
    """Return a condition of a matched clause that the claim does not keep."""
    if matched.kind or case.claim.soft or _loosened(case.claim, matched):
        return ""
    if _OPEN.search(matched.text) and not case.claim.conditions:
        return matched.text
    for condition in _governing(sentence, matched):
        if any(alike(c, condition) >= alike(c, matched) - 0.1 for c in case.claim.mains):
            continue
        if condition.turn < 0 and re.search(r"\bincluding\b", case.text, re.I):
            return condition.text
        if _shares_place(condition.text, case):
            continue
        own = [w for w in condition.telling if not concepts(w) & matched.concepts]
        own = own or list(condition.telling)
        kept = [w for w in own if concepts(w) & case.claim.concepts]
        if own and len(kept) < _REFLECTED * len(own):
            return condition.text
    return ""


def _shares_place(condition: str, case: Case) -> bool:
    return bool(places(condition, case.gazetteer).keys() & places(case.text, case.gazetteer).keys())


_OPEN = re.compile(r"\b(?:except|unless|if)(?: when| if| that| where)?:?$", re.I)


def _loosened(claim: Sentence, matched: Clause) -> bool:
    """Tell whether a claim says may where the passage says that it is so."""
    modals = {clause.modal for clause in claim.mains}
    return matched.modal in (Modal.PLAIN, Modal.MUST) and bool(modals & {Modal.MAY})


def _governing(sentence: Sentence, matched: Clause) -> Iterable[Clause]:
    """Return the conditions that bind a clause: those right behind it, or those that open."""
    at = sentence.clauses.index(matched)
    for place, clause in enumerate(sentence.clauses):
        if not clause.kind:
            continue
        if clause.kind not in BINDS and not clause.text.lower().startswith("only"):
            continue
        before = [c for c in sentence.clauses[:place] if not c.kind]
        if (before and before[-1] is matched) or (not before and place < at):
            yield clause


def changed_condition(case: Case) -> str:
    """Find a condition of the claim that the passages set otherwise."""
    others = [other for s in case.passages if not s.asks for other in s.clauses]
    for clause in case.claim.conditions:
        if clause.kind == "without" or not clause.telling:
            continue
        best = max(others, key=lambda other: alike(clause, other), default=None)
        if best is None or alike(clause, best) < 0.4:
            continue
        if _contrary(clause, best):
            return f"the passages set the condition otherwise: {best.text}"
    return ""


def _contrary(clause: Clause, other: Clause) -> bool:
    kinds = (clause.kind, other.kind)
    if "before" in kinds and set(kinds) & {"after", "when", "once", "if", "whenever"}:
        return True
    if {"after", "before", "until", "while"} & set(kinds) or not other.kind:
        return clause.kind == "regardless" and other.kind != "regardless"
    if clause.kind == "regardless" or other.kind == "regardless":
        return clause.kind != other.kind
    return clause.turn != other.turn and clause.denied == other.denied
