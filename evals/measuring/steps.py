"""What each step of retrieval brings and costs.

`python -m evals.measuring.steps [--split test] [--suite S]`

Vectors of the untrained model alone, with words, with the questions written ahead, with the
trained encoder, and all features with late interaction: the product. Rankings are fused by
reciprocal rank (Cormack et al., 2009) until the fitted features take over. The questions of
follow-ups are those that retrieval gets, with what they take from the turns before.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from assistant.app import Assistant
from assistant.settings import Settings
from evals.scoring.ranking_metrics import measure, ranked
from evals.suites.evidence_places import evidence_places
from evals.suites.suite import BUNDLED_SUITE, Suite, open_suite
from evals.systems.built_assistant import built_assistant, told
from evals.types import Case, Place, Split
from index.building.options import Sources
from index.encoding.chunk_encoder import PACKAGED, SHIPPED
from index.searching.reader import IndexReader
from index.searching.retrieve import search
from index.types import Scored, Search, Vectors

_OFFSET = 60
_FOUND = 50
_ASKED = 120
_SHOWN = 20
_OWNER = "steps"
_MEASURES = ("Success@1", "Success@3", "Success@5", "Success@20", "RR")
"""Columns of the table, as ir-measures calls them."""

Ranking = Callable[[IndexReader, Search], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to rank, and the encoder of the index that it looks into."""

    name: str
    encoder: str
    ranking: Ranking


def main() -> None:
    """Measure every step, print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.steps", description=__doc__)
    parser.add_argument("--suite", default=BUNDLED_SUITE)
    parser.add_argument("--split", default="dev", choices=("dev", "test", "all"))
    arguments = parser.parse_args()
    suite = open_suite(arguments.suite)
    split = None if arguments.split == "all" else Split(arguments.split)
    cases = [case for case in suite.of_split(split) if case.answerable]
    opened = {name: _opened(suite, name) for name in (PACKAGED, SHIPPED)}
    sys.stdout.write("| step | recall@1 | @3 | @5 | @20 | MRR | ms |\n")
    sys.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
    for step in STEPS:
        sys.stdout.write(_row(step, cases, suite, opened[step.encoder]))
        sys.stdout.flush()
    for assistant in opened.values():
        assistant.close()


def _row(step: Step, cases: Sequence[Case], suite: Suite, assistant: Assistant) -> str:
    found, times = [], []
    for case in cases:
        wanted = _wanted(case, assistant)
        started = time.perf_counter()
        ids = list(step.ranking(assistant.index, wanted))[:_SHOWN]
        times.append((time.perf_counter() - started) * 1000)
        chunks = assistant.index.catalog.chunks(ids)
        places = tuple(Place(chunks[id_].document, chunks[id_].span) for id_ in ids)
        found.append(ranked(places, evidence_places(case, suite.texts)))
    *shares, mrr = (fmean(measure(name, one) for one in found) for name in _MEASURES)
    cells = [*(f"{share:.1%}" for share in shares), f"{mrr:.3f}", f"{median(times):.1f}"]
    return f"| {step.name} | {' | '.join(cells)} |\n"


def _wanted(case: Case, assistant: Assistant) -> Search:
    thread = told(assistant, case.turns, _OWNER)
    return assistant.searched(case.turns[-1], thread=thread, owner=_OWNER)


def _opened(suite: Suite, encoder: str) -> Assistant:
    settings = Settings.load().model_copy(update={"model": ""})
    folder = settings.home / "evaluation" / "steps" / encoder
    return built_assistant(
        settings, folder, Sources(suite.folders), shared=settings.home, encoder=encoder
    )


def _vectors(index: IndexReader, wanted: Search) -> list[str]:
    vector = index.encoder.encode(wanted.text)
    return [one.id for one in index.vectors.nearest(vector, _FOUND)]


def _with_words(index: IndexReader, wanted: Search) -> list[str]:
    return fused(_vectors(index, wanted), _ids(index.words.search(wanted.text, _FOUND)))


def _with_questions(index: IndexReader, wanted: Search) -> list[str]:
    vector = index.encoder.encode(wanted.text)
    near = {one.id: one.score for one in index.vectors.nearest(vector, _FOUND)}
    for one in index.vectors.nearest(vector, _ASKED, Vectors.ASKED):
        near[one.id] = max(one.score, near.get(one.id, 0.0))
    return fused(
        sorted(near, key=lambda id_: -near[id_]),
        _ids(index.words.search(wanted.text, _FOUND)),
        _ids(index.words.search(wanted.text, _FOUND, asked=True)),
    )


def _product(index: IndexReader, wanted: Search) -> list[str]:
    return [hit.chunk.id for hit in search(index, wanted)]


def _ids(scored: Iterable[Scored]) -> list[str]:
    return [one.id for one in scored]


def fused(*rankings: Sequence[str]) -> list[str]:
    """Return the ids of several rankings by the sum of their reciprocal ranks, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id_ in enumerate(ranking, 1):
            scores[id_] = scores.get(id_, 0.0) + 1 / (_OFFSET + rank)
    return _best_first(scores)


def _best_first(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda id_: (-scores[id_], id_))


STEPS = (
    Step("vectors of the untrained model", PACKAGED, _vectors),
    Step("with words", PACKAGED, _with_words),
    Step("with written questions", PACKAGED, _with_questions),
    Step("with the trained encoder", SHIPPED, _with_questions),
    Step("fitted features and late interaction: the product", SHIPPED, _product),
)

if __name__ == "__main__":
    main()
