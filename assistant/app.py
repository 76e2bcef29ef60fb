"""The composition root: settings, index and conversations become an assistant."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer import Request, respond, retrieve, searched
from assistant.errors import UnknownDocument
from assistant.question import understand
from assistant.settings import Settings
from assistant.threads import Threads
from assistant.types import Answer, Piece, Profile, Query
from index.build import build_index
from index.errors import DamagedIndex, ForeignIndex, MissingIndex
from index.layout import Home
from index.reader import IndexReader
from index.types import Hit, Search, StoredDocument

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

_STREAMED = re.compile(r"\S+\s*|\s+")
_LOCAL_OWNER = ""


class Assistant:
    """Answers questions from one index; safe to share between threads."""

    def __init__(
        self, settings: Settings, index: IndexReader, *, today: Callable[[], date] = date.today
    ) -> None:
        self.settings = settings
        self._index = index
        self._today = today
        self._threads = Threads(settings.home / "conversations.sqlite")
        self._busy = threading.Lock()

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
            index = IndexReader.open(settings.home)
            if index.manifest.encoder.name != settings.embedding_model:
                known = index.manifest.encoder.name
                index.close()
                report(f"the index was built with {known}; building it with the one that is set")
                build_index(settings.home, model=settings.embedding_model, progress=report)
                index = IndexReader.open(settings.home)
        except (MissingIndex, DamagedIndex, ForeignIndex) as error:
            report(str(error).removesuffix(". Run `residency index`") + "; building it")
            build_index(settings.home, model=settings.embedding_model, progress=report)
            index = IndexReader.open(settings.home)
        return cls(settings, index, today=today)

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
        mine = owner or _LOCAL_OWNER
        turns = self._threads.turns(mine, thread) if thread else ()
        # SQLite and Chroma handles of one build are shared by all threads of the process.
        with self._busy:
            answer, turn = respond(
                Request(question, turns, profile, clarify), self._index, self._today
            )
        if thread:
            self._threads.add(mine, thread, turn, answer)
        return answer

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
        with self._busy:
            query = understand(question, turns, profile, self._index.gazetteer)
            return query, retrieve(query, self._index)

    def searched(
        self, question: str, *, thread: str | None = None, owner: str | None = None
    ) -> Search:
        """Return what would be looked for to answer a question."""
        turns = self._threads.turns(owner or _LOCAL_OWNER, thread) if thread else ()
        with self._busy:
            return searched(understand(question, turns, None, self._index.gazetteer), self._index)

    def stream(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
    ) -> Iterator[Piece]:
        """Yield the verified text piece by piece; the last piece carries the answer."""
        answer = self.ask(question, thread=thread, owner=owner, profile=profile)
        for match in _STREAMED.finditer(answer.text):
            yield Piece(match.group())
        yield Piece("", answer)

    def document(self, name: str) -> StoredDocument:
        """Return a document of the index; raise UnknownDocument."""
        try:
            return self._index.documents[name]
        except KeyError:
            known = ", ".join(sorted(self._index.documents))
            raise UnknownDocument(f"{name}: no such document. Known are {known}") from None

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents of the index, by id."""
        return tuple(self._index.documents.values())

    @property
    def index_id(self) -> str:
        """The id of the build that answers."""
        return self._index.manifest.id

    @property
    def index(self) -> IndexReader:
        """The open build, for retrieval without answers."""
        return self._index

    @property
    def runnable(self) -> Runnable[Any, Answer]:
        """The assistant as a LangChain Runnable: a question, or a dict of `ask`'s arguments."""
        from assistant.langchain import as_runnable

        return as_runnable(self)

    def close(self) -> None:
        """Let go of all files."""
        self._index.close()

    def home(self) -> Home:
        """Where this assistant's files lie."""
        return Home(self.settings.home)
