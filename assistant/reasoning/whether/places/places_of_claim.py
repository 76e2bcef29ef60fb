"""Whether a sentence is about the places that a claim is about."""

from __future__ import annotations

from assistant.reasoning.ask import Ask, PlaceAsked, PlaceRelation
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.claiming import Claim
from corpus.places import Mention, Place, Relation

OUTSIDE = frozenset("outside beyond except excluding".split())
_EXCEPT = frozenset("except excluding".split())
_IN = frozenset("in within inside to into at on from".split())
_DETERMINERS = frozenset("the a an".split())
_BEFORE = 6
"""Words before a place among which "except" leaves it out: "except Oslo and Malmö"."""
_WORLD = frozenset("globally worldwide global".split())


def at_places(ask: Ask, claim: Claim, passage: Passage, known: Known, holds: bool) -> bool | None:
    """Return whether a sentence holds of the places asked for; None where it does not tell."""
    text = passage.text
    mentions = [one for one in known.gazetteer.mentions(text) if not _in_name(one, text, known)]
    for asked in ask.placed:
        told = [_told(m, asked, passage, known, holds=holds) for m in mentions]
        if not asked.places:
            verdict = _of_bounds(asked, passage, holds)
        elif is_case(asked, claim):
            verdict = holds if not told or any(told) else None
        else:
            verdict = _at_place(asked, told, passage, known, holds)
        if verdict is None:
            return None
        holds = verdict
    return holds


def _in_name(mention: Mention, text: str, known: Known) -> bool:
    """Tell whether a place is a part of the name of what is asked about: of "Tern Europe"."""
    for name in known.scope.names:
        at = name.lower().find(mention.words.lower())
        start = mention.start - at
        if at > 0 and text[start : start + len(name)].lower() == name.lower():
            return True
    return False


def _of_bounds(asked: PlaceAsked, passage: Passage, holds: bool) -> bool | None:
    """Return whether a sentence holds of "within the geo" or "out of the region", where no place
    is named: what stays within does not go out.
    """
    words = {token.lemma for token in passage.parse.tokens}
    says_out = (
        bool(words & (OUTSIDE | _WORLD)) or "out of" in passage.text or "out-of" in passage.text
    )
    asks_out = asked.relation in (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)
    if says_out == asks_out:
        return holds
    return True if says_out and not holds else None


def _told(
    mention: Mention, asked: PlaceAsked, passage: Passage, known: Known, *, holds: bool
) -> bool | None:
    """Tell whether a place that a sentence names lies in those asked for; "outside of" turns it:
    what is never outside of the EU is not in Chile.
    """
    within = lies(mention.place, asked.places, known)
    before = passage.text[: mention.start].lower().replace("(", " ").split()[-_BEFORE:]
    if not set(before[-3:]) & OUTSIDE and not set(before) & _EXCEPT:
        return within
    if not holds and within is False and set(before[-3:]) & OUTSIDE:
        return True
    contained = all(
        known.gazetteer.relation(one, mention.place) in (Relation.EQUAL, Relation.INSIDE)
        for one in asked.places
    )
    return False if contained else None


def is_case(asked: PlaceAsked, claim: Claim) -> bool:
    """Tell whether a place is where the asker is, not where something is asked to be."""
    at = claim.parse.text.find(asked.words)
    words = claim.parse.at(at, at + len(asked.words)) if at >= 0 else ()
    if at < 0:
        return not claim.refers
    return bool(words) and all(i in claim.cases for i in words)


def _at_place(
    asked: PlaceAsked, told: list[bool | None], passage: Passage, known: Known, holds: bool
) -> bool | None:
    outside = asked.relation in (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)
    if not told:
        world = any(t.lemma in _WORLD for t in passage.parse.tokens)
        if asked.relation is PlaceRelation.ONLY_IN:
            return not holds if world and holds else None
        return holds if world and outside else None
    if any(told) and not outside:
        return holds
    if all(one is False for one in told) and holds:
        return outside or (False if _is_led_in(passage, known) else None)
    return not holds if outside and all(told) else None


def _is_led_in(passage: Passage, known: Known) -> bool:
    """Tell whether a sentence says that something is in a place: one stands behind "in" or "to"."""
    for mention in known.gazetteer.mentions(passage.text):
        before = passage.text[: mention.start].lower().split()[-3:]
        if _IN & {word for word in before if word not in _DETERMINERS}:
            return True
    return False


def lies(place: Place, asked: tuple[Place, ...], known: Known) -> bool | None:
    """Tell whether a place lies in one of others; None where it contains one, or is unclear."""
    relations = {known.gazetteer.relation(place, one) for one in asked}
    if relations & {Relation.EQUAL, Relation.INSIDE}:
        return True
    return False if relations <= {Relation.DISJOINT} else None
