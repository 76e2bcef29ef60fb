"""A folder of which half is the same: told, and neither embedded nor stored twice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from index.building.build import build_index
from index.building.documents import files
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.types import FileState

PAGES = 12


def test_half_of_the_pages_the_same_make_half_an_index(home: Path) -> None:
    place = Home(home)
    for number in range(PAGES):
        # Every other page is a copy of the one first page.
        said = number if number % 2 else 0
        page = f"# Vault {said}\n\nFiles of vault {said} are stored in Bergen.\n"
        (place.documents / f"page-{number:02}.md").write_text(page, encoding="utf-8")
    build_index(home)
    records = [one for one in files(place) if one.name.startswith("page-")]
    copies = [one for one in records if one.state is FileState.DUPLICATE]
    assert len(copies) == PAGES // 2 - 1
    assert {one.duplicate_of for one in copies} == {"page-00"}
    with closing(IndexReader.open(home)) as reader:
        counts = reader.catalog.counts()
        assert len(reader.documents) == 1 + PAGES // 2 + 1
    assert counts["documents"] == 1 + PAGES // 2 + 1
