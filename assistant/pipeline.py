"""From a question to an answer: understand, retrieve, compose, verify, answer."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Protocol

from assistant import wording
from assistant.comparing.answers import compared_answer
from assistant.composing import compose, of_page
from assistant.composing.answer_kind import kind_of
from assistant.composing.cited_facts import stated_facts
from assistant.composing.conditions_met import conditions
from assistant.composing.open_service import open_services
from assistant.composing.places_not_named import absences
from assistant.draft import Draft, DraftSentence, Evidence, Form, Step
from assistant.query import Query, QuestionType, Turn
from assistant.reasoning.ask import Ask
from assistant.reasoning.asked import Asked, asked_of, each_asked
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.nothing_of_data import nothing_of_data
from assistant.reasoning.reason import concludes, reason, tells_both
from assistant.reasoning.recompute import why_not_derived
from assistant.reasoning.row_scope import as_asked, for_row
from assistant.reasoning.say import say, say_parts
from assistant.reasoning.scope import no_document, speaking
from assistant.timeline import Stage, current_timeline, timed, waited_for
from assistant.types import (
    Answer,
    Citation,
    DerivationStep,
    Profile,
    Receipt,
    RowAbout,
    Verdict,
)
from assistant.understanding.conversation.each_of_them import wants_each
from assistant.understanding.legal_advice import asks_legal_advice
from assistant.understanding.question import clean, understand
from assistant.understanding.question_language import foreign_language
from assistant.understanding.services import documents_by_place, documents_named
from assistant.understanding.several_subjects import each_subject
from assistant.understanding.small_talk import reply_to_small_talk, small_talk
from assistant.verification.verify import verify
from corpus.chunk import LONGEST_CITATION
from corpus.language.signals import Signal
from corpus.types import Span
from index.errors import VectorsAway
from index.searching.reader import IndexReader
from index.searching.retrieve import search
from index.types import Hit, Search, StoredDocument

_LOG = logging.getLogger(__name__)
_UNGUARDED: AbstractContextManager[object] = nullcontext()
_OLD_YEARS = 2
_LOOKS_CITED = re.compile(r"(?<!\S)\[(\d+)\]")
"""A number in brackets that a document itself uses; in an answer it would look like a citation."""
_NEAR = 120
"""Code points between spans that are cited as one."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what came before it."""

    question: str
    turns: tuple[Turn, ...] = ()
    profile: Profile | None = None
    clarify: bool = False
    """Whether somebody is there to be asked back."""
    answers: tuple[str, ...] = ()
    """What was answered to the latest turns, for a language model; the last one last."""
    about: RowAbout | None = None
    """What stands beside it, where it is a row of a questionnaire."""


@dataclass(frozen=True, slots=True)
class Responded:
    """An answer with what it was made from."""

    answer: Answer
    turn: Turn
    """What is remembered of it."""
    asked: tuple[Asked, ...]
    """Each question in it as it was understood; none where nothing was asked of the documents."""
    hits: tuple[Hit, ...]
    """What was found, best first."""
    draft: Draft
    """The verified draft that the answer was made of."""


class Write(Protocol):
    """Writes an answer anew with a language model; what it returns is verified like any other."""

    def __call__(
        self, request: Request, query: Query, hits: Sequence[Hit], draft: Draft
    ) -> tuple[Draft, Receipt]:
        """Return the draft, and how it came about."""
        ...


def respond(
    request: Request,
    index: IndexReader,
    today: Callable[[], date],
    *,
    write: Write | None = None,
    guard: AbstractContextManager[object] = _UNGUARDED,
) -> tuple[Answer, Turn]:
    """Return the answer to a request, and the turn to remember of it.

    `write` is the language model's part where one is configured; `guard` is held while the index
    is used, and not while the model is waited for.
    """
    made = responded(request, index, today, write=write, guard=guard)
    return made.answer, made.turn


