"""Files and folders as nobody should leave them: each is read or refused by name, nothing else.

FUZZ_CASES says how many cases there are in all, FUZZ_FIRST which is the first: a case that fails
names its number, and `FUZZ_FIRST=<number> FUZZ_CASES=1` makes it again.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus.errors import CorpusError
from corpus.intake.describe import Given, read_manifest, read_sidecar
from corpus.intake.question_bank import bind, consistent, read_questions
from corpus.intake.walk import shown
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk, Span
from index.building import build
from index.building.build import build_index
from index.building.documents import files
from index.building.prepare import by_document, written_hash
from index.building.survey import Known, Root, Surveyed, survey
from index.home.added_sources import Registry, Source
from index.home.paths import CATALOG, Home
from index.searching.reader import IndexReader
from index.stores.catalog import Catalog
from index.types import FileRecord, FileState, Vectors
from index.upkeep.doctor import inspect
from tests.sizes import size
from tests.soak.checks import bounded, check_file
from tests.soak.mutations import (
    LARGEST,
    MARKS,
    PIECES,
    UNITS,
    mutated_binary,
    mutated_rows,
    mutated_text,
    mutated_toml,
)

CASES = size("FUZZ_CASES", 150, 3_000)
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
ONE = "FUZZ_FIRST" in os.environ
pytestmark = [pytest.mark.soak, pytest.mark.timeout(max(300, CASES * 3))]


def _numbers(share: float) -> range:
    return range(FIRST, FIRST + (CASES if ONE else max(1, int(CASES * share))))


@pytest.mark.parametrize(("make", "share"), [(mutated_text, 0.5), (mutated_binary, 0.1)])
def test_a_mutated_file_is_read_or_refused(
    make: type[object], share: float, gazetteer: Gazetteer
) -> None:
    for number in _numbers(share):
        name, content = make(number)
        try:
            with bounded():
                check_file(name, content, gazetteer)
        except BaseException as error:
            error.add_note(f"case {number} of {make.__name__}: {content[:80]!r}")
            raise


def test_a_mutated_description_is_read_or_refused(tmp_path: Path, gazetteer: Gazetteer) -> None:
    file = tmp_path / "a.md"
    content = b"# A\n\nData is kept in Oslo.\n"
    file.write_bytes(content)
    for number in _numbers(0.1):
        written = mutated_toml(number)
        try:
            for path in (tmp_path / "a.md.about.toml", tmp_path / "manifest.toml"):
                path.write_text(written, encoding="utf-8", errors="surrogatepass")
            with bounded():
                _describe(file, content, gazetteer)
        except BaseException as error:
            error.add_note(f"case {number} of mutated_toml: {written!r:.300}")
            raise


def _describe(file: Path, content: bytes, gazetteer: Gazetteer) -> None:
    said = [Given()]
    for read in (
        lambda: read_sidecar(file),
        lambda: read_manifest(file.with_name("manifest.toml")).get("a.md", Given()),
    ):
        try:
            said.append(read())
        except CorpusError as error:
            str(error).encode()
    for one in said:
        assert all(isinstance(value, str) for value in (one.id, one.title, one.service))
        check_file("a.md", content, gazetteer, one)
    surveyed = survey([Root("s", file.parent)], Known({}, {}), {})
    assert len(surveyed.candidates) + len(surveyed.failures) >= 1


def test_a_mutated_bank_of_questions_is_read_or_refused(tmp_path: Path) -> None:
    bank = tmp_path / "questions.jsonl"
    text = "Data is kept in Oslo."
    chunk = Chunk("0", "a", Span(0, 21), text, BlockKind.PARAGRAPH, ("A",), "", 0, -1, "")
    for number in _numbers(0.1):
        written = mutated_rows(number)
        bank.write_text(written, encoding="utf-8")
        try:
            with bounded():
                rows = read_questions(bank)
                kept, _ = consistent(rows)
                for document, asked in by_document(kept).items():
                    written_hash(asked).encode()
                    document.encode()
                for asked_chunk in bind(kept, [chunk]).asked:
                    asked_chunk.question.encode()
        except CorpusError as error:
            str(error).encode()
        except BaseException as error:
            error.add_note(f"case {number} of mutated_rows: {written!r:.300}")
            raise


_TEXTS = st.lists(
    st.one_of(
        st.sampled_from((*PIECES, *UNITS, *MARKS)),
        st.text(max_size=12),
        st.tuples(st.sampled_from(UNITS), st.integers(2, 300)).map(lambda pair: pair[0] * pair[1]),
    ),
    max_size=12,
)


@settings(
    max_examples=max(1, int(CASES * 0.15)), deadline=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
@given(_TEXTS, st.sampled_from(("\n", "", " ", "\n\n")), st.sampled_from((".md", ".txt")))
def test_any_text_is_read_or_refused(
    gazetteer: Gazetteer, pieces: list[str], between: str, suffix: str
) -> None:
    content = between.join(pieces).encode("utf-8", "replace")[:LARGEST]
    with bounded():
        check_file(f"case{suffix}", content, gazetteer)


NAMES = ("a.md", "b.txt", "A.md", "sub/a.md", "sub/deep/c.md", "naïve 日本.md", "line\nend.md",
         "b\udcff.md", "x.MD", "a.markdown")  # fmt: skip
TEXTS = tuple(f"# {word}\n\nData of {word} is kept in {place}.\n".encode() for word, place in (
    ("Mail", "Oslo"), ("Chat", "Rome"), ("Logs", "Lima"), ("Scan", "Bern")))  # fmt: skip
BAD = (b"", b"\xff\xfe\xff", b"a\x00b", b"---\ntitle: [\n---\n# A\n", b"   \n\n")
ABOUTS = (b'title = "Told"\n', b'id = "told"\n', b"date = 1\n", b"title = ",
          b"id = 0x" + b"f" * 5000, b'date = "2024-01-02"\nsupersedes = ["a"]\n')  # fmt: skip

UNNAMED = tuple(about for about in ABOUTS if not about.startswith(b"id"))
"""An id once given stays with its file, so that a build from nothing may give others."""


def _told(surveyed: Surveyed) -> tuple[FileRecord, ...]:
    """Return the records of files that become no document."""
    return (*surveyed.failures, *surveyed.not_read, *surveyed.duplicates)


@dataclass
class Ledger:
    """A folder that changes, and what the last look at it told."""

    folder: Path
    known: dict[tuple[str, str], FileRecord] = field(default_factory=dict)
    corrections: dict[str, Given] = field(default_factory=dict)
    left_out: set[tuple[str, str]] = field(default_factory=set)

    def path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def paths(self) -> list[Path]:
        """Return the files that a look must account for."""
        found: list[Path] = []
        for folder, _, names in os.walk(self.folder):
            found += [Path(folder, name) for name in names]
        wanted = (".md", ".txt", ".markdown")
        return sorted(path for path in found if path.suffix.lower() in wanted)

    def look(self) -> Surveyed:
        """Survey the folder, check what is told, and keep it for the next look."""
        known = Known(self.known, self.corrections, frozenset(self.left_out))
        with bounded():
            surveyed = survey([Root("s", self.folder)], known, {})
        self._check(surveyed)
        before, self.known = self.known, {}
        for record in (*(one.record for one in surveyed.candidates), *_told(surveyed)):
            self.known[record.source, record.name] = record
            earlier = before.get((record.source, record.name))
            settled = earlier and earlier.state is record.state is FileState.OK
            if settled and not self._renamed():
                assert record.document == earlier.document, "ids stay while a file does"
        return surveyed

    def _renamed(self) -> bool:
        """Tell whether something beside a document may give an id, which moves those of others."""
        said = {given.id for given in self.corrections.values()}
        manifest = self.folder / "manifest.toml"
        listed = manifest.is_file() and b"id =" in manifest.read_bytes()
        return bool(said) or listed or any(self.folder.rglob("*.about.toml"))

    def _check(self, surveyed: Surveyed) -> None:
        taken = {one.file.path: one for one in surveyed.candidates}
        told = {record.path for record in _told(surveyed)}
        names = [one.record.name for one in surveyed.candidates]
        names += [record.name for record in _told(surveyed)]
        assert len(set(names)) == len(names), "a file is told of once"
        for name in (*names, *told):
            name.encode()
            assert "\n" not in name
        ids = [one.record.document for one in surveyed.candidates]
        assert len(set(ids)) == len(ids)
        out = {name for _, name in self.left_out}
        for path in self.paths():
            if shown(path.relative_to(self.folder).as_posix()) in out or path.is_dir():
                continue
            found = taken.get(path)
            if found is None:
                assert shown(str(path)) in told
                continue
            assert shown(str(path)) not in told
            real = hashlib.sha256(path.read_bytes()).hexdigest()
            assert found.record.sha256 == real, "what changed was noticed"
        for path in taken:
            assert path.is_file(), "what is gone is gone"


class Folder(RuleBasedStateMachine):
    """A folder that is added to, edited, renamed, linked and described in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger(Path(tempfile.mkdtemp(prefix="ledger")))

    def teardown(self) -> None:
        shutil.rmtree(self.ledger.folder, ignore_errors=True)

    names = st.sampled_from(NAMES)

    @rule(name=names, content=st.sampled_from((*TEXTS, *TEXTS, *BAD)))
    def write(self, name: str, content: bytes) -> None:
        path = self.ledger.path(name)
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
            path.write_bytes(content)

    @rule(name=names)
    def delete(self, name: str) -> None:
        self.ledger.path(name).unlink(missing_ok=True)

    @rule(name=names, other=names)
    def rename(self, name: str, other: str) -> None:
        if self.ledger.path(name).exists():
            self.ledger.path(name).replace(self.ledger.path(other))

    @rule(name=names)
    def touch(self, name: str) -> None:
        if self.ledger.path(name).exists():
            os.utime(self.ledger.path(name))

    @rule(name=names, content=st.sampled_from(TEXTS), seconds=st.sampled_from((-(10**6), 0, 10**6)))
    def replace_unseen(self, name: str, content: bytes, seconds: int) -> None:
        """Other bytes of the same length, and the time of the last change put back."""
        path = self.ledger.path(name)
        if not path.is_file():
            return
        before = path.stat()
        path.write_bytes(content[: before.st_size].ljust(before.st_size))
        moved = before.st_mtime_ns + seconds * 10**9
        os.utime(path, ns=(before.st_atime_ns, moved))

    @rule(name=names, other=names)
    def link(self, name: str, other: str) -> None:
        path = self.ledger.path(name)
        path.unlink(missing_ok=True)
        path.symlink_to(self.ledger.path(other))

    @rule(name=names, content=st.sampled_from(ABOUTS))
    def tell(self, name: str, content: bytes) -> None:
        path = self.ledger.path(name)
        path.with_name(path.name + ".about.toml").write_bytes(content)

    @rule(content=st.sampled_from((b"", b"x", b'[[document]]\nid = "m"\nfile = "a.md"\n')))
    def manifest(self, content: bytes) -> None:
        self.ledger.path("manifest.toml").write_bytes(content)

    @rule(name=names)
    def leave_out(self, name: str) -> None:
        self.ledger.left_out.symmetric_difference_update({("s", name)})

    @rule(document=st.sampled_from(("a", "b", "m")), title=st.sampled_from(("", "Said")))
    def correct(self, document: str, title: str) -> None:
        self.ledger.corrections[document] = Given(title=title)

    @invariant()
    def everything_is_accounted_for(self) -> None:
        self.ledger.look()


