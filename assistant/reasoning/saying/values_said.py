"""A value, a difference, or that nothing is stated, in sentences: the answer first."""

from __future__ import annotations

from assistant import wording
from assistant.draft import DraftSentence
from assistant.reasoning.findings import Difference, NotStated, Said, Side, Value


def value_said(finding: Value | Difference | NotStated) -> tuple[DraftSentence, ...]:
    """Return a finding as one to three sentences with what they stand on."""
    if isinstance(finding, Value):
        return tuple(_sentence(one, finding.lead if not n else "") for n, one in
                     enumerate(finding.said))  # fmt: skip
    if isinstance(finding, Difference):
        return _difference(finding)
    return tuple(
        DraftSentence(wording.NEARBY.format(said=one.text), one.evidence) for one in finding.nearby
    )


def _difference(finding: Difference) -> tuple[DraftSentence, ...]:
    """Return what follows from both sides where something does, else one side after the other."""
    if not finding.concluded:
        return tuple(map(_side, finding.sides))
    every = (part for side in finding.sides for one in side.said for part in one.evidence)
    return (DraftSentence(finding.concluded, tuple(dict.fromkeys(every))),)


def not_stated(finding: NotStated) -> str:
    """Return that something is not stated, as an answer begins with it."""
    said = wording.WANTED_NOT_STATED.format(wanted=finding.wanted)
    return (
        f"{said} {wording.NEAREST_SECTION.format(section=finding.section)}"
        if finding.section
        else said
    )


def _sentence(one: Said, lead: str) -> DraftSentence:
    return DraftSentence(one.text, one.evidence, lead=lead)


def _side(side: Side) -> DraftSentence:
    text = " ".join(one.text for one in side.said)
    evidence = tuple(dict.fromkeys(part for one in side.said for part in one.evidence))
    return DraftSentence(text, evidence, lead=side.name)
