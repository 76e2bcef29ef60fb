"""How long builds take, beside the bare encoder, and what memory they need."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from evals.measuring.bench.bench_figures import Measure, timed
from evals.measuring.bench.bench_worker import Taken
from evals.measuring.bench.corpora import Corpus
from evals.measuring.bench.processes import Checkout, Once, Worker, once

_SAMPLE = 2_000
"""Chunks that the bare encoder encodes at most; its time on more is scaled up."""
_FULL, _AGAIN, _CHANGED = "full build", "build again, nothing changed", "one document changed"

_Times = Mapping[tuple[str, str], Sequence[Once]]


def building(
    corpus: Corpus, checkouts: Sequence[Checkout], full: int, repeats: int
) -> Iterator[Measure]:
    """Yield what builds take, each in a process of its own, the checkouts in turn.

    `full` is how often all is built, `repeats` how often what is built is built again. The homes
    of the last full builds stay, to be asked.
    """
    bare: list[Taken] = []
    times: dict[tuple[str, str], list[Once]] = defaultdict(list)
    for _ in range(full):
        bare.append(once(checkouts[0], corpus.work, "encode", _SAMPLE, *corpus.folders).taken)
        for checkout in checkouts:
            shutil.rmtree(corpus.home(checkout), ignore_errors=True)
            times[_FULL, checkout.name].append(_built(corpus, checkout))
    for _ in range(repeats):
        for checkout in checkouts:
            times[_AGAIN, checkout.name].append(_built(corpus, checkout))
        corpus.change_one()
        for checkout in checkouts:
            times[_CHANGED, checkout.name].append(_built(corpus, checkout))
    yield from _figures(corpus, bare, times)
    yield from _memory(corpus, times)


def _built(corpus: Corpus, checkout: Checkout) -> Once:
    return once(checkout, corpus.work, "build", corpus.home(checkout), *corpus.folders)


def _figures(corpus: Corpus, bare: Sequence[Taken], times: _Times) -> Iterator[Measure]:
    with Worker(Checkout.own(), corpus.work) as worker:
        count = worker.call("chunks", *corpus.folders)
    yield Measure(corpus.label, f"chunks of {corpus.count:,} documents", count, "", "counted")
    each = f"median of {len(bare)}, in turn"
    yield timed(corpus.label, "the bare encoder on the chunks", bare, taken=each)
    full = _taken(times, _FULL, "now")
    yield timed(
        corpus.label, _FULL, full, taken=each, beside=bare, reference="the bare encoder",
        before=_taken(times, _FULL, "before"),
    )  # fmt: skip
    for what in dict.fromkeys(what for what, _ in times if what != _FULL):
        now = _taken(times, what, "now")
        yield timed(
            corpus.label, what, now, beside=full, reference="the full build",
            before=_taken(times, what, "before"), taken=f"median of {len(now)}, in turn",
        )  # fmt: skip


def _memory(corpus: Corpus, times: _Times) -> Iterator[Measure]:
    for what in dict.fromkeys(what for what, _ in times):
        now, before = (
            [one.peak_mib for one in times.get((what, name), ())] for name in ("now", "before")
        )
        yield Measure(
            corpus.label, f"peak memory, {what}", median(now), "MiB",
            "median, of the process that builds", before=median(before) if before else None,
        )  # fmt: skip


def _taken(times: _Times, what: str, name: str) -> list[Taken]:
    return [one.taken for one in times.get((what, name), ())]
