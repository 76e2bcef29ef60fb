"""What a question wants: from its question word, the noun behind it, and its verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.reasoning.ask import Wanted
from assistant.reasoning.asking.constraint_reading import excludes
from assistant.reasoning.asking.main_clause import AUXILIARIES, ENDS, WH, MainClause
from assistant.reasoning.asking.question_text import Word, first_said, says
from assistant.reasoning.asking.question_words import (
    BESIDES,
    CURRENT,
    DATA_TOO,
    DIFFERENT,
    HEADS,
    HOW_LONG,
    KEPT_TIMES,
    KINDS,
    LISTING,
    MEANINGS,
    NEEDED,
    NUMBERS,
    PARTIES,
    PERSONS,
    REASONS,
    STARTING,
    TIME_UNITS,
    WAYS,
    WHOLE,
)
from corpus.facts.arguments.data_categories import DATA
from corpus.language.word_classes import DEEDS, Deed


class WantedRead(NamedTuple):
    """What is wanted, of what, by which noun."""

    wanted: Wanted
    of: Wanted | None = None
    head: str = ""


_LISTED = (Wanted.PLACE, Wanted.SERVICE, Wanted.DATA, Wanted.CONDITION, Wanted.EXCEPTION)
_BREAKS = frozenset(
    "in on of for to from by with at does do did is are was were has have had will would can may "
    "must should could might that which who where and or ? , . not n't outside within into inside "
    "only never 's under beyond between".split()
)
_PAST_OR_WILL = frozenset("did was were will 'll going had".split())
_BEGINNING = frozenset(
    "start begin open launch effect update write become end expire join arrive finish complete "
    "renew sign publish last".split()
)
_PROMISES = frozenset("promise commitment rule limit guarantee undertaking pledge offer".split())
_OTHERS = frozenset("other others rest".split())
_HOLDING = frozenset("current valid accurate updated recent actual".split())
_LEADING = {"if": Wanted.WHETHER, "about": Wanted.WHETHER, "happen": Wanted.UNKNOWN}
"""Words behind "what" that make something else of it."""
_NEEDING = frozenset("need require necessary must".split())
_GIVING = frozenset("tell give point share say show send provide list name".split())
_ASKED = frozenset("you someone anyone somebody anybody".split())
_JOINING = frozenset("and also but or what".split())
_CHECKING = frozenset("confirm verify check".split())
_VAGUE = frozenset(
    "admin administrator team role people one function process party mean day year area ground "
    "state land set".split()
)
"""Nouns that are asked for only behind "which" or "what"."""
_DOING = frozenset({Deed.CHOOSE, Deed.MOVE, Deed.JOIN, Deed.STORE})
_TO_DO = frozenset("check set change enable configure request find see verify activate".split())


def read_wanted(clause: MainClause) -> WantedRead | None:
    """Read what a clause wants; None where no word of it tells."""
    if not clause.words:
        return None
    for rule in (_current, _difference, _number, _set, _phrase, _question_word):
        if found := rule(clause):
            return found
    return None


def _current(clause: MainClause) -> WantedRead | None:
    words = clause.words
    if clause.first in WH or any(word.low in WH for word in words[:2]):
        return None
    if first_said(words, CURRENT) is not None or _is_current(words):
        return WantedRead(Wanted.IS_CURRENT)
    return None


def _is_current(words: Sequence[Word]) -> bool:
    """Tell whether "still" or "current" is said of what is, not of what is done."""
    low = [word.low for word in words]
    if low[0] in ("is", "are") and set(low[-2:]) & _HOLDING:
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
    lacks = low[0] == "what" and "that" in low and bool({"not", "n't"} & set(low[-3:]))
    one_side = low[0] == "what" and says(words, ("but", "not")) is not None
    if compared or changes or lacks or one_side:
        return WantedRead(Wanted.DIFFERENCE)
    return None


def _number(clause: MainClause) -> WantedRead | None:
    words = clause.words
    if any(word.low in ("who", "whom") for word in words[:2]):
        return None
    timed = HOW_LONG if clause.first in AUXILIARIES else (*HOW_LONG, *KEPT_TIMES)
    if first_said(words, timed) is not None and not clause.is_whether:
        return WantedRead(Wanted.DURATION)
    at = first_said(words, NUMBERS)
    at = 0 if at is None and clause.first == "count" else at
    if at is None or clause.first in AUXILIARIES:
        return None
    behind = words[at + 1 :]
    if any(word.lemma in TIME_UNITS for word in behind[:2]):
        return WantedRead(Wanted.DURATION)
    head = _head(behind)
    return WantedRead(Wanted.HOW_MANY, _of(head), head.said if head else "")


def _head(words: Sequence[Word]) -> Word | None:
    return next((w for w in words if _of(w) is not None), None)


def _of(head: Word | None) -> Wanted | None:
    """Return what a noun is, of which every one is asked for."""
    if head is None:
        return None
    found = HEADS.get(head.lemma)
    if found in _LISTED:
        return found
    return Wanted.DATA if _is_data(head) or head.lemma in PARTIES else None


def _set(clause: MainClause) -> WantedRead | None:
    words = clause.words
    listing = words[0].lemma in LISTING or (says(words, ("list",)) or 0) == len(words) - 1 > 0
    whole = next((w for w in words[:5] if w.low in WHOLE), None)
    others = clause.first in ("any", "the", "and") and any(w.low in _OTHERS for w in words)
    if len(words) < 5 and others:
        return WantedRead(Wanted.ALL_OF)
    if (not listing and whole is None) or clause.first in AUXILIARIES or clause.is_whether:
        return None
    if whole is not None and whole.low == "everything":
        return WantedRead(Wanted.ALL_OF, Wanted.DATA, whole.said)
    head = _head(words[words.index(whole) if whole else 0 :])
    shown = head.said if head else ""
    if whole is None and _of(head) is Wanted.EXCEPTION:
        return WantedRead(Wanted.EXCEPTION, None, shown)
    if whole is None and _of(head) is Wanted.CONDITION:
        return WantedRead(Wanted.CONDITION, None, shown)
    return WantedRead(Wanted.ALL_OF, _of(head), shown)


def _phrase(clause: MainClause) -> WantedRead | None:
    """Read the phrases that tell what is wanted wherever they stand."""
    words = clause.words
    if clause.is_whether:
        return None
    if clause.first in AUXILIARIES:
        there = any(w.lemma in ("there", "any", "have") for w in words[1:4])
        besides = there and first_said(words, BESIDES) is not None
        return WantedRead(Wanted.EXCEPTION) if besides else None
    where = next((i for i, w in enumerate(words) if w.low in WH), len(words))
    if _defines(words, where):
        return WantedRead(Wanted.DEFINITION)
    if clause.first == "when" and _when(words) is Wanted.DATE:
        return WantedRead(Wanted.DATE)
    for phrases, wanted in (
        (REASONS, Wanted.REASON), (STARTING, Wanted.DATE), (BESIDES, Wanted.EXCEPTION),
        (MEANINGS, Wanted.DEFINITION),
    ):  # fmt: skip
        if first_said(words, phrases) is not None:
            return WantedRead(wanted)
    return _by_question_word(clause)


def _by_question_word(clause: MainClause) -> WantedRead | None:
    """Read the phrases that another question word may stand before."""
    words = clause.words
    where = next((i for i, w in enumerate(words) if w.low in WH), len(words))
    person = first_said([w for w in words if w.low != "contacts"], PERSONS)
    if person is not None and person <= where:
        behind = words[where + 1 :]
        named = _of_being(behind[1:]) if behind and behind[0].low == "are" else None
        if named is not None and HEADS.get(named.lemma) is Wanted.SERVICE:
            return WantedRead(Wanted.ALL_OF, Wanted.SERVICE, named.said)
        return WantedRead(Wanted.PERSON)
    if first_said(words, WAYS) is not None:
        return WantedRead(Wanted.WAY)
    if clause.first not in ("where", "who", "how") and first_said(words, NEEDED) is not None:
        return WantedRead(Wanted.CONDITION)
    return None


def _defines(words: Sequence[Word], where: int) -> bool:
    if where == len(words) or words[where].low not in ("what", "how"):
        return False
    if where and words[where - 1].low == "by":
        return False
    behind = [w.low for w in words[where + 1 : where + 3]]
    if (
        words[where].low == "what"
        and behind[:1] in (["is"], ["'s"])
        and behind[1:] in (["a"], ["an"])
    ):
        return True
    return any(w.lemma in ("mean", "define") and w.tag.startswith("V") for w in words[where:])


def _question_word(clause: MainClause) -> WantedRead | None:
    words = clause.words
    asks = any(word.low in AUXILIARIES or word.low == "that" for word in words)
    checks = clause.first in _CHECKING and asks
    requested = clause.first in AUXILIARIES and len(words) > 2 and words[1].low in _ASKED
    if requested and any(word.lemma in _GIVING for word in words[2:4]):
        return _named(words[2:]) or WantedRead(Wanted.WHETHER)
    if clause.is_whether or clause.first in AUXILIARIES or checks:
        return WantedRead(Wanted.WHETHER)
    at = next((i for i, word in enumerate(words) if word.low in WH), len(words))
    if at == len(words) and clause.first in _JOINING and len(words) < 7:
        return None
    ordered = _named(words[:at]) if at > 1 else None
    order = any(w.tag == "VB" or w.low in ("please", "kindly") for w in words[:3])
    if at == len(words) or (ordered is not None and order):
        return ordered
    return _by_word(words, at)


def _by_word(words: Sequence[Word], at: int) -> WantedRead:
    simple = {"where": Wanted.PLACE, "how": Wanted.WAY, "who": Wanted.PERSON}
    word = words[at].low
    if word in simple:
        return WantedRead(simple[word])
    if word == "when":
        return WantedRead(_when(words))
    return _what(words, at)


def _when(words: Sequence[Word]) -> Wanted:
    low = {word.low for word in words}
    denied = bool(low & {"not", "n't", "never"})
    if denied and any(word.lemma == "apply" for word in words):
        return Wanted.EXCEPTION
    begins = any(word.lemma in _BEGINNING for word in words)
    return Wanted.DATE if low & _PAST_OR_WILL or begins else Wanted.CONDITION


def _named(words: Sequence[Word]) -> WantedRead | None:
    """Read keywords and orders by the first noun that can be asked for."""
    keywords = words[-1].low not in ENDS
    if keywords and words[0].low in _TO_DO and words[0].said.islower():
        return WantedRead(Wanted.WAY)
    if any(word.low in ("yes", "y/n") for word in words):
        return WantedRead(Wanted.WHETHER)
    if any(word.lemma == "retention" for word in words) and len(words) < 8:
        return WantedRead(Wanted.DURATION)
    if not keywords and words[-1].low == "?" and any(_is_done(word) for word in words):
        return None
    heads = [word for word in words if word.lemma in HEADS and word.lemma not in _VAGUE]
    rare = [w for w in heads if HEADS[w.lemma] not in (*_LISTED[:3], Wanted.PERSON)]
    for word in (*rare, *heads):
        return WantedRead(HEADS[word.lemma], None, word.said)
    return None


def _is_done(word: Word) -> bool:
    deed = DEEDS.get(word.lemma) in _DOING and word.tag.startswith("V")
    return word.lemma in KINDS or deed


def _what(words: Sequence[Word], at: int) -> WantedRead:
    behind = words[at + 1 :]
    phrase: list[Word] = []
    for word in behind:
        if word.low in _BREAKS or (word.tag in ("VBZ", "VBP", "VBD", "MD") and phrase):
            break
        phrase.append(word)
    named = _last_asked(phrase)
    being = named is None and bool(behind) and behind[0].low in ("is", "are", "'s", "was", "were")
    if being:
        named = _of_being(behind[1:])
    if named is None and words[at].low == "which":
        named = _head(behind)
    if named is None:
        return WantedRead(_bare_what(words, at))
    found = HEADS.get(named.lemma, Wanted.DATA)
    if being and found in _LISTED[:2] and named.low != named.lemma:
        return WantedRead(Wanted.ALL_OF, found, named.said)
    return WantedRead(found, None, named.said)


def _last_asked(phrase: Sequence[Word]) -> Word | None:
    return next((w for w in reversed(phrase) if w.lemma in HEADS or _is_data(w)), None)


def _of_being(words: Sequence[Word]) -> Word | None:
    """Return the noun of "what is the region of …": a value of something is asked for."""
    phrase: list[Word] = []
    for word in words:
        if word.low in _BREAKS - {"'s"}:
            break
        phrase.append(word)
    head = phrase[-1] if phrase else None
    if head is None or HEADS.get(head.lemma, Wanted.DATA) is Wanted.DATA or phrase[0].low == "a":
        return None
    if HEADS[head.lemma] is Wanted.SERVICE and head.low == head.lemma:
        return None
    goes_on = len(words) > len(phrase) and words[len(phrase)].low not in ENDS
    owned = any(word.low in ("'s", "our", "my") for word in phrase)
    return head if goes_on or owned or head.low != head.lemma else None


def _bare_what(words: Sequence[Word], at: int) -> Wanted:
    """Tell what "what" asks for by itself."""
    behind = [w for w in words[at + 1 :] if w.low not in ENDS]
    if not behind:
        return Wanted.DATA
    if behind[0].lemma in _LEADING:
        return _LEADING[behind[0].lemma]
    if any(word.lemma in _NEEDING for word in behind[:4]):
        return Wanted.CONDITION
    if excludes(behind) and any(word.lemma in _PROMISES for word in behind):
        return Wanted.EXCEPTION
    return _by_verb(words[at].low, behind)


def _by_verb(asks: str, behind: Sequence[Word]) -> Wanted:
    done = any(word.lemma in KINDS and not word.tag.startswith("N") for word in behind)
    if not done and any(word.lemma in ("be", "'s") for word in behind[:4]):
        return Wanted.UNKNOWN if _is_of_something(behind) else Wanted.DEFINITION
    if not done and asks == "what" and not any(word.tag.startswith("V") for word in behind):
        return Wanted.WHETHER
    return Wanted.DATA


def _is_of_something(behind: Sequence[Word]) -> bool:
    """Tell whether "what is the ceiling on …" asks for what something has of its own."""
    noun = next((n for n, word in enumerate(behind[2:], 2) if word.low in _BREAKS), None)
    return (
        len(behind) > 3 and behind[1].low == "the" and noun is not None and noun > 2
        and behind[noun - 1].said.islower() and behind[noun].low in _OWNED_BY
    )  # fmt: skip


_OWNED_BY = frozenset("of on for to between".split())


def _is_data(word: Word) -> bool:
    return word.lemma in DATA or word.low in DATA or word.lemma in DATA_TOO
