"""The store of questionnaires on both engines, and a file of a version before it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.home.database_server import Place
from ui.errors import JobLimit, JobStoreError, UnknownJob
from ui.questionnaires.job_storage.job_store import JobStore
from ui.questionnaires.job_types import Counts, JobFile, RowFilter, RowState, StoredJob
from ui.questionnaires.types import Case, Question, Selection

_ME = "web:me"
_BEFORE = """
CREATE TABLE jobs (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
    made TEXT NOT NULL, profile TEXT NOT NULL DEFAULT '', sheet TEXT, place INTEGER,
    header INTEGER, titles TEXT NOT NULL DEFAULT '[]', tables TEXT NOT NULL DEFAULT '',
    customer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_of_owner ON jobs (owner, made);
CREATE TABLE rows (
    job TEXT NOT NULL, position INTEGER NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL,
    turns TEXT NOT NULL, state TEXT NOT NULL, line TEXT NOT NULL DEFAULT '',
    correction TEXT NOT NULL DEFAULT '', triage TEXT NOT NULL DEFAULT '',
    assigned TEXT NOT NULL DEFAULT '', comment TEXT NOT NULL DEFAULT '',
    approved TEXT NOT NULL DEFAULT '', accepted TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (job, position)
) WITHOUT ROWID;
CREATE INDEX rows_of_person ON rows (assigned, job);
INSERT INTO jobs VALUES
    ('j', 'web:me', 'q.csv', 9, '2026-05-06T12:00:00.000000+00:00', '', '', 0, 1, '["question"]',
     '', 'Acme');
INSERT INTO rows VALUES
    ('j', 0, 2, 'j:1:2', '["Where?"]', 'answered', '{"text": "Here."}', 'There.', 'answered',
     'ben', 'sure?', '', 'yes'),
    ('j', 1, 3, 'j:1:3', '["Who?"]', 'waiting', '', '', '', '', '', '', '');
PRAGMA user_version = 5
"""


def _any(kept: object) -> None:
    """Let everybody add another one."""


def _job(name: str, owner: str = _ME, made: str = "2026-01-01") -> StoredJob:
    return StoredJob(name, owner, f"{name}.csv", 10, made, None, False, Counts())


def _asked(place: Place, name: str = "one", count: int = 3) -> JobStore:
    """Return a store with a questionnaire whose questions wait."""
    store = JobStore(place)
    store.add(_job(name), _any)
    questions = tuple(Question(row + 2, f"Where {row}?") for row in range(count))
    cases = [Case(f"{name}:{one.row}", (one.text,)) for one in questions]
    store.choose(name, (Selection("", 0, 1, questions, (), ("question",)),), cases, None, "Acme")
    return store


def _line(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "triage": "answered", **more}


def _begun(store: JobStore, job: str = "one") -> str:
    run = store.begin(job, store.job(_ME, job).run)
    assert run
    return run


def test_an_answer_is_stored_once_and_by_the_run_that_there_is(place: Place) -> None:
    store, other = _asked(place), JobStore(place)
    first = _begun(store)
    assert store.answered("one", first, 0, _line("a"))
    assert not store.answered("one", first, 0, _line("once more"))
    assert store.begin("one", "") == ""
    second = other.begin("one", first)
    assert not store.answered("one", first, 1, _line("late"))
    assert other.answered("one", second, 1, {"error": "no words"})
    store.stop("one")
    assert not other.answered("one", second, 2, _line("stopped"))
    assert not other.is_in("one", second)
    assert [
        (row.state, row.line and json.loads(row.line).get("text")) for row in store.rows("one")
    ] == [(RowState.ANSWERED, "a"), (RowState.FAILED, None), (RowState.WAITING, "")]
    assert [one.position for one in store.waiting("one")] == [2]
    assert store.job(_ME, "one").counts == Counts(1, 1, 1, 0)


def test_what_is_chosen_anew_drops_answers_and_the_run(place: Place) -> None:
    store = _asked(place)
    run = _begun(store)
    store.answered("one", run, 0, _line("a"))
    question = Question(2, "Else?")
    store.choose("one", (Selection("S", 0, 1, (question,), ()),), [Case("k", ("Else?",))], None)
    assert not store.answered("one", run, 0, _line("late"))
    assert [(row.question, row.line) for row in store.rows("one")] == [("Else?", "")]


def test_a_row_that_was_corrected_while_it_was_approved_is_approved_by_nobody(place: Place) -> None:
    store = _asked(place)
    store.answered("one", _begun(store), 0, _line("a"))
    seen = store.rows("one")[0]
    store.correct("one", 0, "another")
    assert not store.approve("one", seen, "Ana, 2026-05-06: e1")
    assert store.rows("one")[0].approved == ""
    assert store.approve("one", store.rows("one")[0], "Ana, 2026-05-06: e2")


def test_rows_are_filtered_counted_and_paged(place: Place) -> None:
    store = _asked(place)
    run = _begun(store)
    for position in range(3):
        store.answered("one", run, position, _line("a"))
    store.correct("one", 1, "mine")
    store.assign("one", 2, "ben")
    assert store.approve("one", store.rows("one")[0], "Ana, 2026-05-06: e1")
    wanted = {
        RowFilter(RowState.CORRECTED): [1], RowFilter(triage="answered"): [0, 1, 2],
        RowFilter(assigned="ben"): [2], RowFilter(unapproved=True): [1, 2],
        RowFilter(RowState.CORRECTED, assigned="ben"): [],
    }  # fmt: skip
    for one, positions in wanted.items():
        assert [row.position for row in store.rows("one", one)] == positions
        assert store.count("one", one) == len(positions)
    assert [row.position for row in store.rows("one", start=1, most=1)] == [1]
    assert [row.position for row in store.rows("one", start=2)] == [2]
    assert store.people("one") == ("ben",)
    assert [one.id for one in store.shared("web:ben")] == ["one"]
    assert store.shared("web:") == store.shared("ben") == ()
    assert store.job(_ME, "one").counts == Counts(0, 2, 0, 1)


def test_who_adds_is_told_what_the_owner_has_and_may_refuse(place: Place) -> None:
    store = JobStore(place)
    store.add(_job("a", made="2026-01-01"), _any)
    store.add(_job("b", made="2026-01-02"), _any)
    store.add(_job("c", "web:you"), _any)
    seen: list[str] = []

    def refuse(kept: Any) -> None:
        seen.extend(one.id for one in kept)
        raise JobLimit("enough")

    with pytest.raises(JobLimit):
        store.add(_job("d"), refuse)
    assert seen == ["b", "a"]
    assert [one.id for one in store.listed(_ME)] == ["b", "a"]
    assert store.ids() == {"a", "b", "c"}


def test_what_cannot_be_kept_everywhere_is_replaced(place: Place) -> None:
    store = _asked(place)
    store.answered("one", _begun(store), 0, _line("a\0b\udcff"))
    store.comment("one", 0, "c\0d\udcff")
    (row, *_) = store.rows("one")
    assert (json.loads(row.line)["text"], row.comment) == (
        "a\0b\N{REPLACEMENT CHARACTER}",
        "c\N{REPLACEMENT CHARACTER}d\N{REPLACEMENT CHARACTER}",
    )


def test_rows_that_quote_a_document_are_found(place: Place) -> None:
    store = _asked(place)
    run = _begun(store)
    quote = {"document": 'ein "Blatt"_é', "quote": "Q", "start": 4}
    store.answered("one", run, 0, _line("a", citations=[quote, {**quote, "document": "b"}]))
    store.answered("one", run, 1, _line('"ein \\"Blatt\\"_é"'))
    assert store.quoting('ein "Blatt"_é') == (("one:0", "Q", 4),)
    assert store.quoting("ein") == ()


def test_what_is_deleted_is_unknown(place: Place) -> None:
    store = _asked(place)
    run = _begun(store)
    store.delete("one")
    assert not store.answered("one", run, 0, _line("late"))
    for use in (store.understood, store.tables, store.file):
        with pytest.raises(UnknownJob):
            use("one")
    assert (store.waiting("one"), store.rows("one"), store.listed(_ME)) == ((), (), ())


def test_a_file_is_kept_with_its_questionnaire(place: Place) -> None:
    store, content = JobStore(place), bytes(range(256)) * 4
    store.add(_job("one"), _any, JobFile(".xlsx", content))
    assert store.file("one") == JobFile(".xlsx", content)


def test_looking_into_no_file_makes_none(tmp_path: Path) -> None:
    store = JobStore(tmp_path / "jobs.sqlite")
    assert (store.listed(_ME), store.quoting("d"), store.ids()) == ((), (), frozenset())
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_before_is_taken_over_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_BEFORE)
        before = [connection.execute(f"SELECT * FROM {one}").fetchall() for one in ("jobs", "rows")]
    store = JobStore(path)
    assert store.job(_ME, "j").counts == Counts(1, 0, 0, 1)
    assert store.tables("j")[0].titles == ("question",)
    assert store.answered("j", _begun(store, "j"), 1, _line("Ann."))
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        jobs, rows = (
            connection.execute(f"SELECT * FROM {one}").fetchall() for one in ("jobs", "rows")
        )
    assert [one[:-1] for one in jobs] == before[0]
    assert rows[0] == before[1][0]


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_BEFORE + "; PRAGMA user_version = 99")
    with pytest.raises(JobStoreError, match=r"jobs\.sqlite: it has layout 99.* install that one"):
        JobStore(path).listed(_ME)
