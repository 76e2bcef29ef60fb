"""No or It depends from the passage that comes nearest to a question: what it denies outright, or
says of some only.

The passage was chosen among all that were found by more than the words that it shares with the
question, so few of these are enough. It decides by clear signs alone: its main statement is denied,
or "only" bounds it. That it grants something is left to those who hold it against the whole claim.
"""

from __future__ import annotations

from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.assertions import Stance, stance
from assistant.reasoning.whether.claiming import Claim, denies
from assistant.reasoning.whether.extents import is_partly
from assistant.reasoning.whether.matches import Match, match
from assistant.reasoning.whether.sentences_that_decide import as_said, weighed_elsewhere
from corpus.language.parsing import Parse
from index.types import Hit

_NEAR = 0.45
"""Least cosine of the question with a passage that denies what it asks."""
_COVERED = 0.2
"""Least share of the claim's words that it says."""
_NEAR_BOUND, _COVERED_BOUND = 0.5, 0.4
"""The same of one that bounds it: more is needed, as what is bounded may be something else."""
_ENDING = frozenset({"lose", "miss", "restrict", "limit", "permanent", "final", "irreversible"})
"""Predicates that a denial elsewhere in the sentence may well confirm: "lost, as it can't be
recovered"."""
_OPENING = frozenset("unless except until without only".split())
"""Words that take back a part of a denial."""
_BOUND_BY = frozenset("with upon for on if when after to through by under in enter".split())
"""What stands behind an "only" that says under what something is so."""
_BOUNDED = frozenset({"restrict", "limit"})


def by_passage(claim: Claim, hit: Hit, read: Passage, known: Known) -> Answered | None:
    """Return what the passage that comes nearest to a question says of its claim; None where its
    main statement neither denies it nor bounds it.
    """
    passage = as_said(read, known)
    if claim.denied or claim.either or passage.is_question or passage.chunk.pairs:
        return None
    found = match(claim, passage, hit, known, weighed_elsewhere(claim, known))
    if _is_denied(claim, found):
        return Answered.NO
    return Answered.DEPENDS if _is_bounded(claim, found) else None


def _is_denied(claim: Claim, found: Match) -> bool:
    """Tell whether the main statement of a passage denies what is claimed."""
    parse = found.passage.parse
    lemmas = {token.lemma for token in parse.tokens}
    if found.similarity < _NEAR or found.covered < _COVERED or lemmas & _OPENING:
        return False
    if found.contrary or claim.lemma in _ENDING or denies(claim.lemma) or _is_only(claim):
        return False
    if is_partly(claim, parse, only=False):
        return claim.universal and any(not one.holds for one in _main(parse))
    spoken = [one for at in found.pivots if (one := stance(parse, at)).asserted]
    if spoken:
        return all(not one.holds for one in spoken)
    return any(not one.holds for one in _main(parse))


def _is_only(claim: Claim) -> bool:
    """Tell whether a claim says "only": a "just" is as often said for "simply"."""
    return claim.only and any(token.lemma in _OPENING for token in claim.parse.tokens)


def _main(parse: Parse) -> list[Stance]:
    """Return how a sentence stands to its main verb, and to one joined to it that is denied."""
    roots = parse.roots()
    joined = (
        at for at, token in enumerate(parse.tokens)
        if token.dep == "conj" and token.is_verb and token.head in roots
        and parse.children(at, "neg")
    )  # fmt: skip
    return [stance(parse, at) for at in (*roots, *joined)]


def _is_bounded(claim: Claim, found: Match) -> bool:
    """Tell whether a passage says what is claimed of some only: "only with", "is restricted"."""
    if found.similarity < _NEAR_BOUND or found.covered < _COVERED_BOUND:
        return False
    if claim.only or claim.universal or found.lacks_key:
        return False
    parse = found.passage.parse
    only = any(
        token.lemma == "only" and behind.lemma in _BOUND_BY
        for token, behind in zip(parse.tokens, parse.tokens[1:], strict=False)
    )
    return only or any(
        token.lemma in _BOUNDED and token.tag == "VBN" and (seen := stance(parse, at)).asserted
        and seen.holds
        for at, token in enumerate(parse.tokens)
    )  # fmt: skip
