"""Yes or No from the places that the passage which answers names: the cells of a row, an item, a
sentence.

The passage was chosen among all that were found, so that fewer words have to be shared with the
question than where a table or a statement is looked for by the claim alone.
"""

from __future__ import annotations

from assistant.reasoning.ask import Ask, PlaceAsked, PlaceRelation
from assistant.reasoning.findings import Answered, Said
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import Claim
from assistant.reasoning.whether.places.own_country import own_country
from assistant.reasoning.whether.places.places_of_claim import is_case
from assistant.reasoning.whether.places.places_that_decide import of_statements, says_what_is_kept
from assistant.reasoning.whether.sets_that_decide import asks_membership, places_named
from corpus.facts.types import StatementKind
from corpus.language.terms import STOP_WORDS, WORD
from corpus.places import Place, Relation
from corpus.types import BlockKind, Chunk
from index.types import Hit

_NEAR = 0.45
"""Least cosine of the question with the passage."""
_KEPT = (StatementKind.STORED, StatementKind.RETAINED, StatementKind.PROCESSED)
_OUTSIDE = (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)


def by_places_said(ask: Ask, claim: Claim, hit: Hit, said: Said, known: Known) -> Answered | None:
    """Return whether what a passage says lies where a claim asks for it; None where it does not
    show, or where the claim asks for something else than a place.
    """
    asked = place_asked(ask, claim, known)
    if asked is None or claim.denied or claim.either or hit.similarity < _NEAR:
        return None
    if ask.kind not in _KEPT and not asks_membership(claim):
        return None
    chunk = hit.chunk
    placed = _named(chunk.text, chunk, known) if chunk.kind is BlockKind.ITEM else ()
    if not chunk.pairs and not placed:
        return of_statements(ask, claim, asked, chunk, known)
    if not says_what_is_kept(claim, asked, chunk, known):
        return None
    if chunk.pairs:
        return _of_row(ask, chunk, said, asked, claim, known)
    return Answered.YES if _is_of_item(placed, asked, claim, known) else None


def _is_of_item(
    placed: tuple[Place, ...], asked: PlaceAsked, claim: Claim, known: Known
) -> bool:  # fmt: skip
    """Tell whether the places of an item are those that are asked for, or may be: what is kept in
    the EEA may be kept in Norway. Of one item nothing follows for what the list has besides.
    """
    if _of_all(asked, claim):
        return False
    if claim.modal in ("can", "may") and any(_holds(place, asked, known) for place in placed):
        return True
    told = [_lies(place, asked, known) for place in placed]
    return any(told) if claim.existential else all(told)


def _holds(place: Place, asked: PlaceAsked, known: Known) -> bool:
    """Tell whether all that is asked for lies in a place."""
    return asked.relation not in _OUTSIDE and all(
        known.gazetteer.relation(one, place) is Relation.INSIDE for one in asked.places
    )


def place_asked(ask: Ask, claim: Claim, known: Known) -> PlaceAsked | None:
    """Return the one place that a claim asks for; the asker's country for "its own country"."""
    own = [one for one in ask.placed if one.places and not is_case(one, claim)]
    if not own:
        return own_country(claim, known)
    return own[0] if len(own) == 1 and own[0].relation is not PlaceRelation.FROM else None


def _of_row(
    ask: Ask, row: Chunk, said: Said, asked: PlaceAsked, claim: Claim, known: Known
) -> Answered | None:
    """Return what the cells of a row say that is the one asked about: all their places count."""
    head = row.pairs[0].value
    shown = [pair.value for pair in row.pairs[1:] if pair.value and pair.value in said.text]
    places = [place for value in shown for place in _named(value, row, known)]
    if not places or not _is_asked_about(ask, head, row, known):
        return None
    told = [_lies(place, asked, known) for place in places]
    if all(told):
        return Answered.YES
    if not any(one is not False for one in told):
        return Answered.NO
    return Answered.NO if False in told and _of_all(asked, claim) else None


def _is_asked_about(ask: Ask, head: str, row: Chunk, known: Known) -> bool:
    """Tell whether a question names what a row is of, or the place around the asker's."""
    words = _words(head)
    if words and words <= _words(ask.question):
        return True
    country = known.case.country
    return country is not None and any(
        known.gazetteer.relation(country, one) in (Relation.EQUAL, Relation.INSIDE)
        for one in _named(head, row, known)
    )


def _of_all(asked: PlaceAsked, claim: Claim) -> bool:
    return claim.universal or claim.only or asked.relation is PlaceRelation.ONLY_IN


def _lies(place: Place, asked: PlaceAsked, known: Known) -> bool | None:
    """Tell whether a place fits what is asked; None where it contains what is asked for."""
    relations = {known.gazetteer.relation(place, one) for one in asked.places}
    inside = bool(relations & {Relation.EQUAL, Relation.INSIDE})
    if not inside and not relations <= {Relation.DISJOINT}:
        return None
    return inside != (asked.relation in _OUTSIDE)


def _named(text: str, chunk: Chunk, known: Known) -> tuple[Place, ...]:
    """Return the places that a cell or an item names, those around another one left out."""
    about = known.index.documents[chunk.document].about
    return places_named(text, known.gazetteer, f"{about.service} {about.publisher}")


def _words(text: str) -> set[str]:
    return {match.group().lower() for match in WORD.finditer(text)} - STOP_WORDS
