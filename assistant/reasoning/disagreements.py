"""Passages that contradict what an answer stands on: both are shown, whichever comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import wording
from assistant.composing.evidence import piece
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Finding, Said, Value, Whether
from assistant.reasoning.known import Known
from corpus.facts.types import Modality, PlaceRole, Statement, StatementKind, Status
from corpus.language.signals import DURATION
from corpus.places import Relation

_PLACED = (StatementKind.STORED, StatementKind.PROCESSED)
_ROLES = (PlaceRole.RESTS, PlaceRole.PROCESSED)
_DOCUMENTS = 8
"""Documents in scope that are looked through."""


def with_disagreement(ask: Ask, finding: Finding | None, known: Known) -> Finding | None:
    """Return a finding with the passage that says otherwise of the same data and of what is
    asked, where one does.
    """
    if isinstance(finding, Value) and finding.said:
        other = _otherwise(ask, finding.said, known)
        return replace(finding, said=(*finding.said[:2], other)) if other else finding
    if isinstance(finding, Whether) and finding.because:
        other = _otherwise(ask, finding.because, known)
        return replace(finding, because=(finding.because[0], other)) if other else finding
    return finding


def _kinds(ask: Ask) -> tuple[StatementKind, ...]:
    """Return the kinds of statements that a question is about."""
    if ask.wanted in (Wanted.PLACE, Wanted.DURATION):
        return _PLACED if ask.wanted is Wanted.PLACE else (StatementKind.RETAINED,)
    return (ask.kind,) if ask.kind is not None else (*_PLACED, StatementKind.RETAINED)


def _otherwise(ask: Ask, told: Sequence[Said], known: Known) -> Said | None:
    """Return the first statement that contradicts what is told first, and is not told itself."""
    evidence = [part for one in told for part in one.evidence]
    documents = dict.fromkeys((*(part.document for part in evidence), *known.scope.documents))
    every = [
        one for id_ in list(documents)[:_DOCUMENTS] for one in known.index.statements(document=id_)
        if one.kind in _kinds(ask) and _is_firm(one)
    ]  # fmt: skip
    cited = [one for one in every if any(_says(part, one) for part in told[0].evidence)]
    shown = [one for one in every if any(_says(part, one) for part in evidence)]
    other = next(
        (two for one in cited for two in every if two not in shown and _differ(one, two, known)),
        None,
    )
    return None if other is None else _said(other, known)


def _is_firm(one: Statement) -> bool:
    """Tell whether a statement holds always, of data that it names."""
    always = not (one.conditions or one.exceptions or one.negated)
    return (
        bool(one.data) and always and one.modality is not Modality.MAY
        and one.status is Status.CURRENT
    )  # fmt: skip


def _says(part: Evidence, one: Statement) -> bool:
    """Tell whether a statement is what a passage says first."""
    first = part.spans[0]
    return part.document == one.document and first.start <= one.span.start < first.end


def _differ(one: Statement, two: Statement, known: Known) -> bool:
    """Tell whether two statements of one thing, of different sets, can't both be so."""
    if one.kind is not two.kind or _of(one) != _of(two) or one.chunk == two.chunk:
        return False
    if one.member and two.member and one.member.id == two.member.id:
        return False
    if one.kind is StatementKind.RETAINED:
        return _durations(one).isdisjoint(_durations(two)) and bool(
            _durations(one) and _durations(two)
        )
    return one.kind in _PLACED and _apart(one.at(*_ROLES), two.at(*_ROLES), known)


def _of(one: Statement) -> tuple[str, frozenset[str]]:
    return one.about.name.casefold(), frozenset(data.casefold() for data in one.data)


def _durations(one: Statement) -> frozenset[str]:
    return frozenset(" ".join(_words(match.group())) for match in DURATION.finditer(one.value))


def _words(duration: str) -> Iterator[str]:
    for word in duration.lower().replace("-", " ").split():
        yield word.removesuffix("s")


def _apart(ours: Sequence[str], theirs: Sequence[str], known: Known) -> bool:
    """Tell whether there are places on both sides and none touches one of the other side."""
    place = known.gazetteer.place
    return bool(ours and theirs) and all(
        known.gazetteer.relation(place(one), place(two)) is Relation.DISJOINT
        for one in ours for two in theirs
    )  # fmt: skip


def _said(other: Statement, known: Known) -> Said:
    shown = piece(known.index.catalog.chunks([other.chunk])[other.chunk])
    if shown.pairs:
        data = ", ".join(other.data)
        return Said(wording.OTHERWISE.format(said=f"{data}: {other.value}"), (shown,))
    return Said(wording.OTHERWISE.format(said=shown.shown), (shown,))
