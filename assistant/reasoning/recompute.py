"""A derived answer is derived again, and each of its sentences held against its passages.

Nothing of the derivation has to be trusted: what is shown comes out again from the same question
and the same documents, what is cited says what is shown of it, and every name and number stands in
a passage, in the question, in what the document is called, or in a step that names a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import wording
from assistant.draft import Draft, DraftSentence
from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Difference, Finding, Members, NotNamed
from assistant.reasoning.known import Known
from assistant.reasoning.reason import reason
from index.searching.reader import IndexReader

_NAME_OR_NUMBER = re.compile(r"\d[\w.,/-]*\w|\d|(?<![.!?:] )(?<!^)\b[A-Z][\w-]+")
_SHOWN = re.compile(r"\(" + wording.SHOWN_OF_ALL.format(shown=r"\d+", all=r"\d+") + r"\)")
_BARE = re.compile(r"[^\w/-]+")


def why_not_derived(finding: Finding, draft: Draft, ask: Ask, known: Known) -> str:
    """Return why a finding or what is said of it does not follow; empty where it does."""
    if reason(ask, known) != finding:
        return "it does not come out again"
    told = " ".join((ask.question, *(step.said for step in draft.steps), *counted(finding)))
    return why_not_named(draft, told, known.index)


def why_not_named(draft: Draft, told: str, index: IndexReader) -> str:
    """Return which names and numbers of a draft none of its passages has, nor what is told
    besides; empty where all stand somewhere.
    """
    for sentence in draft.statements:
        if not sentence.evidence:
            return "a sentence stands on no passage"
        whose = " ".join(index.documents[one.document].about.words for one in sentence.evidence)
        if strange := _strange(sentence, f"{told} {whose}"):
            return f"nothing names {', '.join(strange)}"
    return ""


def counted(finding: Finding) -> Iterator[str]:
    """Yield the numbers and places that a set was counted by: derived, and in no passage."""
    if isinstance(finding, Members):
        yield from (str(finding.total), str(finding.of), finding.title, finding.of_these)
        yield str(finding.total - len(finding.members))
    if isinstance(finding, NotNamed):
        yield str(finding.total)
        yield from (str(finding.total - n) for n in range(1, len(finding.named) + 1))
    if isinstance(finding, Difference):
        told = (said.text for side in finding.sides for said in side.said)
        yield from (text for text in told if text.isdigit())


def _strange(sentence: DraftSentence, told: str) -> list[str]:
    """Return the names and numbers of a sentence that none of its sources has."""
    shown = (part for one in sentence.evidence for part in (one.shown, *one.path))
    known = _folded(" ".join((told, *shown)))
    # How much of a list is shown is counted, and comes out again with the finding.
    text = _SHOWN.sub("", sentence.text)
    said = {match[0] for match in _NAME_OR_NUMBER.finditer(text)}
    return sorted(one for one in said if _folded(one).strip() not in known)


def _folded(text: str) -> str:
    return " " + _BARE.sub(" ", text).casefold() + " "
