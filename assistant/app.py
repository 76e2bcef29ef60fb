"""The composition root: settings, index and conversations become an assistant."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.answer import Display, Request, Write, respond, retrieve, searched
from assistant.errors import SettingsError, UnknownDocument
from assistant.question import understand
from assistant.settings import Settings
from assistant.streaming import heard_in_thread
from assistant.threads import Threads
from assistant.types import Answer, Draft, Piece, Profile, Query, Receipt, Statement
from index.build import Options, build_index
from index.current import CurrentIndex, PinnedIndex
from index.errors import DamagedIndex, ForeignIndex, MissingIndex
from index.layout import Home
from index.reader import IndexReader
from index.remote import Server
from index.types import FileRecord, Hit, Search, StoredDocument

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.written.questions import Written
    from assistant.written.writer import Writer

_PATIENCE_S = 600.0
"""How long the first question waits for another process that builds the index."""
_STREAMED = re.compile(r"\S+\s*|\s+")
_LOCAL_OWNER = ""
_TOLD_TURNS = 6
"""Earlier questions that a language model is told of."""
LEDGER = "model.sqlite"
"""File of a home folder with the language model's use and replies."""


def _pieces(text: str) -> Iterator[Piece]:
    for match in _STREAMED.finditer(text):
        yield Piece(match.group())


def server_of(settings: Settings) -> Server | None:
    """Return the Chroma server of the settings, None where the vectors are embedded."""
    if not settings.chroma_url:
        return None
    headers = {name: value.get_secret_value() for name, value in settings.chroma_headers.items()}
    return Server(settings.chroma_url, headers)


def build_options(settings: Settings, wait_s: float = 1.0, *, retry: bool = False) -> Options:
    """Return how the settings want an index to be built."""
    return Options(settings.embedding_model, server_of(settings), wait_s, retry)


def _opened(settings: Settings) -> CurrentIndex:
    return CurrentIndex(settings.home, server=server_of(settings))


