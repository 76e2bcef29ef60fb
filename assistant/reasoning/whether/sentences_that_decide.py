"""Yes, No or It depends from one sentence that says what a claim says, or denies it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.reasoning.ask import Ask, PlaceAsked, PlaceRelation
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.amounts import keeps_to, lengths
from assistant.reasoning.whether.assertions import (
    USUAL,
    Limit,
    Stance,
    limits,
    stance,
)
from assistant.reasoning.whether.claims import STANDING_IN, Claim, claim_of
from assistant.reasoning.whether.likeness import LIGHT, alike, contrary
from assistant.reasoning.whether.matches import Match, match, names_of
from corpus.language.word_classes import THINGS, Thing
from corpus.places import Mention, Place, Relation
from corpus.types import BlockKind, Span
from index.types import Hit

PASSAGES = 10
_COVERED = 0.62
_NEAR = 0.5
"""Least cosine of the question with a passage that decides."""
_SURE = 0.72
_IF_SAID, _LIMIT_SAID = 0.7, 0.5
"""Share of a condition's words that the question has to say for it to be met."""
_PARTLY = frozenset("some certain most few typically usually generally".split())
_PARTLY_ONLY = frozenset("specific limited several many".split())
"""Words that say the same behind "only"."""
_ELSEWHERE = frozenset("learn see refer check visit mean read consult go".split())
_SEVERAL = frozenset("two three four several multiple both many second another".split())
_OPENING = frozenset("if when unless except except for".split())
_OUTSIDE = frozenset("outside beyond except excluding".split())
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_REPLY_NEAR = 0.6
_REPLY_SHARED = 0.6
_WORLD = frozenset("globally worldwide global".split())


@dataclass(frozen=True, slots=True)
class Decided:
    """What one sentence says of a claim."""

    answer: Answered
    passage: Passage
    limits: tuple[Limit, ...]
    score: float
    why: str = ""


def by_sentence(ask: Ask, claim: Claim, known: Known) -> Decided | None:
    """Return what the best of the sentences that decide says."""
    if claim.lemma == "do":  # The parser lost the verb behind its auxiliary.
        return None
    skip = _weighed_elsewhere(ask, claim, known)
    found = []
    hits = [hit for hit in known.hits if hit.chunk.kind not in (BlockKind.CODE, BlockKind.FIELD)]
    for hit, passage in zip(hits, known.passages(PASSAGES), strict=False):
        if passage.is_question or passage.chunk.pairs:
            continue
        decided = _replied(claim, passage, hit, known) or _decided(
            ask, claim, match(claim, passage, hit, known, skip), known
        )
        if decided is not None:
            found.append(decided)
    return _best(found)


def _replied(claim: Claim, passage: Passage, hit: Hit, known: Known) -> Decided | None:
    """Return what a passage that begins with Yes or No says, where its heading asks the claim."""
    first = passage.text.split(",")[0].split(".")[0].strip().lower()
    heading = passage.chunk.path[-1] if passage.chunk.path else ""
    if first not in ("yes", "no") or not heading.endswith("?") or hit.similarity < _REPLY_NEAR:
        return None
    asked = claim_of(heading)
    if asked is None or asked.either or contrary(asked.lemma, claim.lemma):
        return None
    named = names_of(known, passage.chunk.document)
    own = {w.lemma for w in claim.words} - named
    theirs = {w.lemma for w in asked.words} - named
    said = theirs | {token.lemma for token in passage.parse.tokens}
    if _shared(own, said) < _REPLY_SHARED or _shared(theirs, own) < _NEAR:
        return None
    holds = (first == "yes") != (claim.denied != asked.denied)
    answer = Answered.YES if holds else Answered.NO
    return Decided(answer, passage, (), 0.6 + 0.4 * hit.similarity, "reply")


def _shared(words: set[str], others: set[str]) -> float:
    content = [word for word in words if word not in LIGHT and word != STANDING_IN.lower()]
    same = sum(any(alike(word, other) for other in others) for word in content)
    return same / len(content) if content else 0.0


def _best(found: list[Decided]) -> Decided | None:
    """Return the strongest, unless another one says otherwise."""
    if not found:
        return None
    best = max(found, key=lambda one: one.score)
    if best.score < _SURE:
        return None
    others = [
        one for one in found if one.answer is not best.answer and one.score > best.score - 0.12
    ]
    if (
        any(one.answer is not Answered.DEPENDS for one in others)
        and best.answer is not Answered.DEPENDS
    ):
        return None
    near = [one for one in others if one.score > best.score - 0.08]
    if near and best.answer is not Answered.DEPENDS:
        return max(near, key=lambda one: one.score)
    return best


def _weighed_elsewhere(ask: Ask, claim: Claim, known: Known) -> frozenset[int]:
    """Return the words of a claim that name places or numbers."""
    found = set[int]()
    for mention in known.gazetteer.mentions(claim.parse.text):
        found.update(claim.parse.at(mention.start, mention.end))
    for length in lengths(claim.parse):
        found.update(range(length.start, length.at + 1))
    return frozenset(found)


