"""Which set a question is about: the one that accounts for its words, and holds what is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reasoning.known import Known
from assistant.reasoning.members.amounts_listed import AmountAsked
from assistant.reasoning.members.entry_places import PlacedName, places_of
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.selecting.cells_said import (
    CellSaid,
    amount_column,
    cells_said,
)
from assistant.reasoning.members.set_words import (
    Asked,
    AskedWord,
    abbreviated,
    about_words,
    gazetteer_about,
    says_name,
)
from assistant.reasoning.members.word_stems import among, stem, stems
from corpus.places import PlaceKind
from corpus.types import Pair, Span

_FEWEST = 2
"""Countries of their own in a set of such."""
_LEAST = 0.2
"""What a word tells that every set is called by."""
_NEVER = 1.2
"""What a word tells that no set is called by, where entries say it."""
_LIGHT = 0.4
"""What a word counts that any set of the kind is in accord with."""
_WITHIN = 0.6
"""What a word counts that only entries say."""
_MISSING = 0.8
"""What each word costs that a set does not account for."""
_NESTED = 0.3
"""What a list within a sentence lacks of one that stands for itself."""
_TITLED = 0.4
"""What it tells that the noun asked for, or one like it, is in the title."""
_PLACED = 0.6
"""Least share of entries that name places, for a set or a column of places."""


@dataclass(frozen=True)
class Fit:
    """How a set accounts for a question."""

    of: ListedSet
    named: tuple[AskedWord, ...]
    """Words that say what it is a set of."""
    within: tuple[AskedWord, ...]
    """Words that some of its entries say, and others do not."""
    missing: tuple[AskedWord, ...]
    """Words that it does not account for."""
    unsaid: tuple[AskedWord, ...]
    """All that it does not say: those that it need not account for too."""
    column: str
    """Where the names of its members stand; empty for a list."""
    place_column: str | None
    """Where their places stand; None where there are none."""
    score: float
    alone: float
    """The score without what the set does not account for."""
    is_told: bool
    """True where a word that bounds says that this set is meant."""
    asks: Asked
    """The question without what it says in the words of cells."""
    said: tuple[CellSaid, ...] = ()
    """What it says in the words of cells."""
    amounts: str | None = None
    """Where the amounts stand that it bounds; None where it bounds none."""


def fits(question: Asked, sets: Sequence[ListedSet], known: Known) -> tuple[Fit, ...]:
    """Return how sets account for a question, the best first; those that cannot are left out."""
    weights = _weights(question, sets, known)
    several = (one for one in sets if len(one.entries) > 1 and not _is_of_others(question, one))
    found = (_fit(question, one, known, weights) for one in several)
    fitting = [one for one in found if one is not None]
    return tuple(sorted(fitting, key=lambda one: -one.score))


def _weights(question: Asked, sets: Sequence[ListedSet], known: Known) -> dict[str, float]:
    """Return what each word tells: more where fewer sets are called by it; nothing of a word that
    no set is called by.
    """
    total = len(sets)
    found = {}
    for word in question.words:
        named = sum(_names(one, word, known) for one in sets)
        rare = math.log((1 + total) / (1 + named)) / math.log(1 + total) if total else 0.0
        found[word.stem] = rare + _LEAST if named else _NEVER
    return found


def _names(one: ListedSet, word: AskedWord, known: Known) -> bool:
    mine = abbreviated(word.stem, one.document, known)
    return among(word.stem, one.named) or mine in one.named


def _fit(question: Asked, one: ListedSet, known: Known, weights: dict[str, float]) -> Fit | None:
    column = _name_column(question, one, known)
    said = _cells_said(question, one, column)
    words = _open_words(question, said, one, known)
    named = tuple(word for word in words if _names(one, word, known))
    rest = [word for word in words if word not in named]
    within = tuple(word for word in rest if _says(one, word, known))
    anchored = bool(said or question.bounds or question.amount) and question.head in stems(column)
    missing = tuple(
        word for word in rest
        if word not in within and not word.is_light and not _of_topic(word, one, known, weights)
        and not among(word.stem, one.near) and not (anchored and word.is_verb)
        and not (one.is_ticked and word.stem == question.head)
    )  # fmt: skip
    amounts = None
    amount = _amount_left(question, said)
    if amount is not None:
        amounts = amount_column(amount, question.text, one, column)
        if amounts is None:
            return None
    place_column = _place_column(question, one, column, known)
    if (question.bounds or question.wants_places) and place_column is None:
        return None
    if question.wants_data and not one.columns and _share(one, "", known) >= _PLACED:
        return None
    if one.is_enumeration and _is_address(one, known):
        return None
    if question.wants_single and _singles(one, place_column or "", known) < _FEWEST:
        return None
    score = sum(weights[word.stem] * (_LIGHT if word.is_light else 1) for word in named)
    score += sum(_WITHIN * weights[word.stem] for word in within if not word.is_light)
    score += 0.5 / (1 + one.rank / 4) + _head_fits(question, one, column, known)
    if one.is_enumeration:
        score -= _NESTED
    spread = _spread(one, column, known)
    return Fit(
        spread, named, within, missing, tuple(word for word in rest if word not in within),
        column, place_column, score - _MISSING * len(missing), score,
        any(not word.is_light for word in (*named, *within))
        or bool(said) or _head_fits(question, one, column, known) >= _TITLED,
        replace(question, words=tuple(words), amount=amount), said, amounts,
    )  # fmt: skip


def _is_of_others(question: Asked, one: ListedSet) -> bool:
    """Tell whether a lead-in says the noun that is asked for and lists something else: "… runs its
    services in three regions:" is a list of regions.
    """
    return (
        not one.columns
        and bool(question.head and one.counted)
        and not among(question.head, one.counted)
        and among(question.head, stems(one.title))
    )


def _cells_said(question: Asked, one: ListedSet, column: str) -> tuple[CellSaid, ...]:
    """Return what a question says in the words of cells; places and amounts are held otherwise."""
    taken = [span for bound in question.bounds for span in bound.spans]
    amounts = question.amount.spans if question.amount else ()
    return tuple(
        said for said in cells_said(question.text, one, column)
        if not any(_overlaps(said.span, span) for span in taken)
        and all(said.span.contains(span) for span in amounts if _overlaps(said.span, span))
    )  # fmt: skip


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _amount_left(question: Asked, said: Sequence[CellSaid]) -> AmountAsked | None:
    """Return the amount that a question bounds by, where no cell says it in the same words."""
    amount = question.amount
    if amount is None:
        return None
    covered = any(cell.span.contains(span) for cell in said for span in amount.spans)
    return None if covered else amount


def _open_words(
    question: Asked, said: Sequence[CellSaid], one: ListedSet, known: Known
) -> list[AskedWord]:
    """Return the words that a set has to account for, beside those of its document's name."""
    about = about_words(one.document, known)
    return [
        word for word in question.words
        if word.stem not in about
        and not any(cell.span.start <= word.at < cell.span.end for cell in said)
    ]  # fmt: skip


