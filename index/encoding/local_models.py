"""Models of the user's own: where they lie on this machine, and what makes them what they are.

Nothing is downloaded, neither here nor where they are loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ModelMismatch

_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")
"""The first of these that there is."""
_ABOUT = (".json", ".jinja", ".txt", ".model", ".npy")
"""Ends of the files beside the weights that decide what a model gives: poolings, prompts, words."""
_OTHER_FORMS = ("onnx", "openvino")
"""Folders with the same model once more, for libraries that are not used."""
_LONGEST_REASON = 200
_USUAL_OWNER = "sentence-transformers"
"""Whose a model is that is named without an owner."""


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def local_model(setting: str, name: str) -> Path:
    """Return the folder of a model that is named by its folder, or as it was downloaded.

    Raises ModelMismatch where it is not on this machine, or not whole.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _downloaded(setting, name)
    if not _weights(folder):
        raise ModelMismatch(
            f"{setting}={name}: {folder} has no weights (*.safetensors or pytorch_model.bin). "
            "Name the folder that the model was saved to, or download it again"
        )
    return folder


def _downloaded(setting: str, name: str) -> Path:
    """Return where the hub's client has put a model."""
    stay_offline()
    import huggingface_hub

    names = [name] if "/" in name else [f"{_USUAL_OWNER}/{name}", name]
    for one in names:
        try:
            return Path(huggingface_hub.snapshot_download(one, local_files_only=True))
        except (OSError, ValueError):
            # Not there, or no name that a model could have.
            continue
    raise ModelMismatch(
        f"{setting}={name}: neither a folder nor a model that was downloaded to this machine. "
        f"Correct the setting, or run `hf download {name}` where there is a network"
    )


def model_sha256(folder: Path) -> str:
    """Return a hash of all files that decide what a model gives: with the same weights, another
    pooling or prompt makes other vectors.
    """
    paths = [
        path for path in folder.rglob("*")
        if path.is_file() and path.suffix in _ABOUT and _counts(path.relative_to(folder))
    ]  # fmt: skip
    digest = hashlib.sha256()
    for path in sorted({*paths, *_weights(folder)}):
        digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


def architectures(folder: Path) -> tuple[str, ...]:
    """Return what a model's own configuration calls it; nothing where it does not say."""
    try:
        plain = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return tuple(map(str, plain.get("architectures") or ()))
    except (OSError, ValueError, AttributeError, TypeError):
        return ()


def is_cross_encoder(folder: Path) -> bool:
    """Tell whether a model reads two texts together and judges them, in place of giving vectors."""
    return any(one.endswith("ForSequenceClassification") for one in architectures(folder))


@contextmanager
def asking_libraries(failed: str, mend: str) -> Iterator[None]:
    """Tell what a library raises within as ModelMismatch: what failed, why, and the next step."""
    try:
        yield
    except Exception as error:  # what is in a folder makes the libraries raise anything
        reason = (str(error).strip() or "no reason given").splitlines()[0][:_LONGEST_REASON]
        raise ModelMismatch(f"{failed} ({type(error).__name__}: {reason}). {mend}") from error


def stay_offline() -> None:
    """Keep the libraries that load models from looking for the network: they do even where every
    file is on disk.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")


def _weights(folder: Path) -> list[Path]:
    for pattern in _WEIGHTS:
        found = [one for one in folder.rglob(pattern) if _counts(one.relative_to(folder))]
        if found:
            return found
    return []


def _counts(path: Path) -> bool:
    return not any(part in _OTHER_FORMS or part.startswith(".") for part in path.parts)
