"""A bot's part in a process of its own that is killed: it keeps arrivals and handles them.

Prints the key of each arrival that it may acknowledge. To post is to add a line to a file.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from tests.ui.slack.told import asked
from ui.slack.inbox.event_store import Inbox, Job


def main(home: Path, first: int, many: int) -> None:
    inbox = Inbox(home / "slack.sqlite")
    inbox.recover()
    threads = [
        threading.Thread(target=_put, args=(inbox, first, many)),
        *(threading.Thread(target=_work, args=(inbox, home), daemon=True) for _ in range(3)),
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


def _work(inbox: Inbox, home: Path) -> None:
    while True:
        if (job := inbox.take()) is not None:
            handle(inbox, job, home)


def handle(inbox: Inbox, job: Job, home: Path) -> None:
    """Post what is not posted yet, as the bot does: look, post, note, done."""
    line = f"{job.arrival.key} {job.arrival.lane}\n"
    log = home / f"posted-{job.arrival.lane.replace(':', '_')}"
    if not job.posted and line not in (log.read_text() if log.exists() else ""):
        with log.open("a") as file:
            file.write(line)
        inbox.note_posted(job.arrival.key, 1, "1.1")
    inbox.done(job.arrival.key)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
