"""What speaks for an answer, in numbers: what the proof decided and how its passages fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from assistant import wording
from assistant.composing.abstention import log_odds
from assistant.pipeline import Responded
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asked import Asked
from assistant.triage.topic import Topic, topic_of
from assistant.types import Citation, Verdict
from corpus.language.signals import DURATION
from corpus.language.terms import query_terms
from corpus.places import Gazetteer
from index.searching.reader import IndexReader
from index.types import Hit

_FIRST = re.compile(r"(Yes|No|It depends)\b")
_STEM = 5
"""Letters that two words share when they are forms of one."""
_MOST_CITED = 6
_ODDS = 6.0
"""Log-odds beyond which more says nothing more."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for an answer; each a number from 0 to 1 unless it says otherwise."""

    is_residency: float
    """Whether the question asks for a place, of one, for a time or for who may see data."""
    is_named: float
    """Whether the row or the question names the service outright."""
    is_derived: float
    """Whether the answer follows step by step, rather than being the passage found first."""
    is_decided: float
    """Whether it begins with Yes or No."""
    depends: float
    is_closed: float
    """Whether Yes or No is asked for."""
    covered: float
    """Share of the question's words in the passages and their headings."""
    quoted: float
    """The same of the passages alone."""
    similarity: float
    """Cosine of the question and the nearest passage that is cited."""
    is_first: float
    """Whether what was found first is cited."""
    answerable: float
    """Log-odds that the documents answer it, by what the search found; -1 to 1."""
    tells: float
    """Whether the passages have the kind of thing that is asked for: a time, a place, a number."""
    places_said: float
    """Share of the places asked about that they name; 1 where none is."""
    cited: float
    """How many passages are cited, of six."""

    @property
    def values(self) -> tuple[float, ...]:
        """All of them, in the order of the fields."""
        return astuple(self)


def grounds_of(made: Responded, index: IndexReader) -> Grounds:
    """Return what speaks for an answer; of several questions in one, for the weakest."""
    every = [_of_one(made, asked, index) for asked in made.asked]
    return min(every, key=lambda one: (one.is_residency, one.covered))


def first_word(text: str) -> str:
    """Return the Yes, No or It depends that an answer begins with; empty where none is."""
    found = _FIRST.match(text)
    return found[1] if found else ""


def is_closed(asked: Sequence[Asked]) -> bool:
    """Tell whether Yes or No is asked for, and nothing else."""
    return bool(asked) and all(
        one.ask.wanted in (Wanted.WHETHER, Wanted.IS_CURRENT) for one in asked
    )


def covered_share(question: str, texts: Iterable[str]) -> float:
    """Return the share of a question's words that some texts have, in any of their forms."""
    terms = set(query_terms(question))
    said = {word[:_STEM] for text in texts for word in query_terms(text)}
    return sum(term[:_STEM] in said for term in terms) / len(terms) if terms else 0.0


def _of_one(made: Responded, asked: Asked, index: IndexReader) -> Grounds:
    answer, ask = made.answer, asked.ask
    quotes = [one.quote for one in answer.citations]
    around = [f"{one.section} {one.title}" for one in answer.citations]
    first = first_word(answer.text)
    hits = [hit for hit in made.hits if is_cited(hit, answer.citations)]
    odds, threshold = log_odds(asked.query, made.hits, index) if made.hits else (_ODDS, 0.0)
    return Grounds(
        is_residency=float(topic_of(ask, index.gazetteer) is Topic.RESIDENCY),
        is_named=float(asked.scope.is_sure),
        is_derived=float(bool(answer.derivation)),
        is_decided=float(first in (wording.YES, wording.NO)),
        depends=float(first == wording.DEPENDS),
        is_closed=float(is_closed((asked,))),
        covered=covered_share(ask.question, (*quotes, *around)),
        quoted=covered_share(ask.question, quotes),
        similarity=max((hit.similarity for hit in hits), default=0.0),
        is_first=float(bool(made.hits) and is_cited(made.hits[0], answer.citations)),
        answerable=max(-1.0, min(1.0, (threshold - odds) / _ODDS)),
        tells=float(_tells(ask, quotes, index.gazetteer)),
        places_said=_places_said(ask, quotes, index.gazetteer),
        cited=min(len(quotes), _MOST_CITED) / _MOST_CITED
        if answer.verdict is Verdict.ANSWERED
        else 0.0,
    )


def is_cited(hit: Hit, citations: Iterable[Citation]) -> bool:
    """Tell whether an answer shows a passage that was found."""
    chunk = hit.chunk
    return any(
        one.document == chunk.document and one.start < chunk.span.end and chunk.span.start < one.end
        for one in citations
    )


def _tells(ask: Ask, quotes: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Tell whether the passages have the kind of thing that is asked for."""
    text = " ".join(quotes)
    asked = ask.of if ask.wanted is Wanted.ALL_OF else ask.wanted
    if asked is Wanted.DURATION:
        return DURATION.search(text) is not None
    if asked is Wanted.PLACE:
        return bool(gazetteer.mentions(text)) or "geo" in text.lower() or "region" in text.lower()
    return bool(text)


def _places_said(ask: Ask, quotes: Iterable[str], gazetteer: Gazetteer) -> float:
    """Return the share of the places asked about that the passages name, or lie in."""
    if not ask.places:
        return 1.0
    said = [mention.place for text in quotes for mention in gazetteer.mentions(text)]
    known = {id_ for place in said for id_ in (place.id, *place.within)}
    around = [{place.id, *place.within} for place in ask.places]
    return sum(bool(ids & known) for ids in around) / len(around)
