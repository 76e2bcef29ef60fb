"""`residency corpus` tells what was taken, what was not, what of it was left out, and shows it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.formats import text_file
from corpus.formats.types import Extracted, LeftOut
from corpus.intake.sources import BUNDLED
from index.building import documents
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from tests.commands import Done, residency
from tests.paths import ROOT
from tests.sharing import made_once

PAGE = """# Where Lantern keeps files

Files of Lantern are stored in Bergen.
"""


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    (home.documents / "quay.md").write_text("# Quay\n\nFiles of Quay are stored in Bergen.\n")
    build_index(root)


@pytest.fixture
def home(run_folder: Path, tmp_path: Path) -> Path:
    """A home with an index of one small document."""
    return Path(shutil.copytree(made_once(run_folder, "quay", _built), tmp_path / "home"))


@pytest.fixture
def _pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(content: bytes) -> Extracted:
        left_out = (LeftOut("image", 3, ("map\x1b[2J.png",)), LeftOut("included file", 1))
        return Extracted(text_file.decode(content), markdown=True, left_out=left_out)

    monkeypatch.setattr("corpus.formats.convert", lambda _suffix, content: convert(content))


def _own(tmp_path: Path) -> Path:
    """A folder with two documents among other files."""
    folder = tmp_path / "own"
    (folder / "img").mkdir(parents=True)
    (folder / "lantern.md").write_text(PAGE)
    (folder / "notes.txt").write_text("Notes of Lantern are stored in Turku.\n")
    for name in ("img/a.png", "img/b.png", "app.js", "Plan.pages", "LICENSE", ".gitignore"):
        (folder / name).write_bytes(b"1234")
    return folder


def test_a_folder_of_mixed_files_is_taken_and_the_others_are_counted(
    home: Path, tmp_path: Path
) -> None:
    done = residency("corpus", "add", str(_own(tmp_path)), home=home)
    assert done.returncode == 0, done.stderr
    assert (
        "residency: 6 files are of no kind that is read: 2 .png, 1 .js, 1 .pages, 2 others\n"
        "residency: 1 .pages: a Pages document. Export it as .docx\n"
    ) in done.stderr
    assert done.stdout == (
        "3 files indexed, 0 failed, 1 of kinds that are not read (`residency corpus status`)\n"
    )
    status = residency("corpus", "status", home=home).stdout
    assert "not read            4 B  Plan.pages: is a Pages document" in status
    assert "app.js" not in status
    assert "1 not read, 3 ok" in status
    assert "Plan.pages" not in residency("corpus", "status", "--failed", home=home).stdout


def test_a_folder_of_nothing_that_is_read_says_what_it_holds(home: Path, tmp_path: Path) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "old.doc").write_bytes(b"x")
    done = residency("corpus", "add", str(tmp_path / "only"), "--no-index", home=home)
    assert done.returncode == 1
    assert "1 .doc: an old Word document. Save it as .docx. Give a file" in done.stderr
    done = residency("corpus", "add", str(tmp_path / "only" / "old.doc"), "--no-index", home=home)
    assert done.stderr.endswith(
        "old.doc: is an old Word document, a kind that is not read. Save it as .docx\n"
    )


def _told(done: Done, cause: str) -> bool:
    return any(cause in line for line in done.stderr.splitlines() if line.startswith("residency: "))


def test_a_list_goes_on_after_what_cannot_be_used(home: Path, tmp_path: Path) -> None:
    folder = _own(tmp_path)
    addresses = tmp_path / "pages.txt"
    addresses.write_text("ftp://lantern.example/\nhttp://127.0.0.1:9/page\n")
    done = residency(
        "corpus", "add", str(folder / "lantern.md"), str(folder / "missing.md"),
        str(folder / "app.js"), "~nobody-of-that-name/a.md", "http://[", "https://a@b.example/",
        str(folder / "notes.txt"), "--urls", str(addresses),
        home=home,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for cause in (
        "missing.md: does not exist. Give a file or folder that is there",
        "app.js: is none of the files that are read",
        "~nobody-of-that-name/a.md: there is no such user",
        "'http://[': is no http or https address. Give one such as https://example.com/page",
        "https://…@b.example: has a user name or password in its address",
        "line 1: is no http or https address ('ftp://lantern.example/')",
        "http://127.0.0.1:9/page: ",
    ):
        assert _told(done, cause), cause
    assert done.stdout == "3 files indexed, 0 failed\n"
    names = {one.name for one in documents.files(Home(home))}
    assert {"lantern.md", "notes.txt"} <= names


def test_what_cannot_be_taken_out_stops_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "lantern.md").write_text(PAGE)
    residency("corpus", "add", str(tmp_path / "lantern.md"), home=home)
    (home / "documents" / "stays.md").write_text(PAGE)
    done = residency("corpus", "remove", "nothing", "lantern", home=home)
    assert done.returncode == 1
    assert _told(done, "nothing: neither a source nor a document")
    assert _told(done, "lantern: taken out")
    states = {one.name: one.state.value for one in documents.files(Home(home))}
    assert states["lantern.md"] == "removed"
    assert states["stays.md"] == "ok"


@pytest.mark.usefixtures("_pictures")
def test_what_was_left_out_is_told_and_listed_by_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "lantern.md").write_text(PAGE)
    done = residency("corpus", "add", str(tmp_path / "lantern.md"), home=home)
    assert "residency: lantern.md: 3 images, 1 included file left out\n" in done.stderr
    status = residency("corpus", "status", home=home).stdout
    assert "left out: 3 images (map\N{REPLACEMENT CHARACTER}[2J.png), 1 included file\n" in status
    rows = residency("corpus", "status", "--json", home=home).stdout.splitlines()
    (row,) = (row for row in map(json.loads, rows) if row["name"] == "lantern.md")
    assert row["state"] == "ok"
    assert row["left_out"] == [
        {"what": "image", "count": 3, "examples": ["map\x1b[2J.png"]},
        {"what": "included file", "count": 1, "examples": []},
    ]
    assert row["contents"]["sections"] == row["contents"]["paragraphs"] == 1
    assert row["contents"]["rows"] == 0
    shown = residency("corpus", "show", "lantern", home=home).stdout
    assert "left out:   3 images, 1 included file\n" in shown
    assert shown.endswith(
        "Left out\n  3 images\n    map\N{REPLACEMENT CHARACTER}[2J.png\n    and more\n"
        "  1 included file\n"
    )


def test_a_document_of_the_index_is_shown(home: Path) -> None:
    done = residency("corpus", "show", "quay", home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "Quay\n"
        "  id:         quay\n"
        "  service:    Quay\n"
        "  date:       undated\n"
        "  read:       1 section, 1 paragraph\n"
        "  left out:   nothing\n"
        "\n"
        "# Quay\n"
        "  Files of Quay are stored in Bergen.\n"
    )


def test_any_file_is_shown_without_an_index(tmp_path: Path) -> None:
    path = tmp_path / "lantern.md"
    path.write_text(PAGE)
    (tmp_path / "lantern.md.about.toml").write_text('service = "Lantern"\ndate = 2025-01-02\n')
    (tmp_path / "manifest.toml").write_text(
        '[[document]]\nid = "lamp"\nfile = "lantern.md"\npublisher = "Wick & Co"\n'
    )
    done = residency("corpus", "show", str(path), "--format", "json", home=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    told = {key: row[key] for key in ("id", "title", "service", "publisher", "date")}
    assert told == {
        "id": "lamp", "title": "Where Lantern keeps files", "service": "Lantern",
        "publisher": "Wick & Co", "date": "2025-01-02",
    }  # fmt: skip
    assert row["left_out"] == []
    (section,) = row["sections"]
    (block,) = section["blocks"]
    assert block["text"] == "Files of Lantern are stored in Bergen."
    assert PAGE[block["start"] : block["end"]] == block["text"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("none.md", "none.md: no such file, and no index to look"),
        ("", "no such file, and no index to look"),
        ("a\0b", "no such file, and no index to look"),
        ("x" * 5000, "no such file, and no index to look"),
        ("~nobody-of-that-name/a.md", "no such file, and no index to look"),
        ("corpus", "corpus: is a folder"),
        ("Makefile", "is none of the files that are read"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(tmp_path: Path, what: str, cause: str) -> None:
    done = residency("corpus", "show", what, home=tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert cause in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_of_another_kind_is_not_shown_but_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "plan.pages").write_bytes(b"x")
    done = residency("corpus", "show", str(tmp_path / "plan.pages"), home=tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "residency: plan.pages: is a Pages document, a kind that is not read. Export it as .docx\n"
    )


def test_an_id_that_the_index_has_not_is_told(home: Path) -> None:
    done = residency("corpus", "show", "nothing", home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing: neither a file nor a document of the index" in done.stderr


def test_showing_a_file_loads_no_index_and_no_model(tmp_path: Path) -> None:
    (tmp_path / "lantern.md").write_text(PAGE)
    code = (
        "import sys; from ui.command_line.main import main\n"
        f"sys.argv = ['residency', 'corpus', 'show', {str(tmp_path / 'lantern.md')!r}]\n"
        "try:\n    main()\n"
        "finally:\n"
        "    heavy = ('numpy', 'onnxruntime', 'pydantic_settings', 'index.building.build')\n"
        "    print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
