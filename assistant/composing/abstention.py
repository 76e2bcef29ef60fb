"""Abstention: how likely it is that the documents do not answer a question.

A logistic model over what the search found and over the question's own vector, fitted by `python -m
evals.fitting.abstention` on questions that the documents answer and questions that they do not.
With another encoder than the one that it was fitted with, the question's vector is left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.query import Query, QuestionType
from assistant.understanding.services import documents_named
from corpus.language.signals import Signal
from corpus.language.terms import query_terms
from index.searching.reader import IndexReader
from index.types import Hit, Note

MODEL = Path(__file__).parent / "abstention.json"
NAMES = (
    "nearest", "first_nearest", "first_passage", "best_passage", "score", "belief", "belief_3",
    "covered", "unknown", "unknown_names", "wanted", "mean_nearest", "terms", "asked",
    "late", "late_worst", "late_best", "late_together", "late_together_worst",
    "elsewhere", "type_unmet", "type_unmet_3", "place_unmet", "margin", "spread",
)  # fmt: skip
_LOOKED_AT = 5
_MOST_NAMES = 4
_LITERAL = 0.8
_LITERAL_WORDS = 3
_STATES: dict[QuestionType, frozenset[Signal]] = {
    QuestionType.HOW_LONG: frozenset({Signal.DURATION}),
    QuestionType.HOW_MANY: frozenset({Signal.NUMBER}),
    QuestionType.WHEN: frozenset({Signal.DATE, Signal.DURATION, Signal.CONDITION}),
    QuestionType.WHO: frozenset({Signal.PERSON, Signal.CONTACT}),
    QuestionType.HOW_TO: frozenset({Signal.COMMAND, Signal.VISIBLE, Signal.CONTACT}),
}
"""What a passage has to state, one of these, to answer a question of the type."""
_CAPITALISED = re.compile(r"\b[A-Z]\w+")
_ENDING = re.compile(r"(?:ies|es|ed|ing|ly|s)$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of one regime."""

    features: tuple[float, ...]
    """Of the scaled features, then the bias."""
    vector: tuple[float, ...]
    """Of the question's vector; empty in the models for any encoder."""
    threshold: float
    """Log-odds above which the product abstains."""


@dataclass(frozen=True, slots=True)
class Model:
    """The models of both regimes: `asked` where questions were written for what is found first,
    `bare` where none were; each with and without the question's vector.
    """

    encoder: str
    """Hash of the weights of the encoder whose vectors were fitted."""
    means: tuple[float, ...]
    scales: tuple[float, ...]
    asked: Weights
    bare: Weights
    asked_plain: Weights
    bare_plain: Weights


def is_unanswered(query: Query, hits: Sequence[Hit], index: IndexReader) -> bool:
    """Tell whether the documents, in all likelihood, do not answer a question."""
    if _says_it_all(query, hits):
        return False
    odds, threshold = log_odds(query, hits, index)
    return odds > threshold


def _says_it_all(query: Query, hits: Sequence[Hit]) -> bool:
    """Tell whether the first passage has nearly every word of the question: it is about that."""
    terms = query_terms(query.standalone)
    return (
        len(terms) >= _LITERAL_WORDS
        and bool(hits)
        and _covered(terms, hits[0].chunk.context.lower()) >= _LITERAL
    )


def log_odds(query: Query, hits: Sequence[Hit], index: IndexReader) -> tuple[float, float]:
    """Return the log-odds that nothing answers the question, and the threshold for them."""
    model = read_model()
    asked = bool(hits and hits[0].asked)
    scaled = [
        (value - mean) / scale
        for value, mean, scale in zip(
            features(query, hits, index), model.means, model.scales, strict=True
        )
    ]
    if index.manifest.encoder.sha256 != model.encoder:
        weights = model.asked_plain if asked else model.bare_plain
        return _weighted(scaled, weights.features), weights.threshold
    weights = model.asked if asked else model.bare
    vector = index.encoder.encode(query.standalone)
    said = sum(w * float(x) for w, x in zip(weights.vector, vector, strict=True))
    return _weighted(scaled, weights.features) + said, weights.threshold


