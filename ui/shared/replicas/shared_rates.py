"""Rates that all replicas count together, in the database that they share.

The clock is the server's: those of replicas may be an hour apart. A replica that cannot reach the
server counts by itself meanwhile, and says so in its log.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from sqlalchemy import Double, Select, Table, case, cast, delete, func, literal, select

from index.errors import StoreUnusable
from index.home.database import Database, inserting
from index.home.database_server import DatabaseServer
from ui.shared.rates import Rate
from ui.shared.replicas.caller_tables import SCHEMA, buckets

_LOG = logging.getLogger(__name__)
_SWEPT_S = 600.0
"""How often buckets that are full again are deleted."""
NOW = cast(func.extract("epoch", func.clock_timestamp()), Double)
"""Seconds of the server's clock, read when a row is and not when its transaction began."""


class SharedRate:
    """So many in so many seconds for each name, whichever replica is asked."""

    def __init__(self, server: DatabaseServer, rate: str, many: int, seconds: float) -> None:
        self.many = many
        self._rate = rate
        self._seconds = seconds
        self._database = Database(server, SCHEMA)
        self._alone = Rate(many, seconds)
        self._swept = time.monotonic()

    def take(self, name: str) -> float:
        """Take one for a name; return 0, or the seconds until there is one to take."""
        try:
            taken, left = self._taken(name)
        except StoreUnusable as error:
            return self._by_itself(error).take(name)
        return 0.0 if taken else self._until_one(left)

    def wait(self, name: str) -> float:
        """Return the seconds until there is one to take, and take none."""
        try:
            rows = self._database.rows(self._looked_at(name))
        except StoreUnusable as error:
            return self._by_itself(error).wait(name)
        return self._until_one(rows[0].left) if rows else 0.0

    def give_back(self, name: str) -> None:
        """Undo a take that led to nothing."""
        given = func.least(float(self.many), self._filled(buckets) + 1)
        try:
            with self._database.writing(self._rate, name) as connection:
                connection.execute(
                    buckets.update()
                    .where(buckets.c.rate == self._rate, buckets.c.name == name)
                    .values(left=given, seen=NOW)
                )
        except StoreUnusable as error:
            self._by_itself(error).give_back(name)

    def _taken(self, name: str) -> tuple[bool, float]:
        """Take one where there is one; tell whether, and what is left."""
        filled = self._filled(buckets)
        with self._database.writing(self._rate, name) as connection:
            self._sweep(connection)
            adding = inserting(connection.dialect.name, buckets).values(
                rate=self._rate, name=name, left=self.many - 1.0, taken=True, seen=NOW
            )
            row = connection.execute(
                adding.on_conflict_do_update(
                    index_elements=[buckets.c.rate, buckets.c.name],
                    set_={
                        "left": case((filled >= 1, filled - 1), else_=filled),
                        "taken": filled >= 1,
                        "seen": NOW,
                    },
                ).returning(buckets.c.taken, buckets.c.left)
            ).one()
        return bool(row.taken), float(row.left)

    def _looked_at(self, name: str) -> Select[Any]:
        return select(self._filled(buckets).label("left")).where(
            buckets.c.rate == self._rate, buckets.c.name == name
        )

    def _filled(self, row: Table) -> Any:
        """Return what a bucket has by now; a clock that was set back takes nothing away."""
        gained = func.greatest(0.0, NOW - row.c.seen) * literal(self.many / self._seconds, Double)
        return func.least(float(self.many), row.c.left + gained)

    def _until_one(self, left: float) -> float:
        return max(0.0, (1 - left) * self._seconds / self.many)

    def _sweep(self, connection: Any) -> None:
        """Delete what is full again: a name that is not there has all of it."""
        if time.monotonic() - self._swept < _SWEPT_S:
            return
        self._swept = time.monotonic()
        full = (buckets.c.rate == self._rate) & (buckets.c.seen < NOW - self._seconds)
        connection.execute(delete(buckets).where(full))

    def _by_itself(self, error: StoreUnusable) -> Rate:
        _LOG.warning("%s; this process counts by itself meanwhile", error)
        return self._alone
