"""The file of approved answers: nothing lost, doubled or merged, whoever is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.library_store import FILE
from assistant.library.library_tables import STEPS
from assistant.library.types import Event, Outcome, ToKeep
from assistant.types import AnswerScope
from index.home.database_server import DatabaseServer, Place
from tests.assistant.library.library_values import ANA, BEN, DAY, QUOTE, approval, library
from tests.paths import ROOT


@pytest.fixture(params=["file", "server"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "server":
        return DatabaseServer(request.getfixturevalue("database_url"))
    return tmp_path


def test_what_is_kept_is_there_with_all_that_it_stands_on(there: Place) -> None:
    one = approval(scope=AnswerScope("Intune", "Acme"), cited="our wiki", corrected=True)
    assert library(there).keep((ToKeep(one),), ANA) == (Outcome.NEW,)
    (entry,) = library(there).entries()
    assert (entry.id, entry.approval) == (one.id, one)
    assert [each.event for each in library(there).happened(entry.id)] == [Event.APPROVED]


def test_what_is_approved_twice_is_kept_once(there: Place) -> None:
    kept = library(there)
    kept.keep((ToKeep(approval()),), ANA)
    other_form = approval("where  does it rest?", f"  {QUOTE.replace(' ', '  ')}")
    assert kept.keep((ToKeep(approval()), ToKeep(other_form)), ANA) == (Outcome.THERE,) * 2
    assert len(kept.entries()) == 1


def test_a_later_approval_takes_the_place_of_the_earlier_and_both_are_told(there: Place) -> None:
    kept = library(there)
    kept.keep((ToKeep(approval()),), ANA)
    later = approval(approver="Ben", approved=DAY + timedelta(days=1), grounds=())
    assert kept.keep((ToKeep(later),), ANA) == (Outcome.AGAIN,)
    (entry,) = kept.entries()
    assert (entry.approval.approver, entry.stands_on_nothing) == ("Ben", True)
    assert [one.event for one in kept.happened(entry.id)] == [Event.APPROVED, Event.AGAIN]


def test_contradictions_are_both_kept_and_named_until_one_is_withdrawn(there: Place) -> None:
    kept = library(there)
    first, second = approval(), approval(text="Data rests in Norway.")
    kept.keep((ToKeep(first), ToKeep(second, (first.id,))), ANA)
    assert {one.id: one.against for one in kept.entries()} == {
        first.id: (second.id,), second.id: (first.id,),
    }  # fmt: skip
    kept.withdraw(kept.entry(first.id), ANA, "it moved")
    (entry,) = kept.entries()
    assert (entry.id, entry.against) == (second.id, ())
    assert kept.entry(first.id).withdrawn == "Ana, 2026-05-06: it moved"


def test_what_was_withdrawn_is_not_brought_back_by_the_same_file(there: Place) -> None:
    kept = library(there)
    kept.keep((ToKeep(approval()),), ANA)
    kept.withdraw(kept.entries()[0], ANA, "")
    assert kept.keep((ToKeep(approval()),), ANA) == (Outcome.THERE,)
    assert kept.entries() == ()
    later = replace(approval(), approved=DAY + timedelta(days=1))
    assert kept.keep((ToKeep(later),), ANA) == (Outcome.AGAIN,)
    assert len(kept.entries()) == 1


def test_a_correction_replaces_and_the_old_one_is_history(there: Place) -> None:
    kept = library(there)
    first = approval()
    kept.keep((ToKeep(first),), ANA)
    assert len(kept.entries()) == 1
    second = approval(text="Data rests in Norway.", corrected=True)
    assert kept.keep((ToKeep(second, replaces=(first.id,)),), BEN) == (Outcome.NEW,)
    for seen in (kept, library(there)):
        (entry,) = seen.entries()
        assert (entry.id, entry.replaces, entry.against) == (second.id, (first.id,), ())
        old = seen.entry(first.id)
        assert (old.replaced_by, old.withdrawn) == (
            second.id, f"Ben, 2026-05-06: replaced by {second.id}",
        )  # fmt: skip
        assert [(one.event, one.who) for one in seen.happened(first.id)] == [
            (Event.APPROVED, "Ana"), (Event.REPLACED, "Ben"),
        ]  # fmt: skip
    later = replace(first, approved=DAY + timedelta(days=1))
    kept.keep((ToKeep(later, (second.id,)),), ANA)
    assert kept.entry(first.id).replaced_by == ""


def test_on_passages_an_answer_says_more_than_on_nothing(there: Place) -> None:
    """Once the document that says it has been added, it is approved again on the same day."""
    kept = library(there)
    kept.keep((ToKeep(approval(grounds=())),), ANA)
    assert kept.entries()[0].stands_on_nothing
    assert kept.keep((ToKeep(approval()),), ANA) == (Outcome.AGAIN,)
    assert not kept.entries()[0].stands_on_nothing
    assert kept.keep((ToKeep(approval(grounds=())),), ANA) == (Outcome.THERE,)


def test_what_is_read_on_is_what_is_read_anew(there: Place) -> None:
    """Whatever happens, one who read before sees what one sees who reads it for the first time."""
    seen = library(there)
    texts = ("Data rests in Norway.", "Data rests in Peru.", "Data rests in Chad.")
    several = [approval(text=one) for one in texts]
    first, second, third = several

    def steps() -> Iterator[None]:
        kept = library(there)
        yield None
        yield kept.keep((ToKeep(first),), ANA) and None
        yield kept.keep((ToKeep(second, (first.id,)),), ANA) and None
        yield kept.keep((ToKeep(third, (first.id,), (second.id,)),), ANA) and None
        yield kept.withdraw(kept.entry(first.id), ANA, "no")
        yield kept.keep((ToKeep(replace(first, approved=DAY + timedelta(days=1))),), ANA) and None

    for _ in steps():
        anew = library(there)
        assert seen.entries(withdrawn=True) == anew.entries(withdrawn=True)
        assert seen.entries() == anew.entries()


def test_another_file_in_its_place_is_read_from_its_start(tmp_path: Path) -> None:
    for name, text in (("one", "Data rests in Norway."), ("two", "Data rests in Peru.")):
        (tmp_path / name).mkdir()
        library(tmp_path / name).keep((ToKeep(approval(text=text)),), ANA)
    seen = library(tmp_path / "one")
    assert len(seen.entries()) == 1
    (tmp_path / "two" / FILE).replace(tmp_path / "one" / FILE)
    assert [one.approval.text for one in seen.entries()] == ["Data rests in Peru."]


def test_a_library_of_before_replacements_is_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.executescript(f"{STEPS[0]}; PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO entries VALUES ('a', 'Where?', 'Here.', '', '', '', 'Ana', '2026-05-06', "
            "'2027-05-06', 'written', '', 0, '')"
        )
        connection.execute(
            "INSERT INTO events VALUES (1, 'a', 'approved', '2026-05-06', 'Ana', '')"
        )
        connection.commit()
    (entry,) = library(tmp_path).entries()
    assert (entry.id, entry.replaced_by, entry.replaces) == ("a", "", ())


def test_a_withdrawn_entry_is_not_withdrawn_again(there: Place) -> None:
    kept = library(there)
    kept.keep((ToKeep(approval()),), ANA)
    kept.withdraw(kept.entries()[0], ANA, "")
    with pytest.raises(LibraryError, match="withdrawn already"):
        kept.withdraw(kept.entries(withdrawn=True)[0], ANA, "")


@pytest.mark.parametrize("name", ["", "zz", "%"])
def test_an_id_that_names_nothing_is_refused_with_the_next_step(there: Place, name: str) -> None:
    kept = library(there)
    kept.keep((ToKeep(approval()),), ANA)
    with pytest.raises(LibraryError, match="library list"):
        kept.entry(name)


def test_without_a_file_there_is_nothing_and_none_is_made(tmp_path: Path) -> None:
    kept = library(tmp_path)
    assert (kept.entries(), kept.happened("x"), kept.vectors("e", ("x",))) == ((), (), {})
    assert not (tmp_path / FILE).exists()


def test_what_another_process_keeps_is_seen(there: Place) -> None:
    ours, theirs = library(there), library(there)
    assert ours.entries() == ()
    theirs.keep((ToKeep(approval()),), ANA)
    assert len(ours.entries()) == 1


def test_a_library_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    library(tmp_path).keep((ToKeep(approval()),), ANA)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 2}")
    with pytest.raises(LibraryError, match="later version"):
        library(tmp_path).entries()


def test_a_file_that_is_no_library_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, however long it may be" * 30)
    with pytest.raises(LibraryError, match=r"library\.sqlite.*restore it"):
        library(tmp_path).entries()


_APPROVER = """
import sys
from pathlib import Path
from assistant.library.types import ToKeep
from index.home.database_server import DatabaseServer
from tests.assistant.library.library_values import ANA, approval, library
(where,) = sys.argv[1:]
kept = library(DatabaseServer(where) if where.startswith("postgresql:") else Path(where))
for number in range(100_000):
    question = approval(f"Question {number}?")
    other = approval(f"Question {number}?", "Otherwise.")
    kept.keep((ToKeep(question), ToKeep(other, (question.id,))), ANA)
    print(number, flush=True)
"""


def test_one_who_is_killed_while_approving_loses_and_doubles_nothing(there: Place) -> None:
    """Both of a pair are there or none, with what happened to them, and those that were told."""
    for round_ in range(3):
        before = len(library(there).entries()) // 2
        process = subprocess.Popen(
            [sys.executable, "-c", _APPROVER, getattr(there, "url", str(there))], cwd=ROOT,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(before + 5 + 3 * round_)]
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split()]
        process.wait()
        kept = library(there)
        entries = kept.entries()
        assert len({one.id for one in entries}) == len(entries)
        assert all(len(one.against) == 1 and one.approval.grounds for one in entries)
        pairs = len(entries) // 2
        assert (len(entries) % 2, pairs - len(told) in (0, 1)) == (0, True)
        assert all(len(kept.happened(one.id)) == 1 for one in entries)
        if not isinstance(there, DatabaseServer):
            with closing(sqlite3.connect(there / FILE)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
