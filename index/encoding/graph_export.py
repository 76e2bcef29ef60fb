"""Sentence-transformers models, loaded from disk and exported to ONNX with all that makes a vector.

What comes after the transformer is exported with it: pooling of any kind, dense layers, a shorter
vector. The tokenizer is written with the length that the model reads, the prompts beside it.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.local_models import asking_libraries, stay_offline
from index.encoding.query_encoder import (
    GRAPH,
    LONGEST_INPUT,
    TEXTS,
    TOKENIZER,
    GivenTexts,
    QueryEncoder,
)
from index.errors import ModelMismatch

if TYPE_CHECKING:
    from numpy.typing import NDArray

_QUESTION, _PASSAGE = ("query",), ("document", "passage", "corpus")
"""What models call their prompts, as sentence-transformers looks for them."""
_ALIKE = 0.999
"""Least cosine of an exported graph's vectors with those of the model itself."""
UNLIKE = (
    "Where is customer data stored?",
    "How long are backups kept?",
    "The bakery on the corner opens at six in the morning.",
    "Trains to the coast leave twice a day in summer.",
    "Which medicine is given against a cold?",
    "She has played the cello since she was a child.",
    "The match was lost in the last minute.",
    "Which colour is the front door of the house?",
    "Prices are in euros, without taxes.",
    "A river runs through the old town.",
    "Whales breathe air.",
    "The printer is out of paper again.",
)
"""Texts of which none says what another one does."""
_USUAL_APART = 0.958
"""Mean distance of these texts to the packaged encoder; to others it is a tenth of that."""
_LEAST_APART = 0.01
"""Of an encoder that puts all texts in one place, nothing can be told."""
_MEND = "Name another model in RESIDENCY_EMBEDDING_MODEL"
_TRIED = (
    "Where is customer data stored?",
    "É possível guardar os dados na Noruega? 東京 too.",
    "word " * 2 * LONGEST_INPUT,
    "x",
)


class SentenceModel:
    """A sentence-transformers model on the CPU."""

    def __init__(self, folder: Path) -> None:
        """Load a model; raise ModelMismatch where it cannot be."""
        stay_offline()
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        self._folder = folder
        with asking_libraries(
            f"{folder}: cannot be loaded as a sentence-transformers model", _MEND
        ):
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            # Models that are kept in halves are slow on a CPU, and not exported as such.
            self._model.float().eval()
        longest = self._model.max_seq_length or LONGEST_INPUT
        self._model.max_seq_length = min(LONGEST_INPUT, int(longest))
        prompts = self._model.prompts
        usual = prompts.get(self._model.default_prompt_name or "", "")
        self.given = GivenTexts(
            self._model.max_seq_length,
            next((prompts[name] for name in _QUESTION if name in prompts), usual),
            next((prompts[name] for name in _PASSAGE if name in prompts), usual),
        )

    def passages(self, texts: list[str], batch: int) -> NDArray[Any]:
        """Return the unit vectors of passages."""
        return self._encoded(texts, self.given.passage, batch)

    def write(self, folder: Path, projection: NDArray[Any] | None) -> int:
        """Write graph, tokenizer and prompts; return the dimension of the vectors.

        Raises ModelMismatch where the model cannot be exported, or not as it is.
        """
        with asking_libraries(f"{self._folder}: cannot be exported to ONNX", _MEND):
            self._write_tokenizer(folder / TOKENIZER)
            self._write_graph(folder / GRAPH, projection)
        given = self.given._replace(apart=self._apart())
        (folder / TEXTS).write_text(json.dumps(given._asdict()) + "\n", encoding="utf-8")
        return self._compared(QueryEncoder(folder))

    def _write_tokenizer(self, path: Path) -> None:
        fast = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if fast is None:
            raise ValueError("its tokenizer has no tokenizer.json")
        own = type(fast).from_str(fast.to_str())
        # As the texts before it have left them.
        own.no_padding()
        own.no_truncation()
        own.save(str(path))

    def _write_graph(self, path: Path, projection: NDArray[Any] | None) -> None:
        import torch

        whole = _whole(self._model, projection)
        sample = self._model.tokenizer(["one", "two three"], padding=True, return_tensors="pt")
        names = ["input_ids", "attention_mask"]
        given = ["vector"] if projection is None else ["vector", "pieces"]
        sizes = {0: "batch", 1: "tokens"}
        dynamic = dict.fromkeys((*names, "pieces"), sizes) | {"vector": {0: "batch"}}
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                whole, tuple(sample[name] for name in names), str(path), input_names=names,
                output_names=given, dynamic_axes=dynamic, opset_version=17, dynamo=False,
            )  # fmt: skip

    def _compared(self, exported: QueryEncoder) -> int:
        """Return the dimension of an export whose vectors are the model's own."""
        import numpy as np

        passages = self.passages(list(_TRIED), 1)
        questions = self._encoded(list(_TRIED), self.given.question, 1)
        alike = [
            float(min(one @ exported.said(text).vector, other @ exported.encode(text)))
            for one, other, text in zip(passages, questions, _TRIED, strict=True)
        ]
        if not np.isfinite(alike).all() or min(alike) < _ALIKE:
            raise ModelMismatch(
                f"{self._folder}: exported to ONNX it gives other vectors than by itself (cosine "
                f"{min(alike):.3f}). {_MEND}"
            )
        return int(passages.shape[1])

    def _apart(self) -> float:
        """Return what makes distances comparable to those of the packaged encoder."""
        import numpy as np

        questions = self._encoded(list(UNLIKE), self.given.question, 1)
        cosines = questions @ self.passages(list(UNLIKE), 1).T
        unlike = cosines[~np.eye(len(UNLIKE), dtype=bool)]
        return round(_USUAL_APART / max(_LEAST_APART, 1 - float(unlike.mean())), 3)

    def _encoded(self, texts: list[str], prompt: str, batch: int) -> NDArray[Any]:
        found: NDArray[Any] = self._model.encode(
            texts, prompt=prompt, normalize_embeddings=True, batch_size=batch,
            show_progress_bar=False,
        )  # fmt: skip
        return found


def _whole(model: Any, projection: NDArray[Any] | None) -> Any:
    """Return a model from word pieces to unit vectors, and with a projection to theirs."""
    import torch

    matrix = None if projection is None else torch.from_numpy(projection)
    dimension = model.truncate_dim

    class Whole(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            found = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            vector = found["sentence_embedding"][:, :dimension]
            vector = torch.nn.functional.normalize(vector, p=2, dim=1)
            if matrix is None:
                return vector
            hidden = found["token_embeddings"]
            return vector, torch.nn.functional.normalize(hidden @ matrix, p=2, dim=2)

    return Whole().eval()
