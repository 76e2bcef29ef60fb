"""Yes or No where it is asked whether data crosses a boundary, from the passage that is nearest.

"Do the backups cross the Atlantic?" shares no word with "kept in the same area as the cluster".
Both say on which side of a boundary something is, and that decides: who stays does not leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.assertions import stance
from assistant.reasoning.whether.claiming import Claim, alike
from corpus.language.parsing import Parse, parse_one
from corpus.language.word_classes import DEEDS, Deed
from corpus.places import Place, Relation
from corpus.types import Span
from index.types import Hit

_NEAR, _SURELY_NEAR = 0.45, 0.62
"""Least cosine of the question with a passage: one that names the thing, and any."""
_LEAVING = frozenset("leave cross exit escape".split())
_BESIDE = frozenset({"outside", "beyond"})
_ABROAD = frozenset("abroad overseas elsewhere globally worldwide".split())
_STAYING = frozenset("stay remain".split())
_WITHIN = frozenset("in within inside".split())
_BOUNDED = frozenset("only solely exclusively entirely wholly".split())
_AREAS = frozenset(
    "region area geography geo country location zone boundary union jurisdiction territory border "
    "continent nation state there europe datacenter put cloud".split()
)
_MOVED = (Deed.STORE, Deed.PROCESS, Deed.MOVE)
_OTHER = frozenset("other another different multiple".split())
_TERRITORIES = frozenset("region country geography continent".split())
_GENERAL = frozenset(
    "data datum information content thing anything everything something nothing record customer "
    "user service account company we you our your".split()
)
_OPENING = frozenset(
    "if when unless once depend depending except typically usually generally mostly".split()
)
_CASES = frozenset({"if", "when", "once"})
_PERHAPS = frozenset("may might could can".split())


class Side(Enum):
    """On which side of a boundary something is."""

    INSIDE = "inside"
    OUTSIDE = "outside"


def by_boundary(
    claim: Claim, hit: Hit, passage: Passage, known: Known
) -> Answered | None:  # fmt: skip
    """Return whether what is asked about is on the side of a boundary that a claim says; None where
    claim or passage say nothing of that, or the passage is of something else.
    """
    if claim.either or passage.is_question or passage.chunk.pairs:
        return None
    asked = _side(claim.parse)
    said = None if asked is None else _side(passage.parse)
    if asked is None or said is None or not _is_of_it(claim, hit, passage):
        return None
    side = _as_asked(claim, passage, said, known)
    return None if side is None else _told(claim, passage, asked.side, side, known)


def _told(claim: Claim, passage: Passage, asked: Side, said: Side, known: Known) -> Answered:
    agrees = asked is said
    bounded = _is_bounded(claim, passage.parse, known)
    perhaps = any(token.lemma in _PERHAPS for token in passage.parse.tokens)
    if bounded and (agrees or said is Side.OUTSIDE):
        return Answered.DEPENDS
    if agrees and said is Side.OUTSIDE and perhaps and not _is_possible(claim):
        return Answered.DEPENDS
    return Answered.YES if agrees else Answered.NO


def _is_bounded(claim: Claim, parse: Parse, known: Known) -> bool:
    """Tell whether a sentence says when it holds: "Outside of the EU, it runs globally"; not where
    the claim says it as well.
    """
    opens = [at for at, token in enumerate(parse.tokens) if token.lemma in _OPENING]
    if parse.tokens[0].lemma == "outside":
        return True
    return any(not _is_met(claim, parse, at, known) for at in opens)


def _is_met(claim: Claim, parse: Parse, at: int, known: Known) -> bool:
    """Tell whether a claim says most of what a condition says: "activated" of "if activated"; of
    one that lists places, one of them.
    """
    if parse.tokens[at].lemma not in _CASES:
        return False
    inside = [parse.tokens[i] for i in parse.below(parse.tokens[at].head)]
    clause = Span(min(one.start for one in inside), max(one.end for one in inside)).of(parse.text)
    listed = [one.place for one in known.gazetteer.mentions(clause)]
    asked = " ".join((claim.parse.text, *claim.premises))
    if listed and not _lies_in_one(asked, listed, known):
        return False
    words = [
        one.lemma for one in inside
        if one.tag.startswith(("NN", "VB", "JJ")) and not (listed and one.tag.startswith("NNP"))
    ]  # fmt: skip
    said = [token.lemma for token in claim.parse.tokens]
    said += [lemma for text in claim.premises for lemma in _lemmas(text)]
    met = sum(any(alike(word, one) for one in said) for word in words)
    return bool(words) and 2 * met >= len(words)


def _lies_in_one(asked: str, listed: Sequence[Place], known: Known) -> bool:
    """Tell whether a place that a question names lies in one of those that a condition lists."""
    relations = {
        known.gazetteer.relation(one.place, other)
        for one in known.gazetteer.mentions(asked) for other in listed
    }  # fmt: skip
    return not relations.isdisjoint((Relation.EQUAL, Relation.INSIDE))


def _lemmas(text: str) -> tuple[str, ...]:
    return tuple(token.lemma for token in parse_one(text).tokens)


def _is_possible(claim: Claim) -> bool:
    """Tell whether it is asked if something is so at all, be it seldom."""
    return (
        claim.modal in ("can", "may")
        or claim.existential
        or any(token.lemma == "ever" for token in claim.parse.tokens)
    )


class _Said(NamedTuple):
    """A side that a sentence says."""

    side: Side
    at: int
    """Where the words begin that say it, in code points of the sentence."""


def _side(parse: Parse) -> _Said | None:
    """Return the side that a sentence says, a denial taken in; None where it says both or none."""
    found = list(_sides(parse))
    return found[0] if len({one.side for one in found}) == 1 else None


def _sides(parse: Parse) -> Iterator[_Said]:
    for at, token in enumerate(parse.tokens):
        side = Side.OUTSIDE if _says_out(parse, at) else None
        side = Side.INSIDE if side is None and _says_in(parse, at) else side
        if side is None or token.dep in ("relcl", "acl"):
            continue
        seen = stance(parse, at)
        if seen.asserted:
            turned = Side.INSIDE if side is Side.OUTSIDE else Side.OUTSIDE
            yield _Said(side if seen.holds else turned, token.start)


def _says_out(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    if token.lemma in _OTHER:
        behind = {one.lemma for one in parse.tokens[at + 1 : at + 3]}
        return not behind.isdisjoint(_TERRITORIES) and _is_placed(parse, at)
    if token.lemma in _BESIDE:
        return _is_area(parse, at)
    return token.lemma in _ABROAD or (token.lemma in _LEAVING and token.is_verb)


def _says_in(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    behind = [one.lemma for one in parse.tokens[at + 1 : at + 6]]
    if token.lemma in _STAYING and token.is_verb:
        return not _WITHIN.isdisjoint(behind) or "put" in behind
    if token.lemma == "same":
        return not _AREAS.isdisjoint(behind[:4]) and _is_placed(parse, at)
    return token.lemma in _BOUNDED and not _WITHIN.isdisjoint(behind[:1])


def _is_placed(parse: Parse, at: int) -> bool:
    """Tell whether a place is where something is kept or goes, and not what is spoken of."""
    return any(DEEDS.get(parse.tokens[i].lemma) in _MOVED for i in parse.above(at))


def _is_area(parse: Parse, at: int) -> bool:
    """Tell whether what stands behind "outside" is a place."""
    below = [parse.tokens[i] for i in parse.below(at) if i != at]
    return any(one.lemma in _AREAS or one.tag.startswith("NNP") for one in below)


def _is_of_it(claim: Claim, hit: Hit, passage: Passage) -> bool:
    """Tell whether a passage is of what a claim is of, by a thing that both name or all in all."""
    if hit.similarity >= _SURELY_NEAR:
        return True
    names = [
        word.lemma for word in claim.words
        if claim.parse.tokens[word.at].tag.startswith("NN")
        and word.lemma not in _GENERAL | _AREAS and word.lemma not in _LEAVING | _BESIDE | _ABROAD
    ]  # fmt: skip
    shown = {token.lemma for token in passage.parse.tokens}
    shown |= {word.lower() for word in " ".join(passage.chunk.path).split()}
    named = any(alike(name, one) for name in names for one in shown)
    return hit.similarity >= _NEAR and (named or not names)


def _as_asked(claim: Claim, passage: Passage, said: _Said, known: Known) -> Side | None:
    """Return on which side of the place of a claim it is that a passage puts something; None where
    that is open: what never leaves the EU may leave Germany.
    """
    shown = [one for one in known.gazetteer.mentions(passage.text) if one.start >= said.at]
    asked = [one.place for one in known.gazetteer.mentions(claim.parse.text)]
    if not shown or not asked:
        return said.side
    relations = {known.gazetteer.relation(shown[0].place, other) for other in asked}
    if said.side is Side.OUTSIDE:
        return said.side if Relation.EQUAL in relations else None
    if relations <= {Relation.DISJOINT}:
        return Side.OUTSIDE
    return said.side if relations & {Relation.EQUAL, Relation.INSIDE} else None
