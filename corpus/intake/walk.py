"""Files below a folder: found in a fixed order, told apart by stamps, read whole or not at all."""

from __future__ import annotations

import errno
import fnmatch
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from typing import NamedTuple

from corpus.errors import DocumentError

_LEFT_OUT = frozenset({"__pycache__", "node_modules"})
_SECOND_TRY_S = 0.05
# Times of files move in ticks of up to 10 ms: a change in the tick of the last one leaves no trace.
_SETTLED_NS = 20_000_000
# A pipe that took the file's place must not make the reader wait for a writer.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SPECIAL = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
# What no line of text can hold, and the backslashes that would read as an escape of it.
_ESCAPED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})"
)
_GLOB = re.compile(r"[*?\[]")


class Stamp(NamedTuple):
    """What tells, without reading, that a file is the one seen before."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: int
    device: int


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that a walk came upon."""

    path: Path
    """Absolute, as the system spells it; links in it are kept."""
    name: str
    """POSIX path below the root, in one line of valid text; see `shown`."""
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder, link or special file that could not be looked into, and why."""

    path: Path
    reason: str


class OtherFile(NamedTuple):
    """A file that no suffix asks for; all that is known of it is its name."""

    path: Path
    name: str
    """POSIX path below the root, in one line of valid text."""


class Walked(NamedTuple):
    """What a walk found, files in order of their names, the others in order of their paths."""

    files: tuple[FoundFile, ...]
    unreadable: tuple[Unreadable, ...]
    others: tuple[OtherFile, ...] = ()
    """Files of other suffixes that match a pattern, if any is given; the hidden ones too, but for
    what lies in hidden folders."""


def walk(root: Path, suffixes: frozenset[str], include: Sequence[str] = ()) -> Walked:
    """Return the files below a root that have a wanted suffix and match a pattern, if any is given.

    '*.md' matches at any depth, 'docs/**/*.md' and '/*.md' from the root on, 'docs' and 'docs/'
    everything in folders of that name. Links are followed; no folder is visited twice, and one
    that can be reached without a link keeps the name that it has there. Hidden entries and the
    folders of package managers are left out. A root that is a file needs a suffix, not a pattern.
    """
    start = root.absolute()
    try:
        status = start.stat()
    except (OSError, ValueError) as error:
        return Walked((), (Unreadable(start, _reason(error)),))
    wanted = _Wanted(
        frozenset(suffix.lower() for suffix in suffixes),
        tuple(_pattern(written) for written in include),
    )
    if stat.S_ISDIR(status.st_mode):
        return _Walk(wanted).below(start)
    if not stat.S_ISREG(status.st_mode):
        return Walked((), (Unreadable(start, _not_a_file(status)),))
    if not wanted.has_suffix(start.name):
        known = ", ".join(sorted(wanted.suffixes))
        return Walked((), (Unreadable(start, f"is none of the files that are read ({known})"),))
    return Walked((FoundFile(start, shown(start.name), _stamp(status)),), ())


def shown(name: str) -> str:
    r"""Return a file name as one line of valid text, different for different names.

    A byte that is no UTF-8 becomes '\x' and two digits, so does a control character; a backslash
    stays one unless it stands before what looks like such an escape.
    """
    return _ESCAPED.sub(lambda match: _escape(ord(match[0])), name)


def read_whole(file: FoundFile, limit: int) -> bytes:
    """Return the bytes of a file that is no larger than the limit and holds still meanwhile."""
    _refuse_larger(file, file.stamp.size, limit)
    try:
        content = _read_once(file, limit)
        if content is None:
            time.sleep(_SECOND_TRY_S)
            content = _read_once(file, limit)
    except FileNotFoundError as error:
        raise DocumentError(file.name, "is no longer there", "Look for the files again") from error
    except OSError as error:
        raise DocumentError(
            file.name, f"cannot be read ({error.strerror})", "Check the file and its permissions"
        ) from error
    if content is None:
        raise DocumentError(
            file.name, "is being changed while it is read", "Try again when it is written"
        )
    return content


def _read_once(file: FoundFile, limit: int) -> bytes | None:
    """Return the content, or None when the file is not surely the same before and after."""
    descriptor = os.open(file.path, _OPEN)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise DocumentError(file.name, _not_a_file(before), "Look for the files again")
        _refuse_larger(file, before.st_size, limit)
        if 0 <= time.time_ns() - max(before.st_mtime_ns, before.st_ctime_ns) < _SETTLED_NS:
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(before.st_size + 1)
        same = _stamp(os.fstat(descriptor)) == _stamp(before)
        return content if same and len(content) == before.st_size else None
    finally:
        os.close(descriptor)


def _refuse_larger(file: FoundFile, size: int, limit: int) -> None:
    if size > limit:
        raise DocumentError(
            file.name, f"has {size:,} bytes, more than the {limit:,} that are read",
            "Split it into smaller files",
        )  # fmt: skip


class _Waiting(NamedTuple):
    """A folder to visit; those reached by links come last, so that real names win."""

    linked: bool
    name: str
    path: str


class _Walk:
    """One walk below one folder: what is found, what was visited and what is still to visit."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._files: list[FoundFile] = []
        self._unreadable: list[Unreadable] = []
        self._others: list[OtherFile] = []
        self._visited: set[tuple[int, int]] = set()
        self._waiting: list[_Waiting] = []

    def below(self, root: Path) -> Walked:
        heappush(self._waiting, _Waiting(False, "", str(root)))
        while self._waiting:
            self._visit(heappop(self._waiting))
        return Walked(
            tuple(sorted(self._files, key=lambda file: file.name)),
            tuple(sorted(self._unreadable, key=lambda entry: str(entry.path))),
            tuple(sorted(self._others, key=lambda other: other.name)),
        )

    def _visit(self, folder: _Waiting) -> None:
        try:
            status = Path(folder.path).stat()
            if (status.st_dev, status.st_ino) in self._visited:
                return
            self._visited.add((status.st_dev, status.st_ino))
            prefix = f"{folder.name}/" if folder.name else ""
            with os.scandir(folder.path) as entries:
                for entry in entries:
                    if entry.name not in _LEFT_OUT:
                        self._look_at(entry, prefix + entry.name)
        except OSError as error:
            self._report(folder.path, _reason(error))

    def _look_at(self, entry: os.DirEntry[str], name: str) -> None:
        hidden = entry.name.startswith(".")
        wanted = not hidden and self._wanted(name)
        linked = False
        try:
            linked = not hidden and entry.is_symlink()
            if not linked and not hidden and entry.is_dir():
                heappush(self._waiting, _Waiting(False, name, entry.path))
            elif wanted or linked:
                self._take(entry, name, entry.stat(), wanted)
            elif entry.is_file(follow_symlinks=False):
                self._pass_over(entry, name)
        except OSError as error:
            # What went away since the folder was listed is simply not there.
            lost = error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR)
            if linked and lost and wanted:
                self._report(entry.path, "is a link that leads nowhere")
            elif not lost:
                self._report(entry.path, _reason(error))

    def _take(
        self, entry: os.DirEntry[str], name: str, status: os.stat_result, wanted: bool
    ) -> None:
        if stat.S_ISDIR(status.st_mode):
            heappush(self._waiting, _Waiting(True, name, entry.path))
        elif wanted and stat.S_ISREG(status.st_mode):
            self._files.append(FoundFile(Path(entry.path), shown(name), _stamp(status)))
        elif wanted:
            self._report(entry.path, _not_a_file(status))
        elif stat.S_ISREG(status.st_mode):
            self._pass_over(entry, name)

    def _pass_over(self, entry: os.DirEntry[str], name: str) -> None:
        if self._wanted.passes_over(name):
            self._others.append(OtherFile(Path(entry.path), shown(name)))

    def _report(self, path: str, reason: str) -> None:
        self._unreadable.append(Unreadable(Path(path), reason))


