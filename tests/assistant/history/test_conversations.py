"""Conversations: listed, searched, renamed, deleted for good, each its owner's alone."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ThreadError, UnknownAnswer
from assistant.history.feedback import Rating
from assistant.history.feedback_store import FeedbackStore
from assistant.history.record_store import Records
from assistant.history.records import Circumstances
from assistant.history.thread_store import Threads
from index.home.database_server import DatabaseServer, Place
from tests.assistant.history.kept_values import GIVEN, NOON, answer, everything, turn

FORGED = ("t\n", "t' OR '1'='1", "T", "t\x00", "x" * 2**20, "\ud800", "", "%", "../t")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def threads(place: Place) -> Threads:
    return Threads(place)


@pytest.fixture
def in_file(path: Path) -> Threads:
    return Threads(path)


def _at(hours: float) -> Circumstances:
    return Circumstances(asked=NOON + timedelta(hours=hours))


def _say(threads: Threads, owner: str, thread: str, *questions: str, hours: float = 0) -> None:
    for question in questions:
        id_ = f"{owner}-{thread}-{question}"
        threads.add(owner, thread, turn(question), answer(id_, question), _at(hours))


def _titles(threads: Threads, owner: str, search: str = "") -> list[str]:
    return [one.title for one in threads.conversations(owner, search)]


def test_conversations_are_listed_latest_first_with_title_and_times(threads: Threads) -> None:
    _say(threads, "anna", "old", "Where is mail kept?", hours=0)
    _say(threads, "anna", "new", "Where are logs kept?", hours=1)
    _say(threads, "anna", "old", "And in Japan?", hours=2)
    first, second = threads.conversations("anna")
    assert (first.thread, first.title, first.turns) == ("old", "Where is mail kept?", 2)
    assert (first.started, first.changed) == (NOON, NOON + timedelta(hours=2))
    assert (second.thread, second.turns) == ("new", 1)


def test_messages_are_what_was_asked_and_answered(threads: Threads) -> None:
    threads.add("anna", "t", turn("Where?"), answer("a", "Where?"), GIVEN)
    threads.add("anna", "t", turn("And then?"), answer("b", "And then?"), _at(1))
    first, second = threads.messages("anna", "t")
    assert (first.position, first.question, first.asked) == (1, "Where?", NOON)
    assert first.answer == answer("a", "Where?")
    assert (second.position, second.answer) == (2, answer("b", "And then?"))


def test_a_long_first_question_is_shortened_to_a_title(threads: Threads) -> None:
    _say(threads, "", "t", "Where,\r\n\tand \u202efor how long, " + "is it kept " * 30)
    title = threads.conversations("")[0].title
    assert title.startswith("Where, and for how long, is it kept")
    assert title.endswith("…")
    assert len(title) <= 80


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ZÜRICH", ["Liegt es in Zürich?"]),
        ("straße", ["STRASSE 5% of a_b\\c"]),
        ("5%", ["STRASSE 5% of a_b\\c"]),
        ("a_b", ["STRASSE 5% of a_b\\c"]),
        ("b\\c", ["STRASSE 5% of a_b\\c"]),
        ("a%b", []),
        ("aXb", []),
        ("ΣΊΣΥΦΟΣ", ["Σίσυφος"]),
        ("e\u0301te\u0301", ["Été à Paris"]),
        ("rests in", ["Liegt es in Zürich?", "STRASSE 5% of a_b\\c", "Été à Paris", "Σίσυφος"]),
        ("named", ["Renamed"]),
        ("' OR 1=1 --", []),
        ("\ud800", []),
        ("x" * 2**20, []),
        ("  ", ["Liegt es in Zürich?", "Renamed", "STRASSE 5% of a_b\\c", "Été à Paris",
                "Σίσυφος"]),
    ],
)  # fmt: skip
def test_search_is_literal_and_knows_no_case_in_any_alphabet(
    threads: Threads, search: str, found: list[str]
) -> None:
    for question in ("Liegt es in Zürich?", "Σίσυφος", "STRASSE 5% of a_b\\c", "Été à Paris"):
        _say(threads, "anna", question, question)
    threads.add("anna", "r", turn("Q"), answer("r", "Q", text="Nothing."))
    threads.rename("anna", "r", "Renamed")
    _say(threads, "bert", "t", "Zürich 5% a_b straße")
    assert sorted(_titles(threads, "anna", search)) == found


def test_a_question_that_is_not_the_first_is_found_too(threads: Threads) -> None:
    _say(threads, "", "t", "Where is mail kept?", "And in Reykjavík?")
    assert _titles(threads, "", "reykjavÍk") == ["Where is mail kept?"]


def test_a_title_of_the_owner_stays_and_is_one_plain_line(threads: Threads) -> None:
    _say(threads, "anna", "t", "Where?")
    assert threads.rename("anna", "t", "  My \x1b[31m\n\u202etitle\ud800 " + "x" * 200)
    _say(threads, "anna", "t", "And then?")
    title = threads.conversations("anna")[0].title
    assert title == "My [31m title�…"
    with pytest.raises(ThreadError, match="no visible character"):
        threads.rename("anna", "t", "\x00 \u202e\n")


@pytest.mark.parametrize("thread", FORGED)
def test_forged_names_find_and_change_nothing(threads: Threads, place: Place, thread: str) -> None:
    _say(threads, "anna", "t", "Where?")
    before = everything(place)
    for owner, name in (("anna", thread), (thread, "t")):
        assert threads.turns(owner, name) == ()
        assert threads.messages(owner, name) == ()
        assert threads.conversation(owner, name) is None
        assert not threads.rename(owner, name, "Mine")
        assert not threads.delete(owner, name)
    assert threads.conversations(thread) == ()
    assert threads.forget(thread) == 0
    assert everything(place) == before


@pytest.mark.parametrize("name", ["x" * 2**20, "\ud800", "a\x00b"])
def test_a_name_that_cannot_be_kept_is_refused(threads: Threads, name: str) -> None:
    with pytest.raises(ThreadError, match="at most 500"):
        threads.add("anna", name, turn(), answer("a"))
    with pytest.raises(ThreadError, match="at most 500"):
        threads.add(name, "t", turn(), answer("a"))


def test_a_name_with_every_kind_of_character_is_a_name(threads: Threads) -> None:
    for name in ("a\nb", "a\x1fb", "'; DROP TABLE turns; --", "C01:1700.5", "日本"):
        _say(threads, name, name, "Where?")
        assert [one.thread for one in threads.conversations(name)] == [name]
        assert threads.delete(name, name)


def test_halves_of_characters_in_a_question_are_kept_as_replacements(threads: Threads) -> None:
    question = "Where \ud800 is it?"
    threads.add("", "t", turn(question), answer("a", question))
    assert threads.turns("", "t")[0].question == "Where � is it?"
    asked = threads.messages("", "t")[0].answer
    assert asked is not None
    assert asked.question == question


def _leftovers(path: Path, needle: str) -> list[str]:
    return [
        file.name
        for file in path.parent.iterdir()
        for form in (needle, json.dumps(needle)[1:-1], needle.casefold())
        if form.encode() in file.read_bytes()
    ]


def _delete(threads: Threads) -> object:
    return threads.delete("anna", "t")


def _forget(threads: Threads) -> object:
    return threads.forget("anna")


def _expire(threads: Threads) -> object:
    return threads.expire(NOON + timedelta(hours=1))


@pytest.mark.parametrize("remove", [_delete, _forget, _expire])
@pytest.mark.parametrize("busy", [False, True])
def test_what_is_deleted_is_in_no_file_any_more(
    in_file: Threads, path: Path, remove: Callable[[Threads], object], busy: bool
) -> None:
    _say(in_file, "bert", "t", "Where is the Übergabe kept?", hours=5)
    secret = "Is the Müllverbrennung of Qaanaaq a tenant? "
    for number in range(60):
        _say(in_file, "anna", "t", f"{secret}{number} {'so ' * number * 40}")
    FeedbackStore(path).give(f"anna-t-{secret}0 ", "anna", Rating.DOWN, "Qaanaaq it is")
    assert _leftovers(path, "Qaanaaq")
    with closing(sqlite3.connect(path)) as other:
        if busy:
            # A reader that stays keeps the write-ahead log from going by itself.
            other.execute("SELECT count(*) FROM turns").fetchone()
        assert remove(in_file)
        assert _leftovers(path, "Müllverbrennung") == []
        assert _leftovers(path, "Qaanaaq") == []
    assert _titles(in_file, "bert") == ["Where is the Übergabe kept?"]
    assert _titles(in_file, "anna") == []


def test_renaming_leaves_nothing_of_the_old_title(in_file: Threads, path: Path) -> None:
    in_file.add("anna", "t", turn("Anything"), answer("a"))
    in_file.rename("anna", "t", "Qaanaaq")
    in_file.rename("anna", "t", "Else")
    assert _leftovers(path, "Qaanaaq") == []


def test_deleting_takes_records_and_feedback_of_that_conversation_alone(
    threads: Threads, place: Place
) -> None:
    records, feedback = Records(place), FeedbackStore(place)
    for owner in ("anna", "bert"):
        threads.add(owner, "t", turn(), answer(f"{owner}-1"))
        threads.add(owner, "u", turn(), answer(f"{owner}-2"))
        records.add(owner, answer(f"{owner}-3"), GIVEN)
        for number in (1, 2, 3):
            feedback.give(f"{owner}-{number}", owner, Rating.UP)
    assert threads.delete("anna", "t")
    with pytest.raises(UnknownAnswer):
        records.get("anna-1")
    assert sorted(one.answer for one in feedback.every()) == [
        "anna-2", "anna-3", "bert-1", "bert-2", "bert-3",
    ]  # fmt: skip
    assert threads.forget("anna") == 2
    assert sorted(one.answer for one in feedback.every()) == ["bert-1", "bert-2", "bert-3"]
    assert records.get("bert-3", "bert").answer == answer("bert-3")


def _replace(threads: Threads, thread: str, position: int, question: str) -> None:
    replaced = answer(f"{thread}-{question}", question)
    threads.add("", thread, turn(question), replaced, _at(0), replacing=position)


def test_a_question_takes_the_place_of_an_earlier_one_and_of_what_followed(
    threads: Threads, place: Place
) -> None:
    _say(threads, "", "t", "One?", "Two?", "Three?")
    past = threads.past("", "t", before=2)
    assert ([one.question for one in past.turns], past.seen) == (["One?"], 1)
    _replace(threads, "t", 2, "Other?")
    assert [(one.position, one.question) for one in threads.messages("", "t")] == [
        (1, "One?"), (2, "Other?"),
    ]  # fmt: skip
    for gone in ("Two?", "Three?"):
        with pytest.raises(UnknownAnswer):
            Records(place).get(f"-t-{gone}")
        assert isinstance(place, DatabaseServer) or _leftovers(place, gone) == []


def test_a_question_that_takes_the_place_of_none_comes_after_the_last(threads: Threads) -> None:
    _say(threads, "", "t", "One?")
    assert threads.past("", "t", before=7).seen == 1
    _replace(threads, "t", 7, "Two?")
    assert [one.position for one in threads.messages("", "t")] == [1, 2]


def test_an_edited_first_question_gives_the_title(threads: Threads) -> None:
    _say(threads, "", "t", "Wher is it?")
    assert threads.past("", "t", before=1) == ((), 0)
    _replace(threads, "t", 1, "Where is it?")
    assert _titles(threads, "") == ["Where is it?"]
    threads.rename("", "t", "Mine")
    _replace(threads, "t", 1, "Where was it?")
    assert _titles(threads, "") == ["Mine"]


def test_what_is_older_goes_and_the_rest_stays(threads: Threads, place: Place) -> None:
    _say(threads, "anna", "old", "Old?", hours=-2)
    _say(threads, "anna", "gone on", "Old too?", hours=-2)
    _say(threads, "anna", "gone on", "New?", hours=1)
    Records(place).add("bert", answer("alone"), _at(-3))
    Records(place).add("bert", answer("new alone"), _at(3))
    assert threads.expire(NOON) == 2
    assert [one.thread for one in threads.conversations("anna")] == ["gone on"]
    assert len(threads.messages("anna", "gone on")) == 2
    assert Records(place).get("new alone").id == "new alone"
    with pytest.raises(UnknownAnswer):
        Records(place).get("alone")
    assert threads.expire(NOON) == 0


def test_reading_makes_no_file(in_file: Threads, path: Path) -> None:
    assert in_file.conversations("") == ()
    assert in_file.turns("", "t") == ()
    assert not in_file.delete("", "t")
    assert in_file.expire(NOON) == 0
    assert not path.exists()


def _add_many(place: Place, name: str, outcomes: Any) -> None:
    threads = Threads(place)
    try:
        for number in range(25):
            threads.add("", "shared", turn(), answer(f"{name}-{number}"))
        outcomes.put("")
    except ThreadError as error:
        outcomes.put(str(error))


def test_many_processes_and_threads_write_at_once(place: Place) -> None:
    context = multiprocessing.get_context("spawn")
    outcomes = context.Queue()
    processes = [
        context.Process(target=_add_many, args=(place, f"p{number}", outcomes))
        for number in range(3)
    ]
    workers = [
        threading.Thread(target=_add_many, args=(place, f"t{number}", outcomes))
        for number in range(3)
    ]
    for one in (*processes, *workers):
        one.start()
    assert [outcomes.get(timeout=60) for _ in range(6)] == [""] * 6
    for one in (*processes, *workers):
        one.join(60)
    positions = [one.position for one in Threads(place).messages("", "shared")]
    assert positions == list(range(1, 151))


@pytest.mark.parametrize(
    ("code", "step"),
    [
        (sqlite3.SQLITE_FULL, "Free space on its disk"),
        (sqlite3.SQLITE_READONLY, "Correct the permissions"),
        (sqlite3.SQLITE_IOERR, "Check its disk"),
        (sqlite3.SQLITE_CORRUPT, "Move the file away"),
    ],
)
def test_what_keeps_it_from_writing_is_named_with_the_next_step(
    in_file: Threads, monkeypatch: pytest.MonkeyPatch, code: int, step: str
) -> None:
    def refuse(connection: object, how: str) -> None:
        error = sqlite3.OperationalError("cannot")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr("index.home.database._begin", refuse)
    with pytest.raises(ThreadError, match=rf"conversations\.sqlite: .*\(cannot\)\. {step}"):
        in_file.add("", "t", turn(), answer("a"))


def test_a_turn_is_written_whole_or_not_at_all(threads: Threads) -> None:
    threads.add("", "t", turn(), answer("same id"))
    with pytest.raises(ThreadError, match=r"(UNIQUE|unique) constraint"):
        threads.add("", "t", turn("Another?"), answer("same id"))
    assert len(threads.turns("", "t")) == 1
