"""Whether an assertion speaks of the same time as its ground: of what is, was, or is planned."""

from __future__ import annotations

from assistant.verification.checks.alignment import Aligned
from assistant.verification.reading.spoken import Spoken
from corpus.language.propositions import Link, Proposition

_COMING = frozenset(
    "plan soon upcoming progress delay expect intend future roadmap coming working process "
    "eventually scheduled begin start ongoing underway".split()
)
_TRYING = frozenset("work plan intend aim expect try hope".split())
_NO_MORE = ("no longer", "used to", "not anymore", "any longer", "formerly", "previously")
_ENDING = frozenset(
    "long longer anymore former formerly previously until retire deprecate discontinue replace "
    "stop end cease legacy old delete remove erase disable lose change move expire block".split()
)
_PREVIEW = frozenset("preview beta pre-release prerelease trial".split())


def another_time(one: Aligned) -> str:
    """Say that what is asserted was, will be or is being tried, not is."""
    clause, claim = one.clause, one.claim.proposition
    if clause is None or claim is None:
        return ""
    mine, theirs = one.claim.said, one.ground.said
    own = {theirs.parse.tokens[i].lemma for i in one.clause_words}
    own |= {theirs.parse.tokens[i].text.lower() for i in one.clause_words}
    said = mine.lemmas | {token.text.lower() for token in mine.parse.tokens}
    return _ended(one) or _trial(one, own, said) or _underway(one, own, said) or _tense(one)


def _ended(one: Aligned) -> str:
    text = f" {one.claim.text.lower()} "
    if not any(f" {word} " in text for word in _NO_MORE):
        return ""
    theirs = one.ground.said
    past = any(other.past and not other.passive for other in theirs.propositions)
    if past or theirs.lemmas & _ENDING:
        return ""
    return "the passage does not say that it ended"


def _trial(one: Aligned, own: set[str], said: frozenset[str]) -> str:
    if own & _PREVIEW and not said & _PREVIEW:
        return "the passage says that it is in preview"
    around = {word.strip(".,():").lower() for word in one.ground.text.split()}
    if said & _PREVIEW and not around & _PREVIEW:
        return "the passage does not speak of a preview"
    return ""


def _underway(one: Aligned, own: set[str], said: frozenset[str]) -> str:
    theirs = one.ground.said
    if "progress" in theirs.lemmas and not said & _COMING:
        return "the passage says that it is in progress"
    if (
        {"in", "process", "of"} <= own
        and "process of" in theirs.text
        and not _going_on(one.claim.said)
    ):
        return "the passage says that it is in progress"
    trying = any(other.lemma in _TRYING for other in one.outer) and not said & (_COMING | _TRYING)
    planned = own & {"planned", "upcoming", "soon", "roadmap", "future"} | (
        {"plan", "work"} & _verbs(one)
    )
    if trying or (planned and not said & (_COMING | {"will", "work", "toward", "towards"})):
        return "the passage says that it is planned"
    return ""


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
