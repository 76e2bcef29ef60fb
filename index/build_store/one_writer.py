"""One who writes to a store of builds at a time.

With a database it is a lock of that, which ends with its connection, however the process ends.
Without one it is an object of the store, made where there is none, with a sign of life that is
renewed; one whose sign of life stands still is taken for dead. A writer that was only stopped, and
goes on when another has taken its place, notices before it moves the pointer; between that look
and the pointer lies a moment, in which the number of the pointer refuses one of them.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from index.build_store.object_store import ObjectStore
from index.build_store.store_address import BuildStore
from index.errors import BuildLocked, BuildStoreUnusable
from index.home.server_connection import held_lock

_LOG = logging.getLogger(__name__)
_OBJECT = "writer.json"
_BEAT_S = 5.0
"""How often the sign of life is renewed."""
_DEAD_S = 30.0
"""Seconds for which it stands still before its writer is taken for dead."""
_LOOK_S = 0.5
_LOST = "Try again; what was built stays in this home"


class Turn(Protocol):
    """The right to write."""

    def check(self) -> None:
        """Raise BuildLocked where it was lost, and BuildStoreUnusable or StoreUnusable where
        nobody can tell.
        """
        ...


@contextmanager
def writing_alone(store: BuildStore, objects: ObjectStore, wait_s: float) -> Iterator[Turn]:
    """Yield the right to write; raise BuildLocked where another one has it for longer."""
    if store.database is None:
        with _object_turn(store, objects, wait_s) as turn:
            yield turn
        return
    with held_lock(store.database, ("builds", str(store.address)), wait_s) as turn:
        if turn is None:
            raise BuildLocked(
                f"{store.address}: another builder writes there, as {store.database} tells. Wait "
                "for it, then try again"
            )
        yield turn


class _ObjectTurn:
    """The right to write that an object of the store stands for."""

    def __init__(self, where: str, objects: ObjectStore) -> None:
        self._where = where
        self._objects = objects
        self._token = uuid.uuid4().hex
        self._beats = 0
        self._ended = threading.Event()
        self._worker = threading.Thread(target=self._live, name="residency-writer", daemon=True)

    def take(self) -> bool:
        """Make the object; tell whether there was none."""
        if not self._objects.create(_OBJECT, self._said()):
            return False
        self._worker.start()
        return True

    def check(self) -> None:
        """Raise BuildLocked where another writer took this one for dead."""
        if not self._is_ours():
            raise BuildLocked(
                f"{self._where}: another builder took this one for dead and writes now. {_LOST}"
            )

    def release(self) -> None:
        """Delete the object, where it is still this writer's."""
        self._ended.set()
        self._worker.join()
        try:
            if self._is_ours():
                self._objects.delete(_OBJECT)
        except BuildStoreUnusable as error:
            # Others take this writer for dead, after a while.
            _LOG.warning("the right to write is left there: %s", error)

    def _is_ours(self) -> bool:
        content = self._objects.read(_OBJECT)
        return content is not None and _row(content).get("token") == self._token

    def _said(self) -> bytes:
        row = {"token": self._token, "host": socket.gethostname(), "beat": self._beats}
        return json.dumps(row).encode()

    def _live(self) -> None:
        while not self._ended.wait(_BEAT_S):
            try:
                if not self._is_ours():
                    return
                self._beats += 1
                self._objects.write(_OBJECT, self._said())
            except BuildStoreUnusable as error:
                _LOG.warning("the sign of life cannot be renewed: %s", error)


@contextmanager
def _object_turn(store: BuildStore, objects: ObjectStore, wait_s: float) -> Iterator[Turn]:
    where = str(store.address)
    turn = _ObjectTurn(where, objects)
    _wait_for(turn, where, objects, wait_s)
    try:
        yield turn
    finally:
        turn.release()


def _wait_for(turn: _ObjectTurn, where: str, objects: ObjectStore, wait_s: float) -> None:
    """Return when the right to write is this one's; raise BuildLocked where that takes longer."""
    ends = time.monotonic() + wait_s
    seen, since = b"", time.monotonic()
    while not turn.take():
        content, now = objects.read(_OBJECT), time.monotonic()
        if content is None:
            continue
        if content != seen:
            seen, since = content, now
        elif now - since >= _DEAD_S:
            _LOG.warning("%s: its writer on %s is taken for dead", where, _host(seen))
            objects.delete(_OBJECT)
            continue
        if now >= ends:
            raise BuildLocked(
                f"{where}: another builder writes there, on {_host(seen)}. Wait for it, then try "
                f"again; a dead one is noticed by whoever waits {_DEAD_S:.0f} s"
            )
        time.sleep(_LOOK_S)


def _row(content: bytes) -> dict[str, object]:
    try:
        row = json.loads(content)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _host(content: bytes) -> str:
    return str(_row(content).get("host", "a machine that it does not name"))
