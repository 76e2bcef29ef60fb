"""Members of a set in a sentence: how many of how many, then their names."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import wording
from assistant.draft import DraftSentence, Evidence
from assistant.reasoning.findings import Member, Members, NotNamed
from assistant.reasoning.members import listed
from corpus.language.quantities import NUMBERS

_MOST = 30
"""Names of members that are said."""
_MOST_COUNTED = 15
"""Names that are said where the number is what was asked."""
_WHERE = ("in ", "not in ", "only in ", "outside ")
"""What says where members lie, and names none."""
_NAMED = 6
"""Names of a set that lacks what is asked for."""
_BOTH = 2
_WORDS = {number: word for word, number in NUMBERS.items() if number <= 12}


def members_said(finding: Members | NotNamed) -> tuple[DraftSentence, ...]:
    """Return the sentence that says a finding about a set."""
    return (_members(finding) if isinstance(finding, Members) else _not_named(finding),)


def _members(finding: Members) -> DraftSentence:
    most = _MOST_COUNTED if finding.asked_number else _MOST
    # One left over is named: "and 1 more" is as long.
    shown = finding.members[: most + (len(finding.members) == most + 1)]
    evidence = _evidence(finding.members) or tuple(
        one for step in finding.steps for one in step.evidence
    )
    if not finding.total:
        head, _, where = finding.title.partition(" ")
        what = f"{head} listed" if where else "listed"
        said = f"None of the {finding.of} {what} is {where or finding.title}."
        return DraftSentence(said, evidence)
    names = listed([_name(one) for one in shown])
    if finding.total > len(shown):
        names = listed([*(_name(one) for one in shown), f"{finding.total - len(shown)} more"])
    besides = f" {finding.of_these}" if finding.of_these else ""
    if finding.left_out:
        besides += f" Not: {listed([_name(one) for one in finding.left_out[:_MOST]])}."
    return DraftSentence(f"{_count(finding)}: {names}.{besides}", evidence)


def _count(finding: Members) -> str:
    if finding.of > finding.total:
        return f"{number(finding.total).capitalize()} of the {finding.of}"
    if finding.total == 1:
        return "One"
    if finding.total == _BOTH and not finding.asked_number:
        return "Both"
    return (
        f"All {number(finding.total)}"
        if not finding.asked_number
        else number(finding.total).capitalize()
    )


def number(count: int) -> str:
    """Return a number as it is read: in words up to twelve."""
    return _WORDS.get(count, str(count))


def _name(member: Member) -> str:
    return f"{member.name} ({member.detail})" if member.detail else member.name


def _evidence(members: Iterable[Member]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(part for member in members for part in member.evidence))


def _not_named(finding: NotNamed) -> DraftSentence:
    shown = finding.named[:_NAMED]
    names = [_name(one) for one in shown]
    more = finding.total - len(shown)
    mark = "; " if any("," in name for name in names) else ", "
    said = f"{mark.join(names)} and {more} more" if more > 0 else listed(names)
    where = finding.what.startswith(_WHERE)
    lead = wording.NO if finding.denies else ""
    none = "none" if lead else "None"
    head = (
        f"{none} of the {finding.total} listed is {finding.what}" if where
        else f"{finding.what} is not among the {finding.total} listed"
    )  # fmt: skip
    evidence = dict.fromkeys((*finding.evidence, *_evidence(shown)))
    return DraftSentence(f"{head}: {said}.", tuple(evidence), lead=lead)
