"""How much of what a claim is of a sentence is of, and whether it says anything of its own."""

from __future__ import annotations

from assistant.reasoning.known import Passage
from assistant.reasoning.whether.claiming import Claim, alike
from assistant.reasoning.whether.conditions_of_claim import is_left_open
from corpus.language.parsing import Parse

_PARTLY = frozenset("some certain most few typically usually generally".split())
_PARTLY_ONLY = frozenset("specific limited several many".split())
"""Words that say the same behind "only"."""
_ELSEWHERE = frozenset("learn see refer check visit mean read consult go".split())
"""Verbs of sentences that lead to others, or say what a term means."""
_POINTING = frozenset("below above following".split())
"""Words that point to where it is said."""
_SEVERAL = frozenset("two three four several multiple both many second another".split())
_FINITE = ("VBZ", "VBP", "VBD", "MD")


def is_partly(claim: Claim, parse: Parse, *, only: bool) -> bool:
    """Tell whether a sentence is of some only of what the claim is of."""
    asked = [word.lemma for word in claim.words]
    return any(
        (token.lemma in _PARTLY or (only and token.lemma in _PARTLY_ONLY))
        and (parse.tokens[token.head].dep in ("nsubj", "nsubjpass")
             or any(alike(parse.tokens[i].lemma, one) for one in asked
                    for i in (token.head, parse.tokens[token.head].head)))
        for token in parse.tokens
    )  # fmt: skip


def is_sentence(parse: Parse) -> bool:
    """Tell whether words make a sentence: one of them is a finite verb."""
    return any(token.tag in _FINITE for token in parse.tokens)


def leads_elsewhere(passage: Passage) -> bool:
    """Tell whether a sentence only says where to read more, what a term means, or has no verb."""
    parse = passage.parse
    before, dash, _ = passage.text.partition(" - ")
    own = [token.tag for token in parse.tokens if not dash or token.start > len(before)]
    if not any(tag in _FINITE or (tag == "VB" and not dash) for tag in own):
        return True
    if passage.text.rstrip().endswith(":") and not is_left_open(passage):
        return True
    if any(token.lemma in _POINTING for token in parse.tokens) and not is_left_open(passage):
        return True
    return any(
        parse.tokens[at].lemma in _ELSEWHERE
        or (parse.tokens[at].tag == "VB" and not parse.children(at, "nsubj", "nsubjpass", "aux"))
        for at in parse.roots()
    )


def is_one_only(claim: Claim, parse: Parse) -> bool:
    """Tell whether a claim is of several what a sentence has one only of."""
    for at, token in enumerate(parse.tokens):
        if token.lemma not in ("one", "single") or token.dep not in ("nummod", "amod", "det"):
            continue
        limited = token.lemma == "single" or any(
            parse.tokens[i].lemma == "only" for i in range(max(0, at - 2), at)
        )
        noun = parse.tokens[token.head].lemma
        if limited and any(
            (other.lemma in _SEVERAL or _is_more_than(claim.parse, i))
            and alike(noun, claim.parse.tokens[other.head].lemma)
            for i, other in enumerate(claim.parse.tokens)
        ):
            return True
    return False


def _is_more_than(parse: Parse, at: int) -> bool:
    """Tell whether a word is the "one" of "more than one"."""
    before = [token.lemma for token in parse.tokens[max(0, at - 2) : at]]
    return parse.tokens[at].lemma == "one" and before == ["more", "than"]
