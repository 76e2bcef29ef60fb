"""When documents are from, and the passages that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from assistant import wording
from assistant.draft import Draft, DraftSentence, Evidence, Form
from assistant.query import Query
from assistant.types import Verdict
from assistant.understanding.question import asks_every_page
from assistant.understanding.services import documents_by_place, documents_named
from corpus.intake.page_date import stated_date
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit, StoredDocument

_DATE_FIELD = re.compile(r"\W*(?:ms\.|last[-_ ]?)?(?:date|updated|modified)\s*:\s*(?P<value>.+)")

_MOST, _FEW = 12, 3
"""Documents whose dates are all told, and how many are where more are meant."""
_NEAR = 4000
"""Code points from the head or the foot of a document in which it states its date."""


def is_date_line(hits: Sequence[Hit]) -> bool:
    """Tell whether what was found first is a line of front matter that states a date."""
    first = hits[0].chunk if hits else None
    return bool(first and first.kind is BlockKind.FIELD and _DATE_FIELD.match(first.text))


def dates(query: Query, hits: Sequence[Hit], index: IndexReader) -> Draft | None:
    """Answer when documents are from; None when no document that is meant has a date line."""
    meant = documents_meant(query, index, _found_first(query, hits))
    documents = sorted(_some(query, meant, hits), key=lambda one: str(one.about.date))
    statements = []
    for document in documents:
        field = _date_field(document, index)
        if field is not None:
            part = Evidence(document.id, (field.span,), field.text, field.path)
            statements.append(DraftSentence(date_text(document), (part,), Form.DATE))
    undated = [document for document in documents if document.about.date is None]
    notice = " ".join(
        wording.STATES_NO_DATE.format(title=document.about.title) for document in undated
    )
    dated = [document for document in documents if document.about.date is not None]
    lined = {statement.evidence[0].document for statement in statements}
    unlined = [document for document in dated if document.id not in lined]
    told = " ".join(f"{date_text(d)} {wording.TEXT_SAYS_NO_DATE}" for d in unlined)
    if len(dated) > 1:
        told = f"{_apart(dated[0], dated[-1])} {told}".strip()
    if len(documents) < len(meant):
        told = f"{wording.OF_MANY.format(shown=len(documents), all=len(meant))} {told}"
    notice = f"{told} {notice}".strip()
    if not statements:
        return Draft(Verdict.ABSTAINED, (), opening=notice) if notice else None
    return Draft(Verdict.ANSWERED, tuple(statements), notice)


def _some(
    query: Query, meant: Sequence[StoredDocument], hits: Sequence[Hit]
) -> Sequence[StoredDocument]:
    """Return the documents whose dates are told: all that are meant, of many those that were found
    first, or the oldest and the latest where every page is asked about.
    """
    if len(meant) <= _MOST:
        return meant
    by_date = sorted(meant, key=lambda one: str(one.about.date))
    if not asks_every_page(query.question):
        known = {one.id: one for one in meant}
        found = [known[id_] for id_ in dict.fromkeys(hit.chunk.document for hit in hits)
                 if id_ in known]  # fmt: skip
        if found:
            return found[:_FEW]
    return [*by_date[:_FEW], *by_date[-_FEW:]]


def _found_first(query: Query, hits: Sequence[Hit]) -> frozenset[str]:
    """Return the document whose date line was found first, where one page is asked about."""
    one = is_date_line(hits) and not asks_every_page(query.question)
    return frozenset({hits[0].chunk.document}) if one else frozenset()


def _apart(oldest: StoredDocument, latest: StoredDocument) -> str:
    """Return which of two documents is older, and by how much."""
    if oldest.about.date is None or latest.about.date is None:
        return ""
    days = (latest.about.date - oldest.about.date).days
    if not days:
        return wording.SAME_DAY
    return wording.DAYS_APART.format(
        latest=latest.about.title,
        oldest=oldest.about.title,
        days=f"{days:,} {'day' if days == 1 else 'days'}",
    )


def date_text(document: StoredDocument) -> str:
    """Return the sentence that says when a document is from."""
    stated = document.about.date
    said = f"{stated.day} {stated:%B %Y} ({stated.isoformat()})" if stated else ""
    return wording.DATED.format(title=document.about.title, date=said)


def documents_meant(
    query: Query, index: IndexReader, otherwise: frozenset[str] = frozenset()
) -> list[StoredDocument]:
    """Return the documents that a query names by service, fewer where places tell them apart.

    `otherwise` are those that are meant where it names none; all where there are none.
    """
    named = documents_named(query.standalone, index.abouts) or otherwise
    named = named or frozenset(about.id for about in index.abouts)
    near, _ = documents_by_place(query.places, index.abouts, index.gazetteer, named)
    return [index.documents[name] for name in sorted((named & near) or named)]


def _date_field(document: StoredDocument, index: IndexReader) -> Chunk | None:
    """Return the passage that states the document's date: a field, else near its head or foot."""
    stated, end = document.about.date, len(document.text)
    if stated is None:
        return None
    passages = chain(
        index.catalog.block_kind(document.id, BlockKind.FIELD),
        index.catalog.between(document.id, 0, _NEAR),
        index.catalog.between(document.id, end - _NEAR, end),
    )
    return next((chunk for chunk in passages if stated_date(chunk.text) == stated), None)