def _decided(ask: Ask, claim: Claim, found: Match, known: Known) -> Decided | None:
    if found.lacks_key or _leads_elsewhere(found.passage):
        return None
    if found.covered < _COVERED or found.similarity < _NEAR or not found.pivots:
        return None
    parse = found.passage.parse
    views = [(at, stance(parse, at)) for at in found.pivots]
    views = [(at, one) for at, one in views if one.asserted]
    if not views:
        return None
    seen = max(views, key=lambda view: (_spoken_with(claim, parse, view[1]), -view[0]))[1]
    holds = seen.holds != found.contrary
    placed = _placed(ask, claim, found.passage, known, holds)
    if placed is None:
        return None
    timed = _timed(claim, parse, seen)
    if timed is None:
        return None
    holds = placed if timed else not placed
    answer = _quantified(claim, seen, found, holds)
    if answer is None:
        return None
    if holds and _is_one_only(claim, parse):
        answer = Answered.NO if answer is Answered.YES else None
        if answer is None:
            return None
    named = names_of(known, found.passage.chunk.document)
    if _unmet(claim, ask, _label(found.passage), named, known, parse.text):
        return None
    kept = _unmet(claim, ask, limits(parse, seen), named, known, parse.text)
    if _is_left_open(found.passage):
        answer = Answered.DEPENDS
    score = 0.6 * found.covered + 0.4 * found.similarity
    if kept:
        answer = Answered.DEPENDS
    return Decided(
        answer,
        found.passage,
        kept,
        score,
        f"{found.covered:.2f} {found.similarity:.2f} n{found.by_name:d} {[parse.tokens[i].text for i in found.pivots]} {found.missing}",
    )


def _spoken_with(claim: Claim, parse: Parse, seen: Stance) -> int:
    """Return how many of the claim's words the clause of a word says."""
    inside = set(parse.below(seen.verb))
    if parse.tokens[seen.top].dep in ("relcl", "acl"):
        inside |= set(parse.below(parse.tokens[seen.top].head))
    lemmas = {parse.tokens[i].lemma for i in inside}
    return sum(any(alike(word.lemma, one) for one in lemmas) for word in claim.words)


def _quantified(claim: Claim, seen: Stance, found: Match, holds: bool) -> Answered | None:
    if claim.modal == "must" and holds and seen.modal in ("can", "may"):
        return None
    if claim.the_only or (claim.only and not seen.only):
        return None
    if any(
        found.passage.parse.tokens[i].lemma in ("restrict", "limit") for i in (seen.verb, seen.top)
    ):
        return None
    if _is_partly(claim, found.passage.parse, only=seen.only):
        if claim.universal:
            return Answered.NO if holds and not claim.denied else None
        if claim.existential or claim.modal in ("can", "may"):
            return (Answered.YES if holds else Answered.DEPENDS) if not claim.denied else None
        return Answered.DEPENDS
    if seen.modal == "may" and claim.modal in ("", "will") and not claim.existential:
        return None
    if seen.only and holds and claim.modal == "may" and not claim.only and not claim.denied:
        return Answered.DEPENDS
    return Answered.YES if holds != claim.denied else Answered.NO


def _is_partly(claim: Claim, parse: Parse, *, only: bool) -> bool:
    """Tell whether a sentence is of some only of what the claim is of."""
    asked = [word.lemma for word in claim.words]
    return any(
        (token.lemma in _PARTLY or (only and token.lemma in _PARTLY_ONLY))
        and any(alike(parse.tokens[i].lemma, one) for one in asked
                for i in (token.head, parse.tokens[token.head].head))
        for token in parse.tokens
    )  # fmt: skip


def _timed(claim: Claim, parse: Parse, seen: Stance) -> bool | None:
    """Tell whether a sentence holds for the length of time that is asked for."""
    asked = lengths(claim.parse)
    if not asked:
        return True
    may = claim.modal in ("can", "may") or claim.existential
    return keeps_to(asked[0], lengths(parse), may=may) if seen.holds else None


def _leads_elsewhere(passage: Passage) -> bool:
    """Tell whether a sentence only says where to read more, what a term means, or has no verb."""
    parse = passage.parse
    roots = parse.roots()
    if passage.text.rstrip().endswith(":") and not _is_left_open(passage):
        return True
    before, dash, after = passage.text.partition(" - ")
    if dash and not any(t.tag in _FINITE for t in parse.tokens if t.start > len(before)):
        return True
    if not any(t.tag in ("VBZ", "VBP", "VBD", "MD", "VB") for t in parse.tokens):
        return True
    return any(
        parse.tokens[at].lemma in _ELSEWHERE
        or (parse.tokens[at].tag == "VB" and not parse.children(at, "nsubj", "nsubjpass", "aux"))
        for at in roots
    )


def _is_one_only(claim: Claim, parse: Parse) -> bool:
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


