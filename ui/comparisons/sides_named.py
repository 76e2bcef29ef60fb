"""The sides of a comparison as people name them: a document, a place, a service."""

from __future__ import annotations

from assistant.comparing.cells import cells_of_document, cells_of_statements, of_place
from assistant.comparing.types import Side
from assistant.coverage.find_facts import find_facts
from assistant.errors import UnknownFactFilter
from assistant.understanding.services import service_of, services
from index.searching.reader import IndexReader
from ui.errors import EditionError

_WAYS = ("document", "place", "service")


def side_named(name: str, index: IndexReader) -> Side:
    """Return the side that a name means: a document's id, else a place, else a service.

    "place:Norway", "service:Intune" and "document:intune" settle it. Raises EditionError where
    there is no such thing, or nothing is stated of it.
    """
    way, mark, rest = name.partition(":")
    ways = (way,) if mark and way in _WAYS else _WAYS
    wanted = rest.strip() if mark and way in _WAYS else name.strip()
    for one in ways:
        side = _side(one, wanted, index)
        if side is not None:
            if side.cells:
                return side
            raise EditionError(f"{name}: the documents state nothing of it. Name another side")
    raise EditionError(
        f"{name}: no document, place or service of that name. `residency corpus list` names the "
        "documents"
    )


def _side(way: str, name: str, index: IndexReader) -> Side | None:
    if way == "document":
        return _document(name, index)
    if way == "place":
        return _place(name, index)
    return _service(name, index)


def _place(name: str, index: IndexReader) -> Side | None:
    place = index.gazetteer.named(name)
    if place is None:
        return None
    found = of_place(find_facts(index, place=name), place, index)
    return Side(place.name, (name, place.name), cells_of_statements(found, index, place), place)


def _document(name: str, index: IndexReader) -> Side | None:
    document = index.documents.get(name)
    if document is None:
        return None
    about = document.about
    called = {about.service, service_of(about), *_names(service_of(about))}
    return Side(about.title, tuple(sorted(called)), cells_of_document(name, index))


def _service(name: str, index: IndexReader) -> Side | None:
    try:
        found = find_facts(index, service=name)
    except UnknownFactFilter:
        return None
    known = {service_of(index.documents[fact.document].about) for fact in found}
    called = {name, *(known if len(known) == 1 else ())}
    called = called.union(*map(_names, called))
    own = [id_ for id_, one in index.documents.items() if service_of(one.about) in called]
    elsewhere = (fact for fact in found if fact.document not in own)
    cells = (
        *(cell for id_ in sorted(own) for cell in cells_of_document(id_, index)),
        *cells_of_statements(elsewhere, index),
    )
    return Side(name, tuple(sorted(called)), cells)


def _names(service: str) -> tuple[str, ...]:
    """Return the names of a service that the product knows."""
    found = next((one for one in services() if one.name == service), None)
    return (found.name, *found.aliases) if found else (service,)
