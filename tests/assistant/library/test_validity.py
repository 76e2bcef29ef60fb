"""Documents change: which approved answers are void, and what is answered in their place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.library.approving import (
    Approving,
    again,
    body,
    corrected,
    entry_given,
    of_record,
    of_text,
    to_keep,
)
from assistant.library.lookup import matched
from assistant.library.review import Kind, Why, beside, waiting
from assistant.library.transfer import EXPORTED, Cells, Result, export_rows, import_rows, is_export
from assistant.library.types import Cause, Entry
from assistant.library.validity import why_void
from assistant.settings import Settings
from assistant.types import AnswerKind, AnswerScope, Verdict
from index.building.build import build_index
from tests.assistant.library.library_values import ANA, DAY

PAGE = """---
title: {name} data residency
ms.date: {date}
ms.service: {name}
supersedes: {supersedes}
---
# {name} data residency

## Storage

{name} stores customer data at rest in {place}.

{more}

## Logs

{name} keeps audit logs for {days} days{tail}.
"""
NAMES = (
    "Amberdesk", "Birchmail", "Cedarvault", "Dunegrid", "Elmstack", "Fernbase", "Glenpost",
    "Heathbox", "Irisflow", "Junodesk", "Kelpmail", "Larkvault",
)  # fmt: skip
STORED = "Where does {name} store customer data at rest?"
LOGS = "How long does {name} keep audit logs?"


def _page(name: str, **changes: object) -> str:
    values = {
        "name": name, "date": "2026-01-02", "place": "Norway", "days": 90, "more": "Ask us.",
        "tail": "", "supersedes": "", **changes,
    }  # fmt: skip
    return PAGE.format(**values).replace("supersedes: \n", "")


def _publish(home: Path, name: str, text: str) -> None:
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / f"{name.lower()}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def first(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a page for each name, and approved answers to both questions of each."""
    home = Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("approved") / "home"))
    for name in NAMES:
        _publish(home, name, _page(name))
    build_index(home)
    opened = _open(home)
    for name in NAMES:
        for question in (STORED, LOGS):
            answer = opened.ask(question.format(name=name), clarify=False, keep=True)
            assert answer.verdict is Verdict.ANSWERED, answer.text
            _approve(opened, answer.id)
    opened.close()
    return home


def _open(home: Path) -> Assistant:
    return Assistant.open(Settings(home=home), today=lambda: DAY)


def _approve(opened: Assistant, answer: str, scope: AnswerScope | None = None) -> Entry:
    said = Approving(ANA, DAY, scope or AnswerScope())
    with opened.reading() as index:
        kept = to_keep(of_record(opened.record(answer), said, index), opened.library, index)
    opened.library.keep((kept,), ANA)
    return opened.library.entry(kept.approval.id)


def _write(opened: Assistant, question: str, text: str, scope: AnswerScope | None = None) -> Entry:
    said = Approving(ANA, DAY, scope or AnswerScope())
    with opened.reading() as index:
        kept = to_keep(of_text(question, text, said, index), opened.library, index)
    opened.library.keep((kept,), ANA)
    return opened.library.entry(kept.approval.id)


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "copied"))


@pytest.fixture
def opened(home: Path) -> Iterator[Assistant]:
    assistant = _open(home)
    yield assistant
    assistant.close()


def _voids(opened: Assistant, today: date = DAY) -> dict[tuple[str, str], set[Cause]]:
    """Return what is void, by the name and the matter of its question."""
    with opened.reading() as index:
        return {
            (name, "logs" if "logs" in entry.question else "stored"): {one.cause for one in found}
            for entry in opened.library.entries()
            for name in NAMES
            if name in entry.question and (found := why_void(entry, index, today))
        }


