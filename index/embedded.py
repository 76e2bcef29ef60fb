"""Vectors that were computed before, by weights and text: the same text is embedded once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

_BATCH = 500


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def sha256(self) -> str:
        """Hash of the weights."""

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return the unit vectors of the texts, float32."""


class EmbeddedTexts:
    """A file of vectors by weights and text; losing it costs time and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def encode(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        computed: Callable[[int], None] = lambda count: None,
    ) -> NDArray[Any]:
        """Return the vectors of the texts, computing those that are not known yet.

        `computed` hears how many texts had to be embedded.
        """
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        with closing(self._open()) as database, database:
            known = self._known(database, encoder.sha256, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            computed(len(missing))
            if missing:
                vectors = encoder.encode(list(missing.values())).astype(np.float32)
                fresh = dict(zip(missing, vectors, strict=True))
                database.executemany(
                    "INSERT OR REPLACE INTO embedded VALUES (?, ?, ?)",
                    [(encoder.sha256, key, vector.tobytes()) for key, vector in fresh.items()],
                )
                known.update(fresh)
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            # A damaged cache is worth nothing; the vectors are computed again.
            self._path.unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=30)
        database.execute(
            "CREATE TABLE IF NOT EXISTS embedded "
            "(weights TEXT, text BLOB, vector BLOB, PRIMARY KEY (weights, text)) WITHOUT ROWID"
        )
        return database

    @staticmethod
    def _known(
        database: sqlite3.Connection, weights: str, keys: Sequence[bytes]
    ) -> dict[bytes, NDArray[Any]]:
        known: dict[bytes, NDArray[Any]] = {}
        for start in range(0, len(keys), _BATCH):
            wanted = keys[start : start + _BATCH]
            rows = database.execute(
                "SELECT text, vector FROM embedded WHERE weights = ? "
                f"AND text IN ({','.join('?' * len(wanted))})",
                (weights, *wanted),
            )
            known.update((text, np.frombuffer(vector, np.float32)) for text, vector in rows)
        return known