def _built(settings: Settings, report: Callable[[str], None]) -> CurrentIndex:
    build_index(settings.home, options=build_options(settings, _PATIENCE_S), progress=report)
    return _opened(settings)


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        index: CurrentIndex | PinnedIndex,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.settings = settings
        self._current = index
        self._today = today
        self._threads = Threads(settings.home / "conversations.sqlite")
        # SQLite and Chroma handles of one build are shared by all threads of the process.
        self._busy = threading.Lock()
        self._opening = threading.Lock()
        self._opened: Writer | None = None

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        progress: Callable[[str], None] | None = None,
        today: Callable[[], date] = date.today,
    ) -> Assistant:
        """Open the index of the settings' home; build it when there is none that can be read.

        Raises the errors of `assistant.errors`, `index.errors` and `corpus.errors`.
        """
        settings = settings or Settings.load()
        report = progress or (lambda message: None)
        try:
            index = _opened(settings)
            known = index.reader.manifest.encoder.name
            if known != settings.embedding_model:
                index.close()
                report(f"the index was built with {known}; building it with the one that is set")
                index = _built(settings, report)
        except (MissingIndex, DamagedIndex, ForeignIndex) as error:
            report(str(error).removesuffix(". Run `residency index`") + "; building it")
            index = _built(settings, report)
        assistant = cls(settings, index, today=today)
        assistant.make_ready()
        return assistant

    def make_ready(self) -> None:
        """Open the language model's client ahead of the first question, where one is configured:
        importing it takes seconds. Nothing is sent. Raises SettingsError.
        """
        if self.settings.model:
            self._writer()

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
    ) -> Answer:
        """Answer a question; with a thread it may lean on the questions before it.

        `clarify` tells whether somebody is there to be asked back. Raises QuestionError for a
        question without words or beyond the limit.
        """
        return self._answered(Request(question, (), profile, clarify), thread, owner)

    def _answered(
        self,
        request: Request,
        thread: str | None,
        owner: str | None,
        heard: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer a request after the turns of its thread; `heard` is told the text so far."""
        mine = owner or _LOCAL_OWNER
        turns = self._threads.turns(mine, thread) if thread else ()
        with self._current.held() as index:
            write = self._write(index, heard) if self.settings.model else None
            answer, turn = respond(
                replace(request, turns=turns), index, self._today, write=write, guard=self._busy
            )
        if thread:
            self._threads.add(mine, thread, turn, answer)
        return answer

    def _write(self, index: IndexReader, heard: Callable[[str], None] | None) -> Write:
        """Return the language model's part of an answer."""
        from assistant.written.writer import Task, Tools

        writer = self._writer()

        def write(
            request: Request, query: Query, hits: Sequence[Hit], draft: Draft
        ) -> tuple[Draft, Receipt]:
            display = Display(query, index)

            def shown(statement: Statement) -> None:
                if heard is not None:
                    display.add(statement)
                    heard(display.text)

            asked = tuple(turn.question for turn in request.turns[-_TOLD_TURNS:])
            return writer.write(
                Task(query, hits, draft, asked, request.clarify),
                Tools(index, partial(self._find, index), self._busy, shown),
            )

        return write

    def _find(self, index: IndexReader, question: str) -> list[Hit]:
        with self._busy:
            return retrieve(understand(question, (), None, index.gazetteer), index)

    def _writer(self) -> Writer:
        """Return the writer with the configured model; made when it is first asked for."""
        from assistant.model import open_model
        from assistant.written.ledger import Ledger
        from assistant.written.writer import Limits, Writer

        with self._opening:
            if self._opened is None:
                settings = self.settings
                self._opened = Writer(
                    open_model(settings),
                    Ledger(settings.home / LEDGER, self._today),
                    Limits(
                        settings.model_timeout,
                        settings.model_context,
                        settings.model_tokens_per_day,
                    ),
                )
            return self._opened

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
        turns = self._threads.turns(owner or _LOCAL_OWNER, thread) if thread else ()
        with self._current.held() as index, self._busy:
            query = understand(question, turns, profile, index.gazetteer)
            return query, retrieve(query, index)

    def searched(
        self, question: str, *, thread: str | None = None, owner: str | None = None
    ) -> Search:
        """Return what would be looked for to answer a question."""
        turns = self._threads.turns(owner or _LOCAL_OWNER, thread) if thread else ()
        with self._current.held() as index, self._busy:
            return searched(understand(question, turns, None, index.gazetteer), index)

    def stream(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
    ) -> Iterator[Piece]:
        """Yield the verified text piece by piece; the last piece carries the answer."""
        request = Request(question, (), profile, clarify=True)
        if not self.settings.model:
            answer = self._answered(request, thread, owner)
            yield from _pieces(answer.text)
            yield Piece("", answer)
            return
        told = ""
        for step in heard_in_thread(lambda heard: self._answered(request, thread, owner, heard)):
            text = step if isinstance(step, str) else step.text
            yield from _pieces(text.removeprefix(told))
            told = text
            if isinstance(step, Answer):
                yield Piece("", step)

    def write_questions(self, progress: Callable[[str], None] = lambda message: None) -> Written:
        """Have the language model write questions for the user's documents, into their bank.

        Raises SettingsError where no model is set. The next build of the index takes them in.
        """
        from assistant.model import open_model
        from assistant.written.ledger import Ledger
        from assistant.written.questions import write_questions

        settings = self.settings
        if not settings.model:
            raise SettingsError(
                "RESIDENCY_MODEL: not set, and questions are written by a language model. Set it "
                "as PROVIDER:MODEL"
            )
        with self._current.held() as index:
            return write_questions(
                index,
                self.home().documents,
                open_model(settings),
                Ledger(settings.home / LEDGER, self._today),
                partial(self._find, index),
                seconds=settings.model_timeout,
                tokens_a_day=settings.model_tokens_per_day,
                progress=progress,
            )

    def document(self, name: str) -> StoredDocument:
        """Return a document of the index; raise UnknownDocument."""
        documents = self.index.documents
        try:
            return documents[name]
        except KeyError:
            known = ", ".join(sorted(documents))
            raise UnknownDocument(f"{name}: no such document. Known are {known}") from None

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
        self._current.close()

    def home(self) -> Home:
        """Where this assistant's files lie."""
        return Home(self.settings.home)