def test_what_changed_is_void_and_what_only_moved_is_not(home: Path) -> None:
    """Each page changes in its own way; every void answer is noticed, and no other."""
    changed = {
        "Amberdesk": _page("Amberdesk", place="Sweden"),
        "Birchmail": _page("Birchmail", days=30),
        "Cedarvault": _page("Cedarvault", tail=", except for failed logins"),
        "Dunegrid": _page("Dunegrid", more="It has been a long time.\n\nAsk nobody."),
        "Elmstack": _page("Elmstack").replace("stores customer", "stores\ncustomer"),
        "Fernbase": _page("Fernbase").replace("at rest in Norway", "at rest in **Norway**"),
        "Glenpost": _page("Glenpost", date="2026-04-01"),
        "Heathbox": _page("Heathbox").replace("## Storage", "## Storage in Sweden"),
        "Irisflow": _page("Irisflow").replace("## Storage", "## 2. Where it is"),
    }
    for name, text in changed.items():
        _publish(home, name, text)
    _publish(home, "Newjuno", _page("Junodesk", date="2026-04-01", supersedes="[junodesk]"))
    (home / "documents" / "kelpmail.md").unlink()
    moved = _page("Larkvault")
    said = "Larkvault stores customer data at rest in Norway.\n\n"
    _publish(home, "Larkvault", moved.replace(said, "").rstrip() + f"\n\n{said}")
    build_index(home)
    opened = _open(home)
    try:
        assert _voids(opened) == {
            ("Amberdesk", "stored"): {Cause.CHANGED},
            ("Birchmail", "logs"): {Cause.CHANGED},
            ("Cedarvault", "logs"): {Cause.CHANGED},
            ("Heathbox", "stored"): {Cause.ELSEWHERE},
            ("Junodesk", "stored"): {Cause.SUPERSEDED},
            ("Junodesk", "logs"): {Cause.SUPERSEDED},
            ("Kelpmail", "stored"): {Cause.AWAY},
            ("Kelpmail", "logs"): {Cause.AWAY},
        }
        _check_what_is_given(opened)
        _check_the_queue(opened)
    finally:
        opened.close()


def _check_what_is_given(opened: Assistant) -> None:
    """A void answer is not given and says why; one whose passage moved cites it where it is."""
    void = opened.ask("In which place is customer data at rest stored by Amberdesk?")
    assert void.approved is not None
    assert "Sweden" in void.text
    assert "does not say" in void.approved.void[0]
    assert void.caveats[-1].startswith("An answer that Ana approved on 2026-05-06 is not given")
    moved = opened.ask(STORED.format(name="Larkvault"))
    assert moved.approved is not None
    assert (moved.mode, moved.approved.void, moved.approved.grounds) == ("approved", (), 1)
    (cited,) = moved.citations
    text = opened.document(cited.document).text
    assert text[cited.start : cited.end] == cited.quote
    assert "Norway" in cited.quote


def _check_the_queue(opened: Assistant) -> None:
    with opened.reading() as index:
        queue = waiting(opened.library, index, DAY)
    (one,) = [each for each in queue if "Birchmail" in each.entry.question]
    assert one.why == (Why.VOID,)
    ask = lambda entry: opened.ask(entry.question, use_library=False)  # noqa: E731
    compared = beside(one, ask, body)
    assert compared.today.approved is None
    assert [(each.kind, each.text) for each in compared.changes if each.kind is not Kind.SAME] == [
        (Kind.GONE, "90"), (Kind.NEW, "30"),
    ]  # fmt: skip
    with opened.reading() as index:
        renewed = again(one.entry, Approving(ANA, DAY + timedelta(days=1)), index)
    assert renewed.id == one.entry.id
    assert renewed.grounds == (), "nothing says 90 days any more"


def test_at_its_review_date_an_answer_is_void(opened: Assistant) -> None:
    due = DAY + timedelta(days=365)
    assert _voids(opened, due - timedelta(days=1)) == {}
    every = _voids(opened, due)
    assert (len(every), set().union(*every.values())) == (len(NAMES) * 2, {Cause.DUE})


def test_an_approved_answer_is_named_with_who_and_when(opened: Assistant) -> None:
    given = opened.ask("Where is the customer data of Amberdesk kept at rest?")
    assert given.approved is not None
    assert (given.mode, given.approved.approver, given.approved.approved) == (
        "approved",
        "Ana",
        DAY,
    )
    assert "Approved by Ana on 2026-05-06." in given.caveats
    assert any(one.startswith("Source: ") for one in given.caveats)
    assert given.citations[0].quote == "Amberdesk stores customer data at rest in Norway."
    assert type(given).from_json(given.to_json()) == given
    for other in ("Where does Amberdesk store backups at rest?", LOGS.format(name="Birchmail")):
        found = opened.ask(other).approved
        assert found is None or "Birchmail" in found.question


def test_a_record_of_an_approved_answer_says_the_same_today(opened: Assistant) -> None:
    given = opened.ask(STORED.format(name="Amberdesk"), keep=True)
    assert opened.compare(opened.record(given.id)).same


def test_without_the_library_today_answers(opened: Assistant) -> None:
    assert opened.ask(STORED.format(name="Amberdesk"), use_library=False).approved is None