TestFolder = Folder.TestCase
TestFolder.settings = settings(
    max_examples=max(1, int(CASES * 0.02)), stateful_step_count=12, deadline=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip


@pytest.fixture
def tiny(built_home: Path, tmp_path: Path) -> Home:
    """A home that shares model and embedded texts with the built one."""
    home = Home(tmp_path / "tiny", built_home)
    home.create()
    (home.root / "models").symlink_to(home.models)
    return home


def _change(chance: random.Random, home: Home, extra: Path) -> None:
    """Do to a home what a user might do between two builds; no two files want the same id."""
    registry = Registry(home.registry)
    name = chance.choice(
        ("a.md", "b.txt", "naïve 日本.md", "line\nend.md", "b\udcff.md", "sub/c.md")
    )
    path = home.documents / name
    path.parent.mkdir(exist_ok=True)
    match chance.choice(("write", "write", "write", "bad", "delete", "tell", "add", "remove", "out",
                         "in", "correct", "bank", "move")):  # fmt: skip
        case "write":
            path.write_bytes(chance.choice(TEXTS))
        case "bad":
            path.write_bytes(chance.choice(BAD))
        case "delete":
            path.unlink(missing_ok=True)
        case "tell":
            path.with_name(path.name + ".about.toml").write_bytes(chance.choice(UNNAMED))
        case "add":
            registry.add(Source(str(extra), extra, (), Given(publisher=chance.choice("xy"))))
        case "remove":
            registry.remove(str(extra))
        case "out":
            registry.leave_out("documents", shown(name))
        case "in":
            registry.take_in("documents", shown(name))
        case "correct":
            registry.correct(chance.choice(("a", "b", "told")), Given(title=chance.choice("TU")))
        case "bank":
            row = (
                '{"document": "a", "section": "Mail", "passage": "Data of Mail is kept in Oslo.", '
            )
            end = chance.choice(('"questions": ["Where is mail?"]}', '"questions": 1}', "oops"))
            (home.documents / "questions.jsonl").write_text(row + end)
        case "move" if path.exists():
            path.replace(home.documents / "b.txt")


def _contents(home: Home) -> dict[str, object]:
    """Return what a build holds, however it came to be."""
    with closing(IndexReader.open(home.root, shared=home.shared)) as reader:
        catalog = reader.catalog
        records = [replace(one, stamp=None, checked_ns=0) for one in catalog.files()]
        return {
            "documents": catalog.documents(),
            "chunks": catalog.all_chunks(),
            "notes": catalog.notes([chunk.id for chunk in catalog.all_chunks()]),
            "facts": catalog.statements(),
            "texts": {which: sorted(catalog.texts(which)) for which in Vectors},
            "vectors": {which: sorted(reader.vectors.ids(which)) for which in Vectors},
            "words": reader.words.counts(),
            "files": [one for one in records if one.state is not FileState.REMOVED],
        }


def _check_build(home: Home, before: dict[str, object]) -> None:
    troubles = [check for check in inspect(home.root) if not check.ok]
    failed = {one.name for one in files(home) if one.state is FileState.FAILED}
    assert {check.name for check in troubles} <= {"files", "disk", *failed}, troubles
    with closing(Catalog(home.current() / CATALOG)) as catalog:
        taken = {one.document for one in catalog.files() if one.state is FileState.OK}
        assert taken == {document.id for document in catalog.documents()}
    assert before == _contents(home)


@pytest.mark.parametrize("seed", range(max(1, CASES // 300)))
def test_a_build_from_the_one_before_is_a_build_from_nothing(
    seed: int, tiny: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its own documents alone: thousands of written questions belong to those that come along.
    monkeypatch.setattr(build, "BUNDLED", tmp_path / "none")
    (tmp_path / "none").mkdir()
    (tiny.documents / "kept.md").write_bytes(TEXTS[3])
    chance = random.Random(seed)
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "more.md").write_bytes(TEXTS[0])
    (extra / "other.md").write_bytes(TEXTS[1])
    (tiny.documents / "a.md").write_bytes(TEXTS[2])
    for _ in range(3):
        for _ in range(chance.randint(1, 5)):
            _change(chance, tiny, extra)
        build_index(tiny.root, shared=tiny.shared)
    grown = _contents(tiny)
    shutil.rmtree(tiny.builds)
    tiny.pointer.unlink()
    build_index(tiny.root, shared=tiny.shared)
    _check_build(tiny, grown)
