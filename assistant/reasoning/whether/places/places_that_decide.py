"""Yes, No or It depends from what statements say of places: where data is, and for whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reasoning.ask import Ask, PlaceAsked, PlaceRelation
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import LIGHT, STANDING_IN, Claim, Word, alike, sense
from assistant.reasoning.whether.matches import names_of
from assistant.reasoning.whether.places.places_of_claim import is_case
from corpus.facts.types import Condition, Modality, PlaceRole, Statement, StatementKind
from corpus.language.parsing import parse_one
from corpus.language.sentences import readable
from corpus.language.terms import WORD
from corpus.language.word_classes import THINGS, Thing
from corpus.places import Gazetteer, Place, Relation
from corpus.types import Chunk

_KINDS = {
    "keep": (StatementKind.STORED, StatementKind.RETAINED),
    "be": (StatementKind.STORED,), "locate": (StatementKind.STORED,),
    "process": (StatementKind.PROCESSED,),
    "copy": (StatementKind.REPLICATED,),
    "move": (StatementKind.MOVED, StatementKind.REPLICATED),
}  # fmt: skip
"""Statements that speak of what is claimed, by the sense of its predicate."""
_ROLES = {
    StatementKind.STORED: (PlaceRole.RESTS,),
    StatementKind.RETAINED: (PlaceRole.RESTS,),
    StatementKind.PROCESSED: (PlaceRole.PROCESSED,),
    StatementKind.REPLICATED: (PlaceRole.GOES_TO, PlaceRole.RESTS),
    StatementKind.MOVED: (PlaceRole.GOES_TO,),
}
_OF_ANY = frozenset(
    "data datum information record content customer personal user tenant service rest time "
    "everything anything".split()
)
"""Words of a claim that mean whatever data there is."""
_OF_PLACES = frozenset(
    "member state nation territory ground soil land continent union country anywhere somewhere "
    "locate lie sit situate base".split()
)
"""Words of a claim that say what kind of place is asked for, or only that something is there."""
_CLOUDS = {"amazon": "aws", "aws": "amazon", "google": "gcp", "gcp": "google"}
_POINTING = frozenset("that the same this".split())
_HYPHENED = re.compile(r"\w+-\w+")
_WHOLE = frozenset("all every everything only solely exclusively always".split())
_ADDING = frozenset("also additionally additional further too include including".split())
"""Words of who names some only of what there is."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class PlacesDecided:
    """What statements say of a claim about places."""

    answer: Answered
    statements: tuple[Statement, ...]
    """Those that decide, the strongest first."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement held against the places of a claim."""

    statement: Statement
    within: bool
    """True where what it speaks of is in the places asked for, False where it is elsewhere."""
    conditional: bool
    whole: bool
    """True where it speaks of all there is: "all data", "only in"."""
    either: bool
    """True where it names several places of which one applies."""


def by_places(ask: Ask, claim: Claim, known: Known) -> PlacesDecided | None:
    """Return what statements about places say of a claim; None where none is of what it says."""
    asked = _asked(ask, claim)
    kinds = _KINDS.get(sense(claim.lemma)) or _KINDS.get(claim.lemma)
    if asked is None or kinds is None or claim.denied or claim.the_only or not known.scope.is_sure:
        return None
    read = [
        one for kind in kinds for statement in known.statements(kind)
        if _is_of(statement, claim, known)
        for one in _read(statement, asked, ask, claim, known)
    ]  # fmt: skip
    return _decided(read, claim, asked) if read else None


def _kinds_of(ask: Ask) -> tuple[StatementKind, ...]:
    if ask.kind is None:
        return (*_KINDS["keep"], *_KINDS["process"])
    return next((kinds for kinds in _KINDS.values() if ask.kind in kinds), ())


def of_statements(
    ask: Ask, claim: Claim, asked: PlaceAsked, chunk: Chunk, known: Known
) -> Answered | None:
    """Return what the statements of one passage say of a claim about places, of what it asks to be
    done there: where data is processed says nothing of where it rests.
    """
    read = [
        one for kind in _kinds_of(ask)
        for statement in known.statements(kind)
        if statement.chunk == chunk.id and not statement.negated
        and statement.modality is not Modality.MAY
        and (_is_of_all_data(statement) or says_what_is_kept(claim, asked, chunk, known))
        for one in _read(statement, asked, ask, claim, known)
    ]  # fmt: skip
    decided = _decided(read, claim, asked) if read else None
    return decided.answer if decided is not None else None