def _is_address(one: ListedSet, known: Known) -> bool:
    """Tell whether what is named one after another is one place: "Helsinki, Finland"."""
    said = ", ".join(one.values(""))
    named = places_of(said, known.gazetteer, gazetteer_about(one.document, known))
    return any(name.place for name in named) and len(named) < len(one.entries)


def _singles(one: ListedSet, column: str, known: Known) -> int:
    """Return how many entries name a place that is no group of countries."""
    found = (entry_places(entry, column, known, one.document) for entry in one.entries)
    return sum(
        any(name.place and name.place.kind is not PlaceKind.GROUP for name in names)
        for names in found
    )


def _of_topic(word: AskedWord, one: ListedSet, known: Known, weights: dict[str, float]) -> bool:
    """Tell whether a word is a name that a document is about as a whole, and no set of it."""
    is_of_none = weights[word.stem] == _NEVER
    often = 1 if known.scope.is_sure else 2
    return word.is_name and is_of_none and says_name(one.document, word.words, known, often)


def _spread(one: ListedSet, column: str, known: Known) -> ListedSet:
    """Return a table with an entry for each of the places that one cell names."""
    if not column:
        return one
    found: list[Entry] = []
    for entry in one.entries:
        names = entry_places(entry, column, known, one.document)
        if len(names) > 1 and all(name.place for name in names):
            found.extend(_with_cell(entry, column, name.words) for name in names)
        else:
            found.append(entry)
    return replace(one, entries=tuple(found))


