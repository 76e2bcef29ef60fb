"""What the map decides: which place lies in which, is a member of it, or lies outside."""

from __future__ import annotations

from assistant.verification.checks.alignment import Aligned
from assistant.verification.reading.spoken import Assertion
from corpus.language.propositions import Phrase
from corpus.places import Gazetteer, Mention, Relation

_LIES = frozenset(
    "be lie locate belong situate sit member part country state city continent union region "
    "european outside inside within member-state".split()
)
_OUT = frozenset({"outside", "beyond"})


def lies_so(claim: Assertion, gazetteer: Gazetteer, before: str = "") -> bool | None:
    """Tell whether an assertion about how two places lie is true; None for any other one.

    `before` is what the sentence said before it, of whose places "it" may speak.
    """
    found = [
        m for m in gazetteer.mentions(claim.said.text)
        if set(claim.said.parse.at(m.start, m.end)) & set(claim.words)
    ]  # fmt: skip
    if len(found) == 1 and claim.proposition is not None:
        return _before_lie_so(claim, found[0], gazetteer, before)
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


def _before_lie_so(
    claim: Assertion, place: Mention, gazetteer: Gazetteer, before: str
) -> bool | None:
    """Tell whether "so it lies in the EU" is true of all places that the sentence named before;
    None where it is of some alone, or says more.
    """
    one = claim.proposition
    if one is None or one.subject is None or one.lemma not in _LIES:
        return None
    others = [i for i in claim.telling if i not in claim.placed]
    own = set(claim.said.parse.at(*one.subject.span))
    if own & set(_words(claim, place)):
        return None
    if any(claim.said.parse.tokens[i].lemma not in _LIES for i in others if i not in own):
        return None
    named = _spoken_of(claim, one.subject, place, gazetteer, before)
    inside = {
        gazetteer.relation(m.place, place.place) in (Relation.INSIDE, Relation.EQUAL) for m in named
    }
    apart = all(gazetteer.relation(m.place, place.place) is Relation.DISJOINT for m in named)
    outside = claim.negated is not bool(claim.lemmas & _OUT)
    if inside == {True}:
        return not outside
    return outside if named and apart else None


def _spoken_of(
    claim: Assertion, subject: Phrase, place: Mention, gazetteer: Gazetteer, before: str
) -> list[Mention]:
    """Return the places that the subject of an assertion is, or points to."""
    every = gazetteer.mentions(claim.said.text)
    if subject.lemma not in _POINTING:
        start, end = subject.span
        return [m for m in every if start <= m.start and m.end <= end]
    named = [m for m in every if m.start < min(subject.span.start, place.start)]
    return [*gazetteer.mentions(before), *named]


def lies_apart(mention: Mention, one: Aligned, gazetteer: Gazetteer) -> bool:
    """Tell whether a sentence says that something is not in a place, or is outside it, and its
    ground says where all of it is: elsewhere.
    """
    own = gazetteer.mentions(one.ground.said.text)
    if not own or any(
        gazetteer.relation(m.place, mention.place) is not Relation.DISJOINT for m in own
    ):  # fmt: skip
        return False
    if one.claim.lemmas & _OUT:
        # What is said to be outside or not somewhere is not said to be anywhere.
        away = bool(one.ground.said.lemmas & (_OUT | {"not", "no"}))
        return not one.claim.negated and not away
    denied = one.claim.negated or bool(one.claim.lemmas & {"no", "none"})
    return denied and bool(one.ground.said.lemmas & _WHOLLY)


_WHOLLY = frozenset("only all exclusively solely every entirely".split())
_POINTING = frozenset("it they this that which both these those all".split())


def _words(claim: Assertion, mention: Mention) -> tuple[int, ...]:
    return claim.said.parse.at(mention.start, mention.end)
