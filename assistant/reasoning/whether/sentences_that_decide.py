"""Yes, No or It depends from one sentence that says what a claim says, or denies it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known, Passage, passage
from assistant.reasoning.whether.assertions import Limit, Stance, is_beside, limits, stance
from assistant.reasoning.whether.claiming import (
    LIGHT,
    STANDING_IN,
    Claim,
    alike,
    claim_of,
    contrary,
    keeps_to,
    lengths,
    sense,
)
from assistant.reasoning.whether.conditions_of_claim import (
    is_lacking,
    is_left_open,
    is_left_open_by,
    label,
    unmet,
)
from assistant.reasoning.whether.extents import (
    is_one_only,
    is_partly,
    is_sentence,
    leads_elsewhere,
)
from assistant.reasoning.whether.left_open import (
    is_oddly_denied,
    leaves_open,
    names_the_one,
)
from assistant.reasoning.whether.matches import Match, match, names_of
from assistant.reasoning.whether.places.places_of_claim import at_places
from corpus.language.boxes import choice, has_boxes
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import propositions
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk
from index.types import Hit

_PASSAGES = 10
_COVERED = 0.62
"""Least share of the claim's words that a sentence that decides has to say."""
_NEAR, _NEAR_IN_WORDS, _IN_WORDS = 0.5, 0.38, 0.75
"""Least cosine of the question with a passage that decides: of any, and of one that says a good
share of the claim's words."""
_IN_CONTEXT = 4
"""Passages whose words are held against the claim's by their vectors; each takes 15 ms."""
_COVERED_FIRST = 0.5
"""The same of the passage that fits the question best."""
_SURE, _SURE_YES = 0.72, 0.8
"""Least score of a sentence that decides; one that grants leaves more open than one that denies."""
_SURE_FIRST, _SURE_YES_FIRST = 0.56, 0.77
"""The same of the passage that fits the question best, by the predicate itself."""
_HEARD = 0.68
"""Least score of a sentence that speaks against another, though it would not decide."""
_RIVAL, _NEARLY = 0.12, 0.08
"""By how much weaker another sentence may be to speak against the best, or to limit it."""
_BOUNDING = frozenset({"restrict", "limit"})
_TURNING = frozenset("except otherwise unless although".split())
"""First words of a sentence that takes back a part of the one before it."""
_ADDING = frozenset("however but".split())
"""First words of one that adds what has to be known besides."""
_BEHIND = 400
"""Code points behind a sentence in which the next one begins."""
_REPLY_NEAR, _REPLY_SHARED, _REPLY_ASKED = 0.6, 0.6, 0.5
"""Of a passage under a heading that asks: least cosine, least share of the claim's words in
heading and reply, and of the heading's in the claim."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What one sentence says of a claim."""

    answer: Answered
    passage: Passage
    limits: tuple[Limit, ...]
    """What it is said under and the question does not say."""
    score: float
    under: Answered = Answered.DEPENDS
    """What holds where all that it is said under is met; It depends where that is not told."""
    sure: bool = True
    """False where too little of the claim is said for it to decide."""
    but: Chunk | None = None
    """The sentence behind it that takes something back: "However, …"."""
    unticked: bool = False
    """Whether a box says that what is said is not so."""


def by_sentence(ask: Ask, claim: Claim, known: Known) -> Decided | None:
    """Return what the best of the sentences that decide says."""
    # "Do" is left where the parser lost the verb behind its auxiliary.
    if claim.lemma == "do" or is_oddly_denied(claim) or names_the_one(claim):
        return None
    hits = [hit for hit in known.hits if hit.chunk.kind not in (BlockKind.CODE, BlockKind.FIELD)]
    reads = [*zip(hits, known.passages(_PASSAGES), strict=False)]
    reads += [(hit, passage(hit.chunk)) for hit in known.unticked]
    found = (_of(ask, claim, hit, read, rank, known) for rank, (hit, read) in enumerate(reads))
    best = _best([one for one in found if one is not None])
    if best is None or best.answer is not Answered.YES:
        return best
    return _with_what_follows(best, known)


