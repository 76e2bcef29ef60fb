"""Documents that are hard to read: statements or none, each on its span, and in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.facts.types import Openness, PlaceRole, Statement, StatementKind
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer
from index.encoding.chunk_encoder import ChunkEncoder

Read = Callable[[str], tuple[Statement, ...]]
_VECTORS = ChunkEncoder().encode


@pytest.fixture
def read(tmp_path: Path, gazetteer: Gazetteer) -> Read:
    def statements(text: str) -> tuple[Statement, ...]:
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        document = read_document(SourceFile(path))
        document = replace(document, about=replace(document.about, service="Tern"))
        found = extract(document, chunk_document(document), gazetteer, _VECTORS)
        chunks = {chunk.id: chunk for chunk in chunk_document(document)}
        for one in found:
            assert chunks[one.chunk].span.contains(one.span)
            for place in one.places:
                words = place.span.of(document.text)
                assert any(
                    m.place.id == place.place for m in gazetteer.mentions(words, page(document))
                ), (words, place)
        return found

    return statements


def page(document: object) -> str:
    return str(document.about.words)  # type: ignore[attr-defined]


def rest(statements: tuple[Statement, ...]) -> set[tuple[str, bool]]:
    return {
        (place.place, one.negated)
        for one in statements
        if one.kind is StatementKind.STORED
        for place in one.places
        if place.role is PlaceRole.RESTS
    }


def test_a_document_that_contradicts_itself_states_both(read: Read) -> None:
    found = read("# Tern\n\nMail is stored in Norway.\n\nMail is not stored in Norway.\n")
    assert rest(found) == {("country:NO", False), ("country:NO", True)}


def test_a_table_without_titles_is_a_list(read: Read) -> None:
    found = read("# Regions of Tern\n\n| | |\n|---|---|\n| North | Oslo |\n| South | Rome |\n")
    assert {one.kind for one in found} <= {StatementKind.MEMBER, StatementKind.STORED}
    assert all(one.member and one.member.size == 2 for one in found)


def test_a_statement_about_two_services_is_about_both(read: Read) -> None:
    found = read(
        "# Tern\n\n## Tern Vault\n\nTern Vault is fast.\n\n## Tern Board\n\nTern Board is slow.\n\n"
        "## Places\n\nTern Vault and Tern Board store messages in Finland.\n"
    )
    stored = [one for one in found if one.kind is StatementKind.STORED]
    assert len(stored) == 1
    assert {"Tern Vault", "Tern Board"} <= set(stored[0].about.names)
    assert stored[0].at(PlaceRole.RESTS) == ("country:FI",)


def test_a_sentence_of_three_hundred_words_states_little(read: Read) -> None:
    clauses = " and ".join(f"who wrote what the desk of number {n} reads" for n in range(40))
    found = read(f"# Tern\n\nMail of people {clauses} is stored in Norway.\n")
    stored = [one for one in found if one.kind is StatementKind.STORED]
    assert len(stored) <= 3
    assert rest(found) <= {("country:NO", False)}


def test_see_above_takes_nothing_over(read: Read) -> None:
    found = read("# Tern\n\nMail is stored in Norway.\n\n## Backups\n\nBackups: see above.\n")
    assert rest(found) == {("country:NO", False)}
    assert not [one for one in found if "see above" in one.value and one.places]


def test_another_language_is_not_guessed_at(read: Read) -> None:
    found = read(
        "# Tern\n\nKundendaten werden in Norwegen gespeichert. Sicherungen werden dreißig Tage "
        "aufbewahrt. Les données des clients ne quittent pas la Suède.\n"
    )
    assert found == ()


def test_a_list_of_thousands_is_one_set_in_linear_time(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    def seconds(count: int) -> float:
        path = tmp_path / f"list{count}.md"
        members = "".join(f"- region-{n} (Oslo)\n" for n in range(count))
        path.write_text(f"# Tern\n\nMail is stored in the following regions:\n\n{members}")
        document = read_document(SourceFile(path))
        chunks = chunk_document(document)
        started = time.process_time()
        found = extract(document, chunks, gazetteer)
        taken = time.process_time() - started
        members_found = [one for one in found if one.member]
        assert {one.member.size for one in members_found if one.member} == {count}
        assert {one.member.openness for one in members_found if one.member} == {Openness.CLOSED}
        assert members_found[-1].member is not None
        assert members_found[-1].member.position == count
        return taken

    seconds(50)
    # Of four times as many members; what grows with the square takes sixteen times as long.
    assert seconds(4000) < 12 * max(seconds(1000), 0.5)
