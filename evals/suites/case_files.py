"""Read cases and check them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evals.errors import CaseError
from evals.suites.evidence_places import Texts, evidence_places, fold
from evals.types import Case, Kind

LONGEST_EVIDENCE = 600
ANSWERS = ".answers.jsonl"
"""How the file of sample answers beside a file of cases ends."""
_NO_CASES = ("asks.jsonl", "facts.jsonl")
"""Files beside cases that hold something else: what questions ask, and what documents say."""
_KEYS = {
    "id": str,
    "kind": str,
    "turns": list,
    "answerable": bool,
    "docs": list,
    "must": list,
    "must_not": list,
    "evidence": list,
    "note": str,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect of a case file."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Located:
    """A case and where it is written."""

    case: Case
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Samples:
    """A right and a wrong answer to a case, written by hand."""

    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What reading case files gave."""

    cases: tuple[Located, ...]
    problems: tuple[Problem, ...]


def case_files(path: Path) -> tuple[Path, ...]:
    """Return the case files of a path: itself, or those right in the folder."""
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise CaseError(f"{path}: no such file or folder of cases. Check the path")
    return tuple(
        sorted(
            file
            for file in path.glob("*.jsonl")
            if not file.name.endswith(ANSWERS) and file.name not in _NO_CASES
        )
    )


def read_cases(path: Path, *, suite: str = "") -> CaseFile:
    """Read the cases of a file or folder; what cannot be read is a problem, not an error."""
    located: list[Located] = []
    problems: list[Problem] = []
    first: dict[str, Located] = {}
    for file in case_files(path):
        for line, text in _lines(file):
            try:
                case = replace(_case(json.loads(text)), suite=suite)
            except ValueError as error:
                problems.append(Problem(file, line, f"{error}. Correct or remove the line"))
                continue
            if case.id in first:
                at = first[case.id]
                what = f"{case.id}: the id is taken at {at.file}:{at.line}. Give it another one"
                problems.append(Problem(file, line, what))
                continue
            first[case.id] = Located(case, file, line)
            located.append(first[case.id])
    return CaseFile(tuple(located), tuple(problems))


def case_row(case: Case) -> dict[str, Any]:
    """Return a case as the JSON object of its line."""
    row = asdict(case)
    # The suite is where a case lies, no part of it.
    del row["suite"]
    return row


def check_evidence(located: Iterable[Located], texts: Texts) -> list[Problem]:
    """Return the cases whose documents or evidence do not exist."""
    return [
        Problem(at.file, at.line, f"{at.case.id}: {what}")
        for at in located
        for what in _unproven(at.case, texts)
    ]


def check_samples(located: Iterable[Located]) -> list[Problem]:
    """Return the cases that do not tell their right sample answer from their wrong one."""
    problems: list[Problem] = []
    for file, cases in _by_file(located).items():
        samples, unreadable = read_samples(file)
        problems.extend(unreadable)
        for at in cases:
            sample = samples.get(at.case.id)
            problems.extend(
                Problem(at.file, at.line, f"{at.case.id}: {what}")
                for what in _indistinct(at.case, sample)
            )
    return problems


def read_samples(case_file: Path) -> tuple[dict[str, Samples], list[Problem]]:
    """Read the sample answers beside a case file."""
    file = case_file.with_name(case_file.name.removesuffix(".jsonl") + ANSWERS)
    if not file.is_file():
        return {}, [Problem(file, 0, "no sample answers beside the cases. Write them")]
    samples: dict[str, Samples] = {}
    problems: list[Problem] = []
    for line, text in _lines(file):
        try:
            row = json.loads(text)
            samples[row["id"]] = Samples(row["right"], row["wrong"])
        except (ValueError, KeyError, TypeError) as error:
            problems.append(Problem(file, line, f"no id, right and wrong ({error!r})"))
    return samples, problems


def accepts(case: Case, text: str) -> bool:
    """Tell whether a text says what the case wants, and nothing that it must not say."""
    return says_all(case, text) and not any(matches(pattern, text) for pattern in case.must_not)


def says_all(case: Case, text: str) -> bool:
    """Tell whether every `must` group of the case matches."""
    return all(any(matches(pattern, text) for pattern in group) for group in case.must)


def opening(text: str, words: int) -> str:
    """Return the first words of a text."""
    return " ".join(text.split()[:words])


def objections(case: Case, text: str) -> Iterator[str]:
    """Say what a text lacks, and what it says that it must not."""
    for group in case.must:
        if not any(matches(pattern, text) for pattern in group):
            yield f"does not say {' or '.join(group)}"
    for pattern in case.must_not:
        if matches(pattern, text):
            yield f"says {pattern}"


def matches(pattern: str, text: str) -> bool:
    """Tell whether a case's expression occurs in the text; upper and lower case are alike."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{file}: cannot be read ({error}). Check the path") from error
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip():
            yield line, content


def _case(row: Any) -> Case:
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    for key, wanted in _KEYS.items():
        if not isinstance(row.get(key), wanted):
            raise ValueError(f"`{key}` is missing or no {wanted.__name__}")
    unknown = sorted(set(row) - set(_KEYS))
    if unknown:
        raise ValueError(f"unknown key `{unknown[0]}`")
    if row["kind"] not in set(Kind):
        raise ValueError(f"unknown kind `{row['kind']}`; kinds are {', '.join(Kind)}")
    case = Case(
        id=row["id"],
        kind=Kind(row["kind"]),
        turns=_strings(row, "turns"),
        answerable=row["answerable"],
        docs=_strings(row, "docs"),
        must=tuple(_strings({"must": group}, "must") for group in row["must"]),
        must_not=_strings(row, "must_not"),
        evidence=_strings(row, "evidence"),
        note=row["note"],
    )
    _require_whole(case)
    return case


def _strings(row: dict[str, Any], key: str) -> tuple[str, ...]:
    values = row[key]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"`{key}` holds something else than strings")
    return tuple(values)


def _require_whole(case: Case) -> None:
    """Raise ValueError for a case that could never be scored."""
    if not case.id or not case.turns or not all(turn.strip() for turn in case.turns):
        raise ValueError("no id, or no question")
    if not case.must or not all(case.must):
        raise ValueError(f"{case.id}: no `must` expression, anything would be right")
    if case.answerable and not (case.docs and case.evidence):
        raise ValueError(f"{case.id}: answerable, but without documents and evidence")
    for pattern in (*(p for group in case.must for p in group), *case.must_not):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{case.id}: expression {pattern!r} ({error})") from error


def _unproven(case: Case, texts: Texts) -> Iterator[str]:
    for document in case.docs:
        if document not in texts:
            yield f"no document `{document}`; there are {', '.join(sorted(texts))}"
    for passage, places in zip(case.evidence, evidence_places(case, texts), strict=True):
        if not places:
            yield f"evidence stands in no document of the case: {passage[:80]!r}"
        if len(fold(passage)) > LONGEST_EVIDENCE:
            yield f"evidence is longer than {LONGEST_EVIDENCE} characters: {passage[:80]!r}"


def _indistinct(case: Case, sample: Samples | None) -> Iterator[str]:
    if sample is None:
        yield "no sample answers"
        return
    if not accepts(case, sample.right):
        yield "the right sample answer is rejected"
    if accepts(case, sample.wrong):
        yield "the wrong sample answer is accepted"


def _by_file(located: Iterable[Located]) -> dict[Path, list[Located]]:
    files: dict[Path, list[Located]] = {}
    for at in located:
        files.setdefault(at.file, []).append(at)
    return files
