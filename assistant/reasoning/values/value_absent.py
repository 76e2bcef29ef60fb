"""Whether the documents in scope do not say what a question wants, and what is not said.

The search's own model of that is strict on documents that it was not fitted on; what the passages
hold decides first: no passage with a duration answers how long, none with a country in which one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.composing.abstention import log_odds
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import stem, stems
from assistant.reasoning.values.candidates import Candidate
from assistant.understanding.question import understand
from corpus.places import PlaceKind

_SHOWN = 2
"""Passages that an answer may be made of."""
_UNLIKELY, _UNSURE, _LIKELY = 1.5, -1.5, -4.0
"""Log-odds that nothing answers, beyond the threshold of the model that tells them: above the
first nothing does, above zero nothing that lacks the wanted type, below the last something does
whatever it is called."""
_UNCOUNTED = 3.0
"""The same for what is counted: no passage says a number that the counting brings."""
_TYPED = 0.5
_KIND_OF: Mapping[str, tuple[PlaceKind, ...]] = {
    stem(word): kinds
    for words, kinds in (
        ("city town metropolis", (PlaceKind.CITY, PlaceKind.REGION)),
        ("country nation soil", (PlaceKind.COUNTRY, PlaceKind.CITY, PlaceKind.REGION)),
        ("state province", (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.REGION)),
        (
            "region datacenter",
            (
                PlaceKind.REGION,
                PlaceKind.CITY,
                PlaceKind.PROVINCE,
                PlaceKind.COUNTRY,
                PlaceKind.GROUP,
            ),
        ),
    )
    for word in words.split()
}
"""Nouns that ask for a place of a kind, and the kinds that say it."""


def is_absent(ask: Ask, known: Known, order: Sequence[Candidate]) -> bool:
    """Tell whether, in all likelihood, nothing answers; the candidates come best first."""
    query = understand(ask.question, (), None, known.gazetteer)
    found, threshold = log_odds(query, known.hits, known.index)
    odds = found - threshold
    if ask.wanted is Wanted.HOW_MANY:
        return odds > _UNCOUNTED
    untyped = bool(order) and order[0].fit.typed < _TYPED
    if odds > _UNLIKELY or (untyped and odds > 0):
        return True
    if ask.wanted is Wanted.DURATION and order:
        return untyped and not order[0].fit.bare and odds > _UNSURE
    return _unkind(ask, known, order[:_SHOWN], sure=odds < _LIKELY)


def _unkind(ask: Ask, known: Known, best: Sequence[Candidate], *, sure: bool) -> bool:
    """Tell whether a place of a kind is asked for and the best passages name none of that kind,
    but what the question itself names.
    """
    kinds = {kind for one in stems(ask.head) for kind in _KIND_OF.get(one, ())}
    if not kinds or ask.wanted is not Wanted.PLACE:
        return False
    if sure and PlaceKind.GROUP in kinds:
        return False
    own = {place.id for place in ask.places}
    named = {
        mention.place.kind
        for one in best
        for mention in known.gazetteer.mentions(_shown(one))
        if mention.place.id not in own
    }
    return not named & kinds


def _shown(one: Candidate) -> str:
    return f"{one.chunk.lead_in} {one.text}"
