"""The side of a conversion that gives the work away: one process, used for many files.

Another one draws pages for readers, who should not wait until an index is built; a third reads and
writes files that are no documents, such as questionnaires.

Plain pipes to `python -m corpus.formats.converter_worker` and no `multiprocessing`, so that a
script without a main guard can convert files too.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

from corpus.formats.types import Extracted, LeftOut, Picture, PrintedAt, Unusable

SECONDS = 60.0
"""How long one file may take."""
HAND_SECONDS = 120.0
"""The same of work on other files: somebody waits for it, on a machine that may be busy."""
_PATIENCE_S = 150.0
"""How long a file waits for others."""
_LARGEST_REPLY = 512 * 2**20
"""Bytes. A converter that a file has taken over must not fill the memory of who asked."""
_KEPT = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")
"""All of the environment that reaches the process: no keys, no proxies."""


def convert(suffix: str, content: bytes) -> Extracted:
    """Return the text of `content`, a file with `suffix`; raise Unusable when there is none."""
    with _lock:
        reply, _ = _shared().run({"suffix": suffix}, content, SECONDS)
    if "cause" in reply:
        raise Unusable(reply["cause"], reply["next_step"])
    reply["date"] = date.fromisoformat(reply["date"]) if reply["date"] else None
    reply["pages"] = tuple(reply["pages"])
    reply["left_out"] = tuple(
        LeftOut(one["what"], one["count"], tuple(one["examples"])) for one in reply["left_out"]
    )
    return Extracted(**reply)


def draw(content: bytes, page: int, passage: str) -> Picture:
    """Return a page of a PDF, counted from 1, with where a passage of its text is printed.

    Raises Unusable where the file or the page cannot be drawn.
    """
    with _drawing:
        reply, png = _shared(_DRAWER).run({"page": page, "passage": passage}, content, SECONDS)
    if "cause" in reply:
        raise Unusable(reply["cause"], reply["next_step"])
    marks = tuple(PrintedAt(*sides) for sides in reply["marks"])
    return Picture(png, reply["width"], reply["height"], marks)


def work_apart(function: str, request: str, content: bytes) -> bytes:
    """Have `module:function` of this program do something with a file's bytes; return its reply.

    The function takes the request and the bytes, and refuses by Unusable, which is raised here
    too, as it is where time or memory are over, or others take too long.
    """
    if not _working.acquire(timeout=_PATIENCE_S):
        raise Unusable("waits for other files that are being read", "Try again in a minute")
    try:
        wanted = {"function": function, "request": request}
        reply, made = _shared(_HAND).run(wanted, content, HAND_SECONDS)
    except Unusable as error:
        raise Unusable(error.cause, "Divide it, or save it anew") from error
    finally:
        _working.release()
    if "cause" in reply:
        raise Unusable(reply["cause"], reply["next_step"])
    return made


class _Ended(Exception):
    """The process went away before it replied."""


class _Converter:
    """The process and the pipes to it; started for the first file."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process: subprocess.Popen[bytes] | None = None

    def run(
        self, wanted: dict[str, Any], content: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """Have one file converted; a process that ended while it was idle is replaced."""
        for attempt in ("reused", "fresh"):
            if attempt == "reused" and self.process is None:
                continue
            with suppress(_Ended):
                return self._exchange(wanted, content, seconds)
        raise Unusable(
            "ended the converter (it is damaged, or needs too much memory)",
            "Repair or split it, or save it as Markdown",
        )

    def stop(self) -> None:
        """End the process and wait for it."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was still to be written goes nowhere, as it should.
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def _exchange(
        self, wanted: dict[str, Any], content: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        process = self.process = self.process or _start()
        late, complete = threading.Event(), False

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, wanted, content)
            reply = receive(process.stdout)
            complete = True
        except (OSError, EOFError) as error:
            if not late.is_set():
                raise _Ended from error
            cause = f"took longer than {seconds:g} seconds to convert"
            raise Unusable(cause, "Split it, or save it as Markdown") from error
        finally:
            timer.cancel()
            timer.join()
            if not complete or late.is_set():
                # Also after an interrupt: its reply would be taken for that of the next file.
                self.stop()
        return reply


def send(pipe: IO[bytes], fields: dict[str, Any], content: bytes = b"") -> None:
    """Write one message: the lengths of its two parts, fields as JSON, bytes as they are."""
    head = json.dumps(fields).encode("ascii")
    pipe.write(len(head).to_bytes(8) + len(content).to_bytes(8) + head)
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read one message; raise EOFError when the other side has gone, or says too much."""
    lengths = _exactly(pipe, 16)
    head, content = int.from_bytes(lengths[:8]), int.from_bytes(lengths[8:])
    if head + content > _LARGEST_REPLY:
        raise EOFError
    return json.loads(_exactly(pipe, head)), _exactly(pipe, content)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    read = pipe.read(size)
    if len(read) < size:
        raise EOFError
    return read


def _start() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    places = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        # -P: a module in the folder that someone works in must not stand in for one of ours.
        [sys.executable, "-P", "-B", "-m", "corpus.formats.converter_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": os.pathsep.join(filter(None, places))},
    )


_lock, _drawing, _working = threading.Lock(), threading.Lock(), threading.Lock()
_CONVERTER, _DRAWER, _HAND = "converter", "drawer", "hand"
_processes: dict[str, _Converter] = {}


def _shared(name: str = _CONVERTER) -> _Converter:
    """Return a process of this one; a forked child must not write to its parent's."""
    known = _processes.get(name)
    if known is None or known.owner != os.getpid():
        known = _processes[name] = _Converter()
    return known


def stop() -> None:
    """End the processes; the next file starts another."""
    for one in _processes.values():
        if one.owner == os.getpid():
            one.stop()


atexit.register(stop)
