"""What the parts of a document are read with, wherever they stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from corpus.facts.arguments.set_membership import Sets
from corpus.facts.arguments.subjects import Subjects
from corpus.facts.plain_tables import plain_tables
from corpus.facts.short_forms import own_short_forms
from corpus.language.terms import WORD
from corpus.places import Gazetteer
from corpus.types import Chunk, Document, Span


class Whole:
    """The names, the lists and the tables of a document."""

    def __init__(self, document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.sets = Sets(document, chunks)
        self.subjects = Subjects(document, chunks, gazetteer)
        self.tables = plain_tables(document)
        self._led: dict[int, list[Chunk]] = defaultdict(list)
        for chunk in chunks:
            lead_in = document.blocks[chunk.block].lead_in
            if lead_in is not None and chunk.group >= 0:
                self._led[lead_in.end].append(chunk)

    def led_in_by(self, span: Span) -> Sequence[Chunk]:
        """Return the members of the list that a passage announces."""
        return self._led.get(span.end, ())

    @cached_property
    def short_forms(self) -> frozenset[str]:
        """Short forms that the document makes for something that is no place."""
        return own_short_forms(self.document.text, self.gazetteer.named)

    @cached_property
    def low(self) -> frozenset[str]:
        """Words that the document has in lower case."""
        words = (match.group() for match in WORD.finditer(self.document.text))
        return frozenset(word for word in words if word.islower())
