"""What speaks for a chunk as the answer to a question, as numbers between 0 and about 1."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.language.sentences import readable
from corpus.language.signals import Signal
from corpus.language.terms import query_terms
from corpus.types import BlockKind, Chunk
from index.types import Match, Note, Scored, Search

_RANK_OFFSET = 10
"""Added to every rank before its reciprocal is taken, after Cormack et al., 2009, who use 60 for
long lists."""
_STEEP = 4.0
"""Cosines differ by a few tenths; this brings their differences to the order of the others."""
_SURE = 0.7
"""Cosine above which a question is nearly the same as one written for the chunk."""
_MANY_PLACED, _MANY_LOCATED = 0.2, 0.4
"""Shares of a document's chunks at which it is about places of data; more adds nothing."""
_KINDS = (BlockKind.ROW, BlockKind.ITEM, BlockKind.CODE, BlockKind.STEP, BlockKind.FIELD)
UNMATCHED = Match()
_POINTER = re.compile(
    r"(?:for (?:more|further|additional)? ?(?:information|details?)|see|also see|refer to)\b", re.I
)
_INTRODUCES = re.compile(
    r":\s*$|\bthe following (?:\w+ ){0,3}(?:list|sections?|table|details?|topics?|articles?)\b|"
    r"\b(?:lists?|sections?|tables?|described|listed|shown|found) below\b",
    re.I,
)
"""A sentence that says no more than that something follows."""
_USUAL_WORDS = 25


@dataclass(frozen=True, slots=True)
class Signals:
    """The rankings of one search, by chunk id."""

    passages: Mapping[str, float]
    """Cosine of the question with the chunk."""
    asked: Mapping[str, tuple[float, ...]]
    """Cosines with the questions written for the chunk, best first."""
    relative_words: Mapping[str, float]
    """BM25 over the chunks, as a share of the best."""
    relative_asked_words: Mapping[str, float]
    """BM25 over the questions written for them, as a share of the best."""
    ranks: tuple[Mapping[str, int], ...] = field(default=())
    matches: Mapping[str, Match] = field(default_factory=dict)
    """How well the chunks match the question word piece by word piece."""

    @classmethod
    def of(
        cls,
        passages: Iterable[Scored],
        asked: Iterable[Scored],
        words: Iterable[Scored],
        asked_words: Iterable[Scored],
    ) -> Signals:
        """Gather the rankings; `asked` may name a chunk several times."""
        several: dict[str, list[float]] = {}
        for id_, score in asked:
            several.setdefault(id_, []).append(score)
        near, bm25, bm25_asked = dict(passages), dict(words), dict(asked_words)
        best = {id_: tuple(sorted(scores, reverse=True)) for id_, scores in several.items()}
        nearer = {id_: max(near.get(id_, 0.0), *best.get(id_, (0.0,))) for id_ in {*near, *best}}
        ranks = tuple(map(_ranks, (near, nearer, bm25, bm25_asked)))
        return cls(near, best, _relative(bm25), _relative(bm25_asked), ranks)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every chunk that some ranking found, in a fixed order."""
        return tuple(sorted({id_ for ranking in self.ranks for id_ in ranking}))

    def nearest(self, id_: str) -> float:
        """Return the cosine of a chunk or of the nearest question written for it."""
        return max(self.passages.get(id_, 0.0), *self.asked.get(id_, (0.0,)))


NAMES = (
    "late", "late_worst", "passage", "asked_gain", "asked_second", "asked_sure",
    "passage_sure", "rank_passage", "rank_nearer", "rank_words",
    "rank_asked_words", "words", "asked_words", "document", "other_document", "follows",
    "other_than_follows", "title_place", "other_title_place", "placed", "located",
    "place_same", "place_around", "place_inside", "place_other",
    "pointer", "introduces", "short", "row", "item", "code", "step", "field", "heading_words",
    *(f"states_{signal.value}" for signal in Signal), "wanted_share",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search says of itself, whatever chunk it is held against."""

    search: Search
    terms: frozenset[str]
    """Content words of the question."""
    places: frozenset[str]
    """Ids of the places that it names."""
    outer: frozenset[str]
    """Ids of the places that these lie in."""

    @classmethod
    def of(cls, search: Search) -> Wanted:
        """Read a search."""
        return cls(
            search,
            frozenset(query_terms(search.text)),
            frozenset(place.id for place in search.places),
            frozenset(id_ for place in search.places for id_ in place.within),
        )


