"""What decides about the sense of a sentence, read off its words: places, amounts, denial, hedges.

A comparison reads tens of thousands of sentences, so nothing here parses: what is looked for are
words and the words beside them. What a sentence states was read when it was indexed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.changes.types import Aspect
from assistant.verification.reading.values import Value, dates, values
from assistant.verification.reading.word_senses import PHRASES
from assistant.verification.reading.words import stem
from corpus.language.terms import WORD
from corpus.language.word_classes import word_table
from corpus.places import Gazetteer


class Hedge(StrEnum):
    """How much of something is meant, or how often."""

    ALL = "all"
    MOST = "most"
    SOME = "some"
    USUALLY = "usually"
    ONLY = "only"


class Mood(StrEnum):
    """How firmly something is said."""

    MAY = "may"
    MUST = "must"
    EITHER = "shall"
    """A word of contracts that says it firmly or plainly."""


class Standing(StrEnum):
    """How long something is meant to hold."""

    PREVIEW = "preview"
    GENERAL = "generally available"
    ENDED = "deprecated"
    PLANNED = "planned"
    TEMPORARY = "temporary"


class Side(StrEnum):
    """How the matter lies to a place."""

    AT = "at"
    OUT = "out of"
    FROM = "from"


HEDGES = word_table(
    {
        # The whole of something.
        Hedge.ALL: "all every each any entire whole both everything",
        # More than half of it.
        Hedge.MOST: "most mostly majority mainly primarily predominantly largely",
        # A part of it.
        Hedge.SOME: "some certain several selected partly partially few limited occasionally "
        "sometimes",
        # Not always.
        Hedge.USUALLY: "usually typically generally normally often commonly ordinarily",
        # Nothing else.
        Hedge.ONLY: "only solely exclusively sole exclusive alone just",
    }
)
MOODS = word_table(
    {
        # It can be so.
        Mood.MAY: "may might can could possible possibly able optional optionally optionally "
        "permit permitted allow allowed allows",
        # It has to be so.
        Mood.MUST: "must required require requires should mandatory need needs obliged",
        # The law's future.
        Mood.EITHER: "shall will",
    }
)
STANDINGS = word_table(
    {
        # Not finished.
        Standing.PREVIEW: "preview previews beta experimental prerelease early_access",
        # Finished.
        Standing.GENERAL: "ga general_availability generally_available",
        # At its end.
        Standing.ENDED: "deprecated retired discontinued legacy sunset decommissioned obsolete",
        # Not there yet.
        Standing.PLANNED: "planned upcoming coming_soon soon roadmap",
        # Not for long.
        Standing.TEMPORARY: "temporary temporarily interim",
    }
)
DENYING = frozenset("not no never none neither nor nothing nobody nowhere without cannot".split())
"""Words that deny what stands beside them."""
LEADS = word_table(
    {
        # It holds if that does.
        "if": "if when whenever where provided case once unless_not upon",
        # It holds if that does not.
        "unless": "unless except excluding excepting exception apart aside",
        # It holds up to then.
        "until": "until till before prior",
        # It holds from then on.
        "after": "after following since",
        # It holds while that does.
        "while": "while during as_long_as",
        # It leans on that.
        "subject": "subject depending",
    }
)
"""Words that lead in what must hold, by what they ask."""
_JOINING = frozenset("and or as well the & plus".split())
_OUT = frozenset("outside beyond out except excluding leaves leave leaving exclude".split())
_SHORT = re.compile(
    r"\b(?:(?P<can>can(?:not|['’]t))|(?P<will>won['’]t)|(?P<verb>\w+?)n['’]t)\b", re.I
)
_HALF = re.compile(r"(?<=\w)'(?P<of>ve|re|ll|m)\b", re.I)
_WHOLE = {"ve": "have", "re": "are", "ll": "will", "m": "am"}
_CLAUSE_END = re.compile(r"[,;:.()]|\s[–—-]\s")
_LOOK_BACK = 4
"""Words before a place among which the one stands that says how the matter lies to it."""
_NOTE_MARK = re.compile(r"\[\d{1,3}\]|[¹²³⁴-⁹†‡]")
_NAMELIKE = re.compile(r"[A-Z0-9]|[a-z]+[A-Z0-9]|.*\d")
_OF_TIME = frozenset({"second", "month", "workday", "time"})
_MOST_OF_A_NAME = 400


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence."""

    text: str
    low: str
    stem: str
    start: int
    is_name: bool
    """It is written as a name, or holds a number."""
    in_condition: bool
    """It stands behind a word that leads a condition in, and before the clause ends."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A place, number, period or date of a sentence."""

    aspect: Aspect
    key: str
    """Equal for what says the same: "country:DE at", "2592000 second -1"."""
    said: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signs:
    """A sentence as it is held against another."""

    text: str
    words: tuple[Word, ...]
    """Without those of places, numbers and dates."""
    places: tuple[Sign, ...]
    amounts: tuple[Sign, ...]
    """Numbers, periods, dates."""
    hedges: frozenset[Hedge]
    moods: frozenset[Mood]
    standings: frozenset[Standing]
    denials: tuple[str, ...]
    """Stem of what each denying word stands before."""
    leads: frozenset[str]

    @property
    def stems(self) -> frozenset[str]:
        """Stems of its words."""
        return frozenset(word.stem for word in self.words)


