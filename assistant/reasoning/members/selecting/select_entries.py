"""Which entries of a set fit: by place, by the words of their cells, by their Yes and No."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reasoning.known import Known
from assistant.reasoning.members.amounts_listed import Bounding
from assistant.reasoning.members.choose_set import Fit, entry_places
from assistant.reasoning.members.entry_places import PlacedName, pieces
from assistant.reasoning.members.listed_set import Entry
from assistant.reasoning.members.place_bounds import PlaceBound
from assistant.reasoning.members.selecting.cells_said import amount_in
from assistant.reasoning.members.selecting.check_marks import flag, flags_of
from assistant.reasoning.members.set_words import CITY, COUNTRY, Asked, AskedWord, abbreviated
from assistant.reasoning.members.word_stems import among, number_of, stems
from corpus.language.terms import WORD
from corpus.places import PlaceKind, Relation
from corpus.places.sets import Verdict

_INSIDE = (Relation.INSIDE, Relation.EQUAL)
_SHORT = 8
"""Words of a short name."""
_LACKING = frozenset({"lack", "lacks", "lacking", "miss", "misses", "missing"})
_DENYING = frozenset({"no", "not", "without", "neither", "never", "none", "cannot", "lack"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries of a set by whether they fit."""

    fitting: tuple[Entry, ...]
    unknown: tuple[Entry, ...]
    """Those of which it is not known where they lie."""
    all: tuple[Entry, ...]
    """The entries of the set that can be asked for."""
    filtered: bool
    """True where something but the set itself was asked."""


def selected(question: Asked, fit: Fit, known: Known) -> Selection | None:
    """Return the entries that keep all that is asked; None where that cannot be told."""
    entries = _single(fit.of.entries, question, fit, known)
    said = tuple(entry for entry in entries if all(cell.holds(entry) for cell in fit.said))
    flagged = _flagged(_of_amount(said, question, fit), question, fit)
    if not flagged:
        return None
    kept = _saying(flagged, question, fit, known)
    kept = kept and _of_so_many(kept, question, fit)
    kept = kept and _of_kind(kept, question, fit, known)
    if not kept:
        return None
    fitting: list[Entry] = []
    unknown: list[Entry] = []
    columns = [_columns(bound, question, fit, known) for bound in question.bounds]
    for entry in kept:
        verdict = _verdict(entry, question, columns, fit, known)
        if verdict is not Verdict.NO:
            (unknown if verdict is Verdict.UNKNOWN else fitting).append(entry)
    filtered = bool(question.bounds) or len(kept) < len(entries)
    whole = kept if question.bounds else entries
    return Selection(tuple(fitting), tuple(unknown), whole, filtered)


def _of_amount(entries: Sequence[Entry], question: Asked, fit: Fit) -> tuple[Entry, ...]:
    """Return the entries whose amount is as the question says; of "the longest", the longest."""
    asked, column = question.amount, fit.amounts
    if asked is None or column is None:
        return tuple(entries)
    sizes = [(entry, amount_in(entry, column, asked.measure)) for entry in entries]
    known = [(entry, size) for entry, size in sizes if size is not None]
    if known and asked.bounding in (Bounding.MOST, Bounding.LEAST):
        pick = max if asked.bounding is Bounding.MOST else min
        utmost = pick(size for _, size in known)
        return tuple(entry for entry, size in known if size == utmost)
    return tuple(entry for entry, size in known if asked.keeps(size))


def _columns(bound: PlaceBound, question: Asked, fit: Fit, known: Known) -> tuple[str, ...]:
    """Return the columns by which a bound is held, in their order.

    First comes one that the question names, then the very place beside names that are places
    themselves, then the column of the places, then whichever has an entry in the place.
    """
    first = fit.place_column or ""
    columns = (first, *(column for column in fit.of.columns if column != first))
    inside = [c for c in columns if _reaches(bound, c, fit, known, _INSIDE)]
    asked = {word.stem for word in question.words} - {question.head}
    titled = [c for c in inside if c != fit.column and set(stems(c)) & asked]
    beside = [
        c for c in inside
        if first == fit.column and c != first and {question.head, *asked} & set(stems(first))
        and all(place.kind is not PlaceKind.GROUP for place in bound.places)
        and _reaches(bound, c, fit, known, (Relation.EQUAL,))
    ]  # fmt: skip
    return tuple(dict.fromkeys((*titled, *beside, *inside, *columns)))


def _reaches(
    bound: PlaceBound, column: str, fit: Fit, known: Known, relations: Sequence[Relation]
) -> bool:
    """Tell whether a column has an entry that lies so to one of the places of a bound."""
    places = [
        one.place for entry in fit.of.entries
        for one in entry_places(entry, column, known, fit.of.document) if one.place
    ]  # fmt: skip
    relation = known.gazetteer.relation
    return any(relation(one, wanted) in relations for one in places for wanted in bound.places)


