"""What people point an index at by mistake: named with its reason, the rest indexed all the same.

BAD_FILES says of how many files a large folder has.
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fpdf import FPDF

from corpus.intake import walk
from corpus.intake.describe import Given
from index.building import build, prepare
from index.building.build import build_index
from index.building.documents import files
from index.building.survey import Known, Root, survey
from index.errors import HomeUnusable, RegistryError
from index.home.added_sources import Registry, Source
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.types import FileRecord, FileState
from index.upkeep.doctor import inspect
from tests.commands import residency
from tests.sizes import size

GOOD = "# Acme Vault\n\nVaults rest in Reykjavik only.\n"
MANY = size("BAD_FILES", 500, 2_000)


@pytest.fixture
def home(untouched_small_home: Path, tmp_path: Path) -> Home:
    """A copy of a small home, with one good document more."""
    home = Home(Path(shutil.copytree(untouched_small_home, tmp_path / "copy")))
    home.create()
    (home.documents / "good.md").write_text(GOOD)
    return home


def _pdf(text: str = "", password: str = "") -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    if text:
        pdf.cell(0, 6, text)
    if password:
        pdf.set_encryption("owner", password)
    return bytes(pdf.output())


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(64 * 2**20))
    return out.getvalue()


def _records(home: Home, state: FileState) -> dict[str, FileRecord]:
    return {one.name: one for one in files(home) if one.state is state}


def _failed(home: Home) -> dict[str, str]:
    return {name: one.reason for name, one in _records(home, FileState.FAILED).items()}


def _documents(home: Home) -> set[str]:
    with closing(IndexReader.open(home.root)) as reader:
        return set(reader.documents)


def test_every_bad_file_is_named_and_the_others_are_indexed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = walk._read_once
    monkeypatch.setattr(
        walk, "_read_once", lambda file, limit: read.append(file.name) or whole(file, limit)
    )
    own = home.documents
    with (own / "huge.txt").open("wb") as handle:
        handle.truncate(200 * 2**20)
    bad: dict[str, tuple[bytes, str]] = {
        "binary.md": (b"abc\x00def", "is a binary file"),
        "latin.txt": (b"caf\xe9", "is not UTF-8 text (byte 3)"),
        "empty.md": (b"", "has no text"),
        "bomb.docx": (_bomb(), "grows from 0.1 to 64.0 MB when it is opened"),
        "cut.docx": (_bomb()[:9_000], "is no Word document, or is damaged"),
        "scan.pdf": (_pdf(), "has no text on its page. Run OCR on it first"),
        "locked.pdf": (_pdf("Data.", "secret"), "is protected with a password"),
        "broken.pdf": (b"%PDF-1.7\n1 0 obj", "is no PDF, or is damaged"),
        "deep.html": (b"<div>" * 400 + b"x", "nests its elements more than 250 deep"),
        "front.md": (b"---\ntitle: [\n---\n# A\n", "has broken front matter"),
        "number.md": (b"---\ntitle: 0x" + b"f" * 5000 + b"\n---\n# A\nB.\n", "cannot be read"),
        "tag.md": (b"---\ntitle: !!int ''\n---\n# A\nB.\n", "has broken front matter"),
    }
    for name, (content, _) in bad.items():
        (own / name).write_bytes(content)
    (own / "told.md").write_text(GOOD)
    (own / "told.md.about.toml").write_text("id = [[[")
    (own / "loop.md").symlink_to(own / "loop.md")
    (own / "round").symlink_to(own)
    os.mkfifo(own / "pipe.md")
    messages: list[str] = []
    build_index(home.root, progress=messages.append)
    failed = _failed(home)
    for name, (_, reason) in bad.items():
        assert failed[name].startswith(f"{name}: ")
        assert reason in failed[name]
    assert "has 209,715,200 bytes, more than the 67,108,864" in failed["huge.txt"]
    assert "huge.txt" not in read
    assert failed["told.md"].startswith("told.md.about.toml: is no TOML file")
    assert "is a link that leads nowhere" in failed["loop.md"]
    assert "is a pipe, not a regular file" in failed["pipe.md"]
    assert set(failed) == {*bad, "huge.txt", "told.md", "loop.md", "pipe.md"}
    assert {f"left out: {reason}" for reason in failed.values()} <= set(messages)
    assert _documents(home) >= {"good", "quay"}
    assert {check.name for check in inspect(home.root) if not check.ok} == {"files", *failed}


def test_lists_beside_the_documents_that_are_malformed_stop_nothing(home: Home) -> None:
    row = {"document": "good", "section": "Acme Vault", "passage": "Vaults rest in Reykjavik only."}
    (home.documents / "questions.jsonl").write_text(json.dumps(row | {"questions": ["Where?", 1]}))
    (home.documents / "manifest.toml").write_text('[[document]]\nid = 5\nfile = "good.md"\n')
    build_index(home.root)
    failed = _failed(home)
    assert set(failed) == {"questions.jsonl", "manifest.toml"}
    assert "questions.jsonl:1: no document, section, passage and questions" in failed[
        "questions.jsonl"
    ]  # fmt: skip
    assert "not a list of [[document]] tables" in failed["manifest.toml"]
    assert "good" in _documents(home)
    (home.documents / "questions.jsonl").write_text(json.dumps(row | {"questions": ["Where?"]}))
    (home.documents / "manifest.toml").unlink()
    build_index(home.root)
    assert not _failed(home)
    with closing(IndexReader.open(home.root)) as reader:
        asked = reader.catalog.counts()["asked"]
    assert asked > 0


@pytest.mark.parametrize(
    "content",
    [b"\xff", b"[" * 5000, b"9" * 5000, b"a = 0x" + b"f" * 5000, b"a = " + b"[" * 5000, b"oops"],
)  # fmt: skip
def test_a_list_of_any_bytes_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    from corpus.errors import DocumentError, ManifestError
    from corpus.intake.describe import read_manifest, read_sidecar
    from corpus.intake.question_bank import read_questions

    for name in ("manifest.toml", "questions.jsonl"):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "a.md.about.toml").write_bytes(b"title = 0x" + b"f" * 5000 + b"\n" + content)
    with pytest.raises(ManifestError, match=r"manifest\.toml"):
        read_manifest(tmp_path / "manifest.toml")
    with pytest.raises(ManifestError, match=r"questions\.jsonl"):
        read_questions(tmp_path / "questions.jsonl")
    with pytest.raises(DocumentError, match=r"a\.md\.about\.toml"):
        read_sidecar(tmp_path / "a.md")


NAMES = ("line\nend.md", "tab\t.md", "日本語.md", "العربية.md", "naïve e\u0301.md", "👩‍👩‍👧.md",
         "\u202egpj.md", "-rf.md", "a'\"$(x).md", "x" * 250 + ".md", " .md",
         "b\udcff.md")  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_name_is_indexed_and_can_be_printed(home: Home, encoding: str) -> None:
    for number, name in enumerate(NAMES):
        # Without a heading the title is the name.
        (home.documents / name).write_text(f"Vault {number} rests in Reykjavik only.\n")
        (home.documents / f"bad {name[-200:]}").write_bytes(b"caf\xe9")
    done = residency("index", home=home.root, encoding=encoding)
    assert "Traceback" not in done.stderr
    assert len(_failed(home)) == len(NAMES)
    assert len(_records(home, FileState.OK)) == 2 + len(NAMES)
    assert not any(line in name for name in _failed(home) for line in "\n\t\x1b")
    for word in ("status", "list"):
        done = residency("corpus", word, home=home.root, encoding=encoding)
        assert "Traceback" not in done.stderr
        assert len(done.stdout.splitlines()) >= 2 + len(NAMES)


def test_a_source_whose_name_is_no_text_is_refused(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "b\udcff"
    folder.mkdir()
    with pytest.raises(RegistryError, match=r"b\\xff: its name is no valid text"):
        Registry(home.registry).add(Source(str(folder), folder))


def test_a_title_of_any_code_points_is_indexed(home: Home) -> None:
    title = '"\\ud800\\ud83d\\ude00\\0"'
    (home.documents / "odd.md").write_text(f"---\ntitle: {title}\n---\n# A\n\nB c.\n")
    Registry(home.registry).correct("good", Given(title="\udcff" + "long " * 9_000))
    build_index(home.root)
    assert not _failed(home)
    with closing(IndexReader.open(home.root)) as reader:
        assert reader.documents["odd"].about.title.startswith("\ufffd😀")
        assert len(reader.documents["good"].about.title) <= 600


def test_a_file_that_changes_while_it_is_read_is_named_and_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.current()
    path, read = home.documents / "good.md", prepare.read_found

    def changed(file: walk.FoundFile) -> bytes:
        if file.name == "good.md":
            path.write_text(f"# New\n\nIt is {time.time_ns()} now.\n")
        return read(file)

    monkeypatch.setattr(prepare, "read_found", changed)
    build_index(home.root)
    assert "good.md: is being changed while it is read" in _failed(home)["good.md"]
    assert home.current() != before
    monkeypatch.setattr(prepare, "read_found", read)
    build_index(home.root)
    assert not _failed(home)
    assert "good" in _documents(home)


def test_a_file_that_goes_and_comes_back_is_read_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = home.documents / "good.md", prepare.read_found

    def gone(file: walk.FoundFile) -> bytes:
        path.rename(path.with_suffix(".away"))
        try:
            return read(file)
        finally:
            path.with_suffix(".away").rename(path)

    monkeypatch.setattr(prepare, "read_found", gone)
    build_index(home.root)
    assert "good.md: is no longer there" in _failed(home)["good.md"]
    monkeypatch.setattr(prepare, "read_found", read)
    build_index(home.root)
    assert not _failed(home)
    assert "good" in _documents(home)


@pytest.mark.soak
def test_many_tiny_files_are_surveyed_in_one_breath(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home", built_home)
    home.create()
    for number in range(MANY):
        folder = home.documents / f"{number % 100:02}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.md").write_text(f"# Vault\n\nVault {number} rests in Reykjavik.\n")
    (home.documents / "bad.md").write_bytes(b"\xff")
    monkeypatch.setattr(build, "BUNDLED", tmp_path / "none")
    started = time.perf_counter()
    build_index(home.root, shared=built_home)
    first = time.perf_counter() - started
    assert len(_records(home, FileState.OK)) == MANY
    assert {"bad.md"} < set(_failed(home))
    started = time.perf_counter()
    build_index(home.root, shared=built_home)
    again = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    sys.stdout.write(f"{MANY} files: {first:.0f} s, again {again:.1f} s, peak {peak:,.0f} MB\n")
    assert again < max(20.0, first)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of so many megabytes."""
    mounted: list[Path] = []

    def mount(size_mb: int) -> Path:
        place = tmp_path / "disk"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "none", str(place)],
            capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_last_index(
    untouched_home: Path, built_home: Path, full_disk: Callable[[int], Path]
) -> None:
    size = sum(path.stat().st_size for path in untouched_home.rglob("*") if path.is_file()) / 2**20
    models = sum(path.stat().st_size for path in (untouched_home / "models").rglob("*")) / 2**20
    place = full_disk(int(size - models) + 1)
    home = Home(place / "home", built_home)
    shutil.copytree(untouched_home, home.root, ignore=shutil.ignore_patterns("models"))
    home.documents.mkdir(exist_ok=True)
    (home.documents / "good.md").write_text(GOOD)
    before = home.current()
    with pytest.raises(HomeUnusable, match="the last index stays in place"):
        build_index(home.root, shared=built_home)
    assert home.current() == before
    assert [path.name for path in home.builds.iterdir()] == [before.name]
    IndexReader.open(home.root, shared=built_home).close()


