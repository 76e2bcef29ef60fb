"""Documents that users hand over: copied into the home, described beside, deleted when removed."""

from __future__ import annotations

import json
import re
from pathlib import Path

from corpus.formats import SUFFIXES
from corpus.intake.describe import SIDECAR, Given
from index.errors import RegistryError
from index.home.faults.kinds import next_step
from index.home.paths import OWN_SOURCE, UPLOADS, Home, make_private, sync_folder
from index.types import FileRecord

_UNSAFE = re.compile(r"[^\w.\- ]+")
_LONGEST_NAME = 100


def take_upload(home: Home, file: Path, name: str, given: Given) -> Path:
    """Copy a file into the home's documents; return where it lies. Raises RegistryError.

    A file of the same name is replaced: that is how a document is brought up to date.
    """
    safe = _safe(name)
    if Path(safe).suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise RegistryError(f"{name}: not a kind of file that is read. Give one of {kinds}")
    folder = home.uploads
    target = folder / safe
    try:
        make_private(home.documents)
        make_private(folder)
        _write(target.with_name(target.name + SIDECAR), _described(given).encode())
        _write(target, file.read_bytes())
        sync_folder(folder, deep=False)
    except OSError as error:
        raise RegistryError(
            f"{name}: cannot be kept in {folder} ({error.strerror or error}). {next_step(error)}"
        ) from error
    return target


def delete_upload(home: Home, record: FileRecord) -> bool:
    """Delete a file that was handed over, and what describes it; False for any other file.

    Where the build was made in another home, the file lies here by its name alone.
    """
    folder, _, name = record.name.rpartition("/")
    path = home.uploads / name
    if record.source != OWN_SOURCE or folder != UPLOADS or not path.is_file():
        return False
    for one in (path, path.with_name(path.name + SIDECAR)):
        one.unlink(missing_ok=True)
    return True


def _safe(name: str) -> str:
    """Return a name without folders and signs that mean something to a file system."""
    plain = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip(". ")
    path = Path(plain or "document")
    return f"{path.stem[:_LONGEST_NAME]}{path.suffix}"


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _described(given: Given) -> str:
    """Return what is said of a document as the TOML of a sidecar file."""
    said = {
        "title": given.title,
        "service": given.service,
        "publisher": given.publisher,
        "date": given.date.isoformat() if given.date else "",
        "source": given.source,
    }
    # A JSON string in ASCII is a TOML string too.
    lines = [f"{name} = {json.dumps(value)}" for name, value in said.items() if value]
    if given.supersedes:
        lines.append(f"supersedes = {json.dumps(list(given.supersedes))}")
    return "".join(f"{line}\n" for line in lines)
