"""Vectors that were computed before, by weights and text: the same text is embedded once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.encoding.question_vectors import shipped_questions
from index.errors import HomeUnusable
from index.home.faults.kinds import STORE_ERRORS, next_step
from index.home.sqlite import NewerStore, is_damaged, opened
from index.stores.word_pieces import as_bytes
from index.types import Encoded

_T = TypeVar("_T")
_STEPS = (
    """
    CREATE TABLE IF NOT EXISTS texts (
        weights TEXT, text BLOB, vector BLOB, pieces BLOB, width INTEGER,
        PRIMARY KEY (weights, text)
    ) WITHOUT ROWID
    """,
)
"""Migrations; add to the end, change none."""
_ASKED = 500
"""Texts looked up at once."""
_WRITTEN = 256
"""Texts embedded between two writes: what is done by then is not lost when the process dies."""


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def sha256(self) -> str:
        """Hash of the weights."""

    def said(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the texts as vectors, and as those of their word pieces."""


class _Row(NamedTuple):
    """What is kept of a text."""

    weights: str
    text: bytes
    vector: bytes
    pieces: bytes
    width: int


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

        `computed` hears how many texts had to be embedded. The file is free for others while the
        encoder runs. Raises HomeUnusable.
        """
        keys = [_key(text) for text in texts]
        known = self._kept(lambda: self._known(encoder.sha256, keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        computed(len(missing))
        known.update((row.text, _encoded(*row[2:])) for row in self._computed(encoder, missing))
        return [known[key] for key in keys]

    def vectors(self, encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors alone, a row for each text, computing those that are not known yet.

        Word pieces are kept in the file and not in memory, where they take ten times as much as
        vectors. Raises HomeUnusable.
        """
        keys = [_key(text) for text in texts]
        known = self._kept(lambda: self._known_vectors(encoder.sha256, keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        ahead = shipped_questions().known(encoder.sha256, missing)
        for row in self._computed(encoder, {k: t for k, t in missing.items() if k not in ahead}):
            known[row.text] = np.frombuffer(row.vector, np.float32)
        known |= ahead
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)

    def _computed(self, encoder: Encoder, missing: Mapping[bytes, str]) -> Iterator[_Row]:
        """Embed texts, keep what comes of it, and yield it."""
        # Texts of one length side by side are what encoders are fastest with.
        waiting = sorted(missing.items(), key=lambda item: -len(item[1]))
        for start in range(0, len(waiting), _WRITTEN):
            rows = _rows(encoder, waiting[start : start + _WRITTEN])
            self._kept(partial(self._write, rows))
            yield from rows

    def known(self, weights: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of those texts that were embedded before, here or by who shipped them;
        nothing is written.
        """
        by_key = {_key(text): text for text in texts}
        ahead = shipped_questions().known(weights, by_key)
        found = {by_key[key]: vector for key, vector in ahead.items()}
        keys = [key for key in by_key if key not in ahead]
        try:
            with closing(
                sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
            ) as database:
                for start in range(0, len(keys), _ASKED):
                    wanted = keys[start : start + _ASKED]
                    rows = database.execute(
                        "SELECT text, vector FROM texts WHERE weights = ? "
                        f"AND text IN ({','.join('?' * len(wanted))})",
                        (weights, *wanted),
                    )
                    found |= {by_key[key]: np.frombuffer(row, np.float32) for key, row in rows}
        except STORE_ERRORS:
            # Absent, damaged or being written: the vectors are computed again.
            return found
        return found

    def _kept(self, use: Callable[[], _T]) -> _T:
        """Use the file; one that is damaged is worth nothing and begun anew."""
        try:
            try:
                return use()
            except sqlite3.DatabaseError as error:
                if not is_damaged(error):
                    raise
                _delete(self._path)
                return use()
        except NewerStore as error:
            raise HomeUnusable(str(error)) from error
        except STORE_ERRORS as error:
            raise HomeUnusable(
                f"{self._path}: vectors cannot be kept there ({error}). "
                f"{next_step(error, self._path)}, then try again"
            ) from error

    def _write(self, rows: Sequence[_Row]) -> None:
        with opened(self._path, _STEPS) as database:
            database.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", rows)

    def _known(self, weights: str, keys: Sequence[bytes]) -> dict[bytes, Encoded]:
        known: dict[bytes, Encoded] = {}
        with opened(self._path, _STEPS) as database:
            for start in range(0, len(keys), _ASKED):
                wanted = keys[start : start + _ASKED]
                rows = database.execute(
                    "SELECT text, vector, pieces, width FROM texts WHERE weights = ? "
                    f"AND text IN ({','.join('?' * len(wanted))})",
                    (weights, *wanted),
                )
                known.update((row[0], _encoded(*row[1:])) for row in rows)
        return known

    def _known_vectors(
        self, weights: str, keys: Sequence[bytes]
    ) -> dict[bytes, NDArray[np.float32]]:
        known: dict[bytes, NDArray[np.float32]] = {}
        with opened(self._path, _STEPS) as database:
            for start in range(0, len(keys), _ASKED):
                wanted = keys[start : start + _ASKED]
                rows = database.execute(
                    "SELECT text, vector FROM texts WHERE weights = ? "
                    f"AND text IN ({','.join('?' * len(wanted))})",
                    (weights, *wanted),
                )
                known.update((key, np.frombuffer(row, np.float32)) for key, row in rows)
        return known


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _rows(encoder: Encoder, texts: Sequence[tuple[bytes, str]]) -> list[_Row]:
    said = encoder.said([text for _, text in texts])
    return [
        _Row(
            encoder.sha256, key, one.vector.astype(np.float32).tobytes(),
            as_bytes(one.pieces).tobytes(), one.pieces.shape[1],
        )
        for (key, _), one in zip(texts, said, strict=True)
    ]  # fmt: skip


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _encoded(vector: bytes, pieces: bytes, width: int) -> Encoded:
    rows = np.frombuffer(pieces, np.int8).reshape(-1, width) if width else np.zeros((0, 0), np.int8)
    return Encoded(np.frombuffer(vector, np.float32), rows)
