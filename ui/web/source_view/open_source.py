"""The document that a link of the page opens, with its structure and its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.types import Block, Section, Span
from index.types import FileState, StoredDocument

if TYPE_CHECKING:
    from assistant.app import Assistant


NOWHERE = -1
"""In place of an offset that is not asked for."""


class View(StrEnum):
    """How a document is shown; the value stands in addresses."""

    DOCUMENT = "document"
    """Headings, lists, tables, links."""
    TEXT = "text"
    """As it is stored and cited, mark-up and all."""
    PRINTED = "printed"
    """The page of the file itself; of a PDF alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks for."""

    document: str
    start: int = NOWHERE
    """Of the cited span."""
    end: int = NOWHERE
    at: int = NOWHERE
    """Where in the text the reader wants to be, other than at the cited span."""
    view: View | None = None
    """None for the one that suits the document best."""

    @property
    def is_citing(self) -> bool:
        """Tell whether a span is asked for."""
        return (self.start, self.end) != (NOWHERE, NOWHERE)

    def span(self, text: str) -> Span | None:
        """Return the cited span; None where the text does not have it."""
        whole = 0 <= self.start < self.end <= len(text)
        return Span(self.start, self.end) if whole else None


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the index as it can be shown."""

    document: StoredDocument
    sections: Sequence[Section]
    blocks: Sequence[Block]
    newer: StoredDocument | None
    """The document that takes its place."""
    file: Path | None
    """Where a document of pages was read from; None for others, and where that is not known."""


def open_source(assistant: Assistant, name: str) -> Source:
    """Return a document with its structure; raise UnknownDocument."""
    assistant.document(name)
    with assistant.reading() as index:
        document = index.documents[name]
        sections, blocks = index.catalog.structure(name)
        newer = index.documents.get(index.successors.get(name, ""))
        files = index.catalog.files() if document.pages else ()
    own = (one.path for one in files if one.document == name and one.state is FileState.OK)
    path = next(own, None)
    return Source(document, sections, blocks, newer, Path(path) if path else None)