def _is_left_open(passage: Passage) -> bool:
    """Tell whether a sentence ends with "except if:", and what follows it are the cases."""
    words = passage.text.rstrip(" *_").lower()
    return words.endswith(":") and bool(set(words.rstrip(":").split()[-3:]) & _OPENING)


def _label(passage: Passage) -> tuple[Limit, ...]:
    """Return the label before a sentence, which says of what it holds."""
    before, dash, after = passage.text.partition(" - ")
    if not dash or len(before) > 60 or not after:
        return ()
    at = passage.parse.at(0, len(before))
    words = tuple(passage.parse.tokens[i].lemma for i in at if passage.parse.tokens[i].is_name)
    return (Limit(Span(0, len(before)), words),)


def _unmet(
    claim: Claim,
    ask: Ask,
    found: tuple[Limit, ...],
    named: frozenset[str],
    known: Known,
    text: str,
) -> tuple[Limit, ...]:
    asked = [t.lemma for t in claim.parse.tokens]
    asked += [
        word.lower().strip(".,;?") for one in (*claim.premises, *ask.case) for word in one.split()
    ]
    return tuple(
        one for one in found
        if not one.setting_up and not (one.fronted and not _names_place(one, text, known))
        and not _is_met(_without_places(one, text, known), asked, named) and not _lies_there(one, ask, text, known)
    )  # fmt: skip


def _without_places(limit: Limit, text: str, known: Known) -> Limit:
    """Return a clause about customers without its places: where they are is not asked."""
    if not limit.of_party:
        return limit
    said = limit.span.of(text)
    places = {w.lower() for m in known.gazetteer.mentions(said) for w in m.words.split()}
    kept = tuple(word for word in limit.words if word not in places)
    return replace(limit, words=kept, names=())


def _lies_there(limit: Limit, ask: Ask, text: str, known: Known) -> bool:
    """Tell whether a clause about things, not customers, says the place that is asked for."""
    if limit.of_party or limit.excepting:
        return False
    mentions = known.gazetteer.mentions(limit.span.of(text))
    return any(_lies(m.place, ask.places, known) for m in mentions)


def _names_place(limit: Limit, text: str, known: Known) -> bool:
    return bool(known.gazetteer.mentions(limit.span.of(text)))


def _is_met(limit: Limit, asked: list[str], named: frozenset[str]) -> bool:
    """Tell whether a question says a condition, or there is nothing in it to be said."""
    words = [
        word for word in limit.words
        if word not in named and word not in USUAL and word not in LIGHT and THINGS.get(word) is not Thing.PARTY
    ]  # fmt: skip
    if not words:
        return not limit.excepting
    own = [name for name in limit.names if name not in named]
    if own and all(any(alike(name, other) for other in asked) for name in own):
        return True
    same = sum(any(alike(word, other) for other in asked) for word in words)
    return same / len(words) >= (_IF_SAID if limit.strict else _LIMIT_SAID)


def _placed(ask: Ask, claim: Claim, passage: Passage, known: Known, holds: bool) -> bool | None:
    """Return whether a sentence holds of the places asked for; None where it does not tell."""
    mentions = known.gazetteer.mentions(passage.text)
    for asked in ask.placed:
        if not asked.places:
            within = _of_bounds(asked, passage, holds)
            if within is None:
                return None
            holds = within
            continue
        told = [_told(m, asked, passage, known) for m in mentions]
        if _is_case(asked, claim):
            if told and not any(told):
                return None
            continue
        verdict = _at_place(asked, told, passage, known, holds)
        if verdict is None:
            return None
        holds = verdict
    return holds


def _of_bounds(asked: PlaceAsked, passage: Passage, holds: bool) -> bool | None:
    """Return whether a sentence holds of "within the geo" or "out of the region", where no place
    is named: what stays within does not go out.
    """
    words = {token.lemma for token in passage.parse.tokens}
    says_out = (
        bool(words & (_OUTSIDE | _WORLD)) or "out of" in passage.text or "out-of" in passage.text
    )
    asks_out = asked.relation in (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)
    if says_out == asks_out:
        return holds
    return True if says_out and not holds else None


def _told(mention: Mention, asked: PlaceAsked, passage: Passage, known: Known) -> bool | None:
    """Tell whether a place that a sentence names lies in those asked for; "outside of" turns it."""
    lies = _lies(mention.place, asked.places, known)
    before = passage.text[: mention.start].lower().split()[-3:]
    if not set(before) & _OUTSIDE:
        return lies
    contained = all(
        known.gazetteer.relation(one, mention.place) in (Relation.EQUAL, Relation.INSIDE)
        for one in asked.places
    )
    return False if contained else None


def _is_case(asked: PlaceAsked, claim: Claim) -> bool:
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
        return outside
    return not holds if outside and all(told) else None


def _lies(place: Place, asked: tuple[Place, ...], known: Known) -> bool | None:
    relations = {known.gazetteer.relation(place, one) for one in asked}
    if relations & {Relation.EQUAL, Relation.INSIDE}:
        return True
    return False if relations <= {Relation.DISJOINT} else None
