"""What is said where the documents do not say what is asked."""

from __future__ import annotations

from assistant import wording
from assistant.reasoning.findings import NoDocument


def no_document_said(finding: NoDocument) -> str:
    """Say that no document is about something, or says it, and what they are about."""
    names = _listed(finding.names, "or")
    nothing = wording.NO_DOCUMENT.format(names=names) if names else wording.NOT_STATED
    covered = _listed(finding.covered, "" if finding.more else "and")
    if not covered:
        return nothing
    form = wording.COVERED_AND_MORE if finding.more else wording.COVERED
    return f"{nothing} {form.format(covered=covered, more=finding.more)}"


def _listed(names: tuple[str, ...], joint: str) -> str:
    if len(names) < 2 or not joint:
        return ", ".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
