"""What a search finds, as a reranker judges it, and where evidence stands then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.pipeline import retrieve
from assistant.query import Turn
from assistant.reasoning.asked import asked_of
from assistant.understanding.question import understand
from evals.measuring.question_file import Question
from evals.suites.evidence_places import Texts, evidence_places
from evals.types import Place
from index.searching.reader import IndexReader
from index.searching.reranker import JUDGED, Reranker, mixed
from index.types import Hit, Scored

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
"""What the judgement counts beside the fitted score; among these one is chosen."""
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """What a search found for a question, best first, and what the reranker says of it."""

    cluster: str
    """The documents that the question is about: shares are chosen with those of others."""
    scored: tuple[Scored, ...]
    judged: tuple[float, ...]
    evidence: frozenset[str]
    """Ids of the chunks that answer."""
    inside: frozenset[str]
    """Ids of the chunks of documents that answer."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of questions, in percent."""

    evidence_first: float
    evidence_among_five: float
    document_first: float

    def __str__(self) -> str:
        return (
            f"{self.evidence_first:5.1f} {self.evidence_among_five:5.1f} {self.document_first:5.1f}"
        )


def judge_all(
    questions: Iterable[Question], index: IndexReader, texts: Texts, reranker: Reranker
) -> Iterator[Judged]:
    """Search for the answerable questions and have what was found judged.

    Where a question asks about several subjects, which are searched one by one, nothing is judged.
    """
    for one in questions:
        if not one.case.answerable or not one.case.evidence:
            continue
        text, hits = find(one, index)
        scores = [hit.score for hit in hits]
        is_one_search = scores == sorted(scores, reverse=True)
        contexts = [hit.chunk.context for hit in hits[:JUDGED]] if is_one_search else []
        places = [place for group in evidence_places(one.case, texts) for place in group]
        yield Judged(
            " ".join(one.case.docs),
            tuple(Scored(hit.chunk.id, hit.score) for hit in hits),
            tuple(reranker.judged(text, contexts)) if contexts else (),
            frozenset(hit.chunk.id for hit in hits if _holds(hit, places)),
            frozenset(hit.chunk.id for hit in hits if hit.chunk.document in one.case.docs),
        )


def recall(rows: Sequence[Judged], orders: Sequence[Sequence[Scored]]) -> Recall:
    """Return the shares of questions with evidence, or its document, at the top of an order."""
    count = max(len(rows), 1) / 100
    pairs = list(zip(rows, orders, strict=True))
    return Recall(
        sum(_among(row[:1], one.evidence) for one, row in pairs) / count,
        sum(_among(row[:5], one.evidence) for one, row in pairs) / count,
        sum(_among(row[:1], one.inside) for one, row in pairs) / count,
    )


def shares(rows: Sequence[Judged], top: int) -> list[float]:
    """Return for each question the share that is best for those about other documents."""
    clusters = sorted({one.cluster for one in rows})
    fold = {cluster: number % _FOLDS for number, cluster in enumerate(clusters)}
    best = {}
    for number in range(_FOLDS):
        others = [one for one in rows if fold[one.cluster] != number]
        best[number] = max(SHARES, key=lambda share: (_firsts(others, top, share), -share))
    return [best[fold[one.cluster]] for one in rows]


def _firsts(rows: Sequence[Judged], top: int, share: float) -> float:
    return recall(rows, [order(one, top, share) for one in rows]).evidence_first


def _among(ranking: Iterable[Scored], right: frozenset[str]) -> bool:
    return any(pair.id in right for pair in ranking)


def _holds(hit: Hit, places: Iterable[Place]) -> bool:
    own = Place(hit.chunk.document, hit.chunk.span)
    return any(own.overlaps(place) for place in places)


def find(one: Question, index: IndexReader) -> tuple[str, list[Hit]]:
    """Return what is looked for, and what is found without a reranker."""
    turns: tuple[Turn, ...] = ()
    for said in one.case.turns:
        query = understand(said, turns, None, index.gazetteer, index.abouts)
        asked = asked_of(query, index)
        hits = retrieve(asked.query, index, asked.scope)
        first = hits[0].chunk.document if hits else ""
        turns = (*turns, Turn(said, query.standalone, first, query.type))
    return asked.query.standalone, hits


def order(one: Judged, top: int, share: float) -> Sequence[Scored]:
    """Return what was found for a question, the best `top` in the order of score and judgement."""
    return mixed(one.scored, one.judged[:top], share)
