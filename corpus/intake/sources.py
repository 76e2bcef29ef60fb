"""Files to documents: finding them, reading them, and what is said about them beside their text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.errors import DocumentError
from corpus.formats import LARGEST_FILE_MB, SUFFIXES, Extracted, extract
from corpus.intake.describe import (
    MANIFEST,
    UNDESCRIBED,
    Given,
    front_matter_fields,
    given,
    read_manifest,
    read_sidecar,
    slug,
)
from corpus.intake.not_read import kind_of
from corpus.intake.own_words import PageText, own_words
from corpus.intake.walk import FoundFile, read_whole, shown, walk
from corpus.left_out import together
from corpus.parse import parse
from corpus.parse.structure import Structure
from corpus.types import Document

BUNDLED = Path(__file__).parents[1] / "documents"
LARGEST_FILE = LARGEST_FILE_MB * 2**20
"""Bytes."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that holds a document, and what is said about it outside of it."""

    path: Path
    name: str = ""
    """Path below the folder that it was found in; two of one file name get ids of their own."""
    given: Given = UNDESCRIBED
    id: str = ""
    """Id of the document where one was settled, else it comes from the name."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a document, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading a set of files gave."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


def find_files(folders: Iterable[Path]) -> tuple[SourceFile, ...]:
    """Return the documents below the folders, in order of their paths; missing ones have none."""
    found: list[SourceFile] = []
    for folder in folders:
        described = read_manifest(folder / MANIFEST)
        found.extend(
            SourceFile(file.path, file.name, read_sidecar(file.path).over(about))
            for file in walk(folder, SUFFIXES).files
            for about in (described.get(file.path.name, Given()),)
        )
    return tuple(found)


def load(files: Iterable[SourceFile]) -> Loaded:
    """Read and parse every file; one that cannot be used is reported, the others go on."""
    documents: dict[str, Document] = {}
    failures = []
    for file in files:
        try:
            document = read_document(file)
            if document.id in documents:
                raise DocumentError(
                    file.path.name, f"another document has the id {document.id!r} already",
                    "Rename the file or give it another id in the manifest",
                )  # fmt: skip
            documents[document.id] = document
        except DocumentError as error:
            failures.append(Failure(file.path, str(error)))
    return Loaded(tuple(documents.values()), tuple(failures))


def lone_file(path: Path) -> SourceFile:
    """Return a file with what is said about it beside it; raise CorpusError where that is broken.

    Other files of its folder are not looked for.
    """
    described = read_manifest(path.parent / MANIFEST).get(path.name, Given())
    return SourceFile(path, shown(path.name), read_sidecar(path).over(described))


def read_document(file: SourceFile, *, longest: int = 0) -> Document:
    """Read one file; raise DocumentError when it is not a text with something to say, or has more
    than `longest` characters where that is given.
    """
    found = walk(file.path, SUFFIXES)
    if not found.files:
        kind = kind_of(file.path.name)
        if kind is not None and os.path.isfile(file.path):  # noqa: PTH113 - see `read_manifest`
            raise DocumentError(
                file.path.name, f"is {kind.name}, a kind that is not read", kind.next_step
            )
        raise DocumentError(file.path.name, found.unreadable[0].reason, "Check it")
    return document_of(file, read_whole(found.files[0], LARGEST_FILE), longest=longest)


def read_found(file: FoundFile) -> bytes:
    """Return the bytes of a file that a walk found; raise DocumentError when that cannot be."""
    return read_whole(file, LARGEST_FILE)


def document_of(file: SourceFile, content: bytes, *, longest: int = 0) -> Document:
    """Return the document that a file's bytes hold; raise DocumentError when there is none, or more
    than `longest` characters of text where that is given.
    """
    name = file.name or file.path.name
    extracted = extract(name, content)
    if longest and len(extracted.text) > longest:
        raise DocumentError(
            name, f"has {len(extracted.text):,} characters of text, {longest:,} are read here",
            "Give a part of it, or use the command line",
        )  # fmt: skip
    fields = front_matter_fields(name, extracted.text) if extracted.markdown else {}
    structure = parse(extracted.text, markdown=extracted.markdown, pages=extracted.pages)
    if not any(block.sentences or block.cells for block in structure.blocks):
        raise DocumentError(name, "has no text", "Give a document with text or remove the file")
    said, warnings = _said(file, name, extracted, structure, fields)
    about = said.described(
        file.id or slug(file.name or name) or "document",
        PurePath(shown(file.path.name)).stem,
    )
    return Document(
        about, structure.text, hashlib.sha256(content).hexdigest(),
        structure.sections, structure.blocks, structure.pages,
        together(extracted.left_out, structure.left_out), warnings,
    )  # fmt: skip


def _said(
    file: SourceFile, name: str, extracted: Extracted, structure: Structure,
    fields: Mapping[str, object],
) -> tuple[Given, tuple[str, ...]]:  # fmt: skip
    """Return what is said of a document by all that may say it, and what could not be used."""
    stated = given(fields, name)
    source = file.given.source or stated.source or extracted.source
    own = own_words(
        PageText(
            file.name or name, structure.text, structure, fields, extracted.title,
            extracted.date, source, stated.service,
        )
    )  # fmt: skip
    of_file = Given(
        title=own.title, service=own.service, publisher=stated.publisher or own.publisher,
        date=own.date, source=source, licence=stated.licence, supersedes=stated.supersedes,
    )  # fmt: skip
    # A date that was given settles what the file leaves unclear.
    return file.given.over(of_file), () if file.given.date else own.warnings
