"""Places that a question names and the document that it is about does not."""

from __future__ import annotations

from assistant.entities import documents_named
from assistant.types import Evidence, Form, Query, QuestionType, Statement
from corpus.places import Place, countries
from index.reader import IndexReader
from index.types import StoredDocument

_ASKS_FOR_PLACES = (
    QuestionType.YESNO, QuestionType.WHERE, QuestionType.LIST, QuestionType.COMPARE,
)  # fmt: skip
_MOST = 2


def absences(query: Query, index: IndexReader) -> tuple[Statement, ...]:
    """Return that a document about the service does not name a place that was asked for.

    A document names a place too when it names one inside it; a city stands for its country.
    """
    if query.type not in _ASKS_FOR_PLACES or query.follows:
        return ()
    abouts = [document.about for document in index.documents.values()]
    named = sorted(documents_named(query.question, abouts))
    if not 0 < len(named) <= _MOST:
        return ()
    return tuple(
        Statement(
            absence_text(index.documents[name], place),
            (Evidence(name, (), place.id, ()),),
            Form.ABSENCE,
        )
        for place in countries(query.places, index.gazetteer)[:_MOST]
        if not any(place.id in index.catalog.places_named(name) for name in named)
        for name in named
    )


def absence_text(document: StoredDocument, place: Place) -> str:
    """Return the sentence that says so."""
    return f"“{document.about.title}” does not name {place.name}."


def is_absent(statement: Statement, index: IndexReader) -> bool:
    """Tell whether the statement holds when it is computed again."""
    (evidence,) = statement.evidence
    place = index.gazetteer.place(evidence.shown)
    unnamed = place.id not in index.catalog.places_named(evidence.document)
    return unnamed and statement.text == absence_text(index.documents[evidence.document], place)
