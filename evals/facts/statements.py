"""What the product reads in the documents that gold rows are about, and the places it knows."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path, PurePath

from corpus import places
from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.facts.types import Statement
from corpus.intake.sources import SourceFile, find_files, load
from corpus.places import Gazetteer, compile_gazetteer
from corpus.types import Document
from evals.errors import CaseError
from evals.facts.gold import document_id
from index.encoding.chunk_encoder import ChunkEncoder


def read_documents(folders: Sequence[Path], wanted: Collection[str]) -> tuple[Document, ...]:
    """Read the documents of some ids below folders; raise CaseError for those that are missing.

    A document's id is taken from its file's name alone; the first file of a name counts.
    """
    files: dict[str, SourceFile] = {}
    for file in find_files(folders):
        id_ = document_id(PurePath(file.path.name).stem)
        if id_ in wanted:
            files.setdefault(id_, replace(file, id=id_))
    if missing := sorted(set(wanted) - set(files)):
        raise CaseError(f"no document for {', '.join(missing)}. Name its folder by --documents")
    loaded = load(files.values())
    if loaded.failures:
        raise CaseError("\n".join(f"{one.path}: {one.reason}" for one in loaded.failures))
    return loaded.documents


def read_statements(documents: Sequence[Document], gazetteer: Gazetteer) -> tuple[Statement, ...]:
    """Return what the product reads in documents, with the vectors that an index would have."""
    vectors = ChunkEncoder().encode
    return tuple(
        statement
        for document in documents
        for statement in extract(document, chunk_document(document), gazetteer, vectors)
    )


@contextmanager
def opened_gazetteer(folder: Path | None = None) -> Iterator[Gazetteer]:
    """Open the places, compiled once into a folder that is kept, else into a temporary one."""
    with tempfile.TemporaryDirectory() as temporary:
        path = (folder or Path(temporary)).resolve() / f"places-{_version()}.sqlite"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Two runs may compile at once: a file of this name is always whole.
            with tempfile.TemporaryDirectory(dir=path.parent) as beside:
                compile_gazetteer(Path(beside) / path.name)
                (Path(beside) / path.name).replace(path)
        with closing(Gazetteer(path)) as gazetteer:
            yield gazetteer


def _version() -> str:
    """Return a hash of all that the places are compiled from and by."""
    sources = sorted(one for one in Path(places.__path__[0]).iterdir() if one.is_file())
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:12]
