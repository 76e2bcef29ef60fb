"""What is measured in a process of its own.

`processes.py` runs this file by its path, with the checkout that is measured in front of what is
imported: an older one does not have it. It reads one request a line, a name of `Measured` and its
arguments as JSON, and writes one line for each.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TextIO


class Taken(NamedTuple):
    """How long something took."""

    wall_s: float
    processor_s: float
    """Of all threads, and of the processes that it started and waited for."""


class Measured:
    """What one process does; whatever it opens stays open until its end."""

    def __init__(self) -> None:
        self._ask: Callable[[str], object] | None = None

    def build(self, home: str, *folders: str) -> Taken:
        """Build the index of some folders in a home."""
        from assistant.settings import Settings
        from index.building.build import build_index
        from index.building.options import Sources

        sources = Sources(tuple(map(Path, folders)))
        model = Settings.load().embedding_model
        return _timed(lambda: build_index(Path(home), model=model, sources=sources))

    def chunks(self, *folders: str) -> int:
        """Return the number of chunks of the documents in some folders."""
        return len(_contexts(folders))

    def encode(self, most: int, *folders: str) -> Taken:
        """Have sentence-transformers encode the chunks of some folders.

        At most so many are, and the time is scaled up to all; loading the model counts once.
        """
        from index.encoding.chunk_encoder import PACKAGED, ChunkEncoder

        texts = _contexts(folders)
        sample = texts[:: max(1, -(-len(texts) // most))]
        encoder = ChunkEncoder(PACKAGED)
        loading = _timed(lambda: encoder.encode(sample[:1]))
        encoding = _timed(lambda: encoder.encode(sample))
        share = len(texts) / len(sample)
        return Taken(*(once + many * share for once, many in zip(loading, encoding, strict=True)))

    def open_assistant(self, home: str) -> None:
        """Open an assistant over a built home."""
        from assistant.app import Assistant
        from assistant.settings import Settings
        from index.searching.current import PinnedIndex
        from index.searching.reader import IndexReader

        folder = Path(home)
        self._ask = Assistant(Settings(home=folder), PinnedIndex(IndexReader.open(folder))).ask

    def open_encoder(self, models: str) -> None:
        """Open the packaged model, all-MiniLM-L6-v2, as a graph in single precision."""
        from index.encoding.chunk_encoder import PACKAGED, ChunkEncoder
        from index.encoding.query_encoder import QueryEncoder

        info = ChunkEncoder(PACKAGED).export(Path(models))
        self._ask = QueryEncoder(Path(models) / info.sha256[:16], threads=2).encode

    def open_peer(self, name: str, *folders: str) -> None:
        """Have another system read the documents of some folders, as its own manual sets it up."""
        from corpus.intake.sources import find_files, load
        from evals.suites.evidence_places import FoldedText
        from evals.suites.suite import Suite
        from evals.systems.base import Workplace
        from evals.systems.names import as_documented

        paths = tuple(map(Path, folders))
        texts = {one.id: FoldedText.of(one.text) for one in load(find_files(paths)).documents}
        suite = Suite(name, paths, (), texts, {})
        session = as_documented(name).open(suite, Workplace(Path.cwd(), Path.cwd()))
        self._ask = lambda question: session.reply((question,))

    def ask(self, question: str) -> Taken:
        """Have what is open answer a question, or encode it."""
        assert self._ask is not None, "nothing is open"
        ask = self._ask
        return _timed(lambda: ask(question))

    def ask_at_once(self, at_once: int, *questions: str) -> Taken:
        """Have questions answered, so many at once."""
        assert self._ask is not None, "nothing is open"
        ask = self._ask
        with ThreadPoolExecutor(at_once) as pool:
            return _timed(lambda: list(pool.map(ask, questions)))


def _timed(work: Callable[[], object]) -> Taken:
    started, before = time.perf_counter(), _processor_s()
    work()
    return Taken(time.perf_counter() - started, _processor_s() - before)


def _processor_s() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _contexts(folders: tuple[str, ...]) -> list[str]:
    from corpus.chunk import chunk_document
    from corpus.intake.sources import find_files, load

    loaded = load(find_files(tuple(map(Path, folders))))
    return [chunk.context for one in loaded.documents for chunk in chunk_document(one)]


def serve(requests: TextIO, replies: TextIO) -> None:
    """Do what each line asks for; an error ends the process, and is told on its way."""
    measured = Measured()
    for line in requests:
        name, *arguments = json.loads(line)
        found: Any = getattr(measured, name)(*arguments)
        replies.write(json.dumps(found) + "\n")
        replies.flush()


if __name__ == "__main__":
    # What libraries print is no reply.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin, replies)