def _verdict(
    entry: Entry, question: Asked, columns: Sequence[Sequence[str]], fit: Fit, known: Known
) -> Verdict:
    """Tell whether an entry lies where it must; by its other cells where its name tells nothing."""
    found = []
    for bound, order in zip(question.bounds, columns, strict=True):
        each = [tuple(entry_places(entry, one, known, fit.of.document)) for one in order]
        found.append(_kept(bound, each, known))
    if Verdict.NO in found:
        return Verdict.NO
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.YES


def _kept(bound: PlaceBound, cells: Sequence[Sequence[PlacedName]], known: Known) -> Verdict:
    verdicts = (bound.holds(places, known.gazetteer) for places in cells)
    found = next((one for one in verdicts if one is not Verdict.UNKNOWN), Verdict.UNKNOWN)
    if found is Verdict.UNKNOWN and bound.is_partly(cells[0], known.gazetteer):
        return Verdict.NO
    return found


def _single(entries: Sequence[Entry], question: Asked, fit: Fit, known: Known) -> tuple[Entry, ...]:
    """Return the entries that are countries where only these are asked for."""
    if not question.wants_single:
        return tuple(entries)
    return tuple(
        entry for entry in entries
        if any(
            one.place and one.place.kind is not PlaceKind.GROUP
            for one in entry_places(entry, fit.place_column or "", known, fit.of.document)
        )
    )  # fmt: skip


def _flagged(entries: Sequence[Entry], question: Asked, fit: Fit) -> tuple[Entry, ...] | None:
    """Return the entries by the Yes and No of the column that the question names."""
    wanted = {word.stem for word in question.words if not word.is_light}
    flags = [
        column for column in fit.of.columns
        if column != fit.column and flags_of(fit.of.values(column)) is not None
        and any(among(one, wanted) for one in stems(column))
    ]  # fmt: skip
    if not flags:
        return tuple(entries)
    best = max(flags, key=lambda c: sum(among(one, wanted) for one in stems(c)))
    denies = _denies(question, best)
    found = tuple(
        entry for entry in entries if bool(flag(entry.cell(best))) is not denies
    )  # fmt: skip
    return found or None


def _denies(question: Asked, column: str) -> bool:
    """Tell whether the question asks where a column says No: "no consent", "not certified"."""
    words = [match.group().lower() for match in WORD.finditer(question.text)]
    titles = stems(column)
    for at, word in enumerate(words):
        if any(among(one, titles) for one in stems(word)):
            before = words[max(0, at - 3) : at]
            if any(one in _DENYING or one.endswith(("n't", "n’t")) for one in before):
                return True
            if _LACKING & set(words[at + 1 : at + 4]):
                return True
    return False


def _saying(
    entries: Sequence[Entry], question: Asked, fit: Fit, known: Known
) -> tuple[Entry, ...] | None:
    """Return the entries that say the words which only some say; None where none says all."""
    wanted = [
        word for word in fit.within
        if not _is_head(word.stem, question)
        and (not word.is_light or _marks(word, entries, fit))
        and not (word.is_verb and fit.amounts is not None)
    ]  # fmt: skip
    kept = tuple(
        entry for entry in entries
        if all(
            among(word.stem, entry.words)
            or abbreviated(word.stem, fit.of.document, known) in entry.words
            for word in wanted
        )
    )  # fmt: skip
    return kept or None


def _marks(word: AskedWord, entries: Sequence[Entry], fit: Fit) -> bool:
    """Tell whether a word of no weight marks a few entries of a list of short names."""
    if fit.of.is_table:
        return False
    short = all(len(entry.cell("").split()) <= _SHORT for entry in entries)
    marked = sum(word.stem in entry.words for entry in entries)
    return short and 0 < marked * 2 < len(entries)


def _of_so_many(entries: Sequence[Entry], question: Asked, fit: Fit) -> tuple[Entry, ...]:
    """Return the entries of which a cell names as many as is asked: "two storage regions"."""
    words = [match.group().lower() for match in WORD.finditer(question.text)]
    for at, word in enumerate(words):
        number = number_of(word)
        if number is None or number < 2:
            continue
        behind = [one for near in words[at + 1 : at + 4] for one in stems(near)]
        columns = [
            column for column in fit.of.columns
            if column != fit.column and any(one in stems(column) for one in behind)
        ]  # fmt: skip
        if columns:
            return tuple(e for e in entries if len(pieces(e.cell(columns[0]))) == number)
    return tuple(entries)


def _of_kind(
    entries: Sequence[Entry], question: Asked, fit: Fit, known: Known
) -> tuple[Entry, ...]:
    """Return the entries that name a city or a country, where that is what is asked for."""
    wanted = question.head in CITY or question.head in COUNTRY
    if not wanted or fit.place_column is None or not question.bounds:
        return tuple(entries)
    near = (PlaceKind.CITY, PlaceKind.REGION, PlaceKind.PROVINCE)
    kinds = near if question.head in CITY else (*near, PlaceKind.COUNTRY)
    return tuple(
        entry for entry in entries
        if any(
            one.place and one.place.kind in kinds
            for one in entry_places(entry, fit.place_column, known, fit.of.document)
        )
    )  # fmt: skip


def _is_head(word: str, question: Asked) -> bool:
    return word == question.head or word in COUNTRY
