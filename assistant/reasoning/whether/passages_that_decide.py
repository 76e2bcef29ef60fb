"""Yes, No or It depends from the passage that comes nearest to a question: what it denies outright,
says of some only, or says outright.

The passage was chosen among all that were found by more than the words that it shares with the
question, so few of these are enough. It decides by clear signs alone: its main statement is denied,
or "only" bounds it, or it says the predicate itself, near enough and without any reservation.
"""

from __future__ import annotations

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.assertions import Stance, stance
from assistant.reasoning.whether.claiming import Claim, alike, denies, keeps_to, lengths
from assistant.reasoning.whether.extents import is_partly
from assistant.reasoning.whether.matches import Match, leaves_as_it_is, match
from assistant.reasoning.whether.places.places_of_claim import OUTSIDE, at_places
from assistant.reasoning.whether.sentences_that_decide import as_said, weighed_elsewhere
from corpus.language.parsing import Parse
from corpus.places import Relation
from corpus.types import BlockKind
from index.types import Hit

_NEAR = 0.45
"""Least cosine of the question with a passage that denies what it asks."""
_COVERED = 0.2
"""Least share of the claim's words that it says."""
_BEST, _COVERED_PREMISE = 4, 0.5
"""Passages that may deny what a question takes for granted, and the share of its words in one."""
_NEAR_DENIAL = 0.7
"""Least cosine of one that denies in words of its own altogether."""
_COVERED_LENGTH = 0.8
"""The same where it says another length of time."""
_NEAR_BOUND, _COVERED_BOUND = 0.5, 0.4
"""The same of one that bounds it: more is needed, as what is bounded may be something else."""
_NEAR_ALL = 0.65
"""Least cosine of the question with a passage that says all that it asks."""
_RESERVED = frozenset(
    "no not never none neither nor nothing without only solely exclusively if when unless except "
    "excluding exclude excluded until once depend depending outside however but although rather "
    "instead either".split()
)
"""Words of a sentence that says something under a reservation."""
_EXCEPTING = frozenset("except excluding exclude excluded however but although".split())
"""Those by which a part is taken back."""
_POSSIBLE = frozenset({"may", "might", "can", "could"})
_COMPARING = frozenset(
    "same equal equally identical instead rather another than alike like enough still".split()
)
_ENDING = frozenset({"lose", "miss", "restrict", "limit", "permanent", "final", "irreversible"})
"""Predicates that a denial elsewhere in the sentence may well confirm: "lost, as it can't be
recovered"."""
_OPENING = frozenset("unless except until without only".split())
"""Words that take back a part of a denial."""
_BOUND_BY = frozenset("with upon for on if when after to through by under in enter".split())
"""What stands behind an "only" that says under what something is so."""
_BOUNDED = frozenset({"restrict", "limit"})


def by_passage(ask: Ask, claim: Claim, hit: Hit, read: Passage, known: Known) -> Answered | None:
    """Return what the passage that comes nearest to a question says of its claim; None where it
    neither denies it, nor bounds it, nor says all of it.
    """
    passage = as_said(read, known)
    if claim.denied or passage.is_question or passage.chunk.pairs:
        return None
    found = match(claim, passage, hit, known, weighed_elsewhere(claim, known))
    near = _COVERED if found.similarity < _NEAR_DENIAL else 0.0
    if _is_denied(claim, found, near) and _is_there(ask, claim, passage, known):
        return Answered.NO
    if _is_bounded(claim, found):
        return Answered.DEPENDS
    says_so = _is_affirmed(claim, found) and _may_be_there(ask, claim, passage, known)
    return Answered.YES if says_so else None


def denying(ask: Ask, claim: Claim, known: Known) -> Passage | None:
    """Return the first of the best passages that denies what a question takes for granted."""
    hits = [hit for hit in known.hits if hit.chunk.kind not in (BlockKind.CODE, BlockKind.FIELD)]
    skip = weighed_elsewhere(claim, known)
    for hit, read in zip(hits, known.passages(_BEST), strict=False):
        passage = as_said(read, known)
        if passage.is_question or passage.chunk.pairs:
            continue
        found = match(claim, passage, hit, known, skip)
        if found.lacks_key:
            continue
        denied = _is_denied(claim, found, _COVERED_PREMISE) or _lasts_otherwise(claim, found)
        if denied and _is_there(ask, claim, passage, known):
            return passage
    return None


def _is_there(ask: Ask, claim: Claim, passage: Passage, known: Known) -> bool:
    """Tell whether a denial holds of the places that are asked for: that something does not leave
    the EU denies nothing of Germany.
    """
    lemmas = {token.lemma for token in passage.parse.tokens}
    if not ask.placed or not (known.gazetteer.mentions(passage.text) or lemmas & OUTSIDE):
        return True
    return at_places(ask, claim, passage, known, holds=False) is False


def _lasts_otherwise(claim: Claim, found: Match) -> bool:
    """Tell whether a passage says of what is claimed that it lasts another time."""
    asked, said = lengths(claim.parse), lengths(found.passage.parse)
    if len(asked) != 1 or len(said) != 1 or found.covered < _COVERED_LENGTH or found.contrary:
        return False
    seen = [stance(found.passage.parse, at) for at in found.pivots]
    return any(one.asserted and one.holds for one in seen) and (
        keeps_to(asked[0], said, may=False) is False
    )


