"""What the cases cover: counts, and how many words questions share with their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from evals.suites.suite import Suite
from evals.types import Case, Kind

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FEW = 0.2
_STOP = frozenset(
    "a about all also an and any are as at be been but by can did do does for from get goes got had"
    " has have he her his how i if in into is it its just like may me might my no not of on one or"
    " our out over so some such than that the their them then there these they this those to too"
    " up us was we were what when where which while who why will with would you your".split()
)
_ENDINGS = re.compile(r"(?:ies|es|ed|ing|ly|s|['’]s)$")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of a suite's cases."""

    suite: str
    cases: int
    unanswerable: int
    kinds: dict[str, int]
    documents: dict[str, int]
    """Cases by document; those of several documents count for each."""
    splits: dict[str, int]
    overlap_median: float
    """Median share of a question's content words that stand in its evidence."""
    overlap_few: float
    """Share of questions with at most a fifth of their content words in the evidence."""


def coverage(suite: Suite) -> Coverage:
    """Count the cases of a suite."""
    overlaps = [overlap(case) for case in suite.cases if case.answerable]
    kinds = Counter(case.kind.value for case in suite.cases)
    splits = Counter(suite.split(case).value for case in suite.cases)
    return Coverage(
        suite=suite.name,
        cases=len(suite.cases),
        unanswerable=sum(not case.answerable for case in suite.cases),
        kinds={kind.value: kinds[kind.value] for kind in Kind if kinds[kind.value]},
        documents=dict(sorted(Counter(d for c in suite.cases for d in c.docs).items())),
        splits=dict(sorted(splits.items())),
        overlap_median=median(overlaps) if overlaps else 0.0,
        overlap_few=sum(share <= _FEW for share in overlaps) / len(overlaps) if overlaps else 0.0,
    )


def overlap(case: Case) -> float:
    """Return the share of the last message's content words that stand in the evidence."""
    asked = content_words([case.turns[-1]])
    return len(asked & content_words(case.evidence)) / len(asked) if asked else 0.0


def content_words(texts: Iterable[str]) -> set[str]:
    """Return the distinct words of texts without function words, endings cut off."""
    words = (match.group().lower() for text in texts for match in _WORD.finditer(text))
    return {_ENDINGS.sub("", word) for word in words if word not in _STOP}
