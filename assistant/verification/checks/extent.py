"""Whether an assertion is made of as many as its ground speaks of."""

from __future__ import annotations

from itertools import pairwise

from assistant.verification.checks.alignment import Aligned
from assistant.verification.checks.denial import NOTHING
from assistant.verification.reading.spoken import Spoken
from corpus.language.parsing import Parse
from corpus.places import Gazetteer

PART = frozenset(
    "some most mostly many several typically usually generally normally mainly often sometimes "
    "partly largely primarily certain few ordinarily commonly rarely seldom almost nearly roughly "
    "approximately about potentially part possibly general partially".split()
)
"""Words for a part, or for most cases."""
_ALL = frozenset(
    "all every always each everyone everything everywhere entire entirely whole never wholly "
    "completely fully regardless whatever whichever wherever anywhere anyone anything any "
    "exclusively guarantee".split()
)
_MAY = frozenset("may might could can possible possibly likely potentially perhaps".split())
_ONLY = frozenset("only solely exclusively alone sole purely just merely".split())
_RESTRICTS = _ONLY | frozenset("except unless limit restrict must strictly until".split())
_LISTED = frozenset("list listed name say mention show entry give".split())
"""Words by which "only" is said of what a page lists."""


def of_too_many(one: Aligned) -> str:
    """Say that the ground speaks of a part, or of no more than some."""
    tokens = one.ground.said.parse.tokens
    theirs = [
        i for i in one.clause_words
        if tokens[i].lemma in PART and (i == 0 or tokens[i].text[0].islower())
    ]  # fmt: skip
    mine = one.claim.lemmas
    for i in theirs:
        if not _limits(one, i):
            continue
        if not mine & (PART | _MAY) and not _not_all(one.claim.said):
            word = one.ground.said.parse.tokens[i].text
            return f"the passage says so of a part; keep “{word}”"
    unsaid = [word for word in mine & _ALL if not _says_all(one, word)]
    if unsaid:
        return f"the passage does not say “{min(unsaid)}”"
    if moved := _moved(one):
        return f"the passage does not say “all” of {moved}"
    return ""


_EACH = frozenset({"all", "every", "each", "entire", "whole"})


def _moved(one: Aligned) -> str:
    """Return a noun of which the assertion says "all", where the ground says it of another noun
    that the assertion names without it.
    """
    mine, theirs = one.claim.said.parse, one.ground.said.parse
    whole = {k for k in range(len(theirs.tokens)) if _is_whole(theirs, k)}
    named = {i for i in one.pairs if whole & set(one.pairs[i])}
    for i in sorted(one.pairs):
        if _is_whole(mine, i) and not one.claim.negated and i not in named:
            plain = [k for k in named if mine.tokens[k].tag.startswith("NN")]
            if plain and not any(_is_whole(mine, k) for k in plain):
                return mine.tokens[i].text
    return ""


def _is_whole(parse: Parse, at: int) -> bool:
    """Tell whether "all" or the like stands before a noun."""
    below = parse.children(at, "det", "predet", "amod")
    return any(parse.tokens[i].lemma in _EACH for i in below)


def _limits(one: Aligned, at: int) -> bool:
    """Tell whether a word for a part belongs to what the assertion speaks of."""
    parse = one.ground.said.parse
    head = parse.tokens[at].head
    matched = {k for found in one.pairs.values() for k in found}
    if parse.tokens[at].lemma in ("about", "approximately", "roughly", "part"):
        return False
    if parse.tokens[at].dep == "advmod" and parse.tokens[head].is_verb:
        return True
    return head in matched or (one.clause is not None and head == one.clause.verb)


def _not_all(said: Spoken) -> bool:
    return any(
        one in NOTHING and two in _ALL
        for one, two in pairwise(token.lemma for token in said.parse.tokens)
    )


