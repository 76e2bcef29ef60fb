"""Whether a sentence really says that data is in a place, or only speaks of the place.

A statement about a place goes onto maps and into tables: what may be chosen, an example, a
condition, a law's name or somebody's address puts no data anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.arguments.place_roles.place_senses import (
    holds_data,
    is_instance,
    is_made_up,
    is_office,
    is_part_of_name,
)
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import Parse
from corpus.language.propositions import Link, Proposition
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing

OF_DATA = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO, PlaceRole.COMES_FROM})
"""Roles that say that data is in a place, or was."""
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
_DATA_SUBJECTS = frozenset({Thing.PARTY, Thing.COMPANY, Thing.STAFF})
_WISHES = frozenset("ask demand expect need prefer request require want wish".split())
_PROMISES = frozenset("ensure guarantee promise warrant".split())
_PREDICATES = ("acomp", "oprd", "attr")
_OPTIONS = frozenset("ability choice option possibility".split())
"""Nouns of what may be had and is not so by itself."""


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
    inner = _innermost(said, at)
    other = _by_itself(parse, words, inner)
    if other is not None or inner is None or not parse.tokens[inner.verb].is_verb:
        return other or role
    if (
        _is_hypothetical(said, inner)
        or _is_wished(said, inner)
        or _is_asked_of_reader(parse, said, inner, kind)
        or not _is_said_of_data(parse, words[0], inner, kind)
    ):
        return PlaceRole.NAMED
    return _weighed(role, inner, which, negated=negated)


def _by_itself(parse: Parse, words: Sequence[int], inner: Proposition | None) -> PlaceRole | None:
    """Return the role of a place that is said of something else than data; None for others."""
    if is_office(parse, words[0]):
        return PlaceRole.SEAT
    if is_made_up(parse) or is_instance(parse, words[0]) or is_part_of_name(parse, words):
        return PlaceRole.NAMED
    if inner is None:
        return None
    sits = inner.link is Link.RELATIVE and inner.lemma in _SEATING and not _of_data(inner)
    if sits or _is_kept_by_law(inner):
        return PlaceRole.SEAT
    return PlaceRole.CHOICE if _is_optional(parse, inner) else None


def _is_said_of_data(parse: Parse, index: int, inner: Proposition, kind: StatementKind) -> bool:
    """Tell whether the verb, or a noun on the way to it, says what becomes of data in a place."""
    if _says_of_adjective(parse, index):
        return False
    deed = DEEDS.get(inner.lemma)
    if deed in _DOING:
        return not _is_about_people(parse, inner)
    if kind not in _OF_DATA_KINDS:
        return False
    if deed is Deed.LIE and inner.complement is None and inner.subject is not None:
        return holds_data(inner.subject.lemma)
    above = [index, *parse.above(index)]
    return any(holds_data(parse.tokens[i].lemma) for i in above if i != inner.verb)


def _is_kept_by_law(one: Proposition) -> bool:
    """Tell whether a court or an authority does something: "kept by the court in Bergen"."""
    agents = (each.phrase.lemma for each in one.obliques if each.preposition == "by")
    return any(THINGS.get(lemma.lower()) is Thing.LAW for lemma in agents)


def _is_about_people(parse: Parse, one: Proposition) -> bool:
    """Tell whether somebody is somewhere, rather than data: "consumers who reside in Peru"."""
    subject = one.subject
    alone = not (one.passive or one.objects) and DEEDS.get(one.lemma) is Deed.STORE
    if not alone or subject is None:
        return False
    whose = any(parse.tokens[i].lemma == "who" for i in parse.children(one.verb, "nsubj"))
    return whose or THINGS.get(subject.lemma) in _DATA_SUBJECTS


def _says_of_adjective(parse: Parse, index: int) -> bool:
    """Tell what something is to a place: "important to the U.S.", "subject to US law"."""
    above = (parse.tokens[i] for i in parse.above(index))
    head = next((one for one in above if one.dep not in ("prep", "compound", "amod")), None)
    return head is not None and head.tag.startswith("JJ") and head.dep in _PREDICATES


def _weighed(
    role: PlaceRole, inner: Proposition, which: Proposition | None, *, negated: bool
) -> PlaceRole:
    subject = inner.subject
    allowed = (
        inner.modal == "may" and subject is not None and (THINGS.get(subject.lemma) is Thing.PARTY)
    )
    if (inner.modal == "can" or allowed) and not negated:
        return PlaceRole.CHOICE
    return PlaceRole.NAMED if negated and _is_aside(inner, which) else role


def _is_hypothetical(said: Sequence[Proposition], one: Proposition) -> bool:
    """Tell whether a proposition, or one that it is the complement of, is only supposed."""
    while one.link is Link.COMPLEMENT and one.around is not None:
        one = said[one.around]
    return one.link is Link.ADVERBIAL and one.mark.startswith(_HYPOTHETICAL)


def _is_wished(said: Sequence[Proposition], one: Proposition) -> bool:
    """Tell what somebody asks for from what is so: "customers require that data remains there"."""
    if one.link is not Link.COMPLEMENT or one.around is None:
        return False
    outer = said[one.around]
    subject = outer.subject
    asks = subject is not None and THINGS.get(subject.lemma) in (Thing.PARTY, Thing.LAW)
    doubted = outer.negated and outer.lemma in _PROMISES
    return doubted or (outer.lemma in _WISHES and (asks or outer.negated))


def _innermost(said: Sequence[Proposition], at: int) -> Proposition | None:
    within = [one for one in said if one.span.start <= at < one.span.end]
    return min(within, key=lambda one: one.span.end - one.span.start, default=None)


def _of_data(one: Proposition) -> bool:
    return one.subject is not None and THINGS.get(one.subject.lemma) not in _DATA_SUBJECTS


def _is_optional(parse: Parse, inner: Proposition) -> bool:
    """Tell "supports the option of hosting …", which says what can be had."""
    above = parse.above(inner.verb)
    near = [i for i in above if parse.tokens[i].dep != "prep"][:1]
    return inner.link is not Link.MAIN and any(parse.tokens[i].lemma in _OPTIONS for i in near)


def _is_asked_of_reader(
    parse: Parse, said: Sequence[Proposition], inner: Proposition, kind: StatementKind
) -> bool:
    """Tell whether somebody is told what to do, rather than what is so."""
    subject = inner.subject
    acting = subject is not None and THINGS.get(subject.lemma) in _DATA_SUBJECTS
    if kind in _RULING:
        return inner.imperative or (acting and not inner.passive)
    if inner.imperative:
        return True
    outer = said[inner.around] if inner.around is not None else inner
    must = "must" in (inner.modal, outer.modal) or {"need", "have"} & {outer.lemma}
    return bool(must) and acting and subject is not None and _is_readers(parse, subject.head)


def _is_readers(parse: Parse, noun: int) -> bool:
    """Tell whether a noun is the reader, or somebody of the reader's side."""
    own = any(parse.tokens[i].text.lower() == "your" for i in parse.children(noun, "poss"))
    return own or THINGS.get(parse.tokens[noun].lemma) is Thing.PARTY


def _is_aside(inner: Proposition, which: Proposition | None) -> bool:
    """Tell whether a place belongs to another clause than the denied one."""
    return which is not None and inner.verb != which.verb and inner.link is Link.RELATIVE
