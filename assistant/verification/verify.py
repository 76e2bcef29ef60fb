"""Verify: each statement against the exact spans that it cites.

A quotation passes when what is shown of each span is what the span says (mark-up aside, a table
row with its column titles), and the text has these words and no others, in their order. What is
derived is computed again from its spans. What fails is withheld.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from assistant import wording
from assistant.composing.conditions_met import is_so
from assistant.composing.counts import count_text
from assistant.composing.dates import date_text
from assistant.composing.places_not_named import is_absent
from assistant.composing.yes_no import lead
from assistant.draft import Draft, DraftSentence, Evidence, Form
from assistant.query import Query
from assistant.types import Verdict
from assistant.verification.written import read_ahead, why_not
from corpus.chunk import row_text
from corpus.intake.page_date import stated_date
from corpus.language.sentences import readable, with_addresses
from index.searching.reader import IndexReader
from index.types import StoredDocument

_LOG = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def verify(draft: Draft, query: Query, index: IndexReader) -> Draft:
    """Return the draft with its supported statements; without any it abstains.

    A lead that does not follow is dropped, the quotation after it stays.
    """
    read_ahead(draft.statements, (query.standalone,), index)
    led = (_led(statement, query, index) for statement in draft.statements)
    kept = tuple(statement for statement in led if _passes(statement, query, index))
    if draft.verdict is Verdict.ANSWERED and not kept:
        return Draft(Verdict.ABSTAINED, (), opening=wording.NOT_STATED)
    return replace(draft, statements=kept)


def failure(statement: DraftSentence, documents: Mapping[str, StoredDocument]) -> str:
    """Return why a statement is not supported by its evidence, empty when it is."""
    if not statement.evidence:
        return "no evidence"
    for evidence in statement.evidence:
        document = documents.get(evidence.document)
        if document is None:
            return f"no document {evidence.document}"
        if statement.form is not Form.DATE and not _says(evidence, document.text):
            return f"the cited span does not say {evidence.shown!r}"
    if statement.form is Form.DATE:
        return _date_failure(statement, documents[statement.evidence[0].document])
    if statement.form is Form.COUNT:
        return "" if statement.text == count_text(statement.evidence) else "counted otherwise"
    return _quotation_failure(statement)


def derived_failure(statement: DraftSentence, documents: Mapping[str, StoredDocument]) -> str:
    """Return why a passage of a derived sentence does not say what is shown of it."""
    if not statement.evidence:
        return "no evidence"
    for evidence in statement.evidence:
        document = documents.get(evidence.document)
        if document is None or not _says(evidence, document.text):
            return f"the cited span does not say {evidence.shown!r}"
    return ""


def lead_failure(statement: DraftSentence, query: Query, index: IndexReader) -> str:
    """Return why the lead of a statement does not follow, empty when it does."""
    said, decided = statement.lead, statement.decided_by
    if not said or statement.form is Form.DERIVED:
        return ""
    if decided is None:
        about = index.documents[statement.evidence[0].document].about
        return "" if said in (about.service, about.title) else f"{said!r} is not its document"
    if decided not in statement.evidence:
        return "the deciding sentence is not cited"
    return "" if said == lead(query, decided.shown) else f"{said!r} does not follow"


def _led(statement: DraftSentence, query: Query, index: IndexReader) -> DraftSentence:
    reason = lead_failure(statement, query, index)
    if not reason:
        return statement
    _LOG.warning("lead withheld: %s", reason)
    return replace(statement, lead="", decided_by=None)


def _passes(statement: DraftSentence, query: Query, index: IndexReader) -> bool:
    if statement.form is Form.ABSENCE:
        reason = "" if is_absent(statement, index) else "the document names the place"
    elif statement.form is Form.CASE:
        reason = "" if is_so(statement, query, index) else "the condition stands otherwise"
    elif statement.form is Form.DERIVED:
        reason = derived_failure(statement, index.documents)
    elif statement.form is Form.WRITTEN:
        reason = why_not(statement, query, index)
    else:
        reason = failure(statement, index.documents)
    if reason:
        _LOG.warning("statement withheld: %s", reason)
    return not reason


def _says(evidence: Evidence, text: str) -> bool:
    """Tell whether the spans say what is shown of them."""
    shown = _words(evidence.shown)
    if not shown or not evidence.spans:
        return False
    said = evidence.spans[0].of(text)
    if shown in map(_words, (said, readable(said), with_addresses(said))):
        return True
    return len(evidence.spans) > 1 and _row_says(evidence, text)


def _row_says(evidence: Evidence, text: str) -> bool:
    """A row shows pairs of a column title and a value, each of which stands in a span."""
    raw = [readable(span.of(text)) for span in evidence.spans]
    spans = [f" {' '.join(_words(span))} " for span in raw]
    parts = [part for pair in evidence.pairs for part in pair if part]
    said = [f" {' '.join(words)} " for part in parts if (words := _words(part))]
    marks = [part for part in parts if not _words(part)]
    return (
        bool(said)
        and evidence.shown == row_text(evidence.pairs)
        and all(any(part in span for span in spans) for part in said)
        and all(any(mark in span for span in raw) for mark in marks)
    )


def _quotation_failure(statement: DraftSentence) -> str:
    """A quotation has the words of its evidence, all of them, in their order."""
    said = _words(statement.text)
    meant = [word for evidence in statement.evidence for word in _words(evidence.shown)]
    if said == meant:
        return ""
    extra = [word for word in said if word not in set(meant)]
    return f"words not in the cited spans: {extra[:5]}" if extra else "words in another order"


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _date_failure(statement: DraftSentence, document: StoredDocument) -> str:
    span = statement.evidence[0].spans[0]
    stated = stated_date(span.of(document.text))
    if stated is None or stated != document.about.date:
        return "the cited line does not state the date"
    return "" if statement.text == date_text(document) else "not the document's date"
