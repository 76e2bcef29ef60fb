"""The statements of the inbox, made once: making one costs more than an engine takes for it."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Insert, and_, bindparam, case, delete, exists, func, literal, select, update
from sqlalchemy.sql.dml import ReturningInsert

from index.home.database import inserting
from ui.slack.inbox.event_tables import arrivals, ended, engaged, lanes, posted

_FIRST = arrivals.c.number.in_(select(func.min(arrivals.c.number)).group_by(arrivals.c.lane))
"""The first of each lane: all behind it wait for it, in work or put off."""
_BUSY = (
    select(arrivals.c.owner, func.count().label("many"))
    .where(arrivals.c.working == 1)
    .group_by(arrivals.c.owner)
    .subquery()
)
"""How many of each owner's arrivals are in work: whoever has many lanes is not before who has one.
"""
_TURN = case((lanes.c.turn > arrivals.c.number, lanes.c.turn), else_=arrivals.c.number)
NEXT = (
    select(
        arrivals.c.key, arrivals.c.lane, arrivals.c.kind, arrivals.c.told, arrivals.c.tries,
        arrivals.c.position, arrivals.c.came, arrivals.c.due,
    )
    .select_from(
        arrivals.outerjoin(lanes, lanes.c.lane == arrivals.c.lane).outerjoin(
            _BUSY, _BUSY.c.owner == arrivals.c.owner
        )
    )
    .where(_FIRST, arrivals.c.due <= bindparam("now"))
    .order_by(func.coalesce(_BUSY.c.many, 0), _TURN, arrivals.c.number)
    .limit(1)
    .with_for_update(skip_locked=True, of=arrivals)
)  # fmt: skip
"""Another bot may be taking the same: a server skips what is being taken, a file has one bot."""
NEXT_IN_FILE = NEXT.where(arrivals.c.working == 0)
DUE = select(func.min(arrivals.c.due)).where(_FIRST, arrivals.c.working == 0)
COUNT = select(func.count()).select_from(arrivals)
MINE = and_(
    arrivals.c.key == bindparam("its_key"),
    arrivals.c.tries == bindparam("its_tries"),
    arrivals.c.working == 1,
)
"""An arrival in work that nobody else took since."""
TAKE = (
    update(arrivals)
    .where(arrivals.c.key == bindparam("its_key"))
    .values(working=1, tries=arrivals.c.tries + 1, due=bindparam("until"))
)
RENEW = update(arrivals).where(MINE).values(due=bindparam("until"))
NOTE_POSITION = update(arrivals).where(MINE).values(position=bindparam("at"))
PUT_OFF = update(arrivals).where(MINE).values(working=0, due=bindparam("until"))
IS_ANOTHERS = select(literal(1)).where(
    arrivals.c.key == bindparam("its_key"), arrivals.c.tries != bindparam("its_tries")
)
IS_MINE = select(literal(1)).where(MINE)
PARTS = (
    select(posted.c.part, posted.c.ts)
    .where(posted.c.key == bindparam("its_key"))
    .order_by(posted.c.part)
)
OWNERS = select(engaged.c.owner).where(engaged.c.conversation == bindparam("where"))
LEAVE_LANE = delete(lanes).where(
    lanes.c.lane == bindparam("left"), ~exists().where(arrivals.c.lane == lanes.c.lane)
)


@cache
def adding_arrival(engine: str) -> ReturningInsert[tuple[int]]:
    """Return what keeps an arrival and returns its number; nothing for a known key."""
    adding = inserting(engine, arrivals).on_conflict_do_nothing(index_elements=[arrivals.c.key])
    return adding.returning(arrivals.c.number)


@cache
def noting_posted(engine: str) -> Insert:
    """Return what notes a part of an answer, or its new time stamp."""
    adding = inserting(engine, posted)
    return adding.on_conflict_do_update(
        index_elements=[posted.c.key, posted.c.part], set_={"ts": adding.excluded.ts}
    )


@cache
def taking_turn(engine: str) -> Insert:
    """Return what notes the turn of a lane."""
    adding = inserting(engine, lanes)
    return adding.on_conflict_do_update(
        index_elements=[lanes.c.lane], set_={"turn": adding.excluded.turn}
    )


@cache
def ending(engine: str) -> Insert:
    """Return what keeps the key of an arrival that ended."""
    adding = inserting(engine, ended)
    return adding.on_conflict_do_update(
        index_elements=[ended.c.key],
        set_={"outcome": adding.excluded.outcome, "ended": adding.excluded.ended},
    )


@cache
def engaging(engine: str) -> Insert:
    """Return what notes a part in a thread, or since when it is."""
    adding = inserting(engine, engaged)
    names = ("team", "channel", "since")
    return adding.on_conflict_do_update(
        index_elements=[engaged.c.conversation, engaged.c.owner],
        set_={name: adding.excluded[name] for name in names},
    )