def test_in_a_conversation_today_stands_beside_what_differs(opened: Assistant) -> None:
    question = "How long does Amberdesk keep its tickets?"
    _write(opened, question, "Amberdesk keeps tickets for two years.")
    alone = opened.ask(question)
    assert alone.text.startswith("Amberdesk keeps tickets for two years.")
    assert "No passage of the documents of today was found that says it." in alone.caveats
    assert (alone.citations, alone.verdict is Verdict.ANSWERED) == ((), False)
    within = opened.ask(question, thread="t", owner="o")
    assert "From the documents, today:" in within.text
    assert within.approved is not None
    assert within.approved.today
    same = opened.ask(STORED.format(name="Amberdesk"), thread="u", owner="o")
    assert "From the documents, today:" not in same.text


def test_what_is_for_one_customer_is_given_to_no_other(opened: Assistant) -> None:
    question = STORED.format(name="Birchmail")
    text = "Birchmail stores customer data at rest in Norway. For Acme, in Oslo."
    _write(opened, question, text, AnswerScope(customer="Acme"))
    given = opened.ask(question, scope=AnswerScope(customer="ACME"))
    assert given.approved is not None
    assert given.approved.text == text
    assert "for Acme" in given.caveats[0]
    for scope in (AnswerScope(), AnswerScope(customer="Other")):
        general = opened.ask(question, scope=scope).approved
        assert general is not None
        assert general.text != text


def test_of_answers_that_contradict_none_is_given_until_one_is_withdrawn(
    opened: Assistant,
) -> None:
    reworded = "In which place does Cedarvault keep customer data at rest?"
    other = _write(opened, reworded, "Cedarvault stores customer data in Iceland.")
    assert len(other.against) == 1
    asked = opened.ask(STORED.format(name="Cedarvault"))
    assert asked.mode != "approved"
    assert "contradict each other" in asked.caveats[-1]
    with opened.reading() as index:
        queue = waiting(opened.library, index, DAY)
    assert {one.entry.id for one in queue if Why.CONTRADICTED in one.why} == {
        other.id, *other.against,
    }  # fmt: skip
    opened.library.withdraw(opened.library.entry(other.id), ANA, "never so")
    assert opened.ask(STORED.format(name="Cedarvault")).mode == "approved"


def test_a_correction_of_what_was_given_takes_its_place(opened: Assistant) -> None:
    """By the answer that showed it, twice over, and by its own id; another scope stays beside."""
    question = STORED.format(name="Cedarvault")
    (first,) = [one for one in opened.library.entries() if one.question == question]
    given = opened.ask(question, keep=True)
    assert given.approved is not None

    def correct(text: str, customer: str = "") -> Entry:
        said = Approving(ANA, DAY, AnswerScope(customer=customer), correction=text)
        record = opened.record(given.id)
        with opened.reading() as index:
            approval = of_record(record, said, index)
            kept = to_keep(approval, opened.library, index, entry_given(record))
        opened.library.keep((kept,), ANA)
        return opened.library.entry(approval.id)

    acme = correct("Cedarvault stores it in Oslo.", "Acme")
    assert (acme.replaces, acme.against) == ((), ())
    second = correct("Cedarvault stores customer data in Norway, in Oslo.")
    assert (second.replaces, second.against) == ((first.id,), ())
    third = correct("Cedarvault stores customer data at rest in Norway alone.")
    assert (third.replaces, third.against) == ((second.id,), ())
    said = Approving(ANA, DAY, correction="In Norway.")
    with opened.reading() as index:
        kept = to_keep(corrected(third, said, index), opened.library, index, third.id)
    opened.library.keep((kept,), ANA)
    last = opened.library.entry(kept.approval.id)
    assert (last.replaces, last.approval.origin) == ((third.id,), f"correction of {third.id}")
    assert opened.ask(question).text.startswith("In Norway.")
    titles, *rows = export_rows(
        [last, opened.library.entry(second.id)], opened.library.entries(withdrawn=True)
    )
    replaced, state = titles.index("replaces"), titles.index("state")
    assert rows[0][replaced].startswith(f"{third.id}, Ana, 2026-05-06: “Cedarvault stores")
    assert rows[1][state] == f"replaced by {third.id}"
    assert is_export((Cells(1, titles),))


