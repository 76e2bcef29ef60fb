"""Parses that a build keeps: the same when read again, under the text and the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.language import parsing
from corpus.language.kept_parses import kept, key_of, recall, unpack
from corpus.language.parsing import parse_one, unknown
from index.stores.catalog import Catalog

TEXTS = ("Tern doesn't store mail “abroad”.", "Logs rest in Oslo — e.g. for 30 days.", "Mail")


@pytest.fixture
def packaged() -> Iterator[None]:
    yield
    parsing.use("")


@pytest.mark.parametrize("text", TEXTS)
def test_a_kept_parse_is_the_parse(text: str) -> None:
    parse = parse_one(text)
    stored = dict(kept([parse]))
    assert unpack(text, stored[key_of(text)]) == parse


@pytest.mark.usefixtures("packaged")
def test_what_is_recalled_is_not_parsed_again() -> None:
    stored = dict(kept(map(parse_one, TEXTS)))
    parsing.use("another_model")
    assert not stored.keys() & {key_of(text) for text in TEXTS}
    parsing.use("")
    assert unknown(TEXTS) == list(TEXTS)
    recall((*TEXTS, "This one was not kept."), stored)
    assert unknown(TEXTS) == []


def test_a_build_from_before_keeps_none(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    sqlite3.connect(path).close()
    catalog = Catalog(path)
    assert catalog.parses([b"key"]) == {}
    catalog.close()
