"""What a question wants: from its question word, the noun behind it, and its verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.reasoning.ask import Wanted
from assistant.reasoning.asking.main_clause import AUXILIARIES, WH, MainClause
from assistant.reasoning.asking.question_text import Word, first_said
from assistant.reasoning.asking.question_words import (
    BESIDES,
    CURRENT,
    DATA_TOO,
    DIFFERENT,
    HEADS,
    HOW_LONG,
    KINDS,
    LISTING,
    MEANINGS,
    NEEDED,
    NUMBERS,
    PERSONS,
    REASONS,
    STARTING,
    TIME_UNITS,
    WAYS,
    WHOLE,
)
from corpus.facts.arguments.data_categories import DATA


class WantedRead(NamedTuple):
    """What is wanted, of what, by which noun."""

    wanted: Wanted
    of: Wanted | None = None
    head: str = ""


_LISTED = (Wanted.PLACE, Wanted.SERVICE, Wanted.DATA, Wanted.CONDITION, Wanted.EXCEPTION)
_BREAKS = frozenset(
    "in on of for to from by with at does do did is are was were has have had will would can may "
    "must should could might that which who where and or ? , . not n't".split()
)
_PAST_OR_WILL = frozenset("did was were will".split())
_BEGINNING = frozenset("start begin open launch effect updated update written".split())


def read_wanted(clause: MainClause) -> WantedRead:
    """Read what a clause wants."""
    words = clause.words
    if not words:
        return WantedRead(Wanted.UNKNOWN)
    for rule in (_current, _difference, _number, _set, _phrase, _question_word):
        if found := rule(clause):
            return found
    return WantedRead(Wanted.WHETHER)


def _current(clause: MainClause) -> WantedRead | None:
    if clause.first in WH:
        return None
    words = clause.words
    if first_said(words, CURRENT) is not None or _is_current(words):
        return WantedRead(Wanted.IS_CURRENT)
    return None


def _is_current(words: Sequence[Word]) -> bool:
    """Tell whether "still" or "current" is said of what is, not of what is done."""
    low = [word.low for word in words]
    if low[0] in ("is", "are") and "current" in low[-3:]:
        return True
    done = any(word.lemma in KINDS and word.tag.startswith("V") for word in words)
    return "still" in low and not done


def _difference(clause: MainClause) -> WantedRead | None:
    words = clause.words
    low = [word.low for word in words]
    if first_said(words, DIFFERENT) is not None:
        return WantedRead(Wanted.DIFFERENCE)
    compared = any(word.tag in ("JJR", "RBR") for word in words) and "or" in low
    changes = "between" in low and any(word.lemma == "change" for word in words)
    lacks = "have" in low and "that" in low and low[-2:-1] == ["not"]
    if compared or changes or (lacks and low[0] == "what"):
        return WantedRead(Wanted.DIFFERENCE)
    return None


def _number(clause: MainClause) -> WantedRead | None:
    words = clause.words
    if first_said(words, HOW_LONG) is not None:
        return WantedRead(Wanted.DURATION)
    at = first_said(words, NUMBERS)
    if at is None:
        return None
    behind = words[at + 1 :]
    if any(word.lemma in TIME_UNITS for word in behind[:2]):
        return WantedRead(Wanted.DURATION)
    head = next((w for w in behind if w.lemma in HEADS or _is_data(w)), None)
    return WantedRead(Wanted.HOW_MANY, _of(head), head.said if head else "")


def _of(head: Word | None) -> Wanted | None:
    if head is None:
        return None
    found = HEADS.get(head.lemma)
    if found in _LISTED:
        return found
    return Wanted.DATA if _is_data(head) else None


def _set(clause: MainClause) -> WantedRead | None:
    words = clause.words
    listing = words[0].lemma in LISTING
    front = words[:5]
    whole = next((w for w in front if w.low in WHOLE), None)
    if not listing and whole is None:
        return None
    if clause.first in AUXILIARIES or clause.is_whether:
        return None
    begin = words.index(whole) if whole else 1
    if whole and whole.low == "everything":
        return WantedRead(Wanted.ALL_OF, Wanted.DATA, "everything")
    head = next((w for w in words[begin:] if w.lemma in HEADS or _is_data(w)), None)
    of = _of(head)
    if of is Wanted.EXCEPTION:
        return WantedRead(Wanted.EXCEPTION, None, head.said if head else "")
    return WantedRead(Wanted.ALL_OF, of, head.said if head else "")


def _phrase(clause: MainClause) -> WantedRead | None:
    """Read the phrases that tell what is wanted wherever they stand."""
    words = clause.words
    if clause.is_whether or clause.first in AUXILIARIES:
        return None
    for phrases, wanted in (
        (REASONS, Wanted.REASON), (BESIDES, Wanted.EXCEPTION), (STARTING, Wanted.DATE),
        (PERSONS, Wanted.PERSON), (WAYS, Wanted.WAY), (MEANINGS, Wanted.DEFINITION),
    ):  # fmt: skip
        if first_said(words, phrases) is not None:
            return WantedRead(wanted)
    if clause.first not in ("where", "who") and first_said(words, NEEDED) is not None:
        return WantedRead(Wanted.CONDITION)
    return None


def _question_word(clause: MainClause) -> WantedRead | None:
    words = clause.words
    if clause.is_whether:
        return WantedRead(Wanted.WHETHER)
    at = next((i for i, word in enumerate(words) if word.low in WH), None)
    if clause.first in AUXILIARIES:
        return WantedRead(Wanted.WHETHER)
    if at is None:
        return _named(words)
    word = words[at].low
    if word == "where":
        return WantedRead(Wanted.PLACE)
    if word == "when":
        return WantedRead(_when(words))
    if word == "how":
        return WantedRead(Wanted.WAY)
    return _what(words, at)


def _when(words: Sequence[Word]) -> Wanted:
    low = {word.low for word in words}
    begins = any(word.lemma in _BEGINNING for word in words)
    return Wanted.DATE if low & _PAST_OR_WILL or begins else Wanted.CONDITION


def _named(words: Sequence[Word]) -> WantedRead | None:
    """Read keywords and orders by the first noun that can be asked for."""
    if words[-1].low == "?" and len(words) > 3:
        return None
    for word in words:
        found = HEADS.get(word.lemma)
        if found is not None:
            return WantedRead(found, None, word.said)
    return None


def _what(words: Sequence[Word], at: int) -> WantedRead:
    phrase: list[Word] = []
    for word in words[at + 1 :]:
        if word.low in _BREAKS or (word.tag in ("VBZ", "VBP", "VBD", "MD") and phrase):
            break
        phrase.append(word)
    named = next((w for w in reversed(phrase) if w.lemma in HEADS or _is_data(w)), None)
    if named is None and words[at].low == "which":
        named = next((w for w in words[at + 1 :] if w.lemma in HEADS or _is_data(w)), None)
    if named is None:
        return WantedRead(_bare_what(words, at))
    if named.lemma in HEADS:
        return WantedRead(HEADS[named.lemma], None, named.said)
    return WantedRead(Wanted.DATA, None, named.said)


def _bare_what(words: Sequence[Word], at: int) -> Wanted:
    """Tell what "what" asks for by itself."""
    behind = [w for w in words[at + 1 :] if w.low not in "? . !".split()]
    if not any(word.lemma in KINDS for word in behind) and behind and behind[0].lemma == "be":
        return Wanted.DEFINITION
    if any(word.lemma == "mean" for word in behind):
        return Wanted.DEFINITION
    if not any(word.tag.startswith("V") for word in behind) and behind:
        return Wanted.WHETHER if words[at].low == "what" else Wanted.DATA
    if behind and behind[0].low == "if":
        return Wanted.WHETHER
    return Wanted.DATA


def _is_data(word: Word) -> bool:
    return word.lemma in DATA or word.low in DATA or word.lemma in DATA_TOO
