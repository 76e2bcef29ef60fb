"""What constrains a question beside its places: what is done, when, and whether it is denied."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reasoning.ask import Time, Wanted
from assistant.reasoning.asking.main_clause import AUXILIARIES, MainClause
from assistant.reasoning.asking.question_text import Word, first_said, says
from assistant.reasoning.asking.question_words import (
    DENYING,
    FUTURE,
    KINDS,
    NOW,
    PAST,
    WEAK_KINDS,
)
from corpus.facts.types import StatementKind


def read_kind(clause: MainClause, wanted: Wanted) -> StatementKind | None:
    """Read what is asked to be done, by the first verb that tells it."""
    words = clause.words
    if wanted is Wanted.DEFINITION:
        return None
    if says(words, ("not", "supported")) is not None or _unsupported(words):
        return StatementKind.NOT_SUPPORTED
    found = next((k for w in words if (k := _kind(w)) is not None), None)
    if found is None:
        found = next((k for w in words if (k := WEAK_KINDS.get(w.lemma))), None)
    if wanted is Wanted.DURATION and found is StatementKind.STORED:
        return StatementKind.RETAINED
    return found


def _unsupported(words: Sequence[Word]) -> bool:
    return any(w.lemma == "support" for w in words) and any(w.low in DENYING for w in words)


def _kind(word: Word) -> StatementKind | None:
    # "backups" and "copies" are data; only as verbs do they say what is done.
    if word.lemma in ("copy", "back", "address", "phone", "change") and word.tag[:1] != "V":
        return None
    return KINDS.get(word.lemma) or KINDS.get(word.low)


def is_denied(clause: MainClause, wanted: Wanted) -> bool:
    """Tell whether a question asks for what is not so; "Isn't it …?" asks what is."""
    words = list(clause.words)
    if wanted is Wanted.WHETHER and words and words[0].low in AUXILIARIES:
        if len(words) > 1 and words[1].low in ("n't", "not"):
            del words[1]
    at = says(words, ("or", "not"))
    if at is not None:
        del words[at : at + 2]
    at = says(words, ("yes", "or", "no"))
    if at is not None:
        del words[at : at + 3]
    return any(word.low in DENYING or word.lemma in DENYING for word in words)


def read_time(clause: MainClause, wanted: Wanted) -> Time | None:
    """Read when it is asked for; None for the plain present."""
    words = clause.words
    if wanted is Wanted.IS_CURRENT or first_said(words, NOW) is not None:
        return Time.CURRENT
    if first_said(words, FUTURE) is not None:
        return Time.FUTURE
    if first_said([w for w in words], PAST) is not None:
        return Time.PAST
    return None
