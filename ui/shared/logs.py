"""The log of what is served: one JSON object a line on standard error, without questions.

Users are named as they log in, since the operator gave them their names; a browser without a login
has a pseudonym that its cookie cannot be told from.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_LOG = logging.getLogger("residency")
_QUIET = ("httpx", "httpx2", "httpcore", "mcp", "asyncio", "python_multipart")
"""Libraries whose news may hold an address or an argument; of these, warnings alone."""
_UNNAMED = "a thread"
_dead: dict[str, str] = {}


class JsonLines(logging.Formatter):
    """A record as one JSON object; of an exception, its kind and place and not its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        fields = getattr(record, "fields", None)
        if fields is None:
            line |= {"event": "log", "logger": record.name, "message": record.getMessage()}
        else:
            line |= {"event": record.msg, **fields}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def note(event: str, **fields: object) -> None:
    """Log what happened; fields that are None are left out."""
    told = {name: value for name, value in fields.items() if value is not None}
    _LOG.info(event, extra={"fields": told})


@contextmanager
def dead_told() -> Iterator[None]:
    """Log what ends a thread of this process by an error, for the time of a block."""
    before = threading.excepthook

    def ended(said: threading.ExceptHookArgs) -> None:
        if said.exc_type is SystemExit or said.exc_value is None:
            return
        name = said.thread.name if said.thread else _UNNAMED
        _dead[name] = said.exc_type.__name__
        _LOG.error(
            "thread died", extra={"fields": {"thread": name}},
            exc_info=(said.exc_type, said.exc_value, said.exc_traceback),
        )  # fmt: skip

    threading.excepthook = ended
    try:
        yield
    finally:
        threading.excepthook = before
        _dead.clear()


def dead_threads() -> dict[str, str]:
    """Return the threads that ended by an error since the log tells of them, by their names, each
    with the class of the error.
    """
    return dict(_dead)


def configure() -> None:
    """Send the records of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
