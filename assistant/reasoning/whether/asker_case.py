"""Whether what a sentence is said under is the asker's own case, as far as that is known."""

from __future__ import annotations

from assistant.query import Case
from assistant.reasoning.findings import Answered
from corpus.language.terms import STOP_WORDS, WORD
from corpus.places import Gazetteer, Relation

_BOUGHT = frozenset("addon addons add-on add-ons licence license licences licenses subscription "
                    "plan".split())  # fmt: skip
_SIGNED_UP = frozenset(
    "customer customers tenant tenants user users organization organizations organisation "
    "organisations company companies provisions provisioned provision signed sign-up signup "
    "billing".split()
)


def is_own_case(said: str, case: Case, gazetteer: Gazetteer) -> bool | None:
    """Tell whether a condition is the asker's case; None where it is not said."""
    words = _words(said)
    if any(_words(name) - STOP_WORDS <= words for name in case.add_ons if name):
        return True
    if case.agreement and {*_words(case.agreement), "agreement"} <= words:
        return True
    if words & _BOUGHT:
        return False if case.nothing_else else None
    return _is_there(said, case, gazetteer) if words & _SIGNED_UP else None


def for_asker(met: bool | None, under: Answered, *, excepting: bool) -> Answered | None:
    """Return what holds for the asker, where it holds `under` a condition, or but for it; None
    where that does not follow: what is said "if" says nothing of all others.
    """
    if met is None or under is Answered.DEPENDS or (not excepting and not met):
        return None
    if excepting and met:
        return Answered.NO if under is Answered.YES else Answered.YES
    return under


def _is_there(said: str, case: Case, gazetteer: Gazetteer) -> bool | None:
    if case.country is None:
        return None
    relations = {
        gazetteer.relation(case.country, mention.place) for mention in gazetteer.mentions(said)
    }
    if relations & {Relation.EQUAL, Relation.INSIDE}:
        return True
    return False if relations and relations <= {Relation.DISJOINT} else None


def _words(text: str) -> frozenset[str]:
    return frozenset(match.group().lower() for match in WORD.finditer(text))
