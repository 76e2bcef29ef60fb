"""Vectors of the chunks' word pieces, and how well they match those of a question.

A question's vector says what it is about; its word pieces say which of its words a chunk answers
to (late interaction, Khattab and Zaharia, 2020). Chroma finds the candidates, these compare them.
The file is mapped into memory, so that a search reads the candidates' rows alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex
from index.types import Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS = "rows.int8"
_PLACES = "places.npy"
_PLACE = [("id", "S16"), ("start", "<i8"), ("count", "<i4"), ("width", "<i4")]
_SCALE = 127
"""Components are stored as bytes."""
_REMEMBERED = 8
"""Questions whose matches are kept."""


class Pieces:
    """The word pieces of one build, opened for reading."""

    def __init__(self, folder: Path) -> None:
        """Open the files; raise DamagedIndex when they cannot be read."""
        import numpy as np

        try:
            self._places: NDArray[Any] = np.load(folder / _PLACES, allow_pickle=False)
            width = int(self._places["width"].max(initial=0))
            empty: NDArray[Any] = np.zeros((0, 0), np.int8)
            # An empty file cannot be mapped, and slicing a mapped array costs ten times as much
            # as slicing a plain view of it.
            mapped = np.memmap(folder / _ROWS, np.int8, "r") if width else empty
            self._rows: NDArray[Any] = np.asarray(mapped).reshape(-1, width) if width else empty
        except (OSError, ValueError) as error:
            raise DamagedIndex(
                f"{folder}: its word pieces cannot be read ({error}). Run `residency index`"
            ) from error
        self._lock = threading.Lock()
        self._compared_with: OrderedDict[bytes, dict[str, NDArray[Any] | None]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def rows(self, id_: str) -> NDArray[Any] | None:
        """Return the word pieces of a chunk, int8; None when it is not known."""
        import numpy as np

        at = int(np.searchsorted(self._places["id"], id_.encode()))
        if at == len(self._places) or self._places["id"][at] != id_.encode():
            return None
        start, count = int(self._places["start"][at]), int(self._places["count"][at])
        found: NDArray[Any] = self._rows[start : start + count]
        return found

    def runs(self, ids: Sequence[str]) -> tuple[NDArray[Any], Iterator[NDArray[Any]]]:
        """Return what chunks have, as they lie in the file, and their rows in as few runs as there
        are; chunks that are not known are left out.
        """
        import numpy as np

        known = self._places[np.isin(self._places["id"], np.array(ids, dtype="S16"))]
        known = known[np.argsort(known["start"], kind="stable")]
        ends = known["start"] + known["count"]
        breaks = np.flatnonzero(known["start"][1:] != ends[:-1]) + 1
        firsts, lasts = np.concatenate([[0], breaks]), np.concatenate([breaks, [len(known)]]) - 1
        bounds = zip(known["start"][firsts], ends[lasts], strict=True) if len(known) else ()
        return known, (self._rows[start:end] for start, end in bounds)

    def match(self, asked: NDArray[Any], ids: Sequence[str]) -> Mapping[str, Match]:
        """Return how well each chunk matches; chunks without word pieces are left out.

        `asked` are unit vectors of the question's word pieces, shape (pieces, dimension).
        """
        import numpy as np

        found = self.best(asked, ids)
        if not found:
            return {}
        # Row by row numpy costs more than the comparison itself.
        best = np.stack(list(found.values()))
        means, worst = best.mean(1).tolist(), best.min(1).tolist()
        return {id_: Match(*pair) for id_, *pair in zip(found, means, worst, strict=True)}

    def best(self, asked: NDArray[Any], ids: Sequence[str]) -> Mapping[str, NDArray[Any]]:
        """Return, for each chunk, the best cosine of each of the question's word pieces.

        The latest questions are remembered: several parts look at the same chunks.
        """
        with self._lock:
            known = self._compared_with.setdefault(asked.tobytes(), {})
            self._compared_with.move_to_end(asked.tobytes())
            while len(self._compared_with) > _REMEMBERED:
                self._compared_with.popitem(last=False)
        missing = [id_ for id_ in ids if id_ not in known]
        if missing:
            known.update(dict.fromkeys(missing))
            known.update(zip(*self._compared(asked, missing), strict=True))
        found = ((id_, known[id_]) for id_ in sorted(ids))
        return {id_: row for id_, row in found if row is not None}

    def _compared(self, asked: NDArray[Any], ids: Sequence[str]) -> tuple[list[str], NDArray[Any]]:
        """Return the chunks that have word pieces, and their best cosines, one row a chunk."""
        import numpy as np

        nothing: tuple[list[str], NDArray[Any]] = [], np.zeros((0, 0))
        if not len(self._rows):
            return nothing
        wanted = np.array(sorted(ids), dtype="S16")
        at = np.searchsorted(self._places["id"], wanted)
        at[at == len(self._places)] = 0
        found = self._places[at]
        found = found[found["id"] == wanted]
        found = found[found["count"] > 0]
        if not len(found):
            return nothing
        rows = np.concatenate([self._rows[s : s + n] for _, s, n, _ in found]).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(found["count"])[:-1]])
        best = np.maximum.reduceat(rows @ asked.T / _SCALE, starts)
        return [id_.decode() for id_ in found["id"]], best


class PieceWriter:
    """The word pieces of a build while it is written; rows go to disk as they come."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._file = (folder / _ROWS).open("wb")
        self._ids: list[str] = []
        self._starts: list[int] = []
        self._counts: list[int] = []
        self._written = 0
        self._width = 0

    def add(self, id_: str, rows: NDArray[Any]) -> None:
        """Write the word pieces of a chunk, an int8 array of shape (pieces, dimension)."""
        self._ids.append(id_)
        self._starts.append(self._written)
        self._counts.append(len(rows))
        self._written += len(rows)
        if rows.size:
            self._width = rows.shape[1]
            self._file.write(rows.tobytes())

    def keep(self, before: Pieces, ids: Sequence[str]) -> None:
        """Take over the word pieces that chunks have in another build."""
        known, runs = before.runs(ids)
        at = self._written
        for id_, _, count, width in known.tolist():
            self._ids.append(id_.decode())
            self._starts.append(at)
            self._counts.append(count)
            self._width = max(self._width, width if count else 0)
            at += count
        for run in runs:
            self._file.write(run.data)
        self._written = at

    def close(self) -> None:
        """Write where the rows of each chunk are, by id."""
        import numpy as np

        self._file.close()
        order = np.argsort(np.array(self._ids, dtype="S16"), kind="stable")
        places = np.zeros(len(order), dtype=_PLACE)
        places["id"] = np.array(self._ids, dtype="S16")[order]
        places["count"] = np.array(self._counts, dtype="<i4")[order]
        places["start"] = np.array(self._starts, dtype="<i8")[order]
        places["width"] = self._width
        np.save(self._folder / _PLACES, places)


def as_bytes(pieces: NDArray[Any]) -> NDArray[Any]:
    """Return unit vectors as they are stored, int8."""
    import numpy as np

    rounded: NDArray[Any] = np.round(pieces * _SCALE).astype(np.int8)
    return rounded
