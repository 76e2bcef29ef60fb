"""Vectors that were computed before, by weights and text: the same text is embedded once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.pieces import as_bytes
from index.types import Encoded

_BATCH = 500


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def sha256(self) -> str:
        """Hash of the weights."""

    def said(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the texts as vectors, and as those of their word pieces."""


class EmbeddedTexts:
    """A file of vectors by weights and text; losing it costs time and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def said(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        computed: Callable[[int], None] = lambda count: None,
    ) -> list[Encoded]:
        """Return the texts as vectors, computing those that are not known yet; word pieces are
        int8, as they are stored.

        `computed` hears how many texts had to be embedded.
        """
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        with closing(self._open()) as database, database:
            known = self._known(database, encoder.sha256, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            computed(len(missing))
            if missing:
                said = encoder.said(list(missing.values()))
                rows = [
                    (encoder.sha256, key, text.vector.astype(np.float32).tobytes(),
                     as_bytes(text.pieces).tobytes(), text.pieces.shape[1])
                    for key, text in zip(missing, said, strict=True)
                ]  # fmt: skip
                database.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", rows)
                known.update((row[1], _encoded(*row[2:])) for row in rows)
        return [known[key] for key in keys]

    def known(self, weights: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of those texts that were embedded before; nothing is written."""
        found: dict[str, NDArray[np.float32]] = {}
        by_key = {hashlib.sha256(text.encode()).digest(): text for text in texts}
        keys = list(by_key)
        try:
            with closing(
                sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
            ) as database:
                for start in range(0, len(keys), _BATCH):
                    wanted = keys[start : start + _BATCH]
                    rows = database.execute(
                        "SELECT text, vector FROM texts WHERE weights = ? "
                        f"AND text IN ({','.join('?' * len(wanted))})",
                        (weights, *wanted),
                    )
                    found |= {by_key[key]: np.frombuffer(row, np.float32) for key, row in rows}
        except sqlite3.Error:
            # Absent, damaged or being written: the vectors are computed again.
            return found
        return found

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
            "CREATE TABLE IF NOT EXISTS texts (weights TEXT, text BLOB, vector BLOB, "
            "pieces BLOB, width INTEGER, PRIMARY KEY (weights, text)) WITHOUT ROWID"
        )
        return database

    @staticmethod
    def _known(
        database: sqlite3.Connection, weights: str, keys: Sequence[bytes]
    ) -> dict[bytes, Encoded]:
        known: dict[bytes, Encoded] = {}
        for start in range(0, len(keys), _BATCH):
            wanted = keys[start : start + _BATCH]
            rows = database.execute(
                "SELECT text, vector, pieces, width FROM texts WHERE weights = ? "
                f"AND text IN ({','.join('?' * len(wanted))})",
                (weights, *wanted),
            )
            known.update((row[0], _encoded(*row[1:])) for row in rows)
        return known


def _encoded(vector: bytes, pieces: bytes, width: int) -> Encoded:
    rows = np.frombuffer(pieces, np.int8).reshape(-1, width) if width else np.zeros((0, 0), np.int8)
    return Encoded(np.frombuffer(vector, np.float32), rows)
