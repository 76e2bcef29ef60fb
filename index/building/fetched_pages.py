"""Between the editions that are kept of a page and the file of it that is indexed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import DocumentError
from corpus.intake.addresses import stem
from corpus.intake.fetch import put
from corpus.intake.shelf import Page, Record, Shelf
from index.home.added_sources import Registry, Source
from index.home.edition_store import EditionStore, Fresh, KeptEdition
from index.home.paths import Home


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A page that the user added by its address."""

    source: Source
    document: str
    """Id of its document; empty before it was indexed."""
    indexed: str
    """Hash of the bytes that the index has of it; empty for none."""


def note_file(home: Home, address: str, *, is_new: bool = False) -> KeptEdition | None:
    """Keep the file that lies there of a page as an edition; None where it is kept or there is
    none. What it states of its date is not read here.

    Bytes that are those of an earlier edition are one only where they are new: else the file is
    that of before, and whoever kept the later edition was stopped before it was put there.
    """
    shelf = Shelf(address, home.fetched)
    record = shelf.stored()
    path = shelf.path()
    if record is None or path is None:
        return None
    store = EditionStore(home.editions)
    if not is_new and any(one.sha256 == record.sha256 for one in store.of(address)):
        return None
    return store.take(
        Fresh(
            address, path.read_bytes(), _moment(record.fetched), None, record.etag,
            record.last_modified, record.content_type, record.final_url, path.suffix,
        )
    )  # fmt: skip


def put_file(home: Home, store: EditionStore, source: Source, edition: KeptEdition) -> bool:
    """Let an edition be the file that is indexed; tell whether another one was.

    The source follows where the kind of file is another one now.
    """
    address = edition.address
    path = home.fetched / (stem(address) + edition.suffix)
    if source.path == path and _holds(path, edition.sha256):
        return False
    record = Record(
        address, edition.final_url, edition.etag, edition.last_modified, edition.content_type,
        edition.sha256, edition.fetched.isoformat(timespec="seconds"),
    )  # fmt: skip
    # The source first: whatever stops this in between, the next round sees that it is not done.
    Registry(home.registry).lies_at(address, path)
    put(address, home.fetched, Page(record, edition.suffix), store.content(edition))
    return True


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DocumentError(
            path.name, f"cannot be read ({error.strerror})", "Correct its permissions"
        ) from error


def _moment(stored: str) -> datetime:
    """Return when a file was fetched; of a record that does not tell, now."""
    try:
        read = datetime.fromisoformat(stored)
    except ValueError:
        return datetime.now(UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
