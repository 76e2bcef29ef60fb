"""From a question and what is known to a finding: each kind of question has its reasoners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.disagreements import with_disagreement
from assistant.reasoning.editions import editions_asked, says_something
from assistant.reasoning.findings import Difference, Finding, Said, Side, Value, Whether
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.members import holds_of_set, members
from assistant.reasoning.namesakes import namesakes
from assistant.reasoning.scope import scope_of
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
"""Who is asked in turn for what is wanted; what comes nearest stands in for an answer."""
_OTHERS: tuple[Reasoner, ...] = (members, value)
"""Who is asked for anything else: a set that accounts for every word of the question goes first."""
_MOST_SIDES = 6


def reason(ask: Ask, known: Known) -> Finding | None:
    """Return what the documents in scope say to a question; None where nobody finds anything.

    The newest edition of a page speaks, of the past the older ones; the other where they say
    nothing.
    """
    edition = editions_asked(ask, known)
    finding = _of_namesakes(ask, edition) or _reason(ask, edition)
    return finding if edition is known or says_something(finding) else _reason(ask, known)


def _of_namesakes(ask: Ask, known: Known) -> Finding | None:
    """Return what is said of each service of a name that several bear, or of the one meant."""
    meant = namesakes(ask.question, known)
    if len(meant) == 1:
        return _reason(ask, meant[0].known)
    found = ((one.name, _first_said(_of_all(ask, one.known))) for one in meant)
    sides = tuple(Side(name, (said,)) for name, said in found if said is not None)
    return Difference(sides) if sides else None


def _reason(ask: Ask, known: Known) -> Finding | None:
    return with_disagreement(_agreed(ask, known), known)


def _agreed(ask: Ask, known: Known) -> Finding | None:
    sides = _scopes(known) if ask.wanted is not Wanted.DIFFERENCE else ()
    if not sides:
        return _of_all(ask, known)
    # A set of all their members comes first: "in which of both", "in one but not in the other".
    return members(ask, known) or _of_each(ask, known, sides) or _of_all(ask, known)


def _of_all(ask: Ask, known: Known) -> Finding | None:
    for reasoner in _REASONERS.get(ask.wanted, _OTHERS):
        finding = reasoner(ask, known)
        if finding is not None:
            return finding
    return None


def _scopes(known: Known) -> tuple[Scope, ...]:
    """Return the scope of each of several subjects that a question names, where documents of
    their own are about each; nothing where it names one.
    """
    names = known.scope.names
    if not known.scope.is_sure or not 1 < len(names) <= _MOST_SIDES:
        return ()
    apart = [scope_of(name, (name,), known.index) for name in names]
    documents = [id_ for scope in apart for id_ in scope.documents]
    several = all(scope.is_sure for scope in apart) and len(set(documents)) == len(documents)
    return tuple(apart) if several else ()


def _of_each(ask: Ask, known: Known, scopes: tuple[Scope, ...]) -> Difference | None:
    """Return what is said of each of several subjects; None where nothing is of one of them."""
    sides = []
    for scope in scopes:
        hits = tuple(hit for hit in known.hits if hit.chunk.document in scope.documents)
        said = _first_said(_of_all(ask, replace(known, scope=scope, hits=hits)))
        if said is None:
            return None
        sides.append(Side(scope.names[0], (said,)))
    return Difference(tuple(sides)) if sides else None


def _first_said(finding: Finding | None) -> Said | None:
    if isinstance(finding, Value) and finding.said:
        return finding.said[0]
    if isinstance(finding, Whether) and finding.because:
        because = finding.because[0]
        return Said(f"{finding.answer}: {because.text}", because.evidence)
    return None
