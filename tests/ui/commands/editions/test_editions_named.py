"""Editions of one page in the index: found by date, counted where several fit."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from corpus.types import Description
from index.searching.reader import IndexReader
from index.types import StoredDocument
from ui.commands.editions.editions_named import document_named, editions_of
from ui.errors import EditionError

_FIRST = date(2020, 1, 1)


def _index(*dates: date | None, successors: dict[str, str] | None = None) -> IndexReader:
    documents = {
        f"page-{at}": StoredDocument(
            Description(f"page-{at}", "Where data is", "Fernhill", "", day), "text", "0"
        )
        for at, day in enumerate(dates)
    }
    known = SimpleNamespace(documents=documents, successors=successors or {})
    return cast(IndexReader, known)


def test_an_edition_is_found_by_its_date() -> None:
    index = _index(_FIRST, _FIRST + timedelta(1), None)
    assert document_named("page-0@2020-01-02", index) == "page-1"
    assert [one.id for one in editions_of("page-1", index)] == ["page-2", "page-0", "page-1"]


def test_two_of_one_date_are_named() -> None:
    with pytest.raises(EditionError, match=r"2 editions.*page-0 \(2020-01-01\), page-1"):
        document_named("page-0@2020-01-01", _index(_FIRST, _FIRST))


def test_of_five_hundred_editions_some_are_named() -> None:
    index = _index(*(_FIRST + timedelta(n) for n in range(500)))
    assert document_named("page-0@2021-01-01", index) == "page-366"
    with pytest.raises(EditionError, match="and 480 more") as found:
        document_named("page-0@1999-01-01", index)
    assert len(str(found.value)) < 1000


def test_what_supersedes_is_an_edition_over_any_number_of_steps() -> None:
    abouts = [Description(f"d{n}", f"Title {n}", f"Service {n}", "", None) for n in range(4)]
    documents = {one.id: StoredDocument(one, "text", "0") for one in abouts}
    known = SimpleNamespace(documents=documents, successors={"d0": "d1", "d1": "d2"})
    index = cast(IndexReader, known)
    assert {one.id for one in editions_of("d2", index)} == {"d0", "d1", "d2"}