def features(query: Query, hits: Sequence[Hit], index: IndexReader) -> tuple[float, ...]:
    """Return what the search says about its own success, in the order of `NAMES`."""
    if not hits:
        return (0.0,) * len(NAMES)
    best = max(hit.score for hit in hits)
    shares = [math.exp(hit.score - best) for hit in hits]
    total = sum(shares)
    top = hits[:_LOOKED_AT]
    text = " ".join(hit.chunk.context.lower() for hit in top)
    terms = query_terms(query.standalone)
    stored = index.catalog.notes([hit.chunk.id for hit in top])
    notes = [stored[hit.chunk.id] for hit in top]
    note = notes[0]
    ordered = sorted((hit.score for hit in hits), reverse=True)
    return (
        max(hit.similarity for hit in hits),
        top[0].similarity,
        top[0].passage,
        max(hit.passage for hit in top),
        best,
        shares[0] / total,
        sum(shares[:3]) / total,
        _covered(terms, text),
        _unknown(terms, index),
        float(min(_MOST_NAMES, _unknown_names(query.standalone, text))),
        len(query.wants & note.signals) / len(query.wants) if query.wants else 0.0,
        sum(hit.similarity for hit in top) / len(top),
        math.log1p(len(terms)),
        max(hit.asked for hit in hits),
        top[0].match.mean,
        top[0].match.worst,
        max(hit.match.mean for hit in hits),
        *_together(query, top, index),
        _elsewhere(query, top[0], index),
        _unmet(query, notes[:1]),
        _unmet(query, notes[:3]),
        _place_unmet(query, notes),
        ordered[0] - ordered[1] if len(ordered) > 1 else 0.0,
        -sum(s / total * math.log(s / total) for s in shares if s > 0),
    )


def _together(query: Query, top: Sequence[Hit], index: IndexReader) -> tuple[float, float]:
    """Return how well the best passages together match the question's word pieces: the mean, and
    the piece that none of them answers to.
    """
    asked = index.encoder.asked(query.standalone)
    best = list(index.pieces.best(asked, [hit.chunk.id for hit in top]).values())
    if not best:
        return 0.0, 0.0
    together = [max(float(row[n]) for row in best) for n in range(len(best[0]))]
    return sum(together) / len(together), min(together)


def _elsewhere(query: Query, first: Hit, index: IndexReader) -> float:
    """Tell whether a service was named and what was found first is about another."""
    named = documents_named(query.standalone, index.abouts)
    return float(bool(named) and first.chunk.document not in named)


def _unmet(query: Query, notes: Sequence[Note]) -> float:
    """Tell whether none of the passages states the kind of thing that was asked for."""
    needed = _STATES.get(query.type)
    return float(needed is not None and not any(needed & note.signals for note in notes))


def _place_unmet(query: Query, notes: Sequence[Note]) -> float:
    """Tell whether places were named and none of the passages is about one of them."""
    asked = {id_ for place in query.places for id_ in (place.id, *place.within)}
    return float(bool(asked) and not any(asked & (note.places | note.around) for note in notes))


@cache
def read_model() -> Model:
    """Return the fitted model."""
    stored: dict[str, Any] = json.loads(MODEL.read_text(encoding="utf-8"))
    regimes = {
        name: Weights(tuple(row["features"]), tuple(row["vector"]), row["threshold"])
        for name, row in stored.items()
        if isinstance(row, dict)
    }
    return Model(stored["encoder"], tuple(stored["means"]), tuple(stored["scales"]), **regimes)


def _weighted(scaled: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, (*scaled, 1.0), strict=True))


def _covered(terms: Sequence[str], text: str) -> float:
    """Return the share of the question's words that the best passages hold."""
    if not terms:
        return 0.0
    words = {_ENDING.sub("", word) for word in _WORD.findall(text)}
    return sum(_ENDING.sub("", term) in words for term in terms) / len(terms)


def _unknown(terms: Sequence[str], index: IndexReader) -> float:
    """Return the share of the question's words that no passage holds."""
    if not terms:
        return 0.0
    return sum(not index.words.has(term) for term in terms) / len(terms)


def _unknown_names(question: str, text: str) -> int:
    return sum(name.lower() not in text for name in _CAPITALISED.findall(question[1:]))
