"""What the bot was told, kept before it is acknowledged and handled once, also over kills.

In a file one bot handles it. On a server any number of bots do: each takes what no other has, for
as long as a lease that it renews, and loses what it does not renew in time.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from types import MappingProxyType
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, literal, or_, select, update

from assistant.history.texts import storable
from assistant.settings import Settings, database_of
from index.home.database import inserting, next_number, time_of
from index.home.database_server import DatabaseServer
from index.home.database_server import Place as StorePlace
from ui.slack.buttons import SILENT_KINDS
from ui.slack.inbox.event_json import kind_of, read, written
from ui.slack.inbox.event_statements import (
    COUNT,
    DUE,
    IS_ANOTHERS,
    IS_MINE,
    LEAVE_LANE,
    MINE,
    NEXT,
    NEXT_IN_FILE,
    NOTE_POSITION,
    OWNERS,
    PARTS,
    PUT_OFF,
    RENEW,
    TAKE,
    adding_arrival,
    ending,
    engaging,
    noting_posted,
    taking_turn,
)  # fmt: skip
from ui.slack.inbox.event_tables import EventTables, arrivals, ended, engaged
from ui.slack.inbox.single_bot import held
from ui.slack.inbox.types import FILE, Engagement, Job, Posted
from ui.slack.inbox.write_together import Intake
from ui.slack.types import Arrival, Gone, Place, Question, Surface, Told

LEASE_S = 30.0
"""For how long what a bot takes from a server, or says that it still works on, is its alone. A
call to Slack that began at once after it ends sooner."""
_NONE: Mapping[str, object] = MappingProxyType({})
_FORGOTTEN = "forgotten"
_STAYING = ("gone", *SILENT_KINDS)
"""Kinds that are handled also where nothing can be said any more."""
_TAKING_PART = (Surface.MENTION, Surface.CHOICE)
"""Ways to ask in a channel after which more may be said in the thread without naming the bot."""


class Inbox:
    """Arrivals, each under its key; safe between threads, and on a server between bots on any
    machines. Every method raises InboxError.

    What is done with is deleted at once, but for its key, by which a repeat is known. What a bot
    says of a job that another took meanwhile has no effect.
    """

    def __init__(
        self,
        place: StorePlace,
        clock: Callable[[], float] | None = None,
        lease_s: float = LEASE_S,
    ) -> None:
        """Prepare; without a clock, that of the place is used, whatever the machine's says."""
        self._place = place
        self._tables = EventTables(place)
        self._clock = clock
        self.lease_s = lease_s
        self._intake = Intake(self._store)
        self._taker = f"taker {secrets.token_hex(8)}"

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the inbox of the settings: on their server, or in the file of their home."""
        return cls(database_of(settings) or settings.home / FILE)

    @property
    def is_shared(self) -> bool:
        """Tell whether several bots may work on it."""
        return isinstance(self._place, DatabaseServer)

    def hold(self) -> AbstractContextManager[None]:
        """Hold a file for this process alone; raise BotRuns where another one does.

        On a server nothing has to be held.
        """
        return nullcontext() if isinstance(self._place, DatabaseServer) else held(self._place)

    def close(self) -> None:
        """Let go of what is open."""
        self._tables.close()

    def put(self, arrival: Arrival) -> bool:
        """Keep an arrival; False where it is known already. On return it outlives a power cut.

        With a question that names the bot in a thread, the bot has a part in that thread.
        """
        return self._intake.put(arrival)

    def take(self) -> Job | None:
        """Return what is to be handled next, now in work; None where nothing is due.

        In a lane the first comes first; between lanes, those that had their turn stand back. On a
        server it is this bot's for the time of a lease; what another's ran out for is due.
        """
        while True:
            with self._tables.writing(self._taker) as connection:
                now = self._now(connection)
                query = NEXT if self.is_shared else NEXT_IN_FILE
                row = connection.execute(query, {"now": now}).first()
                if row is None:
                    return None
                if job := self._taken(connection, row, now):
                    return job
            self._drop(row.key, arrivals.c.key == row.key, "it cannot be read")

    def renew(self, jobs: Iterable[Job]) -> None:
        """Let the leases of jobs that this bot works on begin anew; only a server has them."""
        mine = sorted(map(_claim, jobs), key=lambda one: str(one["its_key"]))
        if mine and self.is_shared:
            # By their keys, in the same order for every bot: none waits for one that waits for it.
            with self._tables.writing(self._taker) as connection:
                until = self._now(connection) + self.lease_s
                connection.execute(RENEW, [{**one, "until": until} for one in mine])

    def next_in(self) -> float | None:
        """Return the seconds until something is due; None where nothing waits, whatever the time.

        What is in work does not count.
        """
        if not self._tables.is_there:
            return None
        with self._tables.reading() as connection:
            due = connection.scalar(DUE)
            return None if due is None else max(0.0, due - self._now(connection))

    def waiting(self) -> int:
        """Return how many arrivals are not done with."""
        rows = self._tables.rows(COUNT)
        return int(rows[0][0]) if rows else 0

    def wanted(self, job: Job) -> bool:
        """Tell whether a job is still to be answered, and by this bot; False once it was dropped,
        or another took it. Where it is, the lease begins anew: what is said next is said in time.
        """
        if not self.is_shared:
            return bool(self._tables.rows(IS_MINE, _claim(job)))
        with self._tables.writing(job.arrival.key) as connection:
            until = self._now(connection) + self.lease_s
            return connection.execute(RENEW, {**_claim(job), "until": until}).rowcount > 0

    def is_anothers(self, job: Job) -> bool:
        """Tell whether another bot took a job since."""
        return bool(self._tables.rows(IS_ANOTHERS, _claim(job)))

    def forgotten(self, key: str) -> bool:
        """Tell whether an arrival was dropped because all that is its asker's was deleted."""
        known = select(literal(1)).where(ended.c.key == key, ended.c.outcome == _FORGOTTEN)
        return bool(self._tables.rows(known))

    def note_position(self, job: Job, position: int) -> None:
        """Note as which turn of its conversation an answer is recorded."""
        with self._tables.writing(job.arrival.key) as connection:
            connection.execute(NOTE_POSITION, {**_claim(job), "at": position})

    def note_posted(self, job: Job, part: int, ts: str) -> None:
        """Note that a part of an answer is posted, by whichever bot."""
        key = job.arrival.key
        with self._tables.writing(key) as connection:
            if connection.scalar(select(literal(1)).where(arrivals.c.key == key)):
                said = {"key": key, "part": part, "ts": ts}
                connection.execute(noting_posted(connection.dialect.name), said)

    def later(self, job: Job, seconds: float) -> None:
        """Let an arrival wait again, and all of its lane with it."""
        with self._tables.writing(job.arrival.key) as connection:
            until = self._now(connection) + seconds
            connection.execute(PUT_OFF, {**_claim(job), "until": until})

    def done(self, job: Job) -> None:
        """Let go of an arrival that was handled."""
        self.drop(job, "done")

    def drop(self, job: Job, reason: str) -> None:
        """Let go of an arrival that is not handled; the reason holds nothing of what was said."""
        self._drop(job.arrival.key, MINE, reason, _claim(job))

    def withdraw(self, key: str) -> bool:
        """Drop a message that was deleted, also where it arrives only later; tell if it waited."""
        with self._tables.writing() as connection:
            dropped = self._end(connection, arrivals.c.key == key, "withdrawn")
            known = inserting(connection.dialect.name, ended).values(
                key=key, outcome="withdrawn", ended=self._now(connection)
            )
            connection.execute(known.on_conflict_do_nothing(index_elements=[ended.c.key]))
        return dropped > 0

    def gone(self, team: str, channel: str) -> int:
        """Drop what can be said to nobody any more, in a channel or without one everywhere.

        What nothing is said about, as feedback, is kept. Returns how many arrivals were dropped.
        """
        with self._tables.writing() as connection:
            there = and_(arrivals.c.team == team, _is_or_any(arrivals.c.channel, channel))
            dropped = self._end(connection, there & arrivals.c.kind.not_in(_STAYING), "gone")
            connection.execute(
                delete(engaged).where(
                    engaged.c.team == team, _is_or_any(engaged.c.channel, channel)
                )
            )
        return dropped

    def recover(self) -> int:
        """Let wait again what was in work when the bot of a file ended; return how many. Call it
        at start. On a server what a bot leaves is due when its lease runs out.
        """
        if self.is_shared:
            return 0
        with self._tables.writing() as connection:
            working = update(arrivals).where(arrivals.c.working == 1).values(working=0)
            return connection.execute(working).rowcount

    def engaged(self, place: Place) -> Engagement:
        """Tell whether the bot has a part in a thread."""
        owners = {one for (one,) in self._tables.rows(OWNERS, {"where": place.conversation})}
        if place.owner in owners:
            return Engagement.MINE
        return Engagement.OTHER if owners else Engagement.NONE

    def forget(self, owner: str, conversation: str | None = None) -> int:
        """Delete what is somebody's, in one conversation or all; return how many arrivals it was.

        Afterwards no file has anything of it but keys, which tell a repeat.
        """
        if not self._tables.is_there:
            return 0
        where = conversation or ""
        with self._tables.writing() as connection:
            theirs = and_(arrivals.c.owner == owner, _is_or_any(arrivals.c.conversation, where))
            dropped = self._end(connection, theirs, _FORGOTTEN)
            connection.execute(
                delete(engaged).where(
                    engaged.c.owner == owner, _is_or_any(engaged.c.conversation, where)
                )
            )
        self._tables.tidy()
        return dropped

    def prune(self, before: datetime, engaged_before: datetime | None = None) -> int:
        """Delete keys that ended before a time, and parts in threads nobody asked in since one.

        Slack tells of an event again for hours at most. Returns how many keys were deleted.
        """
        with self._tables.writing() as connection:
            old = delete(ended).where(ended.c.ended < before.timestamp())
            keys = connection.execute(old).rowcount
            if engaged_before is not None:
                connection.execute(
                    delete(engaged).where(engaged.c.since < engaged_before.timestamp())
                )
        self._tables.tidy()
        return keys

    def _now(self, connection: Connection) -> float:
        return self._clock() if self._clock is not None else time_of(connection)

    def _store(self, every: Sequence[Arrival]) -> list[bool]:
        """Keep arrivals, all or none; tell of each whether it is new."""
        keys = {one.key for one in every}
        # Who ends one of them waits, and who adds to their lanes: numbers rise in each lane in the
        # order in which they can be seen.
        with self._tables.writing(*keys, *{f"lane {one.lane}" for one in every}) as connection:
            now = self._now(connection)
            known = set(connection.scalars(select(ended.c.key).where(ended.c.key.in_(keys))))
            return [one.key not in known and _stored(connection, one, now) for one in every]

    def _taken(self, connection: Connection, row: Row[*tuple[Any, ...]], now: float) -> Job | None:
        """Mark an arrival as in work; None where it cannot be read."""
        try:
            told = read(row.kind, row.told)
        except ValueError:
            return None
        until = now + self.lease_s if self.is_shared else row.due
        connection.execute(TAKE, {"its_key": row.key, "until": until})
        turn = {"lane": row.lane, "turn": next_number(connection, arrivals)}
        connection.execute(taking_turn(connection.dialect.name), turn)
        parts = connection.execute(PARTS, {"its_key": row.key})
        return Job(
            Arrival(row.key, row.lane, told),
            row.tries + 1,
            row.position,
            tuple(Posted(part, ts) for part, ts in parts),
            max(0.0, now - row.came),
        )

    def _drop(
        self,
        key: str,
        which: ColumnElement[bool],
        reason: str,
        values: Mapping[str, object] = _NONE,
    ) -> None:
        with self._tables.writing(key) as connection:
            self._end(connection, which, reason, values)

    def _end(
        self,
        connection: Connection,
        which: ColumnElement[bool],
        outcome: str,
        values: Mapping[str, object] = _NONE,
    ) -> int:
        """Delete arrivals and keep their keys; return how many."""
        going = delete(arrivals).where(which).returning(arrivals.c.key, arrivals.c.lane)
        gone = connection.execute(going, values).all()
        if gone:
            at, why = self._now(connection), storable(outcome)
            keys = [{"key": key, "outcome": why, "ended": at} for key, _ in gone]
            connection.execute(ending(connection.dialect.name), keys)
            left = sorted({lane for _, lane in gone})
            connection.execute(LEAVE_LANE, [{"left": lane} for lane in left])
        return len(gone)


