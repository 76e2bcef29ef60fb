"""Embeds texts beside the reading of documents, so that neither waits for the other.

An encoder computes outside of the interpreter's lock, reading documents is all within it. What is
embedded lies in the file of embedded texts; whoever needs the vectors later finds them there.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index.stores.vector_cache import EmbeddedTexts, Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SWITCH_S = 0.0005
"""Seconds after which a thread that reads lets one go on that has computed a vector. With Python's
own five milliseconds each text would wait as long as it takes to compute."""

_PART = 512
"""Texts between which it is looked whether to go on."""


class EmbeddingAhead:
    """Texts that are embedded in the order in which they are given, by one thread at a time."""

    def __init__(self, cache: EmbeddedTexts, encoder: Encoder, shipped: Encoder) -> None:
        """`encoder` searches; `shipped` tells kinds of statements, whichever one searches."""
        self._cache = cache
        self._encoder = encoder
        self._shipped = shipped
        self._pool = ThreadPoolExecutor(1, "embedding")
        self._begun: list[Future[NDArray[Any]]] = []
        self._closed = threading.Event()

    def contexts(self, texts: Sequence[str]) -> Future[NDArray[Any]]:
        """Embed the contexts of passages; return what will be their vectors by the shipped
        encoder, a row for each.
        """
        found = self._pool.submit(self._vectors, self._shipped, texts)
        if self._encoder is not self._shipped:
            self.embed(texts)
        return found

    def embed(self, texts: Sequence[str]) -> None:
        """Embed texts whose vectors are needed later."""
        self._begun = [one for one in self._begun if not one.done() or one.exception()]
        self._begun.append(self._pool.submit(self._vectors, self._encoder, texts))

    def finish(self) -> None:
        """Wait until all is embedded; raise the first error."""
        for one in self._begun:
            one.result()
        self._begun = []

    def close(self) -> None:
        """Embed nothing more."""
        self._closed.set()
        self._pool.shutdown(cancel_futures=True)

    def _vectors(self, encoder: Encoder, texts: Sequence[str]) -> NDArray[Any]:
        import numpy as np

        found = []
        for start in range(0, len(texts), _PART):
            if self._closed.is_set():
                raise CancelledError
            found.append(self._cache.vectors(encoder, texts[start : start + _PART]))
        return np.concatenate(found) if found else np.zeros((0, 0), np.float32)


@contextmanager
def sharing_the_interpreter() -> Iterator[None]:
    """Have threads that wait for the interpreter get it soon."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