def signs_of(text: str, gazetteer: Gazetteer) -> Signs:
    """Read a passage, as a reader sees it."""
    return _signs(text, gazetteer)


@lru_cache(maxsize=4096)
def _signs(text: str, gazetteer: Gazetteer) -> Signs:
    told = spelled(text)
    amounts = tuple(_amounts(told))
    places = tuple(_places(told, gazetteer))
    taken = sorted((one.start, one.end) for one in (*amounts, *places))
    words = tuple(_words(told, taken))
    lows = frozenset(word.low for word in words)
    return Signs(
        told,
        words,
        places,
        amounts,
        frozenset(HEDGES[low] for low in lows if low in HEDGES),
        frozenset(MOODS[low] for low in lows if low in MOODS),
        frozenset(_standings(told)),
        tuple(_denials(words)),
        frozenset(LEADS[low] for low in lows if low in LEADS),
    )


def spelled(text: str) -> str:
    """Return a text with one spelling for what is written in several ways."""
    text = _NOTE_MARK.sub(" ", text).replace("’", "'").replace("‑", "-").replace("\u00a0", " ")
    text = _SHORT.sub(_in_full, text)
    text = _HALF.sub(lambda found: f" {_WHOLE[found['of'].lower()]}", text)
    for pattern, said in PHRASES[2:]:
        text = pattern.sub(said, text)
    return " ".join(text.split())


def _in_full(found: re.Match[str]) -> str:
    if found["can"]:
        return "can not"
    return "will not" if found["will"] else f"{found['verb']} not"


def _amounts(text: str) -> Iterator[Sign]:
    for date, start, end in dates(text):
        yield Sign(Aspect.DATE, "-".join(map(str, date)), text[start:end], start, end)
    for value in values(text):
        yield Sign(_aspect(value), _key(value), value.written, value.start, value.end)


def _aspect(value: Value) -> Aspect:
    return Aspect.DURATION if value.unit in _OF_TIME else Aspect.NUMBER


def _key(value: Value) -> str:
    amount = value.amount if isinstance(value.amount, str) else f"{value.amount.normalize():f}"
    return f"{amount} {value.unit} {value.bound}"


def _places(text: str, gazetteer: Gazetteer) -> Iterator[Sign]:
    side, behind = Side.AT, 0
    for one in gazetteer.mentions(text):
        between = text[behind : one.start]
        if not behind or not _joined(between):
            side = _side(text[: one.start])
        behind = one.end
        yield Sign(Aspect.PLACE, f"{one.place.id} {side}", one.words, one.start, one.end)


def _joined(between: str) -> bool:
    """Tell whether no more than a comma or "and" stands between two places."""
    return all(found.group().lower() in _JOINING for found in WORD.finditer(between))


def _side(before: str) -> Side:
    clause = _CLAUSE_END.split(before[-80:])[-1]
    near = [found.group().lower() for found in WORD.finditer(clause)][-_LOOK_BACK:]
    for low in reversed(near):
        if low in _OUT:
            return Side.OUT
        if low == "from":
            return Side.FROM
        if low in ("in", "to", "into", "within", "at"):
            # "outside of the region in Ireland" lies out of it all the same.
            return Side.OUT if _OUT & set(near) else Side.AT
    return Side.AT


def _words(text: str, taken: list[tuple[int, int]]) -> Iterator[Word]:
    conditions = list(_conditions(text))
    first = True
    for found in WORD.finditer(text):
        start, end = found.span()
        opens, first = first or text[:start].rstrip()[-1:] in (".", ":", "•", "|"), False
        if any(begin < end and start < stop for begin, stop in taken):
            continue
        word, low = found.group(), found.group().lower()
        is_name = bool(_NAMELIKE.match(word)) and (not opens or not word[1:].islower())
        inside = any(begin < start < stop for begin, stop in conditions)
        yield Word(word, low, stem(low), start, is_name, inside)


def _conditions(text: str) -> Iterator[tuple[int, int]]:
    for found in WORD.finditer(text):
        if found.group().lower() in LEADS:
            end = _CLAUSE_END.search(text, found.end())
            yield found.start(), end.start() if end else len(text)


def _standings(text: str) -> Iterator[Standing]:
    lows = [found.group().lower() for found in WORD.finditer(text)]
    for at, low in enumerate(lows):
        for said in (low, " ".join(lows[at : at + 2])):
            if said in STANDINGS:
                yield STANDINGS[said]


def _denials(words: Iterable[Word]) -> Iterator[str]:
    """Yield the stem of the first word of weight behind each denying word."""
    waiting = 0
    for word in words:
        if word.low in DENYING:
            waiting += 1
        elif waiting and word.low not in HEDGES and len(word.low) > 3:
            yield from [word.stem] * waiting
            waiting = 0
    yield from [""] * waiting