def test_an_import_replaces_nothing(opened: Assistant) -> None:
    rows = (Cells(1, TITLES[:3]), Cells(2, ("1", STORED.format(name="Elmstack"), "In Chad.")))
    with opened.reading() as index:
        (row,) = import_rows(rows, "new.csv", Approving(ANA, DAY), opened.library, index)
    (note,) = [one for one in row.notes if one.startswith("contradicts")]
    (other,) = opened.library.entry(row.entry).against
    assert "`residency library withdraw ID` for what does not hold" in note
    assert f"{row.entry}, {other}" in note


def test_a_service_of_the_scope_is_one_of_the_question(opened: Assistant) -> None:
    _write(opened, "How often are backups made?", "Every night.", AnswerScope("Dunegrid"))
    with opened.reading() as index:

        def found(scope: AnswerScope) -> bool:
            return (
                matched("What is the frequency of backups?", scope, opened.library, index)
                is not None
            )

        assert found(AnswerScope("dunegrid"))
        assert not found(AnswerScope())
        assert not found(AnswerScope("Elmstack"))


TITLES = ("No", "Question", "Answer", "Service", "Source", "Approved by", "Approved on")
ROWS = (
    Cells(1, ("Security questionnaire 2025",)),
    Cells(2, TITLES),
    Cells(3, ("1", LOGS.format(name="Elmstack"), "Elmstack keeps audit logs for 90 days.", "",
              "elmstack", "Bo", "2026-02-03")),
    Cells(4, ("2", "Do you test backups?", "Yes, every month.", "", "Backup policy", "", "")),
    Cells(5, ("3", "Do you test restores?", "")),
    Cells(6, ("4", "Do you test backups?", "No, never.", "", "", "", "3 May")),
    Cells(7, ("5", "Is there a formula?", "'=HYPERLINK(\"http://x\")")),
)  # fmt: skip


def test_a_filled_questionnaire_becomes_approved_answers(opened: Assistant) -> None:
    before = {one.id for one in opened.library.entries()}
    with opened.reading() as index:
        done = import_rows(ROWS, "last.csv", Approving(ANA, DAY), opened.library, index)
    results = [one.result for one in done]
    # Elmstack's was approved before, in the same words; of it nothing is doubled.
    assert results[1:] == [Result.NEW, Result.LEFT, Result.NEW, Result.NEW]
    found, nothing, left, against, formula = done
    kept = opened.library.entry(found.entry).approval
    assert [one.quote for one in kept.grounds] == ["Elmstack keeps audit logs for 90 days."]
    assert any("no document of today is “Backup policy”: " in note for note in nothing.notes)
    assert any(note.startswith("stands on nothing") for note in nothing.notes)
    assert opened.library.entry(nothing.entry).approval.cited == "Backup policy"
    assert left.notes == ("no answer in it",)
    assert opened.library.entry(against.entry).against == (nothing.entry,)
    assert "“3 May” is no date like 2026-01-31 and was not used" in against.notes
    assert opened.library.entry(formula.entry).approval.text.startswith("=HYPERLINK")
    rows = export_rows(opened.library.entries())
    cells = tuple(Cells(number, row) for number, row in enumerate(rows, 1))
    with opened.reading() as index:
        twice = import_rows(cells, "out.csv", Approving(ANA, DAY), opened.library, index)
    assert {one.result for one in twice} == {Result.THERE}
    assert len(opened.library.entries()) == len(before) + sum(
        one.result is Result.NEW for one in done
    )
    assert rows[0] == EXPORTED


def test_what_is_no_answer_is_left_out_with_what_to_do(opened: Assistant) -> None:
    rows = (
        Cells(1, ("Question", "Answer")),
        Cells(2, ("Frage", "Antwort")),
        Cells(3, ("Is there a sum?", ""), "Data", computed=True),
    )
    with opened.reading() as index:
        done = import_rows(rows, "odd.csv", Approving(ANA, DAY), opened.library, index)
    assert {one.result for one in done} == {Result.LEFT}
    titles, empty = (one.notes[0] for one in done)
    assert titles == "repeats the titles of the columns"
    assert "shows no value. Save the file" in empty
    assert done[1].place == "sheet Data, row 3"


def test_the_kind_of_an_approved_answer_is_that_of_its_words(opened: Assistant) -> None:
    question = "Which records of Amberdesk are gone after 90 days?"
    _write(opened, question, "It depends: Amberdesk keeps audit logs for 90 days.")
    given = opened.ask(question)
    assert given.approved is not None
    assert given.citations
    assert given.kind is AnswerKind.DEPENDS
    assert opened.ask(STORED.format(name="Amberdesk")).kind is None
