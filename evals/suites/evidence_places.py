"""Where folded passages stand in documents, in code points of the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.types import Span
from evals.types import Case, Place

_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return the text with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A document's text, searchable without regard to white space."""

    text: str
    folded: str
    offsets: tuple[int, ...]
    """For every code point of `folded`, its place in `text`."""

    @classmethod
    def of(cls, text: str) -> FoldedText:
        """Fold a text and remember where each code point came from."""
        characters: list[str] = []
        offsets: list[int] = []
        for position, character in enumerate(text):
            if not character.isspace():
                characters.append(character)
            elif characters and characters[-1] != " ":
                characters.append(" ")
            else:
                continue
            offsets.append(position)
        folded = "".join(characters).rstrip()
        return cls(text, folded, tuple(offsets[: len(folded)]))

    def find(self, passage: str) -> tuple[Span, ...]:
        """Return every place of a passage; white space does not count."""
        wanted = fold(passage)
        found: list[Span] = []
        start = self.folded.find(wanted) if wanted else -1
        while start >= 0:
            last = self.offsets[start + len(wanted) - 1]
            found.append(Span(self.offsets[start], last + 1))
            start = self.folded.find(wanted, start + 1)
        return tuple(found)


Texts = Mapping[str, FoldedText]
"""Folded documents by id."""


def evidence_places(case: Case, texts: Texts) -> tuple[tuple[Place, ...], ...]:
    """Return, for every evidence passage of a case, its places in the documents of the case."""
    return tuple(
        tuple(
            Place(document, span)
            for document in case.docs
            if document in texts
            for span in texts[document].find(passage)
        )
        for passage in case.evidence
    )


def all_evidence_places(case: Case, texts: Texts) -> Iterator[Place]:
    """Yield every place of every evidence passage of a case."""
    for places in evidence_places(case, texts):
        yield from places
