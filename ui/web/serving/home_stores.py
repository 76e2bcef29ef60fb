"""Every store that a home keeps for the front ends and the assistant: a look at each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from assistant.history.database import FILE as CONVERSATIONS
from assistant.library.library_store import FILE as LIBRARY
from assistant.model.session import LEDGER
from assistant.settings import Settings, database_of
from index.home.faults.kinds import Fault, fault_kind, step
from index.home.faults.store_look import StoreFile, look_at
from index.home.paths import Home
from index.home.schema import LAYOUTS_APART, Schema
from index.types import Check
from index.upkeep.home_files import index_stores, store_checks
from ui.errors import JobStoreError, UsersError
from ui.questionnaires.job_types import STORE as JOBS
from ui.slack.inbox.types import FILE as INBOX
from ui.web.access.users_file import Users

_KNOWN_NO_MORE = "Delete the file: users log in as before, and none is known from a place"


def kept_checks(settings: Settings) -> list[Check]:
    """Read all of each store, of the files of questionnaires and of the users; nothing is changed
    in any.
    """
    stores = _stores(settings)
    checks = [*store_checks(stores)]
    if settings.users_file.name:
        checks.append(_users(settings.users_file))
    if database_of(settings) is None and all(check.ok for check in checks):
        checks.append(_question_files(settings.home))
    return checks


def faults(settings: Settings) -> dict[str, str]:
    """Return what is wrong with each store that is not as it should be, in a word; a look at each
    that takes no longer than opening it.
    """
    every = (*_stores(settings), *index_stores(Home(settings.home)))
    flaws = {one.name: look_at(one, deep=False) for one in every}
    found = {name: flaw.kind.value for name, flaw in flaws.items() if flaw is not None}
    if settings.users_file.name:
        try:
            Users(settings.users_file).all()
        except UsersError as error:
            cause = error.__cause__
            is_system = isinstance(cause, OSError)
            found["users"] = (fault_kind(cause) if cause and is_system else Fault.DAMAGED).value
    return found


def _stores(settings: Settings) -> Iterator[StoreFile]:
    """Yield the stores of a home that are files of it, but for those of the index."""
    # Loading SQLAlchemy takes a while.
    from ui.slack.inbox.event_tables import SCHEMA as INBOX_SCHEMA

    home = Home(settings.home)
    yield _of("what Slack told", home.root / INBOX, INBOX_SCHEMA)
    if database_of(settings) is not None:
        return
    from assistant.history.history_tables import SCHEMA as HISTORY_SCHEMA
    from assistant.library.library_tables import SCHEMA as LIBRARY_SCHEMA
    from assistant.model.ledger_tables import SCHEMA as LEDGER_SCHEMA
    from ui.questionnaires.job_storage.job_tables import SCHEMA as JOBS_SCHEMA

    yield _of("conversations", home.root / CONVERSATIONS, HISTORY_SCHEMA)
    yield _of("approved answers", home.root / LIBRARY, LIBRARY_SCHEMA)
    yield _of("the model's use", home.root / LEDGER, LEDGER_SCHEMA)
    from ui.web.access.known_places import FILE as LOGINS
    from ui.web.access.known_places import SCHEMA as LOGINS_SCHEMA

    yield _of("questionnaires", home.questionnaires / JOBS, JOBS_SCHEMA)
    yield _of("where users log in", home.root / LOGINS, LOGINS_SCHEMA, _KNOWN_NO_MORE)


def _of(name: str, path: Path, schema: Schema, otherwise: str = "") -> StoreFile:
    tables = frozenset(schema.tables.tables)
    return StoreFile(name, path, tables, schema.number, LAYOUTS_APART, otherwise)


def _users(path: Path) -> Check:
    lock = path.with_name(f"{path.name}.lock")
    if lock.exists() and not os.access(lock, os.R_OK | os.W_OK) and os.access(path, os.W_OK):
        return Check("users", False, f"{lock} may not be taken. {step(Fault.UNREADABLE)}")
    try:
        return Check("users", True, f"{len(Users(path).all())} users")
    except UsersError as error:
        return Check("users", False, str(error))


def _question_files(root: Path) -> Check:
    from ui.questionnaires.job_storage.job_files import file_faults
    from ui.questionnaires.job_storage.job_store import JobStore

    folder = Home(root).questionnaires
    try:
        found = [*file_faults(folder, JobStore(folder / JOBS).sizes())]
    except JobStoreError as error:
        found = [str(error)]
    return Check("files of questionnaires", not found, "; ".join(found) or "as they came")
