"""Which documents of a build are editions or copies of one page.

Of two editions the newer one takes the place of the older, as if it had been said; where neither
dates nor numbers of editions tell which is newer, none does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from urllib.parse import urlsplit

from corpus.intake.edition_line import EditionLine, edition_line
from corpus.types import BlockKind, Description
from index.stores.catalog_writer import CatalogWriter
from index.types import Prepared

_ALIKE = 0.9
"""Share of their passages that two documents have in common where they are nearly the same."""
_MOST_COMPARED = 30
"""Documents of one title; more are no copies of one page, and comparing all would take long."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How the documents of a build stand to each other."""

    successors: Mapping[str, str]
    """Older edition to the newest one, both by id."""
    told: Mapping[str, tuple[str, ...]]
    """What is to be told of a document, a sentence each, by id."""


class Copies:
    """The documents of a build that is being made, to tell those that are there already.

    They are told apart by a hash of their passages, which is made once for each: among thousands
    of pages of one title none is compared with all others.
    """

    def __init__(self, catalog: CatalogWriter) -> None:
        self._catalog = catalog
        self._known: dict[tuple[str, str], dict[bytes, list[Description]]] = {}
        self._unread: dict[tuple[str, str], list[Description]] = {}
        for about in catalog.abouts():
            self._unread.setdefault(_key(about), []).append(about)

    def original_of(self, prepared: Prepared) -> str:
        """Return the id of the document that has the very text of this one; empty for none.

        One that states a date or predecessors of its own is an edition and no copy.
        """
        about = prepared.document.about
        for other in self._named_as(about).get(_digest(_passages(prepared)), ()):
            if about.date in (None, other.date) and not about.supersedes:
                return other.id
        return ""

    def add(self, prepared: Prepared) -> None:
        """Note a document that was taken in."""
        about = prepared.document.about
        self._named_as(about).setdefault(_digest(_passages(prepared)), []).append(about)

    def _named_as(self, about: Description) -> dict[bytes, list[Description]]:
        """Return the documents of a title and service, by the hash of their passages."""
        key = _key(about)
        found = self._known.setdefault(key, {})
        for one in self._unread.pop(key, ()):
            found.setdefault(_digest(self._catalog.passages(one.id)), []).append(one)
        return found


def _key(about: Description) -> tuple[str, str]:
    return about.title.casefold(), about.service.casefold()


def _passages(prepared: Prepared) -> frozenset[str]:
    return frozenset(
        "".join(chunk.text.split())
        for chunk in prepared.chunks
        if chunk.kind is not BlockKind.FIELD
    )


def _digest(passages: frozenset[str]) -> bytes:
    return hashlib.sha256("\0".join(sorted(passages)).encode()).digest()


def compare(
    abouts: Sequence[Description],
    text_of: Callable[[str], str],
    passages_of: Callable[[str], frozenset[str]],
) -> Compared:
    """Find editions and near copies among documents; texts are read only where titles agree."""
    line_of = cache(lambda id_: edition_line(text_of(id_)))
    # Documents of one title follow each other: no more than two groups are held at once.
    passages_of = lru_cache(maxsize=2 * _MOST_COMPARED)(passages_of)
    successors: dict[str, Description] = {}
    near: dict[str, str] = {}
    said = {(one.id, older) for one in abouts for older in one.supersedes}
    for one, other in _pairs(abouts):
        if (one.id, other.id) in said or (other.id, one.id) in said:
            continue
        pair = _in_order(one, other, line_of)
        if pair is not None:
            older, newer = pair
            known = successors.get(older.id)
            if known is None or _rank(newer, line_of) > _rank(known, line_of):
                successors[older.id] = newer
        elif _share(passages_of(one.id), passages_of(other.id)) >= _ALIKE:
            near.setdefault(other.id, one.id)
    told = {
        older: (f"an older edition: superseded by {newer.id}, {newer.date or 'of no date'}",)
        for older, newer in successors.items()
    }
    for id_, other_id in near.items():
        told[id_] = (*told.get(id_, ()), f"nearly the same text as {other_id}")
    return Compared({older: newer.id for older, newer in successors.items()}, told)


def _pairs(abouts: Iterable[Description]) -> Iterator[tuple[Description, Description]]:
    """Yield pairs of documents that may be of one page, by address or by title and service."""
    groups: dict[tuple[str, ...], list[Description]] = {}
    for one in sorted(abouts, key=lambda one: one.id):
        if one.source:
            groups.setdefault((_address(one.source),), []).append(one)
        # A service that is only the title again tells nothing: many pages are "Data residency".
        if one.service.casefold() != one.title.casefold():
            groups.setdefault((one.title.casefold(), one.service.casefold()), []).append(one)
    seen: set[tuple[str, str]] = set()
    for key, group in groups.items():
        if not 1 < len(group) <= _MOST_COMPARED:
            continue
        for one, other in combinations(group, 2):
            apart = len(key) > 1 and (
                _differ(_address(one.source), _address(other.source))
                or _differ(one.publisher.casefold(), other.publisher.casefold())
            )
            if not apart and (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _in_order(
    one: Description, other: Description, line_of: Callable[[str], EditionLine]
) -> tuple[Description, Description] | None:
    """Return the older and the newer edition; None where it does not show."""
    mine, theirs = line_of(one.id), line_of(other.id)
    if one.title.casefold() == other.title.casefold():
        if mine.replaced and mine.replaced == theirs.number != mine.number:
            return other, one
        if theirs.replaced and theirs.replaced == mine.number != theirs.number:
            return one, other
    if one.date is not None and other.date is not None:
        if one.date == other.date:
            return None
        return (one, other) if one.date < other.date else (other, one)
    if mine.number and theirs.number and mine.number != theirs.number:
        return (one, other) if mine.number < theirs.number else (other, one)
    return None


def _rank(
    one: Description, line_of: Callable[[str], EditionLine]
) -> tuple[str, tuple[int, ...], str]:
    return (one.date.isoformat() if one.date else "", line_of(one.id).number, one.id)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _address(source: str) -> str:
    """Return an address as far as it tells one page from another."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return source
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else source
