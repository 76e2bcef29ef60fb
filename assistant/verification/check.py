"""One written sentence held against the grounds that it cites.

Each of its assertions is laid beside each ground. It holds by a ground that says its words in one
clause, as firmly, of as many, at the same time, under the same limits, of the same values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.alignment import Aligned, align, is_of_field
from assistant.verification.firmness import (
    another_time,
    not_so,
    of_too_many,
    only_unsaid,
    too_firm,
)
from assistant.verification.grounds import Ground, Passage, grounds_of, passages_of_texts
from assistant.verification.names import unknown_literal
from assistant.verification.restrictions_kept import dropped, made_up, whatever
from assistant.verification.slots import (
    elsewhere,
    other_way,
    unsaid_name,
    unsaid_place,
    unsaid_value,
)
from assistant.verification.spoken import Assertion, assertions, lines, read, tokens
from assistant.verification.words import concepts, is_content
from corpus.places import Gazetteer

_ENOUGH = 0.6
"""Share of an assertion that a ground has to say."""
_AS_GOOD = 0.12
"""Grounds that say less by no more than this are as good as the best."""
_OWN = 0.35
"""Share that the ground itself has to say."""


@dataclass(frozen=True)
class Held:
    """What a sentence is held against."""

    grounds: tuple[Ground, ...]
    gazetteer: Gazetteer
    asked: frozenset[str] = frozenset()
    """What the words of the question mean."""


def unsupported(sentence: str, passages: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return why passages do not support a sentence, empty when they do.

    `passages` are texts as a reader sees them, headings and lead-ins among them.
    """
    return unfounded(sentence, tuple(passages_of_texts(passages)), gazetteer)


def unfounded(
    sentence: str, passages: Sequence[Passage], gazetteer: Gazetteer, question: str = ""
) -> str:
    """Return why passages do not support a sentence that answers a question."""
    said = "\n".join(one for p in passages for one in (p.text, *p.above, *p.beside))
    if unknown := unknown_literal(sentence, said):
        return f"{unknown} is not in the passages"
    held = Held(grounds_of(passages), gazetteer, _meant(question))
    known = {_folded(line) for p in passages for line in (*lines(p.text), p.text)}
    for line in lines(sentence):
        if _folded(line) in known:
            continue
        for one in assertions(read(line)):
            if reason := _reason(one, held):
                return reason
    return ""


def _reason(claim: Assertion, held: Held) -> str:
    """Return why no ground bears an assertion out."""
    if not claim.telling:
        return ""
    found = [align(claim, ground) for ground in held.grounds]
    if not found:
        return "no passage says anything"
    best = max(one.share for one in found)
    near = [one for one in found if one.share >= max(best - _AS_GOOD, _ENOUGH)]
    if not near:
        one = max(found, key=lambda one: one.share)
        unsaid = ", ".join(claim.said.parse.tokens[i].text for i in one.missing[:4])
        return f"no passage says {unsaid}" if unsaid else "no single passage says all of it"
    reasons = []
    for one in sorted(near, key=lambda one: (-one.share, -one.own)):
        reason = _against(one, held)
        if not reason:
            return ""
        reasons.append(reason)
    return reasons[0]


def _against(one: Aligned, held: Held) -> str:
    """Return why a ground does not bear an assertion out."""
    return (
        _unsaid_literal(one)
        or unsaid_value(one)
        or unsaid_place(one, held.gazetteer)
        or unsaid_name(one, held.asked)
        or _thin(one)
        or _unsaid_deed(one)
        or not_so(one)
        or too_firm(one)
        or of_too_many(one)
        or only_unsaid(one)
        or another_time(one)
        or dropped(one, held.asked, held.gazetteer)
        or made_up(one, held.asked, held.gazetteer)
        or whatever(one)
        or other_way(one)
        or elsewhere(one, held.gazetteer)
    )


def _unsaid_literal(one: Aligned) -> str:
    unknown = unknown_literal(one.claim.text, one.ground.text)
    return f"the passage does not say {unknown}" if unknown else ""


def _thin(one: Aligned) -> str:
    return "" if one.own >= _OWN else "the passage itself hardly speaks of this"


def _unsaid_deed(one: Aligned) -> str:
    """Say that what the assertion says to be done to data is not what the ground says."""
    for i in one.missing:
        if is_of_field(one, i):
            return f"the passage does not speak of {one.claim.said.parse.tokens[i].text}"
    return ""


def _meant(text: str) -> frozenset[str]:
    return frozenset(c for word in tokens(text) if is_content(word) for c in concepts(word))


def _folded(text: str) -> str:
    return " ".join(tokens(text.casefold()))
