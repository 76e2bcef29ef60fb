"""Whether the database that replicas share can be used from here."""

from __future__ import annotations

from sqlalchemy import literal, select

from index.home.database import Database
from index.home.database_server import DatabaseServer
from ui.shared.replicas.caller_tables import SCHEMA

_SOMETHING = select(literal(1))


def reach(server: DatabaseServer) -> None:
    """Ask a server for nothing in particular; raise StoreUnusable."""
    Database(server, SCHEMA).rows(_SOMETHING)
