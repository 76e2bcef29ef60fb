"""How firmly and for how many a sentence says what its passages say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.verification.claim import Case, alike
from assistant.verification.clauses import (
    HEDGED,
    STRONG,
    UNIVERSAL,
    Clause,
    Modal,
    Sentence,
    plain,
    tokens,
)
from assistant.verification.values import values
from assistant.verification.words import concepts, is_content


def wrong_firmness(case: Case) -> str:
    """Find a clause that is said more or less firmly than in the passages."""
    for pair in case.pairs:
        if pair.clause.kind or (_ASIDE.match(pair.clause.text) and not pair.clause.modals):
            continue
        found = pair.found
        if pair.clause.modal in (Modal.MUST, Modal.SHOULD):
            best = max(alike(pair.clause, other) for _, other in found)
            found = tuple(f for f in found if alike(pair.clause, f[1]) >= 0.92 * best)
            if case.asks_for and pair.clause.modal is Modal.MUST:
                continue
        if not any(_modal_fits(pair.clause, other, sentence) for sentence, other in found):
            return f"the passages say less or more firmly: {pair.clause.text}"
    return ""


def _modal_fits(clause: Clause, other: Clause, sentence: Sentence) -> bool:
    said, given = clause.modal, other.modal
    if said is Modal.MUST and other.only:
        return True
    if clause.modals - other.modals and other.modals - clause.modals:
        return False
    if said == given or {said, given} <= {Modal.MAY, Modal.CAN}:
        return True
    if given is Modal.PLAIN:
        return _adds(said, other, sentence)
    # A heading or a cell says nothing of how firmly.
    return (len(other.words) <= _CELL and not other.kind) or _leaves(clause, other)


def _adds(said: Modal, other: Clause, sentence: Sentence) -> bool:
    """Tell whether a claim may say so firmly what a clause says plainly."""
    if said is Modal.MUST:
        return _ordered(sentence) or other.only
    if said is Modal.SHOULD:
        return _ordered(sentence) and not other.only
    return said is Modal.CAN or _ordered(sentence) or sentence.hedged or len(other.words) <= _CELL


def _leaves(clause: Clause, other: Clause) -> bool:
    """Tell whether a claim may say plainly, or otherwise, what a clause says with a modal."""
    if other.modal is Modal.MAY:
        return bool(_hedges(clause) - _hedges(other))
    plainly = clause.modal is Modal.PLAIN
    if other.modal is Modal.CAN:
        return plainly and not re.search(r"\bcan be\b", other.text, re.I)
    return other.modal is Modal.MUST and plainly and clause.only


_CELL = 3
"""Words of a heading or a cell."""


def _hedges(clause: Clause) -> set[str]:
    return {match.group().lower() for match in HEDGED.finditer(clause.text)}


_ASIDE = re.compile(r"(?:which|who|whose|because|since|although|so that|where)\b", re.I)
_VERBS = re.compile(
    r"^(?:\d+[.)]\s*)?(?:(?:to|in|if|when|for|on|at|then|first|next)\b[^,]*, )?(?:please )?"
    r"(?:run|open|use|click|select|choose|sign|enter|set|add|assign|configure|connect|contact|ask|"
    r"write|create|install|verify|replace|recover|prevent|repeat|review|evaluate|refer|see|go|"
    r"type|list|call|start|stop|switch|leave|lock|book|confirm|export|import|download|close|make|"
    r"tick|untick|commit|stream|send|hover|look|press|read|store|load|place|move|do|don't|do not|"
    r"never|check|find|request|give|keep|allow|register|let|hand|deliver|search|pick|order|need)\b",
    re.I,
)


def _ordered(sentence: Sentence) -> bool:
    """Tell whether a sentence tells the reader to do something, or states what is asked for."""
    return bool(_VERBS.match(sentence.text)) or bool(
        re.search(r"\b(?:conditions?|minimum)\b", sentence.text, re.I)
    )


def wrong_extent(case: Case) -> str:
    """Find an all, only or some that the passages do not bear out."""
    if not case.sources:
        return ""
    if reason := _universal(case):
        return reason
    if any(c.only for c in case.claim.mains) and not _restricts(case.sources):
        return "the passages do not say only"
    for pair in case.pairs:
        best = max(pair.found, key=lambda found: alike(pair.clause, found[1]))[1]
        if best.only and not _restricts([case.claim]):
            return "the passages say only"
    for pair in case.pairs:
        if pair.clause.kind or case.claim.hedged or case.claim.soft:
            continue
        if all(_part(other) & pair.clause.concepts for _, other in pair.found):
            return "the passages speak of some or most"
    return ""


def _universal(case: Case) -> str:
    said = plain(case.said)
    for clause in case.claim.clauses:
        for match in STRONG.finditer(_NOT_ALL.sub(" ", clause.text)):
            word = match.group().lower()
            if clause.denied and word in ("any", "anyone", "anybody", "ever"):
                continue
            if not UNIVERSAL.search(said):
                return f"the passages do not say {word}"
            if word in ("all", "every", "each", "any") and not _all_of(clause.text, match, said):
                return f"the passages do not say so of {word}"
            if word in ("at any time", "always", "anytime") and not _EVER.search(said):
                return f"the passages do not say {word}"
    return ""


_NOT_ALL = re.compile(r"\bnot (?:all|every|always|each|any)\b", re.I)
_EVER = re.compile(
    r"\b(?:always|never|at all times|at any time|any\b|every|all|regardless|whatever|only|no|"
    r"cannot|not|must|each)\b",
    re.I,
)


def _all_of(text: str, match: re.Match[str], said: str) -> bool:
    """Tell whether the passages speak of all of the same thing."""
    behind = [w for w in tokens(text[match.end() :]) if is_content(w)][:2]
    if not behind:
        return True
    wanted = frozenset(concept for word in behind for concept in concepts(word))
    for other in UNIVERSAL.finditer(said):
        following = [w for w in tokens(said[other.end() : other.end() + 60]) if is_content(w)][:4]
        if any(concepts(word) & wanted for word in following):
            return True
    return bool(values(f"{match.group()} {text[match.end() :]}"[:24]))


def _part(clause: Clause) -> frozenset[str]:
    """Return what a clause says of a part only."""
    found: set[str] = set()
    for match in HEDGED.finditer(clause.text):
        behind = [w for w in tokens(clause.text[match.end() :]) if is_content(w)]
        found |= concepts(behind[0]) if behind else set()
    return frozenset(found)


_BOUNDS = re.compile(r"\b(?:outside|single|one|both|until|requires?|never|off|refus\w+)\b", re.I)


def _restricts(sentences: Iterable[Sentence]) -> bool:
    return any(
        clause.only or clause.denied or clause.modal is Modal.MUST or clause.turn < 0
        or _BOUNDS.search(clause.text)
        for sentence in sentences
        for clause in sentence.clauses
    )  # fmt: skip