# A test for each part of a path; None stands for '**', any number of folders. Patterns of ignore
# files mean otherwise, and their regular expressions take exponential time (docs/decisions/0015).
_Pattern = tuple[Callable[[str], object] | None, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Tells by its name whether a file is to be found."""

    suffixes: frozenset[str]
    patterns: tuple[_Pattern, ...]

    def __call__(self, name: str) -> bool:
        return self.has_suffix(name) and self._fits(name)

    def passes_over(self, name: str) -> bool:
        """Tell whether only its suffix, or that it is hidden, keeps a file from being found."""
        hidden = name.rpartition("/")[2].startswith(".")
        return (hidden or not self.has_suffix(name)) and self._fits(name)

    def _fits(self, name: str) -> bool:
        if not self.patterns:
            return True
        parts = name.split("/")
        return any(_matches(parts, pattern) for pattern in self.patterns)

    def has_suffix(self, name: str) -> bool:
        return os.path.splitext(name)[1].lower() in self.suffixes  # noqa: PTH122 - ten times faster


def _pattern(written: str) -> _Pattern:
    parts = [part for part in written.split("/") if part not in ("", ".")]
    anchored = "/" in written.rstrip("/")
    whole_folder = written.endswith("/") or not _GLOB.search(written)
    return tuple(_part_tests(parts, anchored, whole_folder))


def _part_tests(
    parts: list[str], anchored: bool, whole_folder: bool
) -> Iterator[Callable[[str], object] | None]:
    if not anchored:
        yield None
    for part in parts:
        yield None if part == "**" else re.compile(fnmatch.translate(part)).match
    if whole_folder:
        yield None


def _matches(parts: list[str], pattern: _Pattern) -> bool:
    """Match part by part; after a miss only the last '**' is made longer, so time stays bounded."""
    at = here = retry = 0
    last_any = -1
    while here < len(parts):
        test = pattern[at] if at < len(pattern) else _nothing
        if test is None:
            last_any, retry = at, here
            at += 1
        elif test(parts[here]):
            at += 1
            here += 1
        elif last_any < 0:
            return False
        else:
            retry += 1
            at, here = last_any + 1, retry
    return all(test is None for test in pattern[at:])


def _nothing(_part: str) -> bool:
    return False


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
    )


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # how Python spells a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"


def _not_a_file(status: os.stat_result) -> str:
    return f"is {_SPECIAL.get(stat.S_IFMT(status.st_mode), 'something else')}, not a regular file"


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    cause = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be looked into ({cause})"
