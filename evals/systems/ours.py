"""Residency Assistant itself, asked as a user asks it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from assistant.app import Assistant
from assistant.composing.abstention import log_odds
from assistant.model.prompts import read_prompts
from assistant.settings import Settings
from assistant.types import Answer
from corpus.types import Span
from evals.errors import UnknownSystem
from evals.suites.held_out_passages import held_out_places, stands_in
from evals.suites.suite import Suite
from evals.systems.base import RANKED, Session, Timed, Workplace
from evals.systems.built_assistant import built_assistant, told
from evals.types import Cited, Place, Response
from index.building.options import Sources

_OWNER = "evaluation"


@dataclass(frozen=True, slots=True)
class Ours:
    """The assistant over an index of its own."""

    name: str = "ours"
    with_model: bool = False
    """Whether the configured language model writes the answers."""

    @property
    def repeatable(self) -> bool:
        """True without a model, where nothing is left to chance."""
        return not self.with_model

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        """Build the index of the suite's documents, without the written questions of passages
        that the held-out cases ask about, and open it.
        """
        held_out = held_out_places(suite, workplace.held_out)
        sources = Sources(suite.folders, lambda row: not stands_in(row, suite, held_out))
        return OursSession(
            built_assistant(self._settings(), workplace.folder, sources, shared=workplace.shared)
        )

    def _settings(self) -> Settings:
        settings = Settings.load()
        if not self.with_model:
            return settings.model_copy(update={"model": ""})
        if not settings.model:
            raise UnknownSystem(
                f"{self.name}: RESIDENCY_MODEL is not set. Set it as PROVIDER:MODEL"
            )
        return settings


class OursWithModel(Ours):
    """The assistant with the configured language model."""

    def __init__(self) -> None:
        super().__init__("ours+model", with_model=True)


@dataclass(frozen=True, slots=True)
class OursSession:
    """An open assistant."""

    assistant: Assistant

    @property
    def identity(self) -> str:
        """Id of the index build, and what a language model was told."""
        if not self.assistant.settings.model:
            return self.assistant.index_id
        prompts = read_prompts().sha256[:12]
        return f"{self.assistant.index_id}, {self.assistant.settings.model}, prompts {prompts}"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Hold the conversation, then answer its last message."""
        thread = told(self.assistant, turns, _OWNER)
        query, hits = self.assistant.found(turns[-1], thread=thread, owner=_OWNER)
        odds, threshold = log_odds(query, hits, self.assistant.index)
        started = time.perf_counter()
        answer = self.assistant.ask(turns[-1], thread=thread, owner=_OWNER, clarify=False)
        latency_ms = (time.perf_counter() - started) * 1000
        ranking = tuple(Place(hit.chunk.document, hit.chunk.span) for hit in hits[:RANKED])
        return Timed(response_of(answer, ranking=ranking, doubt=odds - threshold), latency_ms)

    def close(self) -> None:
        """Close the assistant."""
        self.assistant.close()


def response_of(
    answer: Answer, *, ranking: tuple[Place, ...] | None = None, doubt: float | None = None
) -> Response:
    """Return an answer as metrics read it."""
    return Response(
        text=answer.text,
        abstained=answer.abstained,
        citations=tuple(
            Cited(
                cited.marker,
                Place(cited.document, Span(cited.start, cited.end)),
                cited.quote,
                cited.title,
            )
            for cited in answer.citations
        ),
        notices=answer.caveats,
        ranking=ranking,
        doubt=doubt,
    )
