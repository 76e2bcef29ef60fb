"""Questions to vectors on onnxruntime, without the libraries that trained the model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelMismatch

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
_REMEMBERED = 64
LONGEST_INPUT = 256
"""Word pieces; what the packaged model was trained on."""


class QueryEncoder:
    """The encoder of a build, exported to ONNX; one text at a time, unit vectors."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        """Load graph and tokenizer; raise ModelMismatch when they are absent or unreadable."""
        import onnxruntime
        from tokenizers import Tokenizer

        graph, tokenizer = folder / GRAPH, folder / TOKENIZER
        if not graph.is_file() or not tokenizer.is_file():
            raise ModelMismatch(f"{folder}: the exported encoder is missing. Run `residency index`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(graph), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own errors share no public base class
            raise ModelMismatch(
                f"{graph}: the exported encoder cannot be loaded ({type(error).__name__}). "
                "Delete its folder and run `residency index`"
            ) from error
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        # The packaged tokenizer file pads and cuts to 128.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST_INPUT)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._encode)

    def encode(self, text: str) -> NDArray[Any]:
        """Return the unit vector of one text, float32, shape (dimension,).

        The latest texts are remembered: one question is looked at by several parts.
        """
        return self._remembered(text)

    def _encode(self, text: str) -> NDArray[Any]:
        import numpy as np

        vector: NDArray[Any] = self.run(np.array([self.word_pieces(text)], dtype=np.int64))[0]
        return vector

    def encode_all(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return the unit vectors of several texts, shape (len(texts), dimension)."""
        import numpy as np

        return np.stack([self._encode(text) for text in texts])

    def word_pieces(self, text: str) -> list[int]:
        """Return the ids of a text's word pieces, cut to the longest input."""
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids

    def run(self, ids: NDArray[Any]) -> NDArray[Any]:
        """Return the unit vectors of rows of word pieces without padding."""
        import numpy as np

        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vectors: NDArray[Any] = self._session.run(None, feed)[0]
        return vectors