def _claim(job: Job) -> dict[str, object]:
    """Return what tells a job from one that another bot took since."""
    return {"its_key": job.arrival.key, "its_tries": job.tries}


def _is_or_any(column: ColumnElement[str], value: str) -> ColumnElement[bool]:
    return or_(literal(not value), column == value)


def _stored(connection: Connection, arrival: Arrival, now: float) -> bool:
    told, place = arrival.told, _place(arrival.told)
    added = connection.execute(adding_arrival(connection.dialect.name), {
        "key": arrival.key, "owner": place.owner if place.user else "", "team": place.team,
        "channel": place.channel, "conversation": place.conversation, "lane": arrival.lane,
        "kind": kind_of(told), "told": written(told), "came": now, "due": now,
    }).first()  # fmt: skip
    if added is not None and isinstance(told, Question) and _takes_part(told):
        _engage(connection, told.place, now)
    return added is not None


def _takes_part(asked: Question) -> bool:
    return asked.surface in _TAKING_PART and not asked.respond_to


def _engage(connection: Connection, place: Place, now: float) -> None:
    connection.execute(engaging(connection.dialect.name), {
        "conversation": place.conversation, "owner": place.owner, "team": place.team,
        "channel": place.channel, "since": now,
    })  # fmt: skip


def _place(told: Told) -> Place:
    """Return where something was said; of a place that is gone, the place itself, and nobody."""
    return Place(told.team, told.channel, "", "") if isinstance(told, Gone) else told.place
