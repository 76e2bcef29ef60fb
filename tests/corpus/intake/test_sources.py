"""Files that cannot be used are named with cause and next step; the others go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import ManifestError
from corpus.intake.describe import parse_date, read_manifest
from corpus.intake.sources import BUNDLED, find_files, load


def test_bad_files_fail_by_name_and_the_rest_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good\n\nData is kept in Oslo.\n")
    (tmp_path / "latin.md").write_bytes("Données".encode("latin-1"))
    (tmp_path / "broken.md").write_text("---\ntitle: [x\n---\n\nText here.\n")
    (tmp_path / "empty.txt").write_text("  \n")
    (tmp_path / "binary.md").write_bytes(b"abc\x00def")
    (tmp_path / "ignored.bin").write_bytes(b"\xff")
    loaded = load(find_files((tmp_path,)))
    assert [document.id for document in loaded.documents] == ["good"]
    reasons = {failure.path.name: failure.reason for failure in loaded.failures}
    assert set(reasons) == {"latin.md", "broken.md", "empty.txt", "binary.md"}
    assert "not UTF-8" in reasons["latin.md"]
    assert "broken front matter" in reasons["broken.md"]
    assert "has no text" in reasons["empty.txt"]


def test_without_front_matter_the_first_heading_names_the_document(tmp_path: Path) -> None:
    (tmp_path / "My Page.md").write_text("# Where it is\n\nIn Oslo.\n")
    about = load(find_files((tmp_path,))).documents[0].about
    assert (about.id, about.title, about.date) == ("my-page", "Where it is", None)


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("One text.\n")
    (tmp_path / "a.txt").write_text("Another text.\n")
    loaded = load(find_files((tmp_path,)))
    assert len(loaded.documents) == 1
    assert "has the id 'a' already" in loaded.failures[0].reason


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[[document]]\ntitle = 'x'\n")
    with pytest.raises(ManifestError, match=r"manifest\.toml"):
        read_manifest(tmp_path / "manifest.toml")


def test_manifest_and_front_matter_agree_on_dates() -> None:
    described = read_manifest(BUNDLED / "manifest.toml")
    for name, about in described.items():
        for line in (BUNDLED / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("ms.date:"):
                assert parse_date(line.partition(":")[2]) == about.date
    assert described["exchange-online.txt"].date is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("07/20/2022", date(2022, 7, 20)),
        ("4/24/2019", date(2019, 4, 24)),
        ("24/4/2019", date(2019, 4, 24)),
        ("2025-06-25", date(2025, 6, 25)),
        (date(2020, 1, 2), date(2020, 1, 2)),
        ("99/99/2020", None),
        ("soon", None),
        (None, None),
    ],
)
def test_dates_as_front_matter_writes_them(written: object, expected: date | None) -> None:
    assert parse_date(written) == expected
