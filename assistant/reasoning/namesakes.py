"""Two services of one name: what is asked of the name is told of each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant import wording
from assistant.reasoning.known import Known, Scope

_MOST = 4


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several services that bear one name."""

    name: str
    """With whose it is: "Mercury (Quill Post)"."""
    known: Known
    """What its own documents say."""


def namesakes(question: str, known: Known) -> tuple[Namesake, ...]:
    """Return the services of different publishers that a question calls by one name, the one
    that it means where it says whose; nothing where it names one service.
    """
    scope = known.scope
    if not scope.is_sure or len(scope.names) != 1 or len(scope.documents) < 2:
        return ()
    by = _by_publisher(known)
    if not 1 < len(by) <= _MOST:
        return ()
    asked = question.casefold()
    told = [publisher for publisher in by if publisher.casefold() in asked]
    return tuple(_namesake(publisher, by[publisher], known) for publisher in told or by)


def _namesake(publisher: str, documents: tuple[str, ...], known: Known) -> Namesake:
    name = known.scope.names[0]
    scope = Scope(documents, (name,), links=known.scope.links, is_sure=True)
    hits = tuple(hit for hit in known.hits if hit.chunk.document in documents)
    return Namesake(
        wording.NAMESAKE.format(name=name, publisher=publisher),
        replace(known, scope=scope, hits=hits),
    )


def _by_publisher(known: Known) -> dict[str, tuple[str, ...]]:
    """Return the documents about a service of that name by who publishes them; nothing where
    one does not say.
    """
    found: dict[str, tuple[str, ...]] = {}
    spelt: dict[str, str] = {}
    for id_ in known.scope.documents:
        about = known.index.documents[id_].about
        if about.service.casefold() != known.scope.names[0].casefold() or not about.publisher:
            return {}
        publisher = spelt.setdefault(about.publisher.casefold(), about.publisher)
        found[publisher] = (*found.get(publisher, ()), id_)
    return found
