"""A finding as a draft: the answer first, in one to three sentences, each on its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import wording
from assistant.draft import Draft, DraftSentence, Form
from assistant.reasoning.findings import (
    Depends,
    Difference,
    Finding,
    Members,
    NoDocument,
    NotNamed,
    NotStated,
    Value,
    Whether,
)
from assistant.reasoning.saying.members_said import members_said
from assistant.reasoning.saying.not_known_said import no_document_said
from assistant.reasoning.saying.parts_said import PartSaid, parts_said
from assistant.reasoning.saying.values_said import not_stated, value_said
from assistant.reasoning.saying.whether_said import whether_said
from assistant.reasoning.values import asked_indirectly
from assistant.types import AnswerKind, Verdict


def say(finding: Finding) -> Draft:
    """Return what is said of a finding; its steps tell how it follows."""
    match finding:
        case NoDocument():
            # Without a name there is nothing that documents could be about.
            kind = AnswerKind.NOT_COVERED if finding.names else None
            return Draft(Verdict.ABSTAINED, (), opening=no_document_said(finding), kind=kind)
        case NotStated():
            near = tuple(replace(one, form=Form.DERIVED) for one in value_said(finding))
            return Draft(Verdict.ABSTAINED, near, opening=_opening(finding))
        case _:
            sentences = tuple(replace(one, form=Form.DERIVED) for one in _sentences(finding))
            return Draft(Verdict.ANSWERED, sentences, steps=finding.steps)


def say_parts(questions: Sequence[str], drafts: Sequence[Draft]) -> Draft:
    """Return one answer to several questions of the answers to each."""
    several = zip(questions, drafts, strict=True)
    return parts_said([PartSaid(asked_indirectly(asked), draft) for asked, draft in several])


def _opening(finding: NotStated) -> str:
    """Say what is not stated; of what cannot be told in words of its own, that nothing is."""
    if finding.wanted:
        return not_stated(finding)
    near = wording.NEAREST_SECTION.format(section=finding.section) if finding.section else ""
    return f"{wording.NOT_STATED} {near}".strip()


def _sentences(
    finding: Whether | Depends | Members | Value | Difference | NotNamed,
) -> tuple[DraftSentence, ...]:
    match finding:
        case Whether() | Depends():
            return whether_said(finding)
        case Value() | Difference():
            return value_said(finding)
        case _:
            return members_said(finding)
