"""The current build, kept open, and changed for the next one between two questions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexingError
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.searching.reranker import Reranker
from index.stores.vector_store import Server

_LOG = logging.getLogger(__name__)


class _Opened:
    """A reader and how many questions it is answering."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.users = 0


class PinnedIndex:
    """Hands out one reader, whatever build becomes current: for measurements."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    @contextmanager
    def held(self) -> Iterator[IndexReader]:
        """Yield the reader."""
        yield self.reader

    def close(self) -> None:
        """Let go of all files."""
        self.reader.close()


class CurrentIndex:
    """Hands out the reader of the current build; safe to share between threads."""

    def __init__(
        self,
        root: Path,
        *,
        shared: Path | None = None,
        server: Server | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Open the current build; raise what `IndexReader.open` raises."""
        self._home = Home(root, shared)
        self._server = server
        self._lock = threading.Lock()
        self._seen = self._home.pointed()
        reader = IndexReader.open(root, shared=shared, server=server, reranker=reranker)
        self._opened = _Opened(reader)

    @property
    def reader(self) -> IndexReader:
        """The build that the latest question was answered from, or would be."""
        return self._opened.reader

    @contextmanager
    def held(self) -> Iterator[IndexReader]:
        """Yield the reader of the current build, which stays open and the same meanwhile."""
        with self._lock:
            self._move_on()
            opened = self._opened
            opened.users += 1
        try:
            yield opened.reader
        finally:
            with self._lock:
                opened.users -= 1
                self._close_if_left(opened)

    def close(self) -> None:
        """Let go of all files."""
        self._opened.reader.close()

    def _move_on(self) -> None:
        """Open the build that the pointer names now, if it is another one."""
        pointed = self._home.pointed()
        if pointed == self._seen or pointed is None:
            return
        # A build that cannot be opened is not tried again before the pointer changes.
        self._seen = pointed
        before = self._opened
        try:
            reader = IndexReader.open(
                self._home.root,
                shared=self._home.shared,
                server=self._server,
                encoder=before.reader.encoder,
                reranker=before.reader.reranker,
            )
        except IndexingError as error:
            _LOG.warning("the index before goes on answering: %s", error)
            return
        self._opened = _Opened(reader)
        self._close_if_left(before)

    def _close_if_left(self, opened: _Opened) -> None:
        if opened is not self._opened and not opened.users:
            opened.reader.close()
