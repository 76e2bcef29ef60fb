"""Text as a reader sees it, and where each part of it stands in the document."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Span


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as shown, with the place of each of its code points in the document."""

    shown: str
    span: Span
    """What it was made of."""
    offsets: tuple[int, ...]
    """Of each code point of `shown`; empty where the two could not be laid side by side."""

    @classmethod
    def of(cls, shown: str, text: str, span: Span) -> ShownText:
        """Lay a text as shown beside what it was made of: white space and marks were left out."""
        offsets: list[int] = []
        at = span.start
        for character in shown:
            while at < span.end and not _alike(character, text[at]):
                at += 1
            if at >= span.end:
                return cls(shown, span, ())
            offsets.append(at)
            at += 1
        return cls(shown, span, tuple(offsets))

    def place(self, part: Span) -> Span:
        """Return where a part of the shown text stands in the document; all where unknown."""
        if not self.offsets or part.start >= part.end:
            return self.span
        last = min(part.end, len(self.offsets)) - 1
        if part.start > last:
            return self.span
        return Span(self.offsets[part.start], self.offsets[last] + 1)


def _alike(shown: str, written: str) -> bool:
    return shown == written or (shown.isspace() and written.isspace())
