"""A follow-up takes over from the question before it what it lacks itself."""

from __future__ import annotations

from dataclasses import replace

from assistant.reasoning.ask import Ask, PlaceAsked, Wanted


def completed(ask: Ask, earlier: Ask) -> Ask:
    """Return a question with what it lacks and the one before it has."""
    kind = ask.kind
    if kind is None and ask.wanted is not Wanted.DEFINITION:
        kind = earlier.kind
    return replace(
        ask,
        subjects=ask.subjects or earlier.subjects,
        placed=ask.placed or _places(ask, earlier),
        data=ask.data or earlier.data,
        kind=kind,
        case=tuple(dict.fromkeys((*earlier.case, *ask.case))),
    )


def _places(ask: Ask, earlier: Ask) -> tuple[PlaceAsked, ...]:
    """Return the places of the question before, unless places are what is asked for now."""
    wants_places = ask.wanted is Wanted.PLACE or ask.of is Wanted.PLACE
    return () if wants_places else earlier.placed
