"""How vectors scale, embedded and on a server.

`python -m evals.measuring.scale COUNT FOLDER [URL PID]`

Random unit vectors: they lie further apart than those of texts, so that a search in Chroma's graph
takes more steps for them. `FOLDER` is where the vectors go or, with a server, where it keeps them;
`PID` is the server's process.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.measuring.process_memory import resident_bytes
from index.stores import open_vectors
from index.stores.vector_store import Server
from index.types import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIMENSION = 384
_BATCH = 5000
_QUERIES = 300
_FOUND = 50
_PREFIX = "residency-scale"


def _vectors(count: int, seed: int) -> NDArray[Any]:
    import numpy as np

    rows = np.random.default_rng(seed).standard_normal((count, _DIMENSION), dtype=np.float32)
    unit: NDArray[Any] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _resident_mb(process: int) -> float:
    return round(resident_bytes(process) / 2**20, 1)


def measure(count: int, folder: Path, server: Server | None, process: int) -> dict[str, float]:
    """Write vectors, then look for the nearest; return seconds, milliseconds, bytes, megabytes."""
    before = _resident_mb(process)
    if server is not None:
        open_vectors.delete_on(server, _PREFIX)
        store = open_vectors.create_on(server, _PREFIX)
    else:
        store = open_vectors.create(folder)
    started = time.perf_counter()
    for start in range(0, count, _BATCH):
        rows = _vectors(min(_BATCH, count - start), start)
        ids = [f"{start + at:016x}/{start + at:012x}" for at in range(len(rows))]
        store.add(Vectors.CHUNKS, ids, list(rows))
    written = time.perf_counter() - started
    times = []
    for question in _vectors(_QUERIES, count + 1):
        began = time.perf_counter()
        found = store.nearest(question, _FOUND)
        times.append((time.perf_counter() - began) * 1000)
        assert len(found) == _FOUND
    held, ordered = _resident_mb(process), sorted(times)
    store.close()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "vectors": count,
        "written_per_s": round(count / written),
        "median_ms": round(ordered[len(ordered) // 2], 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 2),
        "bytes_per_vector": round(size / count),
        "resident_mb_before": before,
        "resident_mb": held,
        "client_mb": _resident_mb(os.getpid()),
    }


def main() -> None:
    """Measure what the arguments say."""
    count, folder, *remote = sys.argv[1:]
    server = Server(remote[0]) if remote else None
    process = int(remote[1]) if remote else os.getpid()
    print(json.dumps(measure(int(count), Path(folder), server, process)))


if __name__ == "__main__":
    main()
