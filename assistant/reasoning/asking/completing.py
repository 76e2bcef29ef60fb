"""A follow-up takes over from the question before it what it lacks itself."""

from __future__ import annotations

from dataclasses import replace

from assistant.reasoning.ask import Ask, PlaceAsked, Wanted

_LISTED = (Wanted.PLACE, Wanted.SERVICE, Wanted.DATA, Wanted.CONDITION, Wanted.EXCEPTION)


def completed(ask: Ask, earlier: Ask) -> Ask:
    """Return a question with what it lacks and the one before it has."""
    takes_wanted = ask.wanted is Wanted.UNKNOWN
    wanted = earlier.wanted if takes_wanted else ask.wanted
    of = ask.of or (_of(earlier) if wanted in (Wanted.ALL_OF, Wanted.HOW_MANY) else None)
    return replace(
        ask,
        wanted=wanted,
        of=of,
        subjects=ask.subjects or earlier.subjects,
        placed=ask.placed or _places(wanted, of, earlier),
        data=ask.data or earlier.data,
        kind=ask.kind or (None if wanted is Wanted.DEFINITION else earlier.kind),
        case=tuple(dict.fromkeys((*earlier.case, *ask.case))),
        head=ask.head or (earlier.head if takes_wanted else ""),
    )


def _of(earlier: Ask) -> Wanted | None:
    return earlier.of or (earlier.wanted if earlier.wanted in _LISTED else None)


def _places(wanted: Wanted, of: Wanted | None, earlier: Ask) -> tuple[PlaceAsked, ...]:
    """Return the places of the question before, unless places are what is asked for now."""
    return () if Wanted.PLACE in (wanted, of) and earlier.wanted is not wanted else earlier.placed
