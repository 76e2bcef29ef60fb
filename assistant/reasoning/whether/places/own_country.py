"""The country that "its own country" stands for: where the asker says to be."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reasoning.ask import PlaceAsked, PlaceRelation
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import Claim
from corpus.language.parsing import Parse, parse_one
from corpus.language.word_classes import THINGS, Thing

_OWN = frozenset({"own", "home"})
_OUT = frozenset({"outside", "leave", "beyond"})
_ONLY = frozenset({"only", "solely", "exclusively"})
_BARE = frozenset({"it", "that", "this", "so"})
_LONGEST_BARE = 6
"""Words of a question that only asks whether what was said before it is so."""


def own_country(claim: Claim, known: Known) -> PlaceAsked | None:
    """Return the asker's country where a claim asks for what lies in "their own country"; said in
    the sentence before, where the claim only asks whether that is so.
    """
    country = known.case.country
    if country is None:
        return None
    premises = [parse_one(one) for one in claim.premises] if _is_bare(claim.parse) else []
    for parse in (claim.parse, *reversed(premises)):
        at = _own_site(parse)
        if at is not None:
            words = parse.span(parse.below(at)).of(parse.text)
            return PlaceAsked(_relation(parse, at), (country,), words)
    return None


def _own_site(parse: Parse) -> int | None:
    for at, token in enumerate(parse.tokens):
        site = THINGS.get(token.lemma) is Thing.SITE or token.lemma in ("country", "border", "soil")
        if site and any(parse.tokens[i].lemma in _OWN for i in parse.children(at)):
            return at
    return None


def _is_bare(parse: Parse) -> bool:
    words = [token.lemma for token in parse.tokens if token.text.isalnum()]
    return len(words) <= _LONGEST_BARE and bool(_BARE & set(words))


def _relation(parse: Parse, at: int) -> PlaceRelation:
    line: Sequence[int] = tuple(parse.above(at))
    lemmas = {parse.tokens[i].lemma for i in line}
    if lemmas & _OUT:
        return PlaceRelation.OUTSIDE
    around = {parse.tokens[i].lemma for one in line[:1] for i in parse.children(one)}
    return PlaceRelation.ONLY_IN if around & _ONLY else PlaceRelation.IN