def _is_denied(claim: Claim, found: Match, covered: float) -> bool:
    """Tell whether the main statement of a passage denies what is claimed."""
    parse = found.passage.parse
    lemmas = {token.lemma for token in parse.tokens}
    if found.similarity < _NEAR or found.covered < covered or lemmas & _OPENING:
        return False
    if found.contrary or _turns(claim):
        return False
    joined = claim.either and not _joins_verbs(claim.parse)
    if joined or _is_narrower(claim, parse) or _denies_limit(parse):
        return False
    if is_partly(claim, parse, only=False):
        return claim.universal and any(not one.holds for one in _main(parse))
    pivots = (at for at in found.pivots if not _is_aside(claim, parse, at))
    spoken = [one for at in pivots if (one := stance(parse, at)).asserted]
    if spoken:
        return all(not one.holds for one in spoken)
    denied = (parse.tokens[one.verb].lemma for one in _main(parse) if not one.holds)
    return any(not leaves_as_it_is(claim, lemma) for lemma in denied)


def _is_affirmed(claim: Claim, found: Match) -> bool:
    """Tell whether a passage that is about all of a claim says it without any reservation.

    Of 19 that did so without a verdict, among 290 that came nearest to questions of 45 documents,
    17 were rightly taken for a Yes.
    """
    parse = found.passage.parse
    lemmas = {token.lemma for token in parse.tokens}
    if found.similarity < _NEAR_ALL or found.covered < _COVERED_BOUND or found.contrary:
        return False
    reserved = _RESERVED - _EXCEPTING if _is_possible(claim, found) else _RESERVED
    if claim.universal or claim.either or _is_only(claim) or lemmas & reserved:
        return False
    if _compares(claim, lemmas):
        return False
    if lengths(claim.parse) or denies(claim.lemma):
        return False
    spoken = [one for at in found.pivots if (one := stance(parse, at)).asserted]
    return bool(spoken) and all(one.holds for one in (*spoken, *_main(parse)))


def _turns(claim: Claim) -> bool:
    """Tell whether a denial may well confirm a claim."""
    return _is_ending(claim) or denies(claim.lemma) or _is_only(claim)


def _is_ending(claim: Claim) -> bool:
    words = {token.text.lower() for token in claim.parse.tokens}
    return claim.lemma in _ENDING or "gone" in words


def _is_possible(claim: Claim, found: Match) -> bool:
    """Tell whether something is asked to be possible, and said to be: what is excepted from it
    leaves it possible.
    """
    parse = found.passage.parse
    may = [_POSSIBLE & {parse.tokens[i].lemma for i in parse.children(at, "aux")}
           for at in found.pivots]  # fmt: skip
    return any(token.lemma in _POSSIBLE for token in claim.parse.tokens) and any(may)


def _compares(claim: Claim, said: frozenset[str] | set[str]) -> bool:
    """Tell whether a claim holds one thing against another: "just as long as", "the same"; what
    the passage says in the same words is no such thing.
    """
    tokens = claim.parse.tokens
    return any(token.lemma in _COMPARING - said for token in tokens) or any(
        one.lemma == "as" == other.lemma for one, other in zip(tokens, tokens[2:], strict=False)
    )


def _may_be_there(ask: Ask, claim: Claim, passage: Passage, known: Known) -> bool:
    """Tell whether what a passage says holds of the places that are asked for, where both name
    some; where it does not show what is asked of a place, one has to lie in the other.
    """
    gazetteer = known.gazetteer
    said = [mention.place for mention in gazetteer.mentions(passage.text)]
    if not said:
        return True
    if not ask.placed:
        named = [mention.place for mention in gazetteer.mentions(claim.parse.text)]
        return not named or any(
            gazetteer.relation(one, other) is not Relation.DISJOINT
            for one in named for other in said
        )  # fmt: skip
    return at_places(ask, claim, passage, known, holds=True) is True


def _denies_limit(parse: Parse) -> bool:
    """Tell whether a sentence says that something is not limited, which denies nothing else."""
    return any(
        token.lemma in _BOUNDED and parse.children(at, "neg")
        for at, token in enumerate(parse.tokens)
    )


def _is_aside(claim: Claim, parse: Parse, at: int) -> bool:
    """Tell whether a word only tells which things are meant, and is not the claim's predicate."""
    token = parse.tokens[at]
    return token.dep in ("acl", "relcl") and not alike(claim.lemma, token.lemma)


def _joins_verbs(parse: Parse) -> bool:
    """Tell whether all that "or" joins are verbs: who denies one of these, mostly denies all."""
    return all(
        behind.is_verb
        for token, behind in zip(parse.tokens, parse.tokens[1:], strict=False)
        if token.lemma == "or"
    )


def _is_narrower(claim: Claim, parse: Parse) -> bool:
    """Tell whether a sentence is of a kind only of what the claim is of: of "old files", where
    files are asked about.
    """
    asked = [token.lemma for token in claim.parse.tokens]
    said = [*asked, *(word.lower() for one in claim.premises for word in one.split())]
    for root in parse.roots():
        for subject in parse.children(root, "nsubj", "nsubjpass"):
            kinds = [parse.tokens[at].lemma for at in parse.children(subject, "amod")]
            named = any(alike(parse.tokens[subject].lemma, one) for one in asked)
            if named and any(not any(alike(kind, one) for one in said) for kind in kinds):
                return True
    return False


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
    if claim.only or claim.universal or claim.either or found.lacks_key:
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
