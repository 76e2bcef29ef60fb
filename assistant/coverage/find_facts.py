"""Finding statements by the names that people use for services, places, kinds and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypedDict, Unpack

from assistant.coverage.by_place import categories, in_category
from assistant.errors import UnknownFactFilter
from assistant.understanding.services import Service, documents_named, services, services_named
from corpus.facts.types import (
    Condition,
    PlaceRole,
    Statement,
    StatementKind,
    Status,
    Subject,
    Term,
)
from corpus.facts.wording import KIND_WORDS, condition_words, kind_named, role_words
from corpus.places import Gazetteer, Place, Relation
from corpus.places.sets import Bound, Constraint, Verdict, kept
from corpus.types import Description
from index.searching.reader import IndexReader

RELATIONS = ("in", "within", "outside", "overlapping")
"""How a place of a statement may lie to the one that is asked for; the first is meant by default.

in          is it, lies in it or contains it
within      is it or lies in it
outside     shares nothing with it
overlapping lies partly in it and partly not; what contains it does too
"""
ANY_ROLE = "any"
"""Every role but the customer's place and a company's seat, which hold for no data."""
_BOUNDS = {"within": Bound.IN, "outside": Bound.OUTSIDE, "overlapping": Bound.OVERLAPS}
_MOST_NAMED = 40
"""Known values that a refusal lists; it tells how many more there are."""


class FactFilters(TypedDict, total=False):
    """What statements can be found by; what is not given, None or empty lets all pass."""

    service: str | None
    """A name of the subject, of what it is a part of, or of the service of the document."""
    place: str | None
    role: str | None
    """What the place has to do with the statement, in words ("rests", "customer")."""
    relation: str | None
    """One of `RELATIONS`."""
    kind: str | None
    """An id ("not_supported") or words ("is not stored" finds the denials alone)."""
    data: str | None
    """A category; finds its kinds too ("mailbox": shared mailboxes)."""
    condition: str | None
    """What conditions ask for (a `Term`), or words of a condition or an exception."""
    status: str | None
    document: str | None
    since: date | None
    """First day of the document's date, itself included; an undated one is not within."""
    until: date | None
    words: str | None
    """All must occur in the statement, its subject, its conditions or the document's id."""


def find_facts(index: IndexReader, **filters: Unpack[FactFilters]) -> tuple[Statement, ...]:
    """Return the statements that every given filter lets through, by document and place in it.

    Role and relation are asked of one and the same place of a statement: one that fits is enough.
    What the gazetteer cannot tell is found by no relation. Raises UnknownFactFilter, with what is
    known, when a filter names nothing.
    """
    document, kind = filters.get("document"), filters.get("kind")
    wanted, denied = _kind(kind) if kind else (None, False)
    found: Iterable[Statement] = index.statements(
        document=_document(document, index) if document else None,
        kind=wanted,
    )
    if denied:
        found = (one for one in found if one.negated)
    for fits in (*_by_place(index, filters), *_by_words(filters)):
        found = filter(fits, found)
    if service := filters.get("service"):
        found = _of_service(found, service, index)
    if data := filters.get("data"):
        found = _of_data(found, data, index)
    if condition := filters.get("condition"):
        found = _under(found, condition, index)
    return tuple(found)


def _by_place(index: IndexReader, filters: FactFilters) -> Iterator[Callable[[Statement], bool]]:
    place, role, relation = filters.get("place"), filters.get("role"), filters.get("relation")
    if relation and not place:
        raise UnknownFactFilter(f"{relation}: a relation to no place. Give a place too")
    if not place and not role:
        return
    roles = _roles(role) if role else None
    if not place:
        yield lambda fact: bool(_places_at(fact, roles))
        return
    asked, lies = _place(place, index.gazetteer), _relation(relation)
    fitting: dict[str, bool] = {}

    def fits(id_: str) -> bool:
        if id_ not in fitting:
            fitting[id_] = lies(index.gazetteer.place(id_), asked, index.gazetteer)
        return fitting[id_]

    yield lambda fact: any(map(fits, _places_at(fact, roles)))


def _by_words(filters: FactFilters) -> Iterator[Callable[[Statement], bool]]:
    if status := filters.get("status"):
        wanted = _status(status)
        yield lambda fact: fact.status is wanted
    since, until = filters.get("since"), filters.get("until")
    if since or until:
        yield lambda fact: _is_dated(fact, since, until)
    if words := filters.get("words"):
        looked_for = words.casefold().split()
        yield lambda fact: _says(fact, looked_for)


def _places_at(fact: Statement, roles: frozenset[PlaceRole] | None) -> tuple[str, ...]:
    return fact.place_ids if roles is None else fact.at(*roles)


def _roles(name: str) -> frozenset[PlaceRole] | None:
    """Return the roles that words mean; None for any that a reader expects."""
    wanted = name.strip().casefold()
    if wanted == ANY_ROLE:
        return None
    for role in PlaceRole:
        if wanted in (role_words(role), role.value):
            return frozenset({role})
    raise UnknownFactFilter(f"{name}: no such role of a place. Choose one of {_listed(roles())}")


def roles() -> tuple[str, ...]:
    """Return the words that roles of places are asked for by; the first is meant by default."""
    return (ANY_ROLE, *map(role_words, PlaceRole))


