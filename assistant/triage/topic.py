"""Whether a question is about data residency, told by the vocabulary of the field.

Residency is where data is stored, processed, moved or accessed from, how long it is kept, and who
may see it. What a question asks is read by its grammar (`reasoning.asking`): a place that is asked
for or that something is in, a length of time for which data is kept, somebody's access to it.
Nothing here lists what is off the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking.question_text import Word, read_text
from assistant.reasoning.asking.question_words import KINDS
from corpus.facts.arguments.data_categories import DATA
from corpus.facts.types import StatementKind
from corpus.language.signals import DURATION
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing
from corpus.places import Gazetteer


class Topic(StrEnum):
    """How much of the field a question speaks of."""

    RESIDENCY = "residency"
    """It asks for a place, or of one; for how long data is kept, or who may see it."""
    DATA = "data"
    """Something is done to data, and neither place nor time is asked for."""
    OTHER = "other"


_GEOGRAPHIC = frozenset(
    "geography geographies geo geos geographic geographical geographically region regions regional "
    "country countries territory territories jurisdiction jurisdictions continent residency "
    "sovereignty offshore onshore nearshore overseas abroad worldwide global globally "
    "cross-border location locations located relocation whereabouts eea emea apac".split()
)
"""Words that speak of places on the map, whatever stands around them."""
_SITES = frozenset("datacenter datacentre datacenters datacentres".split())
_HOLDING = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED}
)
_DEEDS_DONE = frozenset({Deed.STORE, Deed.PROCESS, Deed.MOVE, Deed.LEAVE, Deed.LIE, Deed.OFFER})
_KEEPING = frozenset({StatementKind.RETAINED, StatementKind.STORED})
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])|-")
"""Where the parts of a name meet: "PreferredDataLocation", "Multi-Geo"."""
_SEEING = frozenset("access see view".split())
_OWNED = frozenset("customer personal client user tenant employee our its their".split())
"""Words before "data" that make it somebody's, which is what residency is about."""


def topic_of(ask: Ask, gazetteer: Gazetteer) -> Topic:
    """Return how much of the field a question speaks of."""
    words = read_text(ask.question).words
    if _is_placed(ask, words, gazetteer) or _is_kept_for(ask, words) or _is_seen(ask, words):
        return Topic.RESIDENCY
    if _is_data_treated(ask, words):
        return Topic.DATA
    return Topic.OTHER


def _is_placed(ask: Ask, words: tuple[Word, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether a place is asked for, or something is asked of one."""
    parts = {part.lower() for word in words for part in (word.said, *_CASES.split(word.said))}
    if parts & _GEOGRAPHIC:
        return True
    asks_where = any(word.low in ("where", "whereabouts") for word in words)
    if asks_where and Wanted.PLACE in (ask.wanted, ask.of):
        return True
    if any(asked.places or gazetteer.mentions(asked.words) for asked in ask.placed):
        return True
    return _is_in_site(ask, words)


def _is_in_site(ask: Ask, words: tuple[Word, ...]) -> bool:
    """Tell whether something is said to be done in data centers: not what is done to these."""
    low = [word.low for word in words]
    sites = any(word in _SITES for word in low) or "data cent" in " ".join(low)
    return sites and (ask.kind in _HOLDING or Wanted.PLACE in (ask.wanted, ask.of))


def _is_kept_for(ask: Ask, words: tuple[Word, ...]) -> bool:
    """Tell whether it is asked for how long data is kept, or when it goes."""
    kept = any(KINDS.get(word.lemma) is StatementKind.RETAINED for word in words)
    timed = ask.wanted is Wanted.DURATION or DURATION.search(ask.question) is not None
    of_data = _speaks_of_data(ask, words)
    if timed and of_data:
        return kept or ask.kind in _KEEPING
    return kept and of_data and ask.kind is StatementKind.RETAINED


def _is_seen(ask: Ask, words: tuple[Word, ...]) -> bool:
    """Tell whether it is asked who has access to somebody's data."""
    seen = any(word.lemma in _SEEING for word in words)
    whose = any(
        word.low in _OWNED and behind.lemma in ("data", "datum", "content", "information")
        for word, behind in pairwise(words)
    )
    party = any(THINGS.get(word.lemma) in (Thing.COMPANY, Thing.STAFF) for word in words)
    who = ask.wanted in (Wanted.PERSON, Wanted.SERVICE) or ask.of is Wanted.SERVICE
    served = any(word.lemma in ("service", "application", "product") for word in words)
    return seen and whose and (who or party or served)


def _is_data_treated(ask: Ask, words: tuple[Word, ...]) -> bool:
    """Tell whether something is done to data that bears on where it is."""
    done = ask.kind in _HOLDING or ask.kind is StatementKind.RETAINED
    done = done or any(DEEDS.get(word.lemma) in _DEEDS_DONE for word in words if _is_verb(word))
    return done and _speaks_of_data(ask, words)


def _speaks_of_data(ask: Ask, words: Iterable[Word]) -> bool:
    return bool(ask.data) or any(word.lemma in DATA or word.low in DATA for word in words)


def _is_verb(word: Word) -> bool:
    return word.tag.startswith("V")
