"""Places that a question names and the document that it is about does not."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import wording
from assistant.draft import DraftSentence, Evidence, Form
from assistant.query import Query, QuestionType
from assistant.understanding.services import documents_named
from corpus.places import Place, countries
from index.searching.reader import IndexReader
from index.types import StoredDocument

_ASKS_FOR_PLACES = (
    QuestionType.YESNO, QuestionType.WHERE, QuestionType.LIST
)  # fmt: skip
_MOST = 2


def absences(query: Query, index: IndexReader) -> tuple[DraftSentence, ...]:
    """Return that a document about the service does not name a place that was asked for.

    A document names a place too when it names one inside it; a city stands for its country. Asked
    where something is, a region around it is an answer.
    """
    if query.type not in _ASKS_FOR_PLACES or query.follows:
        return ()
    named = sorted(documents_named(query.question, index.abouts))
    if not 0 < len(named) <= _MOST:
        return ()
    return tuple(
        DraftSentence(
            absence_text(index.documents[name], place),
            (Evidence(name, (), place.id, ()),),
            Form.ABSENCE,
        )
        for place in countries(query.places, index.gazetteer)[:_MOST]
        if not any(_is_named(place, name, index) for name in named)
        and not (query.type is QuestionType.WHERE and _around(place, named, index))
        for name in named[:1]
    )


def absence_text(document: StoredDocument, place: Place) -> str:
    """Return the sentence that says so."""
    return wording.PLACE_NOT_NAMED.format(title=document.about.title, place=place.name)


def is_absent(statement: DraftSentence, index: IndexReader) -> bool:
    """Tell whether the statement holds when it is computed again."""
    (evidence,) = statement.evidence
    place = index.gazetteer.place(evidence.shown)
    unnamed = not _is_named(place, evidence.document, index)
    return unnamed and statement.text == absence_text(index.documents[evidence.document], place)


def _is_named(place: Place, document: str, index: IndexReader) -> bool:
    return place.id in index.catalog.places_named(document)


def _around(place: Place, documents: Iterable[str], index: IndexReader) -> bool:
    named = (index.catalog.places_named(document) for document in documents)
    return any(set(place.within) & places for places in named)
