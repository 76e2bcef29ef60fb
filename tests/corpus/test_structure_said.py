"""What stands apart from a sentence, such as a title, a label, a note or a box, goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.chunk import chunk_document, row_text, said
from corpus.facts.extract import extract
from corpus.facts.types import Statement, StatementKind
from corpus.intake.sources import SourceFile, document_of
from corpus.places import Gazetteer
from corpus.types import Document, Pair
from index.encoding.chunk_encoder import ChunkEncoder


def _document(text: str) -> Document:
    return document_of(SourceFile(Path("case.md")), text.encode())


def _facts(text: str, gazetteer: Gazetteer) -> tuple[Statement, ...]:
    document = _document(text)
    return extract(document, chunk_document(document), gazetteer, ChunkEncoder().encode)


def test_cells_keep_their_titles_whatever_these_hold() -> None:
    text = (
        "# Sites\n\n| Area: | Kept: at rest; now |\n| --- | --- |\n| Peru | Lima; Cusco \\| Ica |\n"
    )
    (chunk,) = chunk_document(_document(text))
    assert chunk.pairs == (Pair("Area:", "Peru"), Pair("Kept: at rest; now", "Lima; Cusco | Ica"))
    assert said(chunk) == row_text(chunk.pairs)
    assert said(chunk) == "Area: Peru; Kept: at rest; now: Lima; Cusco | Ica"


def test_a_blank_cell_is_no_pair() -> None:
    (chunk,) = chunk_document(_document("| A | B |\n| --- | --- |\n| Peru | |\n"))
    assert chunk.pairs == (Pair("A", "Peru"),)


def test_labels_and_notes_are_found_and_cited_with_the_passage() -> None:
    tab = "::: tab Hosted\n\nFiles rest in Oslo.[^a] They are small.\n\n:::\n"
    text = f"# Ora\n\n{tab}\n[^a]: Since May.\n"
    document = _document(text)
    marked, other, _ = chunk_document(document)
    assert marked.context == "Ora | Ora | Hosted | Files rest in Oslo. | Since May."
    assert [span.of(document.text) for span in marked.support] == ["Hosted", "Since May."]
    assert other.context == "Ora | Ora | Hosted | They are small."


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("::: tab Hosted\n\nFiles are stored in Oslo.\n\n:::\n", ("Hosted",)),
        ("Files are stored in Oslo.[^a]\n\n[^a]: Only for schools.\n", ("Only for schools",)),
        ("Files are stored in Oslo.\n", ()),
    ],
)
def test_labels_and_notes_limit_a_fact(
    text: str, conditions: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    first = _facts(f"# Ora\n\n{text}", gazetteer)[0]
    assert (first.kind, first.conditions_said) == (StatementKind.STORED, conditions)


def test_an_empty_box_denies_what_stands_beside_it(gazetteer: Gazetteer) -> None:
    facts = _facts("- [x] Files are stored in Oslo\n- [ ] Files are stored in Rome\n", gazetteer)
    assert [fact.negated for fact in facts] == [False, True]


def test_an_empty_box_beside_a_denial_says_nothing(gazetteer: Gazetteer) -> None:
    assert _facts("- [ ] Files are not stored in Rome\n- [x] Read\n", gazetteer) == ()


def test_ticked_words_of_a_line_count(gazetteer: Gazetteer) -> None:
    (fact,) = _facts("Files are stored in Norway: ☐ yes ☒ no\n", gazetteer)
    assert (fact.kind, fact.value, fact.negated) == (
        StatementKind.STORED, "Files are stored in Norway", True,
    )  # fmt: skip


def test_what_is_kept_for_a_time_is_retained(gazetteer: Gazetteer) -> None:
    table = "| Country | Logs kept | Files kept |\n| --- | --- | --- |\n| Peru | 60 days | Lima |\n"
    assert {(fact.kind, fact.value) for fact in _facts(table, gazetteer)} == {
        (StatementKind.RETAINED, "60 days"), (StatementKind.STORED, "Lima"),
    }  # fmt: skip
