"""An exported graph as a module of sentence-transformers, for texts by the thousand.

Chunks and questions then go through the very same graph. sentence-transformers sorts, batches
and normalises; texts go one by one, since dynamic quantisation scales whole batches and a text's
vector would depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.encoder import QueryEncoder


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
            return {"texts": [(prompt or "") + text for text in inputs]}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            (text,) = features["texts"]
            said = encoder.said(text)
            return {
                "sentence_embedding": torch.from_numpy(said.vector[None]),
                "pieces": torch.from_numpy(said.pieces[None]),
            }

        def save(self, output_path: str, **_: Any) -> None:
            raise NotImplementedError("a graph is shipped as it is")

    return SentenceTransformer(modules=[Graph()], device="cpu")
