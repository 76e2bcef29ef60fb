"""The words of a question, and how each is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reasoning.scope import spelling
from corpus.language.terms import WORD
from index.searching.reader import IndexReader

_ENDS = (". ", "? ", "! ", "; ", ": ", "\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    text: str
    start: int
    end: int
    first: bool
    """True where a sentence begins with it."""
    placed: bool = False
    """True within the name of a place."""

    @property
    def is_capital(self) -> bool:
        """True where it is written like a name."""
        return any(map(str.isupper, self.text)) or (self.text.isdigit() and len(self.text) > 1)


def words_of(question: str, index: IndexReader) -> Iterator[Word]:
    """Yield the words of a question in its order."""
    placed = [(one.start, one.end) for one in index.gazetteer.mentions(question)]
    before = ""
    for match in WORD.finditer(question):
        start, end = match.span()
        text = spelling.bare(match.group())
        within = any(begin <= start and end <= stop for begin, stop in placed)
        between = question[len(before) : start]
        first = not before or any(mark in between for mark in _ENDS)
        yield Word(text, start, start + len(text), first, within)
        before = question[:end]
