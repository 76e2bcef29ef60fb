"""What a row takes for granted: "If data is stored outside the EU, name …", "If yes, where?".

Where the documents deny it, the row asks of a case that there is not, and its drop-down gets the
value for that. Only a proved answer denies: a premise about the asker, of "all" or "only", or one
that is itself denied is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.triage.allowed_value import Decision, allowed_value
from assistant.triage.answer_grounds import first_word
from assistant.triage.types import Assessed, Triage, Triaged
from corpus.language.parsing import Parse, parse_one

YES_NO = ("Yes", "No")
"""Values of the drop-down by which a premise is asked."""
_SURE = 0.8
"""Confidence of the answer to a premise below which it denies nothing."""
_IF_YES = re.compile(r"if (?:yes|so|true|the answer is yes)\b", re.IGNORECASE)
_IF_NO = re.compile(r"if (?:no|not|false|the answer is no)\s*[,:;–—-]", re.IGNORECASE)
_OWN = re.compile(r"(?:if|where|when) (?P<said>[^,?;]+), (?=\S+ \S)", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\(?\d+(?:\.\d+)*[.)]?|\(?[a-z][.)])\s+", re.IGNORECASE)
_QUOTES = str.maketrans("", "", "\"'“”‘’")
_YOU = re.compile(r"you (?=\w)", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\b(?:all|every|always|never|only|solely|exclusively|any|no)\b", re.I)
_ASKERS = frozenset(
    "customer client tenant user we our i organization organisation company it they this that "
    "subscription account mailbox one".split()
)
"""Subjects of a premise that the documents cannot deny: who asks and what they have, or a word
that stands for something said before."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What a row takes for granted, as a question of its own."""

    question: str
    denied_by: str
    """Of YES_NO, the answer with which the row has nothing to ask."""


def premise_of(row: str, earlier: str = "") -> Premise | None:
    """Return what a row takes for granted; None where it takes nothing that could be denied.

    `earlier` is the question that it goes on from, empty for none.
    """
    said = _NUMBER.sub("", row).strip()
    for opening, denied_by in ((_IF_YES, "No"), (_IF_NO, "Yes")):
        if opening.match(said.translate(_QUOTES)):
            # What goes on from a follow-up has no question to be asked by itself.
            return Premise(earlier, denied_by) if earlier and not _leans(earlier) else None
    found = _OWN.match(said)
    return Premise(_asked(found["said"]), "No") if found and _says(found["said"]) else None


def not_applicable(premise: Premise, found: Assessed, allowed: Sequence[str]) -> Assessed | None:
    """Return a row as one that does not apply, with the sentence that denies its premise; None
    where the answer to the premise proves no such thing.
    """
    answer, triaged = found.answer, found.triaged
    proved = triaged.triage is Triage.ANSWERED and bool(answer.derivation)
    if not proved or triaged.confidence < _SURE or triaged.value != premise.denied_by:
        return None
    value = allowed_value(Decision.NOT_APPLICABLE, allowed)
    if first_word(answer.text) != {"Yes": wording.YES, "No": wording.NO}[triaged.value]:
        return None
    told = wording.ROW_NOT_APPLICABLE.format(premise=premise.question)
    return Assessed(answer, Triaged(Triage.ANSWERED, triaged.confidence, value, told))


def has_not_applicable(allowed: Sequence[str]) -> bool:
    """Tell whether a drop-down has one value for a question that does not apply."""
    return bool(allowed_value(Decision.NOT_APPLICABLE, allowed))


def _leans(row: str) -> bool:
    said = _NUMBER.sub("", row).strip().translate(_QUOTES)
    return bool(_IF_YES.match(said) or _IF_NO.match(said))


def _asked(said: str) -> str:
    """Return a premise as a row that asks whether it is so."""
    return f"{_YOU.sub('Do you ', said, count=1)}?" if _YOU.match(said) else _upper_first(said)


def _upper_first(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def _says(said: str) -> bool:
    """Tell whether a clause says something of the world that documents could deny."""
    if _HOW_MUCH.search(said):
        return False
    parse = parse_one(_upper_first(said))
    if any(token.dep == "neg" for token in parse.tokens):
        return False
    subjects = [parse.tokens[at] for root in parse.roots() for at in _subjects(parse, root)]
    if _YOU.match(said):
        # "You are …": to be asked by "are", and seldom of data.
        return bool(subjects) and not re.match(r"you (?:are|were|have been)\b", said, re.I)
    return bool(subjects) and not any(one.lemma.lower() in _ASKERS for one in subjects)


def _subjects(parse: Parse, root: int) -> tuple[int, ...]:
    return tuple(parse.children(root, "nsubj", "nsubjpass"))
