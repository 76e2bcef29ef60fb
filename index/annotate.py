"""What is read off a chunk once, when it is indexed, so that answering need not read it again."""

from __future__ import annotations

from corpus.places import Gazetteer
from corpus.signals import Signal, signals
from corpus.types import BlockKind, Chunk
from index.types import Note


def annotate(chunk: Chunk, gazetteer: Gazetteer) -> Note:
    """Return signals and places of a chunk; a list's members share those of its lead-in."""
    text = f"{chunk.lead_in} {chunk.context.rsplit(' | ', 1)[-1]}"
    found = {mention.place for mention in gazetteer.mentions(text)}
    stated = signals(text)
    if chunk.kind is BlockKind.CODE:
        stated |= {Signal.COMMAND}
    return Note(
        stated,
        frozenset(place.id for place in found),
        frozenset(outer for place in found for outer in place.within),
    )
