"""Suites: cases together with the documents that they are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.intake.sources import BUNDLED, find_files, load
from evals.errors import CaseError
from evals.suites.case_files import CaseFile, Problem, check_evidence, check_samples, read_cases
from evals.suites.dev_test_split import clusters, split_of
from evals.suites.evidence_places import FoldedText, Texts
from evals.types import Case, Split

CASES = Path(__file__).parents[1] / "cases"
BUNDLED_SUITE = "bundled"


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases, the documents that they are about, and which cases share passages."""

    name: str
    folders: tuple[Path, ...]
    """Where the documents lie."""
    cases: tuple[Case, ...]
    texts: Texts
    clusters: dict[str, str]
    """Cluster of every case: cases of one cluster share evidence."""
    problems: tuple[Problem, ...] = ()

    def split(self, case: Case) -> Split:
        """Return whether a case is for tuning or for judging."""
        return split_of(self.clusters[case.id])

    def of_split(self, split: Split | None) -> tuple[Case, ...]:
        """Return the cases of a split, all without one."""
        return tuple(case for case in self.cases if split in (None, self.split(case)))


def suite_names() -> tuple[str, ...]:
    """Return the names of the suites that come with the project."""
    others = (folder.name for folder in CASES.iterdir() if (folder / "documents").is_dir())
    return (BUNDLED_SUITE, *sorted(others))


def suite_folder(name: str) -> Path:
    """Return where the cases of a suite of the project lie."""
    return CASES if name == BUNDLED_SUITE else CASES / name


def open_suite(name: str, *, samples: bool = False) -> Suite:
    """Open a suite of the project; `samples` also checks the sample answers."""
    if name not in suite_names():
        raise CaseError(f"{name}: no such suite. There are {', '.join(suite_names())}")
    folder = suite_folder(name)
    return _suite(name, folder, _folders(folder), samples=samples)


def suite_of(path: Path, *, samples: bool = False) -> Suite:
    """Open a file or folder of cases; a folder `documents` beside them adds documents."""
    folder = path if path.is_dir() else path.parent
    return _suite(path.stem, path, _folders(folder), samples=samples)


def _folders(folder: Path) -> tuple[Path, ...]:
    """Return the document folders of a case folder: its own replace bundled ones of that name."""
    own = folder / "documents"
    if not own.is_dir():
        return (BUNDLED,)
    replaced = {file.name for file in BUNDLED.iterdir()} & {file.name for file in own.iterdir()}
    return (own,) if replaced - {"manifest.toml"} else (BUNDLED, own)


def _suite(name: str, path: Path, folders: tuple[Path, ...], *, samples: bool) -> Suite:
    texts = {
        document.id: FoldedText.of(document.text, document.about)
        for document in load(find_files(folders)).documents
    }
    read: CaseFile = read_cases(path, suite=name)
    problems = [*read.problems, *check_evidence(read.cases, texts)]
    unproven = {(problem.file, problem.line) for problem in problems}
    cases = tuple(at.case for at in read.cases if (at.file, at.line) not in unproven)
    if samples:
        problems.extend(check_samples(read.cases))
    return Suite(name, folders, cases, texts, clusters(cases, texts), tuple(problems))
