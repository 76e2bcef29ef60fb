"""Yes, No and It depends in words."""

from __future__ import annotations

from assistant import wording
from assistant.draft import DraftSentence, Evidence
from assistant.reasoning.findings import CaseFound, Depends, Said, Whether


def whether_said(finding: Whether | Depends) -> tuple[DraftSentence, ...]:
    """Return a finding as the sentences of an answer, the deciding word first."""
    if isinstance(finding, Whether):
        return tuple(_because(finding.answer.value, one) for one in finding.because[:2])
    return ()


def _because(first: str, said: Said) -> DraftSentence:
    return DraftSentence(said.text, said.evidence, lead=first)
