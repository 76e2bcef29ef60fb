"""What follows from what is said of two sides: which is the longer, whether they are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.comparing.alike import say_alike
from assistant.comparing.answers.side_found import SideFound
from assistant.draft import DraftSentence, Evidence
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.values import compares_length
from assistant.verification.reading.values import Value, values
from corpus.language.terms import WORD
from corpus.places import Gazetteer

_DAYS = {"second": 1 / 86_400, "month": 30.4, "workday": 1.4}
_OF_NO_PERIOD = (Wanted.WAY, Wanted.REASON, Wanted.PERSON, Wanted.PLACE, Wanted.DEFINITION)
"""What is wanted where a period that is said besides decides nothing."""
_SPELT_OUT = re.compile(r"(\d+) \([a-z][a-z -]*\)")
"""A number with its word behind it: "30 (thirty) days"."""
_ALIKE = frozenset("same identical equal alike equally both likewise".split())
_UNLIKE = frozenset("differ differs different differently difference differences".split())


@dataclass(frozen=True, slots=True)
class Concluded:
    """What follows from both sides, as it is said."""

    text: str
    evidence: tuple[Evidence, ...]
    lead: str = ""
    """Yes or No, where that was asked."""


def concluded(ask: Ask, sides: Sequence[SideFound], gazetteer: Gazetteer) -> Concluded | None:
    """Return what follows from two sides; None where nothing is told by their periods."""
    if len(sides) != 2 or any(side.is_silent for side in sides):
        return None
    return _by_period(ask, sides) or _by_wording(ask, sides, gazetteer)


def _by_wording(ask: Ask, sides: Sequence[SideFound], gazetteer: Gazetteer) -> Concluded | None:
    """Return that both say the same, where that is asked and their words say it."""
    words = {match.group().lower() for match in WORD.finditer(ask.question)}
    if ask.wanted is not Wanted.WHETHER or not words & _ALIKE or words & _UNLIKE:
        return None
    told = [side.sentences[0] for side in sides]
    if not say_alike(told[0].text, told[1].text, gazetteer):
        return None
    first, second = (side.name for side in sides)
    evidence = tuple(dict.fromkeys(part for one in told for part in one.evidence))
    return Concluded(wording.SAY_THE_SAME.format(first=first, second=second), evidence, wording.YES)


def _by_period(ask: Ask, sides: Sequence[SideFound]) -> Concluded | None:
    if any(side.wanted in _OF_NO_PERIOD for side in sides):
        return None
    first, second = (_period(side) for side in sides)
    words = {match.group().lower() for match in WORD.finditer(ask.question)}
    longer = compares_length(ask.question)
    asks_alike, asks_unlike = bool(words & _ALIKE), bool(words & _UNLIKE)
    if first is None or second is None or (longer is None and not asks_alike | asks_unlike):
        return None
    evidence = tuple(
        dict.fromkeys(part for side in sides for part in side.sentences[0].evidence)
    )  # fmt: skip
    lead = ""
    if ask.wanted is Wanted.WHETHER:
        lead = _lead(first, second, longer, alike=asks_alike and not asks_unlike)
    return Concluded(_text(sides, first, second, longer), evidence, lead)


def _lead(first: Value, second: Value, longer: bool | None, *, alike: bool) -> str:
    if longer is not None:
        more = _days(first) > _days(second) if longer else _days(first) < _days(second)
        return wording.YES if more else wording.NO
    return wording.YES if (_days(first) == _days(second)) is alike else wording.NO


def _text(sides: Sequence[SideFound], first: Value, second: Value, longer: bool | None) -> str:
    one, other = sides
    if _days(first) == _days(second):
        return wording.COMPARED_SAME.format(
            first=one.name, second=other.name, value=_written(one, first)
        )
    rows = [(one, first), (other, second)]
    if longer is not None:
        rows.sort(key=lambda row: _days(row[1]), reverse=longer)
    (one, first), (other, second) = rows
    return wording.COMPARED.format(
        first=one.name, value=_written(one, first),
        second=other.name, other_value=_written(other, second),
    )  # fmt: skip


def _period(side: SideFound) -> Value | None:
    """Return the first period that is said of a side."""
    if not side.sentences:
        return None
    text = _SPELT_OUT.sub(r"\1", side.sentences[0].text)
    return next((one for one in values(text) if one.unit in _DAYS), None)


def _days(value: Value) -> float:
    return float(value.amount) * _DAYS[value.unit]


def _written(side: SideFound, value: Value) -> str:
    """Return a period with the words that bound it: "up to 730 days", "at least 10 days"."""
    return _bounded(side.sentences[0], value)


def _bounded(sentence: DraftSentence, value: Value) -> str:
    text = _SPELT_OUT.sub(r"\1", sentence.text)
    before = text[: text.find(value.written)].split()[-2:]
    said = " ".join(before).lower()
    return f"{said} {value.written}" if said in _BOUNDS else value.written


_BOUNDS = frozenset({"up to", "at least", "at most", "more than", "less than", "no longer"})
