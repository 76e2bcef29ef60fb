"""The documents that are measured: those of a suite, and many others beside them."""

from __future__ import annotations

import re
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.intake.sources import find_files
from evals.errors import RunError
from evals.measuring.bench.processes import Checkout
from evals.suites.suite import Suite

_CHANGEABLE = frozenset({".md", ".txt"})
"""Files whose lines can be changed as they are."""
_SENTENCE = re.compile(r"\s*(?:[-*]\s+|\d+\.\s+)?(?=[A-Z][a-z]*\s)")
"""What stands before a line that begins like a sentence."""
_ADDED = "\n\nBackups are kept for ninety days.\n"


@dataclass(frozen=True, slots=True)
class Distractors:
    """Documents that no question is about."""

    source: Path
    """A folder or a tar archive."""
    pages: int = 0
    """How many are taken, evenly from all; 0 takes all."""
    copies: int = 0
    """How many changed copies of them are added."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in folders of their own, which a benchmark may change."""

    label: str
    work: Path
    """Where its homes are made."""
    folders: tuple[Path, ...]
    count: int
    """How many documents there are."""

    def home(self, checkout: Checkout) -> Path:
        """Return where the index of a checkout is built."""
        return self.work / f"home-{checkout.name}"

    def change_one(self) -> None:
        """Add a sentence to the first document."""
        first = next(file.path for file in find_files(self.folders[:1]))
        with first.open("a", encoding="utf-8") as handle:
            handle.write(_ADDED)


def of_suite(suite: Suite, work: Path) -> Corpus:
    """Copy the documents of a suite."""
    folders = _copied(suite.folders, work)
    count = len(suite.texts)
    return Corpus(f"{count} document{'s' * (count != 1)}", work, folders, count)


def with_distractors(suite: Suite, others: Distractors, work: Path) -> Corpus:
    """Copy the documents of a suite, and others beside them; raise RunError where these cannot
    be read.
    """
    pages = work / "pages"
    pages.mkdir(parents=True)
    count = _take(others, pages)
    folders = (*_copied(suite.folders, work), pages)
    label = f"{len(suite.texts)} and {count:,} pages"
    return Corpus(label, work, folders, len(suite.texts) + count)


def changed(text: str, number: int) -> str:
    """Return a copy of a page that is another one: every second of its sentences begins with the
    number of the copy, so that half of what is encoded is new.
    """
    lines, sentences = text.splitlines(keepends=True), 0
    for at, line in enumerate(lines):
        begins = _SENTENCE.match(line)
        if begins is None:
            continue
        sentences += 1
        if sentences % 2:
            lines[at] = f"{line[: begins.end()]}In release {number}: {line[begins.end() :]}"
    return "".join(lines)


def _copied(sources: Sequence[Path], work: Path) -> tuple[Path, ...]:
    targets = tuple(work / f"documents-{number}" for number, _ in enumerate(sources))
    for source, target in zip(sources, targets, strict=True):
        shutil.copytree(source, target)
    return targets


def _take(others: Distractors, pages: Path) -> int:
    """Copy pages, and make changed copies of them; return how many there are."""
    folder = _unpacked(others.source, pages.parent / "unpacked")
    files = [file.path for file in find_files((folder,))]
    if not files:
        raise RunError(f"{others.source}: no documents in it. Name another in --distractors")
    if others.pages:
        files = files[:: max(1, len(files) // others.pages)][: others.pages]
    for number, file in enumerate(files):
        shutil.copyfile(file, pages / _name(file, number, 0))
    return len(files) + sum(1 for _ in _copies(others, files, pages))


def _copies(others: Distractors, files: Sequence[Path], pages: Path) -> Iterator[Path]:
    plain = [file for file in files if file.suffix in _CHANGEABLE]
    if others.copies and not plain:
        raise RunError(
            f"{others.source}: no Markdown or plain text in it that could be copied with changes. "
            "Leave --copies out"
        )
    for number in range(others.copies):
        turn, at = divmod(number, len(plain))
        target = pages / _name(plain[at], at, turn + 1)
        text = plain[at].read_text(encoding="utf-8", errors="replace")
        target.write_text(changed(text, turn + 1), encoding="utf-8")
        yield target


def _name(file: Path, number: int, copy: int) -> str:
    return f"{file.stem}-{number}{f'-release-{copy}' if copy else ''}{file.suffix}"


def _unpacked(source: Path, target: Path) -> Path:
    if source.is_dir():
        return source
    try:
        with tarfile.open(source) as archive:
            archive.extractall(target, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise RunError(
            f"{source}: no folder and no tar archive of documents ({error}). Check the path"
        ) from error
    return target
