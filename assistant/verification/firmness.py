"""Whether an assertion is affirmed, as firm, of as many and at the same time as its ground."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from assistant.verification.alignment import Aligned
from assistant.verification.spoken import Spoken, is_none, negated
from assistant.verification.words import is_content, stem
from corpus.language.propositions import Link, Proposition

_PART = frozenset(
    "some most mostly many several typically usually generally normally mainly often sometimes "
    "partly largely primarily certain few ordinarily commonly rarely seldom almost nearly roughly "
    "approximately about potentially part possibly general partially".split()
)
_ALL = frozenset(
    "all every always each everyone everything everywhere entire entirely whole never wholly "
    "completely fully regardless whatever whichever wherever anywhere anyone anything any "
    "exclusively guarantee matter".split()
)
_NOTHING = frozenset("no not none never nothing neither nor cannot n't".split())
_UNABLE = frozenset("unable impossible unavailable unsupported inaccessible".split())
_ONLY = frozenset("only solely exclusively alone sole purely just merely".split())
_RESTRICTS = _ONLY | frozenset("except unless limit restrict must strictly no other".split())
_LISTED = frozenset("list listed name say mention show entry give".split())
"""Words by which "only" is said of what a page lists."""
_MAY = frozenset("may might could can possible possibly likely potentially perhaps".split())
_MUST = frozenset("must shall require need mandatory oblige necessary required".split())
_SHOULD = frozenset("should recommend advise suggest ought".split())
_COMING = frozenset(
    "plan soon upcoming progress delay expect intend future roadmap coming working process "
    "eventually scheduled begin start ongoing underway".split()
)
_TRYING = frozenset("work plan intend aim expect try hope".split())
_PREVIEW = frozenset("preview beta pre-release prerelease trial".split())
_BY_DEFAULT = frozenset({"default"})


def not_so(one: Aligned) -> str:
    """Say that the ground denies what is asserted, or affirms what is denied."""
    clause, claim = one.clause, one.claim.proposition
    if claim is None:
        return ""
    mine = _denied(one.claim.said, one.claim.words, negated=one.claim.negated)
    mine += any(
        one.claim.said.parse.tokens[i].lemma in _UNABLE and not one.pairs.get(i)
        for i in one.claim.words
    )
    if clause is None:
        return _denied_in_cell(one, mine)
    denied = any(negated(one.ground.said, other) for other in one.outer)
    theirs = _denied(one.ground.said, one.clause_words, negated=denied)
    if (
        not one.surely
        and _any_denied(one.claim.said, one.claim.words)
        and _any_denied(one.ground.said, range(len(one.ground.said.parse.tokens)))
    ):
        return ""
    if (mine + theirs + one.turns) % 2:
        return "the passage says that it is not so" if theirs else "the passage says that it is so"
    return "" if mine or theirs else _nothing_of(one)


def _nothing_of(one: Aligned) -> str:
    """Find a noun of which the ground says "no" or "without" and the assertion does not."""
    if one.claim.lemmas & (_NOTHING | {"without", "free", "lack"}):
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
    theirs = int(any(word in _NOTHING for cell in cells for word in cell))
    if (mine + theirs + one.turns) % 2:
        return "the row says that it is not so" if theirs else "the row says that it is so"
    return ""


def otherwise_within(one: Aligned) -> str:
    """Say that a clause within is denied in the one and not in the other."""
    mine, theirs = one.claim.said, one.ground.said
    for own in mine.propositions:
        infinite = mine.parse.tokens[own.verb].tag in ("VBG", "VB") and not own.modal
        if own.verb not in one.claim.words or not mine.telling(own.verb) or infinite:
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


def _denied(said: Spoken, words: Iterable[int], *, negated: bool) -> int:
    """Count denials: that of the verb, and of what is unable or without."""
    lemmas = [said.parse.tokens[i].lemma for i in words]
    pairs = zip(lemmas, [*lemmas[1:], ""], strict=True)
    if any(one in ("not", "n't") and two in ("only", "all", "every", "just") for one, two in pairs):
        return 0
    return int(negated or "nor" in lemmas or "cannot" in lemmas)


def _any_denied(said: Spoken, words: Iterable[int]) -> bool:
    return any(said.parse.tokens[i].lemma in _NOTHING for i in words)


def too_firm(one: Aligned) -> str:
    """Say that the ground says it less firmly, or more."""
    clause = one.clause
    if clause is None:
        return ""
    if one.claim.proposition is None:
        return ""
    claim = (one.claim.proposition, *one.claim.said.within(one.claim.proposition))
    mine, theirs = _firmest(one.claim.said, claim), _their_modal(one)
    if theirs == "may" and mine in ("", "must", "will") and not _has(one.claim.lemmas, _PART):
        return "the passage only says that it may be so; say “may”"
    if mine == "must" and theirs in ("", "may", "can", "should") and not _ordered(one):
        return "the passage does not say that it must be so"
    if mine == "should" and theirs in ("may", "can"):
        return "the passage does not recommend it"
    if {"only"} <= one.claim.lemmas & one.ground.said.lemmas:
        return ""
    if theirs == "must" and mine in ("may", "can", "should"):
        return "the passage says that it must be so; say “must”"
    return ""


def _their_modal(one: Aligned) -> str:
    return _firmest(one.ground.said, one.outer)


def _firmest(said: Spoken, found: Iterable[Proposition]) -> str:
    """Return how firmly propositions say something, the one within first."""
    for one in found:
        if modal := _modal(said, one):
            return modal
    return ""


def _modal(said: Spoken, one: Proposition) -> str:
    parse = said.parse
    around = [one.verb, *parse.children(one.verb, "acomp", "advmod", "oprd")]
    words = {parse.tokens[i].lemma for i in around}
    if one.modal in ("must", "shall") or words & _MUST:
        return "must"
    if one.modal == "should" or words & _SHOULD:
        return "should"
    if one.modal == "may" or words & {"possibly", "perhaps", "likely", "potentially"}:
        return "may"
    if any(parse.tokens[i].text.lower() in ("might", "could")
           for i in parse.children(one.verb, "aux")):  # fmt: skip
        return "may"
    if one.modal == "can" or words & {"possible", "able"}:
        return "can"
    has_to = any(
        parse.tokens[i].lemma == "have" and parse.tokens[one.verb].dep == "xcomp"
        for i in parse.above(one.verb)
    )
    return "must" if has_to else one.modal


def _ordered(one: Aligned) -> bool:
    """Tell whether the ground gives an order, or lists what is asked for."""
    clause = one.clause
    asked = {stem(word) for word in one.ground.context.lower().split()}
    return (clause is not None and (clause.imperative or clause.only)) or bool(
        asked & {stem(word) for word in ("requirements", "prerequisites", "conditions", "required")}
    )


def of_too_many(one: Aligned) -> str:
    """Say that the ground speaks of a part, or of no more than some."""
    tokens = one.ground.said.parse.tokens
    theirs = [
        i for i in one.clause_words
        if tokens[i].lemma in _PART and (i == 0 or tokens[i].text[0].islower())
    ]  # fmt: skip
    mine = one.claim.lemmas
    for i in theirs:
        if not _limits(one, i):
            continue
        if not _has(mine, _PART | _MAY) and not _not_all(one.claim.said):
            word = one.ground.said.parse.tokens[i].text
            return f"the passage says so of a part; keep “{word}”"
    unsaid = [word for word in mine & _ALL if not _says_all(one, word)]
    if unsaid:
        return f"the passage does not say “{min(unsaid)}”"
    return ""


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
        one in _NOTHING and two in _ALL
        for one, two in pairwise(token.lemma for token in said.parse.tokens)
    )


def _says_all(one: Aligned, word: str) -> bool:
    lemmas = one.ground.said.lemmas
    if word == "any" or (word == "matter" and "matter" in lemmas):
        return bool(one.claim.lemmas & (_NOTHING | _MAY)) or bool(lemmas & (_ALL | _NOTHING))
    if word in ("each", "every") and "per" in lemmas:
        return True
    if word in ("each", "every") and any(v.unit for v in one.claim.said.values):
        return True
    if one.claim.lemmas & {"not", "n't"} and word != "never":
        return True
    strong = _ALL - {"any", "each", "guarantee"}
    return bool(lemmas & (strong if word not in ("any", "each") else _ALL)) or (
        word == "never" and bool(lemmas & (_NOTHING | _ONLY))
    ) or (word in ("exclusively",) and bool(lemmas & _ONLY))  # fmt: skip


def only_unsaid(one: Aligned) -> str:
    """Say that the ground does not restrict what is asserted."""
    mine = one.claim.lemmas & _ONLY
    if not mine or "not" in one.claim.lemmas or "n't" in one.claim.lemmas:
        return ""
    theirs = one.ground.said.lemmas | {w.lower() for w in one.ground.context.split()}
    if "one" in one.claim.lemmas:
        return ""
    capped = any(v.bound < 0 for v in one.ground.said.values)
    if capped or theirs & _RESTRICTS or theirs & {"until"} or one.claim.lemmas & _LISTED:
        return ""
    return f"the passage does not say “{min(mine)}”"


def beyond(one: Aligned) -> str:
    """Say that the ground allows nothing beyond what it says."""
    words = {"beyond", "besides", "additional", "also", "more"}
    if one.ground.said.lemmas & {"only", "solely"} and one.claim.lemmas & words - (
        one.ground.said.lemmas
    ):
        return "the passage says “only”"
    return ""


def another_time(one: Aligned) -> str:
    """Say that what is asserted was, will be or is being tried, not is."""
    clause, claim = one.clause, one.claim.proposition
    if clause is None or claim is None:
        return ""
    mine, theirs = one.claim.said, one.ground.said
    own = {theirs.parse.tokens[i].lemma for i in one.clause_words}
    own |= {theirs.parse.tokens[i].text.lower() for i in one.clause_words}
    said = mine.lemmas | {token.text.lower() for token in mine.parse.tokens}
    if own & _PREVIEW and not said & _PREVIEW:
        return "the passage says that it is in preview"
    if said & _PREVIEW and not one.ground.text.lower().split() and not own & _PREVIEW:
        return "the passage does not speak of a preview"
    if "progress" in theirs.lemmas and not said & _COMING:
        return "the passage says that it is in progress"
    if any(other.lemma in _TRYING for other in one.outer) and not said & (_COMING | _TRYING):
        return "the passage says that it is planned"
    if {"in", "process", "of"} <= own and "process of" in theirs.text and not _going_on(mine):
        return "the passage says that it is in progress"
    if own & {"planned", "upcoming", "soon", "roadmap"} | ({"plan", "work"} & _verbs(one)) and not (
        said & (_COMING | {"will", "work", "toward", "towards"})
    ):
        return "the passage says that it is planned"
    return _tense(one)


def _verbs(one: Aligned) -> set[str]:
    parse = one.ground.said.parse
    return {
        parse.tokens[i].lemma for i in one.clause_words
        if parse.tokens[i].tag == "VBG" or (parse.tokens[i].tag == "VBP" and i == 1)
    }  # fmt: skip


def _going_on(said: Spoken) -> bool:
    return any(token.tag == "VBG" for token in said.parse.tokens) or bool(said.lemmas & _COMING)


def _tense(one: Aligned) -> str:
    if not one.surely or one.clause is None or one.claim.proposition is None:
        return ""
    mine, theirs = _is_past(one.claim.said, one.claim.proposition), _was(one)
    if mine and one.clause.modal == "will":
        return "the passage says that it will be so, not that it was"
    if theirs and one.claim.proposition.modal == "will":
        return "the passage says that it was so, not that it will be"
    if theirs and not one.claim.proposition.past and one.claim.proposition.link is Link.MAIN:
        return "the passage says that it was so, not that it is"
    return ""


def _was(one: Aligned) -> bool:
    """Tell whether the clause that was found says "was", and no participle is taken for it."""
    if one.clause is None or not one.clause.past:
        return False
    parse, verb = one.ground.said.parse, one.clause.verb
    if any(parse.tokens[i].tag == "VBD" for i in parse.children(verb, "aux", "auxpass")):
        return True
    return parse.tokens[verb].tag == "VBD" and bool(parse.children(verb, "nsubj"))


def _is_past(said: Spoken, one: Proposition) -> bool:
    return one.past and not one.passive and not one.modal and one.link is Link.MAIN and (
        said.parse.tokens[one.verb].tag == "VBD"
    )  # fmt: skip


def _has(lemmas: Iterable[str], group: frozenset[str]) -> bool:
    return any(one in group for one in lemmas)


def tells(text: str) -> bool:
    """Tell whether a text has a word that says something."""
    return any(map(is_content, text.split()))
