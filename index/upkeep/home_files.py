"""A look at the files of a home that are no build: stores, fetched pages, documents, encoders."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from corpus.errors import DocumentError
from corpus.intake.describe import SIDECAR, read_sidecar
from corpus.intake.shelf import BESIDE
from index.encoding.chunk_encoder import changed_exports
from index.errors import EditionsUnusable, IndexingError
from index.home.added_sources import DAMAGED_STEP, LAYOUT, Registry
from index.home.edition_store import STEPS as EDITION_STEPS
from index.home.edition_store import EditionStore
from index.home.faults.kinds import STORE_ERRORS, Fault, fault_kind, next_step, step
from index.home.faults.store_look import StoreFile, look_at
from index.home.manifest import Sum
from index.home.paths import OWN_SOURCE, Home
from index.stores.catalog import Catalog
from index.types import Check, FileRecord, FileState

_MOST_NAMED = 20
_BLOCK = 2**20
_WITHOUT = "Restore it, or run `residency index` to be without it"
_AGAIN = "Fetch it again with `residency corpus add ADDRESS`, or restore it from a backup"
_DESCRIBED = (
    "Restore it from a backup, or remove it to do without the title and the service that it gave"
)
_CHANGED = (
    "changed since it was indexed. Run `residency index`, or restore it from a backup if nobody "
    "meant to change it"
)


def index_stores(home: Home) -> tuple[StoreFile, ...]:
    """Return the SQLite files of a home that this package keeps, but for those of builds."""
    return (
        StoreFile(
            "sources", home.registry, frozenset(("sources", "corrections", "left_out")), LAYOUT,
            otherwise=DAMAGED_STEP,
        ),
        StoreFile(
            "editions", home.editions,
            frozenset(("contents", "editions", "pages", "hosts", "reports")), len(EDITION_STEPS),
        ),
        StoreFile(
            "embedded texts", home.embedded, frozenset(("texts",)), 1,
            otherwise="Delete the file: the next build computes what it held",
        ),
    )  # fmt: skip


def store_checks(stores: Iterable[StoreFile]) -> Iterator[Check]:
    """Read every page of stores, and tell how each stands; nothing is changed in any."""
    for one in stores:
        flaw = look_at(one, deep=True)
        if flaw is not None:
            yield Check(one.name, False, flaw.told_of(one.path))
        elif one.path.exists():
            yield Check(one.name, True, f"whole, {one.path.stat().st_size:,} bytes")
        else:
            yield Check(one.name, True, "nothing is kept")


def file_fault(path: Path, expected: Sum, otherwise: str) -> str:
    """Return what is wrong with a file that is to have certain sums; empty where nothing is.

    `otherwise` is what to do where it is missing or changed.
    """
    try:
        if Sum.of(path) == expected:
            return ""
    except OSError as error:
        kind = fault_kind(error)
        missing = kind in (Fault.MISSING, Fault.FOREIGN)
        cause = "is missing" if missing else f"cannot be read ({error.strerror})"
        return f"{path} {cause}. {otherwise if missing else step(kind)}"
    return f"{path} changed. {otherwise}"


def home_checks(home: Home, catalog: Path | None) -> Iterator[Check]:
    """Return how what lies in a home beside its builds and stores stands.

    `catalog` is that of the current build, which knows what its documents were.
    """
    yield _told("pages", [*_fetched_faults(home)], "fetched pages are as they came")
    yield _told("encoders", [*_export_faults(home)], "exported encoders are as they were written")
    if catalog is not None:
        yield _told("documents", [*_document_faults(home, catalog)], "as they were indexed")
    yield _told("locks", [*_lock_faults(home)], "can be taken")


def _told(name: str, faults: Sequence[str], whole: str) -> Check:
    more = len(faults) - _MOST_NAMED
    said = [*faults[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    return Check(name, not faults, "; ".join(said) or whole)


def _fetched_faults(home: Home) -> Iterator[str]:
    """Compare each page that was fetched with what was noted of it."""
    try:
        names = sorted(home.fetched.iterdir()) if home.fetched.is_dir() else []
    except OSError as error:
        yield f"{home.fetched} cannot be read ({error.strerror}). {next_step(error)}"
        return
    files = {one for one in names if not one.name.endswith((BESIDE, ".part"))}
    for path in sorted(files):
        yield from _of_page(path)
    for beside in names:
        page = beside.with_name(beside.name.removesuffix(BESIDE))
        if beside.name.endswith(BESIDE) and page not in files:
            yield f"{page} is missing. {_AGAIN}"


def _of_page(path: Path) -> Iterator[str]:
    beside = path.with_name(path.name + BESIDE)
    try:
        noted = json.loads(beside.read_text(encoding="utf-8"))["sha256"]
        found = _sha256(path)
    except OSError as error:
        where = error.filename or path
        otherwise = _AGAIN if error.errno == errno.ENOENT else next_step(error)
        yield f"{where} cannot be read ({error.strerror}). {otherwise}"
        return
    except (ValueError, KeyError, TypeError):
        yield f"{beside} is damaged. {_AGAIN}"
        return
    if noted != found:
        yield f"{path} or {beside.name} changed. {_AGAIN}"


def contents_checks(home: Home) -> Iterator[Check]:
    """Read what the stores of sources and of editions hold; to be asked of whole ones."""
    yield _sources_check(home)
    yield _told("kept editions", [*_edition_faults(home)], "every edition is as it came")


def _edition_faults(home: Home) -> Iterator[str]:
    """Unpack every edition, and compare its bytes with its hash."""
    store = EditionStore(home.editions)
    try:
        addresses = sorted(store.states().keys() | store.in_use().keys())
        every = [edition for one in addresses for edition in store.of(one)]
    except (EditionsUnusable, ValueError, TypeError) as error:
        yield str(error)
        return
    for edition in every:
        try:
            store.content(edition)
        except EditionsUnusable as error:
            yield str(error)


def _export_faults(home: Home) -> Iterator[str]:
    """Compare the files of every exported encoder with what it says of itself."""
    try:
        folders = sorted(home.models.iterdir()) if home.models.is_dir() else []
        for folder in folders:
            for name in changed_exports(folder) if not folder.name.startswith(".") else ():
                yield _export_fault(folder / name)
    except OSError as error:
        yield f"{error.filename or home.models} cannot be read. {next_step(error)}"


def _export_fault(path: Path) -> str:
    if path.exists() and not os.access(path, os.R_OK):
        return f"{path} cannot be read. {step(Fault.UNREADABLE)}"
    return f"{path} is missing or changed. Run `residency index`, which writes it again"


def _document_faults(home: Home, catalog: Path) -> Iterator[str]:
    """Compare the documents of the home with what the current build has of them."""
    try:
        with closing(Catalog(catalog)) as known:
            records = known.files()
    except STORE_ERRORS:
        # Told of by the checks of the build.
        return
    for record in records:
        path = _lies_at(home, record)
        if record.state is not FileState.OK or path is None:
            continue
        # Of a build that others have published the documents are theirs.
        if path.exists() or not home.followed.exists():
            yield from _of_document(path, record)


def _lies_at(home: Home, record: FileRecord) -> Path | None:
    """Return where a document of the home lies now, which may have been moved; None for others."""
    known = Path(record.path)
    if record.source == OWN_SOURCE and known.name == Path(record.name).name:
        return home.documents / record.name
    return known if known.is_absolute() and _is_in(known, home.root) else None


def _of_document(path: Path, record: FileRecord) -> Iterator[str]:
    try:
        if record.sha256 and _sha256(path) != record.sha256:
            yield f"{path} {_CHANGED}"
    except OSError as error:
        missing = error.errno == errno.ENOENT
        otherwise = _WITHOUT if missing else next_step(error)
        yield f"{path} cannot be read ({error.strerror}). {otherwise}"
    yield from _of_description(path)


def _of_description(path: Path) -> Iterator[str]:
    """Read what lies beside a document to describe it; there need be nothing."""
    beside = path.with_name(path.name + SIDECAR)
    try:
        if beside.exists() and not beside.read_bytes().strip():
            yield f"{beside} is empty. {_DESCRIBED}"
        else:
            read_sidecar(path)
    except OSError as error:
        yield f"{beside} cannot be read ({error.strerror}). {next_step(error)}"
    except DocumentError as error:
        unread = beside.exists() and not os.access(beside, os.R_OK)
        yield f"{beside} may not be read. {step(Fault.UNREADABLE)}" if unread else str(error)


def _lock_faults(home: Home) -> Iterator[str]:
    for path in (home.lock, home.refresh_lock):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK) and _is_writable(home.root):
            yield f"{path} may not be taken. {step(Fault.UNREADABLE)}"


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder) or path.is_relative_to(folder.resolve())


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sources_check(home: Home) -> Check:
    """Read what the user gave to be indexed."""
    registry = Registry(home.registry)
    try:
        count = len(registry.sources())
        registry.corrections()
        registry.left_out()
    except (IndexingError, ValueError, TypeError) as error:
        told = str(error) if isinstance(error, IndexingError) else f"{home.registry}: damaged"
        otherwise = "" if isinstance(error, IndexingError) else f" ({error}). {DAMAGED_STEP}"
        return Check("added sources", False, told + otherwise)
    return Check("added sources", True, f"{count} added")
