"""Which sentences tell something of the field, where no statement was read from them.

What is read from documents misses statements; a comparison that called all of these mere text
would be silent about them.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.changes.signs import MOODS
from assistant.changes.word_pairs import bases
from corpus.language.terms import WORD
from corpus.language.word_classes import Deed, Thing, deeds, things

_SHORTEST = 5
"""Words of a sentence."""
_AUXILIARIES = frozenset(
    "is are was were be been has have had does do did can could may might must shall should "
    "will would".split()
)
_ORDERS = frozenset(
    "see read learn visit check refer contact click select choose open follow go note use enter "
    "add set run create configure make ensure find review consider try get download install "
    "please remember navigate sign log enable type copy paste save press return start".split()
)
"""First words of sentences that tell the reader what to do."""
_OF_FIELD = (
    deeds(Deed.STORE, Deed.PROCESS, Deed.ACCESS, Deed.MOVE, Deed.LEAVE, Deed.LEAVE_OUT)
    | things(Thing.LAW, Thing.COPY, Thing.SITE, Thing.TRANSFER, Thing.STAFF)
    | frozenset(
        "data retention backup log subprocessor encryption encrypt certificate certify certified "
        "compliance compliant comply privacy personal plan region residency transfer audit consent "
        "vendor supplier contract agreement".split()
    )
)
_OF_NOTHING = frozenset(
    "work run place put get open see view read serve handle go pass share sit contain manage "
    "perform operate act code happen occur render team answer push bring land edition instance "
    "import set".split()
)
"""Words of the classes above that say nothing of data by themselves."""


@lru_cache(maxsize=1 << 14)
def tells(text: str) -> bool:
    """Tell whether a passage is a whole sentence that says something of the field."""
    words = [found.group().lower() for found in WORD.finditer(text)]
    if len(words) < _SHORTEST or text.rstrip().endswith(("?", ":")) or words[0] in _ORDERS:
        return False
    return any(map(_is_verb, words)) and any(_is_of_field(word) for word in words)


def _is_verb(word: str) -> bool:
    """Tell whether a word may be the verb of a sentence: an auxiliary, or "complies", "keep"."""
    return (
        word in _AUXILIARIES
        or word in MOODS
        or (word not in _OF_NOTHING and any(base in _VERBS for base in bases(word) - {word}))
    )


_VERBS = deeds(*Deed) | frozenset("comply certify undergo remain require allow apply".split())


def _is_of_field(word: str) -> bool:
    return any(base in _OF_FIELD and base not in _OF_NOTHING for base in bases(word))
