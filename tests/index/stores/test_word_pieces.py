"""Word pieces go from one build to the next as they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from index.stores.word_pieces import Pieces, PieceWriter


def test_kept_pieces_are_those_of_the_build_before(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = {f"{n:016x}": rng.integers(-127, 127, (n % 4, 8)).astype(np.int8) for n in range(30)}
    with closing(PieceWriter(tmp_path / "before")) as writer:
        for id_ in sorted(rows, key=lambda one: one[::-1]):
            writer.add(id_, rows[id_])
    kept = [id_ for n, id_ in enumerate(rows) if n % 3]
    with closing(PieceWriter(tmp_path / "after")) as writer:
        writer.keep(Pieces(tmp_path / "before"), [*kept, "f" * 16])
        writer.add("f" * 16, np.ones((2, 8), np.int8))
    after = Pieces(tmp_path / "after")
    assert len(after) == len(kept) + 1
    assert (after.rows("f" * 16) == 1).all()
    for id_ in kept:
        found = after.rows(id_)
        assert found is not None
        assert np.array_equal(found.reshape(-1, 8), rows[id_].reshape(-1, 8))
    assert after.rows(next(iter(rows))) is None


def test_nothing_is_kept_of_a_build_without_pieces(tmp_path: Path) -> None:
    with closing(PieceWriter(tmp_path / "before")) as writer:
        writer.add("a" * 16, np.zeros((0, 0), np.int8))
    with closing(PieceWriter(tmp_path / "after")) as writer:
        writer.keep(Pieces(tmp_path / "before"), ["a" * 16, "b" * 16])
    assert len(Pieces(tmp_path / "after")) == 1
