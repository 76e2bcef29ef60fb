"""A second look at what was found: a model that reads question and passage together.

Only where the user has set one. The fitted ranking finds the candidates and goes on counting; a
cross-encoder of the user's own (Nogueira and Cho, 2019) judges the best of them anew.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any, Protocol

from corpus.types import Chunk
from index.encoding.local_models import (
    asking_libraries,
    is_cross_encoder,
    local_model,
    stay_offline,
)
from index.errors import ModelMismatch
from index.types import Scored

SETTING = "RESIDENCY_RERANKER"
JUDGED = 20
"""Candidates that are judged anew: each costs a run of the model, and later ones are not shown."""
SHARE = 0.5
"""What the judgement counts beside the fitted score, both in standard deviations: more than either
alone wherever the model knows something, and a model that knows nothing takes less away."""
_LONGEST = 512
"""Word pieces of question and passage together; what nearly all such models were trained on."""
_BATCH = 16


class Reranker(Protocol):
    """Judges how well passages answer a question."""

    @property
    def name(self) -> str:
        """The model, as the user named it."""

    def judged(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return a number for each passage, higher for a better one; of any scale."""


class LocalCrossEncoder:
    """A sentence-transformers cross-encoder on the CPU; safe to share between threads."""

    def __init__(self, name: str) -> None:
        """Look for the model, without loading it; raise ModelMismatch where it is not there."""
        self.name = name
        self.folder: Path = local_model(SETTING, name)
        if not is_cross_encoder(self.folder):
            raise ModelMismatch(
                f"{SETTING}={name}: no cross-encoder ({self.folder / 'config.json'} names no "
                "...ForSequenceClassification). Name a model that judges pairs of texts, or unset "
                "it"
            )
        self._lock = threading.Lock()
        self._model: Any = None

    def judged(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return the model's score of each passage; loads it when it is first needed.

        Raises ModelMismatch where it cannot be loaded or gives no scores.
        """
        # The tokenizer of one model is not for several threads.
        with self._lock:
            model = self._loaded()
            pairs = [(question, passage) for passage in passages]
            scores = model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        found = [float(score) for score in scores]
        if not all(map(math.isfinite, found)):
            raise ModelMismatch(
                f"{SETTING}={self.name}: gives scores that are no numbers. Name another model, or "
                "unset it"
            )
        return found

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = self._load()
        return self._model

    def _load(self) -> Any:
        stay_offline()
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        mend = "Name another model, or unset it"
        with asking_libraries(f"{SETTING}={self.name}: cannot be loaded", mend):
            model = CrossEncoder(str(self.folder), device="cpu", local_files_only=True)
            model.float().eval()
        if model.num_labels != 1:
            raise ModelMismatch(
                f"{SETTING}={self.name}: gives {model.num_labels} scores for a pair, not one. Name "
                "a model that was trained to rank, or unset it"
            )
        model.max_seq_length = min(_LONGEST, model.max_seq_length or _LONGEST)
        return model


def tried(reranker: Reranker) -> str:
    """Have a reranker judge something, and say what it does; raise ModelMismatch where it fails."""
    reranker.judged("Where is data kept?", ["Data is kept in Norway.", "Prices are in euros."])
    return f"{reranker.name} judges the best {JUDGED} passages of a search anew"


def reranked(
    reranker: Reranker, question: str, scored: Sequence[Scored], chunks: Mapping[str, Chunk]
) -> list[Scored]:
    """Return candidates, best first, in the order that the reranker and their scores give.

    Scores are dealt out anew, the highest to the first: how they lie to each other tells later
    whether anything was found, and the reranker's own scale tells nothing of that.
    """
    judged = reranker.judged(question, [chunks[id_].context for id_, _ in scored[:JUDGED]])
    return mixed(scored, judged)


def mixed(scored: Sequence[Scored], judged: Sequence[float], share: float = SHARE) -> list[Scored]:
    """Return candidates, best first, the first of which were judged, in the order of both.

    `share` is what the judgement counts beside their scores, from 0 to 1.
    """
    best, rest = scored[: len(judged)], scored[len(judged) :]
    fitted = _standard([score for _, score in best])
    both = {
        pair.id: (1 - share) * ours + share * theirs
        for pair, ours, theirs in zip(best, fitted, _standard(judged), strict=True)
    }
    order = sorted(both, key=lambda id_: (-both[id_], id_))
    dealt = [Scored(id_, pair.score) for id_, pair in zip(order, best, strict=True)]
    return [*dealt, *rest]


def _standard(values: Sequence[float]) -> list[float]:
    """Return values by how many standard deviations they are above their mean."""
    spread = pstdev(values) if len(values) > 1 else 0.0
    mean = fmean(values) if values else 0.0
    return [(value - mean) / spread if spread else 0.0 for value in values]
