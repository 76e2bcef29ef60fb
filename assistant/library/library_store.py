"""Approved answers as they are kept: in a file of a home, or on a server.

Every change is one transaction, so that one who is killed has changed all of it or nothing; what
is approved twice is kept once. Nothing is deleted: what is withdrawn stays, with who did it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, exists, insert, select, union, union_all, update

from assistant.errors import LibraryError
from assistant.library.library_tables import (
    SCHEMA,
    contradictions,
    entries,
    events,
    grounds,
    vectors,
)
from assistant.library.types import (
    Approval,
    Approver,
    Entry,
    Event,
    Ground,
    Happened,
    Outcome,
    ToKeep,
)
from assistant.settings import Settings, database_of
from assistant.types import AnswerScope
from index.errors import StoreUnusable
from index.home.database import Database, inserting
from index.home.database_server import DatabaseServer, Place
from index.home.faults.kinds import next_step

FILE = "library.sqlite"
_AT_ONCE = 1_000
"""Ids that are asked for at once: a statement does not take any number of them."""


class _Marker(NamedTuple):
    """The last event that was read."""

    number: int = 0
    entry: str = ""
    at: str = ""


_NOTHING = _Marker()


@dataclass(frozen=True, slots=True)
class _Read:
    """The entries as they were read last, and until which event."""

    stamp: object = None
    marker: _Marker = _NOTHING
    every: Mapping[str, Entry] = field(default_factory=dict)
    ordered: tuple[Entry, ...] = ()
    """The latest approved first."""
    standing: tuple[Entry, ...] = ()


def library_of(settings: Settings, now: Callable[[], dt.datetime]) -> Library:
    """Return the approved answers of the settings' home."""
    return Library(database_of(settings) or settings.home / FILE, now)


