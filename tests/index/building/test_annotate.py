"""What documents are about, read off their chunks."""

from __future__ import annotations

from pathlib import Path

from corpus.chunk import chunk_document
from corpus.intake.sources import find_files, load
from corpus.places import Gazetteer
from evals.fitting.retrieval import DISTRACTORS
from index.building.annotate import about_places, annotate_all
from index.building.build import build_index
from index.building.options import Sources
from index.home.paths import PLACES, Home
from index.searching.reader import IndexReader
from index.types import Vectors


def test_residency_documents_are_told_from_pages_about_the_same_services(
    built_home: Path,
) -> None:
    gazetteer = Gazetteer(Home(built_home).current() / PLACES)
    documents = load(find_files((DISTRACTORS,))).documents
    pages = [chunk for document in documents for chunk in chunk_document(document)]
    stood = about_places(annotate_all(pages, gazetteer))
    assert len(stood) <= 0.1 * len(pages)
    gazetteer.close()
    reader = IndexReader.open(built_home)
    ids = [chunk.id for chunk in reader.catalog.all_chunks()]
    kept = about_places(reader.catalog.notes(ids).items())
    reader.close()
    assert kept == frozenset(ids)


def test_among_other_pages_residency_documents_are_searched_apart(
    built_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "harbour.md").write_text(
        "# Where Harbour keeps files\n\nFiles of customers in Norway are stored in Bergen.\n"
    )
    (folder / "colours.md").write_text("# Colours\n\nThe button is green. The menu is blue.\n")
    home = tmp_path / "home"
    build_index(home, sources=Sources((folder,)), shared=built_home)
    reader = IndexReader.open(home, shared=built_home)
    vector = reader.encoder.encode("Where are files stored?")
    apart = {one.id for one in reader.vectors.nearest(vector, 10, Vectors.PLACED)}
    chunks = reader.catalog.chunks(sorted(apart))
    reader.close()
    assert {chunk.document for chunk in chunks.values()} == {"harbour"}
