"""Which list, table or record a statement belongs to, and whether that says it is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.facts.types import Openness, SetMembership
from corpus.language.sentences import readable
from corpus.language.terms import WORD
from corpus.types import BlockKind, Chunk, Document

_OPENING = frozenset({"including", "include", "includes", "examples", "example", "e.g"})
"""Words of a lead-in after which a list need not be whole."""
_CLOSING = frozenset({"following", "only", "all", "these", "below", "each", "every"})
"""Words of a lead-in after which a list is meant to be whole."""


class Sets:
    """The lists, tables and records of a document."""

    def __init__(self, document: Document, chunks: Sequence[Chunk]) -> None:
        self._document = document
        self._members: dict[int, dict[int, int]] = {}
        """Position of each block in its group, from 1."""
        for chunk in chunks:
            if chunk.group >= 0:
                members = self._members.setdefault(chunk.group, {})
                members.setdefault(chunk.block, len(members) + 1)

    def of(self, chunk: Chunk) -> SetMembership | None:
        """Return the set that a chunk is a member of; None for what stands alone."""
        members = self._members.get(chunk.group, {})
        if len(members) < 2 or chunk.kind is BlockKind.CODE:
            return None
        title = self._title(chunk)
        return SetMembership(
            id=_key(self._document.id, str(chunk.group), title),
            title=title,
            position=members[chunk.block],
            size=len(members),
            openness=_openness(chunk, title),
            record=_key(self._document.id, str(chunk.group), str(self._record(chunk))),
        )

    def _title(self, chunk: Chunk) -> str:
        if chunk.lead_in:
            return chunk.lead_in
        block = self._document.blocks[chunk.block]
        under = readable(block.under[-1].of(self._document.text)) if block.under else ""
        return under or (chunk.path[-1] if chunk.path else "")

    def _record(self, chunk: Chunk) -> int:
        """Return what is equal for one row, or for all label-value bullets of one record."""
        return -1 if chunk.record else chunk.block


def _openness(chunk: Chunk, title: str) -> Openness:
    words = {match.group().lower() for match in WORD.finditer(title)}
    if words & _OPENING or "such as" in title.lower():
        return Openness.OPEN
    if chunk.kind is BlockKind.ROW or words & _CLOSING:
        return Openness.CLOSED
    return Openness.UNKNOWN


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
