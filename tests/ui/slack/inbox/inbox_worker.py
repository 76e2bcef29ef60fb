"""A bot's part in a process of its own that is killed: it keeps arrivals and handles them.

Prints the key of each arrival that it may acknowledge. To post is to add a line to a file.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

from index.home.database_server import DatabaseServer, Place
from tests.ui.slack.told import asked
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import Job

LEASE_S = 3.0


def opened(where: str) -> Inbox:
    """Return the inbox at an address or a path; leases of a server are short."""
    place: Place = DatabaseServer(where) if where.startswith("postgresql:") else Path(where)
    return Inbox(place, lease_s=LEASE_S)


def main(where: str, folder: Path, first: int, many: int, clock_s: float) -> None:
    true_time = time.time
    time.time = lambda: true_time() + clock_s
    inbox = opened(where)
    inbox.recover()
    threads = [
        threading.Thread(target=_put, args=(inbox, first, many)),
        *(threading.Thread(target=_work, args=(inbox, folder), daemon=True) for _ in range(3)),
    ]
    for thread in threads:
        thread.start()
    threads[0].join()
    threading.Event().wait()


def _put(inbox: Inbox, first: int, many: int) -> None:
    for number in range(first, first + many):
        arrival = asked(number, thread=f"{number % 7}.1")
        inbox.put(arrival)
        os.write(1, f"{arrival.key}\n".encode())


def _work(inbox: Inbox, folder: Path) -> None:
    while True:
        if (job := inbox.take()) is not None:
            handle(inbox, job, folder)


def handle(inbox: Inbox, job: Job, folder: Path) -> None:
    """Post what is not posted yet, as the bot does: ask, look, post, note, done."""
    line = f"{job.arrival.key} {job.arrival.lane}\n"
    log = folder / f"posted-{job.arrival.lane.replace(':', '_')}"
    if not inbox.wanted(job):
        return
    if not job.posted and line not in (log.read_text() if log.exists() else ""):
        with log.open("a") as file:
            file.write(line)
        inbox.note_posted(job, 1, "1.1")
    inbox.done(job)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
