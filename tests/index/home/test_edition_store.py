"""Editions are kept in the order in which they came, whatever the clock says, and each once."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import EditionsUnusable
from index.home.edition_store import EditionState, EditionStore, Fresh

PAGE = "https://vendor.example/where"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def fresh(text: str, at: datetime = NOW) -> Fresh:
    return Fresh(PAGE, text.encode(), at, date(2026, 3, 1), '"e"', "", "text/html", PAGE, ".html")


@pytest.fixture
def store(tmp_path: Path) -> EditionStore:
    return EditionStore(tmp_path / "editions.sqlite")


def test_order_is_that_of_coming_and_not_of_the_clock(store: EditionStore) -> None:
    for number, at in enumerate((NOW, NOW, NOW - timedelta(days=30), NOW)):
        assert store.take(fresh(f"edition {number}", at))
    assert [store.content(one) for one in store.of(PAGE)] == [
        b"edition 0", b"edition 1", b"edition 2", b"edition 3"
    ]  # fmt: skip
    assert [one.ordinal for one in store.of(PAGE)] == [1, 2, 3, 4]


def test_the_same_bytes_are_no_edition_and_what_comes_back_is(store: EditionStore) -> None:
    assert store.take(fresh("a"))
    assert store.take(fresh("a")) is None
    assert store.take(fresh("b"))
    assert store.take(fresh("a"))
    assert len(store.of(PAGE)) == 3


def test_what_is_held_is_kept_once_and_is_not_in_use(store: EditionStore) -> None:
    taken = store.take(fresh("a"))
    held = replace(fresh("login"), state=EditionState.HELD, why="a page to sign in", etag='"l"')
    assert store.take(held)
    assert store.take(held) is None
    assert store.latest(PAGE) == taken
    assert store.page(PAGE).etag == '"e"'
    assert store.unreported() == ()
    assert store.take(fresh("b"))
    assert store.take(held)
    assert len(store.of(PAGE, EditionState.HELD)) == 2


def test_each_edition_is_reported_once(store: EditionStore) -> None:
    store.take(fresh("a"))
    second = store.take(fresh("b"))
    assert second
    assert store.unreported() == (second,)
    assert store.report(second, NOW, "{}")
    assert not store.report(second, NOW, "{}")
    assert store.unreported() == ()
    assert len(store.reports()) == 1


def test_a_clock_that_is_set_back_neither_ends_nor_stretches_pauses(store: EditionStore) -> None:
    store.fail(PAGE, NOW, 60, "is away")
    assert store.page(PAGE).due_in(NOW + timedelta(seconds=20)) == 40
    assert store.page(PAGE).due_in(NOW - timedelta(days=9)) == 0
    store.leave_alone("https://vendor.example", NOW, 600)
    back = NOW - timedelta(days=9)
    assert store.left_alone("https://vendor.example", back) == 600
    assert store.left_alone("https://vendor.example", back + timedelta(seconds=500)) == 100
    assert store.left_alone("https://vendor.example", back + timedelta(seconds=601)) == 0


def test_a_page_that_is_removed_leaves_its_reports(store: EditionStore) -> None:
    store.take(fresh("a"))
    second = store.take(fresh("b"))
    assert second
    store.report(second, NOW, "{}")
    store.forget(PAGE)
    assert store.of(PAGE) == ()
    assert len(store.reports()) == 1
    again = store.take(fresh("c"))
    assert again
    assert again.number > second.number


def test_damaged_bytes_are_named(store: EditionStore, tmp_path: Path) -> None:
    kept = store.take(fresh("a"))
    assert kept
    with closing(sqlite3.connect(tmp_path / "editions.sqlite")) as file, file:
        file.execute("UPDATE contents SET content = x'00'")
    with pytest.raises(EditionsUnusable, match=r"edition 1 of https.*Restore the file"):
        store.content(kept)


def test_five_hundred_editions_are_listed_at_once(store: EditionStore) -> None:
    filler = "Customer data is stored in Germany. " * 500
    for number in range(500):
        assert store.take(fresh(f"{filler} Backups are kept for {number} days."))
    began = time.process_time()
    found = store.of(PAGE)
    assert store.latest(PAGE) == found[-1]
    assert time.process_time() - began < 1
    assert [one.ordinal for one in found] == list(range(1, 501))