def _asked(ask: Ask, claim: Claim) -> PlaceAsked | None:
    own = [one for one in ask.placed if one.places and not is_case(one, claim)]
    return own[0] if len(own) == 1 and own[0].relation is not PlaceRelation.FROM else None


def _is_of(statement: Statement, claim: Claim, known: Known) -> bool:
    """Tell whether a statement speaks of the data that a claim is of."""
    if statement.negated or statement.modality is Modality.MAY:
        return False
    named = names_of(known, statement.document)
    names = " ".join(statement.about.names)
    said = _lemmas(f"{statement.said} {names}")
    if not all(_is_named(name, f"{statement.said} {names}", named) for name in claim.names):
        return False
    return _says_own_words(claim, said, named, known)


def says_what_is_kept(claim: Claim, asked: PlaceAsked, chunk: Chunk, known: Known) -> bool:
    """Tell whether a passage, with what it stands under, says what data a claim is of."""
    at = claim.parse.text.find(asked.words)
    place = frozenset(claim.parse.at(at, at + len(asked.words)) if at >= 0 else ())
    titles = (pair.title for pair in chunk.pairs)
    text = " ; ".join((readable(chunk.text), readable(chunk.lead_in), *titles, *chunk.path))
    named = names_of(known, chunk.document)
    return _says_own_words(claim, _lemmas(text), named, known, place)


def _says_own_words(
    claim: Claim, said: Collection[str], named: frozenset[str], known: Known,
    without: frozenset[int] = frozenset(),
) -> bool:  # fmt: skip
    return all(
        word.at in without
        or any(alike(word.lemma, one) or _CLOUDS.get(word.lemma) == one for one in said)
        for word in _own_words(claim, named, known)
    )


def _is_of_all_data(statement: Statement) -> bool:
    words = [word.lower() for data in statement.data for word in data.split()]
    return bool(words) and all(word in _OF_ANY for word in words)


def _is_named(name: str, said: str, named: frozenset[str]) -> bool:
    """Tell whether a statement names what a claim names, or its document is about that."""
    words = {match.group().lower() for match in WORD.finditer(name)}
    return words <= named or name.lower() in said.lower()


def _own_words(claim: Claim, named: frozenset[str], known: Known) -> Iterator[Word]:
    """Yield the words of a claim that tell its data from others."""
    places = {
        i
        for m in known.gazetteer.mentions(claim.parse.text)
        for i in claim.parse.at(m.start, m.end)
    }
    names = {STANDING_IN.lower(), *(name.lower() for name in claim.names)}
    for word in claim.words:
        shown = claim.parse.tokens[word.at].text.lower()
        general = word.lemma in _OF_ANY | _OF_PLACES | LIGHT or THINGS.get(word.lemma) in (
            Thing.PARTY, Thing.SITE
        )  # fmt: skip
        aside = word.at == claim.predicate or word.at in places or word.at in claim.cases
        if not (general or aside or shown in named or shown in names):
            yield word


@lru_cache(maxsize=2048)
def _lemmas(text: str) -> frozenset[str]:
    joined = (word.replace("-", "").lower().removesuffix("s") for word in _HYPHENED.findall(text))
    return frozenset((*(token.lemma for token in parse_one(text).tokens), *joined))


def _read(
    statement: Statement, asked: PlaceAsked, ask: Ask, claim: Claim, known: Known
) -> Iterator[_Read]:
    gazetteer = known.gazetteer
    ids = statement.at(*_ROLES[statement.kind])
    apart = False
    if not ids and _points_to_customer(statement):
        ids, apart = statement.at(PlaceRole.CUSTOMER), True
    places = [gazetteer.place(id_) for id_ in ids]
    if not places or _is_not_theirs(statement, known):
        return
    told = [_lies(place, asked.places, gazetteer) for place in places]
    either = len(set(told)) > 1
    if None in told and True not in told:
        return
    whole = statement.only or bool(_lemmas(statement.said) & _WHOLE)
    conditional = any(not _is_met(one, ask, claim, known) for one in statement.conditions)
    conditional = conditional or apart or bool(statement.exceptions)
    yield _Read(statement, True in told, conditional, whole, either and not apart)


