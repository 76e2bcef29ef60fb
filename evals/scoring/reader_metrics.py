"""What a reader who has little time and every document at hand holds against an answer: whether it
comes first, is whole, is about what was asked and says nothing else.

What needs evidence is unscored where a case has none, or none that stands in the documents.
"""

from __future__ import annotations

import re

from corpus.language.quantities import NUMBERS
from evals.scoring.answer_metrics import FIRST_WORDS, FIRST_WORDS_LONG, right
from evals.scoring.citation_metrics import is_verbatim
from evals.scoring.registry import Answered, metric
from evals.suites.case_files import matches, opening, says_all
from evals.suites.evidence_places import FoldedText, evidence_places
from evals.types import Cited, Kind, Place

MOST_WORDS = 80
MOST_WORDS_LONG = 120
"""Words of a strict answer at most, to questions for a list, a procedure or a comparison."""
LEAST_FOCUS = 0.5
_LONG_TO_SAY = (Kind.LIST, Kind.PROCEDURE)
_LONG = (*_LONG_TO_SAY, Kind.COMPARE)
_COUNT = rf"(?:\d[\d,]*|{'|'.join(sorted(NUMBERS.keys() - {'one'}))})"
_CUT_SAID = re.compile(
    rf"\b{_COUNT} (?:out )?of (?:the |all |these )?{_COUNT}\b"
    rf"|\b(?:and|plus) {_COUNT} (?:more|others?)\b|\bamong others\b",
    re.IGNORECASE,
)
"""How an answer says that it shows a part of a list."""
_PARAGRAPHS = re.compile(r"\n\s*\n")
_WORDS_AFTER = 2
"""By which a name in a quotation is told from a label before it."""


@metric(title="strict", without_response=0.0, column=22, gated=True, by_kind=True)
def strict(answered: Answered) -> bool:
    """Right, said in the first 60 words (120 for lists and procedures), every evidence passage
    cited, at least half of the citations on the point, at most 80 words (120 for lists, procedures
    and comparisons).
    """
    case, text = answered.case, answered.response.text
    if not right(answered) or len(text.split()) > _most_words(case.kind):
        return False
    if not case.answerable:
        return True
    limit = FIRST_WORDS_LONG if case.kind in _LONG_TO_SAY else FIRST_WORDS
    whole, share = complete(answered), focus(answered)
    return (
        says_all(case, opening(text, limit))
        and whole in (None, 1.0)
        and (share is None or share >= LEAST_FOCUS)
    )


@metric(title="focus", column=24, by_kind=True)
def focus(answered: Answered) -> float | None:
    """The share of citations that overlap evidence; unscored without citations."""
    citations, evidence = answered.response.citations, answered.once(_located)
    if not evidence or not citations:
        return None
    places = [place for passage in evidence for place in passage]
    return sum(_overlaps(cited, places) for cited in citations) / len(citations)


@metric(title="complete", column=26, by_kind=True)
def complete(answered: Answered) -> bool | None:
    """Every evidence passage is cited."""
    evidence = answered.once(_located)
    if not evidence:
        return None
    cited = [one for one in answered.response.citations if is_verbatim(one, answered.texts)]
    return all(any(_overlaps(one, places) for one in cited) for places in evidence)


@metric(title="subject errors", column=28, by_kind=True)
def subject_error(answered: Answered) -> bool | None:
    """A citation is of a document about something else than the case's documents are, and the
    paragraph that it stands in does not say in its own words what it is about; unscored where the
    case names no document.
    """
    asked = {answered.texts[name].service for name in answered.case.docs if name in answered.texts}
    if not asked or "" in asked:
        return None
    return any(
        _is_about_else(cited, answered, asked) and not _is_labelled(cited, answered)
        for cited in answered.response.citations
    )


@metric(title="cut lists", by_kind=True)
def cut_list(answered: Answered) -> bool | None:
    """Fewer members of a list than are asked for, and no word of that; unscored for other kinds
    and for abstentions.
    """
    case, response = answered.case, answered.response
    if case.kind is not Kind.LIST or not case.answerable or response.abstained:
        return None
    said = sum(any(matches(one, response.text) for one in group) for group in case.must)
    return said < len(case.must) and _CUT_SAID.search(response.text) is None


@metric(title="false answers", by_kind=True)
def false_answer(answered: Answered) -> bool | None:
    """The documents do not say, and the answer neither abstains nor says so."""
    case, response = answered.case, answered.response
    if case.answerable:
        return None
    says_so = bool(case.must) and says_all(case, response.text)
    return not response.abstained and not says_so


def _most_words(kind: Kind) -> int:
    return MOST_WORDS_LONG if kind in _LONG else MOST_WORDS


def _located(answered: Answered) -> tuple[tuple[Place, ...], ...]:
    """Return the places of every evidence passage that stands in the documents."""
    if not answered.case.answerable:
        return ()
    return tuple(places for places in evidence_places(answered.case, answered.texts) if places)


def _overlaps(cited: Cited, places: list[Place] | tuple[Place, ...]) -> bool:
    return any(cited.place.overlaps(place) for place in places)


def _is_about_else(cited: Cited, answered: Answered, asked: set[str]) -> bool:
    document = answered.texts.get(cited.place.document)
    return (
        document is not None
        and cited.place.document not in answered.case.docs
        and document.service not in asked
    )


def _is_labelled(cited: Cited, answered: Answered) -> bool:
    document = answered.texts[cited.place.document]
    names = [_folded(name) for name in (document.service, document.title) if name.strip()]
    return any(
        _is_named(name, _folded(paragraph), _folded(cited.quote))
        for paragraph in _PARAGRAPHS.split(answered.response.text)
        if f"[{cited.marker}]" in paragraph
        for name in names
    )


def _is_named(name: str, paragraph: str, quote: str) -> bool:
    """Tell whether a name stands in a paragraph in other words than those that are quoted."""
    place = paragraph.find(name)
    while place >= 0:
        after = paragraph[place + len(name) :].split()[:_WORDS_AFTER]
        if " ".join([name, *after]) not in quote:
            return True
        place = paragraph.find(name, place + 1)
    return False


def _folded(text: str) -> str:
    return FoldedText.of(text).folded.strip()
