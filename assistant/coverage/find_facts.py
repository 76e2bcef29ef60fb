"""Finding facts by the names that people use for services, places, kinds and documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.coverage.by_place import in_category
from assistant.errors import UnknownFactFilter
from assistant.understanding.services import Service, documents_named, services, services_named
from corpus.facts.types import Statement, StatementKind, Status
from corpus.places import Gazetteer, Place
from index.searching.reader import IndexReader


def find_facts(
    index: IndexReader,
    *,
    service: str | None = None,
    place: str | None = None,
    kind: str | None = None,
    document: str | None = None,
    data: str | None = None,
    status: str | None = None,
    since: date | None = None,
    until: date | None = None,
    words: str | None = None,
) -> tuple[Statement, ...]:
    """Return the facts that every given filter lets through, by document and place in it.

    A service may be an alias ("EXO"); a place finds what lies in it and what contains it; a
    category of data finds its kinds too ("mailbox": shared mailboxes). `since` and `until` bound
    the date of the document, both included: an undated one is within neither. All `words` must
    occur in the statement, its subject, its conditions or the id of its document. Raises
    UnknownFactFilter when a service, place, kind, document or status names nothing.
    """
    found: Iterable[Statement] = index.statements(
        document=_document(document, index) if document else None,
        kind=_kind(kind) if kind else None,
        place=_place(place, index.gazetteer) if place else None,
    )
    if service:
        found = _of_service(found, service, index)
    if data:
        found = (fact for fact in found if in_category(fact.data, data))
    if status:
        wanted = _status(status)
        found = (fact for fact in found if fact.status is wanted)
    if since or until:
        found = (fact for fact in found if _is_dated(fact, since, until))
    if words:
        looked_for = words.casefold().split()
        found = (fact for fact in found if _says(fact, looked_for))
    return tuple(found)


def _status(name: str) -> Status:
    try:
        return Status(name.strip().lower())
    except ValueError:
        known = ", ".join(status.value for status in Status)
        raise UnknownFactFilter(f"{name}: no such status. Choose one of {known}") from None


def _is_dated(fact: Statement, since: date | None, until: date | None) -> bool:
    return fact.as_of is not None and (since or date.min) <= fact.as_of <= (until or date.max)


def _says(fact: Statement, words: Iterable[str]) -> bool:
    said = (
        fact.document,
        fact.about.name,
        fact.value,
        *fact.data,
        *fact.conditions_said,
        *fact.exceptions_said,
    )
    text = "\n".join(said).casefold()
    return all(word in text for word in words)


def _kind(name: str) -> StatementKind:
    try:
        return StatementKind(name.strip().lower().replace(" ", "_").replace("-", "_"))
    except ValueError:
        known = ", ".join(kind.value for kind in StatementKind)
        raise UnknownFactFilter(f"{name}: no such kind of fact. Choose one of {known}") from None


def _place(name: str, gazetteer: Gazetteer) -> Place:
    place = gazetteer.named(name)
    if place is None:
        raise UnknownFactFilter(
            f"{name}: no place of that name is known. {spelt_nearly(name, gazetteer)}Give a city, "
            "a country or a region by its English name, such as Ireland or Europe"
        )
    return place


def spelt_nearly(name: str, gazetteer: Gazetteer) -> str:
    """Return a sentence with the places whose names are spelt nearly so, empty for none."""
    near = " or ".join(place.name for place in gazetteer.similar(name))
    return f"Spelt nearly so: {near}. " if near else ""


def _document(name: str, index: IndexReader) -> str:
    if name not in index.documents:
        known = ", ".join(sorted(index.documents))
        raise UnknownFactFilter(f"{name}: no such document. Known are {known}")
    return name


def _of_service(facts: Iterable[Statement], name: str, index: IndexReader) -> Iterable[Statement]:
    documents = documents_named(name, index.abouts)
    wanted = set(services_named(name))
    named = [service for service in services() if service.name in wanted]
    words = name.strip().lower()
    found = [
        fact
        for fact in facts
        if fact.document in documents or _speaks_of(fact.about.name.lower(), words, named)
    ]
    if not found and not documents and not named:
        known = ", ".join(sorted({about.service for about in index.abouts if about.service}))
        raise UnknownFactFilter(
            f"{name}: no document and no fact is about such a service. Documents are about {known}"
        )
    return found


def _speaks_of(subject: str, words: str, named: Iterable[Service]) -> bool:
    return words in subject or any(cover in subject for s in named for cover in s.covers)
