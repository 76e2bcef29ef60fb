"""Pages of the web to files; only addresses that the user gave are ever asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FetchError
from corpus.intake.addresses import check
from corpus.intake.download import Before, Deadline, download
from corpus.intake.reach import Reach
from corpus.intake.shelf import Fetched, Page, Record, Shelf, part_file

LIMIT = 50_000_000
_ALL_OF_IT_S = 30.0


@dataclass(frozen=True, slots=True)
class FetchedAgain:
    """What a page that was fetched before is now."""

    page: Page
    content: bytes
    """Its bytes; empty where the server says that it is as it was."""

    @property
    def unchanged(self) -> bool:
        """Whether the server says that the page is as it was."""
        return not self.page.suffix


def fetch(
    url: str, folder: Path, *, reach: Reach = Reach.ANY, timeout_s: float = _ALL_OF_IT_S,
    limit: int = LIMIT,
) -> Fetched:  # fmt: skip
    """Download a page into a folder, under a name that stays the same for its address.

    The file of an earlier download is replaced once the new one is complete and on the disk, and
    left as it is when the page has not changed or the download fails. `timeout_s` is for all of
    it, `limit` for the page's bytes, packed and unpacked. `reach` says which hosts may be asked.
    """
    check(url)
    with _stored_in(url, folder):
        shelf = Shelf(url, folder)
        with part_file(folder) as part, Deadline(url, timeout_s) as deadline:
            page = download(url, shelf.stored(), part, deadline, limit, reach=reach)
            part.close()  # some systems rename no open file
            return shelf.keep(page, Path(part.name))


def fetch_again(
    url: str, folder: Path, known: Record | None, before: Before,
    *, reach: Reach = Reach.ANY, timeout_s: float = _ALL_OF_IT_S, limit: int = LIMIT,
) -> FetchedAgain:  # fmt: skip
    """Ask for a page anew and leave its file as it is; `known` is what there is of it.

    `before` is told of each address before it is asked for, and may raise FetchError.
    """
    check(url)
    with (
        _stored_in(url, folder),
        part_file(folder) as part,
        Deadline(url, timeout_s) as deadline,
    ):
        page = download(url, known, part, deadline, limit, before, reach)
        part.seek(0)
        return FetchedAgain(page, Path(part.name).read_bytes() if page.suffix else b"")


def put(url: str, folder: Path, page: Page, content: bytes) -> Fetched:
    """Put bytes that were fetched in the place of a page's file; raise FetchError."""
    with _stored_in(url, folder), part_file(folder) as part:
        part.write(content)
        part.close()
        return Shelf(url, folder).keep(page, Path(part.name))


@contextmanager
def _stored_in(url: str, folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise FetchError(
            url,
            f"cannot be stored in {folder} ({error.strerror or error})",
            "Free space there, or correct the folder's permissions",
        ) from error
