"""What the tab of facts finds and offers, from the facts of the current index; knows no Gradio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.coverage.by_place import categories
from assistant.coverage.find_facts import ANY_ROLE, find_facts, roles
from assistant.errors import UnknownFactFilter
from assistant.understanding.services import documents_by_place, service_of
from corpus.facts.types import Statement
from corpus.facts.wording import kind_words, role_words
from index.searching.reader import IndexReader
from ui.shared.fact_rows import FactRow, fact_rows, sentence_of

if TYPE_CHECKING:
    from assistant.app import Assistant

PAGE = 50
"""Rows of a page."""
_MOST_COUNTED = 20_000
"""Facts up to which each choice is told how many it leaves."""


class Column(StrEnum):
    """What facts can be sorted by; the value is the title of the column."""

    READING = ""
    """By document and place in it."""
    STATEMENT = "Statement"
    SERVICE = "Service"
    PLACES = "Places"
    DATA = "Data"
    KIND = "Kind"
    STATUS = "Status"
    DATE = "Date"


class Grouping(StrEnum):
    """What facts are shown together by; the value is what a reader chooses."""

    NOTHING = "nothing"
    SERVICE = "service"
    PLACE = "place"
    """The first that a fact names; others are shown in its row."""


@dataclass(frozen=True, slots=True)
class Order:
    """How facts are grouped, and sorted within their group."""

    column: Column = Column.READING
    falling: bool = False
    grouping: Grouping = Grouping.NOTHING


class Group(NamedTuple):
    """Facts that are shown together."""

    title: str
    first: int
    """Where it begins among the rows of the page."""
    total: int
    """Of its facts, on other pages too."""
    goes_on: bool
    """True where it began on the page before."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which facts are wanted; what is empty lets all pass."""

    service: str = ""
    place: str = ""
    about_place: bool = False
    """Also the facts of documents whose title names the place, whatever each of them names."""
    role: str = ""
    """What the place has to do with it, in words."""
    relation: str = ""
    """How its place lies to the one that is wanted."""
    kind: str = ""
    data: str = ""
    condition: str = ""
    status: str = ""
    document: str = ""
    since: date | None = None
    """First day of the document's date, itself included."""
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What occurs in the index, to choose from."""

    services: tuple[str, ...]
    places: tuple[str, ...]
    roles: tuple[str, ...]
    """In words; the first is meant by default."""
    kinds: tuple[str, ...]
    """In words, those of denials too."""
    data: tuple[str, ...]
    conditions: tuple[str, ...]
    """What conditions ask for."""
    statuses: tuple[str, ...]
    documents: Mapping[str, str]
    """Titles by id."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what was found."""

    rows: tuple[FactRow, ...]
    total: int
    number: int
    """From 1."""
    pages: int
    nearby: int
    """How many more facts stand in documents about the place without naming it."""
    groups: tuple[Group, ...] = ()


class FactsView:
    """The facts of one served page; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def offered(self) -> Offered:
        """Return what can be chosen."""
        with self._assistant.reading() as index:
            return _offered(index)

    def page(self, filters: Filters, order: Order, number: int) -> Page:
        """Return a page of what the filters let through; raise UnknownFactFilter."""
        with self._assistant.reading() as index:
            found, nearby = _found(index, filters)
            pages = max(1, -(-len(found) // PAGE))
            number = min(max(number, 1), pages)
            first = (number - 1) * PAGE
            ordered = _grouped(index, _sorted(index, found, order), order.grouping)
            rows = fact_rows(ordered.facts[first : first + PAGE], index)
            groups = tuple(ordered.groups(first, len(rows)))
            return Page(rows, len(found), number, pages, nearby, groups)

    def leaves(self, filters: Filters) -> Mapping[str, Mapping[str, int]]:
        """Return how many facts each choice would leave with the other filters as they are, by the
        name of the filter; nothing where there are too many facts to count. Raises
        UnknownFactFilter.
        """
        with self._assistant.reading() as index:
            counted: dict[str, Mapping[str, int]] = {}
            found = _found(index, filters)[0]
            for name, values_of in _COUNTED.items():
                own = getattr(filters, name)
                facts = _found(index, Filters(**asdict(filters) | {name: ""}))[0] if own else found
                if len(facts) > _MOST_COUNTED:
                    return {}
                counted[name] = Counter(value for one in facts for value in values_of(one))
            return counted

    def rows(self, filters: Filters, order: Order) -> tuple[FactRow, ...]:
        """Return all that the filters let through; raise UnknownFactFilter."""
        with self._assistant.reading() as index:
            found = _sorted(index, _found(index, filters)[0], order)
            return fact_rows(found, index)


def _kinds_of(fact: Statement) -> set[str]:
    """Return the kinds that find a fact: an affirmed one finds its denials too."""
    return {kind_words(fact.kind), kind_words(fact.kind, negated=fact.negated)}


def _terms_of(fact: Statement) -> set[str]:
    return {one.term.value for one in (*fact.conditions, *fact.exceptions)}


_COUNTED: Mapping[str, Callable[[Statement], Iterable[str]]] = {
    "kind": _kinds_of,
    "condition": _terms_of,
    "status": lambda fact: (fact.status.value,),
    "document": lambda fact: (fact.document,),
}
"""What of a fact each of these filters asks for."""


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Facts in the order in which they are shown, each with the group that it is in."""

    facts: tuple[Statement, ...]
    titles: tuple[str, ...]
    """Of the groups, one for each fact; none where they are not grouped."""

    def groups(self, first: int, count: int) -> Iterator[Group]:
        """Yield the groups of a page that begins at a fact."""
        totals = Counter(self.titles)
        shown = self.titles[first : first + count]
        for at, title in enumerate(shown):
            if at == 0 or shown[at - 1] != title:
                goes_on = at == 0 and first > 0 and self.titles[first - 1] == title
                yield Group(title, at, totals[title], goes_on)


