"""Passages that may answer a question: what was found in scope, and what belongs to it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reasoning.ask import Ask
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import AskedWords, asked_words, stem, stems
from assistant.reasoning.values.telling_match import telling_match
from assistant.reasoning.values.value_types import holds, points_elsewhere, typed_as
from corpus.facts.types import Statement
from corpus.language.sentences import readable
from corpus.places import Gazetteer, Place, PlaceKind, Relation
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit, Match, Note

LOOKED_AT = 16
"""Hits that are weighed."""
_ASIDE = (BlockKind.FIELD,)
_REACH = 1_500
"""Code points behind a heading or a question in which its answer begins."""
_LONG = 25
_BEHIND = 1.5
"""How much less likely than what brought it a passage is that no search found."""
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SMALL = frozenset(map(stem, ("and", "or", "of", "the", "a", "for", "in", "to", "with")))
_LONGER = 0.2
"""What each further word of a name that the question says is worth."""
_MOST_NAMED = 12
_CODE = 3
"""Letters of a name that other words shortened look like: "US" is not "uses"."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a passage fits a question, each from 0 to 1 but for the first."""

    found: float
    """Score of the search, as far below that of the best passage."""
    typed: float
    """How surely it holds the type of thing that is wanted."""
    covered: float
    """Share of the question's words that it says itself."""
    around: float
    """The same with its headings and its lead-in."""
    heading: float
    """How far its heading is the question."""
    kind: float
    """1 where it states what the question asks to be done with data."""
    lead: float
    """1 where it only introduces what follows it."""
    bare: float
    """1 for a few words without a sentence."""
    long: float
    pointing: float
    """1 where it says only where to read on."""
    named: float
    """Above 1 where it is a row or a record whose name the question says, the more words the
    more."""
    telling: float
    """How well its word pieces match those of the question that tell passages apart."""
    outward: float
    """1 where it says what leaves a place, or is outside of it, and that is asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with how well it fits."""

    chunk: Chunk
    text: str
    """As a reader sees it."""
    fit: Fit

    @property
    def around(self) -> str:
        """Its text with its headings and the sentence that introduces it."""
        return around(self.chunk)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The candidates of a question with the words that they were weighed by."""

    words: AskedWords
    candidates: tuple[Candidate, ...]


@lru_cache(maxsize=8192)
def around(chunk: Chunk) -> str:
    """Return a passage with its headings and the sentence that introduces it."""
    return " ".join((*chunk.path, chunk.lead_in, readable(chunk.text)))


def candidates(ask: Ask, known: Known) -> Weighed:
    """Return the passages that may answer, in the order in which they were found."""
    found = _gathered(ask, known)
    chunks = [hit.chunk for hit, _ in found]
    words = asked_words(ask, known.scope.names, [around(chunk) for chunk in chunks])
    ids = [chunk.id for chunk in chunks]
    notes = known.index.catalog.notes(ids)
    statements = _by_chunk(known.statements(chunks=ids)) if ids else {}
    best = max((score for _, score in found), default=0.0)
    names = NameAsked.of(ask, known)
    matched = telling_match(ask.question, ids, known.index)
    return Weighed(
        words,
        tuple(
            _candidate(
                ask, names, words, hit.chunk,
                Searched(score - best, matched.get(hit.chunk.id, 0.0)),
                notes[hit.chunk.id], statements,
            )
            for hit, score in found
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Searched:
    """What the search says for a passage."""

    found: float
    telling: float


def _by_chunk(statements: Iterable[Statement]) -> Mapping[str, tuple[Statement, ...]]:
    by: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by[one.chunk].append(one)
    return {chunk: tuple(found) for chunk, found in by.items()}


def _candidate(
    ask: Ask,
    names: NameAsked,
    words: AskedWords,
    chunk: Chunk,
    searched: Searched,
    note: Note,
    by_chunk: Mapping[str, tuple[Statement, ...]],
) -> Candidate:
    text, statements = readable(chunk.text), by_chunk.get(chunk.id, ())
    size = len(text.split())
    fit = Fit(
        found=searched.found,
        typed=holds(typed_as(ask), chunk, text, note, statements),
        covered=words.covered(text),
        around=words.covered(around(chunk)),
        heading=_heading(words, chunk),
        kind=float(ask.kind is not None and any(one.kind is ask.kind for one in statements)),
        lead=float(text.endswith(":")),
        bare=float(size < 6 and not chunk.pairs),
        long=float(size > _LONG),
        pointing=float(points_elsewhere(text)),
        named=names.worth(chunk),
        telling=searched.telling,
        outward=float(goes_out(ask.question) and goes_out(around(chunk))),
    )
    return Candidate(chunk, text, fit)


def name_of(chunk: Chunk) -> str:
    """Return what a row or a record is called: its first cell, its heading; else nothing."""
    if chunk.pairs:
        return chunk.pairs[0].value
    return chunk.path[-1] if chunk.record and chunk.path else ""


@dataclass(frozen=True, slots=True)
class NameAsked:
    """What a question says that rows and records can be called."""

    stems: frozenset[str]
    words: frozenset[str]
    places: tuple[Place, ...]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, ask: Ask, known: Known) -> NameAsked:
        """Read a question for names."""
        places = tuple(one.place for one in known.gazetteer.mentions(ask.question))
        words = (word.strip(".,;:?!()'\"/") for word in ask.question.split())
        if ask.question.islower():
            words = (word.upper() for word in words)
        return cls(stems(ask.question), frozenset(words), places, known.gazetteer)

    def worth(self, chunk: Chunk) -> float:
        """Return what it is worth that a row or a record is called as the question says; 0 where
        it is not.
        """
        name = _BRACKETS.sub("", name_of(chunk))
        said = stems(name) - _SMALL
        if said and said <= self.stems and (len(name) > _CODE or name in self.words):
            return 1 + _LONGER * len(said)
        return _PLACED if self.places and chunk.pairs and self._lies_in(name) else 0.0

    def _lies_in(self, name: str) -> bool:
        """Tell whether a row is called after a country or a group in which an asked place lies:
        "Australia" to somebody in Brisbane.
        """
        around = self.gazetteer.named(name)
        if around is None or around.kind not in (PlaceKind.COUNTRY, PlaceKind.GROUP):
            return False
        return any(self.gazetteer.relation(one, around) is Relation.INSIDE for one in self.places)


_PLACED = 1.0
"""What it is worth that an asked place lies in the one that a row is called after."""


_OUTWARD = re.compile(
    r"\b(?:outside|beyond|abroad|overseas|out of|cross(?:es)? borders?|cross-border|egress\w*|"
    r"leav(?:e|es|ing) (?:(?:the|our|their|its|that|this|your) )?(?:[\w-]+ )?"
    r"(?:(?-i:[A-Z])|region|geograph|countr|boundar|border|jurisdiction|area|place)|"
    r"export(?:s|ed|ing)?\b|third countr|globally\b|worldwide\b|exclud\w+ from\b|"
    r"(?:other|another) (?:countr|region|geograph))",
    re.I,
)


@lru_cache(maxsize=8192)
def goes_out(text: str) -> bool:
    """Tell whether a text speaks of what leaves a place, or is outside of it."""
    return _OUTWARD.search(text) is not None


def _heading(words: AskedWords, chunk: Chunk) -> float:
    """Return how far the heading of a passage is the question itself."""
    title = chunk.path[-1] if chunk.path else ""
    return words.covered(title) if title.rstrip().endswith("?") else 0.0


def _gathered(ask: Ask, known: Known) -> list[tuple[Hit, float]]:
    """Return the hits with what belongs to them, each with the score that it is weighed by."""
    found: dict[str, tuple[Hit, float]] = {}
    for hit in known.hits[:LOOKED_AT]:
        if hit.chunk.kind in _ASIDE:
            continue
        if not is_question(hit.chunk):
            _keep(found, hit, hit.score)
        for chunk in _belonging(hit.chunk, known.index):
            _keep(found, Hit(chunk, hit.score, 0, 0, 0, hit.match, 0), hit.score - _BEHIND)
    last = min((score for _, score in found.values()), default=0.0)
    for chunk in _rows_named(ask, known):
        _keep(found, Hit(chunk, last, 0, 0, 0, Match(), 0), last)
    return list(found.values())


def _rows_named(ask: Ask, known: Known) -> list[Chunk]:
    """Return rows and fields of records whose name the question says, of the documents that the
    best hits are of.
    """
    documents = dict.fromkeys(hit.chunk.document for hit in known.hits[:_FEW])
    every = (
        chunk
        for document in documents
        for kind in (BlockKind.ROW, BlockKind.ITEM)
        for chunk in known.index.catalog.block_kind(document, kind)
        if chunk.pairs or chunk.record
    )
    names = NameAsked.of(ask, known)
    named = [(worth, chunk) for chunk in every if (worth := names.worth(chunk))]
    named.sort(key=lambda row: -row[0])
    return [chunk for _, chunk in named[:_MOST_NAMED]]


_FEW = 3
"""Hits whose documents are looked through for rows of a name."""


def _keep(found: dict[str, tuple[Hit, float]], hit: Hit, score: float) -> None:
    known = found.get(hit.chunk.id)
    if known is None or known[1] < score:
        found[hit.chunk.id] = (hit, score)


def is_question(chunk: Chunk) -> bool:
    """Tell whether a passage asks and so says nothing."""
    text = readable(chunk.text).rstrip(' *_"”')
    return text.endswith("?") or text.startswith("Q:")


def _belonging(chunk: Chunk, index: IndexReader) -> Iterator[Chunk]:
    """Yield what answers the question that a passage is or stands under."""
    asks = is_question(chunk)
    if not asks and not (chunk.path and chunk.path[-1].rstrip().endswith("?")):
        return
    near = sorted(index.catalog.neighbours(chunk, reach=_REACH), key=lambda one: one.span)
    same = [one for one in near if one.path == chunk.path and not is_question(one)]
    if asks:
        same = [one for one in same if one.span.start > chunk.span.start]
    yield from same[:2]


def beliefs(scores: Sequence[float]) -> list[float]:
    """Return scores as shares of belief."""
    if not scores:
        return []
    best = max(scores)
    shares = [math.exp(score - best) for score in scores]
    return [share / sum(shares) for share in shares]
