"""Lines of a plain text and what is measured on them: set in how far, filled, ended, going on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.language.sentences import split_sentences
from corpus.types import Span, trim

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_TAB = 8
NOTE_END = r"(?:\s?\[\d{1,3}\]|\*{1,3}|[†‡]|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})?$"
"""The mark of a note that may stand at the end of a line."""
_SENTENCE_END = re.compile(r"[.!?;:…]['\"”’»)\]*_]*+" + NOTE_END)
_FIRST_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"[\w'’]+$")
_INNER = frozenset(",)]}%&/–—…;:")
"""What begins no line of its own."""
_OPEN = frozenset(",(/&–—")
FUNCTION_WORDS = frozenset(
    "a an the this that these those its their our your his her of in on at to for from by with "
    "and or nor but as if than into onto under over via per between within without while where "
    "because when which who whose is are was were be been being has have had do does did will "
    "shall may must can could would should not cannot never no any each every".split()
)
"""Words that end no heading and no row, so that what follows goes on."""
ANY_WIDTH = 2**32
"""How wide a line would have to be to tell by its width that it goes on: it tells nothing."""
_NARROW = 40
"""Columns of what is no prose where no line of it ends a sentence."""
_FEWEST_FILLED = 8
_FILLED = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the marks of a quotation."""

    text: str
    """What it says, without white space at its ends."""
    span: Span
    """Where that stands."""
    whole: Span
    """The line with the white space at its ends."""
    indent: int
    """Columns of white space before it."""
    quoted: int = 0
    """How many `>` stand before it."""
    page: int = 0
    """Number of the page, where form feeds end pages."""

    @property
    def width(self) -> int:
        """Columns up to its end."""
        return self.indent + len(self.text)

    @property
    def start(self) -> int:
        """Where what it says begins."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where what it says ends."""
        return self.span.end


def split_lines(text: str) -> Iterator[Line | None]:
    """Return the lines of a text in order, None for each blank one."""
    start, page = 0, 0
    for match in _LINE_END.finditer(text):
        yield _line(text, Span(start, match.start()), page)
        page += match[0] == "\f"
        start = match.end()
    yield _line(text, Span(start, len(text)), page)


def _line(text: str, whole: Span, page: int) -> Line | None:
    quote = _QUOTE.match(text, whole.start, whole.end)
    if quote:
        whole = Span(quote.end(), whole.end)
    span = trim(text, whole)
    if span.start == span.end:
        return None
    indent = 0
    for character in text[whole.start : span.start]:
        indent += _TAB - indent % _TAB if character == "\t" else 1
    return Line(span.of(text), span, whole, indent, quote[0].count(">") if quote else 0, page)


def cover(lines: Sequence[Line]) -> Span:
    """Return the span from the first to the last of some lines."""
    return Span(lines[0].start, lines[-1].end)


def ends_sentence(content: str) -> bool:
    """Tell whether a line ends as sentences, clauses and lead-ins do."""
    return _SENTENCE_END.search(content) is not None


def filled_width(paragraphs: Sequence[Sequence[Line]]) -> int:
    """Return how wide a text is set: what nine of ten lines that others follow keep to."""
    widths = sorted(line.width for lines in paragraphs for line in lines[:-1])
    return widths[int(len(widths) * _FILLED)] if len(widths) >= _FEWEST_FILLED else 0


def goes_on(before: Line, after: Line, width: int) -> bool:
    """Tell whether a line goes on in the next: by its end, by the next one's start, by its width.

    `width` is how wide the text is set; a line is filled where the next word had no room in it.
    """
    if before.quoted != after.quoted:
        return False
    first = after.text[0]
    if first.islower() or first in _INNER:
        return True
    if ends_sentence(before.text):
        return False
    if before.text[-1] in _OPEN or before.text.endswith("-"):
        return True
    last = _LAST_WORD.search(before.text)
    if last and last[0].lower() in FUNCTION_WORDS and not before.text.isupper():
        return True
    return is_filled(before, after, width)


def is_filled(before: Line, after: Line, width: int) -> bool:
    """Tell whether the first word of a line had no room in the line before."""
    word = _FIRST_WORD.match(after.text)
    return before.width + 1 + len(word[0] if word else "") > width


def width_of(lines: Sequence[Line], width: int) -> int:
    """Return how wide a paragraph is set, in a text that is set `width` wide."""
    return max(width, *(line.width for line in lines))


def sentences_of(text: str, lines: Sequence[Line], width: int) -> tuple[Span, ...]:
    """Return the sentences of a paragraph; lines that are no wrapped prose are one each."""
    return tuple(
        sentence
        for segment in _segments(lines, width_of(lines, width))
        for sentence in _joined(text, split_sentences(text, cover(segment)))
    )


def _segments(lines: Sequence[Line], width: int) -> Iterator[Sequence[Line]]:
    """Cut a paragraph where a line stands for itself, if most lines of it do."""
    if width < _NARROW and not any(ends_sentence(line.text) for line in lines):
        width = ANY_WIDTH
    flows = [goes_on(before, after, width) for before, after in pairwise(lines)]
    breaks = [
        number
        for number, flow in enumerate(flows)
        if not flow and not ends_sentence(lines[number].text)
    ]
    start = 0
    if len(breaks) > sum(flows):
        for number in breaks:
            yield lines[start : number + 1]
            start = number + 1
    yield lines[start:]


def _joined(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Join what blank lines part, where a page ends within a sentence."""
    start: int | None = None
    for sentence in sentences:
        start = sentence.start if start is None else start
        if ends_sentence(text[start : sentence.end]) or sentence is sentences[-1]:
            yield Span(start, sentence.end)
            start = None
