"""Benchmarks: builds, answers, memory and quality in one run, beside what is well known.

Absolute times depend on the machine; a ratio to something that ran beside it says more. What is
compared is measured in turn, each in a process of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from evals.errors import RunError
from evals.measuring.bench.answer_phase import Asked, cold, many_at_once, warm
from evals.measuring.bench.bench_figures import Bench, Measure
from evals.measuring.bench.build_phase import building
from evals.measuring.bench.corpora import Corpus, Distractors, of_suite, with_distractors
from evals.measuring.bench.machine import Watch
from evals.measuring.bench.processes import Checkout
from evals.measuring.bench.score_phase import scoring, write_cases
from evals.suites.suite import Suite
from evals.types import Split


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and how often."""

    suite: Suite
    """Its documents are the small corpus, its dev split is scored."""
    distractors: Distractors | None = None
    """What lies beside them in the large corpus; none is measured without."""
    before: Path | None = None
    """An older checkout that is measured in turn with this one."""
    peers: bool = True
    _: KW_ONLY
    rounds: int = 3
    """How often what is built is built again, and all of the small corpus; all of the large one is
    built once.
    """
    cold: int = 5
    """How often a question is asked of the command line."""
    warm: int = 100
    """Questions asked one by one."""
    at_once: int = 192
    """Questions of each measurement of answers a second."""


def bench(plan: Plan, progress: Callable[[str], None] = lambda message: None) -> Bench:
    """Measure all of a plan; everything is built new below a temporary folder.

    Raises RunError when the distractors cannot be read, or a checkout cannot be measured.
    """
    watch, own = Watch(), Checkout.own()
    checkouts = (own, *([Checkout.older(plan.before)] if plan.before else []))
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="residency-bench-") as name:
        corpora = _corpora(plan, Path(name))
        phases = _phases(plan, corpora, checkouts, Path(name))
        measures = tuple(_measured(phases, progress, failed.append))
    if not measures:
        raise RunError(f"nothing could be measured: {'; '.join(failed)}")
    return Bench(watch.machine(own.root, plan.before), measures, (*_skipped(plan), *failed))


def _corpora(plan: Plan, work: Path) -> tuple[Corpus, ...]:
    small = of_suite(plan.suite, work / "small")
    if plan.distractors is None:
        return (small,)
    return (small, with_distractors(plan.suite, plan.distractors, work / "large"))


class _Phase(NamedTuple):
    """A part of the benchmark."""

    title: str
    measures: Callable[[], Iterator[Measure]]


def _measured(
    phases: Iterable[_Phase], progress: Callable[[str], None], failed: Callable[[str], None]
) -> Iterator[Measure]:
    """Yield the figures of each phase; of one that fails, those until then."""
    for phase in phases:
        progress(phase.title)
        try:
            yield from phase.measures()
        except RunError as error:
            failed(f"the rest of “{phase.title}”: {error}")


def _phases(
    plan: Plan, corpora: tuple[Corpus, ...], checkouts: tuple[Checkout, ...], work: Path
) -> Iterator[_Phase]:
    for corpus in corpora:
        full = plan.rounds if corpus is corpora[0] else 1
        yield _Phase(
            f"{corpus.label}: builds", partial(building, corpus, checkouts, full, plan.rounds)
        )
    said = tuple(case.turns[-1] for case in plan.suite.cases if len(case.turns) == 1)
    asked = Asked(corpora, checkouts, said, plan.cold, plan.warm, plan.at_once, plan.peers, work)
    for title, phase in (("cold", cold), ("warm", warm), ("many at once", many_at_once)):
        yield _Phase(f"answers, {title}", partial(phase, asked))
    cases = plan.suite.of_split(Split.DEV) or plan.suite.cases
    questions = write_cases(cases, work / f"{plan.suite.name}-dev.jsonl")
    for corpus in corpora:
        yield _Phase(
            f"{corpus.label}: scores of {len(cases)} questions",
            partial(scoring, corpus, checkouts, questions),
        )


def _skipped(plan: Plan) -> Iterator[str]:
    if plan.distractors is None:
        yield "many documents, since --distractors names none"
    if plan.before is None:
        yield "an older checkout, since --before names none"
    if not plan.peers:
        yield "other systems, as --no-peers says"