def _points_to_customer(statement: Statement) -> bool:
    """Tell whether a statement points back to where the customer is: "in that country"."""
    tokens = parse_one(statement.said).tokens
    return any(
        THINGS.get(token.lemma) is Thing.SITE or token.lemma == "country"
        for token, before in zip(tokens[1:], tokens, strict=False)
        if before.lemma in _POINTING - {"the"} and token.tag.startswith("NN")
    )


def _lies(place: Place, asked: Sequence[Place], gazetteer: Gazetteer) -> bool | None:
    relations = {gazetteer.relation(place, one) for one in asked}
    if relations & {Relation.EQUAL, Relation.INSIDE}:
        return True
    return False if relations <= {Relation.DISJOINT} else None


def _is_not_theirs(statement: Statement, known: Known) -> bool:
    """Tell whether a statement is for customers of other places than the asker's."""
    country = known.case.country
    if country is None:
        return False
    placed = [one.places for one in statement.conditions if one.places]
    return any(
        all(_lies(country, (known.gazetteer.place(id_),), known.gazetteer) is False for id_ in ids)
        for ids in placed
    )


def _is_met(condition: Condition, ask: Ask, claim: Claim, known: Known) -> bool:
    """Tell whether the asker, or the question, says that a condition is met."""
    if _is_said(condition, ask, claim) or _is_named_so(condition, claim, known):
        return True
    country = known.case.country
    if country is None or not condition.places or condition.negated:
        return False
    inside = (known.gazetteer.place(id_) for id_ in condition.places)
    return any(_lies(country, (one,), known.gazetteer) for one in inside)


def _is_said(condition: Condition, ask: Ask, claim: Claim) -> bool:
    """Tell whether a question says the words of a condition."""
    said = {t.lemma for t in claim.parse.tokens}
    said |= {
        word.lower().strip(".,;?") for one in (*claim.premises, *ask.case) for word in one.split()
    }
    words = [
        token.lemma for token in parse_one(condition.text).tokens
        if token.tag.startswith(("NN", "VB", "JJ")) and token.lemma not in _OF_ANY | LIGHT
    ]  # fmt: skip
    return bool(words) and all(any(alike(word, one) for one in said) for word in words)


def _is_named_so(condition: Condition, claim: Claim, known: Known) -> bool:
    """Tell whether the question says beforehand that it is about a place of a condition."""
    if condition.negated or not condition.places:
        return False
    placed = [known.gazetteer.place(id_) for id_ in condition.places]
    named = (m.place for one in claim.premises for m in known.gazetteer.mentions(one))
    return any(_lies(place, placed, known.gazetteer) for place in named)


def _decided(read: list[_Read], claim: Claim, asked: PlaceAsked) -> PlacesDecided | None:
    outside = asked.relation in (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)
    fitting = [one for one in read if one.within != outside or one.either]
    failing = [one for one in read if one.within == outside and not one.either]
    if claim.universal or claim.only or asked.relation is PlaceRelation.ONLY_IN:
        return _of_all(fitting, failing)
    if claim.existential or claim.modal in ("can", "may"):
        if fitting:
            return _found(Answered.YES, fitting)
        return _denied(failing)
    if any(one.either or one.conditional for one in fitting):
        return _found(Answered.DEPENDS, [*fitting, *failing])
    if fitting and not failing:
        return _found(Answered.YES, fitting)
    return None if fitting else _denied(failing)


def _of_all(fitting: list[_Read], failing: list[_Read]) -> PlacesDecided | None:
    plain = [one for one in failing if not one.conditional]
    if plain:
        return _found(Answered.NO, plain)
    whole = [one for one in fitting if one.whole and not one.conditional and not one.either]
    return _found(Answered.YES, whole) if whole and not failing else None


def _denied(failing: list[_Read]) -> PlacesDecided | None:
    """Return No where all that is said speaks of elsewhere, and is said without a condition."""
    if not failing or any(one.conditional or _adds(one.statement) for one in failing):
        return None
    return _found(Answered.NO, failing)


def _adds(statement: Statement) -> bool:
    """Tell whether a statement only adds to others: "also in Oslo" says nothing of all there is."""
    return bool(_lemmas(statement.said) & _ADDING)


def _found(answer: Answered, read: list[_Read]) -> PlacesDecided:
    ranked = sorted(read, key=lambda one: (one.conditional, not one.whole))
    chunks = {one.statement.chunk: one.statement for one in reversed(ranked)}
    kept = [one.statement for one in ranked if chunks.get(one.statement.chunk) is one.statement]
    return PlacesDecided(answer, tuple(kept[:_MOST]))
