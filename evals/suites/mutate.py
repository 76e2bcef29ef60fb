"""Make the mutated suite: the bundled documents with changed facts, and cases that follow.

`python -m evals.suites.mutate` writes `evals/cases/mutated`. Each mutation changes one city,
number, condition, date or command wherever the document says it, and takes every bundled case whose
expected answer names it along. An answer that was learned, not read, is wrong there.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from corpus.intake.sources import BUNDLED
from evals.suites.case_files import ANSWERS, Samples, case_row, read_cases, read_samples
from evals.suites.evidence_places import fold
from evals.suites.suite import CASES
from evals.types import Case

TARGET = CASES / "mutated"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fact of a document, changed."""

    document: str
    before: str
    after: str


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("azure-ad-europe.md", "Seoul", "Daegu"),
    Mutation("azure-ad-europe.md", "Busan", "Incheon"),
    Mutation("azure-ad-europe.md", "2019", "2017"),
    Mutation("azure-ad-europe.md", "billing", "shipping"),
    Mutation("azure-ad-japan.md", "aaddatamap", "aadplacemap"),
    Mutation("customer-service-insights.md", "Cardiff", "Swansea"),
    Mutation("customer-service-insights.md", "Osaka", "Kobe"),
    Mutation("customer-service-insights.md", "Toronto", "Winnipeg"),
    Mutation("customer-service-insights.md", "London", "Leeds"),
    Mutation("customer-service-insights.md", "Des Moines", "Davenport"),
    Mutation("customer-service-insights.md", "Blue Ridge", "Roanoke"),
    Mutation("exchange-online.txt", "5%", "8%"),
    Mutation("exchange-online.txt", "Enterprise Agreement", "Campus Agreement"),
    Mutation("exchange-online.txt", "Qatar", "Kuwait"),
    Mutation("exchange-online.txt", "Sweden", "Finland"),
    Mutation("exchange-online.txt", "ElizabethB", "LizaB"),
    Mutation("exchange-online.txt", "ENTERPRISEPREMIUM", "CAMPUSPREMIUM"),
    Mutation("intune.md", "Switzerland", "Liechtenstein"),
    Mutation("intune.md", "India", "Nepal"),
    Mutation("intune.md", "Australia", "Samoa"),
)

UNFIT = {
    "aae-008",
    "ex1-004",
    "ex1-005",
    "acr-029",
    "int-015",
    "int-019",
    "int-023",
    "int-081",
    "ex1-001",
    "csi-064",
}
"""Bundled cases that name the changed place by something else: a city, a demonym, a region."""


def main() -> None:
    """Write documents, cases and sample answers of the mutated suite."""
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "documents").mkdir(parents=True)
    for file in sorted(BUNDLED.iterdir()):
        text = file.read_bytes().decode("utf-8")
        (TARGET / "documents" / file.name).write_bytes(mutated(text, file.name).encode("utf-8"))
    cases, answers = [], []
    for case, sample in followed(_bundled()):
        cases.append(json.dumps(case_row(case), ensure_ascii=False))
        answers.append(json.dumps({"id": case.id, **asdict(sample)}, ensure_ascii=False))
    (TARGET / "cases.jsonl").write_text("\n".join(cases) + "\n", encoding="utf-8")
    (TARGET / f"cases{ANSWERS}").write_text("\n".join(answers) + "\n", encoding="utf-8")


def mutated(text: str, file: str) -> str:
    """Return a document's text with every mutation of its file; the manifest's with all dates."""
    for mutation in MUTATIONS:
        if file == mutation.document:
            if mutation.before not in text:
                raise ValueError(f"{file} does not say {mutation.before!r}")
            text = text.replace(mutation.before, mutation.after)
    return text


def followed(cases: Iterable[tuple[Case, Samples]]) -> list[tuple[Case, Samples]]:
    """Return the cases whose right answer depends on a mutation, changed along with it."""
    found = []
    for case, sample in cases:
        mutations = [m for m in MUTATIONS if case.docs == (m.document.rsplit(".", 1)[0],)]
        if case.id not in UNFIT and any(_depends(case, sample, m) for m in mutations):
            found.append(_changed(case, sample, mutations))
    return found


def _depends(case: Case, sample: Samples, mutation: Mutation) -> bool:
    """Tell whether the changed words stand in evidence, expressions and the right answer."""
    expected = any(_pattern(mutation.before) in p for group in case.must for p in group)
    proven = any(mutation.before in fold(passage) for passage in case.evidence)
    return expected and proven and mutation.before in sample.right


def _changed(case: Case, sample: Samples, mutations: Iterable[Mutation]) -> tuple[Case, Samples]:
    """Return the case after the mutations; the answer that was right is the wrong sample now."""
    evidence, turns, right, note = case.evidence, case.turns, sample.right, case.note
    must, must_not = case.must, case.must_not
    for old, new in ((m.before, m.after) for m in mutations):
        if _depends(case, sample, Mutation("", old, new)):
            must = tuple(_follow(group, old, new) for group in must)
            must_not = (*must_not, rf"\b{_pattern(old)}(?!\w)")
        evidence = tuple(passage.replace(old, new) for passage in evidence)
        turns = tuple(turn.replace(old, new) for turn in turns)
        right, note = right.replace(old, new), note.replace(old, new)
    changed = replace(
        case, id=f"mut-{case.id}", must=must, must_not=must_not, evidence=evidence, turns=turns,
        note=note,
    )  # fmt: skip
    return changed, Samples(right, sample.right)


def _follow(group: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """Return the expressions of a group that name the changed words, changed; all if none does."""
    named = (pattern for pattern in group if _pattern(old) in pattern)
    return tuple(pattern.replace(_pattern(old), _pattern(new)) for pattern in named) or group


def _pattern(words: str) -> str:
    return re.escape(words).replace(r"\ ", " ")


def _bundled() -> Iterable[tuple[Case, Samples]]:
    for at in read_cases(CASES).cases:
        samples, _ = read_samples(at.file)
        if at.case.id in samples:
            yield at.case, samples[at.case.id]


if __name__ == "__main__":
    main()