def _relation(name: str | None) -> Callable[[Place, Place, Gazetteer], bool]:
    wanted = name.strip().casefold() if name else RELATIONS[0]
    if wanted == RELATIONS[0]:
        return _is_in
    if wanted not in _BOUNDS:
        raise UnknownFactFilter(f"{name}: no such relation. Choose one of {_listed(RELATIONS)}")

    def lies(place: Place, asked: Place, gazetteer: Gazetteer) -> bool:
        return kept(place, Constraint(_BOUNDS[wanted], asked), gazetteer) is Verdict.YES

    return lies


def _is_in(place: Place, asked: Place, gazetteer: Gazetteer) -> bool:
    """Tell whether one of two places lies in the other."""
    if place.id == asked.id or place.id in asked.within or asked.id in place.within:
        return True
    return gazetteer.relation(place, asked) in (Relation.INSIDE, Relation.CONTAINS, Relation.EQUAL)


def _of_data(facts: Iterable[Statement], data: str, index: IndexReader) -> Iterable[Statement]:
    found = [fact for fact in facts if in_category(fact.data, data)]
    if not found:
        every = [said for fact in index.statements() for said in fact.data]
        if not in_category(every, data):
            raise UnknownFactFilter(
                f"{data}: no statement is about such data. Known are {_listed(categories(every))}"
            )
    return found


def _under(facts: Iterable[Statement], asked: str, index: IndexReader) -> Iterable[Statement]:
    """Return what holds under a condition that is asked for by what it wants or by its words."""
    term, words = _term(asked), asked.casefold().split()

    def fits(condition: Condition) -> bool:
        if term is not None:
            return condition.term is term
        text = _condition_text(condition, index.gazetteer)
        return all(word in text for word in words)

    found = [fact for fact in facts if any(map(fits, (*fact.conditions, *fact.exceptions)))]
    if found or term is not None:
        return found
    every = {one for fact in index.statements() for one in (*fact.conditions, *fact.exceptions)}
    if not any(map(fits, every)):
        known = _listed(term.value for term in Term)
        raise UnknownFactFilter(
            f"{asked}: no condition asks for such a thing or has these words. What conditions ask "
            f"for: {known}"
        )
    return found


def _term(name: str) -> Term | None:
    wanted = name.strip().casefold().replace("_", " ")
    return next(
        (one for one in Term if wanted in (one.value, one.name.casefold().replace("_", " "))), None
    )


def _condition_text(condition: Condition, gazetteer: Gazetteer) -> str:
    places = (gazetteer.place(id_).name for id_ in condition.places)
    return "\n".join((condition_words(condition), *condition.names, *places)).casefold()


def _listed(names: Iterable[str]) -> str:
    known = list(names)
    more = len(known) - _MOST_NAMED
    return ", ".join(known[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _status(name: str) -> Status:
    try:
        return Status(name.strip().lower())
    except ValueError:
        raise UnknownFactFilter(
            f"{name}: no such status. Choose one of {_listed(one.value for one in Status)}"
        ) from None


def _is_dated(fact: Statement, since: date | None, until: date | None) -> bool:
    return fact.as_of is not None and (since or date.min) <= fact.as_of <= (until or date.max)


def _says(fact: Statement, words: Iterable[str]) -> bool:
    said = (
        fact.document,
        fact.said,
        *fact.about.names,
        fact.value,
        *fact.data,
        *fact.conditions_said,
        *fact.exceptions_said,
    )
    text = "\n".join(said).casefold()
    return all(word in text for word in words)


def _kind(name: str) -> tuple[StatementKind, bool]:
    found = kind_named(name)
    if found is None:
        words = dict.fromkeys(said for pair in KIND_WORDS.values() for said in pair)
        raise UnknownFactFilter(
            f"{name}: no such kind of statement. Choose one of {', '.join(words)}; or an id: "
            f"{', '.join(kind.value for kind in StatementKind)}"
        )
    return found


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
        known = _listed(sorted(index.documents))
        raise UnknownFactFilter(f"{name}: no such document. Known are {known}")
    return name


def _of_service(facts: Iterable[Statement], name: str, index: IndexReader) -> Iterable[Statement]:
    documents = documents_named(name, index.abouts)
    wanted = set(services_named(name))
    named = [service for service in services() if service.name in wanted]
    words = name.strip().lower()
    every = list(facts)
    if any(words in one.lower() for fact in every for one in fact.about.names):
        # A part has a word of its name in common with the service of other documents.
        abouts = (index.documents[id_].about for id_ in documents)
        documents = frozenset(one.id for one in abouts if _is_about(one, words, named))
    found = [
        fact for fact in every if fact.document in documents or _speaks_of(fact.about, words, named)
    ]
    if not found and not documents and not named:
        known = _listed(sorted({about.service for about in index.abouts if about.service}))
        raise UnknownFactFilter(
            f"{name}: no document and no fact is about such a service. Documents are about {known}"
        )
    return found


def _is_about(about: Description, words: str, named: Iterable[Service]) -> bool:
    service = about.service.lower()
    whole = bool(service) and (words in service or service in words)
    return whole or any(one.described_by(about) for one in named)


def _speaks_of(subject: Subject, words: str, named: Iterable[Service]) -> bool:
    names = "\n".join(subject.names).lower()
    return words in names or any(cover in names for s in named for cover in s.covers)
