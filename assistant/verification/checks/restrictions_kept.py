"""Whether what limits a ground is kept, and whether no limit is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verification.checks.alignment import Aligned
from assistant.verification.reading.spoken import tokens
from assistant.verification.reading.words import concepts, is_content, is_neutral
from corpus.facts.conditions import Limits
from corpus.facts.types import Condition
from corpus.places import Gazetteer

UNDER_A_CONDITION = "the passage says so under a condition"
_KEPT = 0.5
"""Share of the words of a limit that a sentence has to say."""
_ALIKE = 0.75
"""Share of the words of two limits by which they are one, or one the contrary of the other."""
_OPEN = re.compile(r"\b(?:except|unless|excluding|with the exception of)\W+(?:\w+\W+){0,3}\Z", re.I)
_AGAINST = frozenset({"unless", "except", "without", "until"})
_DENYING = frozenset("not no never without lack lacks disagree differ differs mismatch".split())
_EXCEPTING = frozenset({"except", "exception", "apart", "aside", "unless", "other", "save",
                        "not", "n't", "no", "without", "exclude", "outside", "only", "but",
                        "however"})  # fmt: skip
_OUT_OF = frozenset({"not", "n't", "no", "outside"})
"""Words that deny, or say where, and name no exception."""
_AS_IT_COMES = frozenset("available applicable necessary possible required needed any".split())
"""What limits little: "when available"."""
_SOFT = frozenset("may might typically generally usually default".split())
_LEADING = frozenset("if unless when except until once while where after before".split())
_ALWAYS = frozenset("always any all anywhere everywhere every matter".split())
_WHATEVER = frozenset({"regardless", "irrespective", "even", "whatever", "wherever"})


def dropped(one: Aligned, asked: frozenset[str], gazetteer: Gazetteer) -> str:
    """Return a limit of the ground that the sentence and its question leave out."""
    if one.clause is None:
        return ""
    said = one.ground.said
    limits = said.limits(one.clause, gazetteer)
    whole = one.claim.said.concepts | asked
    for limit in (*limits.conditions, *limits.exceptions):
        if not _is_kept(limit, whole, one, limits.exceptions):
            lead = f"{limit.lead} " if limit.lead else ""
            return f"{UNDER_A_CONDITION}; add “{lead}{limit.text}”"
    return _excepted_below(one) or _told_apart(one, whole)


def _excepted_below(one: Aligned) -> str:
    """Say that a ground makes exceptions in a list that follows, where a sentence makes none:
    "will not leave the geo except when:".
    """
    if not one.surely or not _OPEN.search(one.ground.said.text):
        return ""
    if one.claim.said.lemmas & (_EXCEPTING - _OUT_OF):
        return ""
    return "the passage makes exceptions; add what they are, or “except”"


def _told_apart(one: Aligned, whole: frozenset[str]) -> str:
    """Return a clause that tells apart what the ground speaks of and that is left out."""
    parse, clause = one.ground.said.parse, one.clause
    if clause is None or not one.surely:
        return ""
    heads = [p.head for p in (clause.subject, *clause.objects) if p is not None]
    matched = {k for found in one.pairs.values() for k in found}
    for relative in one.ground.said.propositions:
        token = parse.tokens[relative.verb]
        if token.dep != "relcl" or token.head not in heads or token.head not in matched:
            continue
        within = parse.below(relative.verb)
        if parse.tokens[min(within) - 1].text == ",":
            continue
        own = [i for i in within if one.ground.said.telling(i)]
        if own and not any(one.ground.said.meant[i] & whole for i in own):
            return f"the passage says so of some alone; add “{parse.words(within)}”"
    return ""


def _is_kept(
    limit: Condition, whole: frozenset[str], one: Aligned, exceptions: Sequence[Condition]
) -> bool:
    words = [word for word in tokens(limit.text) if is_content(word)]
    own = [w for w in words if not is_neutral(w)] or words
    if limit in exceptions:
        denying = {"not", "n't", "no"} if one.claim.negated else set()
        return bool(one.claim.said.lemmas & (_EXCEPTING - denying))
    if _says_little(limit, own):
        return True
    elsewhere = _meant_outside(limit, one)
    own = [w for w in own if not concepts(w) & elsewhere] or own
    if one.claim.lemmas & _SOFT and not limit.only:
        return True
    kept = sum(bool(concepts(word) & whole) for word in own)
    if kept and (limit.places or _has_limit(one, limit)):
        return True
    return kept >= _KEPT * len(own)


def _says_little(limit: Condition, own: Sequence[str]) -> bool:
    """Tell whether a limit says where or with what, or is one word: "when available"."""
    if limit.lead.split()[:1] in (["in"], ["with"], ["at"], ["on"]) or not own:
        return True
    return len(own) == 1 and own[0].lower() in _AS_IT_COMES


def _has_limit(one: Aligned, limit: Condition) -> bool:
    """Tell whether the sentence has a clause that is led in as a limit is."""
    leads_in = set(limit.lead.split())
    words = {token.text.lower() for token in one.claim.said.parse.tokens}
    return bool(leads_in & _LEADING & words)


def _meant_outside(limit: Condition, one: Aligned) -> frozenset[str]:
    """Return what the clause means without a limit of it."""
    said = one.ground.said
    inside = set(said.parse.at(*limit.span)) if limit.span else set()
    return frozenset().union(*(said.meant[i] for i in one.clause_words if i not in inside))


def made_up(one: Aligned, asked: frozenset[str], gazetteer: Gazetteer) -> str:
    """Return a limit of the sentence that the ground does not have, or has the other way."""
    claim = one.claim.proposition
    if claim is None:
        return ""
    said = one.claim.said
    limits = said.limits(claim, gazetteer)
    for limit in (*limits.conditions, *limits.exceptions):
        words = [w for w in tokens(limit.text) if is_content(w)]
        own = [w for w in words if not is_neutral(w)]
        # "if you do so" names nothing of its own.
        pointing = not own and bool(_LEADING & {limit.lead})
        known = one.ground.everything | asked
        said_there = pointing or any(concepts(word) & known for word in own or words)
        if not said_there:
            return f"the passage does not say “{limit.lead} {limit.text}”"
        if _turned(limit, _is_against(limit, limits), one, gazetteer):
            return f"the passage sets the condition otherwise than “{limit.lead} {limit.text}”"
    return ""


def _turned(limit: Condition, against: bool, one: Aligned, gazetteer: Gazetteer) -> bool:
    """Tell whether a limit like it leads its words in with the contrary."""
    mine = frozenset(c for w in tokens(limit.text) if is_content(w) for c in concepts(w))
    said = one.ground.said
    for which in said.propositions:
        found = said.limits(which, gazetteer)
        for other in (*found.conditions, *found.exceptions):
            theirs = frozenset(c for w in tokens(other.text) if is_content(w) for c in concepts(w))
            if len(mine & theirs) < _KEPT * min(len(mine), len(theirs)):
                continue
            much = len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))
            if much and against is not _is_against(other, found):
                return True
            if {_time(limit), _time(other)} == {"before", "after"}:
                return True
    return False


def _is_against(limit: Condition, limits: Limits) -> bool:
    """Tell whether what is said holds where a limit does not."""
    words = limit.text.lower().replace("n't", " not").split()
    denied = bool(_DENYING & set(words))
    against = limit in limits.exceptions or limit.negated or bool(
        set(limit.lead.split()) & _AGAINST
    )  # fmt: skip
    return against is not denied


def _time(limit: Condition) -> str:
    lead = set(limit.lead.split())
    if "before" in lead or "prior" in lead:
        return "before"
    return "after" if lead & {"after", "when", "once", "if", "since", "following"} else ""


def whatever(one: Aligned) -> str:
    """Return what a sentence says not to matter and the ground does not."""
    mine = one.claim.lemmas & _WHATEVER
    if "no matter" in one.claim.said.text.lower():
        mine = mine | {"no matter"}
    if "whether or not" in one.claim.said.text.lower():
        mine = mine | {"whether or not"}
    if not mine or one.ground.said.lemmas & (_WHATEVER | _ALWAYS):
        return ""
    return f"the passage does not say “{min(mine)}”"
