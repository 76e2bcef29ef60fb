"""A long page is read part by part, and says the same."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.chunk import chunk_document
from corpus.facts.extract import each_once, extract, extract_part, parts_of
from corpus.facts.whole_document import Whole
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer
from corpus.types import Chunk, Document

_LEAST = 12


def _page(regions: int) -> str:
    """Return sections of prose, a list that is led in, a record and a table each."""
    return "# Tarnhold\n\n" + "".join(
        f"## Ledger {number}\n\nLedger {number} records are stored in Norway. They are kept for "
        f"{number} days.\n\nLedger {number} copies are held in these countries:\n\n- Iceland\n"
        "- Denmark\n\n| Plan | Location |\n| --- | --- |\n| Basic | Finland |\n| Full | Sweden |\n"
        "| Free | Estonia |\n\n"
        for number in range(1, regions + 1)
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, tuple[Chunk, ...]]:
    path = Path(tmp_path_factory.mktemp("page")) / "tarnhold.md"
    path.write_text(_page(9))
    document = read_document(SourceFile(path))
    return document, chunk_document(document)


def test_parts_are_all_of_a_page_and_cut_no_block_and_no_short_list(
    page: tuple[Document, tuple[Chunk, ...]],
) -> None:
    _, chunks = page
    parts = list(parts_of(chunks, _LEAST))
    assert [chunk for part in parts for chunk in part] == list(chunks)
    assert len(parts) > 3
    assert all(_LEAST <= len(part) <= 2 * _LEAST for part in parts[:-1])
    for before, after in pairwise(parts):
        assert before[-1].block != after[0].block
        assert before[-1].group != after[0].group or after[0].group < 0


def test_a_list_as_long_as_a_part_is_cut_between_its_members(tmp_path: Path) -> None:
    path = tmp_path / "regions.md"
    path.write_text("# Regions\n\n" + "".join(f"- Region {n}\n" for n in range(60)))
    chunks = chunk_document(read_document(SourceFile(path)))
    assert max(map(len, parts_of(chunks, _LEAST))) <= 2 * _LEAST


def test_a_page_in_parts_states_what_it_states_as_a_whole(
    page: tuple[Document, tuple[Chunk, ...]], gazetteer: Gazetteer
) -> None:
    document, chunks = page
    whole = Whole(document, chunks, gazetteer)
    parts = parts_of(chunks, _LEAST)
    read = each_once(one for part in parts for one in extract_part(whole, part))
    assert read == extract(document, chunks, gazetteer)
    assert len(read) > 40
