"""Who counts how much somebody does: one process, or all that share a database."""

from __future__ import annotations

import time
from collections.abc import Callable

from index.home.database_server import DatabaseServer
from ui.shared.rates import Limit, Rate


def limit_of(
    server: DatabaseServer | None,
    rate: str,
    many: int,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Limit:
    """Return a rate that all count together who share a database, or one of this process.

    `rate` is what it is called there; `clock` is that of a process that counts alone.
    """
    if server is None:
        return Rate(many, seconds, clock)
    # Loading SQLAlchemy takes a while, and only who has set a server needs it.
    from ui.shared.replicas.shared_rates import SharedRate

    return SharedRate(server, rate, many, seconds)
