"""How long answers take: cold, warm beside what else one would build, and many at once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evals.measuring.bench.bench_figures import Measure, timed
from evals.measuring.bench.bench_worker import Taken
from evals.measuring.bench.corpora import Corpus
from evals.measuring.bench.processes import (
    Checkout,
    Worker,
    program,
    program_peak_mib,
)

_QUESTION = "Where is the data of a customer in Norway kept?"
_IMPORTED = ("-c", "import sentence_transformers")
_ASKED = ("-m", "ui.command_line.main", "ask", _QUESTION)
_AT_ONCE = (1, 8, 32)
_WARM_UP = 5
_REST_S = 0.005
"""Between two answers: threads that wait for work a little while let go of the cores."""
_ENCODER = ("", "one query embedding")
PEERS: Mapping[str, str] = {
    "langchain": "LangChain", "bm25s": "bm25s", "haystack": "Haystack",
}  # fmt: skip
"""Systems that are measured beside ours, by their names, as they are shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and of whom."""

    corpora: Sequence[Corpus]
    checkouts: Sequence[Checkout]
    questions: tuple[str, ...]
    cold: int
    """How often one is asked of the command line."""
    warm: int
    """Questions that are asked one by one."""
    at_once: int
    """Questions of each measurement of answers a second."""
    peers: bool
    work: Path

    @property
    def warm_up(self) -> tuple[str, ...]:
        """The last questions, which are asked before anything is measured."""
        return self.questions[-_WARM_UP:]


def cold(asked: Asked) -> Iterator[Measure]:
    """Yield what `residency ask` takes as a whole process, beside `import sentence_transformers`.

    The first of each is left out of the times; its memory is told.
    """
    each = [(corpus, checkout) for corpus in asked.corpora for checkout in asked.checkouts]
    own = asked.checkouts[0]
    program(_IMPORTED, own, asked.work)
    peaks = {
        (corpus.label, one.name): program_peak_mib(
            _ASKED, one, asked.work, RESIDENCY_HOME=str(corpus.home(one))
        )
        for corpus, one in each
    }
    imported: list[Taken] = []
    times: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for _ in range(asked.cold):
        imported.append(program(_IMPORTED, own, asked.work)[0])
        for corpus, one in each:
            home = str(corpus.home(one))
            taken, _ = program(_ASKED, one, asked.work, RESIDENCY_HOME=home)
            times[corpus.label, one.name].append(taken)
    for corpus in asked.corpora:
        yield timed(
            corpus.label, "cold `ask`, whole process", times[corpus.label, "now"],
            beside=imported, reference="`import sentence_transformers`",
            before=times.get((corpus.label, "before"), ()),
            taken=f"median of {asked.cold}, in turn",
        )  # fmt: skip
        yield Measure(
            corpus.label, "peak memory, cold `ask`", peaks[corpus.label, "now"], "MiB", "once",
            before=peaks.get((corpus.label, "before")),
        )  # fmt: skip


def warm(asked: Asked) -> Iterator[Measure]:
    """Yield what a whole answer takes in a process that is open, beside others: each question goes
    to all of them in turn, and one after the other goes first.
    """
    times: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    with ExitStack() as stack:
        workers = {name: stack.enter_context(one) for name, one in _opened(asked)}
        for question in asked.warm_up:
            for worker in workers.values():
                worker.call("ask", question)
        names = list(workers)
        for number, question in enumerate(asked.questions[: asked.warm]):
            first = number % len(names)
            for name in (*names[first:], *names[:first]):
                times[name].append(workers[name].timed("ask", question))
                time.sleep(_REST_S)
        peaks = {name: worker.peak_mib() for name, worker in workers.items()}
    for corpus in asked.corpora:
        yield from _of_corpus(corpus.label, times, peaks)
    if len(asked.corpora) > 1:
        small, large = (one.label for one in asked.corpora)
        yield timed(
            large, "warm answer beside the small corpus", times[large, "now"], unit="ms",
            beside=times[small, "now"], reference=f"{small} alone", taken=_each(times[_ENCODER]),
        )  # fmt: skip


def many_at_once(asked: Asked) -> Iterator[Measure]:
    """Yield answers a second, so many at once, the checkouts in turn, each in a new process."""
    questions = asked.questions[: asked.at_once]
    taken = f"{len(questions)} questions, the checkouts in turn"
    for corpus in asked.corpora:
        with ExitStack() as stack:
            workers = {
                one.name: stack.enter_context(Worker(one, asked.work)) for one in asked.checkouts
            }
            for one in asked.checkouts:
                workers[one.name].call("open_assistant", corpus.home(one))
                for question in asked.warm_up:
                    workers[one.name].call("ask", question)
            for at_once in _AT_ONCE:
                rates = {
                    name: len(questions) / worker.timed("ask_at_once", at_once, *questions).wall_s
                    for name, worker in workers.items()
                }
                yield Measure(
                    corpus.label, f"answers a second, {at_once} at once", rates["now"], "", taken,
                    before=rates.get("before"),
                )  # fmt: skip
            peaks = {name: worker.peak_mib() for name, worker in workers.items()}
        yield Measure(
            corpus.label, f"peak memory, {_AT_ONCE[-1]} at once", peaks["now"], "MiB", taken,
            before=peaks.get("before"),
        )  # fmt: skip


def _opened(asked: Asked) -> Iterator[tuple[tuple[str, str], Worker]]:
    """Yield processes that answer, by corpus and name."""
    own = asked.checkouts[0]
    encoder = Worker(own, asked.work)
    yield _ENCODER, encoder
    encoder.call("open_encoder", asked.work / "models")
    for corpus in asked.corpora:
        for checkout in asked.checkouts:
            worker = Worker(checkout, asked.work)
            yield (corpus.label, checkout.name), worker
            worker.call("open_assistant", corpus.home(checkout))
        for name in PEERS if asked.peers else ():
            worker = Worker(own, asked.work)
            yield (corpus.label, name), worker
            worker.call("open_peer", name, *corpus.folders)


def _of_corpus(
    corpus: str, times: Mapping[tuple[str, str], Sequence[Taken]],
    peaks: Mapping[tuple[str, str], float],
) -> Iterator[Measure]:  # fmt: skip
    now, before = times[corpus, "now"], times.get((corpus, "before"), ())
    embedding, each = times[_ENCODER], _each(now)
    yield timed(corpus, _ENCODER[1], embedding, unit="ms", taken=each)
    yield timed(
        corpus, "warm answer, median", now, unit="ms", beside=embedding, reference=_ENCODER[1],
        before=before, taken=each,
    )  # fmt: skip
    yield Measure(
        corpus, "warm answer, p95", _late(now) * 1000, "ms", each, _ENCODER[1],
        _late(now) / median(one.wall_s for one in embedding),
        before=_late(before) * 1000 if before else None,
    )  # fmt: skip
    for name, shown in PEERS.items():
        if (corpus, name) not in times:
            continue
        peer = times[corpus, name]
        yield timed(
            corpus, f"{shown} retrieves three chunks, median", peer, unit="ms",
            beside=embedding, reference=_ENCODER[1], taken=each,
        )  # fmt: skip
        yield timed(
            corpus, f"warm answer beside {shown}", now, unit="ms", beside=peer, reference=shown,
            before=before, taken=each,
        )  # fmt: skip
    yield Measure(
        corpus, "peak memory, answering", peaks[corpus, "now"], "MiB", each,
        before=peaks.get((corpus, "before")),
    )  # fmt: skip
    for name, shown in PEERS.items():
        if (corpus, name) in peaks:
            yield Measure(corpus, f"peak memory, {shown}", peaks[corpus, name], "MiB", each)


def _late(times: Sequence[Taken]) -> float:
    """Return the seconds within which 95 of 100 are done."""
    ordered = sorted(one.wall_s for one in times)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _each(times: Sequence[Taken]) -> str:
    return f"{len(times)} questions, each to all in turn"
