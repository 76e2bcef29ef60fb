"""Who counts how much somebody does: one process, or all that share a database."""

from __future__ import annotations

from index.home.database_server import DatabaseServer
from ui.shared.rates import Limit, Rate


def limit_of(server: DatabaseServer | None, rate: str, many: int, seconds: float) -> Limit:
    """Return a rate that all count together who share a database, or one of this process.

    `rate` is what it is called there.
    """
    if server is None:
        return Rate(many, seconds)
    # Loading SQLAlchemy takes a while, and only who has set a server needs it.
    from ui.shared.replicas.shared_rates import SharedRate

    return SharedRate(server, rate, many, seconds)
