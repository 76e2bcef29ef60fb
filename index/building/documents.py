"""What users do with the documents of a home: add, remove, describe, and see what became of them.

Changes are noted in the registry; the next build makes them true.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.formats import SUFFIXES
from corpus.intake.addresses import check
from corpus.intake.describe import UNDESCRIBED, Given
from corpus.intake.fetch import fetch
from corpus.intake.not_read import kind_of, others_lines
from corpus.intake.reach import Reach
from corpus.intake.walk import Walked, shown, walk
from corpus.types import Document
from index.building.fetched_pages import WatchedPage, note_file
from index.errors import DamagedIndex, RegistryError
from index.home.added_sources import Registry, Source
from index.home.edition_store import EditionStore
from index.home.faults.kinds import STORE_ERRORS
from index.home.lease import Lease
from index.home.paths import CATALOG, OWN_SOURCE, Home
from index.stores.catalog import Catalog
from index.types import FileRecord, FileState

_ADDRESS = re.compile(r"\s*https?:", re.IGNORECASE)


def is_address(location: str) -> bool:
    """Tell whether a location is an address of the web, and no path."""
    return _ADDRESS.match(location) is not None


def add(
    home: Home,
    location: str,
    include: Sequence[str] = (),
    given: Given = UNDESCRIBED,
    tell: Callable[[str], None] = lambda message: None,
    reach: Reach = Reach.ANY,
) -> Source:
    """Take a file, a folder or the page at an address in; raise RegistryError or FetchError.

    A file that was left out is indexed again. A page is fetched now, and again when it is added
    again or refreshed, never by itself; what it said before is kept as an edition.
    `tell` is given, in lines, what files of a folder are of no kind that is read. `reach` says
    which hosts may be asked for a page, now and each time that it is refreshed.
    """
    home.create()
    registry = Registry(home.registry)
    if is_address(location):
        check(location)
        note_file(home, location)
        page = fetch(location, home.fetched, reach=reach)
        note_file(home, location, is_new=page.changed)
        source = Source(location, page.path, (), given.over(Given(source=location)), reach)
        registry.add(source)
        return source
    known = _record(home, location)
    if known is not None and registry.take_in(known.source, known.name):
        return Source(known.source, Path(known.path))
    path = _absolute(location)
    for line in others_lines(_check(path, include, given).others):
        tell(line)
    if path.is_relative_to(home.documents):
        registry.take_in(OWN_SOURCE, shown(path.relative_to(home.documents).as_posix()))
        return Source(OWN_SOURCE, home.documents)
    source = Source(str(path), path, tuple(include), given)
    registry.add(source)
    return source


def pages(home: Home) -> tuple[WatchedPage, ...]:
    """Return the pages that were added by their addresses, in order of these."""
    records = files(home) if home.pointer.exists() else ()
    known = {one.source: one for one in records if one.state is not FileState.REMOVED}
    found = []
    for source in Registry(home.registry).sources():
        if is_address(source.location):
            record = known.get(source.location)
            found.append(
                WatchedPage(
                    source, record.document if record else "", record.sha256 if record else ""
                )
            )
    return tuple(found)


def remove(home: Home, name: str) -> str:
    """Take a source, or one document of it, out; return what it was. Raises RegistryError.

    No file of the user's is deleted; a page that was fetched is, with its editions.
    """
    registry = Registry(home.registry)
    location = name if is_address(name) else str(_absolute(name))
    sources = {source.location: source for source in registry.sources()}
    if location in sources:
        _forget(home, registry, sources[location])
        return location
    known = _record(home, name)
    if known is None:
        raise RegistryError(
            f"{name}: neither a source nor a document of the index. "
            "`residency corpus status` lists both"
        )
    source = sources.get(known.source)
    if source is not None and not source.path.is_dir():
        _forget(home, registry, source)
    else:
        registry.leave_out(known.source, known.name)
    return known.document or known.name


def describe(home: Home, document: str, given: Given) -> None:
    """Correct what is said of a document; raise RegistryError where there is none of that id."""
    known = {record.document for record in files(home) if record.state is not FileState.REMOVED}
    missing = [id_ for id_ in (document, *given.supersedes) if id_ not in known]
    if missing:
        raise RegistryError(
            f"{missing[0]}: no such document. Known are {', '.join(sorted(filter(None, known)))}"
        )
    Registry(home.registry).correct(document, given)


def stored(home: Home, document: str) -> Document:
    """Return a document as the current build understood it.

    Raises RegistryError where it has none of that id, and MissingIndex where there is no build.
    """
    with _catalog(home) as catalog:
        found = next((one for one in catalog.documents() if one.id == document), None)
        if found is None:
            raise RegistryError(_unknown(document, catalog.files()))
        sections, blocks = catalog.structure(document)
        return Document(
            found.about, found.text, found.sha256, sections, blocks, found.pages, found.left_out
        )


def _unknown(document: str, records: Sequence[FileRecord]) -> str:
    """Return why a build has no document of an id."""
    failed = next(
        (one for one in records if one.document == document and one.state is FileState.FAILED), None
    )
    if failed is not None:
        return failed.reason
    return (
        f"{document}: neither a file nor a document of the index. `residency corpus list` names "
        "the documents"
    )


def files(home: Home) -> tuple[FileRecord, ...]:
    """Return what became of every file, as the current build has it.

    Raises MissingIndex where there is none.
    """
    with _catalog(home) as catalog:
        return catalog.files()


@contextmanager
def _catalog(home: Home) -> Iterator[Catalog]:
    """Yield the catalog of the current build; raise MissingIndex or DamagedIndex."""
    with closing(Lease.of_current(home)) as lease:
        path = lease.folder / CATALOG
        try:
            with closing(Catalog(path)) as catalog:
                yield catalog
        except STORE_ERRORS as error:
            raise DamagedIndex(
                f"{path}: cannot be read ({error}). `residency doctor` names what is damaged, and "
                "`residency index` builds it anew"
            ) from error


def _record(home: Home, name: str) -> FileRecord | None:
    """Return the file of a document id or path, None where the index knows none."""
    if not home.pointer.exists():
        return None
    path = shown(str(_absolute(name)))
    records = [one for one in files(home) if one.state is not FileState.REMOVED]
    left_out = Registry(home.registry).left_out()
    records += [one for one in files(home) if (one.source, one.name) in left_out]
    by_id = next((one for one in records if one.document == name), None)
    return by_id or next((one for one in records if one.path == path), None)


def _forget(home: Home, registry: Registry, source: Source) -> None:
    registry.remove(source.location)
    if is_address(source.location):
        EditionStore(home.editions).forget(source.location)
        for path in (source.path, source.path.with_name(source.path.name + ".fetch.json")):
            path.unlink(missing_ok=True)


def _absolute(location: str) -> Path:
    """Return the path that a user means; links in it stay."""
    try:
        return Path(os.path.abspath(Path(location).expanduser()))  # noqa: PTH100 - keeps links
    except RuntimeError as error:
        raise RegistryError(
            f"{shown(location)}: there is no such user ({error}). Give the path from / on"
        ) from error


def _check(path: Path, include: Sequence[str], given: Given) -> Walked:
    """Return what is there; raise RegistryError where nothing would be indexed, or one title would
    be that of many.
    """
    found = walk(path, SUFFIXES, include)
    if not found.files:
        raise RegistryError(_nothing(path, found))
    if path.is_dir() and (given.title or given.supersedes):
        raise RegistryError(
            f"{path}: a title and what is superseded belong to one document, this is a folder. "
            "Use `residency corpus describe` for single documents"
        )
    return found


def _nothing(path: Path, found: Walked) -> str:
    """Return why nothing of a path can be indexed, with the next step."""
    # That of Path raises where it may not look.
    is_file = os.path.isfile(path)  # noqa: PTH113
    kind = kind_of(path.name) if is_file else None
    if kind is not None:
        return f"{path}: is {kind.name}, a kind that is not read. {kind.next_step}"
    reason = found.unreadable[0].reason if found.unreadable else ""
    others = "; ".join(others_lines(found.others))
    kinds = ", ".join(sorted(SUFFIXES))
    return (
        f"{path}: {reason or f'holds no file that is read ({kinds})'}. "
        f"{f'{others}. ' if others else ''}"
        "Give a file or folder that is there, or correct --include"
    )
