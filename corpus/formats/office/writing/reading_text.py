"""Text of a paragraph to a line of the reading form: what is meant is marked, the rest escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.formats.markdown_writer import BREAK, at_start, escaped, tidy
from corpus.formats.marked_text import bold, link, raised, struck
from corpus.language.boxes import alike

_BLANKS = re.compile(r"\s+")
_BLANK_TO_FILL = re.compile(r"(?:\\?_|\s){3,}$")
BOXES = "☐☒"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is set in one way."""

    text: str
    bold: bool = False
    struck: bool = False
    raised: bool = False
    """Set as a superscript."""
    address: str = ""
    """Where a link on it leads."""
    ready: bool = False
    """Whether it is of the reading form already: the mark of a note."""

    def saying(self, text: str) -> Piece:
        """Return another text set in the same way."""
        return Piece(text, self.bold, self.struck, self.raised, self.address, self.ready)


def line(pieces: Iterable[Piece]) -> str:
    """Return pieces as a paragraph of the reading form, with a line end for each asked for."""
    return "\n".join(map(at_start, said_lines(pieces)))


def said_lines(pieces: Iterable[Piece]) -> list[str]:
    """Return what pieces say in the reading form, line by line; blanks to fill in say nothing."""
    merged = _merged(pieces)
    linked = (
        _linked("".join(map(_said, group)), address)
        for address, group in groupby(_spaced(merged), key=lambda piece: piece.address)
    )
    found = (one.strip() for one in tidy("".join(linked)).split("\n"))
    return [one for one in found if one and not _BLANK_TO_FILL.match(one)]


def unmarked(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Return pieces without what says that they are titles: bold letters."""
    return (replace(piece, bold=False) for piece in pieces)


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces as it stands, without marks of notes."""
    said = "".join(piece.text for piece in pieces if not piece.ready)
    return tidy(alike(said)).replace("\n", " ")


def all_bold(pieces: Iterable[Piece]) -> bool:
    """Tell whether all that is written is bold."""
    seen = [piece.bold for piece in pieces if piece.text.strip() and not piece.ready]
    return bool(seen) and all(seen)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours that are set alike, so that a word in two runs has one mark."""
    found: list[tuple[Piece, list[str]]] = []
    for piece in pieces:
        # White space is set in no way of its own.
        blank = not piece.text.strip() and not piece.ready
        if found and (blank or _alike(piece, found[-1][0])):
            found[-1][1].append(piece.text)
        elif piece.text:
            found.append((piece, [piece.text]))
    return [piece.saying("".join(texts)) for piece, texts in found]


def _alike(one: Piece, other: Piece) -> bool:
    return one.saying("") == other.saying("")


def _spaced(pieces: list[Piece]) -> Iterator[Piece]:
    """Cut pieces at line ends that are asked for; drop bold letters where they could not open."""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1].text[-1:] if number else ""
        after = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        inner = piece.text.strip()
        tight = bool(inner) and (
            (before.isalnum() and piece.text[0] == inner[0] and not inner[0].isalnum())
            or (after.isalnum() and piece.text[-1] == inner[-1] and not inner[-1].isalnum())
        )
        # What is struck out leads nowhere.
        address = "" if piece.struck else piece.address
        bold = piece.bold and not tight
        for turn, part in enumerate(piece.text.split(BREAK)):
            if turn:
                yield Piece(BREAK, address=address)
            yield Piece(part, bold, piece.struck, piece.raised, address, piece.ready)


def _said(piece: Piece) -> str:
    """Return a piece in the reading form, with boxes of one kind."""
    if piece.ready or not piece.text.strip():
        return piece.text
    said = escaped(_BLANKS.sub(" ", alike(piece.text)))
    if piece.struck:
        return struck(said)
    marked = raised(said) if piece.raised else said
    return bold(said) if piece.bold and marked == said and said.strip() not in BOXES else marked


def _linked(said: str, address: str) -> str:
    return said if "[^" in said or BREAK in said.strip() else link(said, address)