def responded(
    request: Request,
    index: IndexReader,
    today: Callable[[], date],
    *,
    write: Write | None = None,
    guard: AbstractContextManager[object] = _UNGUARDED,
) -> Responded:
    """Return what `respond` does, with what the answer was made from."""
    started = time.perf_counter()
    with waited_for(guard):
        talk = reply_to_small_talk(request.question, index.abouts)
        if talk is not None:
            return _talked(request, talk, index, today(), started)
        if not request.turns:
            # Nearly always what is searched for; a follow-up is completed first.
            index.encoder.begin(request.question)
        turns = [one for one in request.turns if small_talk(one.question) is None]
        sought = _sought(request, turns, index)
        if turns:
            sought = _by_itself(request, sought, index) or sought
        query, asked, draft = sought.query, sought.asked, sought.draft
        fault = index.vectors.fault
        hits = _in_turn(sought.found)
        _counted(asked, hits)
        if asks_legal_advice(query.question):
            draft = replace(draft, opening=_declined(draft))
    receipt = None
    if write is not None:
        with timed(Stage.MODEL):
            draft, receipt = write(request, query, hits, draft)
    with waited_for(guard):
        draft = _verified(draft, query, index) if receipt else draft
        fault = fault or index.vectors.fault
        _note(fault)
        with timed(Stage.COMPOSING):
            answer = conclude(query, draft, index, today(), started, receipt, fault)
            facts = stated_facts(answer.citations, index)
        answer = replace(answer, question=clean(request.question), facts=facts)
    first = answer.citations[0].document if answer.citations else query.follows
    turn = Turn(answer.question, query.standalone, first, query.type)
    return Responded(answer, turn, asked, tuple(hits), draft)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A request as it was understood, and what was found."""

    query: Query
    asked: tuple[Asked, ...]
    found: tuple[list[Hit], ...]
    draft: Draft


def _sought(request: Request, turns: Sequence[Turn], index: IndexReader) -> _Sought:
    with timed(Stage.UNDERSTANDING):
        query, asked = _understood(request, turns, index)
    with timed(Stage.RETRIEVAL):
        found = tuple(retrieve(one.query, index, one.scope) for one in asked)
    clarify = request.clarify and not wants_each(request.question)
    return _Sought(query, asked, found, _answered(query, asked, found, index, clarify=clarify))


def _by_itself(request: Request, sought: _Sought, index: IndexReader) -> _Sought | None:
    """Return what a complete question finds without the subject of its conversation, where it finds
    nothing with it and says itself what it is about: "are public folders supported", after others
    about Intune. None where it does not.
    """
    said = clean(request.question)
    takes_subject = sought.query.standalone != said and sought.query.standalone.startswith(
        said.rstrip(" ?")
    )
    if not takes_subject or sought.draft.verdict is not Verdict.ABSTAINED:
        return None
    if not documents_named(said, index.abouts):
        return None
    alone = _sought(request, (), index)
    return alone if alone.draft.verdict is Verdict.ANSWERED else None


def _understood(
    request: Request, turns: Sequence[Turn], index: IndexReader
) -> tuple[Query, tuple[Asked, ...]]:
    """Return how a request is understood, as a whole and each question in it."""
    about = request.about
    said = request.question if about is None else as_asked(request.question, about, index)
    if turns and wants_each(said):
        said = turns[-1].standalone
    query = understand(said, turns, request.profile, index.gazetteer, index.abouts)
    asked = each_asked(query, turns, request.profile, index)
    if about is not None:
        asked = tuple(for_row(one, about, index) for one in asked)
    return query, asked


def _counted(asked: Sequence[Asked], hits: Sequence[Hit]) -> None:
    """Note how much was asked and found, where somebody wants to know."""
    timeline = current_timeline()
    if timeline is not None:
        timeline.parts, timeline.passages = len(asked), len(hits)


def _note(fault: VectorsAway | None) -> None:
    """Note whether the vectors could be searched, where somebody wants to know."""
    timeline = current_timeline()
    if timeline is not None:
        timeline.without_vectors = fault is not None


def _talked(
    request: Request, said: str, index: IndexReader, today: date, started: float
) -> Responded:
    """Return the reply to what asks nothing of the documents."""
    query = Query(
        request.question, request.question, QuestionType.WHAT, (), (), frozenset(), negated=False,
        follows="",
    )  # fmt: skip
    draft = Draft(Verdict.TALK, (), opening=said)
    answer = conclude(query, draft, index, today, started)
    return Responded(answer, Turn(query.question, query.standalone, ""), (), (), draft)


def _declined(draft: Draft) -> str:
    """Return what is said before an answer to somebody who asks for legal advice."""
    states = draft.verdict is Verdict.ANSWERED
    told = wording.LEGAL_ADVICE_STATED if states else wording.LEGAL_ADVICE_NOTHING
    return f"{wording.LEGAL_ADVICE} {told}"


def _answered(
    query: Query,
    asked: Sequence[Asked],
    found: Sequence[list[Hit]],
    index: IndexReader,
    *,
    clarify: bool,
) -> Draft:
    """Return the verified answer to each of the questions in one; to all of them by one set where
    that tells them: "which regions are there, and which of them are in Norway".
    """
    if len(asked) > 1:
        together = _told_together(query, asked[0], found[0], index)
        if together is not None:
            return together
    drafts = []
    for number, (one, hits) in enumerate(zip(asked, found, strict=True)):
        with timed(Stage.COMPOSING):
            draft = drafted(one, hits, index, clarify=clarify and not number)
        drafts.append(_verified(draft, one.query, index))
    return say_parts([one.query.standalone for one in asked], drafts)


def _told_together(query: Query, first: Asked, hits: list[Hit], index: IndexReader) -> Draft | None:
    """Return the answer of one set to several questions; None where no set tells all of them."""
    if not first.scope.names and first.scope.unknown:
        return None
    ask = replace(first.ask, question=query.standalone)
    known = Known(index, first.scope, tuple(hits), query.case)
    with timed(Stage.COMPOSING):
        draft = reasoned(ask, known) if tells_both(ask, known) else None
    if draft is None:
        return None
    return _verified(_linked(draft, first.scope), query, index)


def _verified(draft: Draft, query: Query, index: IndexReader) -> Draft:
    with timed(Stage.VERIFICATION):
        return verify(draft, query, index)


def drafted(asked: Asked, hits: list[Hit], index: IndexReader, *, clarify: bool) -> Draft:
    """Return what is found by reasoning, else what the passages say.

    What is asked of a page itself, and what several services may be meant by, is told as before.
    """
    query = asked.query
    nothing = no_document(asked.scope, index)
    if nothing is not None:
        return say(nothing)
    hits, unticked = _by_box(hits, index)
    told_of_page = of_page(query, hits, index)
    if told_of_page is not None:
        return told_of_page
    found = _found(asked, hits, unticked, index)
    draft = found or compose(query, hits, index, clarify=clarify)
    nothing = nothing_of_data(draft, asked, index)
    if nothing is not None:
        return say(nothing)
    return draft if found is None else _linked(draft, asked.scope)


def _found(
    asked: Asked, hits: list[Hit], unticked: Sequence[Hit], index: IndexReader
) -> Draft | None:
    """Return what is found by reasoning; None where nothing is, or several things are meant."""
    query = asked.query
    known = Known(index, asked.scope, tuple(hits), query.case, tuple(unticked))
    whole = None
    if _may_reason(query, asked.scope, hits, index):
        side_by_side = bool(each_subject(query, index.abouts, index.gazetteer))
        whole = reasoned(asked.ask, known, concluding=side_by_side)
    find = partial(_of_side, index=index)
    beside = compared_answer(asked, known, find, instead_of=whole)
    if beside is not None:
        return beside
    return _beside(whole, asked, index) if whole is not None else None


def _of_side(query: Query, scope: Scope, *, index: IndexReader) -> list[Hit]:
    """Return the passages of one side of a comparison that fit what is asked of it."""
    return search(index, searched(query, index, searched_documents(scope, index)))


def _by_box(hits: Sequence[Hit], index: IndexReader) -> tuple[list[Hit], list[Hit]]:
    """Return what says something, and what stands behind a box that is not ticked."""
    told, unticked = list[Hit](), list[Hit]()
    for hit in hits:
        blocks = index.catalog.unticked(hit.chunk.document)
        (unticked if hit.chunk.block in blocks else told).append(hit)
    return told, unticked


def _linked(draft: Draft, scope: Scope) -> Draft:
    """Say in the derivation which names of the question stand for others in the documents."""
    steps = tuple(
        Step((wording.IS_PART_OF if link.is_part else wording.STANDS_FOR).format(
            asked=link.asked, meant=link.stands_for
        ))
        for link in scope.links
        if link.asked.casefold() != link.stands_for.casefold()
    )  # fmt: skip
    return replace(draft, steps=(*steps, *draft.steps))


def _may_reason(query: Query, scope: Scope, hits: list[Hit], index: IndexReader) -> bool:
    """Tell whether one answer is asked for: not one for each of several services, nor an address,
    which stands in no sentence that a reader sees.
    """
    if Signal.LINK in query.wants:
        return False
    return scope.is_sure or not open_services(query, hits, index)


def _beside(draft: Draft, asked: Asked, index: IndexReader) -> Draft:
    """Add places that nothing names, where passages stand in for an answer, and how conditions
    stand for the asker's case, where that is known.
    """
    if not draft.statements or draft.verdict is not Verdict.ANSWERED:
        return draft
    # Where the asker is, or another thing lies, is not what is asked for.
    placed = replace(asked.query, places=asked.ask.places)
    absent = () if draft.steps or not placed.places else absences(placed, index)
    weighed = conditions(asked.query, draft.statements[0].evidence[0].document, index)
    return replace(draft, statements=(*absent, *draft.statements, *weighed))


def reasoned(ask: Ask, known: Known, *, concluding: bool = False) -> Draft | None:
    """Return what is found by reasoning, derived twice; None where nothing is, or it differs.

    `concluding` leaves out what only says something of each of several things.
    """
    finding = reason(ask, known)
    if finding is None or (concluding and not concludes(finding)):
        return None
    draft = say(finding)
    if draft.statements and (fault := why_not_derived(finding, draft, ask, known)):
        _LOG.warning("finding withheld: %s", fault)
        return None
    return draft


def retrieve(query: Query, index: IndexReader, scope: Scope | None = None) -> list[Hit]:
    """Return the chunks that fit a query, best first; of several parts the best of each first.

    Where the question names its subject outright, other documents are not searched.
    """
    only = searched_documents(scope or asked_of(query, index).scope, index)
    several = each_subject(query, index.abouts, index.gazetteer)
    found = [search(index, searched(part, index, only)) for part in several]
    return _in_turn(found) if several else search(index, searched(query, index, only))


def searched_documents(scope: Scope, index: IndexReader) -> frozenset[str]:
    """Return the documents that a search is confined to; none where all are searched."""
    if scope.is_sure or len(scope.documents) < len(index.documents):
        return frozenset(scope.documents) or speaking(index)
    return frozenset()


def _in_turn(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return the hits of several searches by rank, each chunk once."""
    first: dict[str, Hit] = {}
    for row in zip_longest(*found):
        for hit in filter(None, row):
            first.setdefault(hit.chunk.id, hit)
    return list(first.values())


