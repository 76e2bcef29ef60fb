"""A document, of the index or read now, as an edition that can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.changes.types import Edition, Passage
from corpus.chunk import chunk_document, labels_of
from corpus.facts.extract import extract
from corpus.facts.kinds.kind_model import Vectors
from corpus.facts.types import Statement
from corpus.language.instructions import telling
from corpus.language.sentences import readable
from corpus.places import Gazetteer
from corpus.types import Block, BlockKind, Chunk, Document, Section, Span
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORT_ITEM = 30
"""Words of a list item that is compared as one: a name and, behind a full stop, what it is."""


def edition_of_document(name: str, index: IndexReader) -> Edition:
    """Return a document of the index as an edition; its statements are read already."""
    document = index.documents[name]
    sections, blocks = index.catalog.structure(name)
    chunks = index.catalog.between(name, 0, len(document.text))
    statements = index.statements(document=name)
    return Edition(
        name, document.about.title, document.about.date, document.text, document.sha256,
        passages_of(document.text, sections, blocks, chunks, statements),
        (document.about.service, document.about.publisher),
    )  # fmt: skip


class EditionReader:
    """Reads documents that are in no index, as a build reads them; each text is embedded once."""

    def __init__(self, gazetteer: Gazetteer, vectors: Vectors | None) -> None:
        """`vectors` are those of the encoder that comes with the project, by which kinds of
        statements are told; without them kinds are told by words alone.
        """
        self.gazetteer = gazetteer
        self._vectors = vectors
        self._encode = self._encoded if vectors else None
        self._known: dict[str, NDArray[Any]] = {}

    def edition(self, document: Document, name: str) -> Edition:
        """Return a document as an edition; `name` is what the user calls it."""
        chunks = tuple(telling(chunk_document(document)))
        statements = extract(document, chunks, self.gazetteer, self._encode)
        return Edition(
            name, document.about.title, document.about.date, document.text, document.sha256,
            passages_of(document.text, document.sections, document.blocks, chunks, statements),
            (document.about.service, document.about.publisher),
        )  # fmt: skip

    def _encoded(self, texts: Sequence[str]) -> NDArray[Any]:
        import numpy as np

        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh and self._vectors:
            self._known.update(zip(fresh, self._vectors(fresh), strict=True))
        return np.stack([self._known[text] for text in texts])


def passages_of(
    text: str, sections: Sequence[Section], blocks: Sequence[Block], chunks: Iterable[Chunk],
    statements: Iterable[Statement],
) -> tuple[Passage, ...]:  # fmt: skip
    """Return all that a document says in reading order, headings and titles of columns included."""
    by_chunk: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by_chunk[one.chunk].append(one)
    by_block: dict[int, list[Chunk]] = defaultdict(list)
    for chunk in chunks:
        by_block[chunk.block].append(chunk)
    stating = {
        chunk.group for chunk in chunks if chunk.group >= 0 and by_chunk[chunk.id]
    }  # fmt: skip
    said = [
        _passage(part, text, by_chunk, in_set=part[0].group in stating)
        for block in by_block.values()
        for part in _parts(block)
    ]
    over = [*_headings(text, sections), *_labels(text, sections, blocks)]
    return tuple(
        sorted((one for one in (*said, *over) if one.text), key=lambda one: one.span.start)
    )


def _parts(block: list[Chunk]) -> list[list[Chunk]]:
    """Return the sentences of a block one by one; those of a short item say one thing together."""
    short = sum(len(chunk.text.split()) for chunk in block) <= _SHORT_ITEM
    if block[0].kind is BlockKind.ITEM and short:
        return [block]
    return [[chunk] for chunk in block]


def _passage(
    part: list[Chunk], text: str, by_chunk: Mapping[str, list[Statement]], *, in_set: bool
) -> Passage:
    chunk, span = part[0], Span(part[0].span.start, part[-1].span.end)
    statements = tuple(fact for one in part for fact in by_chunk[one.id])
    cells = [pair.value for pair in chunk.pairs]
    if cells:
        said, key = " | ".join(cells), cells[0]
    elif chunk.kind is BlockKind.CODE:
        said, key = " ".join(chunk.text.split()), ""
    else:
        said, key = readable(span.of(text)), _label(chunk, text)
    # How the columns of a table are padded says nothing.
    written = said if cells else " ".join(span.of(text).split())
    return Passage(span, said, chunk.path, statements, written, chunk.kind, key, in_set)


def _label(chunk: Chunk, text: str) -> str:
    """Return the label of an item as far as it stands apart: before a colon or a dash."""
    if chunk.kind is not BlockKind.ITEM:
        return ""
    head, mark, _ = readable(chunk.span.of(text)).partition(": ")
    return head if mark else ""


def _headings(text: str, sections: Sequence[Section]) -> Iterator[Passage]:
    for one in sections:
        start = text.find(one.title, one.span.start, one.span.end) if one.title else -1
        if start >= 0:
            span = Span(start, start + len(one.title))
            yield Passage(span, readable(one.title), one.path[:-1])


def _labels(text: str, sections: Sequence[Section], blocks: Sequence[Block]) -> Iterator[Passage]:
    """Yield titles of columns and labels that are no passages of their own, each once."""
    seen: set[Span] = set()
    for block in blocks:
        path = sections[block.section].path
        for span in (*((block.titles,) if block.titles else ()), *labels_of(block)):
            if span not in seen:
                seen.add(span)
                words = " | ".join(filter(None, map(str.strip, span.of(text).split("|"))))
                yield Passage(span, readable(words), path)
