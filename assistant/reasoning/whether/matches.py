"""How well a passage speaks of what a claim says, and by which of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.claiming import (
    LIGHT,
    NOTHING,
    STANDING_IN,
    Claim,
    Likeness,
    WordsSaid,
    alike,
    contrary,
    spoken,
    word_likeness,
)
from corpus.language.parsing import Parse, parse_one
from corpus.language.sentences import readable
from corpus.language.terms import WORD
from corpus.language.word_classes import THINGS, Thing
from corpus.types import BlockKind, Chunk
from index.types import Hit

_CAPABLE = frozenset("support supported possible available allow permit able unable unavailable "
                     "unsupported".split())  # fmt: skip
_NEAR_DOCUMENTS = 4
_LEAST = 2.5
"""Weight that the words of a claim must have for a sentence to be held against them."""
_ALIKE, _FAR = 0.7, 0.5
"""Likeness in context from which a word stands for another, and up to which it does not."""
_STANDS = 0.9
"""What a word counts that another one stands for."""
_KEY_SHARE = 0.4
"""Least share that what the claim is about counts in a sentence that is about it."""
_PIVOT_NEAR = 0.56
"""Least likeness of the predicate with the word that says it."""
_CHANGING = frozenset("change affect alter influence impact matter".split())
_FROM_AROUND = 0.6
"""What a word of the claim counts that only the heading or the lead-in says."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage held against a claim."""

    passage: Passage
    similarity: float
    covered: float
    """Share of the claim's words that the passage says, by weight."""
    pivots: tuple[int, ...]
    """Its words that say what the claim's predicate says, or the contrary."""
    contrary: bool
    """True where they say the contrary."""
    by_name: bool
    """True where the predicate is matched by its object: "have a copy", "a copy is kept"."""
    missing: tuple[str, ...]
    lacks_key: bool
    """True where it does not say what the claim is about."""


def names_of(known: Known, document: str) -> frozenset[str]:
    """Return the words by which a document's subject is named, in lower case."""
    about = known.index.documents[document].about
    words = f"{about.service} {about.title} {about.publisher} {document.replace('-', ' ')}"
    return frozenset(match.group().lower() for match in WORD.finditer(words))


def _is_about(claim: Claim, passage: Passage, known: Known) -> bool:
    """Tell whether a passage, or its document, is about all that the claim names."""
    about = known.index.documents[passage.chunk.document].about
    words = f"{about.service} {about.title} {' '.join(passage.chunk.path)} {passage.text}".lower()
    others = {
        known.index.documents[id_].about.service for id_ in known.scope.documents[:_NEAR_DOCUMENTS]
    }  # fmt: skip
    return all(name.lower() in words for name in claim.names if name in others)


def match(
    claim: Claim,
    passage: Passage,
    hit: Hit,
    known: Known,
    skip: frozenset[int],
    *,
    in_context: bool = True,
) -> Match:
    """Hold a passage against a claim; `skip` are words of the claim that are weighed elsewhere,
    `in_context` tells whether words may stand for others by their vectors.
    """
    said = _lemmas(passage.parse)
    if passage.chunk.kind in (BlockKind.ITEM, BlockKind.STEP) and passage.chunk.lead_in:
        said |= _lemmas(parse_one(readable(passage.chunk.lead_in)))
    words, around = WordsSaid.of(said), _around(passage.chunk)
    named = names_of(known, passage.chunk.document)
    near = NOTHING
    if in_context:
        near = word_likeness(claim.parse, passage.parse, known.index.encoder)
    total = covered = 0.0
    missing = []
    lacks_key = not _is_about(claim, passage, known)
    for word in claim.words:
        if word.at in skip:
            continue
        shown = claim.parse.tokens[word.at].text.lower()
        if shown == STANDING_IN.lower() or (
            shown in named and word.at != claim.predicate and shown not in said
        ):
            continue
        total += word.weight
        share = _share(word.lemma, words, around)
        if share < 1.0:
            share = max(share, _stands_for(claim, word.at, near))
            lacks_key |= word.is_key and share < _KEY_SHARE and not _is_speaker(word.lemma, said)
        covered += word.weight * share
        if not share:
            missing.append(word.lemma)
    lacks_key |= total < _LEAST
    pivots, opposite, by_name = _pivots(claim, passage.parse, skip, named)
    if not pivots:
        pivots, opposite = _nearest_pivot(claim, passage.parse, near)
    return Match(
        passage, hit.similarity, covered / total if total else 0.0, pivots, opposite, by_name,
        tuple(missing), lacks_key,
    )  # fmt: skip


