"""Files of a git folder as two revisions have them; git runs as a program and fetches nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.formats import SUFFIXES
from ui.errors import EditionError

_LONGEST_S = 120
_QUIET = (
    "-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "core.quotePath=false",
)  # fmt: skip
"""Nothing is fetched, and no program of the folder's own is run."""
_ALONE = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat", "LC_ALL": "C",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs between two revisions; a path is empty where a revision has none."""

    old: str
    new: str

    @property
    def name(self) -> str:
        """What it is called, now or before."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class GitFolder:
    """A git folder between two revisions, by the hashes of their commits."""

    folder: Path
    old: str
    new: str

    @classmethod
    def between(cls, folder: Path, old: str, new: str) -> GitFolder:
        """Find two revisions; raise EditionError where the folder or one of them cannot be used."""
        if not folder.is_dir():
            raise EditionError(f"{folder}: no such folder. Give one that git keeps with --git")
        return cls(folder, _commit(folder, old), _commit(folder, new))

    def changed(self, paths: Sequence[str]) -> tuple[ChangedFile, ...]:
        """Return the files below paths that differ and may be documents, those that moved once."""
        listed = _git(
            self.folder, "diff", "--name-status", "-M", "-z", "--no-ext-diff", "--no-textconv",
            self.old, self.new, "--", *paths,
        )  # fmt: skip
        every = _status_rows(iter(listed.decode("utf-8", "surrogateescape").split("\0")))
        return tuple(one for one in every if PurePosixPath(one.name).suffix.lower() in SUFFIXES)

    def before(self, path: str) -> bytes:
        """Return a file as the older revision has it."""
        return _git(self.folder, "cat-file", "blob", f"{self.old}:{path}")

    def after(self, path: str) -> bytes:
        """Return a file as the newer revision has it."""
        return _git(self.folder, "cat-file", "blob", f"{self.new}:{path}")


def _status_rows(fields: Iterator[str]) -> Iterator[ChangedFile]:
    for status in fields:
        if not status:
            return
        path = next(fields)
        if status[0] in "RC":
            yield ChangedFile(path, next(fields))
        else:
            yield ChangedFile("" if status == "A" else path, "" if status == "D" else path)


def _commit(folder: Path, revision: str) -> str:
    try:
        found = _git(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except EditionError as error:
        raise EditionError(
            f"{folder}: no revision “{revision}” ({error}). Give commits, tags or branches that "
            "the folder has; none is fetched"
        ) from None
    return found.decode("ascii", "replace").strip()


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - words, no shell
            ["git", *_QUIET, "-C", str(folder), *words],  # noqa: S607 - the user's own git
            capture_output=True, check=False, timeout=_LONGEST_S, stdin=subprocess.DEVNULL,
            env={**os.environ, **_ALONE},
        )  # fmt: skip
    except FileNotFoundError:
        raise EditionError("git: not installed. Install it, or give two files") from None
    except subprocess.TimeoutExpired:
        raise EditionError(f"{folder}: git takes more than {_LONGEST_S} s. Name PATHs") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise EditionError(f"{folder}: git says “{said[-1] if said else 'no'}”")
    return done.stdout
