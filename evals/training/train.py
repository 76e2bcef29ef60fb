"""Fine-tune the packaged encoder on questions and the passages that answer them.

Loss: cross-entropy of each question over the passages of its batch, and of each question over
the other questions, where those of its own passage count as right. Batches hold passages that
stand near each other in one document, since the neighbours of the right sentence are what it is
mistaken for. Runs on the CPU, from a seed. Word pieces, which late interaction compares, are
projected onto their principal directions once the model is trained.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.training.pairs import Passage
from index.encoding.chunk_encoder import PACKAGED, model_folder, write_projection
from index.encoding.query_encoder import said_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults are what the shipped encoder was trained with."""

    epochs: int = 3
    passages: int = 32
    """Passages of a batch."""
    questions: int = 3
    """Questions of each passage in a batch."""
    rate: float = 4e-5
    warm_up: float = 0.1
    """Share of the steps in which the rate rises."""
    scale: float = 20.0
    """Factor on cosines before the softmax."""
    near: int = 16
    """Passages of one document that stand together in a batch."""
    bare: float = 0.25
    """Share of the passages that are shown without headings."""
    between_questions: float = 0.3
    """Weight of the loss among questions."""
    longest: int = 128
    """Word pieces of a text that are read in training."""
    directions: int = 128
    """Dimensions that vectors of word pieces are projected onto."""
    seed: int = 17


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages, and questions with the place of their passage."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    owners: tuple[int, ...]


def batches(passages: Sequence[Passage], recipe: Recipe) -> Iterator[list[Batch]]:
    """Return the batches of every epoch; each question comes once in an epoch."""
    chance = random.Random(recipe.seed)  # noqa: S311 - not for secrets
    for _ in range(recipe.epochs):
        pieces: list[list[tuple[Passage, tuple[str, ...]]]] = []
        for document in dict.fromkeys(passage.document for passage in passages):
            own = [p for p in passages if p.document == document]
            pieces.extend(_shares(own, recipe, chance))
        chance.shuffle(pieces)
        together = max(1, recipe.passages // recipe.near)
        yield [
            _batch([item for piece in pieces[n : n + together] for item in piece], recipe, chance)
            for n in range(0, len(pieces), together)
        ]


def _shares(
    own: Sequence[Passage], recipe: Recipe, chance: random.Random
) -> Iterator[list[tuple[Passage, tuple[str, ...]]]]:
    """Cut a document's passages and questions into runs of neighbours."""
    rounds: list[list[tuple[Passage, tuple[str, ...]]]] = []
    for passage in own:
        shuffled = chance.sample(passage.questions, len(passage.questions))
        for number in range(0, len(shuffled), recipe.questions):
            place = number // recipe.questions
            if place == len(rounds):
                rounds.append([])
            rounds[place].append((passage, tuple(shuffled[number : number + recipe.questions])))
    for share in rounds:
        offset = chance.randrange(recipe.near)
        starts = [0, *range(offset or recipe.near, len(share), recipe.near), len(share)]
        for start, end in pairwise(starts):
            if end > start:
                yield share[start:end]


def _batch(
    items: Sequence[tuple[Passage, tuple[str, ...]]], recipe: Recipe, chance: random.Random
) -> Batch:
    texts = [
        passage.text if chance.random() < recipe.bare else passage.context for passage, _ in items
    ]
    asked = [(question, place) for place, (_, qs) in enumerate(items) for question in qs]
    return Batch(tuple(texts), tuple(q for q, _ in asked), tuple(place for _, place in asked))


def train(
    passages: Sequence[Passage],
    target: Path,
    recipe: Recipe | None = None,
    *,
    progress: Callable[[str], None] = lambda message: None,
) -> None:
    """Train on the passages and write the model, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer

    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    model = SentenceTransformer(str(model_folder(PACKAGED)), device="cpu")
    model.max_seq_length = recipe.longest
    epochs = list(batches(passages, recipe))
    steps = sum(map(len, epochs))
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
    warm = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1))),
    )
    model.train()
    done, lately = 0, 0.0
    for epoch in epochs:
        for batch in epoch:
            loss = _loss(model, batch, recipe)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done, lately = done + 1, 0.95 * lately + 0.05 * loss.item()
            if done % 20 == 0:
                progress(f"step {done} of {steps}, loss {lately / (1 - 0.95**done):.3f}")
    model.eval()
    model.save(str(target), create_model_card=False)
    write_projection(target, directions(model, passages, recipe.directions))


def directions(model: Any, passages: Sequence[Passage], count: int) -> NDArray[Any]:
    """Return the principal directions of the passages' word pieces, shape (dimension, count)."""
    import numpy as np

    second = np.zeros((model.get_embedding_dimension(),) * 2)
    texts = [passage.context for passage in passages]
    found = model.encode(texts, output_value="token_embeddings", show_progress_bar=False)
    for text, pieces in zip(texts, found, strict=True):
        names = model.tokenizer.tokenize(text, add_special_tokens=True)
        counts = np.array(said_pieces(names[: len(pieces)]))
        chosen = pieces.numpy()[counts].astype(np.float64)
        chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
        second += chosen.T @ chosen
    _, vectors = np.linalg.eigh(second)
    principal: NDArray[Any] = vectors[:, ::-1][:, :count].copy()
    return principal


def _loss(model: Any, batch: Batch, recipe: Recipe) -> Any:
    import torch
    from torch.nn.functional import cross_entropy, log_softmax

    passages = _vectors(model, batch.passages)
    questions = _vectors(model, batch.questions)
    owners = torch.tensor(batch.owners)
    found = recipe.scale * questions @ passages.T
    # A passage also picks its questions out of all others.
    back = log_softmax(found.T, dim=1)
    own = torch.nn.functional.one_hot(owners, len(batch.passages)).T.float()
    picked = -(back * own).sum(1) / own.sum(1).clamp(min=1)
    loss = cross_entropy(found, owners) + 0.5 * picked.mean()
    if recipe.between_questions:
        loss = loss + recipe.between_questions * _among(questions, owners, recipe.scale)
    return loss


def _among(questions: Any, owners: Any, scale: float) -> Any:
    """Return the loss of each question over the others; those of its passage are right."""
    import torch

    itself = torch.eye(len(owners), dtype=torch.bool)
    alike = (owners[:, None] == owners[None, :]) & ~itself
    found = (scale * questions @ questions.T).masked_fill(itself, -1e9)
    logs = torch.nn.functional.log_softmax(found, dim=1)
    has = alike.any(1)
    mean = (logs * alike).sum(1)[has] / alike.sum(1)[has]
    return -mean.mean() if has.any() else 0.0 * questions.sum()


def _vectors(model: Any, texts: Sequence[str]) -> Any:
    import torch

    features = (
        model.preprocess(list(texts))
        if hasattr(model, "preprocess")
        else model.tokenize(list(texts))
    )
    return torch.nn.functional.normalize(model(features)["sentence_embedding"], dim=1)
