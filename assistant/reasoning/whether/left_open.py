"""What a claim says that a sentence has to say too, or it leaves the claim open."""

from __future__ import annotations

from assistant.reasoning.whether.claiming import UNIVERSAL, Claim, alike, lengths
from assistant.reasoning.whether.conditions_of_claim import lacking
from corpus.language.parsing import Parse

_APART = frozenset("different another other separate distinct".split())
_BETWEEN = frozenset("across between outside beyond multiple cross abroad foreign".split())
"""Words of what goes from one to another."""
_SAME = frozenset("same identical common".split())
_BOUNDS = frozenset("more less greater fewer least most over under exceed up maximum minimum "
                    "exactly precisely".split())  # fmt: skip
_BEFORE_NUMBER = 4


def leaves_open(claim: Claim, said: Parse) -> bool:
    """Tell whether a sentence leaves open what a claim says besides its predicate: a number, that
    something is the same or another, that something is lacking.
    """
    lemmas = {token.lemma for token in said.tokens}
    own = {token.lemma for token in claim.parse.tokens}
    if own & _APART and not lemmas & (_APART | _SAME | _BETWEEN) and not own & _SAME:
        return True
    return _lacks(claim, said) or not _numbers_agree(claim.parse, said)


def is_oddly_denied(claim: Claim) -> bool:
    """Tell whether a claim denies something beside its predicate: "not every one gets it"."""
    tokens = claim.parse.tokens
    partly = any(
        token.lemma in ("not", "n't") and tokens[i + 1].lemma in UNIVERSAL
        for i, token in enumerate(tokens[:-1])
    )
    inner = any(
        token.dep == "det" and token.lemma == "no" and tokens[token.head].dep in ("nsubj", "dobj")
        for token in tokens
    )
    return partly or (inner and not claim.denied)


def names_the_one(claim: Claim) -> bool:
    """Tell whether a claim says that two things are one: "is A the server?", or that one is of
    a kind that it describes: "is A an error that …?".
    """
    token = claim.parse.tokens[claim.predicate]
    if not token.tag.startswith("NN") or token.dep != "attr" or claim.the_only:
        return False
    if claim.parse.children(claim.predicate, "relcl"):
        return True
    determiners = claim.parse.children(claim.predicate, "det")
    return any(claim.parse.tokens[i].lemma == "the" for i in determiners)


def _lacks(claim: Claim, said: Parse) -> bool:
    """Tell whether a claim is without something of which a sentence says that it is there."""
    missing = [claim.parse.tokens[i] for i in lacking(claim)]
    names = [token.lemma for token in missing if token.tag.startswith("NN")]
    if not names or any(token.lemma == "without" for token in said.tokens):
        return False
    return any(alike(name, token.lemma) for name in names for token in said.tokens)


def _numbers_agree(claim: Parse, said: Parse) -> bool:
    in_time = {i for one in lengths(claim) for i in range(one.start, one.at + 1)}
    values = {_value(token.text): _bounded(said, i) for i, token in enumerate(said.tokens)}
    for at, token in enumerate(claim.tokens):
        value = _value(token.text)
        if at in in_time or value is None or token.tag != "CD" or _in_name(claim, at):
            continue
        if value not in values or values[value] != _bounded(claim, at):
            return False
    return True


def _in_name(parse: Parse, at: int) -> bool:
    """Tell whether a number is a part of a name: "ISO 27001", "Plan 2"."""
    return at > 0 and parse.tokens[at - 1].tag.startswith("NNP")


def _value(word: str) -> float | None:
    bare = word.replace(",", "")
    return float(bare) if bare.isdigit() else None


def _bounded(parse: Parse, at: int) -> bool:
    before = parse.tokens[max(0, at - _BEFORE_NUMBER) : at]
    return any(token.lemma in _BOUNDS and token.lemma not in ("exactly", "precisely")
               for token in before)  # fmt: skip
