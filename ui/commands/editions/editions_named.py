"""Editions as a command line names them: a file, a document of the index, one of a date."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.changes.read_edition import EditionReader, edition_of_document
from assistant.changes.types import Edition
from assistant.settings import Settings
from assistant.watching.kept_reading import KeptReading
from corpus.intake.describe import parse_date
from corpus.intake.sources import lone_file, read_document
from corpus.language import parsing
from corpus.places import FILE, Gazetteer, compile_gazetteer
from index.building.documents import pages
from index.building.fetched_pages import WatchedPage
from index.encoding.chunk_encoder import ChunkEncoder
from index.errors import IndexingError
from index.home.edition_store import EditionState, EditionStore, KeptEdition
from index.home.paths import PLACES, Home
from index.searching.reader import IndexReader
from index.types import StoredDocument
from ui.commands.editions.kept_list import kept_of, page_named
from ui.errors import EditionError
from ui.shared.opened import opened
from ui.shared.terminal_text import dated

_MOST_NAMED = 20
"""Editions that an error lists; it tells how many more there are."""
_NEXT = (
    "Give a file, the id of a document, ID@YYYY-MM-DD for its edition of a date, or ID@NUMBER for "
    "one that `residency corpus editions` lists"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What editions are read with, for the time of one command."""

    gazetteer: Gazetteer
    reader: Callable[[], EditionReader]
    """Reads files; what it needs is loaded when the first one is read."""
    index: Callable[[], IndexReader]
    """Opened, and built where there is none, when the first document of it is named."""
    home: Home
    """Whose kept editions are meant."""

    def edition(self, name: str) -> Edition:
        """Return the edition that words mean; raise EditionError or DocumentError for none."""
        path = os.path.expanduser(name)  # noqa: PTH111 - that of Path raises for an unknown user
        if os.path.isdir(path):  # noqa: PTH112 - that of Path raises for a name too long
            raise EditionError(
                f"{name}: is a folder. Give two files, or a git folder with --git {name} REV1 REV2"
            )
        if os.path.lexists(path):
            return self.reader().edition(read_document(lone_file(Path(path))), name)
        kept = self._kept(name)
        if kept is not None:
            return kept
        index = self.index()
        return edition_of_document(document_named(name, index), index)

    def _kept(self, name: str) -> Edition | None:
        """Return the kept edition that ID@NUMBER means; None where that is no such name."""
        id_, at, number = name.rpartition("@")
        if not at or not number.isdecimal() or not number.isascii():
            return None
        page = page_named(self.home, id_)
        return self._of_page(page, kept_of(self.home, page), int(number))

    def _of_page(self, page: WatchedPage, found: Sequence[KeptEdition], ordinal: int) -> Edition:
        wanted = next((one for one in found if one.ordinal == ordinal), None)
        name = page.document or page.source.location
        if wanted is None:
            raise EditionError(
                f"{name}@{ordinal}: no edition of that number is kept. Known are 1 to "
                f"{len(found)}: `residency corpus editions {name}`"
            )
        reading = KeptReading(EditionStore(self.home.editions), self.reader)
        return reading.edition(wanted, page.source.given, f"{name}@{ordinal}")

    def _last_kept(self, name: str) -> tuple[Edition, Edition] | None:
        """Return the last two editions in use of a page; None where there are no two."""
        page = next((one for one in pages(self.home) if one.document == name), None)
        if page is None:
            return None
        found = kept_of(self.home, page)
        used = [one.ordinal for one in found if one.state is EditionState.TAKEN]
        if len(used) < 2:
            return None
        return self._of_page(page, found, used[-2]), self._of_page(page, found, used[-1])

    def beside(self, name: str) -> tuple[Edition, Edition]:
        """Return the edition before a document of the index, and itself.

        Where the document is the oldest, it and the one after it. Of a page that was fetched
        again, the last two editions that are kept.
        """
        kept = self._last_kept(name)
        if kept is not None:
            return kept
        index = self.index()
        known = [one.id for one in editions_of(document_named(name, index), index)]
        if len(known) < 2:
            raise EditionError(
                f"{name}: the index holds one edition of it. Name the other one as well: a file, "
                "or an id"
            )
        at = max(1, known.index(document_named(name, index)))
        old, new = known[at - 1], known[at]
        return edition_of_document(old, index), edition_of_document(new, index)


@contextmanager
def desk(settings: Settings | None = None) -> Iterator[Desk]:
    """Yield what editions are read with; nothing is loaded before it is needed."""
    settings = settings or Settings.load()
    parsing.use(settings.parser)
    with ExitStack() as stack:
        gazetteer = stack.enter_context(_gazetteer(settings))
        index = cache(lambda: stack.enter_context(opened().reading()))
        reader = cache(lambda: EditionReader(gazetteer, ChunkEncoder().encode))
        yield Desk(gazetteer, reader, index, Home(settings.home))


@contextmanager
def _gazetteer(settings: Settings) -> Iterator[Gazetteer]:
    """Yield the gazetteer of the current build; one that is made for the moment without any."""
    with ExitStack() as stack:
        try:
            path = Home(settings.home).current() / PLACES
        except IndexingError:
            path = Path()
        if not path.is_file():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="residency-"))
            path = Path(folder) / FILE
            compile_gazetteer(path)
        yield stack.enter_context(closing(Gazetteer(path)))


def document_named(name: str, index: IndexReader) -> str:
    """Return the id of the document that ID or ID@DATE means."""
    if name in index.documents:
        return name
    id_, at, day = name.rpartition("@")
    if not at or id_ not in index.documents:
        raise EditionError(f"{name}: neither a file nor a document of the index. {_NEXT}")
    wanted = parse_date(day)
    if wanted is None:
        raise EditionError(f"{name}: “{day}” is no date. {_NEXT}")
    known = editions_of(id_, index)
    found = [one for one in known if one.about.date == wanted]
    if len(found) == 1:
        return found[0].id
    told = f"{len(found)} editions of it state that date" if found else "no edition is of that date"
    raise EditionError(f"{name}: {told}. {_known(found or known)}")


def editions_of(id_: str, index: IndexReader) -> tuple[StoredDocument, ...]:
    """Return the editions of a document's page, the oldest first; those without a date lead."""
    about = index.documents[id_].about
    linked = _linked(id_, index)
    found = [
        one for one in index.documents.values()
        if one.id in linked
        or (about.source and one.about.source == about.source)
        or _named_alike(about.title, about.service, one)
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: (one.about.date is not None, dated(one.about.date), one.id))
    )


def _named_alike(title: str, service: str, other: StoredDocument) -> bool:
    # A service that is only the title again tells nothing: many pages are "Data residency".
    named = (title.casefold(), service.casefold())
    theirs = (other.about.title.casefold(), other.about.service.casefold())
    return named == theirs and named[0] != named[1]


def _linked(id_: str, index: IndexReader) -> frozenset[str]:
    """Return the documents that supersede it or that it supersedes, over any number of steps."""
    beside: dict[str, set[str]] = {}
    for older, newer in index.successors.items():
        beside.setdefault(older, set()).add(newer)
        beside.setdefault(newer, set()).add(older)
    found, waiting = {id_}, [id_]
    while waiting:
        fresh = beside.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def _known(documents: Iterable[StoredDocument]) -> str:
    told = [f"{one.id} ({dated(one.about.date)})" for one in documents]
    more = len(told) - _MOST_NAMED
    return f"Known are {', '.join(told[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"
