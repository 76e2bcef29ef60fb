"""Every promise and every exclusion of the documents against a tenant's profile.

`promises_of` reads once what statements are said under; `check` weighs that against a profile, and
may do so again for another one. Nothing holds that the profile does not say to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import UnknownFactFilter
from assistant.tenant.document_scope import (
    DocumentScope,
    may_list_conditions,
    scope_of,
    service_names,
)
from assistant.tenant.requirements import is_of_tenant, of_condition
from assistant.tenant.tenant_names import is_service
from assistant.tenant.types import Decided, Fact, Outcome, Requirement, TenantCheck, Weighed
from assistant.tenant.unknown_names import unknown_of
from assistant.tenant.unread_clauses import (
    excepts,
    fronted,
    is_added,
    leads_exceptions_in,
    named_item,
    unread,
)
from assistant.tenant.weighing import Tenant, is_met, tenant_of
from assistant.types import Profile
from corpus.facts.types import Statement, StatementKind, Status
from corpus.places import Gazetteer
from corpus.types import Span
from index.searching.reader import IndexReader
from index.types import StoredDocument

KINDS = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED,
     StatementKind.MOVED, StatementKind.RETAINED, StatementKind.COMMITMENT,
     StatementKind.EXCLUDED, StatementKind.NOT_SUPPORTED}
)  # fmt: skip
"""What is promised of data, and where that ends."""
_NOT_NOW = {
    Status.PAST: "it is said of the past",
    Status.PLANNED: "it is planned",
    Status.PREVIEW: "it is in preview",
}
_ORDER = {False: 0, None: 1, True: 2}


@dataclass(frozen=True, slots=True)
class Promise:
    """A statement with all that it is said under."""

    statement: Statement
    names: tuple[str, ...]
    """Names of the service that it is about."""
    about: str
    """Title, service and publisher of its document."""
    required: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """What is checked: promises and exclusions of documents."""

    every: tuple[Promise, ...]
    add_ons: tuple[str, ...]
    """That the documents name, each once."""
    services: tuple[str, ...]
    """Names of the services that documents are about."""


def promises_of(index: IndexReader, service: str = "") -> Promises:
    """Read the promises and exclusions of all documents, or of those about a service.

    Raises UnknownFactFilter where no document is about it.
    """
    documents = [
        one
        for one in index.documents.values()
        if not service or is_service(service, service_names(one.about))
    ]
    if not documents:
        raise UnknownFactFilter(
            f"{service}: no document is about a service of that name. `residency facts --service "
            f"NAME` lists the known ones"
        )
    every: list[Promise] = []
    add_ons: dict[str, None] = {}
    for document, statements in _stated(documents, index):
        chunks = index.catalog.chunks(list(dict.fromkeys(one.chunk for one in statements)))
        scope = scope_of(document, statements, chunks, index.catalog, index.gazetteer)
        add_ons |= dict.fromkeys(scope.page.add_ons)
        names = service_names(document.about)
        promises = [_promise(one, scope, names) for one in statements if one.kind in KINDS]
        every += promises
        add_ons |= dict.fromkeys(name for one in promises for name in _asked_add_ons(one))
    services = dict.fromkeys(name for one in documents for name in service_names(one.about))
    return Promises(tuple(every), tuple(add_ons), tuple(services))


def check(promises: Promises, profile: Profile, gazetteer: Gazetteer, today: date) -> TenantCheck:
    """Say of each promise and exclusion whether it holds for a tenant."""
    tenant = tenant_of(profile, gazetteer, today)
    used = {one.names: is_used(one.names, profile) for one in promises.every}
    decided = tuple(_decided(one, tenant) for one in promises.every if used[one.names])
    unknown = unknown_of(
        profile, promises.add_ons, promises.services, _asked_features(promises), gazetteer
    )
    return TenantCheck(profile, decided, len(promises.every) - len(decided), unknown)


def _stated(
    documents: Sequence[StoredDocument], index: IndexReader
) -> Iterator[tuple[StoredDocument, Sequence[Statement]]]:
    """Yield documents with their promises, and with what is required where a heading lists that.

    Most statements of large indexes are neither, and reading them costs the most.
    """
    if len(documents) < len(index.documents):
        for one in documents:
            yield one, index.catalog.statements(document=one.about.id)
        return
    found: dict[str, list[Statement]] = {}
    for statement in index.catalog.of_kinds(KINDS):
        found.setdefault(statement.document, []).append(statement)
    for one in documents:
        own: Sequence[Statement] = found.get(one.about.id, ())
        if own and may_list_conditions(one):
            own = index.catalog.statements(document=one.about.id)
        if own:
            yield one, own


def _promise(statement: Statement, scope: DocumentScope, names: tuple[str, ...]) -> Promise:
    required = (*_own(statement, scope), *scope.of(statement), *_unread(statement, scope))
    return Promise(statement, names, scope.page.about, tuple(dict.fromkeys(required)))


def _own(statement: Statement, scope: DocumentScope) -> Iterator[Requirement]:
    for one in statement.conditions:
        yield from of_condition(one, scope.page, excepting=False)
    for one in statement.exceptions:
        yield from of_condition(one, scope.page, excepting=True)
    if statement.status in _NOT_NOW:
        said = _NOT_NOW[statement.status]
        yield Requirement(Fact.NONE, said, statement.document, statement.span)


def _unread(statement: Statement, scope: DocumentScope) -> Iterator[Requirement]:
    """Yield clauses around a statement that no condition covers, its lead-in's too."""
    text = scope.document.text
    read = [
        one.span for one in (*statement.conditions, *statement.exceptions) if one.span is not None
    ]
    if first := fronted(text, statement, read):
        yield Requirement(
            Fact.REGION if first.is_region else Fact.NONE, first.said.of(text), statement.document,
            first.said, negated=first.is_outside, places=first.places,
        )  # fmt: skip
    for place in (statement.span, *statement.support):
        for span in unread(text, place, read):
            if place is statement.span or not is_added(text, statement.span):
                yield _clause(text, span, statement)


