"""`residency library`: from an answer to an approved one, out to a file, in again and reviewed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import residency

QUESTION = "Where does Intune keep data for a customer in India?"


@pytest.fixture
def home(untouched_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched_home, tmp_path / "copied"))


def test_an_answer_is_approved_given_exported_withdrawn_and_backed_up(
    home: Path, tmp_path: Path
) -> None:
    asked = json.loads(residency("ask", QUESTION, "--json", home=home).stdout)
    done = residency("library", "approve", asked["id"], "--as", "Ana", home=home)
    assert done.returncode == 0, done.stderr
    entry = done.stdout.split(":")[0]
    assert ": new, by Ana" in done.stdout
    again = residency("library", "approve", asked["id"], "--as", "Ana", home=home)
    assert "there already" in again.stdout
    given = json.loads(residency("ask", QUESTION, "--json", home=home).stdout)
    assert given["approved"]["entry"] == entry
    shown = residency("library", "show", entry[:6], home=home).stdout
    assert "approved by Ana" in shown
    assert "stands on:" in shown
    assert entry in residency("library", "search", "intune INDIA", home=home).stdout
    assert residency("library", "search", "iceland", home=home).stdout == ""
    assert "1 approved answers" in residency("doctor", home=home).stdout
    file = tmp_path / "out.csv"
    assert residency("library", "export", "-o", str(file), home=home).returncode == 0
    imported = residency("library", "import", str(file), home=home)
    assert "0 new, 0 approved again, 1 there already" in imported.stdout, imported.stderr
    assert residency("library", "review", home=home).stdout == "nothing to decide on\n"
    residency("library", "withdraw", entry, "--why", "moved", home=home)
    assert residency("library", "list", home=home).stdout == ""
    assert "withdrawn" in residency("library", "list", "--withdrawn", home=home).stdout
    packed = tmp_path / "backup.tar.gz"
    assert residency("backup", str(packed), home=home).returncode == 0
    restored = tmp_path / "restored"
    assert residency("restore", str(packed), home=restored).returncode == 0
    assert entry in residency("library", "list", "--withdrawn", home=restored).stdout


def test_a_questionnaire_is_answered_from_the_library_in_a_column_of_its_own(
    home: Path, tmp_path: Path
) -> None:
    last = tmp_path / "last.csv"
    last.write_text(
        'Question,Answer,Approved by\nDo you test restores?,"Yes, monthly.",Bo\n'
        "Do you test restores?,Never.,Cy\nIs there a mascot?,A heron.,Bo\n"
    )
    done = residency("library", "import", str(last), home=home)
    assert "3 new" in done.stdout
    assert "contradicts" in done.stderr
    assert "residency library withdraw" in done.stderr
    assert "stands on nothing" in done.stderr
    queue = residency("library", "review", "--without-today", home=home)
    assert (queue.returncode, queue.stdout.count("otherwise:")) == (1, 2)
    asked = tmp_path / "new.csv"
    asked.write_text("question\nIs there a mascot?\nDo you test restores?\n")
    out = tmp_path / "out.csv"
    residency("answer", str(asked), "-o", str(out), home=home)
    titles = out.read_text().splitlines()[0]
    assert "Approved by" in titles
    assert "A heron." in out.read_text()
    assert "Bo, 20" in out.read_text()
    assert "contradict each other" in out.read_text()
    assert "Never." not in out.read_text()


def test_an_approved_answer_is_corrected_by_its_id(home: Path, tmp_path: Path) -> None:
    asked = json.loads(residency("ask", QUESTION, "--json", home=home).stdout)
    done = residency("library", "approve", asked["id"], "--as", "Ana", home=home)
    first = done.stdout.split(":")[0]
    words = ("library", "approve", first, "--correction", "In Singapore.", "--as", "Ben")
    done = residency(*words, home=home)
    assert done.returncode == 0, done.stderr
    second = done.stdout.split(":")[0]
    assert f"{first}: replaced, kept to be looked at" in done.stdout
    assert "contradicts" not in done.stdout
    assert f"`residency library approve {second}`" in done.stdout, "what to do, on nothing"
    assert f"replaced by {second}" in residency("library", "list", "--withdrawn", home=home).stdout
    shown = residency("library", "show", second, home=home).stdout
    assert f"replaces:   {first}" in shown
    old = residency("library", "show", first, home=home).stdout
    assert "replaced by Ben" in old
    queue = residency("library", "review", "--without-today", home=home).stdout
    assert f"residency library withdraw {second}" in queue
    file = tmp_path / "out.csv"
    residency("library", "export", "-o", str(file), home=home)
    assert f"{first}, Ana" in file.read_text()
    refused = residency("library", "approve", second, "--question", "Where?", home=home)
    assert (refused.returncode, "--correction" in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("approve", "nothing"), "no recorded answer"),
        (("show", "nothing"), "library list"),
        (("withdraw", "nothing"), "library list"),
        (("approve", "x", "--review-by", "soon"), "2026-01-31"),
        (("export", "-o", "a.pdf"), ".csv or .xlsx"),
    ],
)
def test_bad_input_is_one_line_with_the_next_step(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = residency("library", *words, home=home)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
