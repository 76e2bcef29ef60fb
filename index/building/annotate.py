"""What is read off a chunk once, when it is indexed, so that answering need not read it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.chunk import said
from corpus.language.signals import Signal, signals
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk
from index.types import Note

_LOCATES = frozenset({Signal.STORED, Signal.PROCESSED, Signal.COPIED, Signal.MOVED})


_PLACED, _LOCATED = 0.055, 0.2
"""Shares of a document's chunks. Residency documents have 0.06 and 0.25 at least, nine in ten of
other product pages at most 0.05 and 0.37 (docs/decisions/0004)."""


def annotate_all(
    chunks: Sequence[Chunk], gazetteer: Gazetteer, about: str = ""
) -> list[tuple[str, Note]]:
    """Return what is read off each chunk, and how much its document is about places of data.

    `about` is what tells whose document it is, by which a vendor's regions are read.
    """
    noted = [(chunk, annotate(chunk, gazetteer, about)) for chunk in chunks]
    shares: dict[str, tuple[float, float]] = {}
    for document, group in groupby(sorted(noted, key=_document), key=_document):
        notes = [note for _, note in group]
        placed = sum(bool(note.places) for note in notes) / len(notes)
        located = sum(bool(note.signals & _LOCATES) for note in notes) / len(notes)
        shares[document] = (round(placed, 4), round(located, 4))
    return [
        (chunk.id, replace(note, placed=placed, located=located))
        for chunk, note in noted
        for placed, located in (shares[chunk.document],)
    ]


def about_places(notes: Iterable[tuple[str, Note]]) -> frozenset[str]:
    """Return the chunks of documents that are about where data is: enough of their chunks name a
    place or tell of keeping and moving.
    """
    return frozenset(
        id_ for id_, note in notes if note.placed >= _PLACED and note.located >= _LOCATED
    )


def _document(noted: tuple[Chunk, Note]) -> str:
    return noted[0].document


def annotate(chunk: Chunk, gazetteer: Gazetteer, about: str = "") -> Note:
    """Return signals and places of a chunk; a list's members share those of its lead-in."""
    text = f"{chunk.lead_in} {said(chunk)}"
    found = {mention.place for mention in gazetteer.mentions(text, about)}
    stated = signals(text)
    if chunk.kind is BlockKind.CODE:
        stated |= {Signal.COMMAND}
    if Signal.LINK in signals(chunk.text):
        # What a reader sees has lost the addresses.
        stated |= {Signal.LINK}
    return Note(
        stated,
        frozenset(place.id for place in found),
        frozenset(outer for place in found for outer in place.within),
    )
