"""Residency Assistant itself, asked as a user asks it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from assistant.app import Assistant
from assistant.composing.abstention import log_odds
from assistant.settings import Settings
from assistant.types import Answer
from corpus.intake.question_bank import AskedPassage
from corpus.types import Span
from evals.errors import UnknownSystem
from evals.suites.evidence_places import evidence_places
from evals.suites.suite import Suite
from evals.systems.base import RANKED, Session, Timed, Workplace
from evals.types import Case, Cited, Place, Response
from index.building.build import build_index
from index.building.options import Sources
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader

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
        settings = self._settings()
        build_index(
            workplace.folder,
            model=settings.embedding_model,
            sources=Sources(suite.folders, lambda row: not stands_in(row, suite, held_out)),
            shared=workplace.shared,
        )
        settings = settings.model_copy(update={"home": workplace.folder})
        index = PinnedIndex(IndexReader.open(workplace.folder, shared=workplace.shared))
        return OursSession(Assistant(settings, index))

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
        from assistant.model.prompts import read_prompts

        prompts = read_prompts().sha256[:12]
        return f"{self.assistant.index_id}, {self.assistant.settings.model}, prompts {prompts}"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Hold the conversation, then answer its last message."""
        thread = uuid.uuid4().hex if len(turns) > 1 else None
        for turn in turns[:-1]:
            self.assistant.ask(turn, thread=thread, owner=_OWNER, clarify=False)
        query, hits = self.assistant.found(turns[-1], thread=thread, owner=_OWNER)
        odds, threshold = log_odds(query, hits, self.assistant.index)
        started = time.perf_counter()
        answer = self.assistant.ask(turns[-1], thread=thread, owner=_OWNER, clarify=False)
        latency_ms = (time.perf_counter() - started) * 1000
        ranking = tuple(Place(hit.chunk.document, hit.chunk.span) for hit in hits[:RANKED])
        return Timed(_response(answer, ranking, odds - threshold), latency_ms)

    def close(self) -> None:
        """Close the assistant."""
        self.assistant.close()


def _response(answer: Answer, ranking: tuple[Place, ...], doubt: float) -> Response:
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


def held_out_places(suite: Suite, cases: tuple[Case, ...]) -> tuple[Place, ...]:
    """Return the passages that cases ask about."""
    return tuple(
        place for case in cases for places in evidence_places(case, suite.texts) for place in places
    )


def stands_in(row: AskedPassage, suite: Suite, places: tuple[Place, ...]) -> bool:
    """Tell whether a written question's passage overlaps one of the places."""
    text = suite.texts.get(row.document)
    if text is None:
        return False
    return any(
        Place(row.document, span).overlaps(place)
        for span in text.find(row.passage)
        for place in places
    )
