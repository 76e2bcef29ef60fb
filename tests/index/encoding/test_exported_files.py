"""An exported encoder is what was shipped, file by file, or it is exported again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.building.build import build_index
from index.encoding.chunk_encoder import ChunkEncoder, changed_exports, read_info
from index.encoding.query_encoder import GRAPH, TOKENIZER
from index.home.paths import Home
from index.upkeep.doctor import inspect
from index.upkeep.home_files import home_checks

INFO = "encoder.json"


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _of_before(path: Path) -> None:
    """Write what versions wrote that noted the graph alone."""
    plain = json.loads(path.read_text())
    path.write_text(json.dumps({k: v for k, v in plain.items() if k not in ("files", "sum")}))


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER, INFO])
@pytest.mark.parametrize("damage", [_flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_changed_is_exported_again(
    tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    encoder, home = ChunkEncoder(), Home(tmp_path)
    known = encoder.export(home.models)
    folder = home.models / known.sha256[:16]
    assert changed_exports(folder) == ()
    whole = {one.name: one.read_bytes() for one in folder.iterdir()}
    damage(folder / name)
    assert changed_exports(folder) == (name,)
    (said,) = (one for one in home_checks(home, None) if one.name == "encoders")
    assert not said.ok
    assert str(folder / name) in said.detail
    assert encoder.export(home.models) == known
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == whole
    assert [one.name for one in home.models.iterdir()] == [folder.name]


def test_an_export_of_before_is_written_anew(tmp_path: Path) -> None:
    encoder = ChunkEncoder()
    known = encoder.export(tmp_path)
    folder = tmp_path / known.sha256[:16]
    _of_before(folder / INFO)
    assert read_info(folder) == known
    _flip(folder / TOKENIZER)
    encoder.export(tmp_path)
    assert changed_exports(folder) == ()


def test_a_tokenizer_that_changed_is_not_taken_for_right(home: Path) -> None:
    (folder,) = Home(home).models.iterdir()
    before = (folder / TOKENIZER).read_bytes()
    _flip(folder / TOKENIZER)
    assert not all(one.ok for one in inspect(home))
    build_index(home)
    assert (folder / TOKENIZER).read_bytes() == before
    assert all(one.ok for one in inspect(home) if one.name != "disk")