class Library:
    """The approved answers of a home; safe to share between threads and processes.

    Every method raises LibraryError where they cannot be read or written.
    """

    def __init__(self, place: Place, now: Callable[[], dt.datetime]) -> None:
        self._place = place
        self._database = Database(place, SCHEMA)
        self._now = now
        self._read = _Read()

    def entries(self, *, withdrawn: bool = False) -> tuple[Entry, ...]:
        """Return the standing entries, the latest approved first; the withdrawn ones on demand."""
        stamp = self._stamp()
        if stamp is None:
            return ()
        # Kept while nobody writes: each question looks at all of them.
        known = self._read
        if known.stamp != stamp:
            with self._reading() as connection:
                known = _read_on(connection, known, stamp)
            self._read = known
        return known.ordered if withdrawn else known.standing

    def entry(self, name: str) -> Entry:
        """Return an entry by its id, or by as much of it as names one; raise LibraryError."""
        found = [one for one in self.entries(withdrawn=True) if name and one.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        cause = "names several approved answers" if found else "no approved answer has this id"
        raise LibraryError(f"{name}: {cause}. `residency library list` names those there are")

    def keep(self, several: Sequence[ToKeep], who: Approver) -> tuple[Outcome, ...]:
        """Keep approvals, all of them or none; return what became of each. Raises LibraryError.

        What is kept already changes only by a later approval, which takes the place of who
        approved it, when, until when, and of what it stands on. What an approval replaces is
        withdrawn with it.
        """
        with self._writing() as connection:
            return tuple(self._kept(connection, one, who) for one in several)

    def withdraw(self, entry: Entry, who: Approver, why: str) -> None:
        """Let an entry stand no more; it stays to be looked at. Raises LibraryError."""
        if entry.withdrawn:
            raise LibraryError(f"{entry.id}: withdrawn already ({entry.withdrawn})")
        at = self._now()
        told = f"{who.name}, {at:%Y-%m-%d}{': ' if why else ''}{why}"
        with self._writing() as connection:
            connection.execute(
                update(entries)
                .where(entries.c.id == entry.id, entries.c.withdrawn == "")
                .values(withdrawn=told)
            )
            _note(connection, Happened(entry.id, Event.WITHDRAWN, at, who.name, why))

    def happened(self, entry: str) -> tuple[Happened, ...]:
        """Return what happened to an entry, in order."""
        wanted = (
            select(events.c.entry, events.c.event, events.c.at, events.c.who, events.c.why)
            .where(events.c.entry == entry)
            .order_by(events.c.number)
        )
        with self._told():
            rows = self._database.rows(wanted)
        return tuple(
            Happened(entry, Event(event), dt.datetime.fromisoformat(at), who, why)
            for entry, event, at, who, why in rows
        )

    def vectors(self, encoder: str, names: Iterable[str]) -> dict[str, bytes]:
        """Return the vectors that one encoder made of the questions of entries, by their ids."""
        if self._stamp() is None:
            return {}
        wanted = select(vectors.c.entry, vectors.c.vector).where(vectors.c.encoder == encoder)
        with self._reading() as connection:
            return {
                entry: bytes(vector)
                for some in _parted(tuple(names))
                for entry, vector in connection.execute(wanted.where(vectors.c.entry.in_(some)))
            }

    def add_vectors(self, encoder: str, made: Mapping[str, bytes]) -> None:
        """Remember the vectors of questions, which only save time."""
        rows = [
            {"entry": entry, "encoder": encoder, "vector": vector}
            for entry, vector in made.items()
        ]  # fmt: skip
        if not rows:
            return
        with self._writing() as connection:
            adding = inserting(connection.dialect.name, vectors)
            connection.execute(
                adding.on_conflict_do_update(
                    index_elements=[vectors.c.entry, vectors.c.encoder],
                    set_={"vector": adding.excluded.vector},
                ),
                rows,
            )

    def check(self) -> str:
        """Return how much there is, in a line; raise LibraryError where it cannot be read."""
        every = self.entries(withdrawn=True)
        standing = [one for one in every if not one.withdrawn]
        return f"{len(standing)} approved answers, {len(every) - len(standing)} withdrawn"

    def close(self) -> None:
        """Let go of what is open; what is asked later opens it again."""
        self._database.close()

    def _kept(self, connection: Connection, one: ToKeep, who: Approver) -> Outcome:
        approval, id_ = one.approval, one.approval.id
        for other in one.replaces:
            self._replaced(connection, other, id_, who)
        known = connection.execute(
            select(
                entries.c.approved, entries.c.review, entries.c.withdrawn,
                exists().where(grounds.c.entry == entries.c.id),
            ).where(entries.c.id == id_)
        ).first()  # fmt: skip
        if known is not None and not _says_more(approval, *known):
            return Outcome.THERE
        _write(connection, approval)
        _contradict(connection, id_, one.against)
        event = Event.APPROVED if known is None else Event.AGAIN
        _note(connection, Happened(id_, event, self._now(), who.name, approval.origin))
        return Outcome.NEW if known is None else Outcome.AGAIN

    def _replaced(self, connection: Connection, old: str, new: str, who: Approver) -> None:
        """Let an entry stand no more for one that corrects it; it stays to be looked at."""
        at = self._now()
        done = connection.execute(
            update(entries)
            .where(entries.c.id == old, entries.c.id != new, entries.c.withdrawn == "")
            .values(withdrawn=f"{who.name}, {at:%Y-%m-%d}: replaced by {new}", replaced=new)
        )
        if done.rowcount:
            _note(connection, Happened(old, Event.REPLACED, at, who.name, f"by {new}"))

    def _stamp(self) -> object:
        """Return what changes whenever somebody writes to a file; None where there is none.

        Of a server nobody knows without asking it, so that it is another one each time.
        """
        if isinstance(self._place, DatabaseServer):
            return object()
        found = []
        for path in (self._place, self._place.with_name(f"{self._place.name}-wal")):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._unusable(error) from error
            found.append((path.name, status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(found) or None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._database.reading() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._told(), self._database.writing() as connection:
            yield connection
        # Clocks of files are coarse: what was written just now may not show by the stamp.
        self._read = replace(self._read, stamp=None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except StoreUnusable as error:
            raise LibraryError(error.told_of("the approved answers")) from error

    def _unusable(self, error: OSError) -> LibraryError:
        return LibraryError(
            f"{self._place}: the approved answers cannot be read ({error.strerror}). "
            f"{next_step(error)}"
        )


def _says_more(
    approval: Approval, approved: str, review: str, withdrawn: str, has_grounds: bool
) -> bool:
    """Tell whether an approval says more than what is kept: later, longer, after a withdrawal, or
    on passages where it stood on nothing.

    A withdrawn answer is not brought back by the file that it came from.
    """
    day = approval.approved.isoformat()
    if withdrawn or day != approved:
        return day > approved
    return approval.review.isoformat() > review or (bool(approval.grounds) and not has_grounds)


def _write(connection: Connection, approval: Approval) -> None:
    """Write an approval with what it stands on, in the place of what was written of it before."""
    id_, scope = approval.id, approval.scope
    said = {
        "question": approval.question, "text": approval.text, "service": scope.service,
        "customer": scope.customer, "language": scope.language, "approver": approval.approver,
        "approved": approval.approved.isoformat(), "review": approval.review.isoformat(),
        "origin": approval.origin, "cited": approval.cited, "corrected": int(approval.corrected),
        "withdrawn": "", "replaced": "",
    }  # fmt: skip
    connection.execute(delete(grounds).where(grounds.c.entry == id_))
    connection.execute(
        inserting(connection.dialect.name, entries)
        .values(id=id_, **said)
        .on_conflict_do_update(index_elements=[entries.c.id], set_=said)
    )
    rows = [
        {"entry": id_, "position": at, "ground": json.dumps(asdict(each))}
        for at, each in enumerate(approval.grounds)
    ]
    if rows:
        connection.execute(insert(grounds), rows)


def _contradict(connection: Connection, entry: str, against: Iterable[str]) -> None:
    """Note which entries another one contradicts, each pair once."""
    pairs = [sorted((entry, other)) for other in against if other != entry]
    if pairs:
        connection.execute(
            inserting(connection.dialect.name, contradictions).on_conflict_do_nothing(),
            [{"first": first, "second": second} for first, second in pairs],
        )


def _note(connection: Connection, one: Happened) -> None:
    connection.execute(
        insert(events).values(
            entry=one.entry, event=one.event.value, at=one.at.isoformat(timespec="microseconds"),
            who=one.who, why=one.why,
        )
    )  # fmt: skip


def _parted(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


_LAST = (
    select(events.c.number, events.c.entry, events.c.at).order_by(events.c.number.desc()).limit(1)
)


def _marked(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> _Marker:
    found = connection.execute(wanted).first()
    return _Marker(*found) if found else _NOTHING


def _read_on(connection: Connection, known: _Read, stamp: object) -> _Read:
    """Return the entries as they are, reading those alone of which something happened since.

    Nothing changes without an event, so what another file has until the same event is the same.
    """
    marker = _marked(connection, _LAST)
    if marker == known.marker:
        return replace(known, stamp=stamp)
    there = _marked(connection, _LAST.where(events.c.number == known.marker.number))
    same = there == known.marker
    changed = _changed(connection, known.marker.number if same else 0)
    every = {**(known.every if same else {}), **_entries(connection, changed)}
    ordered = sorted(every.values(), key=lambda one: (-one.approval.approved.toordinal(), one.id))
    standing = tuple(one for one in ordered if not one.withdrawn)
    return _Read(stamp, marker, every, tuple(ordered), standing)


def _changed(connection: Connection, since: int) -> tuple[str, ...]:
    """Return the ids of entries of which something else is to be told after an event: themselves,
    those that they contradict, and those that took their place.
    """
    changed = select(events.c.entry).where(events.c.number > since)
    found = union(
        changed,
        select(contradictions.c.second).where(contradictions.c.first.in_(changed)),
        select(contradictions.c.first).where(contradictions.c.second.in_(changed)),
        select(entries.c.replaced).where(entries.c.id.in_(changed), entries.c.replaced != ""),
    )
    return tuple(connection.scalars(found))


_BOTH_WAYS = union_all(
    select(contradictions.c.first.label("one"), contradictions.c.second.label("other")),
    select(contradictions.c.second.label("one"), contradictions.c.first.label("other")),
).subquery()
_GROUNDS = select(grounds.c.entry, grounds.c.ground).order_by(grounds.c.entry, grounds.c.position)
_AGAINST = (
    select(_BOTH_WAYS.c.one, entries.c.id)
    .join(entries, entries.c.id == _BOTH_WAYS.c.other)
    .where(entries.c.withdrawn == "")
    .order_by(entries.c.id)
)
_REPLACES = (
    select(entries.c.replaced, entries.c.id).where(entries.c.replaced != "").order_by(entries.c.id)
)


def _entries(connection: Connection, ids: Sequence[str]) -> dict[str, Entry]:
    """Return some entries by their ids."""
    return {one.id: one for some in _parted(ids) for one in _some_entries(connection, some)}


def _some_entries(connection: Connection, ids: Sequence[str]) -> Iterator[Entry]:
    stand_on = _grouped(connection, _GROUNDS.where(grounds.c.entry.in_(ids)))
    against = _grouped(connection, _AGAINST.where(_BOTH_WAYS.c.one.in_(ids)))
    replaces = _grouped(connection, _REPLACES.where(entries.c.replaced.in_(ids)))
    for row in connection.execute(select(entries).where(entries.c.id.in_(ids))):
        approval = Approval(
            row.question, row.text, AnswerScope(row.service, row.customer, row.language),
            row.approver, dt.date.fromisoformat(row.approved), dt.date.fromisoformat(row.review),
            row.origin, tuple(Ground(**json.loads(one)) for one in stand_on[row.id]), row.cited,
            bool(row.corrected),
        )  # fmt: skip
        yield Entry(
            row.id, approval, tuple(against[row.id]), row.withdrawn, row.replaced,
            tuple(replaces[row.id]),
        )  # fmt: skip


def _grouped(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> Mapping[str, list[str]]:
    """Return the second column of what is found, by the first."""
    found = defaultdict[str, list[str]](list)
    for id_, value in connection.execute(wanted):
        found[id_].append(value)
    return found