def _grouped(index: IndexReader, facts: tuple[Statement, ...], grouping: Grouping) -> _Ordered:
    if grouping is Grouping.NOTHING:
        return _Ordered(facts, ())

    def title(fact: Statement) -> str:
        if grouping is Grouping.SERVICE:
            return service_of(index.documents[fact.document].about)
        ids = fact.place_ids
        return index.gazetteer.place(ids[0]).name if ids else ""

    titled = sorted(
        ((title(fact), fact) for fact in facts), key=lambda one: (not one[0], one[0].casefold())
    )
    return _Ordered(tuple(fact for _, fact in titled), tuple(name for name, _ in titled))


def _offered(index: IndexReader) -> Offered:
    facts = index.statements()
    ids = {id_ for fact in facts for id_ in fact.place_ids}
    around = {outer for id_ in ids for outer in index.gazetteer.place(id_).within}
    countries = {id_ for id_ in around if id_.startswith("country:")}
    return Offered(
        services=_named(service_of(about) for about in index.abouts),
        places=_named(index.gazetteer.place(id_).name for id_ in ids | countries),
        roles=_roles(facts),
        kinds=_named(kind_words(fact.kind, negated=fact.negated) for fact in facts),
        data=categories(said for fact in facts for said in fact.data),
        conditions=_named(
            one.term.value for fact in facts for one in (*fact.conditions, *fact.exceptions)
        ),
        statuses=_named(fact.status.value for fact in facts),
        documents={id_: one.about.title for id_, one in index.documents.items()},
    )


def _roles(facts: Iterable[Statement]) -> tuple[str, ...]:
    named = {role_words(place.role) for fact in facts for place in fact.places}
    return tuple(words for words in roles() if words in {ANY_ROLE, *named})


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=str.casefold))


def _found(index: IndexReader, filters: Filters) -> tuple[tuple[Statement, ...], int]:
    """Return the facts that are wanted, and how many more are in documents about the place."""
    if not filters.place:
        return _matching(index, filters, None), 0
    naming = _matching(index, filters, filters.place)
    if filters.role or filters.relation:
        return naming, 0
    place = index.gazetteer.named(filters.place)
    about, _ = documents_by_place((place,) if place else (), index.abouts, index.gazetteer)
    if not about:
        return naming, 0
    known = {fact.id for fact in naming}
    every = _matching(index, filters, None)
    wider = tuple(fact for fact in every if fact.id in known or fact.document in about)
    return (wider, 0) if filters.about_place else (naming, len(wider) - len(naming))


def _matching(index: IndexReader, filters: Filters, place: str | None) -> tuple[Statement, ...]:
    if filters.since and filters.until and filters.since > filters.until:
        raise UnknownFactFilter(
            f"{filters.since} to {filters.until}: no day lies between. Exchange the two dates"
        )
    return find_facts(
        index,
        service=filters.service or None,
        place=place,
        role=filters.role or None,
        relation=filters.relation or None,
        kind=filters.kind or None,
        document=filters.document or None,
        data=filters.data or None,
        condition=filters.condition or None,
        status=filters.status or None,
        since=filters.since,
        until=filters.until,
        words=filters.words or None,
    )


def _sorted(
    index: IndexReader, facts: tuple[Statement, ...], order: Order
) -> tuple[Statement, ...]:
    if order.column is Column.READING:
        return facts
    services = {id_: service_of(one.about) for id_, one in index.documents.items()}

    def places(fact: Statement) -> str:
        return "; ".join(index.gazetteer.place(id_).name for id_ in fact.place_ids).casefold()

    keys: dict[Column, Callable[[Statement], Any]] = {
        Column.SERVICE: lambda fact: services[fact.document].casefold(),
        Column.STATEMENT: lambda fact: sentence_of(fact).casefold(),
        Column.PLACES: places,
        Column.DATA: lambda fact: "; ".join(fact.data).casefold(),
        Column.KIND: lambda fact: kind_words(fact.kind, negated=fact.negated),
        Column.STATUS: lambda fact: fact.status.value,
        Column.DATE: lambda fact: fact.as_of or date.min,
    }
    return tuple(sorted(facts, key=keys[order.column], reverse=order.falling))
