"""Whether an assertion is affirmed or denied as its ground is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.verification.checks.alignment import Aligned
from assistant.verification.reading.spoken import Assertion, Spoken, is_none, negated
from assistant.verification.reading.words import stem
from corpus.language.propositions import Link, Proposition

NOTHING = frozenset("no not none never nothing neither nor cannot n't".split())
_UNABLE = frozenset("unable impossible unavailable unsupported inaccessible".split())


def not_so(one: Aligned) -> str:
    """Say that the ground denies what is asserted, or affirms what is denied."""
    clause, claim = one.clause, one.claim.proposition
    if claim is None:
        return ""
    mine = _denied(one.claim.said, _asserted(one.claim), denied=one.claim.negated)
    mine += any(
        one.claim.said.parse.tokens[i].lemma in _UNABLE and not one.pairs.get(i)
        for i in one.claim.words
    )
    if clause is None:
        return _denied_in_cell(one, mine)
    denied = any(negated(one.ground.said, other) for other in one.outer)
    theirs = _denied(one.ground.said, one.clause_words, denied=denied)
    if (
        not one.surely
        and _any_denied(one.claim.said, one.claim.words)
        and _any_denied(one.ground.said, range(len(one.ground.said.parse.tokens)))
    ):
        return ""
    if (mine + theirs + one.turns) % 2:
        return "the passage says that it is not so" if theirs else "the passage says that it is so"
    if one.opposed:
        return (
            f"the passage says the opposite of {one.claim.said.parse.tokens[one.opposed[0]].text}"
        )
    return "" if mine or theirs else _nothing_of(one)


def _asserted(claim: Assertion) -> tuple[int, ...]:
    """Return the words of an assertion without those that say when or if it holds."""
    found = set(claim.words)
    for one in claim.said.propositions:
        below = claim.said.parse.below(one.verb)
        holds = claim.proposition is None or claim.proposition.verb in below
        if one.link is Link.ADVERBIAL and one.mark and not holds:
            found -= set(below)
    return tuple(sorted(found))


def otherwise_within(one: Aligned) -> str:
    """Say that a clause within is denied in the one and not in the other."""
    mine, theirs = one.claim.said, one.ground.said
    for own in mine.propositions:
        infinite = mine.parse.tokens[own.verb].tag in ("VBG", "VB") and not own.modal
        if own.verb not in one.claim.words or not mine.telling(own.verb):
            continue
        # Whether a denial reaches an infinitive is known only where there is none.
        unsure = bool(mine.lemmas & (NOTHING | _UNABLE | {"without"}))
        if infinite and unsure and not mine.parse.children(own.verb, "neg"):
            continue
        found = [other for other in theirs.propositions if _is_same_verb(one, own, other)]
        if found and all(_own_denial(theirs, o) is not _own_denial(mine, own) for o in found):
            word = mine.parse.tokens[own.verb].text
            return f"the passage says otherwise of “{word}”"
    return ""


def _is_same_verb(one: Aligned, own: Proposition, other: Proposition) -> bool:
    """Tell whether two propositions have one verb, and not a word and its opposite."""
    mine = stem(one.claim.said.parse.tokens[own.verb].lemma)
    return stem(one.ground.said.parse.tokens[other.verb].lemma) == mine


def _own_denial(said: Spoken, one: Proposition) -> bool:
    if negated(said, one):
        return True
    return any(negated(said, other) for other in said.within(one))


def _nothing_of(one: Aligned) -> str:
    """Find a noun of which the ground says "no" or "without" and the assertion does not."""
    if one.claim.lemmas & (NOTHING | {"without", "free", "lack"}):
        return ""
    own = set(one.clause_words)
    for i, found in one.pairs.items():
        near = [k for k in found if k in own]
        if i in one.claim.telling and near and all(is_none(one.ground.said, k) for k in near):
            return f"the passage says “no {one.claim.said.parse.tokens[i].text}”"
    return ""


def _denied_in_cell(one: Aligned, mine: int) -> str:
    """Compare a denial with the cells of a row that the assertion takes its words from."""
    cells = [
        value.casefold().split() for title, value in one.ground.passage.pairs
        if any(one.claim.said.parse.tokens[i].text.casefold() in value.casefold()
               for i in one.pairs)
    ]  # fmt: skip
    if not cells:
        return ""
    theirs = int(any(word in NOTHING for cell in cells for word in cell))
    if (mine + theirs + one.turns) % 2:
        return "the row says that it is not so" if theirs else "the row says that it is so"
    return ""


def _denied(said: Spoken, words: Sequence[int], *, denied: bool) -> int:
    """Count denials: that of the verb, and of what is unable or without."""
    lemmas = [said.parse.tokens[i].lemma for i in words]
    pairs = zip(lemmas, [*lemmas[1:], ""], strict=True)
    if any(one in ("not", "n't") and two in ("only", "all", "every", "just") for one, two in pairs):
        return 0
    no_longer = ("no", "longer") in pairwise(said.parse.tokens[i].text.lower() for i in words)
    return int(denied or "nor" in lemmas or "cannot" in lemmas) + int(no_longer and not denied)


def _any_denied(said: Spoken, words: Iterable[int]) -> bool:
    return any(said.parse.tokens[i].lemma in NOTHING for i in words)
