"""The evidence that a model is given: passages with ids, the whole corpus where it fits.

The whole corpus stands in one fixed order, so that a provider can keep what it read of it from
question to question; which passages are the likeliest is said after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from assistant.composing.evidence import piece
from corpus.facts.types import Statement, Status
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.sentences import with_addresses
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit, StoredDocument

_CHARACTERS_A_TOKEN = 3.5
"""Of English prose with ids and markup; a cautious estimate, providers count in their own ways."""
_LIKELIEST = 15
_BEST = 60
"""Passages given where the corpus does not fit."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Numbered passages as a model reads them."""

    text: str
    passages: Mapping[str, Chunk]
    """Chunks by the id that the model cites them with."""

    @property
    def sha256(self) -> str:
        """Hash of what the model reads."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def likeliest(self, hits: Iterable[Hit]) -> str:
        """Return the ids of the passages that retrieval puts first, best first."""
        names = {chunk.id: name for name, chunk in self.passages.items()}
        return ", ".join(
            [names[hit.chunk.id] for hit in hits if hit.chunk.id in names][:_LIKELIEST]
        )


def whole_corpus(index: IndexReader, budget: int) -> Dossier | None:
    """Return all passages, None where they take more tokens than the budget."""
    length = sum(len(document.text) for document in index.documents.values())
    if length / _CHARACTERS_A_TOKEN > budget:
        return None
    text, passages = _told(index.documents, index.catalog.all_chunks())
    return Dossier(text, passages) if tokens(text) <= budget else None


def best_passages(index: IndexReader, hits: Sequence[Hit], budget: int) -> Dossier:
    """Return the passages that were found, best first until a budget of tokens is spent."""
    found = {hit.chunk.id: hit.chunk for hit in hits}
    best = list(found.values())[:_BEST]
    facts: dict[str, list[Statement]] = {}
    for fact in index.catalog.statements(chunks=[chunk.id for chunk in best]) if best else ():
        if not addresses_machine(fact.about.name):
            facts.setdefault(fact.chunk, []).append(fact)
    chosen: list[Chunk] = []
    spent = 0
    for chunk in best:
        title = index.documents[chunk.document].about.title
        hints = "".join(map(_read_off, facts.get(chunk.id, ())))
        spent += tokens(f"{title} {chunk.path} {said_of(chunk)} {hints}")
        if spent > budget:
            break
        chosen.append(chunk)
    ordered = sorted(chosen, key=lambda chunk: (chunk.document, chunk.span))
    text, passages = _told(index.documents, ordered, facts)
    return Dossier(text, passages)


def tokens(text: str) -> int:
    """Return about how many tokens a text takes."""
    return int(len(text) / _CHARACTERS_A_TOKEN) + 1


def _told(
    documents: Mapping[str, StoredDocument],
    chunks: Sequence[Chunk],
    facts: Mapping[str, Sequence[Statement]] = MappingProxyType({}),
) -> tuple[str, dict[str, Chunk]]:
    """Return chunks, in reading order, under their documents and headings, each with the facts
    read off it; and their ids.
    """
    lines, passages = list[str](), dict[str, Chunk]()
    for name, own in groupby(chunks, key=lambda chunk: chunk.document):
        about = documents[name].about
        dated = about.date.isoformat() if about.date else "undated"
        service = about.service or "no service named"
        lines.append(f"# {without_instructions(about.title)} ({service}; {dated})")
        for path, section in groupby(own, key=lambda chunk: chunk.path):
            lines.append(f"## {' > '.join(filter(None, map(without_instructions, path)))}")
            for chunk in section:
                said = said_of(chunk)
                if said:
                    id_ = f"p{len(passages) + 1}"
                    passages[id_] = chunk
                    lines.append(f"[{id_}] {said}")
                    lines.extend(_read_off(fact) for fact in facts.get(chunk.id, ()))
    return "\n".join(lines), passages


def _read_off(fact: Statement) -> str:
    """Return a fact as a hint to what its passage says; the passage is what is cited."""
    denied = "not " if fact.negated else ""
    status = "" if fact.status is Status.CURRENT else f", {fact.status.value}"
    return f"  - {denied}{fact.kind.value}: {fact.about.name}{status}"


def said_of(chunk: Chunk) -> str:
    """Return what a chunk says, without what it tells machines; empty when nothing is left."""
    if chunk.kind is BlockKind.CODE:
        return chunk.text
    shown = with_addresses(chunk.text) if "](" in chunk.text else piece(chunk).shown
    return without_instructions(shown)
