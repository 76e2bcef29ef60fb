"""What is known of a page while it is made text of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.types import Unusable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_REPEATED = 8_000_000
_LONGEST_LABEL = 200


class Choice(NamedTuple):
    """A part of a page that holds for one choice of its reader."""

    kind: str
    """`tab` or `zone`, as the reading form has it."""
    label: str


@dataclass(slots=True)
class WebPage:
    """One page: what its elements are to each other, and what was left out of it."""

    base: str = ""
    """The address that its links are relative to."""
    marks: dict[HtmlElement, str] = field(default_factory=dict)
    """Elements that are marks of notes, with the label of the note."""
    notes: dict[HtmlElement, str] = field(default_factory=dict)
    """Elements that are notes, with their labels."""
    choices: dict[HtmlElement, Choice] = field(default_factory=dict)
    unfolds: set[HtmlElement] = field(default_factory=set)
    """Elements that a button of the page shows."""
    titles: set[HtmlElement] = field(default_factory=set)
    """Such buttons that stand in no heading."""
    struck: frozenset[str] = frozenset()
    """Classes whose text is struck out."""
    bold: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    left_out: list[tuple[str, str]] = field(default_factory=list)
    terms: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Abbreviations by the label of their note, with what they are short for."""
    repeated: int = 0

    def leave_out(self, what: str, example: str = "") -> None:
        """Count what the page holds and the text will not."""
        self.left_out.append((what, example))

    def repeat(self, text: str) -> str:
        """Return a text that stands in several cells, as long as a page can bear that."""
        self.repeated += len(text)
        if self.repeated > _MOST_REPEATED:
            raise Unusable("joins too many cells of its tables", "Split it into smaller files")
        return text

    def term(self, short: str, full: str) -> str:
        """Return the mark of a note that says what an abbreviation is short for, once."""
        label = f"term-{re.sub(r'[^a-z0-9]+', '-', short.lower()).strip('-')[:40]}"
        if label in self.terms or len(label) == len("term-"):
            return ""
        self.terms[label] = (short, full)
        return f"[^{label}]"


def label_line(text: str) -> str:
    """Return a label or a title as it stands in a line of a container."""
    return " ".join(text.split())[:_LONGEST_LABEL].strip()
