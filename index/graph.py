"""An exported graph as a module of sentence-transformers, for texts by the thousand.

Chunks and questions then go through the very same graph. sentence-transformers sorts, batches
and normalises; texts go one by one, since dynamic quantisation scales whole batches and a text's
vector would depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoder import QueryEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray


def graph_model(folder: Path) -> Any:
    """Return a sentence-transformers model that runs the graph of a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

    encoder = QueryEncoder(folder)

    class Graph(InputModule):  # type: ignore[misc]
        def preprocess(
            self, inputs: Sequence[str], prompt: str | None = None, **_: Any
        ) -> dict[str, Any]:
            ids = [encoder.word_pieces((prompt or "") + text) for text in inputs]
            return {"input_ids": torch.tensor(ids)}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            vectors: NDArray[Any] = encoder.run(features["input_ids"].numpy())
            return features | {"sentence_embedding": torch.from_numpy(vectors)}

        def save(self, output_path: str, **_: Any) -> None:
            raise NotImplementedError("a graph is shipped as it is")

    return SentenceTransformer(modules=[Graph()], device="cpu")