def _of(ask: Ask, claim: Claim, hit: Hit, read: Passage, rank: int, known: Known) -> Decided | None:
    """Return what one passage says, by what its boxes make of it."""
    said, is_denied = by_boxes(as_said(read, known))
    if said is None or said.is_question or said.chunk.pairs:
        return None
    decided = _replied(claim, said, hit, known)
    if decided is None and _may_decide(claim, said, hit):
        skip = weighed_elsewhere(claim, known)
        found = match(claim, said, hit, known, skip, in_context=rank < _IN_CONTEXT)
        decided = _decided(ask, claim, found, known, is_first=rank == 0)
    unticked = hit in known.unticked
    if decided is None or not (is_denied or unticked):
        return decided
    # That a denial is denied leaves open what is so.
    is_so = decided.answer is Answered.YES
    return replace(decided, answer=Answered.NO, unticked=unticked) if is_so else None


def by_boxes(read: Passage) -> tuple[Passage | None, bool]:
    """Return what a passage says by the boxes in it, and whether the ticked one says no; no
    passage where none is ticked.
    """
    if not has_boxes(read.text):
        return read, False
    chosen = choice(read.text)
    if chosen is None:
        return None, False
    parse = parse_one(chosen.said)
    return Passage(read.chunk, chosen.said, parse, propositions(parse)), chosen.denied


def as_said(read: Passage, known: Known) -> Passage:
    """Return an item as the sentence that it makes with what leads it in, where it is none."""
    chunk = read.chunk
    if chunk.kind is not BlockKind.ITEM or not chunk.lead_in or is_sentence(read.parse):
        return read
    if is_left_open_by(readable(chunk.lead_in)):  # What it says is what the lead-in leaves out.
        return read
    for statement in known.statements(chunks=(chunk.id,)):
        parse = parse_one(statement.said)
        if statement.value in statement.said and is_sentence(parse):
            return Passage(chunk, statement.said, parse, propositions(parse))
    return read


def led(read: Passage, known: Known) -> Passage:
    """Return an item with what leads it in, where it is no sentence and makes none with it: "these
    stay in the region: names and queries".
    """
    said, chunk = as_said(read, known), read.chunk
    if said is not read or chunk.kind is not BlockKind.ITEM or is_sentence(read.parse):
        return said
    lead = readable(chunk.lead_in).rstrip(" :")
    if not lead or is_left_open_by(lead):
        return read
    text = f"{lead}: {read.text}"
    parse = parse_one(text)
    return Passage(chunk, text, parse, propositions(parse))


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
    if _shared(own, said) < _REPLY_SHARED or _shared(theirs, own) < _REPLY_ASKED:
        return None
    holds = (first == "yes") != (claim.denied != asked.denied)
    answer = Answered.YES if holds else Answered.NO
    return Decided(answer, passage, (), 0.6 + 0.4 * hit.similarity)


def _shared(words: set[str], others: set[str]) -> float:
    content = [word for word in words if word not in LIGHT and word != STANDING_IN.lower()]
    same = sum(any(alike(word, other) for other in others) for word in content)
    return same / len(content) if content else 0.0


def _best(found: list[Decided]) -> Decided | None:
    """Return the strongest, unless another one says otherwise."""
    if not found:
        return None
    best = max(found, key=lambda one: (one.sure, one.score))
    if not best.sure:
        return None
    if best.answer is Answered.DEPENDS:
        return best
    others = [
        one for one in found if one.answer is not best.answer and (one.sure or one.score >= _HEARD)
    ]
    rivals = [one for one in others if one.score > best.score - _RIVAL]
    if any(one.answer is not Answered.DEPENDS for one in rivals):
        return None
    near = [one for one in rivals if one.score > best.score - _NEARLY]
    return max(near, key=lambda one: one.score) if near else best


def _with_what_follows(best: Decided, known: Known) -> Decided:
    """Return a Yes with the sentence behind it that restricts it: as It depends where that takes
    something back.
    """
    chunk = best.passage.chunk
    behind = known.index.catalog.between(chunk.document, chunk.span.end, chunk.span.end + _BEHIND)
    for one in behind:
        if one.span.start < chunk.span.end or one.path != chunk.path or one.block != chunk.block:
            continue
        words = readable(one.text).lower().replace(",", " ").split()
        if words and words[0] in _ADDING:
            return replace(best, but=one)
        if words and words[0] in _TURNING:
            return replace(best, answer=Answered.DEPENDS, but=one)
        break
    return best


def weighed_elsewhere(claim: Claim, known: Known) -> frozenset[int]:
    """Return the words of a claim that name places or numbers: what is said of these is told apart
    from what is said at all.
    """
    found = set[int]()
    for mention in known.gazetteer.mentions(claim.parse.text):
        found.update(claim.parse.at(mention.start, mention.end))
    for length in lengths(claim.parse):
        found.update(range(length.start, length.at + 1))
    return frozenset(found)