def features(wanted: Wanted, chunk: Chunk, note: Note, found: Signals) -> tuple[float, ...]:
    """Return the features of a chunk, in the order of `NAMES`."""
    id_, search = chunk.id, wanted.search
    near = found.passages.get(id_, 0.0)
    asked = (*found.asked.get(id_, ()), 0.0, 0.0)
    late = found.matches.get(id_, UNMATCHED)
    stated = search.wants & note.signals
    return (
        _STEEP * late.mean,
        _STEEP * late.worst,
        _STEEP * near,
        _STEEP * max(0.0, asked[0] - near),
        _STEEP * max(0.0, asked[1] - near),
        _STEEP * max(0.0, asked[0] - _SURE),
        _STEEP * max(0.0, near - _SURE),
        *(1 / (_RANK_OFFSET + ranking[id_]) * _RANK_OFFSET if id_ in ranking else 0.0
          for ranking in found.ranks),
        found.relative_words.get(id_, 0.0),
        found.relative_asked_words.get(id_, 0.0),
        *_documents(search, chunk),
        float(chunk.document in search.about_places),
        float(chunk.document in search.about_others),
        min(1.0, note.placed / _MANY_PLACED),
        min(1.0, note.located / _MANY_LOCATED),
        *_places(wanted, note),
        *_shape(chunk.text, chunk.kind),
        _heading_words(chunk.path, wanted.terms),
        *_signals(stated),
        len(stated) / len(search.wants) if search.wants else 0.0,
    )  # fmt: skip


def _documents(search: Search, chunk: Chunk) -> tuple[float, float, float, float]:
    if search.documents:
        inside = chunk.document in search.documents
        return (float(inside), float(not inside), 0.0, 0.0)
    if search.follows:
        same = chunk.document == search.follows
        return (0.0, 0.0, float(same), float(not same))
    return _NOWHERE


def _places(wanted: Wanted, note: Note) -> tuple[float, float, float, float]:
    if not wanted.places:
        return _NOWHERE
    same = not wanted.places.isdisjoint(note.places)
    around = not wanted.outer.isdisjoint(note.places)
    inside = not wanted.places.isdisjoint(note.around)
    other = bool(note.places) and not (same or around or inside)
    return (float(same), float(around), float(inside), float(other))


_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=50_000)
def _shape(text: str, kind: BlockKind) -> tuple[float, ...]:
    """Return what a chunk's form says, whatever is asked."""
    said = readable(text)
    return (
        float(_POINTER.match(said) is not None),
        float(_INTRODUCES.search(said) is not None),
        min(1.0, math.log1p(len(said.split())) / math.log1p(_USUAL_WORDS)),
        *(float(kind is one) for one in _KINDS),
    )


@lru_cache(maxsize=4096)
def _signals(stated: frozenset[Signal]) -> tuple[float, ...]:
    return tuple(float(signal in stated) for signal in Signal)


@lru_cache(maxsize=1024)
def _heading_words(path: tuple[str, ...], terms: frozenset[str]) -> float:
    """Return the share of the question's words that stand in the headings."""
    if not terms:
        return 0.0
    heading = " ".join(path).lower()
    return sum(term in heading for term in terms) / len(terms)


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(scores, key=lambda id_: (-scores[id_], id_))
    return {id_: number for number, id_ in enumerate(ordered, 1)}


def _relative(scores: Mapping[str, float]) -> dict[str, float]:
    """Return scores as shares of the best."""
    best = max(scores.values(), default=0.0)
    return {id_: score / best for id_, score in scores.items()} if best > 0 else {}
