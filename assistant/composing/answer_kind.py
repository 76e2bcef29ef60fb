"""Of which kind an answer is: told by how it was made, and not by how its text reads."""

from __future__ import annotations

from assistant import wording
from assistant.draft import Draft, DraftSentence, Form
from assistant.types import AnswerKind, Verdict


def kind_of(draft: Draft) -> AnswerKind | None:
    """Return the kind of a verified draft; None where its verdict says all.

    What names places that no document names stands before the answer and is none.
    """
    if draft.verdict is not Verdict.ANSWERED:
        return draft.kind
    first = next((one for one in draft.statements if one.form is not Form.ABSENCE), None)
    return AnswerKind.DEPENDS if first is not None and _depends(first) else draft.kind


def kind_of_words(text: str) -> AnswerKind | None:
    """Return the kind of an answer that somebody else wrote, of which only the words are known."""
    return AnswerKind.DEPENDS if text.startswith(wording.DEPENDS) else None


def _depends(statement: DraftSentence) -> bool:
    if statement.form is Form.WRITTEN and not statement.lead:
        return kind_of_words(statement.text) is AnswerKind.DEPENDS
    return statement.lead == wording.DEPENDS
