"""What a passage says of one alone and a sentence of others too, and what it says of all and a
sentence of one alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verification.checks.alignment import Aligned, align
from assistant.verification.passages.grounds import Ground
from assistant.verification.passages.listed_sets import enumerations
from assistant.verification.reading.spoken import Assertion
from corpus.language.parsing import Parse

_ONLY = frozenset("only solely exclusively".split())
_EVERY = frozenset("all every each any".split())
_SPOKEN_OF = 0.5
"""Share of an assertion that a ground says which speaks of the same."""


def exclusive(claim: Assertion, grounds: Sequence[Ground]) -> str:
    """Say that a ground restricts what an assertion widens, or the other way round."""
    restricts = bool(claim.lemmas & _ONLY)
    for ground in grounds:
        telling = ground.said.lemmas & (_EVERY if restricts else _ONLY)
        if ground.is_row or not telling:
            continue
        if reason := _narrowed(claim, ground) if restricts else _widened(claim, ground):
            return reason
    return ""


def _narrowed(claim: Assertion, ground: Ground) -> str:
    """Say that the ground says of all what the assertion says of some alone."""
    parse = claim.said.parse
    for at in claim.words:
        if parse.tokens[at].lemma not in _ONLY:
            continue
        noun = next((i for i in claim.words if i > at and _is_head(parse, i)), -1)
        if noun < 0 or not any(claim.said.telling(i) for i in parse.below(noun) if i != noun):
            continue
        one = align(claim, ground)
        theirs = ground.said.parse
        for k in one.pairs.get(noun, ()):
            below = theirs.children(k, "det", "predet", "amod")
            quantified = any(theirs.tokens[i].lemma in _EVERY for i in below)
            if quantified and one.share >= _SPOKEN_OF and not ground.said.lemmas & _ONLY:
                return f"the passage says so of {theirs.words(theirs.below(k))}"
    return ""


def _widened(claim: Assertion, ground: Ground) -> str:
    """Say that the ground says of one alone what the assertion says of others beside it."""
    if claim.negated or claim.proposition is None:
        return ""
    one = align(claim, ground)
    if one.clause is None or not one.surely:
        return ""
    own = set(one.clause_words)
    if not any(ground.said.parse.tokens[i].lemma in _ONLY for i in own):
        return ""
    for chain in _joined(claim):
        named = [i for i in chain if claim.said.meant[i]]
        kept = [i for i in named if all(own & set(one.pairs.get(k, ())) for k in _called(claim, i))]
        if kept and len(kept) < len(named) and _restricted(one, kept):
            return "the passage says “only”"
    return ""


def _called(claim: Assertion, at: int) -> tuple[int, ...]:
    """Return a word with those that tell what it names apart."""
    below = claim.said.parse.children(at, "amod", "compound")
    return (at, *(i for i in below if claim.said.telling(i)))


def _joined(claim: Assertion) -> list[tuple[int, ...]]:
    """Return what an assertion names one beside the other, nouns and what describes them."""
    tokens = claim.said.parse.tokens
    return [
        chain for chain in enumerations(claim)
        if set(chain) <= set(claim.words) and not any(tokens[i].dep == "ROOT" for i in chain)
    ]  # fmt: skip


def _restricted(one: Aligned, kept: Sequence[int]) -> bool:
    """Tell whether "only" stands at the word itself, at its noun, or at the verb it belongs to."""
    theirs = one.ground.said.parse
    for i in kept:
        for k in one.pairs[i]:
            near = {k, theirs.tokens[k].head, theirs.tokens[theirs.tokens[k].head].head}
            if any(t.lemma in _ONLY and t.head in near for t in theirs.tokens):
                return True
    return False


def _is_head(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    return token.tag.startswith("NN") and token.dep != "compound"