def _says_all(one: Aligned, word: str) -> bool:
    lemmas = one.ground.said.lemmas
    if word == "any":
        return bool(one.claim.lemmas & (NOTHING | _MAY)) or bool(lemmas & (_ALL | NOTHING))
    if word in ("each", "every") and "per" in lemmas:
        return True
    if word in ("each", "every") and any(v.unit for v in one.claim.said.values):
        return True
    if one.claim.lemmas & {"not", "n't"} and word != "never":
        return True
    strong = (_ALL - {"any", "each", "guarantee"}) | {"matter"}
    return bool(lemmas & (strong if word not in ("any", "each") else _ALL)) or (
        word == "never" and bool(lemmas & (NOTHING | _ONLY))
    ) or (word in ("exclusively",) and bool(lemmas & _ONLY))  # fmt: skip


def only_unsaid(one: Aligned) -> str:
    """Say that the ground does not restrict what is asserted."""
    mine = one.claim.lemmas & _ONLY
    if not mine or "not" in one.claim.lemmas or "n't" in one.claim.lemmas:
        return ""
    theirs = one.ground.said.lemmas | {w.lower() for w in one.ground.before.split()}
    if _is_count(one.claim.said) or _is_of_value(one):
        return ""
    capped = any(v.bound < 0 for v in one.ground.said.values)
    restricts = theirs & _RESTRICTS or {"no", "other"} <= theirs
    if capped or restricts or one.claim.lemmas & _LISTED:
        return ""
    return f"the passage does not say “{min(mine)}”"


def _is_count(said: Spoken) -> bool:
    """Tell whether "only" and the like is said of a number: "only one"."""
    return any(one.lemma in _ONLY and two.tag == "CD" for one, two in pairwise(said.parse.tokens))


def _is_of_value(one: Aligned) -> bool:
    """Tell whether "only" says of a duration that it is short: "is only kept for 8 days"."""
    said = one.claim.said
    timed = {i for v in said.values if v.unit for i in said.parse.at(v.start, v.end)}
    if not timed & set(one.claim.words):
        return False
    for i in one.claim.words:
        if said.parse.tokens[i].lemma in _ONLY:
            behind = [k for k in one.claim.words if k > i][:_NEAR]
            return bool(timed & set(behind))
    return False


_NEAR = 4
_SAME = frozenset({"same", "own", "identical"})
_WHICHEVER = frozenset("any all every other another different several each various".split())
_GLOBALLY = frozenset({"globally", "worldwide", "internationally"})
_GLOBAL = _GLOBALLY | {"global", "globe", "world", "anywhere", "everywhere"}


def of_another_extent(one: Aligned, gazetteer: Gazetteer) -> str:
    """Say that the ground speaks of the same thing where the assertion speaks of any, or of the
    whole world where it speaks of a place.
    """
    mine, theirs = one.claim.said.parse, one.ground.said.parse
    for i, found in one.pairs.items():
        if not _described(mine, i) & _WHICHEVER or one.claim.said.lemmas & _SAME:
            continue
        for k in found:
            noun = theirs.tokens[k]
            if noun.lemma == mine.tokens[i].lemma and _described(theirs, k) & _SAME:
                return f"the passage says “the same {noun.text}”"
    return _in_one_place(one, gazetteer)


def _in_one_place(one: Aligned, gazetteer: Gazetteer) -> str:
    tokens = one.ground.said.parse.tokens
    said = next((tokens[i] for i in one.clause_words if tokens[i].lemma in _GLOBALLY), None)
    if said is None or one.claim.lemmas & _GLOBAL or one.claim.negated:
        return ""
    named = [m.place.id for m in gazetteer.mentions(one.claim.said.text)]
    there = {m.place.id for m in gazetteer.mentions(one.ground.said.text)}
    return f"the passage says “{said.text}”" if any(id_ not in there for id_ in named) else ""


def _described(parse: Parse, at: int) -> frozenset[str]:
    below = parse.children(at, "det", "predet", "amod", "poss")
    return frozenset(parse.tokens[i].lemma for i in below)


def beyond(one: Aligned) -> str:
    """Say that the ground allows nothing beyond what it says."""
    words = {"beyond", "besides", "additional", "also", "more"}
    if one.ground.said.lemmas & {"only", "solely"} and one.claim.lemmas & words - (
        one.ground.said.lemmas
    ):
        return "the passage says “only”"
    return ""
