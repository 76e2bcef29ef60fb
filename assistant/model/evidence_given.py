"""The evidence that a model is given: passages with ids, the whole corpus where it fits.

The whole corpus stands in one fixed order, so that a provider can keep what it read of it from
question to question; which passages are the likeliest is said after it. Of a larger one the
sections are given that the best passages stand in, with what was read off them. Front matter says
nothing of the subject; its dates alone are given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from assistant.composing.evidence import piece
from assistant.draft import Evidence
from corpus.facts.types import Statement, Status
from corpus.intake.page_date import stated_date
from corpus.language.instructions import addresses_machine, without_instructions
from corpus.language.sentences import with_addresses
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit, StoredDocument

_CHARACTERS_A_TOKEN = 3.5
"""Of English prose with ids and markup; a cautious estimate, providers count in their own ways."""
_LIKELIEST = 15
_BEST = 60
"""Passages at most whose sections are given where the corpus does not fit."""
_LONE_SHARE = 0.4
"""Share of the budget that passages get by themselves, before their sections are filled up."""
_SECTION_REACH = 6_000
"""Code points around a passage within which the rest of its section is looked for."""


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

    def names_of(self, evidence: Iterable[Evidence]) -> tuple[str, ...]:
        """Return the ids of the passages that hold a piece of some evidence."""
        spans = [(part.document, span) for part in evidence for span in part.spans[:1]]
        return tuple(
            name for name, chunk in self.passages.items()
            if any(
                document == chunk.document
                and span.start < chunk.span.end and chunk.span.start < span.end
                for document, span in spans
            )
        )  # fmt: skip

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
    """Return the passages that were found, best first, then the sections that they stand in, until
    a budget of tokens is spent.
    """
    found = {hit.chunk.id: hit.chunk for hit in hits if _is_said(hit.chunk)}
    best = list(found.values())[:_BEST]
    chosen: dict[str, Chunk] = {}
    facts: dict[str, list[Statement]] = {}
    spent = _fill(best, int(budget * _LONE_SHARE), 0, chosen, facts, index)
    for chunk in best:
        spent = _fill(_section(chunk, index), budget, spent, chosen, facts, index)
    _fill(best, budget, spent, chosen, facts, index)
    ordered = sorted(chosen.values(), key=lambda chunk: (chunk.document, chunk.span))
    text, passages = _told(index.documents, ordered, facts)
    return Dossier(text, passages)


def _fill(
    chunks: Sequence[Chunk],
    budget: int,
    spent: int,
    chosen: dict[str, Chunk],
    facts: dict[str, list[Statement]],
    index: IndexReader,
) -> int:
    """Choose chunks in their order until a budget is spent; return what is spent then."""
    for fact in _facts([chunk.id for chunk in chunks if chunk.id not in chosen], index):
        facts.setdefault(fact.chunk, [])
        if fact not in facts[fact.chunk]:
            facts[fact.chunk].append(fact)
    for chunk in chunks:
        if chunk.id in chosen:
            continue
        title = index.documents[chunk.document].about.title
        hints = "".join(map(_read_off, facts.get(chunk.id, ())))
        takes = tokens(f"{title} {chunk.path} {said_of(chunk)} {hints}")
        if spent + takes > budget:
            break
        spent += takes
        chosen[chunk.id] = chunk
    return spent


def _facts(chunks: Sequence[str], index: IndexReader) -> tuple[Statement, ...]:
    """Return what was read off chunks, without what is told to machines."""
    found = index.catalog.statements(chunks=chunks) if chunks else ()
    return tuple(fact for fact in found if not addresses_machine(fact.about.name))


def _section(chunk: Chunk, index: IndexReader) -> list[Chunk]:
    """Return the section that a chunk stands in, what is nearest to it first."""
    around = index.catalog.neighbours(chunk, _SECTION_REACH)
    own = [one for one in around if one.path == chunk.path and _is_said(one)]
    return sorted(own, key=lambda one: abs(one.span.start - chunk.span.start))


def _is_said(chunk: Chunk) -> bool:
    """Tell whether a chunk belongs to what a document says: of its front matter, a date alone."""
    return chunk.kind is not BlockKind.FIELD or stated_date(chunk.text) is not None


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
                said = said_of(chunk) if _is_said(chunk) else ""
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
