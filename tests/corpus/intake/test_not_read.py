"""What was not read is told in words that people use, with a next step that leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.formats.registry import SUFFIXES
from corpus.intake.not_read import (
    KINDS,
    count_of,
    documents_among,
    kind_of,
    left_out_words,
    others_lines,
)
from corpus.intake.walk import OtherFile
from corpus.left_out import LeftOut, together


def _others(*names: str) -> list[OtherFile]:
    return [OtherFile(Path("/f") / name, name) for name in names]


@pytest.mark.parametrize(
    ("count", "what", "said"),
    [
        (1, "image", "1 image"),
        (3, "image", "3 images"),
        (2, "page without text", "2 pages without text"),
        (2, "text of a comment", "2 texts of a comment"),
        (2, "box", "2 boxes"),
        (2, "query", "2 queries"),
        (2, "survey", "2 surveys"),
        (1_200, "included file", "1,200 included files"),
        (2, "note below a table", "2 notes below a table"),
    ],
)
def test_what_is_counted_stands_in_the_plural(count: int, what: str, said: str) -> None:
    assert count_of(count, what) == said


def test_files_of_no_kind_are_counted_by_suffix_and_documents_get_a_hint() -> None:
    names = [f"img/{number}.PNG" for number in range(9)] + ["a.js", "b/c.js", "Plan.pages"]
    assert others_lines(_others(*names)) == [
        "12 files are of no kind that is read: 9 .png, 2 .js, 1 .pages",
        "1 .pages: a Pages document. Export it as .docx",
    ]


def test_what_is_no_document_is_one_number_where_it_is_of_many_kinds() -> None:
    names = ["LICENSE", ".gitignore", ".plan.doc", *(f"a.{letter}x" for letter in "abcdefgh")]
    (line, *hints) = others_lines(_others(*names, "old.doc", "x.this is no suffix"))
    assert line == (
        "13 files are of no kind that is read: 1 .ax, 1 .bx, 1 .cx, 1 .doc, 1 .dx, 1 .ex, 7 others"
    )
    assert hints == ["1 .doc: an old Word document. Save it as .docx"]


def test_files_that_only_say_something_of_others_are_not_told() -> None:
    ours = ("manifest.toml", "a/questions.jsonl", "a.pdf.about.toml", "page.html.fetch.json")
    assert others_lines(_others(*ours)) == []
    assert others_lines(_others("LICENSE", *ours)) == ["1 file is of no kind that is read: 1 other"]


def test_a_kind_that_is_read_is_no_other_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of("a.RTF") == KINDS[".rtf"]
    monkeypatch.setattr("corpus.intake.not_read.SUFFIXES", frozenset({".rtf"}))
    assert kind_of("a.RTF") is None
    assert documents_among(_others("a.rtf", "b.png", ".c.odt")) == ()


def test_every_next_step_leads_to_a_kind_that_is_read() -> None:
    named = {
        suffix: re.findall(r"\.\w+\b", kind.next_step)
        for suffix, kind in KINDS.items()
        if suffix not in SUFFIXES
    }
    assert {one for every in named.values() for one in every} <= SUFFIXES
    assert {KINDS[suffix].next_step for suffix, every in named.items() if not every} <= {
        "Unpack it and add the folder"
    }


def test_what_several_readers_left_out_is_one_count_of_each_kind() -> None:
    found = together(
        [LeftOut("image", 2, ("a", "b")), LeftOut("form", 0)],
        [LeftOut("struck text", 1, ("ten days",)), LeftOut("image", 5, ("b", "c", "d", "e", "f"))],
    )
    assert found == (
        LeftOut("image", 7, ("a", "b", "c", "d", "e")),
        LeftOut("struck text", 1, ("ten days",)),
    )
    assert left_out_words(found) == "7 images, 1 struck text"
    assert left_out_words(found, examples=True).endswith(", 1 struck text (ten days)")
