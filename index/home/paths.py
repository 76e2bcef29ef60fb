"""Where everything lies in the home folder."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import DamagedIndex, HomeUnusable, MissingIndex
from index.home.faults.kinds import Fault, fault_kind, next_step, step

CATALOG = "catalog.sqlite"
WORDS = "words.sqlite"
VECTORS = "vectors"
PLACES = "places.sqlite"
PIECES = "pieces"
UPLOADS = "uploads"
OWN_SOURCE = "documents"
"""How a build calls the folder of the home's own documents, wherever the home lies."""
_LONGEST_NAME = 100
_OTHER_HOME = "Set RESIDENCY_HOME to a folder that you may write"
OWN_FILE = 0o600
"""Mode of a file that its owner alone may read and write."""
_OWN_FOLDER = 0o700
_claiming = threading.Lock()


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder; no path of it is spelled anywhere else."""

    root: Path
    shared: Path | None = None
    """Home whose models and embedded texts this one uses, itself when None."""

    @property
    def documents(self) -> Path:
        """The user's own documents, indexed beside the bundled ones."""
        return self.root / "documents"

    @property
    def builds(self) -> Path:
        """Finished builds, a folder each."""
        return self.root / "builds"

    @property
    def models(self) -> Path:
        """Exported encoders, a folder each."""
        return (self.shared or self.root) / "models"

    @property
    def embedded(self) -> Path:
        """Vectors of the texts that were embedded before."""
        return (self.shared or self.root) / "embedded.sqlite"

    @property
    def registry(self) -> Path:
        """What the user gave to be indexed."""
        return self.root / "sources.sqlite"

    @property
    def fetched(self) -> Path:
        """Pages that were fetched from addresses that the user gave."""
        return self.root / "fetched"

    @property
    def editions(self) -> Path:
        """Every edition of those pages, and what was reported of them."""
        return self.root / "editions.sqlite"

    @property
    def refresh_lock(self) -> Path:
        """Held by the process that fetches pages again."""
        return self.root / "refresh.lock"

    @property
    def questionnaires(self) -> Path:
        """Files of questions that users have answered in the background, and their store."""
        return self.root / "questionnaires"

    @property
    def questionnaire_copies(self) -> Path:
        """Copies of such files, where they are kept on a database server; no part of a backup."""
        return self.root / "questionnaire_copies"

    @property
    def remote(self) -> Path:
        """A file for each set of collections that this home made on a Chroma server, with the
        address of that. No part of a copy of the home: whoever has them deletes what is unused."""
        return self.root / "collections"

    @property
    def followed(self) -> Path:
        """Which build of the store that builds are shared by this home has. No part of a copy of
        the home: what that has is found out again."""
        return self.root / "followed.json"

    @property
    def uploads(self) -> Path:
        """Documents that users handed over, each with what describes it."""
        return self.documents / UPLOADS

    @property
    def shared_uploads(self) -> Path:
        """Which of them are published in the store that builds are shared by, with their hashes.
        No part of a copy of the home."""
        return self.root / "shared-uploads.json"

    @property
    def clock(self) -> Path:
        """How the time of the machine went on, for what deletes by age. No part of a copy of the
        home."""
        return self.root / "clock.json"

    @property
    def pointer(self) -> Path:
        """The file that names the current build."""
        return self.root / "current"

    @property
    def lock(self) -> Path:
        """Held by the process that builds."""
        return self.root / "build.lock"

    @property
    def unfinished(self) -> Path:
        """Notes of where backups are being made; no part of a copy of the home."""
        return self.root / "unfinished"

    def create(self) -> None:
        """Make the folders; raise HomeUnusable where that is not possible."""
        try:
            for folder in (self.root, self.builds, self.models, self.documents):
                make_private(folder)
        except OSError as error:
            full = fault_kind(error) is Fault.FULL
            otherwise = step(Fault.FULL) if full else _OTHER_HOME
            raise HomeUnusable(
                f"{self.root}: the home folder cannot be written ({error.strerror}). {otherwise}"
            ) from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise HomeUnusable(
                f"{self.root}: the home folder cannot be written (permission denied). {_OTHER_HOME}"
            )

    def pointed(self) -> tuple[int, int] | None:
        """Return what changes whenever another build becomes current; None without a pointer."""
        try:
            status = self.pointer.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def current(self) -> Path:
        """Return the folder of the current build; raise MissingIndex when there is none,
        DamagedIndex when it is not named.
        """
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise MissingIndex(f"{self.root}: no index yet. Run `residency index`") from None
        except OSError as error:
            raise HomeUnusable(
                f"{self.pointer}: cannot be read ({error.strerror}). {next_step(error)}, or set "
                "RESIDENCY_HOME to a folder that you may read and write"
            ) from error
        except UnicodeDecodeError:
            name = ""
        if not _is_name(name):
            raise DamagedIndex(f"{self.pointer}: it names no build. Run `residency index`")
        return self.builds / name

    def free_build(self, name: str) -> Path:
        """Return a folder for a build that is not there; the same build again gets another one."""
        folder, number = self.builds / name, 1
        while folder.exists():
            number += 1
            folder = self.builds / f"{name}.{number}"
        return folder


def _is_name(name: str) -> bool:
    """Tell whether a text may be the name of a folder."""
    plain = name.isprintable() and len(name) <= _LONGEST_NAME
    return plain and name not in {"", ".", ".."} and Path(name).name == name


def inside(name: str) -> str:
    """Return the name of a file if it stays within the folder it is put in; raise ValueError."""
    path = PurePosixPath(name)
    parts = path.parts
    outside = path.is_absolute() or ".." in parts or not parts or "\0" in name
    # A name that is a plain path here may have a drive or a root elsewhere.
    if outside or path.as_posix() != name or Path(name).drive or Path(name).is_absolute():
        raise ValueError(f"{name!r} leads out of the folder")
    return name


def make_private(folder: Path) -> None:
    """Make a folder that its owner alone may look into; one that is there stays as it is.

    Whoever made that may have let others in. Raises OSError.
    """
    folder.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)


def claim_private(path: Path) -> None:
    """Make a file, empty yet, that its owner alone may read; one that is there stays as it is.

    What cannot be made is left to whoever opens it, who has words for it.
    """
    # In turn: closing it would take the locks of whoever has found it there and opened it since.
    with suppress(OSError), _claiming:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN_FILE))


def sync_folder(folder: Path, *, deep: bool = True) -> None:
    """Flush a folder to disk, and with `deep` all that is in it."""
    for path in sorted(folder.rglob("*"), reverse=True) if deep else ():
        _sync(path)
    _sync(folder)


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, never a part."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part."""
    aside = path.with_name(path.name + f".{os.getpid()}.new")
    try:
        claim_private(aside)
        aside.write_bytes(content)
        _sync(aside)
        aside.replace(path)
    except OSError:
        # On a full disk the part would take what is left.
        aside.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