def _may_decide(claim: Claim, passage: Passage, hit: Hit) -> bool:
    """Tell whether a passage is worth holding against a claim word by word: it is near enough, and
    says something of its own and all that a sentence has to say besides the predicate.
    """
    if hit.similarity < _NEAR_IN_WORDS or leads_elsewhere(passage):
        return False
    return not leaves_open(claim, passage.parse)


def _decided(
    ask: Ask, claim: Claim, found: Match, known: Known, *, is_first: bool
) -> Decided | None:
    seen = _seen(claim, found, _COVERED_FIRST if is_first else _COVERED)
    if seen is None:
        return None
    stated = seen.holds != found.contrary
    holds = at_places(ask, claim, found.passage, known, stated)
    # One item of a list says nothing of where the others are.
    if holds is None or (_is_item(found.passage) and not (holds and stated)):
        return None
    under = _answered(ask, claim, found, seen, known, holds)
    kept = _kept(ask, claim, found, seen, known)
    if under is None or kept is None:
        return None
    depends = bool(kept) or is_left_open(found.passage)
    # What holds elsewhere under a condition says nothing of the place that is asked for.
    if depends and holds != stated:
        return None
    score = 0.6 * found.covered + 0.4 * found.similarity
    answer = Answered.DEPENDS if depends else under
    sure = score >= _least(answer, chosen=is_first and not found.by_name)
    return Decided(answer, found.passage, kept, score, under, sure)


def _is_item(passage: Passage) -> bool:
    """Tell whether a passage is read as the sentence that an item makes with its lead-in."""
    return passage.text != readable(passage.chunk.text)


def _answered(
    ask: Ask, claim: Claim, found: Match, seen: Stance, known: Known, holds: bool
) -> Answered | None:
    timed = _timed(claim, found.passage.parse, seen)
    if timed is None or unmet(claim, ask, label(found.passage), found.passage, known):
        return None
    return _quantified(claim, seen, found.passage.parse, holds == timed, placed=bool(ask.places))


def _kept(
    ask: Ask, claim: Claim, found: Match, seen: Stance, known: Known
) -> tuple[Limit, ...] | None:
    """Return what a passage is said under and the question leaves open; None where it says that
    the asker lacks it.
    """
    is_item = _is_item(found.passage)
    under = tuple(one for one in limits(found.passage.parse, seen) if one.strict or not is_item)
    kept = unmet(claim, ask, under, found.passage, known)
    return None if any(is_lacking(claim, one) for one in kept) else kept


def _least(answer: Answered, *, chosen: bool) -> float:
    """Return the least score that decides; `chosen` is true of the passage that fits best."""
    if answer is Answered.YES:
        return _SURE_YES_FIRST if chosen else _SURE_YES
    return _SURE_FIRST if chosen and answer is Answered.NO else _SURE


def _seen(claim: Claim, found: Match, covered: float) -> Stance | None:
    """Return how a passage stands to what the claim says; None where it does not speak of it."""
    least = _NEAR_IN_WORDS if found.covered >= _IN_WORDS else _NEAR
    if found.lacks_key or found.covered < covered or found.similarity < least:
        return None
    parse = found.passage.parse
    views = [(at, stance(parse, at)) for at in found.pivots]
    asserted = [(at, one) for at, one in views if one.asserted]
    if not asserted:
        return None
    best = max(asserted, key=lambda view: (_spoken_with(claim, parse, view[1]), -view[0]))[1]
    return _contrasted(claim, parse, _around(claim, parse, best))


def _contrasted(claim: Claim, parse: Parse, seen: Stance) -> Stance:
    """Return how the clause stands that says more of the claim, where one that is joined to it
    says the opposite: "uses certified parts, but the platform is not certified itself".
    """
    clauses = [*parse.roots(), *(at for at in range(len(parse.tokens)) if is_beside(parse, at))]
    if seen.top not in clauses:
        return seen
    within = {at: set(parse.below(at)) for at in clauses}
    said = {}
    for at in clauses:
        inner = (within[one] for one in clauses if one != at and one in within[at])
        words = {parse.tokens[i].lemma for i in within[at].difference(*inner)}
        said[at] = sum(any(alike(word.lemma, one) for one in words) for word in claim.words)
    most = max(clauses, key=lambda at: (said[at], at == seen.top))
    other = stance(parse, most)
    return other if said[most] > said[seen.top] and other.holds != seen.holds else seen


