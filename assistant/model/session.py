"""The configured language model's part: opened once, and handed what it needs of an assistant."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from assistant.draft import Draft, DraftSentence
from assistant.model.calls import Limits
from assistant.model.chat_model import never, open_model
from assistant.model.ledger import Ledger
from assistant.model.prompts import Exchange, Told
from assistant.model.question_bank import Written, write_questions
from assistant.model.writer import Task, Tools, Writer
from assistant.pipeline import Display, Request, Write, retrieve
from assistant.query import Query
from assistant.reasoning.asked import asked_of
from assistant.settings import Settings, database_of
from assistant.streaming import Listener
from assistant.types import Receipt
from assistant.understanding.question import understand
from index.searching.reader import IndexReader
from index.types import Hit

LEDGER = "model.sqlite"
"""File of a home folder with the language model's use and replies."""
_TOLD_TURNS = 6
"""Earlier questions, with their answers, that a language model is told of."""


class Writing:
    """Writes answers and questions with the settings' model; safe to share between threads."""

    def __init__(self, settings: Settings, today: Callable[[], date], busy: threading.Lock) -> None:
        """`busy` is held while an index is used, and not while the model is waited for."""
        self._settings = settings
        self._today = today
        self._busy = busy
        self._opening = threading.Lock()
        self._opened: Writer | None = None

    @property
    def told_turns(self) -> int:
        """How many earlier turns the model is told of."""
        return _TOLD_TURNS

    def make_ready(self) -> None:
        """Open the model's client, which takes seconds; raise SettingsError."""
        self._writer()

    def write(self, index: IndexReader, heard: Callable[[str], None] | None) -> Write:
        """Return the model's part of an answer, whose time begins here; `heard` is told the text so
        far.
        """
        started = time.monotonic()
        writer = self._writer()
        left = heard.has_left if isinstance(heard, Listener) else never

        def write(
            request: Request, query: Query, hits: Sequence[Hit], draft: Draft
        ) -> tuple[Draft, Receipt]:
            display = Display(query, index)

            def shown(statement: DraftSentence) -> None:
                if heard is not None:
                    display.add(statement)
                    heard(display.text)

            with self._busy:
                scope = asked_of(query, index).scope
            return writer.write(
                Task(query, hits, draft, _told(request, query), scope),
                Tools(index, partial(self._find, index), self._busy, shown, left, started),
            )

        return write

    def questions(
        self, index: IndexReader, documents: Path, progress: Callable[[str], None]
    ) -> Written:
        """Have the model write questions for the documents of a folder; raise SettingsError."""
        settings = self._settings
        return write_questions(
            index,
            documents,
            open_model(settings),
            self._ledger(),
            partial(self._find, index),
            seconds=settings.model_timeout,
            tokens_a_day=settings.model_tokens_per_day,
            progress=progress,
        )

    def _find(self, index: IndexReader, question: str) -> list[Hit]:
        with self._busy:
            return retrieve(understand(question, (), None, index.gazetteer, index.abouts), index)

    def _ledger(self) -> Ledger:
        place = database_of(self._settings) or self._settings.home / LEDGER
        return Ledger(place, self._today)

    def _writer(self) -> Writer:
        """Return the writer with the configured model; made when it is first asked for."""
        with self._opening:
            if self._opened is None:
                settings = self._settings
                self._opened = Writer(
                    open_model(settings),
                    self._ledger(),
                    Limits(
                        settings.model_timeout,
                        settings.model_context,
                        settings.model_tokens_per_day,
                    ),
                )
            return self._opened


def _told(request: Request, query: Query) -> Told:
    """Return a question as the model is told it: with the latest turns and the asker's profile."""
    turns = request.turns[-_TOLD_TURNS:]
    answers = request.answers[-len(turns) :] if turns else ()
    unknown = ("",) * (len(turns) - len(answers))
    earlier = tuple(
        Exchange(turn.question, answer)
        for turn, answer in zip(turns, (*unknown, *answers), strict=True)
    )
    return Told(query.question, earlier, request.profile, request.clarify)