def searched(query: Query, index: IndexReader, only: frozenset[str] = frozenset()) -> Search:
    """Return what to look for: the question, and what is known of it; in some documents alone."""
    near, other = documents_by_place(query.places, index.abouts, index.gazetteer, only)
    return Search(
        text=query.standalone,
        documents=documents_named(query.standalone, index.abouts),
        follows=query.follows,
        places=query.places,
        about_places=near,
        about_others=other,
        wants=query.wants,
        only=only,
    )


class Display:
    """The text of an answer while it grows: what was said, with the markers of its citations."""

    def __init__(self, query: Query, index: IndexReader) -> None:
        self._index = index
        foreign = foreign_language(query.question)
        self.said: list[str] = (
            [wording.IN_ANOTHER_LANGUAGE.format(language=foreign)] if foreign else []
        )
        self.citations: list[Citation] = []

    def add(self, statement: DraftSentence) -> None:
        """Say a statement."""
        markers = _cite(statement, self.citations, self._index)
        self.said.append(displayed(statement) + "".join(f" [{number}]" for number in markers))

    def markers(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the markers of the citations that hold a piece of some evidence."""
        found = (
            one.marker
            for part in evidence
            for span in part.spans
            for one in self.citations
            if one.document == part.document and one.start <= span.start and span.end <= one.end
        )
        return tuple(dict.fromkeys(found))

    @property
    def text(self) -> str:
        """All that was said so far."""
        return "\n\n".join(self.said)


def conclude(
    query: Query,
    draft: Draft,
    index: IndexReader,
    today: date,
    started: float,
    receipt: Receipt | None = None,
    fault: VectorsAway | None = None,
) -> Answer:
    """Return the answer of a verified draft: text with markers, citations, caveats.

    `fault` is why the vectors could not be searched, where they could not.
    """
    display = Display(query, index)
    display.said += [draft.opening] if draft.opening else []
    for statement in draft.statements:
        display.add(statement)
    display.said += [draft.notice] if draft.notice else []
    answered = draft.verdict is Verdict.ANSWERED
    caveats = source_notices(display.citations, index, today) if answered else ()
    caveats += (wording.WITHOUT_VECTORS.format(fault=fault.notice),) if fault else ()
    display.said += caveats
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        text=display.text,
        verdict=draft.verdict,
        citations=tuple(display.citations),
        facts=(),
        caveats=caveats,
        choices=draft.choices,
        mode=_mode(draft, receipt),
        index=index.manifest.id,
        latency_ms=round((time.perf_counter() - started) * 1000, 3),
        receipt=receipt,
        derivation=tuple(
            DerivationStep(step.said, display.markers(step.evidence)) for step in draft.steps
        ),
        kind=kind_of(draft),
    )


def _mode(draft: Draft, receipt: Receipt | None) -> str:
    """Return how the text came about."""
    if receipt is None or (receipt.fault and not draft.statements):
        return "structured"
    written = sum(statement.form is Form.WRITTEN for statement in draft.statements)
    if written == len(draft.statements) and (written or draft.verdict is Verdict.CLARIFY):
        return "model"
    return "mixed" if written else "structured"


def displayed(statement: DraftSentence) -> str:
    """Return a statement as it is displayed; commands stay as they are."""
    lead = f"{statement.lead}: " if statement.lead else ""
    if any(evidence.code for evidence in statement.evidence):
        return lead + statement.text
    return lead + _LOOKS_CITED.sub(r"(\1)", statement.text)


def _cite(statement: DraftSentence, citations: list[Citation], index: IndexReader) -> list[int]:
    """Add the citations of a statement; return their markers. Each span is cited once."""
    markers = []
    for evidence, span in _joined(statement.evidence):
        known = next(
            (
                c.marker
                for c in citations
                if c.document == evidence.document and c.start <= span.start and span.end <= c.end
            ),
            None,
        )
        if known is None:
            known = len(citations) + 1
            citations.append(_citation(known, evidence, span, index.documents[evidence.document]))
        markers.append(known)
    return list(dict.fromkeys(markers))


def _joined(evidence: tuple[Evidence, ...]) -> list[tuple[Evidence, Span]]:
    """Join spans that stand together into one as long as it stays short."""
    joined: list[tuple[Evidence, Span]] = []
    every = [(part, span) for part in evidence for span in part.spans]
    for part, span in sorted(every, key=lambda pair: (pair[0].document, pair[1])):
        if joined:
            first, known = joined[-1]
            near = part.document == first.document and span.start - known.end <= _NEAR
            whole = Span(known.start, max(span.end, known.end))
            if near and whole.end - whole.start <= LONGEST_CITATION:
                joined[-1] = (first, whole)
                continue
        joined.append((part, span))
    return joined


def _citation(marker: int, evidence: Evidence, span: Span, document: StoredDocument) -> Citation:
    return Citation(
        marker=marker,
        document=document.id,
        title=document.about.title,
        section=" > ".join(evidence.path),
        quote=span.of(document.text),
        start=span.start,
        end=span.end,
        source=document.about.source,
        as_of=document.about.date,
        page=document.page(span.start),
    )


def source_notices(
    citations: Iterable[Citation], index: IndexReader, today: date
) -> tuple[str, ...]:
    """Name the date of every document that the answer stands on, and warn where it is old."""
    notices = []
    for name in dict.fromkeys(citation.document for citation in citations):
        about = index.documents[name].about
        successor = index.successors.get(name)
        if successor is not None:
            newer = index.documents[successor].about
            notice = wording.SUPERSEDED_SOURCE.format(
                title=about.title,
                date=_dated(about.date),
                newer=newer.title,
                newer_date=_dated(newer.date),
            )
        else:
            old = about.date is not None and (today - about.date).days > 365 * _OLD_YEARS
            said = wording.OLD_SOURCE if old else wording.SOURCE
            notice = said.format(title=about.title, date=_dated(about.date))
        notices.append(notice)
    return tuple(notices)


def _dated(stated: date | None) -> str:
    return stated.isoformat() if stated else wording.UNDATED
