"""Verify: each statement against the exact spans that it cites; pure.

A statement passes when its cited spans slice back to their chunks and every word of it stands
in them (mark-up aside), in the same order where it is a quotation. Dates are computed again
from the cited line. What fails is withheld.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.types import Draft, Statement, Verdict
from corpus.parse.sentences import readable
from corpus.sources import parse_date
from corpus.types import BlockKind, Chunk
from index.types import StoredDocument

_LOG = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def verify(draft: Draft, documents: Mapping[str, StoredDocument]) -> Draft:
    """Return the draft with its supported statements; without any it abstains."""
    kept = tuple(
        statement for statement in draft.statements if _passes(statement, draft, documents)
    )
    if draft.verdict is Verdict.ANSWERED and not kept:
        return Draft(Verdict.ABSTAINED, (), "The indexed documents do not say this.")
    return replace(draft, statements=kept)


def failure(statement: Statement, documents: Mapping[str, StoredDocument]) -> str:
    """Return why a statement is not supported by its evidence, empty when it is."""
    for chunk in statement.evidence:
        document = documents.get(chunk.document)
        if document is None or chunk.span.of(document.text) != chunk.text:
            return f"chunk {chunk.id} is not what its document says"
    if not statement.evidence:
        return "no evidence"
    if statement.evidence[0].kind is BlockKind.FIELD:
        return _date_failure(statement, documents[statement.evidence[0].document])
    return _quotation_failure(statement)


def _passes(statement: Statement, draft: Draft, documents: Mapping[str, StoredDocument]) -> bool:
    if draft.verdict is not Verdict.ANSWERED:
        return True
    reason = failure(statement, documents)
    if reason:
        _LOG.warning("statement withheld: %s", reason)
    return not reason


def _quotation_failure(statement: Statement) -> str:
    """A quotation has the words of its evidence, all of them, in their order."""
    said = _WORD.findall(statement.text)
    meant = [word for chunk in statement.evidence for word in _WORD.findall(_shown(chunk))]
    if said == meant:
        return ""
    extra = [word for word in said if word not in set(meant)]
    return f"words not in the cited spans: {extra[:5]}" if extra else "words in another order"


def _shown(chunk: Chunk) -> str:
    """Return what a reader sees of a chunk: a table row with its headers, else its own text."""
    if chunk.kind is BlockKind.CODE:
        return chunk.text
    if chunk.kind is BlockKind.ROW and "|" in chunk.text:
        return chunk.context.rsplit(" | ", 1)[-1]
    return readable(chunk.text)


def _date_failure(statement: Statement, document: StoredDocument) -> str:
    written = statement.evidence[0].text.partition(":")[2].strip(" \"'")
    stated = parse_date(written)
    shown = _ISO_DATE.search(statement.text)
    if stated is None or shown is None or shown.group() != stated.isoformat():
        return f"the cited line does not state {shown.group() if shown else 'the date'}"
    expected = f"“{document.about.title}” is dated {stated.day} {stated:%B %Y} ({shown.group()})."
    return "" if statement.text == expected else "not the document's date"