def _stands_for(claim: Claim, at: int, near: Likeness) -> float:
    """Return what a word counts that another one stands for; names and numbers have none."""
    token = claim.parse.tokens[at]
    if token.tag == "CD" or token.tag.startswith("NNP"):
        return 0.0
    share = (near.of(at) - _FAR) / (_ALIKE - _FAR)
    return _STANDS * min(1.0, max(0.0, share))


def _nearest_pivot(claim: Claim, parse: Parse, near: Likeness) -> tuple[tuple[int, ...], bool]:
    """Return the word that stands for the predicate by likeness, and whether it is contrary."""
    at = near.to(claim.predicate)
    if near.of(claim.predicate) < _PIVOT_NEAR or parse.tokens[at].dep in ("aux", "auxpass"):
        return (), False
    if parse.tokens[at].tag.startswith(("NNP", "CD")):
        return (), False
    if leaves_as_it_is(claim, parse.tokens[at].lemma):
        return (), False
    return (at,), contrary(claim.lemma, parse.tokens[at].lemma)


def leaves_as_it_is(claim: Claim, lemma: str) -> bool:
    """Tell whether a verb, denied, says that something is not changed: what stays is not denied by
    it.
    """
    return lemma in _CHANGING and alike(claim.lemma, "stay")


def _is_speaker(lemma: str, said: frozenset[str]) -> bool:
    """Tell whether a word names who speaks of himself: "we" are the provider and its people."""
    return THINGS.get(lemma) in (Thing.STAFF, Thing.COMPANY) and bool(said & {"we", "our", "us"})


def _share(lemma: str, said: WordsSaid, around: WordsSaid) -> float:
    if said.say(lemma) or said.say_contrary(lemma):
        return 1.0
    return _FROM_AROUND if around.say(lemma) else 0.0


def _lemmas(parse: Parse) -> frozenset[str]:
    return frozenset(t.lemma for t in parse.tokens) | frozenset(
        t.text.lower() for t in parse.tokens
    )


@lru_cache(maxsize=4096)
def _around(chunk: Chunk) -> WordsSaid:
    words = " ".join((*chunk.path, chunk.lead_in))
    return WordsSaid.of(one for m in WORD.finditer(words) for one in _forms(m.group().lower()))


def _forms(word: str) -> Iterable[str]:
    yield word
    if word.endswith("s") and len(word) > 3:
        yield word[:-1]


def _pivots(
    claim: Claim, parse: Parse, skip: frozenset[int], named: frozenset[str]
) -> tuple[tuple[int, ...], bool, bool]:
    lemma = claim.lemma
    is_name = not claim.parse.tokens[claim.predicate].is_verb
    same = _at(parse, lemma, named, is_name=is_name)
    if same and lemma not in ("be",):
        return same, False, False
    opposite = tuple(
        i for i, token in enumerate(parse.tokens)
        if token.is_verb and token.dep not in ("aux", "auxpass")
        and contrary(lemma, spoken(parse, i))
    )  # fmt: skip
    if opposite:
        return opposite, True, False
    if lemma in LIGHT or claim.parse.tokens[claim.predicate].tag.startswith(("NN", "CD")):
        for word in sorted(claim.words, key=lambda one: -one.weight):
            if word.at in skip or word.weight < 1.2 or word.lemma in LIGHT:
                continue
            found = _at(parse, word.lemma, named)
            if found:
                return found, False, True
    capable = tuple(i for i, t in enumerate(parse.tokens) if t.lemma in _CAPABLE)
    return (capable, False, True) if claim.modal == "can" else ((), False, False)


def _at(
    parse: Parse, lemma: str, named: frozenset[str], *, is_name: bool = True
) -> tuple[int, ...]:
    return tuple(
        i for i, token in enumerate(parse.tokens)
        if alike(lemma, spoken(parse, i)) and token.dep not in ("aux", "auxpass")
        and token.tag.startswith(("NN", "VB", "JJ", "RB", "CD"))
        and not (token.tag.startswith("NNP") and not is_name)
        and not (i and token.text[:1].isupper() and token.text.lower() in named)
    )  # fmt: skip
