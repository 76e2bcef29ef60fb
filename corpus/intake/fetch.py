"""Pages of the web to files; only addresses that the user gave are ever asked for."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import FetchError
from corpus.intake.addresses import check
from corpus.intake.download import Deadline, download
from corpus.intake.shelf import Fetched, Shelf, part_file

LIMIT = 50_000_000


def fetch(url: str, folder: Path, *, timeout_s: float = 30, limit: int = LIMIT) -> Fetched:
    """Download a page into a folder, under a name that stays the same for its address.

    The file of an earlier download is replaced once the new one is complete and on the disk, and
    left as it is when the page has not changed or the download fails. `timeout_s` is for all of
    it, `limit` for the page's bytes, packed and unpacked.
    """
    check(url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shelf = Shelf(url, folder)
        with part_file(folder) as part, Deadline(url, timeout_s) as deadline:
            page = download(url, shelf.stored(), part, deadline, limit)
            part.close()  # some systems rename no open file
            return shelf.keep(page, Path(part.name))
    except OSError as error:
        raise FetchError(
            url, f"cannot be stored in {folder} ({error.strerror or error})", "Check the folder"
        ) from error
