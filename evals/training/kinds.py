"""Make the weights that tell kinds of statements apart: `python -m evals.training.kinds`.

Trained on the gold facts of the bundled documents and of fictional ones written for the purpose
(`evals/training/statements`): logistic regression, one for each kind, over what
`corpus.facts.kinds.kind_features` sees of a passage and over its vector. No document of another
suite is read. `--folds` leaves documents out in turn and prints how the threshold was chosen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.chunk import chunk_document
from corpus.facts.extraction import Extraction
from corpus.facts.kinds.kind_features import Feature
from corpus.facts.kinds.kind_model import ABOUT, FOLDER, KINDS, VECTOR_SCALE, WEIGHTS
from corpus.facts.types import StatementKind
from corpus.facts.whole_document import Whole
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.places import Gazetteer, compile_gazetteer
from corpus.types import Document, Span
from evals.suites.evidence_places import FoldedText
from index.encoding.chunk_encoder import ChunkEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent / "statements"
BUNDLED_GOLD = ROOT / "tests" / "gold"
_STRENGTH = 0.1
"""Inverse of the penalty on large weights."""
_FEWEST = 2
"""Passages in which a feature has to be seen."""
_SMALLEST = 0.004
"""Features all of whose weights are smaller are left out."""
_BUNDLED_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """A statement that a person read."""

    document: str
    kind: StatementKind
    negated: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with what is seen of it and what a person read in it."""

    document: str
    seen: tuple[Feature, ...]
    context: str
    kinds: frozenset[tuple[StatementKind, bool]]
    weight: float = 1.0


def read_rows(paths: Iterable[Path]) -> Iterator[Row]:
    """Yield the rows of gold files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                yield Row(row["document"], StatementKind(row["kind"]), row["negated"], row["quote"])


def examples(
    documents: Iterable[Document], rows: Iterable[Row], gazetteer: Gazetteer, weight: float = 1.0
) -> Iterator[Example]:
    """Yield every passage of some documents with its labels; one without rows states nothing."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row.document].append(row)
    for document in documents:
        text = FoldedText.of(document.text)
        placed = [(row, text.find(row.quote)) for row in by_document[document.id]]
        chunks = chunk_document(document)
        extraction = Extraction(Whole(document, chunks, gazetteer), chunks)
        for number, unit in enumerate(extraction.units):
            if unit.parts:
                span = extraction.span_of(unit)
                kinds = frozenset(
                    (row.kind, row.negated) for row, at in placed if _overlaps(span, at)
                )
                seen = extraction.seen(number)
                yield Example(document.id, seen, unit.chunk.context, kinds, weight)


def _overlaps(span: Span, places: Iterable[Span]) -> bool:
    return any(place.start < span.end and span.start < place.end for place in places)


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights of one set of examples."""

    names: Mapping[str, int]
    words: NDArray[Any]
    vectors: NDArray[Any] | None
    bias: NDArray[Any]


def train(all_: Sequence[Example], vectors: NDArray[Any] | None) -> Trained:
    """Fit a logistic regression for each kind, and one that tells denials."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    counted = Counter(name for one in all_ for name in {f.name for f in one.seen})
    names = {n: i for i, n in enumerate(sorted(k for k, c in counted.items() if c >= _FEWEST))}
    matrix = design(all_, names, vectors)
    weights = np.zeros((matrix.shape[1], len(KINDS) + 1))
    bias = np.full(len(KINDS) + 1, -8.0)
    sample = np.array([one.weight for one in all_])
    for column in range(len(KINDS) + 1):
        chosen, wanted = _target(all_, column)
        if sum(wanted) < _FEWEST:
            continue
        model = LogisticRegression(C=_STRENGTH, max_iter=400, solver="liblinear")
        rows = np.array(chosen, dtype="int32")
        model.fit(matrix[rows], wanted, sample_weight=sample[rows])
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Trained(
        names, weights[: len(names)], weights[len(names) :] if vectors is not None else None, bias
    )


def _target(all_: Sequence[Example], column: int) -> tuple[list[int], list[bool]]:
    if column < len(KINDS):
        wanted = [any(kind is KINDS[column] for kind, _ in one.kinds) for one in all_]
        return list(range(len(all_))), wanted
    stating = [number for number, one in enumerate(all_) if one.kinds]
    return stating, [any(negated for _, negated in all_[n].kinds) for n in stating]


