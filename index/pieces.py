"""Vectors of the chunks' word pieces, and how well they match those of a question.

A question's vector says what it is about; its word pieces say which of its words a chunk answers
to (late interaction, Khattab and Zaharia, 2020). Chroma finds the candidates, these compare them.
The file is mapped into memory, so that a search reads the candidates' rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from index.errors import DamagedIndex
from index.types import Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS = "rows.npy"
_PLACES = "places.npy"
FILES = (_ROWS, _PLACES)
_PLACE = [("id", "S16"), ("start", "<i8"), ("count", "<i4")]
_SCALE = 127
"""Components are stored as bytes."""


class Pieces:
    """The word pieces of one build, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Open the files; raise DamagedIndex when they cannot be read."""
        import numpy as np

        try:
            self._places: NDArray[Any] = np.load(folder / _PLACES, allow_pickle=False)
            # An empty file cannot be mapped.
            mapped: Literal["r"] | None = "r" if self._places["count"].any() else None
            # A plain view: slicing a mapped array costs ten times as much.
            self._rows: NDArray[Any] = np.asarray(
                np.load(folder / _ROWS, mapped, allow_pickle=False)
            )
        except (OSError, ValueError) as error:
            raise DamagedIndex(
                f"{folder}: its word pieces cannot be read ({error}). Run `residency index`"
            ) from error

    def match(self, asked: NDArray[Any], ids: Sequence[str]) -> Mapping[str, Match]:
        """Return how well each chunk matches; chunks without word pieces are left out.

        `asked` are unit vectors of the question's word pieces, shape (pieces, dimension).
        """
        found, best = self._compared(asked, ids)
        if not found:
            return {}
        # Row by row numpy costs more than the comparison itself.
        means, worst = best.mean(1).tolist(), best.min(1).tolist()
        return {id_: Match(*pair) for id_, *pair in zip(found, means, worst, strict=True)}

    def best(self, asked: NDArray[Any], ids: Sequence[str]) -> Mapping[str, NDArray[Any]]:
        """Return, for each chunk, the best cosine of each of the question's word pieces."""
        return dict(zip(*self._compared(asked, ids), strict=True))

    def _compared(self, asked: NDArray[Any], ids: Sequence[str]) -> tuple[list[str], NDArray[Any]]:
        """Return the chunks that have word pieces, and their best cosines, one row a chunk."""
        import numpy as np

        nothing: tuple[list[str], NDArray[Any]] = [], np.zeros((0, 0))
        if not len(self._rows) or not ids:
            return nothing
        wanted = np.array(sorted(ids), dtype="S16")
        found = self._places[np.isin(self._places["id"], wanted, assume_unique=True)]
        found = found[found["count"] > 0]
        if not len(found):
            return nothing
        rows = np.concatenate([self._rows[s : s + n] for _, s, n in found]).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(found["count"])[:-1]])
        best = np.maximum.reduceat(rows @ asked.T / _SCALE, starts)
        return [id_.decode() for id_ in found["id"]], best


def write_pieces(folder: Path, ids: Sequence[str], pieces: Iterable[NDArray[Any]]) -> None:
    """Write the word pieces of chunks, each an int8 array of shape (pieces, dimension)."""
    import numpy as np

    folder.mkdir()
    ordered = sorted(zip(ids, pieces, strict=True), key=lambda pair: pair[0])
    counts = [len(rows) for _, rows in ordered]
    places = np.zeros(len(ordered), dtype=_PLACE)
    places["id"] = [id_.encode() for id_, _ in ordered]
    places["count"] = counts
    places["start"] = np.concatenate([[0], np.cumsum(counts)[:-1]])
    np.save(folder / _PLACES, places)
    np.save(folder / _ROWS, np.concatenate([rows for _, rows in ordered]))


def as_bytes(pieces: NDArray[Any]) -> NDArray[Any]:
    """Return unit vectors as they are stored, int8."""
    import numpy as np

    rounded: NDArray[Any] = np.round(pieces * _SCALE).astype(np.int8)
    return rounded
