"""Fit when to abstain: `python -m evals.fitting.abstention`.

Unanswerable: the abstain cases of the dev split, and questions written for the purpose
(`evals/training/unanswerable*.jsonl`) about the bundled and the fictional training documents.
Answerable: the other dev cases, questions of the bank and of the fictional documents, and short
plain ones (`evals/training/answerable.jsonl`). Two models: one for passages with written
questions, asked of an index whose bank lacks one question of every passage, which is then asked;
one for passages without, asked of indexes without a bank. The thresholds keep abstentions from
answerable questions at a small share, by five-fold cross-validation.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.app import Assistant
from assistant.composing.abstention import MODEL, NAMES, Model, Weights, features
from assistant.settings import Settings
from corpus.intake.question_bank import FILE, read_questions
from corpus.intake.sources import BUNDLED
from evals.suites.suite import BUNDLED_SUITE, open_suite
from evals.systems.built_assistant import built_assistant, told
from evals.training.pairs import FICTIONAL
from evals.types import Split
from index.building.options import Sources
from index.encoding.chunk_encoder import checked_weights

_WRITTEN = FICTIONAL.parent
_PENALTY = 0.01
_VECTOR_SCALE = 10.0
_FOLDS = 5
_FALSE = {"asked": 0.05, "bare": 0.015}
"""Share of the answerable questions of a source that may be abstained from. Less where questions
were written for nothing: there the question's words have less to meet."""
_OWNER = "fit"


@dataclass(frozen=True, slots=True)
class Example:
    """One question: what was found for it, and whether it is unanswerable."""

    source: str
    group: str
    unanswerable: bool
    asked: bool
    """True when questions were written for what was found first."""
    features: tuple[float, ...]
    vector: NDArray[np.float32]


def main() -> None:
    """Fit, print the cross-validated rates, write the model."""
    examples = list(_examples())
    raw = np.array([example.features for example in examples])
    means, scales = raw.mean(0), raw.std(0) + 1e-9
    fitted = {}
    for regime in ("asked", "bare"):
        own = [example for example in examples if example.asked == (regime == "asked")]
        scaled = (np.array([example.features for example in own]) - means) / scales
        vectors = _VECTOR_SCALE * np.array([example.vector for example in own])
        fitted[regime] = _fitted(regime, np.hstack([scaled, vectors]), own)
        fitted[f"{regime}_plain"] = _fitted(f"{regime}, any encoder", scaled, own)
    model = Model(_encoder_hash(), _rounded(means), _rounded(scales), **fitted)
    MODEL.write_text(json.dumps(asdict(model)) + "\n", encoding="utf-8")
    sys.stdout.write(f"{MODEL}\n")


def logistic(
    rows: NDArray[np.float64], labels: NDArray[np.float64], penalty: float = _PENALTY
) -> NDArray[np.float64]:
    """Return weights and bias of a logistic model, both classes weighing the same."""
    from scipy.optimize import minimize
    from scipy.special import expit

    design = np.hstack([rows, np.ones((len(rows), 1))])
    share = labels.mean()
    weight = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    sign = 2 * labels - 1
    held = np.append(np.ones(rows.shape[1]), 0.0)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (design @ w)
        value = float((weight * np.logaddexp(0, -margin)).mean())
        slope = design.T @ (-weight * sign * expit(-margin)) / len(rows)
        return value + penalty * float(held @ (w * w)) / 2, slope + penalty * held * w

    found: NDArray[np.float64] = minimize(
        loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B"
    ).x
    return found


