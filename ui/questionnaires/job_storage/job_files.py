"""The files of questions: in a folder of the home, or on a server with a copy for who reads it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.home.paths import Home, make_private, replace_bytes
from ui.errors import UnknownJob
from ui.questionnaires.job_types import JobFile

if TYPE_CHECKING:
    from ui.questionnaires.job_storage.job_store import JobStore

_NAME = "questions"


class JobFiles:
    """The files of the questionnaires of a home."""

    def __init__(self, home: Path, store: JobStore) -> None:
        places = Home(home)
        self._store = store
        self._folder = places.questionnaire_copies if store.is_shared else places.questionnaires

    def keep(self, job: str, file: JobFile) -> None:
        """Keep the file of a questionnaire, unless the store does it."""
        if not self._store.is_shared:
            write_file(self._folder, job, file)

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

    def forget_deleted(self) -> None:
        """Delete copies of what another machine has deleted."""
        if not self._store.is_shared or not self._folder.is_dir():
            return
        there = {one.name for one in self._folder.iterdir()}
        for name in there - self._store.ids() if there else ():
            self.forget(name)


def write_file(folder: Path, job: str, file: JobFile) -> Path:
    """Write the file of a questionnaire below the folder of all; return its path."""
    own = folder / job
    make_private(folder)
    make_private(own)
    path = own / f"{_NAME}{file.suffix}"
    replace_bytes(path, file.content)
    return path


def path_of(folder: Path, job: str) -> Path | None:
    """Return where the file of a questionnaire lies; None where there is none."""
    return next(_files(folder / job), None)


def _files(folder: Path) -> Iterator[Path]:
    # What is being written has another name behind it.
    return (one for one in folder.glob(f"{_NAME}.*") if one.name.count(".") == 1)
