"""From a question and what is known to a finding: each kind of question has its reasoners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking import without_names
from assistant.reasoning.disagreements import with_disagreement
from assistant.reasoning.editions import editions_asked, says_something
from assistant.reasoning.findings import (
    Answered,
    Difference,
    Finding,
    NotStated,
    Said,
    Side,
    Value,
    Whether,
)
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.members import (
    compared,
    holds_of_set,
    members,
    of_the_rest,
    rows_compared,
    tells_both,
)
from assistant.reasoning.namesakes import namesakes
from assistant.reasoning.numbered import part_named, part_that_says
from assistant.reasoning.scope import scope_of
from assistant.reasoning.values import asked_indirectly, nearest, value
from assistant.reasoning.whether import whether, whether_first, whether_of_nearest

__all__ = ["concludes", "reason", "tells_both"]
Reasoner = Callable[[Ask, Known], Finding | None]
_REASONERS: Mapping[Wanted, tuple[Reasoner, ...]] = {
    Wanted.WHETHER: (rows_compared, holds_of_set, whether, members, whether_of_nearest),
    Wanted.IS_CURRENT: (whether, whether_of_nearest),
    Wanted.ALL_OF: (members, rows_compared, nearest),
    Wanted.DIFFERENCE: (members, rows_compared, of_the_rest, value),
    Wanted.HOW_MANY: (members, nearest),
}
"""Who is asked in turn for what is wanted; what comes nearest stands in for an answer."""
_OTHERS: tuple[Reasoner, ...] = (members, rows_compared, of_the_rest, value)
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
    found = ((one.name, _said_first(_of_all(ask, one.known))) for one in meant)
    sides = tuple(Side(name, said) for name, said in found if said)
    return Difference(sides) if sides else None


def _reason(ask: Ask, known: Known) -> Finding | None:
    return with_disagreement(ask, _agreed(ask, known), known)


def _agreed(ask: Ask, known: Known) -> Finding | None:
    sides = _scopes(known) if ask.wanted is not Wanted.DIFFERENCE else ()
    if not sides:
        return _of_all(ask, known)
    # A set of all their members comes first: "in which of both", "in one but not in the other".
    told = members(ask, known) or _of_each(ask, known, sides)
    # Yes or No of one subject is none of several: the passages of each stand in.
    return told if told is not None or ask.wanted is Wanted.WHETHER else _of_all(ask, known)


def concludes(finding: Finding) -> bool:
    """Tell whether a finding says one thing of all that is asked about."""
    if isinstance(finding, Difference):
        return bool(finding.concluded or finding.steps)
    return not isinstance(finding, Value | NotStated)


def _of_all(ask: Ask, known: Known) -> Finding | None:
    if _asks_unknown_term(ask, known):
        return NotStated(asked_indirectly(ask.question))
    told = part_named(ask, known) or part_that_says(ask, known) or whether_first(ask, known)
    if told is not None:
        return told
    for reasoner in _REASONERS.get(ask.wanted, _OTHERS):
        finding = reasoner(ask, known)
        if finding is not None:
            return finding
    return None


def _asks_unknown_term(ask: Ask, known: Known) -> bool:
    """Tell whether a definition is asked for of a name or abbreviation that no document has."""
    if ask.wanted is not Wanted.DEFINITION or not known.scope.is_sure:
        return False
    own = {word for name in known.scope.names for word in name.lower().split()}
    words = ask.subjects[0].split() if ask.subjects else []
    # "The abbreviation TLS" asks for what is written as a name.
    term = [word.lower() for word in words if word != word.lower()]
    return any(word not in own and not known.index.words.has(word) for word in term)


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


def _of_each(ask: Ask, known: Known, scopes: tuple[Scope, ...]) -> Difference | Whether | None:
    """Return what is said of each of several subjects; None where nothing is of one of them."""
    found = []
    for scope in scopes:
        hits = tuple(hit for hit in known.hits if hit.chunk.document in scope.documents)
        alone = _alone(ask, scope, scopes) if ask.wanted is Wanted.WHETHER else ask
        found.append(_of_all(alone, replace(known, scope=scope, hits=hits)))
    names = [scope.names[0] for scope in scopes]
    if ask.wanted is Wanted.WHETHER and (both := _of_both(names, found)) is not None:
        return both
    if ask.wanted is Wanted.WHETHER and not any(isinstance(one, Whether) for one in found):
        return None
    said = [_said_first(one) for one in found]
    sides = tuple(Side(name, one) for name, one in zip(names, said, strict=True) if one)
    if len(sides) < len(scopes):
        return None
    return Difference(sides, concluded=compared(ask.question, sides))


def _alone(ask: Ask, scope: Scope, scopes: Sequence[Scope]) -> Ask:
    """Return a question of several subjects as one of a single subject."""
    others = [one.names[0] for one in scopes if one is not scope]
    return replace(ask, question=without_names(ask.question, others), subjects=scope.names)


def _of_both(names: Sequence[str], found: Sequence[Finding | None]) -> Whether | None:
    """Return whether something is so of all subjects, where it is known of each."""
    told = [one for one in found if isinstance(one, Whether) and one.because]
    if len(told) < len(found) or any(one.answer is Answered.DEPENDS for one in told):
        return None
    answer = Answered.NO if any(one.answer is Answered.NO for one in told) else Answered.YES
    rows = sorted(zip(names, told, strict=True), key=lambda row: row[1].answer is not answer)
    same = all(one.answer is answer for one in told)
    because = tuple(
        Said(_labelled(name, one, same=same), one.because[0].evidence) for name, one in rows
    )
    steps = tuple(dict.fromkeys(step for one in told for step in one.steps))
    return Whether(answer, because, steps)


def _labelled(name: str, one: Whether, *, same: bool) -> str:
    text = one.because[0].text
    if not same:
        return f"{name}: {one.answer.value}: {text}"
    return text if name.casefold() in text.casefold() else f"{name}: {text}"


def _said_first(finding: Finding | None) -> tuple[Said, ...]:
    """Return what is said first of one of several subjects; nothing where nothing is found."""
    if isinstance(finding, Value):
        *before, last = finding.said[:_SAID]
        apart = (replace(one, text=f"{one.text.rstrip(' .;')};") for one in before)
        return (*apart, last)
    if isinstance(finding, Whether) and finding.because:
        because = finding.because[0]
        return (Said(f"{finding.answer.value}: {because.text}", because.evidence),)
    return ()


_SAID = 2
"""Clauses that are said of each of several subjects."""