def _fitted(name: str, rows: NDArray[np.float64], examples: Sequence[Example]) -> Weights:
    """Return weights fitted on everything, and the threshold by cross-validation."""
    labels = np.array([float(example.unanswerable) for example in examples])
    folds = np.array([zlib.crc32(example.group.encode()) % _FOLDS for example in examples])
    odds = np.zeros(len(examples))
    for fold in range(_FOLDS):
        weights = logistic(rows[folds != fold], labels[folds != fold])
        odds[folds == fold] = rows[folds == fold] @ weights[:-1] + weights[-1]
    sources = np.array([example.source for example in examples])
    threshold = max(
        float(
            np.quantile(
                odds[(sources == source) & (labels == 0)],
                1 - _FALSE[name.split(",", maxsplit=1)[0]],
            )
        )
        for source in set(sources[labels == 0])
    )
    for source in dict.fromkeys(sources):
        for label, word in ((1.0, "abstained, rightly"), (0.0, "abstained, wrongly")):
            some = (sources == source) & (labels == label)
            if some.any():
                share = (odds[some] > threshold).mean()
                sys.stdout.write(f"{name}; {source}: {word} {share:.1%} of {some.sum()}\n")
    full, count = logistic(rows, labels), len(NAMES)
    vector = _VECTOR_SCALE * full[count:-1]
    return Weights(_rounded([*full[:count], full[-1]]), _rounded(vector), round(threshold, 4))


def _examples() -> Iterator[Example]:
    home = Settings.load().home
    work = home / "evaluation" / "fit"
    chance = random.Random(7)  # noqa: S311 - not for secrets
    lacking, left_out = _lacking_bank(work / "lacking", chance)
    shipped = _opened(work / "shipped", home, Sources((lacking,)))
    bare = _opened(work / "no-bank", home, Sources((BUNDLED,), lambda row: False))
    fictional = _opened(work / "fictional", home, Sources((FICTIONAL,), lambda row: False))
    suite = open_suite(BUNDLED_SUITE)
    for case in suite.of_split(Split.DEV):
        for assistant in (shipped, bare):
            yield _example("dev", case.id, not case.answerable, case.turns, assistant)
    for passage, question in left_out:
        for assistant in (shipped, bare):
            yield _example("bank", passage, False, (question,), assistant)
    for kind in ("unanswerable", "answerable"):
        for document, question in _written(kind):
            of_five = document == "five"
            for assistant in (shipped, bare) if of_five else (fictional,):
                group = question if of_five else document
                yield _example(kind, group, kind == "unanswerable", (question,), assistant)
    for file in sorted(FICTIONAL.glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for line in chance.sample(lines, min(25, len(lines))):
            question = chance.choice(json.loads(line)["questions"])
            yield _example("fictional", file.stem, False, (question,), fictional)
    for assistant in (shipped, bare, fictional):
        assistant.close()


def _lacking_bank(folder: Path, chance: random.Random) -> tuple[Path, list[tuple[str, str]]]:
    """Copy the bundled documents with a bank that lacks two questions of every passage.

    Returns the folder, and the questions with their passage.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BUNDLED, folder)
    left_out: list[tuple[str, str]] = []
    kept: list[str] = []
    for row in read_questions(BUNDLED / FILE):
        lacking = chance.sample(row.questions, 2)
        left_out.extend((row.passage, question) for question in lacking)
        others = [question for question in row.questions if question not in lacking]
        kept.append(json.dumps(asdict(row) | {"questions": others}, ensure_ascii=False))
    (folder / FILE).write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder, left_out


def _written(name: str) -> Iterator[tuple[str, str]]:
    """Return document and question of the files of a name, numbered or not."""
    for file in sorted(_WRITTEN.glob(f"{name}*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["document"], row["question"]


def _opened(folder: Path, home: Path, sources: Sources) -> Assistant:
    return built_assistant(Settings.load(), folder, sources, shared=home)


def _example(
    source: str, group: str, unanswerable: bool, turns: Sequence[str], assistant: Assistant
) -> Example:
    thread = told(assistant, turns, _OWNER)
    query, hits = assistant.found(turns[-1], thread=thread, owner=_OWNER)
    index = assistant.index
    return Example(
        source, group, unanswerable, bool(hits and hits[0].asked),
        features(query, hits, index), index.encoder.encode(query.standalone),
    )  # fmt: skip


def _encoder_hash() -> str:
    return checked_weights(Settings.load().embedding_model)[1]


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


if __name__ == "__main__":
    main()
