"""Yes, No or in part for a row's drop-down: what the answer proved, and what lists of the documents
prove beside it.

A questionnaire asks the same few things of every supplier: whether something may leave a place, and
whether it can be hosted in one. Documents say the first by a promise with exceptions and the second
by a list of sites, of which one line is found; both decide only where words and places agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import wording
from assistant.pipeline import Responded
from assistant.reasoning.ask import Ask, PlaceRelation
from assistant.triage.allowed_value import Decision
from assistant.triage.answer_grounds import covered_share, first_word, is_cited
from assistant.triage.said_outright import said_outright
from corpus.language.sentences import readable
from corpus.language.terms import query_terms
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader

_DECISIONS = {
    wording.YES: Decision.YES, wording.NO: Decision.NO, wording.DEPENDS: Decision.PARTIAL,
}  # fmt: skip
_LOOKED_AT = 8
"""Passages that are looked at, the best first."""
_STEM = 5
"""Letters that two words share when they are forms of one."""
_SAID = 0.7
"""Share of the question's words that an exception and its promise have to say together."""
_PROMISED = 0.55
"""Share of the question's words that a promise has to say where no exception of it is asked for."""
_LEFT_OPEN = re.compile(r"\b(?:except|unless|excluding|apart from)\b[^.]{0,20}[:.]?$", re.I)
_DENIED = re.compile(r"\b(?:not|never|cannot|no)\b|n['’]t\b", re.I)
_MAY = re.compile(r"\b(?:may|might|can|could)\b", re.I)
_OUT = re.compile(r"\b(?:outside|leav\w+|beyond|transfer\w*|out of)\b", re.I)
_WITHIN = re.compile(r"\b(?:within|remain\w*|stay\w*|inside|kept?|keep\w*|only|in)\b", re.I)
_ABSOLUTE = re.compile(r"\bwithout (?:any )?exceptions?\b|\bunder no circumstances\b", re.I)
_SITES = re.compile(
    r"\b(?:data ?cent(?:er|re)s?|regions?|geographies|geographic areas|locations|facilit\w+)\b",
    re.I,
)
_SITED = re.compile(
    r"\b(?:host\w*|deploy\w*|available|offer\w*|data ?cent(?:er|re)s?|facilit\w+|operat\w+)\b", re.I
)
"""Words by which it is asked where a service can be had, not what is done with some data."""
_INTO = (PlaceRelation.IN, PlaceRelation.TO)


def row_decision(made: Responded, index: IndexReader) -> Decision | None:
    """Return what a row's drop-down is to say; None where nothing proves it, or proofs disagree:
    the cell never says otherwise than the words beside it.
    """
    proved = _DECISIONS.get(first_word(made.answer.text))
    if len(made.asked) != 1 or not made.asked[0].scope.is_sure:
        return proved
    (asked,) = made.asked
    chunks = tuple(_cited_chunks(made))
    named = _names_site(asked.ask, chunks, index.gazetteer)
    beside = Decision.YES if named else _of_promise(asked.ask, chunks, freely=proved is None)
    if beside is not None:
        return beside if proved in (None, beside) else None
    # A list that lacks a place says nothing where a line of another one names it.
    found = tuple(hit.chunk for hit in made.hits[:_LOOKED_AT])
    if proved is Decision.NO and _names_site(asked.ask, found, index.gazetteer):
        return None
    if proved is None:
        return said_outright(asked.ask, chunks, index)
    return None if _is_turned(made, asked.ask, proved) else proved


def _cited_chunks(made: Responded) -> Iterator[Chunk]:
    """Yield the passages found first that the answer shows."""
    for hit in made.hits[:_LOOKED_AT]:
        if is_cited(hit, made.answer.citations):
            yield hit.chunk


def _names_site(ask: Ask, chunks: tuple[Chunk, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether a line of a list of sites names the place that something is asked to be in."""
    if ask.denied or len(ask.placed) != 1 or ask.placed[0].relation not in _INTO:
        return False
    if not ask.places or not _SITED.search(ask.question) or _DENIED.search(ask.question):
        return False
    either = " or " in f" {ask.placed[0].words.lower()} "
    named = [any(_lists(chunk, place.id, gazetteer) for chunk in chunks) for place in ask.places]
    return any(named) if either else all(named)


def _lists(chunk: Chunk, place: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a line of a list of sites names a place, or one within it."""
    text = readable(chunk.text)
    around = " ".join((text, chunk.lead_in, *(pair.title for pair in chunk.pairs)))
    if chunk.kind is not BlockKind.ITEM and not chunk.pairs:
        return False
    if not _SITES.search(around) or _DENIED.search(around) or _LEFT_OPEN.search(chunk.lead_in):
        return False
    cells = " ".join(pair.value for pair in chunk.pairs) or text
    return any(
        place in (mention.place.id, *mention.place.within) for mention in gazetteer.mentions(cells)
    )


def _of_promise(ask: Ask, chunks: tuple[Chunk, ...], *, freely: bool) -> Decision | None:
    """Return what a promise with exceptions says of whether something may leave a place; `freely`
    where nothing else says so: then of a row that asks outright if it leaves, and of one that
    says the case of an exception too.
    """
    question = ask.question
    for chunk in chunks:
        promise = readable(chunk.lead_in) if chunk.lead_in else ""
        if _is_open_promise(promise) and _is_excepted(question, chunk, promise):
            return Decision.YES
        own = readable(chunk.text)
        if _is_open_promise(own) or _is_open_promise(promise):
            asked_out = _OUT.search(question) is not None
            asked_out = asked_out and (freely or _DENIED.search(question) is not None)
            asked_in = _OUT.search(question) is None and _WITHIN.search(question) is not None
            said = own if _is_open_promise(own) else promise
            beside = freely and covered_share(question, (own, promise)) >= _SAID
            promised = covered_share(question, (said,)) >= _PROMISED
            if (asked_out or asked_in) and (promised or beside):
                return Decision.NO if _ABSOLUTE.search(question) else Decision.PARTIAL
    return None


def _is_open_promise(text: str) -> bool:
    """Tell whether a sentence says that nothing leaves, and leads exceptions in."""
    return bool(_LEFT_OPEN.search(text) and _DENIED.search(text) and _OUT.search(text))


def _is_excepted(question: str, chunk: Chunk, promise: str) -> bool:
    """Tell whether it is asked if something may leave for the reason that an exception gives."""
    if not _MAY.search(question) or not _OUT.search(question) or _DENIED.search(question):
        return False
    promised = _stems(promise)
    own = (_stems(question) & _stems(readable(chunk.text))) - promised
    return bool(own) and covered_share(question, (chunk.text, promise)) >= _SAID


def _stems(text: str) -> set[str]:
    return {term[:_STEM] for term in query_terms(text)}


def _is_turned(made: Responded, ask: Ask, proved: Decision | None) -> bool:
    """Tell whether a Yes stands on a sentence that denies what is asked."""
    if proved is not Decision.YES or _DENIED.search(ask.question) or not made.answer.citations:
        return False
    denied = re.search(r"(?:n['’]t|\bnot|\bnever) (?:\w+ly )?(\w+)", made.answer.citations[0].quote)
    return denied is not None and denied[1].lower()[: _STEM - 2] in {
        word.lower()[: _STEM - 2] for word in re.findall(r"\w+", ask.question)
    }
