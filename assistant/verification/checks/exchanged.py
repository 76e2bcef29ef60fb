"""Whether who does what to whom, and what comes from and goes where, is as the ground says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.verification.checks.alignment import Aligned
from assistant.verification.passages.grounds import Ground
from assistant.verification.reading.spoken import Assertion, Spoken
from assistant.verification.reading.words import concepts
from corpus.language.parsing import Parse
from corpus.language.propositions import Phrase, Proposition

_NEARER = 0.6
"""Two assertions are exchanged where the exchanged words stand so much nearer to each other."""
_FROM = frozenset({"from", "out", "off", "outside"})
_TO = frozenset({"to", "into", "onto", "toward", "towards"})
_THROUGH = ("prep", "pobj", "conj", "appos", "compound", "nmod", "dep", "npadvmod", "agent", "cc")


def other_way(one: Aligned) -> str:
    """Say that what comes from somewhere in the assertion goes there in the ground, or who acts
    on whom is exchanged.
    """
    mine, theirs = one.claim.said, one.ground.said
    for i, found in one.pairs.items():
        own, other = _direction(mine.parse, i), {_direction(theirs.parse, k) for k in found}
        if own and other and own not in other and ({"from": "to", "to": "from"}[own]) in other:
            return f"the passage says it the other way round of {mine.parse.tokens[i].text}"
    return _exchanged(one)


def _direction(parse: Parse, at: int) -> str:
    for head in (at, *parse.above(at)):
        token = parse.tokens[head]
        if token.dep == "prep":
            word = token.text.lower()
            if word in _FROM or word in _TO:
                return "from" if word in _FROM else "to"
            if word != "of":
                return ""
        if token.dep not in _THROUGH:
            return ""
    return ""


_PASSIVE = {"nsubjpass": "dobj", "attr": "dobj", "csubj": "nsubj", "agent": "nsubj"}


def _exchanged(one: Aligned) -> str:
    """Say that the ground puts one word of the assertion where this puts another."""
    mine, theirs = one.claim.said, one.ground.said
    if one.ground.is_row:
        return ""
    nouns = [
        i for i in one.claim.words
        if mine.telling(i) and _is_thing(mine.parse, i) and not _is_part(mine.parse, i)
    ]  # fmt: skip
    slots = {i: _slot(mine, i) for i in nouns}
    given = {i: [_slot(theirs, k) for k in one.pairs.get(i, ())] for i in nouns}
    for i in nouns:
        if slots[i] is None:
            continue
        if any(_same(slots[i], other) for other in given[i]):
            if reason := _other_kind(one, i, slots[i]):
                return reason
            continue
        if replaced := _replaced(one, i, slots[i], given[i]):
            return replaced
        for k in nouns:
            if mine.meant[i] & mine.meant[k] or _same(slots[i], slots[k]):
                continue
            if any(_same(slots[i], other) for other in given[k]) and any(given[i]):
                word, other = mine.parse.tokens[i].text, mine.parse.tokens[k].text
                return f"the passage says of {other} what the sentence says of {word}"
    return ""


def another_doer(one: Aligned) -> str:
    """Say that what the assertion says of its subject the ground says of what it does it to."""
    clause = one.clause
    claim = next((p for p in one.claim.said.propositions if p.verb == one.predicate), None)
    if clause is None or claim is None or claim.subject is None or one.ground.is_row:
        return ""
    same = one.surely or clause.lemma == claim.lemma
    if not same or clause.passive is not claim.passive:
        return ""
    subject = _phrase(one.claim.said, claim.subject.span)
    if clause.imperative:
        return _not_asked_of(subject)
    return _of_another(one, subject, claim, clause)


def _of_another(
    one: Aligned, subject: frozenset[str], claim: Proposition, clause: Proposition
) -> str:
    mine, theirs = one.claim.said, one.ground.said
    if clause.subject is None:
        return ""
    other = _phrase(theirs, clause.subject.span)
    rest = frozenset().union(*(_phrase(mine, p.span) for p in _complements(claim)))
    goal = frozenset().union(*(_phrase(theirs, p.span) for p in _complements(clause)))
    if other & subject or not other or not (rest & other - goal or subject & goal):
        return ""
    return "the passage says so of another subject"


def _complements(one: Proposition) -> Iterator[Phrase]:
    yield from one.objects
    yield from (oblique.phrase for oblique in one.obliques)


_ASKED_OF = frozenset("you customer user administrator admin tenant organization".split())


def _not_asked_of(subject: frozenset[str]) -> str:
    """Say that an order is not one to whom a sentence says so."""
    if not subject or any(subject & concepts(word) for word in _ASKED_OF):
        return ""
    return "the passage asks the reader to do so"


def swapped(claims: Sequence[Assertion], ground: Ground) -> str:
    """Say that two assertions of a sentence have exchanged what the ground says of each."""
    for n, one in enumerate(claims):
        for other in claims[n + 1 :]:
            if _cross(one, other, ground):
                return f"the passage says it the other way round: {one.text}"
    return ""


Edge = tuple[frozenset[str], frozenset[str]]


def crossed(claims: Sequence[Assertion], ground: Ground) -> str:
    """Say that of two things that hang on two others each hangs on the other's in the ground:
    "received here and stored there".
    """
    theirs = _edges(ground.said)
    for said in dict.fromkeys(one.said for one in claims):
        mine = [edge for edge in _edges(said) if not _has(theirs, *edge)]
        for n, (one, to) in enumerate(mine):
            for other, into in mine[n + 1 :]:
                apart = not one & other and not to & into and not (one & into or other & to)
                if apart and _has(theirs, one, into) and _has(theirs, other, to):
                    return "the passage says it the other way round"
    return ""


def _edges(said: Spoken) -> list[Edge]:
    """Return what hangs on what, through words that say nothing by themselves."""
    found = []
    for i, meant in enumerate(said.meant):
        above = next((k for k in said.parse.above(i) if said.meant[k]), None)
        if meant and above is not None and not meant & said.meant[above]:
            found.append((meant, said.meant[above]))
    return found


def _has(edges: Sequence[Edge], one: frozenset[str], other: frozenset[str]) -> bool:
    return any(one & low and other & high for low, high in edges)


def _cross(one: Assertion, other: Assertion, ground: Ground) -> bool:
    subjects, rests = [], []
    for mine, theirs in ((one, other), (other, one)):
        subject = set(_subject_words(mine))
        own = [i for i in mine.words if mine.said.meant[i] and i not in _said_by(mine, theirs)]
        if not subject & set(own) and mine.proposition is not None:
            subject = {mine.proposition.verb}
        subjects.append(_positions([i for i in own if i in subject], mine, ground))
        rest = [i for i in own if i not in subject]
        named = [i for i in rest if mine.said.parse.tokens[i].tag in ("NNP", "NNPS", "CD")]
        rests.append(_positions(named or rest, mine, ground))
    if not all(subjects) or not all(rests):
        return False
    straight = [_apart(subjects[0], rests[0]), _apart(subjects[1], rests[1])]
    crossed = [_apart(subjects[0], rests[1]), _apart(subjects[1], rests[0])]
    return sum(crossed) < _NEARER * sum(straight)


def _subject_words(claim: Assertion) -> tuple[int, ...]:
    one = claim.proposition
    return claim.said.parse.at(*one.subject.span) if one and one.subject else ()


def _said_by(mine: Assertion, theirs: Assertion) -> frozenset[int]:
    """Return the words of one assertion that the other one says as well."""
    meant = theirs.meant
    return frozenset(i for i in mine.words if mine.said.meant[i] & meant)


def _positions(words: Sequence[int], claim: Assertion, ground: Ground) -> list[list[int]]:
    found = [
        [k for k, meant in enumerate(ground.said.meant) if meant & claim.said.meant[i]]
        for i in words
    ]
    return [places for places in found if places]


def _apart(ones: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> float:
    """Return how far some words stand from others on average, in words."""
    each = [min(abs(a - b) for a in one for b in other) for one in ones for other in others]
    return sum(each) / len(each)


_KINDS = ("amod", "compound", "nmod", "poss")


def _other_kind(one: Aligned, at: int, slot: Slot | None) -> str:
    """Return what tells a noun apart in the assertion where the ground tells it apart otherwise:
    "home city", not "mirror city".
    """
    mine, theirs = one.claim.said, one.ground.said
    kinds = [i for i in mine.parse.children(at, *_KINDS) if mine.telling(i)]
    if not kinds:
        return ""
    found = [k for k in one.pairs.get(at, ()) if _same(slot, _slot(theirs, k))]
    others = [[i for i in theirs.parse.children(k, *_KINDS) if theirs.telling(i)] for k in found]
    meant = frozenset().union(*(mine.meant[i] for i in kinds))
    for kind in others:
        near = frozenset().union(*(theirs.meant[i] for i in kind)) if kind else meant
        if near & meant or near & {c for c in mine.concepts if c[0] not in "=~"}:
            return ""
    same = one.pairs.get(at, ())
    beside = {n - 1 for n in same} | {n - 2 for n in found}
    if any(set(one.pairs.get(i, ())) & beside for i in kinds):
        return ""
    if not others or any(mine.meant[i] & one.ground.around for i in kinds):
        return ""
    word = mine.parse.tokens[kinds[0]].text
    return f"the passage does not say {word} of {mine.parse.tokens[at].text}"


def _replaced(one: Aligned, at: int, slot: Slot | None, given: Sequence[Slot | None]) -> str:
    """Return a word of which the ground says what the assertion says of one that it lacks."""
    if given or at not in one.missing or slot is None or slot.relation == "nsubj":
        return ""
    theirs = one.ground.said
    for k in range(len(theirs.parse.tokens)):
        if not theirs.telling(k) or not _is_thing(theirs.parse, k) or _is_part(theirs.parse, k):
            continue
        if _same(slot, _slot(theirs, k)) and not theirs.meant[k] & one.claim.said.concepts:
            word = one.claim.said.parse.tokens[at].text
            return f"the passage says {theirs.parse.tokens[k].text}, not {word}"
    return ""


def _is_part(parse: Parse, at: int) -> bool:
    return parse.tokens[at].dep in ("compound", "nmod", "poss")


def _is_thing(parse: Parse, at: int) -> bool:
    return parse.tokens[at].tag.startswith("NN")


@dataclass(frozen=True)
class Slot:
    """Where a noun stands: by what it hangs on what."""

    relation: str
    governor: frozenset[str]


def _slot(said: Spoken, at: int) -> Slot | None:
    """Return the slot of a noun, that of the noun that it is joined to or a part of."""
    parse = said.parse
    while parse.tokens[at].dep in ("compound", "conj", "nmod", "poss", "appos") and (
        parse.tokens[at].head != at
    ):
        at = parse.tokens[at].head
    token = parse.tokens[at]
    relation = _PASSIVE.get(token.dep, token.dep)
    head = token.head
    if token.dep == "pobj":
        relation = parse.tokens[head].text.lower()
        if parse.tokens[head].dep == "agent":
            relation = "nsubj"
        head = parse.tokens[head].head
    elif token.dep not in ("nsubj", "nsubjpass", "dobj", "attr"):
        return None
    governor = said.meant[head]
    return Slot(relation, governor) if governor and head != at else None


def _same(one: Slot | None, other: Slot | None) -> bool:
    return (
        one is not None and other is not None and one.relation == other.relation
        and bool(one.governor & other.governor)
    )  # fmt: skip


def _phrase(said: Spoken, span: tuple[int, int]) -> frozenset[str]:
    """Return what the telling words of a part of a sentence mean."""
    return frozenset().union(*(said.meant[i] for i in said.parse.at(*span) if said.telling(i)))
