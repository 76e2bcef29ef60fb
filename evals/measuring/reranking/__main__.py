"""What a reranker brings and costs: `RESIDENCY_RERANKER=MODEL python -m evals.measuring.reranking
FILE... --home HOME`.

Reads files of questions as `evals.measuring.questions` does. For the best 8, 12 and 20 passages of
a search it prints evidence recall@1 and @5 and document recall@1 (in percent), with the judgement
mixed in as the product does, in place of the fitted score, and by the share that is best for the
questions about other documents; and what judging costs, in query embeddings (processor time).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from assistant.settings import Settings, reranker_of
from evals.measuring.question_file import Question, read_questions
from evals.measuring.reranking.judged import Judged, find, judge_all, order, recall, shares
from evals.suites.evidence_places import FoldedText
from index.searching.reader import IndexReader
from index.searching.reranker import JUDGED, SHARE, Reranker

TOPS = (8, 12, JUDGED)
"""How many passages are judged."""
_TIMED = 30
"""Questions of which the time is taken."""


def main() -> None:
    """Print the shares and the cost."""
    parser = _options()
    options = parser.parse_args()
    reranker = reranker_of(Settings.load())
    if reranker is None:
        parser.error("RESIDENCY_RERANKER is not set. Name the cross-encoder that is to be measured")
    index = IndexReader.open(options.home)
    texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
    questions = [one for file in options.files for one in read_questions(file, texts)]
    rows = list(judge_all(questions, index, texts, reranker))
    sys.stdout.write(f"{table(rows)}\n{cost(questions[:_TIMED], index, reranker)}\n")
    index.close()


def table(rows: Sequence[Judged]) -> str:
    """Return what the judgement brings, as lines of text."""
    lines = [
        f"{len(rows)} questions; evidence @1 and @5, document @1",
        f"without   {recall(rows, [one.scored for one in rows])}",
    ]
    for top in TOPS:
        chosen = [
            order(one, top, share) for one, share in zip(rows, shares(rows, top), strict=True)
        ]
        lines += [
            f"top {top:2}: mixed {recall(rows, [order(one, top, SHARE) for one in rows])}"
            f"   alone {recall(rows, [order(one, top, 1.0) for one in rows])}"
            f"   chosen {recall(rows, chosen)}"
        ]
    return "\n".join(lines)


def cost(questions: Sequence[Question], index: IndexReader, reranker: Reranker) -> str:
    """Return what it takes to judge, as a line of text: medians over questions."""
    times: dict[int, list[float]] = {top: [] for top in TOPS}
    embedding = []
    for one in questions:
        text, hits = find(one, index)
        contexts = [hit.chunk.context for hit in hits]
        embedding.append(_timed(partial(index.encoder.said, text)))
        for top in TOPS:
            times[top].append(_timed(partial(reranker.judged, text, contexts[:top])))
    unit = median(embedding or [1.0])
    found = (f"{top}: {median(row or [0.0]) / unit:.1f}" for top, row in times.items())
    return f"cost in query embeddings of {unit * 1000:.1f} ms: top {', '.join(found)}"


def _timed(work: Callable[[], object]) -> float:
    """Return the processor time that something takes, in seconds."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.reranking")
    parser.add_argument("files", nargs="+", type=Path, help="Files of questions.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    return parser


if __name__ == "__main__":
    main()
