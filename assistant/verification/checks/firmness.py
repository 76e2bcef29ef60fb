"""Whether an assertion is made as firmly as its ground makes it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.verification.checks.alignment import Aligned
from assistant.verification.checks.extent import PART
from assistant.verification.reading.spoken import Spoken
from assistant.verification.reading.words import stem
from corpus.language.propositions import Proposition

_MUST = frozenset("must shall require need mandatory oblige necessary required".split())
_SAYING = frozenset("specify note describe state list mention say set".split())
_SHOULD = frozenset("should recommend advise suggest ought".split())


def too_firm(one: Aligned) -> str:
    """Say that the ground says it less firmly, or more."""
    if one.clause is None or one.claim.proposition is None or _points(one.claim.said, one):
        return ""
    claim = (one.claim.proposition, *one.claim.said.within(one.claim.proposition))
    mine, theirs = _firmest(one.claim.said, claim), _firmest(one.ground.said, one.outer)
    if theirs == "may" and mine in ("", "must", "will") and not one.claim.lemmas & PART:
        return "the passage only says that it may be so; say “may”"
    if mine == "must" and theirs != "must":
        return "" if _ordered(one) else "the passage does not say that it must be so"
    if mine == "should" and theirs in ("may", "can"):
        return "the passage does not recommend it"
    only = "only" in one.claim.lemmas & one.ground.said.lemmas
    if theirs == "must" and mine in ("may", "can", "should") and not only:
        return "the passage says that it must be so; say “must”"
    return ""


def _points(said: Spoken, one: Aligned) -> bool:
    """Tell whether an assertion only points to what is said elsewhere: "as noted below"."""
    claim = one.claim.proposition
    if claim is None or said.parse.tokens[claim.verb].lemma not in _SAYING:
        return False
    return any(said.parse.tokens[i].lemma == "as" for i in said.parse.children(claim.verb))


def _firmest(said: Spoken, found: Iterable[Proposition]) -> str:
    """Return how firmly propositions say something, the one within first."""
    for one in found:
        if modal := _modal(said, one):
            return modal
    return ""


def _modal(said: Spoken, one: Proposition) -> str:
    parse = said.parse
    around = [one.verb, *parse.children(one.verb, "acomp", "advmod", "oprd")]
    words = {parse.tokens[i].lemma for i in around}
    if one.modal in ("must", "shall") or words & _MUST:
        return "must"
    if one.modal == "should" or words & _SHOULD:
        return "should"
    if one.modal == "may" or words & {"possibly", "perhaps", "likely", "potentially"}:
        return "may"
    if any(parse.tokens[i].text.lower() in ("might", "could")
           for i in parse.children(one.verb, "aux")):  # fmt: skip
        return "may"
    if one.modal == "can" or words & {"possible", "able"}:
        return "can"
    has_to = any(
        parse.tokens[i].lemma == "have" and parse.tokens[one.verb].dep == "xcomp"
        for i in parse.above(one.verb)
    )
    return "must" if has_to else one.modal


def _ordered(one: Aligned) -> bool:
    """Tell whether the ground gives an order, or lists what is asked for."""
    clause = one.clause
    asked = {stem(word) for word in one.ground.context.lower().split()}
    return (clause is not None and (clause.imperative or clause.only)) or bool(
        asked & {stem(word) for word in ("requirements", "prerequisites", "conditions", "required")}
    )
