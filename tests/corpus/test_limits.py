"""Texts that cost a careless reader a square of their size, or carry too much along."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.chunk import LONGEST_CITATION, chunk_document
from corpus.errors import DocumentError
from corpus.facts.extract import extract
from corpus.intake.sources import SourceFile, document_of
from corpus.places import Gazetteer
from corpus.types import BlockKind, Document

SIZE = 2**16
LONG = "Long " * 5_000
SECONDS = 10.0
"""Of computing; each of these texts took a minute or more."""


def _document(text: str, name: str = "case.md") -> Document:
    return document_of(SourceFile(Path(name)), text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    ("name", "before", "unit"),
    [
        ("a.md", "", "A\n\n"),
        ("a.md", "", "!"),
        ("a.txt", "A.\n\nB:\n", " "),
        ("a.txt", "A\n\n", "A\n\n"),
        ("a.md", "", "- **A**: Bb\n"),
        ("a.md", "", "[" * 9 + "*" * 9),
    ],
)
def test_a_long_text_of_one_kind_is_parsed_in_time(name: str, before: str, unit: str) -> None:
    started = time.process_time()
    chunk_document(_document(before + unit * (SIZE // len(unit)) + "\nx :", name))
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("unit", ["which ", "that ", "how long ", "; ", "1.", "kept a "])
def test_a_long_sentence_of_one_word_is_read_in_time(unit: str, gazetteer: Gazetteer) -> None:
    document = _document("".join(f"A {n} {unit * (600 // len(unit))}\n\n" for n in range(40)))
    started = time.process_time()
    extract(document, chunk_document(document), gazetteer)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title.md", "# " + LONG + "\n\n" + "- a b\n" * 500),
        ("lead.md", LONG + "items:\n\n" + "- a b\n" * 500),
        ("nested.md", "- " + LONG + "items:\n" + "  - a b\n" * 500),
        ("headers.md", f"| {LONG} | b |\n|---|---|\n" + "| c | d |\n" * 500),
        ("cells.md", f"| a | b |\n|---|---|\n| c | {'Long ' * 9_000} |\n"),
        ("blank.md", "| a | b |\n|---|---|\n| " + LONG + "| d |\n" + "|  | e |\n" * 500),
        ("tabs.txt", f"Text.\n\n{LONG}\tb\n" + "c\td\n" * 500),
        ("record.md", "".join(f"- **Name**: Aa B{n}\n- **Site**: Oslo\n\n# {n}\n" for n in range(9))
         + "- **Site**: Oslo Rome\n" * 900),
        ("front.md", f"---\ntitle: {LONG}\n---\n" + "- a b\n" * 500),
    ],
)  # fmt: skip
def test_no_chunk_carries_more_than_a_reader_takes_in(name: str, text: str) -> None:
    for chunk in chunk_document(_document(text, name)):
        assert len(chunk.text) <= LONGEST_CITATION
        assert len(chunk.lead_in) <= LONGEST_CITATION
        assert all(len(title) <= LONGEST_CITATION for title in chunk.path)
        assert len(chunk.context) <= 10_000


def test_a_row_of_a_plain_table_is_cut_where_it_is_too_long_to_cite() -> None:
    row = "User has permission\nIt is " + "very " * 300 + "long. So is " + "this " * 300 + "one.\n"
    document = _document(f"Text.\n\nConfiguration Description\n{row}{row}{row}", "a.txt")
    assert any(block.kind is BlockKind.ROW and block.sentences for block in document.blocks)
    chunks = chunk_document(document)
    assert max(len(chunk.text) for chunk in chunks) <= LONGEST_CITATION
    assert "".join("".join(chunk.text.split()) for chunk in chunks).count("very") == 900


def test_no_citation_is_cut_within_a_link() -> None:
    link = "[the list of sites](https://kestrel.example/sites)"
    for words in range(80, 125):
        document = _document(f"Kept{' here' * words} as {link} says and{' so' * 90} on")
        chunks = chunk_document(document)
        assert len(chunks) > 1
        assert sum(link in chunk.text for chunk in chunks) == 1


def test_a_blank_cell_below_a_blank_cell_supports_nothing() -> None:
    rows = "|  | a |  | b |\n|---|---|---|---|\n|  | c |  | d |\n|  | e |  | f |\n"
    for chunk in chunk_document(_document(rows)):
        assert all(span.start < span.end for span in chunk.support)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("title: 0x" + "f" * 5_000, "cannot be read"),
        ("title: " + "9" * 5_000, "broken front matter"),
        ("title: !!int ''", "broken front matter"),
        ("title: !!bool x", "broken front matter"),
        ("date: !!timestamp x", "broken front matter"),
        ("title: " + "[" * 3_000, "broken front matter"),
    ],
)
def test_front_matter_that_no_reader_expects_is_refused_by_name(field: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        _document(f"---\n{field}\n---\n# A\n\nB c.\n")
    assert str(caught.value).startswith("case.md: ")
    assert len(str(caught.value)) < 400


def test_front_matter_that_stands_for_more_than_memory_holds_says_nothing() -> None:
    names = "abcdefghij"
    fields = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise(names):
        fields.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    text = "\n".join(
        ("---", *fields, "title: *j", "date: *j", "supersedes: *j", "---", "# A", "B c.")
    )
    started = time.process_time()
    about = _document(text).about
    assert (about.title, about.date, about.supersedes) == ("A", None, ())
    assert time.process_time() - started < SECONDS


def test_escaped_surrogates_become_what_can_be_stored() -> None:
    about = _document('---\ntitle: "\\ud83d\\ude00 \\ud800"\n---\n# A\n\nB c.\n').about
    assert about.title == "😀 \ufffd"


def test_a_document_without_a_heading_is_called_by_a_name_that_can_be_stored() -> None:
    (chunk,) = chunk_document(_document("Only this.\n", "b\udcff.md"))
    assert chunk.path == ("b\\xff",)


def test_lists_that_lead_to_lists_are_read_however_many(gazetteer: Gazetteer) -> None:
    document = _document("Tip: do it.\nA a \ta\n" + "- - A a \ta\n" * 2_000)
    extract(document, chunk_document(document), gazetteer)
