"""One question about several services or places: a query for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Query, QuestionType
from assistant.understanding.services import services, services_named, without_services
from corpus.places import Gazetteer, Place
from corpus.types import Description

_MOST = 4
_SEVERAL = 3
"""Services from which on a question goes through them, however it is worded."""


def each_subject(
    query: Query, documents: Sequence[Description], gazetteer: Gazetteer
) -> tuple[Query, ...]:
    """Return a query for each service that a question names, or for each place that it compares;
    nothing where it asks about one.
    """
    compares = query.type is QuestionType.COMPARE
    named = [name for name in services_named(query.standalone) if _described(name, documents)]
    if (compares and len(named) > 1) or _SEVERAL <= len(named) <= _MOST:
        return tuple(_of_service(query, name, named) for name in named[:_MOST])
    apart = _apart(query.places)
    if compares and 1 < len(apart) <= _MOST:
        return tuple(_of_place(query, place, gazetteer) for place in apart)
    return ()


def _described(name: str, documents: Sequence[Description]) -> bool:
    service = next(service for service in services() if service.name == name)
    return any(service.described_by(about) for about in documents)


def _of_service(query: Query, name: str, named: Sequence[str]) -> Query:
    text = without_services(query.standalone, [other for other in named if other != name])
    return replace(query, standalone=text, services=(name,))


def _apart(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that do not lie in each other."""
    return tuple(
        place
        for place in places
        if not any(place.id in other.within for other in places if other is not place)
    )


def _of_place(query: Query, place: Place, gazetteer: Gazetteer) -> Query:
    text = query.standalone
    for mention in reversed(gazetteer.mentions(text)):
        other = mention.place
        if other.id != place.id and other.id not in place.within and place.id not in other.within:
            text = text[: mention.start] + text[mention.end :]
    return replace(query, standalone=text, places=(place,))
