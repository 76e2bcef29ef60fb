"""`residency changes`: files, documents of the index, git revisions; what is odd is named."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.errors import DocumentError
from tests.assistant.changes.editions_made import PAGE
from ui.command_line.running import command_line
from ui.errors import EditionError, ExportError


@pytest.fixture(autouse=True)
def at_home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _run(*words: str) -> Result:
    return CliRunner().invoke(command_line(), ["changes", *words])


def _json(*words: str) -> list[dict[str, object]]:
    done = _run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return two editions of a page as files."""
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(PAGE)
    new.write_text(
        PAGE.replace("stored in Germany", "stored in Norway").replace(
            "Backups are retained", "We keep backups"
        )
    )
    return str(old), str(new)


def test_two_files_are_compared_and_both_spans_slice_them(files: tuple[str, str]) -> None:
    (found,) = _json(*files)
    first = found["changes"][0]  # type: ignore[index]
    assert (first["kind"], first["severity"]) == ("changed", "high")
    assert first["differences"] == [{"aspect": "place", "old": "Germany", "new": "Norway"}]
    for side, path in (("old", files[0]), ("new", files[1])):
        (one,) = first[side]
        assert Path(path).read_text()[one["start"] : one["end"]] == one["text"]
    assert found["counts"]["changed"] == found["counts"]["wording"] == 1  # type: ignore[index]


def test_a_table_shows_what_says_something_else_and_counts_the_rest(
    files: tuple[str, str],
) -> None:
    done = _run(*files)
    assert "place: Germany → Norway" in done.stdout
    assert "We keep backups" not in done.stdout
    assert "1 changed, 1 wording alone" in done.stdout
    assert "We keep backups" in _run(*files, "--all").stdout


def test_a_report_shows_as_written(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("# Page\n\nCustomer data is stored in Germany.\n")
    new.write_text(
        "# Page\n\nCustomer data is stored in Norway &lt;script&gt;alert(1)&lt;/script&gt; "
        '\\<b onclick="x">.\n'
    )
    output = tmp_path / "report.html"
    assert _run(str(old), str(new), "--format", "html", "-o", str(output)).exit_code == 0
    page = output.read_text()
    assert "Norway" in page
    assert "<script" not in page
    assert "<b" not in page.replace("<body>", "").replace("<br>", "")
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_a_document_of_the_index_and_a_file(tmp_path: Path, built_home: Path) -> None:
    from index.searching.reader import IndexReader

    index = IndexReader.open(built_home)
    text = index.documents["azure-ad-japan"].text
    index.close()
    file = tmp_path / "azure-ad-japan.md"
    file.write_text(text.replace("Japan", "Brazil"))
    (found,) = _json("azure-ad-japan", str(file))
    aspects = {
        difference["aspect"]
        for change in found["changes"]  # type: ignore[attr-defined]
        for difference in change["differences"]
    }
    assert "place" in aspects


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such"], "neither a file nor a document"),
        (["intune"], "one edition"),
        (["intune@2001-01-01"], "no edition is of that date. Known are intune (2025-06-25)"),
        (["intune@soon", "intune"], "“soon” is no date"),
        (["a", "b", "c"], "a third edition"),
        ([".", "intune"], "is a folder"),
        (["a", "--git", "."], "one revision"),
        (["a", "b", "--git", "no-such-folder"], "no such folder"),
    ],
)
def test_what_names_no_edition_is_said(words: list[str], said: str) -> None:
    done = _run(*words)
    assert isinstance(done.exception, EditionError)
    assert said in str(done.exception)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"")
    assert isinstance(_run(str(file), "intune").exception, DocumentError)


def test_a_table_is_not_written(files: tuple[str, str], tmp_path: Path) -> None:
    assert isinstance(_run(*files, "-o", str(tmp_path / "x")).exception, ExportError)


def _git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git folder of two revisions: a page moved and changed, one is gone."""
    folder = tmp_path / "pages"
    folder.mkdir()
    _git(folder, "init", "-q")
    (folder / "page.md").write_text(PAGE)
    (folder / "gone.md").write_text("# Gone\n\nLogs are stored in Japan.\n")
    (folder / "code.py").write_text("a = 1\n")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "one")
    _git(folder, "tag", "one")
    (folder / "page.md").unlink()
    (folder / "gone.md").unlink()
    (folder / "moved page ü.mdx").write_text(PAGE.replace("30 days", "90 days"))
    (folder / "code.py").write_text("a = 2\n")
    (folder / "empty.md").write_text("\n")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "two")
    return folder


def test_a_git_folder_is_compared_file_by_file(repository: Path) -> None:
    done = _run("one", "HEAD", "--git", str(repository), "--format", "json")
    assert done.exit_code == 0, done.output
    assert "empty.md" in done.stderr
    by_kind = {
        change["kind"]: change
        for row in json.loads(done.stdout)
        for change in row["changes"]
        if change["kind"] != "text"
    }
    assert set(by_kind) == {"removed", "changed"}
    assert by_kind["changed"]["differences"] == [
        {"aspect": "duration", "old": "30 days", "new": "90 days"}
    ]
    assert "Japan" in by_kind["removed"]["old"][0]["text"]


def test_paths_restrict_what_is_compared(repository: Path) -> None:
    (found,) = _json("one", "HEAD", "gone.md", "--git", str(repository))
    assert found["counts"]["removed"] == 1  # type: ignore[index]
    assert _json("one", "HEAD", "code.py", "--git", str(repository)) == []


def test_a_revision_that_is_none_is_said(repository: Path) -> None:
    for revision in ("no-such", "--output=x", "HEAD:page.md"):
        done = _run("--git", str(repository), "--", "one", revision)
        assert isinstance(done.exception, EditionError)
        assert revision in str(done.exception)
    assert not (repository / "x").exists()
