"""What is said of a member besides its name: where it lies, what another column says of it."""

from __future__ import annotations

from assistant.reasoning.known import Known
from assistant.reasoning.members.choose_set import Fit, entry_places
from assistant.reasoning.members.entry_places import PlacedName
from assistant.reasoning.members.listed_set import Entry
from assistant.reasoning.members.place_bounds import PlaceBound
from assistant.reasoning.members.set_question import Besides, QuestionParts
from assistant.reasoning.members.set_words import Asked
from assistant.reasoning.members.word_stems import among, stems
from corpus.language.terms import WORD
from corpus.places import PlaceKind
from corpus.places.sets import Verdict

_LONGEST = 12
"""Words of a cell that is said besides a name."""


def detail_column(parts: QuestionParts, fit: Fit) -> str:
    """Return the column that a question asks for besides the names; empty where it asks none."""
    if parts.asks is not Besides.DETAIL or not fit.of.is_table:
        return ""
    words = [match.group() for match in WORD.finditer(parts.besides)]
    wanted = [one for word in words for one in stems(word)]
    others = [c for c in fit.of.columns if c != fit.column]
    best = max(others, key=lambda c: sum(among(one, wanted) for one in stems(c)), default="")
    if best and any(among(one, wanted) for one in stems(best)):
        return best
    if "where" in (word.lower() for word in words):
        placed = fit.place_column or ""
        return placed if placed != fit.column else (others[-1] if len(others) == 1 else "")
    return ""


def detail_of(entry: Entry, column: str, fit: Fit, question: Asked, known: Known) -> str:
    """Return what is said of an entry besides its name."""
    if column and not (column == fit.place_column and question.bounds):
        value = entry.cell(column)
        return value if len(value.split()) <= _LONGEST else ""
    place_column = fit.place_column
    if not question.bounds or not place_column or place_column == fit.column:
        return ""
    places = entry_places(entry, place_column, known, fit.of.document)
    kept = [one.words for one in places if _keeps_all(one, question.bounds, known)]
    return ", ".join(kept)


def _keeps_all(one: PlacedName, bounds: tuple[PlaceBound, ...], known: Known) -> bool:
    return all(bound.holds((one,), known.gazetteer) is Verdict.YES for bound in bounds)


def lies(entry: Entry, fit: Fit, known: Known) -> str:
    """Return in which countries the places of an entry lie, as a reader is told."""
    places = entry_places(entry, fit.place_column or "", known, fit.of.document)
    near = [one for one in places if one.place and one.place.kind is not PlaceKind.GROUP]
    said = [
        f"{one.words} lies in {known.gazetteer.place('country:' + one.place.country).name}"
        for one in near
        if one.place and one.place.country and one.place.kind is not PlaceKind.COUNTRY
    ]
    return "; ".join(said) + "." if said else ""
