"""Editions and copies of one page, and files that got another name."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus.intake.describe import Given
from corpus.intake.edition_line import EditionLine, edition_line
from corpus.types import Description
from index.building import documents
from index.building.build import build_index
from index.building.editions import compare
from index.home.added_sources import Registry
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.types import FileRecord, FileState
from ui.shared.terminal_text import file_lines

VAULT = "# Kestrel Vault sites\n\n{first}\n\nKestrel Vault keeps files in {city}.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestrel\n\nVersion 3, valid from 1 April 2025.", EditionLine((3,))),
        ("Kestrel\n\nVersion: 2.10\n", EditionLine((2, 10))),
        ("# Kestrel (v1.4)\n\nText.", EditionLine((1, 4))),
        ("Kestrel, 3rd year\n\n**Edition 7**\n", EditionLine((7,))),
        ("Version 3. It takes the place of version 2.", EditionLine((3,), (2,))),
        ("Version 3 of 2 May 2024\n\nReplaces edition no. 2.1.", EditionLine((3,), (2, 1))),
        ("Applies to Kestrel Vault 4.2 and later.", EditionLine()),
        ("Version 3 of the interface is hosted in Lima.", EditionLine()),
        ("Version 2024-05-03", EditionLine()),
        ("In 2 of 3 regions, version control is used.", EditionLine()),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_edition(text: str, expected: EditionLine) -> None:
    assert edition_line(text) == expected


def _about(id_: str, day: str = "", **said: str) -> Description:
    said = {"title": "Kestrel sites", "service": "Kestrel", **said}
    stated = date.fromisoformat(day) if day else None
    return Description(id_, date=stated, **said)  # type: ignore[arg-type]


def _successors(
    *abouts: Description, texts: dict[str, str] | None = None
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    said = texts or {}
    found = compare(
        abouts, lambda id_: said.get(id_, ""), lambda id_: frozenset(said.get(id_, id_).split())
    )
    return dict(found.successors), dict(found.told)


def test_the_newest_edition_takes_the_place_of_all_older_ones() -> None:
    found, told = _successors(
        _about("a", "2022-01-01"), _about("b", "2025-01-01"), _about("c", "2024-01-01")
    )
    assert found == {"a": "b", "c": "b"}
    assert told["a"] == ("an older edition: superseded by b, 2025-01-01",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_about("a"), _about("b")),
        (_about("a", "2022-01-01"), _about("b")),
        (_about("a", "2022-01-01"), _about("b", "2022-01-01")),
        (_about("a", "2022-01-01"), _about("b", "2025-01-01", title="Kestrel backups")),
        (_about("a", "2022-01-01"), _about("b", "2025-01-01", service="Merlin")),
        (
            _about("a", "2022-01-01", title="Sites", service="Sites"),
            _about("b", "2025-01-01", title="Sites", service="Sites"),
        ),
        (
            _about("a", "2022-01-01", publisher="Kestrel Ltd"),
            _about("b", "2025-01-01", publisher="Merlin Ltd"),
        ),
        (
            _about("a", "2022-01-01", source="https://kestrel.com/a"),
            _about("b", "2025-01-01", source="https://kestrel.com/b"),
        ),
    ],
)
def test_what_is_no_edition_of_another_supersedes_nothing(
    one: Description, other: Description
) -> None:
    assert _successors(one, other)[0] == {}


def test_pages_of_one_address_are_editions_whatever_their_titles() -> None:
    found, _ = _successors(
        _about("a", "2022-01-01", source="https://www.kestrel.com/sites/", title="Old"),
        _about("b", "2025-01-01", source="https://kestrel.com/sites#top"),
    )
    assert found == {"a": "b"}


def test_numbers_of_editions_tell_where_dates_do_not() -> None:
    texts = {"a": "Version 2.", "b": "Version 10."}
    assert _successors(_about("a"), _about("b"), texts=texts)[0] == {"a": "b"}
    texts = {"a": "Version 3. It takes the place of version 2.", "b": "Version 2."}
    assert _successors(_about("a"), _about("b"), texts=texts)[0] == {"b": "a"}


def test_what_was_said_of_two_documents_stands() -> None:
    older, newer = _about("a", "2022-01-01"), _about("b", "2025-01-01")
    said = Description(
        "a", older.title, older.service, date=older.date, supersedes=("b",)
    )  # fmt: skip
    assert _successors(said, newer)[0] == {}


def test_nearly_the_same_text_is_told() -> None:
    words = " ".join(map(str, range(20)))
    texts = {"a": words, "b": f"{words} more", "c": "other words"}
    found, told = _successors(_about("a"), _about("b"), _about("c"), texts=texts)
    assert found == {}
    assert told == {"b": ("nearly the same text as a",)}


def _write(home: Path, name: str, city: str, first: str = "A page.") -> Path:
    path = home / "documents" / name
    path.write_text(VAULT.format(first=first, city=city))
    return path


def _record(home: Path, name: str) -> FileRecord:
    return next(one for one in documents.files(Home(home)) if one.name == name)


def test_an_older_edition_is_marked_in_the_index_until_the_newer_one_goes(home: Path) -> None:
    _write(home, "old.md", "Oslo", "Last updated: 2 May 2022")
    newer = _write(home, "new.md", "Lima", "Last updated: 3 June 2025")
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        assert reader.successors == {"old": "new"}
        assert reader.documents["new"].about.supersedes == ("old",)
    told = "an older edition: superseded by new, 2025-06-03"
    assert _record(home, "old.md").compared == (told,)
    assert any(told in line for line in file_lines(documents.files(Home(home))))
    _write(home, "other.md", "Turku", "Last updated: 3 June 2025").write_text("# Other\n\nA b.\n")
    build_index(home)
    assert _record(home, "old.md").compared == (told,)
    newer.unlink()
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        assert reader.successors == {}
    assert _record(home, "old.md").compared == ()


def test_a_copy_is_told_and_takes_the_place_when_the_original_goes(home: Path) -> None:
    first = _write(home, "vault.md", "Lima")
    build_index(home)
    _write(home, "a-copy.md", "Lima")
    spaced = home / "documents" / "spaced.md"
    spaced.write_text(VAULT.format(first="A page.", city="Lima").replace("\n\n", "\n\n\n"))
    build_index(home)
    for name in ("a-copy.md", "spaced.md"):
        record = _record(home, name)
        assert (record.state, record.duplicate_of) == (FileState.DUPLICATE, "vault")
    told: list[str] = []
    build_index(home, progress=told.append)
    assert told[-1].endswith("is up to date")
    with closing(IndexReader.open(home)) as reader:
        assert set(reader.documents) == {"quay", "vault"}
    assert any("duplicate of vault" in line for line in file_lines(documents.files(Home(home))))
    first.unlink()
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        assert set(reader.documents) == {"quay", "vault"}
    assert _record(home, "a-copy.md").state is FileState.OK
    assert _record(home, "spaced.md").duplicate_of == "vault"


def test_a_copy_of_a_file_that_fails_fails_too(home: Path) -> None:
    for name in ("bad.md", "worse.md"):
        (home / "documents" / name).write_bytes(b"Kestrel keeps files in Malm\xf6.\n")
    build_index(home)
    for name in ("bad.md", "worse.md"):
        record = _record(home, name)
        assert record.state is FileState.FAILED
        assert record.reason.startswith(f"{name}: is not UTF-8")


def test_a_copy_that_is_described_is_a_document_of_its_own(home: Path) -> None:
    _write(home, "vault.md", "Lima")
    _write(home, "vault-two.md", "Lima").with_name("vault-two.md.about.toml").write_text(
        'title = "Second vault"\n'
    )
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        assert reader.documents["vault-two"].about.title == "Second vault"


def test_a_renamed_file_keeps_its_document_and_what_was_said_of_it(
    home: Path, tmp_path: Path
) -> None:
    page = _write(home, "vault.md", "Lima")
    build_index(home)
    documents.describe(Home(home), "vault", Given(title="Corrected", date=date(2025, 2, 3)))
    build_index(home)
    moved = page.with_name("moved.md")
    page.rename(moved)
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        about = reader.documents["vault"].about
        assert (about.title, about.date) == ("Corrected", date(2025, 2, 3))
        assert set(reader.documents) == {"quay", "vault"}
    assert _record(home, "moved.md").document == "vault"
    assert _record(home, "vault.md").state is FileState.REMOVED
    elsewhere = tmp_path / "elsewhere" / "final.md"
    elsewhere.parent.mkdir()
    moved.rename(elsewhere)
    build_index(home)
    documents.add(Home(home), str(elsewhere))
    build_index(home)
    with closing(IndexReader.open(home)) as reader:
        assert reader.documents["vault"].about.title == "Corrected"


def test_another_file_under_an_old_name_gets_no_id_that_moved_on(home: Path) -> None:
    page = _write(home, "vault.md", "Lima")
    build_index(home)
    page.rename(page.with_name("moved.md"))
    build_index(home)
    _write(home, "vault.md", "Oslo")
    build_index(home)
    assert _record(home, "moved.md").document == "vault"
    assert _record(home, "vault.md").document not in ("", "vault")


def test_what_could_not_be_read_of_a_page_is_told_as_long_as_it_is_so(home: Path) -> None:
    _write(home, "vault.md", "Lima", "Last updated: 03/04/2025")
    build_index(home)
    _write(home, "more.md", "Oslo").write_text("# More\n\nMore is in Oslo.\n")
    build_index(home)
    (warning,) = _record(home, "vault.md").warnings
    assert "3 April 2025 or 4 March 2025" in warning
    Registry(Home(home).registry).correct("vault", Given(date=date(2025, 4, 3)))
    build_index(home)
    assert _record(home, "vault.md").warnings == ()
