"""The files of questions of a home, as the rows that they are on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from index.home.paths import Home
from ui.questionnaires.job_storage.job_files import path_of, write_file
from ui.questionnaires.job_storage.job_tables import job_files, jobs
from ui.questionnaires.job_types import JobFile


class FileRows:
    """What a move reads and writes of the folder with the files of questions."""

    table = job_files.name

    def read(self, home: Path, connection: Connection) -> Iterator[tuple[str, str, bytes]]:
        """Yield job, suffix and content of the files that are there, in order of the jobs."""
        folder = Home(home).questionnaires
        for (job,) in connection.execute(select(jobs.c.id).order_by(jobs.c.id)).all():
            path = path_of(folder, job)
            if path is not None:
                yield job, path.suffix, path.read_bytes()

    def write(self, home: Path, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Write files into the folder."""
        for job, suffix, content in rows:
            write_file(Home(home).questionnaires, job, JobFile(suffix, content))
