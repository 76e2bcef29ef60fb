"""Where users logged in well before: from there somebody else's failures lock nobody out.

Only hashes of addresses are kept, in a file of the home or in the database that replicas share.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Column, Index, Integer, MetaData, Table, bindparam, delete, literal, select

from index.errors import StoreUnusable
from index.home.database import Database, inserting
from index.home.database_server import Place
from index.home.schema import Schema, Words
from ui.web.access.sessions import key_of

_LOG = logging.getLogger(__name__)
FILE = "logins.sqlite"
_DAY_S = 86_400
_DAYS = 180
"""After so many days without a login a place is not known any more."""
_EACH = 20
"""Places of one user; the oldest give way."""
_TABLES = MetaData()
places = Table(
    "known_places", _TABLES,
    Column("place", Words, primary_key=True),
    Column("member", Words, nullable=False),
    Column("day", Integer, nullable=False),
    Index("known_places_member", "member", "day"),
)  # fmt: skip
"""By the hash of user and place, with the day of the latest login."""
SCHEMA = Schema("places", _TABLES, 1, Path(__file__).parent / "revisions")
_FIND = select(literal(1)).where(places.c.place == bindparam("its_place"))
_OLDEST = (
    select(places.c.place)
    .where(places.c.member == bindparam("its_member"))
    .order_by(places.c.day.desc(), places.c.place)
    .offset(_EACH)
)


class KnownPlaces:
    """Places by user. A store that cannot be used knows none, and the log says so."""

    def __init__(self, at: Place, clock: Callable[[], float] = time.time) -> None:
        self._database = Database(at, SCHEMA)
        self._clock = clock

    def knows(self, user: str, place: str) -> bool:
        """Tell whether a user logged in from a place before."""
        try:
            return bool(self._database.rows(_FIND, {"its_place": _key(user, place)}))
        except StoreUnusable as error:
            _LOG.warning("%s; no place is known meanwhile", error)
            return False

    def note(self, user: str, place: str) -> None:
        """Note a login that went well."""
        day = int(self._clock() // _DAY_S)
        try:
            with self._database.writing(user) as connection:
                adding = inserting(connection.dialect.name, places).values(
                    place=_key(user, place), member=key_of(user), day=day
                )
                connection.execute(
                    adding.on_conflict_do_update(index_elements=[places.c.place], set_={"day": day})
                )
                connection.execute(delete(places).where(places.c.day < day - _DAYS))
                old = connection.execute(_OLDEST, {"its_member": key_of(user)}).scalars().all()
                connection.execute(delete(places).where(places.c.place.in_(old)))
        except StoreUnusable as error:
            _LOG.warning("%s; a place is not noted", error)


def _key(user: str, place: str) -> str:
    return key_of(f"{user} at {place}")
