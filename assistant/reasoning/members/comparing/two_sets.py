"""Two sets held against each other: what both have, and what one has and the other has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.reasoning.known import Known
from assistant.reasoning.members.choose_set import Fit, entry_places
from assistant.reasoning.members.listed_set import Entry
from assistant.reasoning.members.set_words import CITY, COUNTRY, Asked
from assistant.reasoning.members.word_stems import stem
from corpus.language.terms import WORD
from corpus.places import Gazetteer, PlaceKind, fold_name
from corpus.types import Span

_DENYING = frozenset(
    "not no missing without lacks lack lacking absent except cannot never neither unlike".split()
)
_JOINING = frozenset("both also too shared common alike".split())
_LEAST = 0.3
"""Least that two sets score together, a set."""


class Held(StrEnum):
    """How two sets are held against each other."""

    BOTH = "both"
    FIRST_ONLY = "first only"
    COUNTED = "counted"
    """Each is counted for itself."""


@dataclass(frozen=True)
class Pair:
    """Two sets and how a question holds them against each other."""

    first: Fit
    second: Fit
    held: Held
    first_words: str
    """As the question calls the first set."""
    second_words: str


def pair_of(question: Asked, found: Sequence[Fit], known: Known, counts: bool) -> Pair | None:
    """Return the two sets that a question holds against each other; None where it does not."""
    held = _held(question, counts)
    if held is None:
        return None
    best: tuple[float, Pair] | None = None
    for at, one in enumerate(found[:12]):
        for other in found[at + 1 : 12]:
            pair = _paired(question, one, other, held)
            score = one.alone + other.alone
            if (
                pair is not None
                and _overlap(pair, question, known)
                and (best is None or score > best[0])
            ):
                best = (score, pair)
    return best[1] if best else None


def _overlap(pair: Pair, question: Asked, known: Known) -> bool:
    """Tell whether two sets have something in common: others are not of one kind."""
    if pair.held is Held.COUNTED:
        return True
    mine, theirs = (
        {key for entry in fit.of.entries for key in keys(entry, fit, question, known)}
        for fit in (pair.first, pair.second)
    )
    return bool(mine & theirs)


def _held(question: Asked, counts: bool) -> Held | None:
    words = [match.group().lower() for match in WORD.finditer(question.text)]
    if _denial(question) is not None:
        return Held.FIRST_ONLY
    if _JOINING & set(words):
        return Held.BOTH
    if counts and words.count("many") > 1:
        return Held.COUNTED
    return None


def _denial(question: Asked) -> int | None:
    """Return where the question denies something that is no place."""
    taken = [span for bound in question.bounds for span in bound.spans]
    for match in WORD.finditer(question.text):
        word = match.group().lower()
        if word not in _DENYING and not word.endswith(("n't", "n’t")):
            continue
        if not any(span.contains(Span(match.start(), match.end())) for span in taken):
            return match.start()
    return None


def _paired(question: Asked, one: Fit, other: Fit, held: Held) -> Pair | None:
    """Return two sets as a pair where each accounts for words that the other does not."""
    mine, theirs = ({word.stem for word in fit.unsaid} for fit in (one, other))
    mine, theirs = mine - theirs, theirs - mine
    left = {word.stem for word in one.missing} & {word.stem for word in other.missing}
    if left or not mine or not theirs or not (one.missing or other.missing):
        return None
    at_one, at_other = _places(question, theirs), _places(question, mine)
    if not at_one or not at_other:
        return None
    first, second = one, other
    words = (question.text[at_one[0].start : at_one[-1].end],
             question.text[at_other[0].start : at_other[-1].end])  # fmt: skip
    turned = at_other[0].start < at_one[0].start
    denial = _denial(question)
    if held is Held.FIRST_ONLY and denial is not None:
        after_one = any(span.start > denial for span in at_one)
        after_other = any(span.start > denial for span in at_other)
        turned = after_one if after_one != after_other else turned
    if turned:
        first, second, words = other, one, (words[1], words[0])
    return Pair(first, second, held, *words)


def _places(question: Asked, wanted: set[str]) -> list[Span]:
    """Return where the question says some stems."""
    return [
        Span(match.start(), match.end())
        for match in WORD.finditer(question.text)
        if {stem(part) for part in (match.group(), *match.group().split("-"))} & wanted
    ]


def keys(entry: Entry, fit: Fit, question: Asked, known: Known) -> frozenset[str]:
    """Return what an entry is the same as another by: its city, its country, or its name."""
    places = entry_places(entry, fit.place_column or "", known, fit.of.document)
    if question.head in CITY:
        return frozenset(_cities(entry.cell(fit.column), known.gazetteer))
    if question.head in COUNTRY and not question.wants_single:
        return frozenset(one.place.country for one in places if one.place and one.place.country)
    return frozenset(_names(entry.cell(fit.column), known.gazetteer))


def _cities(name: str, gazetteer: Gazetteer) -> Iterator[str]:
    for mention in gazetteer.mentions(name):
        if mention.place.kind is not PlaceKind.REGION:
            yield fold_name(mention.words)


def _names(name: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield a name, and the place that it is wholly the name of."""
    bare = fold_name(name.removeprefix("the ").removeprefix("The "))
    yield bare
    for mention in gazetteer.mentions(name):
        if fold_name(mention.words) == bare or (mention.start == 0 and mention.end == len(name)):
            yield mention.place.id
