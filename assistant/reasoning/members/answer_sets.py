"""Questions about sets: which, how many, all of them, what is in one and not in the other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.evidence import piece
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Difference, Member, Members, NotNamed, Step
from assistant.reasoning.known import Known
from assistant.reasoning.members.asked_words import COUNTRY, Asked, asked
from assistant.reasoning.members.choose_set import Fit, entry_places, fits
from assistant.reasoning.members.find_sets import sets_of
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.place_bounds import PlaceBound
from assistant.reasoning.members.select_entries import Selection, selected
from corpus.facts.types import Openness
from corpus.places import PlaceKind
from corpus.places.sets import Bound

_SETS = frozenset({Wanted.ALL_OF, Wanted.HOW_MANY, Wanted.DIFFERENCE})
_PERHAPS = frozenset({Wanted.PLACE, Wanted.SERVICE, Wanted.DATA, Wanted.UNKNOWN})
_LEAST = 0.9
"""Least score of a set that answers."""
_AHEAD = 0.12
"""By how much the best set must be ahead of another that gives other members."""


def members(ask: Ask, known: Known) -> Members | Difference | NotNamed | None:
    """Return the members of a set that a question asks for; None where no set tells surely."""
    if ask.wanted not in _SETS | _PERHAPS:
        return None
    question = asked(ask, known)
    found = fits(question, sets_of(known), known)
    sure = tuple(one for one in found if not one.missing and one.score >= _LEAST)
    if not sure or not _may_answer(ask, question):
        return None
    best = sure[0]
    selection = selected(question, best, known)
    if selection is None or _ambiguous(question, best, sure[1:], selection, known):
        return None
    return _members(ask, question, best, selection, known)


def _may_answer(ask: Ask, question: Asked) -> bool:
    """Tell whether a set is asked for: outright, or by a noun or a bound for its members."""
    return ask.wanted in _SETS or bool(question.head) or bool(question.bounds)


def _ambiguous(
    question: Asked, best: Fit, others: Sequence[Fit], chosen: Selection, known: Known
) -> bool:
    """Tell whether another set accounts for the question as well and gives other members."""
    names = _names(chosen.fitting, best, question, known)
    for other in others:
        if best.score - other.score > _AHEAD:
            return False
        found = selected(question, other, known)
        if found is None or _names(found.fitting, other, question, known) == names:
            continue
        return True
    return False


def _names(
    entries: Sequence[Entry], fit: Fit, question: Asked, known: Known
) -> frozenset[str]:
    return frozenset(one.name.lower() for one in _as_members(entries, fit, question, known))


def _members(
    ask: Ask, question: Asked, fit: Fit, selection: Selection, known: Known
) -> Members | None:
    given = _as_members(selection.fitting, fit, question, known)
    of = len(_as_members(fit.of.entries, fit, question, known)) if selection.filtered else 0
    if selection.unknown and len(selection.unknown) > len(selection.fitting):
        return None
    if not given and (fit.of.openness is not Openness.CLOSED or not question.bounds):
        return None
    counted = ask.wanted is Wanted.HOW_MANY
    title = _title(ask, question, fit)
    steps = _steps(question, fit, selection, given, known)
    return Members(title, given, len(given), of or len(given), counted, (), steps)


def _as_members(
    entries: Sequence[Entry], fit: Fit, question: Asked, known: Known
) -> tuple[Member, ...]:
    """Return the entries as members, each name once; countries where these are asked for."""
    found: dict[str, Member] = {}
    for entry in entries:
        for name, detail in _named(entry, fit, question, known):
            key = name.lower()
            if key not in found:
                found[key] = Member(name, detail, (piece(entry.chunk),))
            elif piece(entry.chunk) not in found[key].evidence:
                old = found[key]
                found[key] = Member(old.name, old.detail, (*old.evidence, piece(entry.chunk)))
    return tuple(found.values())


def _named(
    entry: Entry, fit: Fit, question: Asked, known: Known
) -> list[tuple[str, str]]:
    name = entry.cell(fit.column)
    if question.head not in COUNTRY or question.wants_single:
        return [(name, "")]
    places = entry_places(entry, fit.place_column or "", known, fit.of.document)
    kept = [one for one in places if one.place and _keeps(one.place, question, known)]
    named = [(known.gazetteer.place(f"country:{one.place.country}").name, one.words)
             for one in kept if one.place and one.place.country]  # fmt: skip
    return [(country, "" if words == country else words) for country, words in named]


def _keeps(place: object, question: Asked, known: Known) -> bool:
    from assistant.reasoning.members.entry_places import PlacedName
    from corpus.places import Place
    from corpus.places.sets import Verdict

    assert isinstance(place, Place)
    one = (PlacedName("", place),)
    return all(b.holds(one, known.gazetteer) is Verdict.YES for b in question.bounds)


def _title(ask: Ask, question: Asked, fit: Fit) -> str:
    head = ask.head or (fit.column.lower() if fit.column else "entries")
    bounds = " and ".join(_bound_said(one) for one in question.bounds)
    return f"{head} {bounds}".strip()


def _bound_said(bound: PlaceBound) -> str:
    if bound.bound is Bound.OUTSIDE:
        return f"outside {bound.words}"
    return f"only in {bound.words}" if bound.only else f"in {bound.words}"


def _steps(
    question: Asked, fit: Fit, selection: Selection, given: Sequence[Member], known: Known
) -> tuple[Step, ...]:
    what = "table" if fit.of.is_table else "list"
    read = f"The {what} “{fit.of.title}” has {selection.of} entries; {len(given)} of them fit."
    steps = [Step(read, tuple(piece(entry.chunk) for entry in selection.fitting))]
    if question.bounds:
        steps.extend(
            Step(said) for entry in selection.fitting if (said := _lies(entry, question, fit, known))
        )
    return tuple(steps)


def _lies(entry: Entry, question: Asked, fit: Fit, known: Known) -> str:
    places = entry_places(entry, fit.place_column or "", known, fit.of.document)
    lying = [one for one in places if one.place and one.place.kind is not PlaceKind.GROUP]
    named = [f"{one.words} lies in {known.gazetteer.place('country:' + one.place.country).name}"
             for one in lying if one.place and one.place.country]  # fmt: skip
    del question
    return "; ".join(named) + "." if named else ""


__all__ = ["ListedSet", "members"]
