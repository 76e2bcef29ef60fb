"""A walk finds what is wanted under names that can be stored, and says what it could not open."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import corpus.intake.walk
from corpus.errors import DocumentError
from corpus.intake.walk import FoundFile, read_whole, shown, walk

MD = frozenset({".md"})
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs what only Linux has")


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(root: Path, *include: str, suffixes: frozenset[str] = MD) -> list[str]:
    walked = walk(root, suffixes, include)
    assert walked.unreadable == ()
    return [file.name for file in walked.files]


def reasons(root: Path) -> dict[str, str]:
    return {entry.path.name: entry.reason for entry in walk(root, MD).unreadable}


def test_files_come_in_order_of_their_names_with_any_case_of_the_suffix(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.md", "a.md", "B.MD", "é.md", "no.txt", "md", "a/.md")
    assert names(tmp_path) == ["B.MD", "a.md", "a/z.md", "b.md", "é.md"]
    assert names(tmp_path, suffixes=frozenset({".TXT"})) == ["no.txt"]


def test_a_file_carries_its_path_and_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/b.md")
    monkeypatch.chdir(tmp_path)
    (file,) = walk(Path("a"), MD).files
    status = (tmp_path / "a/b.md").stat()
    assert file.path == tmp_path / "a" / "b.md"
    assert file.stamp == (
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
    )  # fmt: skip
    (tmp_path / "a/b.md").write_text("other")
    assert walk(Path("a"), MD).files[0].stamp != file.stamp


def test_hidden_entries_and_the_folders_of_tools_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".git/a.md", ".venv/x/a.md", "node_modules/a.md", "a/__pycache__/a.md", ".a.md")
    put(tmp_path, "a/.hidden/a.md", "a/seen.md")
    assert names(tmp_path) == ["a/seen.md"]
    assert names(tmp_path / ".git") == ["a.md"], "a root that is named is looked into"


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (("*.md",), ["a.md", "docs/a.md", "docs/deep/er/b.md", "x/docs/c.md"]),
        (("a.md",), ["a.md", "docs/a.md"]),
        (("/a.md",), ["a.md"]),
        (("./*.md",), ["a.md"]),
        (("/*.md", "b.*"), ["a.md", "docs/deep/er/b.md"]),
        (("docs/*.md",), ["docs/a.md"]),
        (("docs/**/*.md",), ["docs/a.md", "docs/deep/er/b.md"]),
        (("docs/**",), ["docs/a.md", "docs/deep/er/b.md"]),
        (("docs/**/er/**/b.md",), ["docs/deep/er/b.md"]),
        (("docs",), ["docs/a.md", "docs/deep/er/b.md", "x/docs/c.md"]),
        (("d*s/",), ["docs/a.md", "docs/deep/er/b.md", "x/docs/c.md"]),
        (("/docs/",), ["docs/a.md", "docs/deep/er/b.md"]),
        (("**/docs/*",), ["docs/a.md", "x/docs/c.md"]),
        (("[ab].md",), ["a.md", "docs/a.md", "docs/deep/er/b.md"]),
        (("[!a].md",), ["docs/deep/er/b.md", "x/docs/c.md"]),
        (("?.md", "*.txt"), ["a.md", "docs/a.md", "docs/deep/er/b.md", "x/docs/c.md"]),
        ((".",), ["a.md", "docs/a.md", "docs/deep/er/b.md", "x/docs/c.md"]),
        (("[", "[z-a]", "*.rst", "../*"), []),
    ],
)
def test_patterns(tmp_path: Path, include: tuple[str, ...], expected: list[str]) -> None:
    put(tmp_path, "a.md", "docs/a.md", "docs/deep/er/b.md", "x/docs/c.md", "a.txt")
    assert names(tmp_path, *include) == expected


def test_a_pattern_of_many_stars_takes_no_long_time(tmp_path: Path) -> None:
    put(tmp_path, "/".join("a" * 30) + "/" + "a" * 200 + ".md")
    began = time.monotonic()
    assert names(tmp_path, "**/a/" * 25 + "*a" * 25 + "b") == []
    assert time.monotonic() - began < 30


# --- Links and special files ----------------------------------------------------------------------


def test_links_are_followed_and_a_folder_is_visited_once(tmp_path: Path) -> None:
    put(tmp_path, "in/real/a.md", "out/b.md", "out/sub/c.md", "one.md")
    root = tmp_path / "in"
    (root / "again").symlink_to("real")
    (root / "ext").symlink_to(tmp_path / "out")
    (root / "ext2").symlink_to(tmp_path / "out")
    (root / "real/loop").symlink_to(root)
    (tmp_path / "out/back").symlink_to(root)
    (root / "file.md").symlink_to(tmp_path / "one.md")
    (root / "target-has-it").symlink_to(tmp_path / "one.md")
    assert names(root) == ["ext/b.md", "ext/sub/c.md", "file.md", "real/a.md"]


def test_links_that_lead_nowhere_are_reported_where_a_document_was_meant(tmp_path: Path) -> None:
    for name in ("gone.md", "gone.txt", "gone"):
        (tmp_path / name).symlink_to("nothing")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "self").symlink_to("self")
    put(tmp_path, "a.md")
    (tmp_path / "through.md").symlink_to("a.md/b")
    assert reasons(tmp_path) == dict.fromkeys(
        ("gone.md", "self.md", "through.md"), "is a link that leads nowhere"
    )


@linux
def test_special_files_are_reported_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "null.md").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as bound:
        # The whole path may be longer than an address of a socket.
        here = os.open(tmp_path, os.O_RDONLY)
        bound.bind(f"/proc/self/fd/{here}/socket.md")
        os.close(here)
    (tmp_path / "folder.md").mkdir()
    assert reasons(tmp_path) == {
        "pipe.md": "is a pipe, not a regular file",
        "null.md": "is a device, not a regular file",
        "socket.md": "is a socket, not a regular file",
    }


@not_as_root
def test_a_folder_without_permission_is_named_and_the_walk_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "open/a.md", "shut/b.md", "z.md")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "link").symlink_to("shut/inner")
    try:
        walked = walk(tmp_path, MD)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert [file.name for file in walked.files] == ["open/a.md", "z.md"]
    assert [(entry.path.name, entry.reason) for entry in walked.unreadable] == [
        ("link", "cannot be looked into (Permission denied)"),
        ("shut", "cannot be looked into (Permission denied)"),
    ]


def test_a_folder_that_fails_is_named_and_the_walk_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a/a.md", "b/b.md", "c.md")
    listed = os.scandir

    def fails(path: str | int) -> object:
        # Who takes the folder of the test away lists open ones, by their numbers.
        if isinstance(path, str) and path.endswith("/a"):
            raise OSError(5, "Input/output error")
        return listed(path)

    monkeypatch.setattr(corpus.intake.walk.os, "scandir", fails)
    walked = walk(tmp_path, MD)
    assert [file.name for file in walked.files] == ["b/b.md", "c.md"]
    assert walked.unreadable[0].path == tmp_path / "a"
    assert walked.unreadable[0].reason == "cannot be looked into (Input/output error)"


# --- Roots ----------------------------------------------------------------------------------------


def test_a_root_may_be_a_file_or_a_link(tmp_path: Path) -> None:
    put(tmp_path, "real/a.md", "real/b.txt")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "link.md").symlink_to("real/a.md")
    (file,) = walk(tmp_path / "link", MD).files
    assert (file.path, file.name) == (tmp_path / "link/a.md", "a.md")
    put(tmp_path / "other", "in/b.md", "c.md")
    (tmp_path / "into").symlink_to("other/in")
    assert names(tmp_path / "into" / "..") == ["c.md", "in/b.md"], "as the system reads it"
    (file,) = walk(tmp_path / "link.md", MD, ("other/*",)).files
    assert (file.path, file.name) == (tmp_path / "link.md", "link.md")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "does not exist"),
        ("dangling.md", "does not exist"),
        ("a.txt/below", "cannot be looked into (Not a directory)"),
        ("pipe.md", "is a pipe, not a regular file"),
        ("a.txt", "is none of the files that are read (.md)"),
        ("a\0b", "cannot be looked into (embedded null byte)"),
    ],
)
def test_a_root_that_cannot_be_used_is_reported(tmp_path: Path, name: str, reason: str) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dangling.md").symlink_to("nothing")
    walked = walk(tmp_path / name, MD)
    assert walked.files == ()
    assert [(entry.path, entry.reason) for entry in walked.unreadable] == [
        (tmp_path / name, reason)
    ]


# --- Names ----------------------------------------------------------------------------------------


def original(name: str) -> str:
    """The name before `shown`."""

    def back(match: re.Match[str]) -> str:
        code = int(match[1][1:], 16)
        return chr(code + 0xDC00 if match[1][0] == "x" and code >= 0x80 else code)

    return re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4})", back, name)


@given(st.text(st.characters() | st.sampled_from("\\xu8ac05\udc80\udcff\x1b\n")))
@example("\\xff\udcff\\x5cxff")
@example("\\\\udcff\udcff")
def test_shown_names_are_valid_single_lines_and_tell_the_original(name: str) -> None:
    written = shown(name)
    assert original(written) == name
    assert len(f".{written}.".splitlines()) == 1
    assert json.loads(json.dumps(written, ensure_ascii=False).encode()) == written
    with sqlite3.connect(":memory:") as database:
        assert database.execute("SELECT ?", (written,)).fetchone() == (written,)
    database.close()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\\")))
def test_ordinary_names_are_shown_as_they_are(name: str) -> None:
    assert shown(name) == name


@linux
def test_names_of_every_kind_are_found_and_open(tmp_path: Path) -> None:
    raw = [
        b"line\nbreak.md", b"tab\tbell\x07.md", b"\x1b[31mred.md", b"latin-\xe9.md", b"\xff\xfe.md",
        "日本語/ملف.md".encode(), "e\u0301.md".encode(), "\u202egnp.md".encode(), b"a\\xe9.md",
        b"a\xe9.md", b"back\\slash.md", b"  .md", b"-rf.md", b"bad-\xc3/\xa9.md", b"*[?].md",
    ]  # fmt: skip
    for name in raw:
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name)
    files = walk(tmp_path, MD).files
    assert sorted(read_whole(file, 1000) for file in files) == sorted(raw)
    assert all(original(file.name) == os.fsdecode(read_whole(file, 99)) for file in files)
    assert {"line\\x0abreak.md", "latin-\\xe9.md", "日本語/ملف.md", "back\\slash.md"} <= {
        file.name for file in files
    }
    assert len({file.name.encode() for file in files}) == len(raw)
    assert names(tmp_path, "latin-?.md", "line*") == ["latin-\\xe9.md", "line\\x0abreak.md"]


@linux
@given(st.lists(st.binary(min_size=1, max_size=20), unique=True, max_size=5))
def test_any_bytes_may_be_a_name(
    tmp_path_factory: pytest.TempPathFactory, raw: list[bytes]
) -> None:
    root = tmp_path_factory.mktemp("any")
    wanted = {name.translate(None, b"/\0").lstrip(b".") + b"x.md" for name in raw}
    for name in wanted:
        (root / os.fsdecode(name)).write_bytes(name)
    files = walk(root, MD).files
    assert {file.path.read_bytes() for file in files} == wanted
    assert len({file.name for file in files}) == len(wanted)


# --- Size -----------------------------------------------------------------------------------------


def test_twenty_thousand_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        for number in range(200):
            os.close(os.open(f"{tmp_path}/{folder}/{number}.md", os.O_CREAT | os.O_WRONLY))
    began = time.monotonic()
    found = names(tmp_path, "*.md", "docs/**/*.md")
    assert time.monotonic() - began < 30
    assert len(found) == 20_000
    assert found == sorted(found)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """1,500 folders in one another; taken away from below, as others recurse."""
    path = tmp_path
    for _ in range(1500):
        path = path / "d"
        path.mkdir()
    yield path
    for entry in path.iterdir():
        entry.unlink()
    while path != tmp_path:
        path.rmdir()
        path = path.parent


def test_very_deep_folders(tmp_path: Path, deep: Path) -> None:
    put(deep, "a.md")
    assert names(tmp_path, "*.md") == ["d/" * 1500 + "a.md"]
    assert names(tmp_path, "d/**/d/**/d/*.md") == ["d/" * 1500 + "a.md"]


# --- Reading --------------------------------------------------------------------------------------


def found(path: Path) -> FoundFile:
    (file,) = walk(path, MD).files
    return file


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "empty.md").touch()
    assert read_whole(found(tmp_path / "a.md"), 4) == b"a.md"
    assert read_whole(found(tmp_path / "empty.md"), 0) == b""
    with pytest.raises(DocumentError, match=r"a\.md: has 4 bytes, more than the 3 that are read"):
        read_whole(found(tmp_path / "a.md"), 3)


def test_a_file_that_grew_since_it_was_found_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    file = found(tmp_path / "a.md")
    file.path.write_bytes(b"x" * 11)
    with pytest.raises(DocumentError, match="has 11 bytes"):
        read_whole(file, 10)


def test_a_file_that_is_not_one_any_more(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    file = found(tmp_path / "a.md")
    file.path.unlink()
    with pytest.raises(DocumentError, match=r"a\.md: is no longer there"):
        read_whole(file, 10)
    file.path.mkdir()
    with pytest.raises(DocumentError, match="not a regular file"):
        read_whole(file, 10)
    file.path.rmdir()
    os.mkfifo(file.path)
    with pytest.raises(DocumentError, match="is a pipe, not a regular file"):
        read_whole(file, 10)


@not_as_root
def test_a_file_without_permission(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(0)
    with pytest.raises(DocumentError, match=r"cannot be read \(Permission denied\)"):
        read_whole(found(tmp_path / "a.md"), 10)


def test_a_file_written_once_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.md")
    file = found(tmp_path / "a.md")
    time.sleep(0.03)
    opened = os.fdopen

    def late(*args: object, **more: object) -> object:
        if file.path.read_text() == "a.md":
            file.path.write_text("other")
        return opened(*args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(corpus.intake.walk.os, "fdopen", late)
    assert read_whole(file, 10) == b"other"


@pytest.mark.parametrize("size", [1, 4_000_000])
def test_a_file_that_is_written_all_the_time_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * size)
    file = found(path)
    ended = threading.Event()

    def write() -> None:
        with path.open("r+b", buffering=0) as stream:
            while not ended.is_set():
                stream.seek(0)
                stream.write(b"y")

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.03)
    try:
        with pytest.raises(DocumentError, match=r"a\.md: is being changed while it is read"):
            read_whole(file, 5_000_000)
    finally:
        ended.set()
        writer.join()


def test_files_that_no_suffix_asks_for_are_named(tmp_path: Path) -> None:
    put(
        tmp_path, "a.md", "b.txt", "sub/LICENSE", "sub/.c.md", ".git/config", "node_modules/d.js",
        "skip/e.txt", "skip/f.md",
    )  # fmt: skip
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    walked = walk(tmp_path, MD)
    assert [other.name for other in walked.others] == [
        "b.txt", "link.txt", "skip/e.txt", "sub/.c.md", "sub/LICENSE"
    ]  # fmt: skip
    assert walked.others[0].path == tmp_path / "b.txt"
    assert walked.unreadable == ()
    assert [one.name for one in walk(tmp_path, MD, ["/*.*"]).others] == ["b.txt", "link.txt"]
    assert walk(tmp_path, MD, ["*.md"]).others[0].name == "sub/.c.md"
