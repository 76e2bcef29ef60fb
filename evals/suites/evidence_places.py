"""Where folded passages stand in documents, in code points of the original text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.types import Description, Span
from evals.types import Case, Place

_SPACE = re.compile(r"\s+")
_PUNCTUATION = ".,;:!?)]\"'”’"
_ANCHOR = 4
"""Words at each end of a passage by which it is found."""
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|\[\^[^\]\s]+\]|\{[\w-]+\}")


def fold(text: str) -> str:
    """Return the text with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A document's words, searchable without regard to white space, mark-up and case.

    Evidence is written down from the file, and documents are stored without their mark-up.
    """

    text: str
    folded: str
    """Words in lower case, each between two blanks."""
    offsets: tuple[int, ...]
    """For every code point of `folded`, its place in `text`."""
    service: str = ""
    """What the document is about."""
    title: str = ""

    @classmethod
    def of(cls, text: str, about: Description | None = None) -> FoldedText:
        """Fold a text and remember where each code point came from."""
        characters: list[str] = [" "]
        offsets: list[int] = [0]
        for position, character in enumerate(text):
            if character.isalnum():
                # One character may have several in lower case.
                characters.append(character.lower()[:1])
            elif characters[-1] != " ":
                characters.append(" ")
            else:
                continue
            offsets.append(position)
        if characters[-1] != " ":
            characters.append(" ")
            offsets.append(len(text))
        service, title = (about.service, about.title) if about else ("", "")
        return cls(text, "".join(characters), tuple(offsets), service, title)

    def find(self, passage: str) -> tuple[Span, ...]:
        """Return every place of a passage: as it is written, else without the tags within, else
        from its first words to its last where mark-up stands between."""
        bare = html.unescape(_TAG.sub(" ", passage))
        for written in dict.fromkeys((passage, bare)):
            wanted = FoldedText.of(written).folded
            if found := tuple(self._places(wanted, _ending(written))):
                return found
        return tuple(self._between(FoldedText.of(bare).folded.split()))

    def _places(self, wanted: str, ending: str) -> Iterator[Span]:
        start = self.folded.find(wanted) if wanted.strip() else -1
        while start >= 0:
            end = self.offsets[start + len(wanted) - 2] + 1
            end += len(ending) if self.text.startswith(ending, end) else 0
            yield Span(self.offsets[start + 1], end)
            start = self.folded.find(wanted, start + 1)

    def _between(self, words: list[str]) -> Iterator[Span]:
        if len(words) < 2 * _ANCHOR:
            return
        first, last = (f" {' '.join(part)} " for part in (words[:_ANCHOR], words[-_ANCHOR:]))
        start = self.folded.find(first)
        end = self.folded.find(last, start, start + 2 * sum(len(word) + 1 for word in words))
        if 0 <= start < end:
            yield Span(self.offsets[start + 1], self.offsets[end + len(last) - 2] + 1)


def _ending(passage: str) -> str:
    """Return the punctuation that a passage ends with."""
    bare = passage.rstrip()
    return bare[len(bare.rstrip(_PUNCTUATION)) :]


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
