"""What stands on passages that changed: answers, approved answers, checks of kept profiles."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from assistant.changes.types import Edition, StatementChange
from assistant.tenant.checking import KINDS, is_used
from assistant.watching.types import Standing, StandingKind

if TYPE_CHECKING:
    from assistant.history.profile_store import Profiles
    from assistant.history.record_store import Records
    from assistant.library.library_store import Library


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page that has another edition, and its changes that may matter to what stands on it."""

    document: str
    old: Edition
    new: Edition
    changes: tuple[StatementChange, ...]

    def hit_by(self, quote: str, start: int) -> tuple[int, ...]:
        """Return the changes of what a quotation says, by their indices.

        A quotation of an edition before the older one is in neither: it was told when it changed.
        """
        at = start if self.old.text.startswith(quote, start) else self.old.text.find(quote)
        if at < 0 or not quote:
            return ()
        end = at + len(quote)
        return tuple(
            number
            for number, change in enumerate(self.changes)
            if any(one.span.start < end and at < one.span.end for one in change.old)
        )


StandingSource = Callable[[ChangedPage], Iterable[Standing]]
"""Finds what of one kind stands on a page that changed."""


def stand_on(
    kind: StandingKind, quotes: Iterable[tuple[str, str, int]], page: ChangedPage
) -> Iterator[Standing]:
    """Yield what stands on changed passages; quotes are a reference, the words and their place."""
    found: dict[str, set[int]] = defaultdict(set)
    for ref, quote, start in quotes:
        found[ref].update(page.hit_by(quote, start))
    for ref, hit in found.items():
        if hit:
            yield Standing(kind, ref, tuple(sorted(hit)))


def answers_on(records: Records) -> StandingSource:
    """Return what finds recorded answers, of every owner."""
    return lambda page: stand_on(StandingKind.ANSWER, records.quoting(page.document), page)


def approved_on(library: Library) -> StandingSource:
    """Return what finds approved answers that stand."""

    def find(page: ChangedPage) -> Iterator[Standing]:
        quotes = (
            (entry.id, ground.quote, ground.start)
            for entry in library.entries()
            for ground in entry.approval.grounds
            if ground.document == page.document
        )
        return stand_on(StandingKind.APPROVED, quotes, page)

    return find


def checks_on(profiles: Profiles) -> StandingSource:
    """Return what finds kept profiles whose check has to do with a statement that changed."""

    def find(page: ChangedPage) -> Iterator[Standing]:
        hit = tuple(
            number
            for number, change in enumerate(page.changes)
            if any(
                fact.kind in KINDS
                for one in chain(change.old, change.new)
                for fact in one.statements
            )
        )
        names = tuple(filter(None, page.new.speaker[:1] + page.old.speaker[:1]))
        for kept in profiles.every() if hit else ():
            if is_used(names, kept.profile):
                yield Standing(StandingKind.CHECK, check_ref(kept.owner, kept.name), hit)

    return find


def check_ref(owner: str, name: str) -> str:
    """Return the name of a check in reports, which tells neither its owner nor its own name."""
    return hashlib.sha256(f"{owner}\0{name}".encode()).hexdigest()[:16]
