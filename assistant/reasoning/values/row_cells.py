"""What a table row answers: the asked cell under the name of the row."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.values.asked_words import AskedWords, stems
from corpus.language.signals import DATE, DURATION
from corpus.places import Gazetteer
from corpus.types import Pair

_WHOLE = 24
"""Words of a row that is said as it is."""
_MARK = 3
"""Code points of a cell that only ticks a column off."""
_TITLES = {
    Wanted.PLACE: "location region country geography geo place city data center centre site area",
    Wanted.DURATION: "retention period duration time long days limit",
    Wanted.DATE: "date since from until effective",
    Wanted.PERSON: "company name entity contact owner party vendor subprocessor",
    Wanted.REASON: "purpose reason description",
    Wanted.DEFINITION: "definition description meaning details",
    Wanted.SERVICE: "service product feature name",
    Wanted.DATA: "data category type",
}
"""Titles of columns by what their cells hold."""


def row_said(
    ask: Ask, words: AskedWords, pairs: Sequence[Pair], gazetteer: Gazetteer
) -> tuple[str, str]:
    """Return the name of a row and what its asked cells say; an empty name where the whole row
    says it best.
    """
    if len(pairs) < 2:
        return "", "; ".join(pair.value for pair in pairs)
    name, others = pairs[0], [pair for pair in pairs[1:] if pair.value != pairs[0].value]
    chosen = _asked(ask, words, others, gazetteer)
    if len(chosen) == 1 and len(pairs) == 2 and not _is_mark(chosen[0]):
        return name.value, chosen[0].value
    if len(chosen) == 1 and not _is_mark(chosen[0]) and not _is_given(ask, chosen[0]):
        # What two columns say alike is told apart by its title.
        is_alone = [one.value for one in others].count(chosen[0].value) == 1
        return name.value, chosen[0].value if is_alone else _titled(chosen[0])
    if chosen and sum(len(pair.value.split()) for pair in chosen) <= _WHOLE:
        return name.value, "; ".join(_titled(pair) for pair in chosen)
    return name.value, "; ".join(_titled(pair) for pair in others)


def _is_mark(pair: Pair) -> bool:
    """Tell whether a cell says nothing without its title: a tick, a yes."""
    return len(pair.value) <= _MARK


def _titled(pair: Pair) -> str:
    return f"{pair.title}: {pair.value}" if pair.title else pair.value


def _asked(ask: Ask, words: AskedWords, pairs: Sequence[Pair], gazetteer: Gazetteer) -> list[Pair]:
    """Return the cells that are asked for, by their titles and what they hold, else all."""
    weights = {pair: _weight(ask, words, pair, gazetteer) for pair in pairs}
    best = max(weights.values(), default=0.0)
    if best <= 0:
        return list(pairs)
    kept = [pair for pair in pairs if weights[pair] >= best * 0.6]
    # A word that every row says, as a column is called so, weighs next to nothing.
    asked = {one for one, _ in words.weights}
    return [pair for pair in kept if pair.title and stems(pair.title) <= asked] or kept


def title_fits(ask: Ask, title: str) -> bool:
    """Tell whether a column or a field is called what the question wants."""
    said = stems(title)
    return bool(said & (stems(ask.head) | stems(_TITLES.get(ask.wanted, ""))))


def _weight(ask: Ask, words: AskedWords, pair: Pair, gazetteer: Gazetteer) -> float:
    title = stems(pair.title)
    weight = 2.0 * words.covered(pair.title)
    weight += bool(ask.head) * len(stems(ask.head) & title)
    weight += bool(title & stems(_TITLES.get(ask.wanted, "")))
    weight += _holds(ask.wanted, pair.value, gazetteer)
    return 0.0 if _is_given(ask, pair) else weight


def _is_given(ask: Ask, pair: Pair) -> bool:
    """Tell whether a cell says what the question already names, a place or any other thing."""
    return bool(stems(pair.value)) and stems(pair.value) <= stems(ask.question)


def _holds(wanted: Wanted, value: str, gazetteer: Gazetteer) -> float:
    if wanted is Wanted.PLACE:
        return float(bool(gazetteer.mentions(value)))
    if wanted is Wanted.DURATION:
        return float(bool(DURATION.search(value)))
    if wanted is Wanted.DATE:
        return float(bool(DATE.search(value)))
    return 0.0