def design(all_: Sequence[Example], names: Mapping[str, int], vectors: NDArray[Any] | None) -> Any:
    """Return the matrix of what is seen, with vectors behind it where given."""
    import numpy as np
    from scipy import sparse

    rows, columns, values = [], [], []
    for number, one in enumerate(all_):
        heaviest: dict[int, float] = {}
        for feature in one.seen:
            column = names.get(feature.name)
            if column is not None:
                heaviest[column] = max(heaviest.get(column, 0.0), feature.weight)
        rows += [number] * len(heaviest)
        columns += list(heaviest)
        values += list(heaviest.values())
    found = sparse.csr_matrix((values, (rows, columns)), shape=(len(all_), len(names)))
    if vectors is not None:
        found = sparse.csr_matrix(sparse.hstack([found, sparse.csr_matrix(vectors)]))
    found.indices, found.indptr = found.indices.astype(np.int32), found.indptr.astype(np.int32)
    return found


def write(with_vectors: Trained, alone: Trained, target: Path, about: dict[str, object]) -> None:
    """Write the weights, and what they are."""
    import numpy as np

    assert with_vectors.vectors is not None
    both = np.hstack([with_vectors.words, alone.words])
    kept = np.flatnonzero(np.abs(both).max(axis=1) >= _SMALLEST)
    ordered = sorted(with_vectors.names, key=with_vectors.names.__getitem__)
    path = target / WEIGHTS
    target.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(ordered[n] for n in kept).encode(), dtype=np.uint8),
        words=with_vectors.words[kept].astype(np.float16),
        vectors=with_vectors.vectors.astype(np.float16),
        bias=with_vectors.bias.astype(np.float32),
        words_alone=alone.words[kept].astype(np.float16),
        bias_alone=alone.bias.astype(np.float32),
    )
    stated = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "features": len(kept), **about
    }  # fmt: skip
    (target / ABOUT).write_text(json.dumps(stated, indent=2) + "\n", encoding="utf-8")


def material(gazetteer: Gazetteer) -> list[Example]:
    """Return the examples that the shipped weights are made of."""
    own = load(find_files([OWN])).documents
    bundled = load(find_files([BUNDLED])).documents
    return [
        *examples(own, read_rows(sorted(OWN.glob("*.jsonl"))), gazetteer),
        *examples(
            bundled, read_rows(sorted(BUNDLED_GOLD.glob("*.jsonl"))), gazetteer, _BUNDLED_WEIGHT
        ),
    ]


def folds(all_: Sequence[Example], vectors: NDArray[Any], count: int) -> Iterator[str]:
    """Yield, for thresholds, how well kinds are told of documents that were left out."""
    import numpy as np

    names = sorted({one.document for one in all_})
    random.Random(17).shuffle(names)  # noqa: S311 - not for secrets
    totals = np.zeros((len(all_), len(KINDS)))
    for fold in range(count):
        out = set(names[fold::count])
        rest = [n for n, one in enumerate(all_) if one.document not in out]
        held = [n for n, one in enumerate(all_) if one.document in out]
        model = train([all_[n] for n in rest], vectors[rest])
        assert model.vectors is not None
        weights = np.vstack([model.words, model.vectors])
        matrix = design([all_[n] for n in held], model.names, vectors[held])
        totals[held] = (matrix @ weights + model.bias)[:, : len(KINDS)]
    for least in np.arange(-1.2, 0.61, 0.1):
        yield f"{least:5.1f}  {_agreement(all_, totals >= least)}"


def _agreement(all_: Sequence[Example], told: NDArray[Any]) -> str:
    right = wrong = missed = 0
    for row, one in zip(told, all_, strict=True):
        read = {kind for kind, _ in one.kinds}
        said = {kind for kind, is_told in zip(KINDS, row, strict=True) if is_told}
        right, wrong, missed = (
            right + len(said & read), wrong + len(said - read), missed + len(read - said)
        )  # fmt: skip
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.3f}  recall {recall:.3f}  F {f:.3f}"


def main() -> None:
    """Read the material, train, write."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.kinds", description=__doc__)
    parser.add_argument("--target", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--folds", type=int, default=0, help="leave documents out in turn")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compile_gazetteer(Path(folder) / "places.sqlite")
        with closing(Gazetteer(Path(folder) / "places.sqlite")) as gazetteer:
            found = material(gazetteer)
    vectors = ChunkEncoder().encode([one.context for one in found]) * VECTOR_SCALE
    documents = len({one.document for one in found})
    _say(f"{len(found)} passages of {documents} documents")
    if chosen.folds:
        for line in folds(found, vectors, chosen.folds):
            _say(line)
        return
    about = {
        "passages": len(found), "documents": documents,
        "licence": "Apache-2.0", "made by": "python -m evals.training.kinds",
        "vectors": ChunkEncoder().sha256,
    }  # fmt: skip
    write(train(found, vectors), train(found, None), chosen.target, about)


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
