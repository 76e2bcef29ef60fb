"""What is decided on an entry of the review queue: today's answer, the approved one, neither."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import LibraryError
from assistant.library.approving import Approving, of_text, to_keep
from assistant.library.review import Beside, waiting
from assistant.library.types import Approver, Entry, Right
from assistant.settings import Settings
from assistant.types import AnswerScope
from ui.library.review_decision import Decision, beside_today, decide

_ANN, _BEN = Approver("ann", Right.APPROVER), Approver("ben", Right.APPROVER)
_LOGS = "How long are Intune audit logs kept?"
_LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def opened(untouched_home: Path, tmp_path: Path) -> Iterator[Assistant]:
    assistant = Assistant.open(Settings(home=Path(shutil.copytree(untouched_home, tmp_path / "h"))))
    yield assistant
    assistant.close()


def _approved(
    assistant: Assistant, question: str, text: str, day: dt.date, service: str = ""
) -> Entry:
    said = Approving(_ANN, day, AnswerScope(service))
    with assistant.reading() as index:
        kept = to_keep(of_text(question, text, said, index), assistant.library, index)
    assistant.library.keep((kept,), _ANN)
    return assistant.library.entry(kept.approval.id)


def _queue(assistant: Assistant) -> tuple[Beside, ...]:
    with assistant.reading() as index:
        every = waiting(assistant.library, index, dt.date.today())
    return tuple(beside_today(one, assistant, "web:ben") for one in every)


def test_todays_answer_takes_the_place_of_one_that_is_due(opened: Assistant) -> None:
    old = _approved(opened, _LOGS, "For ten years.", _LONG_AGO)
    (seen,) = _queue(opened)
    told = decide(opened, seen, Decision.TODAY, _BEN)
    (new,) = opened.library.entries()
    assert told == f"{new.id}: approved by ben, withdrawn: {old.id}"
    assert "year" in new.approval.text
    assert new.approval.approver == "ben"
    assert new.approval.origin == f"answer {seen.today.id}"
    assert opened.record(seen.today.id).question == _LOGS
    assert new.approval.grounds
    assert f"{new.id} was approved in its place" in opened.library.entry(old.id).withdrawn
    assert _queue(opened) == ()


def test_the_approved_answer_is_kept_and_what_contradicts_it_goes(opened: Assistant) -> None:
    today = dt.date.today()
    kept = _approved(opened, _LOGS, "Audit logs are retained for up to one year.", today)
    rival = _approved(opened, _LOGS, "For ten years.", today)
    seen = next(one for one in _queue(opened) if one.waiting.entry.id == kept.id)
    told = decide(opened, seen, Decision.KEEP, _BEN)
    assert told.startswith(f"{kept.id}: approved by ben, withdrawn: {rival.id}")
    (left,) = opened.library.entries()
    assert (left.id, left.approval.approver, left.against) == (kept.id, "ben", ())


def test_one_that_is_dropped_stands_no_more_and_is_decided_on_once(opened: Assistant) -> None:
    entry = _approved(opened, _LOGS, "For ten years.", _LONG_AGO)
    (seen,) = _queue(opened)
    assert decide(opened, seen, Decision.DROP, _BEN) == f"{entry.id}: withdrawn"
    assert opened.library.entries() == ()
    for decision in Decision:
        with pytest.raises(LibraryError, match="decided on meanwhile"):
            decide(opened, seen, decision, _ANN)


def test_what_stays_in_the_queue_says_why(opened: Assistant) -> None:
    _approved(opened, "Who founded Intune?", "Two friends.", dt.date.today())
    (seen,) = _queue(opened)
    told = decide(opened, seen, Decision.KEEP, _BEN)
    assert told.endswith("No passage of the documents says it")
    with pytest.raises(LibraryError, match="says nothing to approve"):
        decide(opened, _queue(opened)[0], Decision.TODAY, _BEN)


def test_today_is_asked_of_the_service_of_the_entry(opened: Assistant) -> None:
    _approved(opened, "How long are audit logs kept?", "Ten years.", _LONG_AGO, "Microsoft Intune")
    (seen,) = _queue(opened)
    assert {one.document for one in seen.today.citations} == {"intune"}