def test_what_may_not_be_read_is_named() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give up its rights for one test")
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "closed").mkdir()
        (folder / "closed" / "a.md").write_text(GOOD)
        (folder / "a.md").write_text(GOOD)
        (folder / "b.md").write_text(GOOD)
        (folder / "b.md.about.toml").write_text("title = 'x'")
        (folder / "ok.md").write_text(GOOD)
        (folder / "manifest.toml").write_text("")
        for name in ("a.md", "b.md.about.toml", "manifest.toml", "closed"):
            (folder / name).chmod(0)
        folder.chmod(0o755)
        told = _as_nobody(lambda: _survey(folder))
        assert told["ok"] == ["ok.md"]
        assert set(told["failed"]) == {"a.md", "b.md", "manifest.toml", "closed"}
        assert all("Permission denied" in reason for reason in told["failed"].values())
        folder.chmod(0o700)
        (told,) = [_as_nobody(lambda: _survey(folder))]
        assert told["ok"] == []
        assert "Permission denied" in next(iter(told["failed"].values()))
    finally:
        shutil.rmtree(folder)


def _survey(folder: Path) -> dict[str, object]:
    surveyed = survey([Root("s", folder)], Known({}, {}), {})
    return {
        "ok": [one.record.name for one in surveyed.candidates],
        "failed": {record.name: record.reason for record in surveyed.failures},
    }


def _as_nobody(act: Callable[[], dict[str, object]]) -> dict[str, dict[str, str]]:
    """Return what an act gives in a process without rights."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            os.write(theirs, json.dumps(act()).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return dict(json.loads(said))


def test_a_clock_that_runs_backwards_hides_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    known: dict[tuple[str, str], FileRecord] = {}
    real = time.time_ns
    for step, hours in enumerate((0, 48, -48, 2, -2, 0)):
        shift = hours * 3_600 * 10**9
        monkeypatch.setattr(time, "time_ns", lambda shift=shift: real() + shift)
        path.write_text(f"# A\n\nVault {step} rests in Oslo.\n")
        moment = real() + (step % 3 - 1) * 10**15
        os.utime(path, ns=(moment, moment))
        (found,) = survey([Root("s", tmp_path)], Known(known, {}), {}).candidates
        assert found.record.sha256 == build.hashlib.sha256(path.read_bytes()).hexdigest()
        known = {("s", "a.md"): found.record}
