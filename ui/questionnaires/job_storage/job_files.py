"""The files of questions: in a folder of the home, or on a server with a copy for who reads it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.home.faults.kinds import next_step
from index.home.paths import Home, make_private, replace_bytes, replace_text
from ui.errors import JobStoreError, UnknownJob
from ui.questionnaires.job_types import JobFile

if TYPE_CHECKING:
    from ui.questionnaires.job_storage.job_store import JobStore

_NAME = "questions"
_SUM = "sha256"
"""File with the hash of what came; those of earlier versions have none."""
_UNSETTLED = "unsettled"
"""File that is there while a questionnaire comes or goes."""
_RESTORE = "Restore it from a backup, or delete the questionnaire and add it anew"


class JobFiles:
    """The files of the questionnaires of a home."""

    def __init__(self, home: Path, store: JobStore) -> None:
        places = Home(home)
        self._store = store
        self._folder = places.questionnaire_copies if store.is_shared else places.questionnaires

    def keep(self, job: str, file: JobFile) -> None:
        """Keep the file of a questionnaire, unless the store does it."""
        if not self._store.is_shared:
            write_file(self._folder, job, file, _UNSETTLED)

    def path(self, job: str) -> Path:
        """Return where a file can be read; raise UnknownJob where it is gone."""
        there = path_of(self._folder, job)
        if there is None and self._store.is_shared:
            there = write_file(self._folder, job, self._store.file(job))
        if there is None:
            raise UnknownJob(
                f"{self._folder / job}: the file of the questionnaire is not there. Restore it, or "
                "delete the questionnaire"
            )
        return there

    def forget(self, job: str) -> None:
        """Delete the file of a questionnaire."""
        shutil.rmtree(self._folder / job, ignore_errors=True)

    def settle(self, job: str) -> None:
        """Note that a questionnaire is stored whose file was kept."""
        if not self._store.is_shared:
            (self._folder / job / _UNSETTLED).unlink(missing_ok=True)

    def unsettle(self, job: str) -> None:
        """Note that a questionnaire is going to be deleted, and its file with it."""
        own = self._folder / job
        if not self._store.is_shared and own.is_dir():
            # On a full disk it is deleted all the same.
            with suppress(OSError):
                (own / _UNSETTLED).touch()

    def forget_deleted(self) -> None:
        """Delete copies of what another machine has deleted; in a home, files of questionnaires
        that were coming or going when their process was killed.
        """
        if not self._folder.is_dir():
            return
        if not self._store.is_shared:
            self._forget_unsettled()
            return
        there = {one.name for one in self._folder.iterdir()}
        for name in there - self._store.ids() if there else ():
            self.forget(name)

    def _forget_unsettled(self) -> None:
        # Files that no questionnaire names may be all that is left of a store that was damaged.
        left = {one.parent.name for one in self._folder.glob(f"*/{_UNSETTLED}")}
        if not left:
            return
        # Of one that comes just now the file is there first.
        with self._store.unchanging() as known:
            for name in left:
                if name in known:
                    self.settle(name)
                else:
                    self.forget(name)


def write_file(folder: Path, job: str, file: JobFile, first: str = "") -> Path:
    """Write the file of a questionnaire below the folder of all; return its path.

    `first` is the name of an empty file beside it that is there before. Raises JobStoreError.
    """
    own = folder / job
    path = own / f"{_NAME}{file.suffix}"
    try:
        make_private(folder)
        make_private(own)
        if first:
            (own / first).touch()
        replace_bytes(path, file.content)
        replace_text(own / _SUM, hashlib.sha256(file.content).hexdigest())
    except OSError as error:
        raise JobStoreError(
            f"{own}: the file of a questionnaire cannot be kept ({error.strerror}). "
            f"{next_step(error)}"
        ) from error
    return path


def file_faults(folder: Path, sizes: Mapping[str, int]) -> Iterator[str]:
    """Compare the files of questionnaires with what was noted when they came; `sizes` are their
    bytes by their ids. Of those of earlier versions the size alone is known.
    """
    for job, size in sizes.items():
        try:
            fault = _fault(folder, job, size)
        except OSError as error:
            fault = f"cannot be read ({error.strerror}). {next_step(error)}"
        if fault:
            yield f"{folder / job}: the file of the questionnaire {fault}"


def _fault(folder: Path, job: str, size: int) -> str:
    path = path_of(folder, job)
    if path is None:
        return f"is missing. {_RESTORE}"
    content, noted = path.read_bytes(), folder / job / _SUM
    if len(content) != size:
        return f"was cut or changed. {_RESTORE}"
    if noted.exists() and noted.read_bytes() != hashlib.sha256(content).hexdigest().encode():
        return f"or its hash changed. {_RESTORE}"
    return ""


def path_of(folder: Path, job: str) -> Path | None:
    """Return where the file of a questionnaire lies; None where there is none."""
    return next(_files(folder / job), None)


def _files(folder: Path) -> Iterator[Path]:
    # What is being written has another name behind it.
    return (one for one in folder.glob(f"{_NAME}.*") if one.name.count(".") == 1)
