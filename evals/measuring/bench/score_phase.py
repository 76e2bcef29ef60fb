"""How good search and answers are, by the instruments of each checkout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from evals.errors import RunError
from evals.measuring.bench.bench_figures import Measure
from evals.measuring.bench.corpora import Corpus
from evals.measuring.bench.processes import Checkout, program
from evals.types import Case

_SHARE = re.compile(r"^(.+ recall@\d+) +([\d.]+)%$", re.MULTILINE)
_WANTED = ("document recall@1", "document recall@3", "evidence recall@1", "evidence recall@5")
_RIGHT = "right"


def write_cases(cases: Sequence[Case], file: Path) -> Path:
    """Write cases as a file of questions, which all checkouts read."""
    rows = (json.dumps(asdict(case), ensure_ascii=False) + "\n" for case in cases)
    file.write_text("".join(rows), encoding="utf-8")
    return file


def scoring(corpus: Corpus, checkouts: Sequence[Checkout], questions: Path) -> Iterator[Measure]:
    """Yield recall of documents and of evidence, and the share of right answers.

    Raises RunError for an older checkout that has no such instruments, after the figures of now.
    """
    now, *older = checkouts
    found, before, fault = _scored(corpus, now, questions), dict[str, float](), None
    for one in older:
        try:
            before.update(_scored(corpus, one, questions))
        except RunError as error:
            fault = error
    for what in (*_WANTED, _RIGHT):
        yield Measure(
            corpus.label, what, found[what], "%", f"questions of {questions.name}",
            before=before.get(what),
        )  # fmt: skip
    if fault is not None:
        raise fault


def _scored(corpus: Corpus, checkout: Checkout, questions: Path) -> Mapping[str, float]:
    asked = (str(questions), "--home", str(corpus.home(checkout)))
    words = ("-m", "evals.measuring.documents", *asked)
    shares = dict(_SHARE.findall(program(words, checkout, corpus.work)[1]))
    file = corpus.work / f"scores-{checkout.name}.json"
    judging = ("-m", "evals.measuring.questions", *asked, "--json", str(file))
    program(judging, checkout, corpus.work)
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        right = plain["all questions"]["all"]["right"]["value"]
        return {what: float(shares[what]) for what in _WANTED} | {_RIGHT: 100 * right}
    except (OSError, KeyError, ValueError) as error:
        raise RunError(
            f"{checkout.root}: its instruments give no {error}. Name a newer checkout in --before"
        ) from error
