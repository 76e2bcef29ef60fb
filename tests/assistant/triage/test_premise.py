"""Rows that take something for granted: what that is, and the value where documents deny it."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.triage import Assessed, Premise, Triage, premise_of
from assistant.types import Asking, RowAbout

_ALLOWED = ("Yes", "No", "N/A")
_MOVED = "Can public folders be moved to satellite geo locations?"


@pytest.mark.parametrize(
    ("row", "earlier", "question", "denied_by"),
    [
        ("If data is stored outside the EU, name the countries.", "",
         "Data is stored outside the EU.", "No"),
        ("2.1 Where backups leave the EU, say why.", "", "Backups leave the EU.", "No"),
        ("If you store data abroad, where is it?", "", "Do you store data abroad?", "No"),
        ("If yes, where?", _MOVED, _MOVED, "No"),
        ("If “Yes”, where?", _MOVED, _MOVED, "No"),
        ("If no, is it planned?", _MOVED, _MOVED, "Yes"),
    ],
)  # fmt: skip
def test_what_a_row_takes_for_granted_is_a_question_of_its_own(
    row: str, earlier: str, question: str, denied_by: str
) -> None:
    assert premise_of(row, earlier) == Premise(question, denied_by)


@pytest.mark.parametrize(
    ("row", "earlier"),
    [
        ("Where is data stored?", ""),
        ("If our tenant is in Norway, where is data stored?", ""),
        ("Where customers are located in Japan, where is data stored?", ""),
        ("If all data stays in Europe, state the countries.", ""),
        ("If data is not stored in Europe, where is it?", ""),
        ("If applicable, name the countries.", ""),
        ("If yes, where?", ""),
        ("If yes, since when?", "If yes, where?"),
        ("If you are certified, name the certificate.", ""),
    ],
)
def test_what_documents_cannot_deny_is_left_alone(row: str, earlier: str) -> None:
    assert premise_of(row, earlier) is None


def _assessed(
    assistant: Assistant, row: str, earlier: str = "", allowed: tuple[str, ...] = _ALLOWED
) -> Assessed:
    owner, thread = "", None
    if earlier:
        owner, thread = f"test-premise-{row}", "row"
        assistant.ask(earlier, thread=thread, owner=owner, clarify=False)
    about = RowAbout("Exchange Online")
    return assistant.assess(Asking(row, thread, owner, clarify=False, about=about), allowed)


@pytest.mark.parametrize(
    ("row", "earlier"),
    [
        ("If public folders can be moved to satellite geo locations, name the locations.", ""),
        ("If yes, name the locations.", _MOVED),
    ],
)
def test_a_row_whose_premise_is_denied_does_not_apply(
    assistant: Assistant, row: str, earlier: str
) -> None:
    found = _assessed(assistant, row, earlier)
    assert (found.triaged.triage, found.triaged.value) == (Triage.ANSWERED, "N/A")
    assert found.answer.question == row
    assert found.answer.text.startswith("No: You can't move public folders")
    assert "asks of a case that there is not" in found.triaged.reason


@pytest.mark.parametrize(
    ("row", "earlier", "allowed"),
    [
        ("If no, explain why.", _MOVED, _ALLOWED),
        ("If yes, name the locations.", _MOVED, ("Yes", "No")),
        ("If yes, how?", "Can a shared mailbox be assigned to a Satellite Geography?", _ALLOWED),
    ],
)
def test_a_row_whose_premise_holds_or_is_not_decided_gets_no_such_value(
    assistant: Assistant, row: str, earlier: str, allowed: tuple[str, ...]
) -> None:
    assert _assessed(assistant, row, earlier, allowed).triaged.value != "N/A"
