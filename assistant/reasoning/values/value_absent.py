"""How likely it is that the documents in scope do not say what a question wants.

What was found is weighed by the type of thing that is wanted, the words of the question that no
passage says, and how well its word pieces are matched; the weights were fitted on questions with
and without an answer, by documents apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.composing.abstention import log_odds
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import stem, stems
from assistant.reasoning.values.candidates import Candidate, Weighed
from assistant.understanding.question import understand
from corpus.places import PlaceKind

_LOOKED_AT = 3
_KIND_OF: Mapping[str, tuple[PlaceKind, ...]] = {
    stem(word): kinds
    for words, kinds in (
        ("city town metropolis", (PlaceKind.CITY, PlaceKind.REGION)),
        ("country nation soil", (PlaceKind.COUNTRY, PlaceKind.CITY, PlaceKind.REGION)),
        ("state province", (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.REGION)),
    )
    for word in words.split()
}
"""Nouns that ask for a place of a kind, and the kinds that say it."""
_TYPED = (Wanted.DURATION, Wanted.DATE, Wanted.PLACE, Wanted.PERSON)
"""Wanted things that a text has or has not."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of an answer, each the larger the more is."""

    odds: float
    """Log-odds of the model that weighs the search alone, less its threshold."""
    untyped: float
    untyped_first: float
    """Of the best passage alone."""
    unkind: float
    """1 where a city, a country or a state is asked for and none is named."""
    unsaid: float
    """Share of the question's words that none of the best passages says."""
    unsaid_first: float
    heaviest: float
    """Weight of the heaviest word that none of them says."""
    nowhere: float
    """Share of the words that no passage found says."""
    unmatched: float
    """How badly the word pieces are matched."""
    far: float

    @property
    def values(self) -> tuple[float, ...]:
        """All of them, in order."""
        return tuple(getattr(self, name) for name in MISSING)


MISSING = tuple(Missing.__dataclass_fields__)


def missing(ask: Ask, known: Known, weighed: Weighed, ranked: Sequence[Candidate]) -> Missing:
    """Return what is missing of an answer in the passages, the best of them first."""
    query = understand(ask.question, (), None, known.gazetteer)
    found, threshold = log_odds(query, known.hits, known.index)
    best, first = ranked[:_LOOKED_AT], ranked[:1]
    typed = ask.wanted in _TYPED
    texts = " ".join(one.around for one in best)
    words = weighed.words
    unsaid = [(one, w) for one, w in words.weights if one not in words.said_in(texts)]
    every = " ".join(one.around for one in ranked)
    hits = known.hits[:_LOOKED_AT]
    return Missing(
        odds=found - threshold,
        untyped=float(typed) * (1 - max((one.fit.typed for one in best), default=0)),
        untyped_first=float(typed) * (1 - max((one.fit.typed for one in first), default=0)),
        unkind=_unkind(ask, known, best),
        unsaid=1 - words.covered(texts),
        unsaid_first=1 - words.covered(" ".join(one.around for one in first)),
        heaviest=max((weight for _, weight in unsaid), default=0.0),
        nowhere=1 - words.covered(every),
        unmatched=1 - max((hit.match.mean for hit in hits), default=0),
        far=1 - max((hit.similarity for hit in hits), default=0),
    )


def _unkind(ask: Ask, known: Known, best: Sequence[Candidate]) -> float:
    """Tell whether a place of a kind is asked for and the best passages name none of that kind,
    but what the question itself names.
    """
    asked = ask.head or ask.question
    kinds = {kind for one in stems(asked) for kind in _KIND_OF.get(one, ())}
    if not kinds:
        return 0.0
    own = {place.id for place in ask.places}
    named = {
        mention.place.kind
        for one in best
        for mention in known.gazetteer.mentions(one.text)
        if mention.place.id not in own
    }
    return float(not named & kinds)
