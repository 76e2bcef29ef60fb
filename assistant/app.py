"""The composition root: settings, index and conversations become an assistant."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, Unpack

from assistant import wording
from assistant.coverage.find_facts import FactFilters, find_facts, spelt_nearly
from assistant.errors import (
    LibraryError,
    ProfileError,
    SettingsError,
    ThreadError,
    UnknownDocument,
    store_failed,
)
from assistant.history.conversations import NO_PAST, Past
from assistant.history.database import utc_now
from assistant.history.feedback import Feedback, Rating
from assistant.history.late_records import Record
from assistant.history.receipts import Comparison, Present, compare
from assistant.history.records import (
    AnswerRecord,
    Circumstances,
    Configuration,
    cited_documents,
    noticed,
    product_version,
    unrecorded,
)
from assistant.history.store import Kept
from assistant.library.lookup import matched
from assistant.library.reuse import with_approved
from assistant.model.prompts import read_prompts
from assistant.observer import UNOBSERVED, Observer
from assistant.pipeline import Request, responded, retrieve, searched
from assistant.query import Query, Turn
from assistant.settings import (
    Settings,
    build_options,
    build_store_of,
    database_of,
    reranker_of,
    server_of,
)
from assistant.streaming import heard_in_thread, pieces
from assistant.suggestions import suggestions
from assistant.tenant.checking import Promises, check, promises_of
from assistant.tenant.types import TenantCheck
from assistant.tenant.what_if import changed_profile
from assistant.timeline import Stage, timed
from assistant.triage import (
    YES_NO,
    Assessed,
    Premise,
    Triage,
    Triaged,
    answer_shown,
    has_not_applicable,
    not_applicable,
    premise_of,
    triage,
)
from assistant.types import Answer, AnswerScope, Asking, Piece, Profile, Verdict
from assistant.understanding.question import understand
from corpus.facts.types import Statement
from corpus.places import PlaceKind
from index.encoding.chunk_encoder import checked_weights
from index.errors import DamagedIndex, ForeignIndex, MissingIndex
from index.home.edition_store import EditionStore
from index.home.faults.left_behind import clear_left
from index.home.paths import Home
from index.searching.current import CurrentIndex, PinnedIndex
from index.searching.reader import IndexReader
from index.searching.reranker import tried
from index.types import EncoderInfo, FileRecord, Hit, Search, StoredDocument

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.library.library_store import Library
    from assistant.model.question_bank import Written
    from assistant.model.session import Writing


_PATIENCE_S = 600.0
"""How long the first question waits for another process that builds the index."""
_LOCAL_OWNER = ""


def _opened(settings: Settings) -> CurrentIndex:
    return CurrentIndex(settings.home, server=server_of(settings), reranker=reranker_of(settings))


def _built(settings: Settings, report: Callable[[str], None]) -> CurrentIndex:
    from index.building.build import build_index

    build_index(settings.home, options=build_options(settings, _PATIENCE_S), progress=report)
    return _opened(settings)


def _fetched(settings: Settings, report: Callable[[str], None]) -> bool:
    """Fetch the index that is published, where one is shared; tell whether there is one.

    What the home has cannot be used.
    """
    store = build_store_of(settings)
    if store is None:
        return False
    from index.build_store.fetch import Outcome
    from index.build_store.sharing import fetch_into

    found = fetch_into(
        settings.home, store, server_of(settings), wait_s=_PATIENCE_S, again=True, progress=report
    )
    return found.outcome is not Outcome.NOTHING


def _is_another(known: EncoderInfo, name: str) -> bool:
    """Tell whether an index was built with another encoder than the one of a name.

    The files are looked at where the names differ: one model may lie in two places.
    """
    return known.name != name and checked_weights(name)[1] != known.sha256


def _with_encoder(
    settings: Settings, index: CurrentIndex, report: Callable[[str], None]
) -> CurrentIndex:
    """Return an index that is of the encoder that is set; one that is shared stays as it is."""
    known = index.reader.manifest.encoder
    if not _is_another(known, settings.embedding_model):
        return index
    if settings.build_store:
        report(
            f"the index was built with {known.name}, not with {settings.embedding_model}, which "
            "is set here: it answers, and `residency index` builds another for everybody"
        )
        return index
    index.close()
    report(
        f"the index was built with {known.name}; building it with "
        f"{settings.embedding_model}, which is set now"
    )
    return _built(settings, report)


_APPROVED_SURE = 0.98
"""Confidence that an approved answer is one to the row that it is given for (0032)."""


class Made(NamedTuple):
    """What a request comes to, before any of it is kept."""

    answer: Answer
    turn: Turn
    given: Circumstances
    triaged: Triaged | None = None
    """Of a row of a questionnaire: what became of it."""


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    _stays: ClassVar[bool] = False
    """Whether the process goes on after an answer, which can then be recorded later."""

    def __init__(
        self,
        settings: Settings,
        index: CurrentIndex | PinnedIndex,
        *,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.settings = settings
        self.kept = Kept.of(settings, now)
        self.observer: Observer = UNOBSERVED
        """Who looks on while questions are answered."""
        self._current = index
        self._today = today
        # SQLite and Chroma handles of one build are shared by all threads of the process.
        self._busy = threading.Lock()
        # Of the build and the service that were asked for last; reading them costs the most.
        self._promises: tuple[tuple[str, str], Promises] | None = None
        self._writing = self._model_part() if settings.model else None

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        progress: Callable[[str], None] | None = None,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the index of the settings' home; build it when there is none that can be read.

        Raises the errors of `assistant.errors`, `index.errors` and `corpus.errors`.
        """
        settings = settings or Settings.load()
        report = progress or (lambda message: None)
        clear_left(Home(settings.home))
        try:
            index = _with_encoder(settings, _opened(settings), report)
        except (MissingIndex, DamagedIndex, ForeignIndex) as error:
            if _fetched(settings, report):
                index = _opened(settings)
            else:
                report(str(error).removesuffix(". Run `residency index`") + "; building it")
                index = _built(settings, report)
        assistant = cls(settings, index, today=today, now=now)
        assistant.make_ready()
        return assistant

    @cached_property
    def library(self) -> Library:
        """The approved answers of the home."""
        from assistant.library.library_store import library_of

        return library_of(self.settings, self.kept.now)

    def _model_part(self) -> Writing:
        # Without a model none of it is loaded.
        from assistant.model.session import Writing

        return Writing(self.settings, self._today, self._busy)

    def following(self, tell: Callable[[str], None]) -> AbstractContextManager[None]:
        """Take over the indexes that others publish, between two questions, for the time of a
        block; where the settings share none, do nothing.

        `tell` hears what is taken over, and once what keeps it from that.
        """
        store = build_store_of(self.settings)
        if store is None:
            return nullcontext()
        from index.build_store.follow import following

        every_s = self.settings.build_poll_seconds
        return following(self.settings.home, store, server_of(self.settings), every_s, tell)

    def make_ready(self) -> None:
        """Open the language model's client and try the reranker ahead of the first question, where
        they are set: loading them takes seconds. Nothing is sent. Raises SettingsError and
        ModelMismatch.
        """
        if self.index.reranker is not None:
            tried(self.index.reranker)
        if self._writing is not None:
            self._writing.make_ready()

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
        keep: bool = False,
        replacing: int | None = None,
        scope: AnswerScope | None = None,
        use_library: bool = True,
    ) -> Answer:
        """Answer a question; with a thread it may lean on the questions before it.

        An answer of the library that a person approved for the same question is given first, named
        as such; in a thread, today's own answer follows where it is not the same. `scope` tells for
        what approved answers are looked for; without `use_library` none is.

        `clarify` tells whether somebody is there to be asked back. An answer in a thread is
        recorded, any other with `keep`; one that cannot be recorded says so in its caveats, and so
        does one for which a file of the home could not be read.
        `replacing` is the position of an earlier question of the thread: once there is an
        answer, it takes the place of that turn and all after it.
        Raises QuestionError for a question without words or beyond the limit, and ThreadError
        where the conversations lie on a server and cannot be read.
        """
        asking = Asking(
            question, thread, owner or _LOCAL_OWNER, profile, clarify, keep, replacing,
            scope or AnswerScope(), use_library,
        )  # fmt: skip
        return self.answer(asking)

    def today(self) -> date:
        """Return the day that the age of documents is counted to."""
        return self._today()

    def answer(self, asking: Asking, heard: Callable[[str], None] | None = None) -> Answer:
        """Answer as `ask` does; `heard` is told the text so far while a model writes it."""
        with self.observer.question(of_file=not asking.clarify) as told:
            answer = self._answered(asking, None, heard).answer
            told(answer)
        return answer

    def assess(self, asking: Asking, allowed: Sequence[str] = ()) -> Assessed:
        """Answer a row of a questionnaire, and tell what became of it.

        `asking.about` is what stands beside the row, `allowed` are the values of its drop-down.
        Without `about` it is a plain question, which keeps its answer whatever became of it. A row
        whose premise the documents deny gets that denial as its answer, where its drop-down has a
        value for it; the receipt is of the premise, as a question of its own.
        Raises what `ask` raises.
        """
        with self.observer.question(of_file=True) as told:
            found = self._assessed(asking, allowed)
            told(found.answer)
        return found

    def _assessed(self, asking: Asking, allowed: Sequence[str]) -> Assessed:
        scope = asking.scope
        if asking.about is not None and asking.about.service and not scope.service:
            scope = replace(scope, service=asking.about.service)
        asking = replace(asking, scope=scope)
        earlier = ""
        if asking.thread and has_not_applicable(allowed):
            turns = self.kept.threads.past(asking.owner, asking.thread, asking.replacing).turns
            earlier = turns[0].question if len(turns) == 1 else ""
        found = self._row(asking, allowed)
        is_approved = found.answer.approved is not None and not found.answer.approved.void
        if asking.about is None or is_approved or not has_not_applicable(allowed):
            return found
        premise = premise_of(asking.question, earlier)
        return self._not_applicable(premise, asking, allowed) or found if premise else found

    def _row(self, asking: Asking, allowed: Sequence[str]) -> Assessed:
        made = self._answered(asking, allowed)
        if made.triaged is None:
            raise AssertionError("a row was answered without being triaged")
        return Assessed(made.answer, made.triaged)

    def _not_applicable(
        self, premise: Premise, asking: Asking, allowed: Sequence[str]
    ) -> Assessed | None:
        """Return a row as one that does not apply; None where nothing proves that."""
        alone = replace(asking, question=premise.question, thread=None, replacing=None)
        found = not_applicable(premise, self._row(alone, YES_NO), allowed)
        return found and replace(found, answer=replace(found.answer, question=asking.question))

    def _answered(
        self,
        asking: Asking,
        allowed: Sequence[str] | None,
        heard: Callable[[str], None] | None = None,
    ) -> Made:
        past, answers, unread = NO_PAST, tuple[str, ...](), list[str]()
        if asking.thread:
            with timed(Stage.HISTORY), self._without(asking, wording.PAST_UNREAD, unread):
                past, answers = self._before(asking, asking.thread)
        request = Request(
            asking.question, past.turns, asking.profile, asking.clarify, answers, asking.about
        )
        made = self.made(request, self.kept.now(), asking.owner, allowed, heard)
        with timed(Stage.LIBRARY), self._without(asking, wording.LIBRARY_UNREAD, unread):
            if asking.use_library and self.library.entries():
                made = self._in_front(made, asking)
        for notice in unread:
            made = made._replace(answer=noticed(made.answer, notice))
        with timed(Stage.HISTORY):
            return made._replace(answer=self._recorded(asking, past, made))

    @contextmanager
    def _without(self, asking: Asking, notice: str, unread: list[str]) -> Iterator[None]:
        """Answer without what cannot be read of the home, and say so.

        Conversations on a server come back by themselves: whoever asks in one is told, and may ask
        again. An answer without them could lean on nothing.
        """
        try:
            yield
        except (ThreadError, LibraryError) as error:
            waits = isinstance(error, ThreadError) and database_of(self.settings) is not None
            if asking.must_keep or waits or not store_failed(error):
                raise
            unread.append(notice.format(error=error))

    def _before(self, asking: Asking, thread: str) -> tuple[Past, tuple[str, ...]]:
        """Return what came before in a conversation, with its answers where a model is told."""
        threads, owner = self.kept.threads, asking.owner
        past = threads.past(owner, thread, asking.replacing)
        if self._writing is None:
            return past, ()
        return past, threads.answers(owner, thread, past.seen, self._writing.told_turns)

    def _recorded(self, asking: Asking, past: Past, made: Made) -> Answer:
        """Return an answer that is recorded where it is to be; it says so where it cannot be."""
        if not (asking.thread or asking.keep):
            return made.answer
        record = Record(asking, made.turn, past, made.answer, made.given)
        try:
            self.kept.keep(record)
        except ThreadError as error:
            if asking.must_keep:
                raise
            is_later = self._stays and store_failed(error) and self.kept.keep_later(record)
            return unrecorded(made.answer, error, is_later=is_later)
        return made.answer

    def made(
        self,
        request: Request,
        asked: datetime,
        owner: str,
        allowed: Sequence[str] | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> Made:
        """Return what a request of an owner's comes to; nothing of it is kept.

        It is triaged where `allowed` says what a row's answer may be: empty for any text.
        """
        today, triaged = self._today(), None
        with self._current.held() as index:
            write = self._writing.write(index, heard) if self._writing else None
            guard = self._guard(owner)
            found = responded(request, index, lambda: today, write=write, guard=guard)
            answer = found.answer
            if allowed is not None:
                with self._guard(owner):
                    triaged = triage(found, index, allowed)
                if request.about is not None:
                    answer = answer_shown(found, triaged)
            given = Circumstances(
                asked,
                today,
                request.profile,
                request.clarify,
                cited_documents(answer, index.documents),
                self._configuration(index),
                request.about,
            )
        return Made(answer, found.turn, given, triaged)

    def _guard(self, owner: str) -> AbstractContextManager[object]:  # noqa: ARG002
        """Return what is held while the index is used for an owner; it may be entered again."""
        return self._busy

    def _in_front(self, own: Made, asking: Asking) -> Made:
        """Put the library's answer in front of today's, where it has one."""
        with self._current.held() as index:
            answer = self._with_library(own.answer, own.turn, asking, index)
            given = replace(own.given, documents=cited_documents(answer, index.documents))
        triaged = own.triaged
        if triaged is not None and answer.approved is not None and not answer.approved.void:
            triaged = Triaged(Triage.ANSWERED, _APPROVED_SURE, reason=wording.ROW_APPROVED)
        return own._replace(answer=answer, given=given, triaged=triaged)

    def _with_library(self, own: Answer, turn: Turn, asking: Asking, index: IndexReader) -> Answer:
        if own.verdict is Verdict.TALK:
            return own
        with self._guard(asking.owner):
            # A row is asked in other words than its own, which are those that were approved.
            said = turn.standalone if asking.thread or asking.about is None else turn.question
            found = matched(said, asking.scope, self.library, index)
            if found is None:
                return own
            today, beside = self._today(), bool(asking.thread)
            return with_approved(own, found, index, today, beside=beside)

    def _configuration(self, index: IndexReader) -> Configuration:
        """Return what answers from a build depend on beside it."""
        prompts = ""
        if self.settings.model:
            prompts = read_prompts().sha256
        return Configuration(
            version=product_version(),
            index=index.manifest.id,
            embedding_model=index.manifest.encoder.name,
            reranker=index.reranker.name if index.reranker else "",
            model=self.settings.model,
            prompts=prompts,
        )

    def search(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
    ) -> tuple[Hit, ...]:
        """Return the passages that would answer a question, best first, without answering it."""
        return tuple(self.found(question, thread=thread, owner=owner, profile=profile)[1])

    def found(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
    ) -> tuple[Query, list[Hit]]:
        """Return how a question is understood, and what is found for it."""
        turns = self.kept.threads.turns(owner or _LOCAL_OWNER, thread) if thread else ()
        with self._current.held() as index, self._busy:
            query = understand(question, turns, profile, index.gazetteer, index.abouts)
            return query, retrieve(query, index)

    def searched(
        self, question: str, *, thread: str | None = None, owner: str | None = None
    ) -> Search:
        """Return what would be looked for to answer a question."""
        turns = self.kept.threads.turns(owner or _LOCAL_OWNER, thread) if thread else ()
        with self._current.held() as index, self._busy:
            return searched(understand(question, turns, None, index.gazetteer, index.abouts), index)

    def stream(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        keep: bool = False,
        replacing: int | None = None,
    ) -> Iterator[Piece]:
        """Yield the verified text piece by piece; the last piece carries the answer.

        Takes what `ask` takes, and raises what it raises at the first piece. While a model keeps
        it waiting, empty pieces come: whoever leaves at one has the model stop.
        """
        asking = Asking(
            question, thread, owner or _LOCAL_OWNER, profile, keep=keep, replacing=replacing
        )
        if not self.settings.model:
            answer = self.answer(asking)
            yield from pieces(answer.text)
            yield Piece("", answer)
            return
        told = ""
        for step in heard_in_thread(lambda heard: self.answer(asking, heard)):
            text = step if isinstance(step, str) else step.text
            yield from pieces(text.removeprefix(told)) if text != told else (Piece(""),)
            told = text
            if isinstance(step, Answer):
                yield Piece("", step)

    def record(self, answer: str, owner: str | None = None) -> AnswerRecord:
        """Return the record of an answer; with an owner, of theirs alone. Raises UnknownAnswer."""
        return self.kept.records.get(answer, owner)

    def compare(self, record: AnswerRecord, *, ask_model: bool = False) -> Comparison:
        """Ask a recorded question again as it was asked then, and tell what differs.

        An answer of the documents alone is made again in the same way, whatever model is set now.
        One that a language model took part in is asked again with `ask_model` only, which may
        cost tokens and differ from one time to the next; without, its quotations and documents
        are looked at. Raises SettingsError where no model is set.
        """
        given, written = record.circumstances, record.answer.receipt is not None
        if written and ask_model and not self.settings.model:
            raise SettingsError(
                f"RESIDENCY_MODEL: not set, and the answer {record.id} was written by a language "
                "model. Set it as PROVIDER:MODEL, or compare without asking the model"
            )
        request = Request(
            record.question, record.turns, given.profile, given.clarify, about=given.about
        )
        with self._current.held() as index:
            again = None
            if ask_model or not written:
                write = self._writing.write(index, None) if written and self._writing else None
                today = given.today or self._today()
                made = responded(request, index, lambda: today, write=write, guard=self._busy)
                again = made.answer
                if given.about is not None:
                    with self._busy:
                        again = answer_shown(made, triage(made, index))
                if (approved := record.answer.approved) is not None:
                    asking = Asking(record.question, record.thread or None, scope=approved.scope)
                    again = self._with_library(again, made.turn, asking, index)
            return compare(record, self._present(record, again, index))

    def _present(self, record: AnswerRecord, again: Answer | None, index: IndexReader) -> Present:
        from assistant.watching.quotes_today import editions_then, quotes_today

        documents = record.circumstances.documents
        recorded = {one.id: one for one in documents}
        with self._busy:
            quotes = quotes_today(record.answer.citations, recorded, index)
        store = EditionStore(self.home().editions)
        return Present(
            again, index.documents, self._configuration(index), quotes,
            editions_then(documents, store),
        )  # fmt: skip

    def give_feedback(
        self,
        answer: str,
        rating: Rating,
        *,
        owner: str | None = None,
        reason: str = "",
        correction: str = "",
    ) -> Feedback:
        """Keep what the asker thinks of a recorded answer of theirs, in place of what was kept.

        Raises UnknownAnswer and FeedbackError.
        """
        return self.kept.feedback.give(answer, owner or _LOCAL_OWNER, rating, reason, correction)

    def feedback(self) -> tuple[tuple[Feedback, AnswerRecord], ...]:
        """Return all feedback with the records that it is about, for the evaluation."""
        return self.kept.rated()

    def expire(self) -> int:
        """Delete what is older than the settings' retention period; return how many answers."""
        return self.kept.expire(self.settings.retention_days)

    def write_questions(self, progress: Callable[[str], None] = lambda message: None) -> Written:
        """Have the language model write questions for the user's documents, into their bank.

        Raises SettingsError where no model is set. The next build of the index takes them in.
        """
        if self._writing is None:
            raise SettingsError(
                "RESIDENCY_MODEL: not set, and questions are written by a language model. Set it "
                "as PROVIDER:MODEL"
            )
        with self._current.held() as index:
            return self._writing.questions(index, self.home().documents, progress)

    def facts(self, **filters: Unpack[FactFilters]) -> tuple[Statement, ...]:
        """Return the statements that every given filter lets through; raise UnknownFactFilter."""
        with self._current.held() as index, self._busy:
            return find_facts(index, **filters)

    def document(self, name: str) -> StoredDocument:
        """Return a document of the index; raise UnknownDocument."""
        documents = self.index.documents
        try:
            return documents[name]
        except KeyError:
            known = ", ".join(sorted(documents))
            raise UnknownDocument(f"{name}: no such document. Known are {known}") from None

    def profile(self, owner: str) -> Profile | None:
        """Return the standing profile of an owner; None where there is none."""
        return self.kept.profiles.of(owner)

    def readable_profile(self, owner: str) -> Profile | None:
        """Return the profile to answer an owner for; None also where its file cannot be read, of
        which an answer in a conversation tells.
        """
        try:
            return self.profile(owner)
        except ThreadError as error:
            if database_of(self.settings) is None and store_failed(error):
                return None
            raise

    def keep_profile(self, owner: str, profile: Profile) -> None:
        """Keep an owner's standing profile; raise ProfileError for a country nobody knows."""
        place = self.index.gazetteer.named(profile.country) if profile.country else None
        if profile.country and (place is None or place.kind is not PlaceKind.COUNTRY):
            raise ProfileError(
                f"{profile.country}: no country of that name is known. "
                f"{spelt_nearly(profile.country, self.index.gazetteer)}Give its English name, "
                "such as Norway"
            )
        self.kept.profiles.keep(owner, profile)

    def tenants(self, owner: str) -> dict[str, Profile]:
        """Return the profiles that an owner keeps by name, in order of the names."""
        return self.kept.profiles.named(owner)

    def check_tenant(
        self, profile: Profile, changes: Sequence[str] = (), service: str = ""
    ) -> tuple[TenantCheck, TenantCheck | None]:
        """Return what holds for a tenant, and what would after changes in words ("buy X").

        Raises ProfileError for a change that is not understood, UnknownFactFilter for a service
        that no document is about.
        """
        today = self._today()
        with self.reading() as index:
            key = (index.manifest.id, service)
            if self._promises is None or self._promises[0] != key:
                self._promises = (key, promises_of(index, service))
            promises = self._promises[1]
            changed = changed_profile(profile, changes, index.gazetteer)
            after = check(promises, changed, index.gazetteer, today) if changes else None
            return check(promises, profile, index.gazetteer, today), after

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that lead on from an answer; none where it cites nothing."""
        with self._current.held() as index, self._busy:
            return suggestions(answer, index) if answer.index == index.manifest.id else ()

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents of the index, by id."""
        return tuple(self.index.documents.values())

    @property
    def files(self) -> tuple[FileRecord, ...]:
        """What became of every file that was to be indexed."""
        with self._current.held() as index, self._busy:
            return index.catalog.files()

    @property
    def index_id(self) -> str:
        """The id of the build that answers."""
        return self.index.manifest.id

    @property
    def index(self) -> IndexReader:
        """The open build, for retrieval without answers."""
        return self._current.reader

    @contextmanager
    def reading(self) -> Iterator[IndexReader]:
        """Yield the current build for look-ups; it stays open and is read by nobody else."""
        with self._current.held() as index, self._busy:
            yield index

    @property
    def runnable(self) -> Runnable[Any, Answer]:
        """The assistant as a LangChain Runnable: a question, or a dict of `ask`'s arguments."""
        from assistant.langchain import as_runnable

        return as_runnable(self)

    def close(self) -> None:
        """Let go of all files."""
        self.kept.close()
        if "library" in vars(self):
            self.library.close()
        self._current.close()

    def home(self) -> Home:
        """Where this assistant's files lie."""
        return Home(self.settings.home)
