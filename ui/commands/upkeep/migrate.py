"""`residency migrate`: what a home keeps in its database files to PostgreSQL, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.history.database import FILE as CONVERSATIONS
from assistant.history.history_tables import SCHEMA as HISTORY
from assistant.library.library_store import FILE as APPROVED
from assistant.library.library_tables import SCHEMA as LIBRARY
from assistant.model.ledger_tables import SCHEMA as LEDGER
from assistant.model.session import LEDGER as LEDGER_FILE
from assistant.settings import Settings, database_of
from index.errors import MoveError
from index.home.database_server import SETTING, DatabaseServer
from index.home.paths import Home
from index.upkeep.moving.move import move
from index.upkeep.moving.stores import KeptStore, Side
from ui.questionnaires.job_storage.file_rows import FileRows
from ui.questionnaires.job_storage.job_tables import SCHEMA as QUESTIONNAIRES
from ui.questionnaires.job_types import STORE
from ui.shared.opened import say
from ui.shared.terminal_text import inert
from ui.slack.inbox.event_tables import SCHEMA as INBOX
from ui.slack.inbox.types import FILE as EVENTS

STORES = (
    KeptStore(HISTORY, CONVERSATIONS),
    KeptStore(LIBRARY, APPROVED),
    KeptStore(LEDGER, LEDGER_FILE),
    KeptStore(QUESTIONNAIRES, f"{Home(Path()).questionnaires}/{STORE}", FileRows()),
    KeptStore(INBOX, EVENTS),
)
"""All that lies in a file of a home or on a server; what else is a file stays one."""
_SCHEMES = ("postgresql://", "postgres://")


def migrate(
    to: Annotated[
        str, typer.Option("--to", metavar="URL|HOME", help="A PostgreSQL database, or a home.")
    ],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL|HOME",
            help="Where it lies now; without it, the home for a database, and the database that is "
            "set for a home.",
        ),
    ] = "",
    replace_null: Annotated[
        bool,
        typer.Option(
            "--replace-null", help="Put U+FFFD for null characters, which a file may hold."
        ),
    ] = False,
) -> None:
    """Move what a home keeps in its database files to PostgreSQL, or back, and prove it.

    Nothing is deleted where it lay. Run again, it goes on with what is missing.
    """
    target = _side("--to", to)
    begin = _side("--from", source) if source else _other(target)
    done = move(STORES, begin, target, replace=replace_null, say=lambda told: say(inert(told)))
    for one in done:
        print(f"{one.store:<15} {one.table:<15} {one.rows:>11,} rows  sha256 {one.sha256}")
    total, added = sum(one.rows for one in done), sum(one.added for one in done)
    what = f"{added:,} added" if added else "moved already, nothing to add"
    print(f"{total:,} rows are equal in {inert(str(begin))} and {inert(str(target))}: {what}")
    if isinstance(target, DatabaseServer):
        say(f"set {SETTING} to use them there; the files of the home stay as they were")
    else:
        say(f"unset {SETTING} to use them in the home; the database stays as it was")


def _side(option: str, told: str) -> Side:
    if not told.startswith(_SCHEMES):
        if "://" in told or not told.strip():
            raise MoveError(
                f"{option}: neither a home folder nor the address of a database. Give a folder, or "
                "postgresql://USER@HOST:PORT/NAME"
            )
        return Path(told).expanduser().absolute()
    try:
        return DatabaseServer(told)
    except ValueError as error:
        raise MoveError(
            f"{option}: {error}. Give postgresql://USER:PASSWORD@HOST:PORT/NAME"
        ) from None


def _other(target: Side) -> Side:
    settings = Settings.load()
    if isinstance(target, DatabaseServer):
        return settings.home
    server = database_of(settings)
    if server is None:
        raise MoveError(f"--to {target}: no database is set. Give --from, or set {SETTING}")
    return server