def _around(claim: Claim, parse: Parse, seen: Stance) -> Stance:
    """Return how the main clause stands, where the claim says its verb too: who "doesn't use any
    data collected" denies that data collected is used.
    """
    if parse.tokens[seen.top].dep not in ("acl", "relcl"):
        return seen
    verbs = [token.lemma for token in claim.parse.tokens if token.is_verb]
    said = [at for at in parse.roots() if any(parse.tokens[at].lemma == one for one in verbs)]
    return stance(parse, said[0]) if said else seen


def _spoken_with(claim: Claim, parse: Parse, seen: Stance) -> int:
    """Return how many of the claim's words the clause of a word says."""
    inside = set(parse.below(seen.verb))
    if parse.tokens[seen.top].dep in ("relcl", "acl"):
        inside |= set(parse.below(parse.tokens[seen.top].head))
    lemmas = {parse.tokens[i].lemma for i in inside}
    return sum(any(alike(word.lemma, one) for one in lemmas) for word in claim.words)


def _quantified(
    claim: Claim, seen: Stance, parse: Parse, holds: bool, *, placed: bool
) -> Answered | None:
    """Return the answer by how much is claimed and said; None where it does not tell. `placed` is
    true where a place is asked for: "only in Oslo" restricts nothing of Oslo.
    """
    grants = claim.modal == "must" and holds and seen.modal in ("can", "may")
    bounded = claim.lemma not in _BOUNDING and any(
        parse.tokens[i].lemma in _BOUNDING for i in (seen.verb, seen.top)
    )
    if grants or bounded or claim.the_only or _is_wider(claim, seen, placed=placed, holds=holds):
        return None
    if is_partly(claim, parse, only=seen.only):
        return _of_some(claim, holds)
    if _is_weaker(claim, seen, holds):
        return None
    if holds and (told := _of_granted(claim, parse)):
        return told
    may = claim.modal in ("may", "can", "will")
    if seen.only and holds and may and not (claim.only or claim.denied or placed):
        return None if claim.universal else Answered.DEPENDS
    return Answered.YES if holds != claim.denied else Answered.NO


def _of_granted(claim: Claim, parse: Parse) -> Answered | None:
    """Return what is left of what a sentence grants: nothing of several where it has one only."""
    if _is_optional(claim, parse):
        return Answered.DEPENDS
    return Answered.NO if not claim.denied and is_one_only(claim, parse) else None


def _is_optional(claim: Claim, parse: Parse) -> bool:
    """Tell whether a sentence says only that one may choose that it is so: "You can choose to have
    it kept in Norway" says nothing of where it is.
    """
    chosen = any(
        sense(parse.tokens[at].lemma) == "choose" and stance(parse, at).modal in ("can", "may")
        for at in parse.roots()
    )
    return chosen and claim.modal not in ("can", "may") and sense(claim.lemma) != "choose"


def _is_wider(claim: Claim, seen: Stance, *, placed: bool, holds: bool) -> bool:
    """Tell whether a sentence leaves open that something is so only where or how it is claimed."""
    return claim.only and not seen.only and not (placed and not holds)


def _is_weaker(claim: Claim, seen: Stance, holds: bool) -> bool:
    """Tell whether a sentence says only that something can be of what is claimed to be, or says
    that it is of what is claimed to be needed.
    """
    if claim.modal in ("", "will") and not claim.existential:
        return seen.modal == "may"
    needs = seen.modal in ("must", "shall", "should") or sense(claim.lemma) == "require"
    return claim.modal == "must" and holds and not needs


def _of_some(claim: Claim, holds: bool) -> Answered | None:
    """Return the answer where a sentence is of some only of what is asked about."""
    if claim.universal:
        # That some do, and that some do not, both say that not all do.
        return None if claim.denied else Answered.NO
    if not (claim.existential or claim.modal in ("can", "may")):
        return Answered.DEPENDS
    if claim.denied:
        return None
    return Answered.YES if holds else Answered.DEPENDS


def _timed(claim: Claim, parse: Parse, seen: Stance) -> bool | None:
    """Tell whether a sentence holds for the length of time that is asked for."""
    asked = lengths(claim.parse)
    if not asked:
        return True
    may = claim.modal in ("can", "may") or claim.existential
    return keeps_to(asked[0], lengths(parse), may=may) if seen.holds else None