def _with_cell(entry: Entry, column: str, value: str) -> Entry:
    cells = tuple(Pair(p.title, value) if p.title == column else p for p in entry.cells)
    return Entry(cells, entry.chunk, entry.rest)


def _says(one: ListedSet, word: AskedWord, known: Known) -> bool:
    mine = abbreviated(word.stem, one.document, known)
    return any(among(word.stem, entry.words) or mine in entry.words for entry in one.entries)


def _head_fits(question: Asked, one: ListedSet, column: str, known: Known) -> float:
    """Return what speaks for a set by the noun that is asked for."""
    if not question.head:
        return 0.0
    titles = stems(column) if column else stems(one.title)
    if question.head in titles:
        return 0.6
    if among(question.head, titles):
        return _TITLED
    return 0.2 if question.wants_places and _share(one, column, known) >= _PLACED else 0.0


def _name_column(question: Asked, one: ListedSet, known: Known) -> str:
    """Return the column that names the members: of the title asked for, else the first."""
    if not one.columns:
        return ""
    asked = {word.stem for word in question.words}
    titled = [c for c in one.columns if question.head and question.head in stems(c)]
    first = one.columns[0]
    if set(stems(first)) <= _NAMING and question.head in stems(one.title):
        titled = [first]
    if titled:
        return max(
            titled,
            key=lambda c: (
                question.head in stems(c)[:2],
                _covered(c, asked),
                -one.columns.index(c),
            ),
        )
    told = _told_column(question, one, first, asked, known)
    if told:
        return told
    if question.wants_places:
        placed = [c for c in one.columns if _share(one, c, known) >= _PLACED]
        if placed and not question.head:
            return max(placed, key=lambda c: len(set(one.values(c))))
        if placed and first not in placed:
            return max(placed, key=lambda c: (_covered(c, asked), -one.columns.index(c)))
    return first


_NAMING = frozenset(stem(word) for word in ("name", "id", "identifier", "code"))
"""Titles of a column that says what the rows of a table are called."""


def _told_column(question: Asked, one: ListedSet, first: str, asked: set[str], known: Known) -> str:
    """Return the column whose cells are asked for of a row that the question names: "which spare
    sites are there for Ghana"; empty where it names none, or no column.
    """
    if not question.asks_several or not question.bounds:
        return ""
    named = {
        name.place for e in one.entries for name in entry_places(e, first, known, one.document)
    }
    if not all(place in named for bound in question.bounds for place in bound.places):
        return ""
    others = [
        c for c in one.columns
        if c != first and (_covered(c, asked) or among(question.head, stems(c)))
        and (question.wants_places or among(question.head, stems(c)))
        and (not question.wants_places or _share(one, c, known) >= _PLACED)
    ]  # fmt: skip
    return max(others, key=lambda c: (_covered(c, asked), -one.columns.index(c)), default="")


def _covered(column: str, asked: set[str]) -> float:
    words = stems(column)
    return sum(word in asked for word in words) / len(words) if words else 0.0


def _place_column(question: Asked, one: ListedSet, column: str, known: Known) -> str | None:
    """Return the column that says where members lie."""
    if not one.columns:
        return "" if _share(one, "", known) >= _PLACED else None
    if _share(one, column, known) >= _PLACED:
        return column
    placed = [c for c in one.columns if _share(one, c, known) >= _PLACED]
    asked = [word.stem for word in question.words]
    if not placed:
        return None
    return max(placed, key=lambda c: (sum(among(w, asked) for w in stems(c)), -placed.index(c)))


def _share(one: ListedSet, column: str, known: Known) -> float:
    """Return the share of entries that name a place in a column."""
    names = [entry_places(entry, column, known, one.document) for entry in one.entries]
    return sum(any(n.place for n in found) for found in names) / len(names)


def entry_places(entry: Entry, column: str, known: Known, document: str) -> tuple[PlacedName, ...]:
    """Return the places of an entry, of a list in its name, of a table in a column."""
    return places_of(entry.cell(column), known.gazetteer, gazetteer_about(document, known))


__all__ = ["Fit", "entry_places", "fits"]
