"""Compose: from ranked chunks to the statements of a draft, without a language model.

A statement is a quotation with its mark-up removed, or a date rendered from front matter.
What a chunk needs to be understood comes with it: the sentence before a "However", the items
after a lead-in, the command after its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.entities import services
from assistant.types import Draft, Query, QuestionType, Statement, Verdict
from corpus.parse.sentences import readable
from corpus.sources import parse_date
from corpus.types import BlockKind, Chunk
from index.reader import IndexReader
from index.types import Hit, StoredDocument

_LEAST_SIMILARITY = 0.35
"""Cosine under which nothing in the documents is about the question."""
_SUPPORT = 0.62
"""Share of the best score that makes a further chunk worth showing."""
_STATEMENTS = 3
_WORDS = 110
_LIST_WORDS = 170
_LEANS_BACK = re.compile(
    r"(?:However|But|This|These|That|Those|It|Instead|Otherwise|Also|They|Such|Therefore|Then)\b"
)
_TURNS = re.compile(r"(?:However|But|Instead|Otherwise|Unless|Except|Only)\b")
_DATE_FIELD = re.compile(r"\W*(?:ms\.|last[-_ ]?)?(?:date|updated|modified)\s*:\s*(?P<value>.+)")
_MENTIONED = re.compile(r"[a-z]{4,}")


def compose(query: Query, hits: list[Hit], index: IndexReader) -> Draft:
    """Return a draft that answers the query from the hits, or abstains."""
    if query.type is QuestionType.DATE:
        return _dates(query, index)
    unknown = _not_covered(query, index.documents.values())
    if unknown:
        return _abstain(f"The indexed documents do not cover {', '.join(unknown)}.", ())
    if not hits or max(hit.similarity for hit in hits) < _LEAST_SIMILARITY:
        return _abstain("The indexed documents do not say this.", hits[:1])
    return Draft(Verdict.ANSWERED, _statements(query, hits, index))


def _statements(query: Query, hits: list[Hit], index: IndexReader) -> tuple[Statement, ...]:
    """Return the best unit first, then further ones while they are near and there is room."""
    chosen: list[Statement] = []
    shown: set[str] = set()
    words = 0
    for hit in hits:
        if len(chosen) == _STATEMENTS or hit.score < _SUPPORT * hits[0].score:
            break
        if hit.chunk.id in shown or hit.chunk.kind is BlockKind.FIELD:
            continue
        unit = _unit(query, hit.chunk, index)
        length = len(unit.text.split())
        if chosen and words + length > _WORDS:
            continue
        chosen.append(unit)
        shown.update(chunk.id for chunk in unit.evidence)
        words += length
    return tuple(chosen)


def _unit(query: Query, chunk: Chunk, index: IndexReader) -> Statement:
    """Return a chunk with what it needs to be understood."""
    if chunk.text.endswith(":"):
        return _introduced(chunk, index)
    if chunk.kind in (BlockKind.ITEM, BlockKind.ROW) and query.type is QuestionType.LIST:
        whole = _whole_list(chunk, index)
        if whole:
            return whole
    if chunk.kind is BlockKind.CODE:
        return _command(chunk, index)
    if chunk.kind is BlockKind.ROW:
        return Statement(_row_text(chunk), (chunk,))
    return _sentence(chunk, index)


def _sentence(chunk: Chunk, index: IndexReader) -> Statement:
    """Return a sentence, with the one before it or after it where it cannot stand alone."""
    block = index.catalog.block(chunk.document, chunk.block)
    place = next((n for n, other in enumerate(block) if other.id == chunk.id), 0)
    first, last = place, place
    if place and _LEANS_BACK.match(readable(chunk.text)):
        first -= 1
    if place + 1 < len(block) and _TURNS.match(readable(block[place + 1].text)):
        last += 1
    evidence = block[first : last + 1] or (chunk,)
    text = " ".join(readable(part.text) for part in evidence)
    if chunk.kind in (BlockKind.ITEM, BlockKind.STEP) and chunk.lead_in and first == 0:
        lead = _lead_in_chunk(chunk, index)
        if lead is not None and len(lead.text.split()) <= 40:
            return Statement(f"{readable(lead.text)} {text}", (lead, *evidence))
    return Statement(text, evidence)


def _introduced(chunk: Chunk, index: IndexReader) -> Statement:
    """Return a sentence that ends in a colon with the list or command that follows it."""
    following = [
        other
        for other in index.catalog.neighbours(chunk, reach=2_000)
        if other.span.start > chunk.span.start and other.lead_in == readable(chunk.text)
    ]
    if following and following[0].kind is BlockKind.CODE:
        following = following[:1]
    return _listed(chunk, following) or Statement(readable(chunk.text), (chunk,))


def _whole_list(chunk: Chunk, index: IndexReader) -> Statement | None:
    """Return all members of a chunk's list or table with its lead-in, if there is room.

    Bullets that no sentence introduces are remarks of their own, not answers to one question.
    """
    if chunk.kind is BlockKind.ITEM and not chunk.lead_in:
        return None
    members = [
        member
        for member in index.catalog.members(chunk.document, chunk.group)
        if member.lead_in == chunk.lead_in
    ]
    return _listed(_lead_in_chunk(chunk, index), members) if len(members) > 1 else None


def _listed(lead: Chunk | None, members: list[Chunk]) -> Statement | None:
    if not members:
        return None
    lines = [_member_text(member) for member in members]
    head = readable(lead.text) if lead else ""
    if len(" ".join((head, *lines)).split()) > _LIST_WORDS:
        return None
    if members[0].kind is BlockKind.CODE:
        text = "\n\n".join((head, *lines))
    else:
        text = "\n".join(([head] if head else []) + [f"- {line}" for line in lines])
    return Statement(text, ((lead,) if lead else ()) + tuple(members))


def _member_text(chunk: Chunk) -> str:
    if chunk.kind is BlockKind.CODE:
        return chunk.text
    return _row_text(chunk) if chunk.kind is BlockKind.ROW else readable(chunk.text)


def _command(chunk: Chunk, index: IndexReader) -> Statement:
    lead = _lead_in_chunk(chunk, index)
    if lead is None:
        return Statement(chunk.text, (chunk,))
    return Statement(f"{readable(lead.text)}\n\n{chunk.text}", (lead, chunk))


def _lead_in_chunk(chunk: Chunk, index: IndexReader) -> Chunk | None:
    if not chunk.lead_in:
        return None
    before = (
        other
        for other in index.catalog.neighbours(chunk, reach=4_000)
        if other.span.start < chunk.span.start and readable(other.text) == chunk.lead_in
    )
    return max(before, key=lambda other: other.span.start, default=None)


def _row_text(chunk: Chunk) -> str:
    """Return a row as its search context says it: headers with values."""
    said = chunk.context.rsplit(" | ", 1)[-1]
    return said if "|" in chunk.text else readable(chunk.text)


def _not_covered(query: Query, documents: Iterable[StoredDocument]) -> tuple[str, ...]:
    """Return the services of a query when no document is about any of them."""
    known = [document.about for document in documents]
    named = [service for service in services() if service.name in query.services]
    if any(service.described_by(about) for service in named for about in known):
        return ()
    return tuple(service.name for service in named)


def _abstain(notice: str, hits: Iterable[Hit]) -> Draft:
    near = tuple(
        Statement(f"The nearest section is “{hit.chunk.path[-1]}”.", (hit.chunk,)) for hit in hits
    )
    return Draft(Verdict.ABSTAINED, near, notice)


def _dates(query: Query, index: IndexReader) -> Draft:
    """Answer when documents are from; the dates are those of front matter or manifest."""
    documents = _documents_meant(query, index)
    statements = []
    for document in documents:
        field = _date_field(document, index)
        if field is not None:
            statements.append(Statement(_date_text(document), (field,)))
    undated = [document for document in documents if document.about.date is None]
    notice = " ".join(f"“{document.about.title}” states no date." for document in undated)
    if not statements:
        return _abstain(notice or "The indexed documents do not say this.", ())
    dated = [document for document in documents if document.about.date is not None]
    if len(dated) > 1:
        ordered = sorted(dated, key=lambda document: str(document.about.date))
        latest, oldest = ordered[-1].about.title, ordered[0].about.title
        compared = f"“{latest}” is the most recent, “{oldest}” the oldest."
        notice = f"{compared} {notice}".strip()
    return Draft(Verdict.ANSWERED, tuple(statements), notice)


def _documents_meant(query: Query, index: IndexReader) -> list[StoredDocument]:
    """Return the documents whose service a query names, fewer where it names a title's words."""
    everything = list(index.documents.values())
    named = [service for service in services() if service.name in query.services]
    meant = [
        document
        for document in everything
        if any(service.described_by(document.about) for service in named)
    ] or everything
    asked = set(_MENTIONED.findall(query.standalone.lower()))
    common = set.intersection(*(_title_words(document) for document in meant))
    special = [
        document
        for document in meant
        if any(_near(asked, w) for w in _title_words(document) - common)
    ]
    return special or meant


def _title_words(document: StoredDocument) -> set[str]:
    return set(_MENTIONED.findall(document.about.title.lower()))


def _near(asked: set[str], word: str) -> bool:
    return any(other[:5] == word[:5] for other in asked)


def _date_field(document: StoredDocument, index: IndexReader) -> Chunk | None:
    """Return the front-matter line that states the document's date."""
    for chunk in index.catalog.block_kind(document.id, BlockKind.FIELD):
        match = _DATE_FIELD.match(chunk.text)
        if match and parse_date(match["value"].strip(" \"'")) == document.about.date:
            return chunk
    return None


def _date_text(document: StoredDocument) -> str:
    stated = document.about.date
    said = f"{stated.day} {stated:%B %Y} ({stated.isoformat()})" if stated else ""
    return f"“{document.about.title}” is dated {said}."
