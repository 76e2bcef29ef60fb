"""Whether a sentence really says that data is in a place, or only speaks of the place.

A statement about a place goes onto maps and into tables: what may be chosen, an example, a
condition, a law's name or somebody's address puts no data anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.arguments.data_categories import DATA
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import Parse
from corpus.language.propositions import Link, Proposition
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing

OF_DATA = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO, PlaceRole.COMES_FROM})
"""Roles that say that data is in a place, or was."""
_EXAMPLES = frozenset({"example", "e.g.", "eg", "suppose", "imagine", "assume", "instance"})
"""Words near the start of a sentence that makes something up."""
_NEAR_START = 4
_INSTANCE = 5
"""Words before a place among which an example is announced."""
_SEATING = frozenset({"base", "headquarter", "incorporate", "domicile", "seat", "register"})
"""Verbs that tell where a company sits, of whatever has no data."""
_HYPOTHETICAL = ("if", "when", "unless", "where", "should", "in case", "once", "whenever")
_RULING = frozenset({StatementKind.REQUIRED, StatementKind.STEP, StatementKind.COMMAND})
"""Kinds that say what somebody has to do."""
_DOING = frozenset({Deed.STORE, Deed.PROCESS, Deed.ACCESS, Deed.MOVE, Deed.LEAVE})
"""What verbs do with data."""
_OF_DATA_KINDS = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED,
     StatementKind.MOVED, StatementKind.RETAINED, StatementKind.DETERMINED_BY}
)  # fmt: skip
_HOLDING = frozenset(
    "center centre cluster datacenter datacentre facility hosting infrastructure processing "
    "retention server storage".split()
)
"""Nouns of what holds data or works on it."""
_DATA_SUBJECTS = frozenset({Thing.PARTY, Thing.COMPANY, Thing.STAFF})


def firm(
    role: PlaceRole, parse: Parse, said: Sequence[Proposition], at: int,
    which: Proposition | None, kind: StatementKind, *, negated: bool,
) -> PlaceRole:  # fmt: skip
    """Return the role of the place named at an offset, as far as the sentence really says it.

    `which` is the proposition that is stated; `role` what the words around the place tell.
    """
    words = parse.at(at, at + 1)
    if role not in OF_DATA or not words:
        return role
    if _is_made_up(parse) or _is_instance(parse, words[0]) or _is_part_of_name(parse, words[0]):
        return PlaceRole.NAMED
    inner = _innermost(said, at)
    if inner is None or not parse.tokens[inner.verb].is_verb:
        return role
    if inner.link is Link.RELATIVE and inner.lemma in _SEATING and not _of_data(inner):
        return PlaceRole.SEAT
    if (
        _is_hypothetical(inner)
        or (kind in _RULING and _is_duty(inner))
        or not _is_said_of_data(parse, words[0], inner, kind)
    ):
        return PlaceRole.NAMED
    return _weighed(role, inner, which, negated=negated)


def _is_said_of_data(parse: Parse, index: int, inner: Proposition, kind: StatementKind) -> bool:
    """Tell whether the verb, or a noun on the way to it, says what becomes of data in a place."""
    deed = DEEDS.get(inner.lemma)
    if deed in _DOING:
        return not _is_about_people(inner)
    if kind not in _OF_DATA_KINDS:
        return False
    if deed is Deed.LIE and inner.complement is None and inner.subject is not None:
        return _holds_data(inner.subject.lemma)
    above = [index, *parse.above(index)]
    return any(_holds_data(parse.tokens[i].lemma) for i in above if i != inner.verb)


def _is_about_people(one: Proposition) -> bool:
    """Tell whether somebody is somewhere, rather than data: "consumers who reside in Peru"."""
    subject = one.subject
    alone = not (one.passive or one.objects) and DEEDS.get(one.lemma) is Deed.STORE
    return alone and subject is not None and THINGS.get(subject.lemma) in _DATA_SUBJECTS


def _holds_data(lemma: str) -> bool:
    return lemma in _HOLDING or lemma in DATA or THINGS.get(lemma) is Thing.COPY


def _weighed(
    role: PlaceRole, inner: Proposition, which: Proposition | None, *, negated: bool
) -> PlaceRole:
    if inner.modal == "can" and not negated:
        return PlaceRole.CHOICE
    return PlaceRole.NAMED if negated and _is_aside(inner, which) else role


def _is_hypothetical(one: Proposition) -> bool:
    return one.link is Link.ADVERBIAL and one.mark.startswith(_HYPOTHETICAL)


def _is_made_up(parse: Parse) -> bool:
    return any(token.lemma in _EXAMPLES for token in parse.tokens[:_NEAR_START])


def _is_instance(parse: Parse, index: int) -> bool:
    """Tell whether a place is given as an example in brackets: "(for example, Oslo)"."""
    before = parse.tokens[max(0, index - _INSTANCE) : index]
    return any(token.lemma in _EXAMPLES for token in before)


def _is_part_of_name(parse: Parse, index: int) -> bool:
    """Tell whether a place is a part of what something else is called: "US CLOUD Act"."""
    while parse.tokens[index].dep in ("compound", "amod", "nmod", "pobj", "prep", "poss"):
        head = parse.tokens[index].head
        token = parse.tokens[head]
        if token.dep == "ROOT" and not token.is_name:
            return False
        if token.tag in ("NNP", "NNPS") and parse.tokens[index].dep in ("compound", "amod", "nmod"):
            thing = THINGS.get(token.lemma)
            if thing is not Thing.SITE:
                return True
        if THINGS.get(token.lemma) is Thing.LAW:
            return True
        index = head
    return False


def _innermost(said: Sequence[Proposition], at: int) -> Proposition | None:
    within = [one for one in said if one.span.start <= at < one.span.end]
    return min(within, key=lambda one: one.span.end - one.span.start, default=None)


def _of_data(one: Proposition) -> bool:
    return one.subject is not None and THINGS.get(one.subject.lemma) not in _DATA_SUBJECTS


def _is_duty(one: Proposition) -> bool:
    """Tell whether somebody is told what to do, rather than what is so."""
    subject = one.subject
    return one.imperative or (
        subject is not None and THINGS.get(subject.lemma) in _DATA_SUBJECTS and not one.passive
    )


def _is_aside(inner: Proposition, which: Proposition | None) -> bool:
    """Tell whether a place belongs to another clause than the denied one."""
    return which is not None and inner.verb != which.verb and inner.link is Link.RELATIVE
