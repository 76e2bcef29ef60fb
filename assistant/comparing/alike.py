"""Whether two sentences about two things say the same of each."""

from __future__ import annotations

from assistant.changes.signs import signs_of
from assistant.changes.types import Aspect
from assistant.changes.what_differs import Named, differences
from assistant.changes.word_pairs import is_light
from corpus.places import Gazetteer

WEIGHTY = frozenset(
    {Aspect.PLACE, Aspect.DURATION, Aspect.DATE, Aspect.NUMBER, Aspect.NEGATION, Aspect.EXTENT,
     Aspect.CONDITION, Aspect.STATUS, Aspect.MODALITY}
)  # fmt: skip
"""In what two statements about one thing differ; two documents never use the same words."""
_SHARED = 0.5
"""Share of the words of the shorter one that the other one says as well."""


def say_alike(first: str, second: str, gazetteer: Gazetteer) -> bool:
    """Tell whether two sentences share most of their words and differ in nothing of weight."""
    one, other = signs_of(first, gazetteer), signs_of(second, gazetteer)
    mine, theirs = (
        {word.stem for word in signs.words if not is_light(word)} for signs in (one, other)
    )
    least = min(len(mine), len(theirs))
    if not least or len(mine & theirs) < _SHARED * least:
        return False
    return not any(each.aspect in WEIGHTY for each in differences(one, other, Named.by(())))