def _clause(text: str, span: Span, statement: Statement) -> Requirement:
    """Return a clause that limits a statement: its words, or the service that its item names."""
    base = Requirement(Fact.NONE, span.of(text), statement.document, span)
    if name := named_item(text, span, statement.span):
        return replace(base, fact=Fact.FEATURES, said=name, names=(name,), span=None)
    beside = excepts(base.said) and not is_of_tenant(base.said)
    return replace(base, is_aside=beside or leads_exceptions_in(base.said))


def is_used(names: Sequence[str], profile: Profile) -> bool:
    """Tell whether a profile is about a service; one that names none is about all."""
    return not profile.services or any(is_service(one, names) for one in profile.services)


def _decided(promise: Promise, tenant: Tenant) -> Decided:
    weighed = [Weighed(one, is_met(one, tenant, promise.about)) for one in promise.required]
    weighed.sort(key=lambda one: (one.requirement.is_aside, _ORDER[one.met]))
    first = next((one.met for one in weighed if not one.requirement.is_aside), True)
    outcome = {True: Outcome.HOLDS, False: Outcome.DOES_NOT, None: Outcome.NOT_KNOWN}[first]
    return Decided(promise.statement, outcome, tuple(weighed))


def _asked_add_ons(promise: Promise) -> Iterator[str]:
    for one in promise.required:
        if one.fact in (Fact.ADD_ONS, Fact.LICENCES):
            yield from one.names


def _asked_features(promises: Promises) -> tuple[str, ...]:
    asked: Iterable[str] = (
        name
        for promise in promises.every
        for one in promise.required
        if one.fact is Fact.FEATURES
        for name in one.names
    )
    return tuple(dict.fromkeys(asked))
