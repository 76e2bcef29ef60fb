"""Documents that users hand over: kept under a safe name, described, deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.intake.describe import Given
from index.building.build import build_index
from index.building.documents import files
from index.building.uploads import delete_upload, take_upload
from index.errors import RegistryError
from index.home.paths import OWN_SOURCE, Home
from index.types import FileRecord, FileState


@pytest.mark.parametrize(
    "name",
    ["../../evil.md", "..\\..\\evil.md", "/etc/evil.md", "a/b/c.md", "\x00.md", ".md", "ü \n.md"],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / "home")
    file = tmp_path / "given"
    file.write_text("# T\n\nData is stored in Oslo.", encoding="utf-8")
    try:
        kept = take_upload(home, file, name, Given())
    except RegistryError as error:
        assert "not a kind of file" in str(error)  # noqa: PT017 - either outcome is right
        return
    assert kept.parent == home.documents / "uploads"
    assert kept.is_file()


def test_a_document_is_described_as_it_was_handed_over(home: Path, tmp_path: Path) -> None:
    place = Home(home)
    file = tmp_path / "given.md"
    file.write_text("# T\n\nData is stored in Oslo.", encoding="utf-8")
    title = 'Quote " backslash \\ and\ttab é'
    kept = take_upload(place, file, file.name, Given(title=title, date=date(2026, 1, 2)))
    build_index(place.root)
    record = next(one for one in files(place) if one.path == str(kept))
    from index.searching.reader import IndexReader

    reader = IndexReader.open(place.root)
    about = reader.documents[record.document].about
    assert about.title == " ".join(title.split())
    assert about.date == date(2026, 1, 2)
    reader.close()
    assert delete_upload(place, record)
    assert list(kept.parent.iterdir()) == []


def test_a_file_that_was_not_handed_over_is_not_deleted(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    other = tmp_path / "mine.md"
    other.write_text("mine", encoding="utf-8")
    for source, name in ((OWN_SOURCE, "mine.md"), ("elsewhere", "uploads/mine.md")):
        record = FileRecord(source, name, str(other), FileState.OK)
        assert not delete_upload(home, record)
    assert other.exists()
