"""What the map decides: which place lies in which, is a member of it, or lies outside."""

from __future__ import annotations

from assistant.verification.reading.spoken import Assertion
from corpus.places import Gazetteer, Mention, Relation

_LIES = frozenset(
    "be lie locate belong situate sit member part country state city continent union region "
    "european outside inside within member-state".split()
)
_OUT = frozenset({"outside", "beyond"})


def lies_so(claim: Assertion, gazetteer: Gazetteer) -> bool | None:
    """Tell whether an assertion about how two places lie is true; None for any other one."""
    found = [
        m for m in gazetteer.mentions(claim.said.text)
        if set(claim.said.parse.at(m.start, m.end)) & set(claim.words)
    ]  # fmt: skip
    if len(found) != 2 or claim.proposition is None:
        return None
    if claim.proposition.lemma not in _LIES or any(
        claim.said.parse.tokens[i].dep == "conj" for m in found for i in _words(claim, m)
    ):
        return None
    taken = {i for m in found for i in claim.said.parse.at(m.start, m.end)}
    others = [i for i in claim.telling if i not in taken]
    if any(claim.said.parse.tokens[i].lemma not in _LIES for i in others):
        return None
    relation = gazetteer.relation(found[0].place, found[1].place)
    denied = claim.negated is not bool(claim.lemmas & _OUT)
    if relation in (Relation.INSIDE, Relation.EQUAL):
        return not denied
    return denied if relation is Relation.DISJOINT else None


def _words(claim: Assertion, mention: Mention) -> tuple[int, ...]:
    return claim.said.parse.at(mention.start, mention.end)
