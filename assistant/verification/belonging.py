"""Whether values and places are said of what the passages say them of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from assistant.verification.claim import Case
from assistant.verification.clauses import Clause, lines, plain, tokens
from assistant.verification.names import places
from assistant.verification.values import values
from assistant.verification.words import concepts
from corpus.places import Gazetteer


def misplaced(case: Case) -> str:
    """Find what the passages state, but of something else."""
    units = [_anchors(text, case.gazetteer) for text in _units(case.said)]
    for text in _units(case.text):
        mine = _anchors(text, case.gazetteer)
        for one in mine:
            for other in mine:
                if one.kind < other.kind and _swapped(one, other, units):
                    return f"the passages do not say {one.name} of {other.name}"
    whole = [_anchors(sentence.text, case.gazetteer) for sentence in case.passages]
    named = list(places(case.text, case.gazetteer).values())
    for place, another in combinations(named, 2):
        if place.id in another.within or another.id in place.within:
            continue
        if _swapped(_Anchor("place", place.id), _Anchor("place", another.id), whole):
            return f"the passages do not say {place.name} of {another.name}"
    for clause in case.claim.mains:
        for anchor in _anchors(clause.text, case.gazetteer):
            if anchor.kind != "act" and _elsewhere(clause, anchor, case):
                return f"the passages say {anchor.name} of something else"
    return ""


def _elsewhere(clause: Clause, anchor: _Anchor, case: Case) -> bool:
    """Tell whether a sentence with another value of the kind says more of a clause's words."""
    rest = [w for w in clause.telling if not _is_value(w, case.gazetteer)]
    if len(rest) < 2:
        return False
    there, others = 0.0, 0.0
    for sentence in case.passages:
        stated = _anchors(sentence.text, case.gazetteer)
        share = sum(bool(concepts(w) & sentence.concepts) for w in rest) / len(rest)
        if anchor in stated:
            there = max(there, share)
        elif any(other.kind == anchor.kind for other in stated):
            others = max(others, share)
    return 0 < there < others - 0.3


def _is_value(word: str, gazetteer: Gazetteer) -> bool:
    return bool(values(f"{word} units")) or bool(gazetteer.mentions(word))


class _Anchor(NamedTuple):
    kind: str
    name: str


def _swapped(one: _Anchor, other: _Anchor, units: Sequence[frozenset[_Anchor]]) -> bool:
    if any(one in unit and other in unit for unit in units):
        return False
    return all(
        any(mine in unit and any(a.kind == kind and a != mine for a in unit) for unit in units)
        for mine, kind in ((one, other.kind), (other, one.kind))
    )


_FINE = re.compile(
    r";|, |\s-\s|\.(?=\s|$)|\band (?=(?:\w+ ){0,2}\w+(?:s|ed)\b)|\bbut\b|\bwhereas\b|\byet\b"
)
_ACT = {"=store": "stored", "=process": "processed", "=delete": "deleted", "=move": "moved"}


def _units(text: str) -> list[str]:
    return [part for line in lines(text) for part in _FINE.split(line) if part.strip()]


def _anchors(text: str, gazetteer: Gazetteer) -> frozenset[_Anchor]:
    found = {_Anchor("place", m.place.id) for m in gazetteer.mentions(text)}
    found |= {_Anchor("value", f"{v.amount} {v.unit}") for v in values(plain(text))}
    meant = {concept for word in tokens(text) for concept in concepts(word)}
    if "=global" in meant:
        found.add(_Anchor("place", "everywhere"))
    found |= {_Anchor("act", name) for concept, name in _ACT.items() if concept in meant}
    return frozenset(found)
