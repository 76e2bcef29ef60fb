"""Builds an index aside and swaps it in whole.

A build starts from the one before: what did not change is copied, not read again. The order of
things is what makes it safe to die at any point: everything is written into a folder aside and
flushed to disk, the folder gets its name, and only then the pointer is replaced.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import ManifestError
from corpus.intake.not_read import count_of, left_out_words
from corpus.intake.question_bank import FILE as QUESTIONS
from corpus.intake.question_bank import AskedPassage, consistent, read_questions
from corpus.intake.sources import BUNDLED
from corpus.language import parsing
from corpus.places import Gazetteer, compile_gazetteer
from index.build_store.store_address import BuildStore
from index.building.editions import compare
from index.building.embedding_ahead import EmbeddingAhead, sharing_the_interpreter
from index.building.options import Options, Sources
from index.building.prepare import by_document, written_hash
from index.building.previous import Base, code_sha256
from index.building.reading import DocumentReading
from index.building.survey import Candidate, Known, Root, Surveyed, failed_record, survey
from index.building.writer import BuildWriter
from index.encoding.chunk_encoder import SHIPPED, ChunkEncoder
from index.errors import (
    BuildLocked,
    DamagedIndex,
    HomeUnusable,
    IndexingError,
    VectorsAway,
    VectorsLost,
)
from index.home.added_sources import Registry
from index.home.faults.kinds import next_step
from index.home.faults.left_behind import clear_builds, clear_left
from index.home.manifest import FORMAT, collections_of, read_manifest
from index.home.old_builds import collect_builds
from index.home.paths import OWN_FILE, OWN_SOURCE, PLACES, Home, replace_text, sync_folder
from index.stores import open_vectors
from index.stores.catalog_writer import CatalogWriter
from index.stores.vector_cache import EmbeddedTexts
from index.stores.vector_store import Server
from index.types import FileRecord, FileState

_LOG = logging.getLogger(__name__)
BUNDLED_SOURCE = "bundled"
"""Source of the documents that come with the project."""

_MOST_NAMED = 3
"""Documents that an error names."""
_MOST_TOLD = 20
"""Files of which it is told what was left out."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a build is to hold, and what of it the build before has already."""

    build: str
    fresh: tuple[Candidate, ...]
    """Documents to read."""
    kept: tuple[FileRecord, ...]
    """Files whose documents, or failures, are as they were."""
    failures: tuple[FileRecord, ...]
    not_read: tuple[FileRecord, ...]
    written: Mapping[str, tuple[AskedPassage, ...]]
    """Questions written ahead, by document."""
    removed: tuple[FileRecord, ...]
    duplicates: tuple[FileRecord, ...]


def build_index(
    root: Path,
    *,
    model: str = SHIPPED,
    sources: Sources | None = None,
    shared: Path | None = None,
    options: Options | None = None,
    progress: Progress = lambda message: None,
) -> str:
    """Build the index of the sources; return the build's id.

    Sources are those of the home (`index.home.added_sources`) unless others are given. `shared`
    is another home whose models and embedded texts are used.

    Nothing is read or embedded that is known from the build before. Readers see the old build
    until the new one is complete. Where the options name a store, the build begins from what is
    current there, and is published when it is done.
    """
    from filelock import FileLock, Timeout

    home = Home(root, shared)
    clear_left(home)
    home.create()
    options = options or Options(model)
    try:
        with FileLock(home.lock, timeout=options.wait_s, mode=OWN_FILE):
            if options.store is not None:
                return _built_for_others(home, options, options.store, sources, progress)
            return _Builder(home, options, progress).run(sources)
    except Timeout:
        raise BuildLocked(
            f"{home.lock}: another process is building the index. Wait for it, then try again"
        ) from None
    except OSError as error:
        raise HomeUnusable(
            f"{error.filename or root}: the index cannot be written ({error.strerror or error}). "
            f"{next_step(error)}, or set RESIDENCY_HOME to another folder; the last index stays in "
            "place"
        ) from error


def _built_for_others(
    home: Home, options: Options, store: BuildStore, sources: Sources | None, progress: Progress
) -> str:
    """Build from what others have published, and publish."""
    from index.build_store.sharing import sharing

    with sharing(home, store, options.server, options.wait_s, progress) as shared:
        collections = shared.begin()
        builder = _Builder(home, options, progress, collections, shared.others_documents())
        build = builder.run(sources)
        shared.end()
    return build


def _rules(parser: str) -> str:
    """Return a hash of all that decides what is read in a document besides the document."""
    code = code_sha256()
    return hashlib.sha256(f"{code}\n{parser}".encode()).hexdigest() if parser else code


class _Builder:
    """One build, under the lock."""

    def __init__(
        self,
        home: Home,
        options: Options,
        progress: Progress,
        published: Collection[str] | None = (),
        others: Collection[str] = frozenset(),
    ) -> None:
        """`published` are collections on the server that builds elsewhere have, None where nobody
        can tell; `others` are documents that another home has published.
        """
        self.home = home
        self.options = options
        self.progress = progress
        self.published = published
        self.others = others

    def run(self, sources: Sources | None) -> str:
        clear_builds(self.home)
        for left in self.home.root.glob(f"{self.home.pointer.name}.*.new"):
            left.unlink(missing_ok=True)
        encoder = ChunkEncoder(self.options.model)
        parsing.use(self.options.parser)
        rules = _rules(self.options.parser)
        self._tell_of_another(encoder)
        before = self._collections()
        with closing(Base.of(self.home, rules, encoder.sha256, self.options.server)) as base:
            try:
                build, known = self._from(base, sources, encoder, rules)
            except (DamagedIndex, VectorsLost):
                if base.folder is None:
                    raise
                build, known = self._from(Base(), sources, encoder, rules)
        # Even where nothing changed: a builder may have died between its swap and this.
        collect_builds(self.home)
        self._forget_collections(before)
        self.progress(f"index {build} is {'up to date' if known else 'ready'}")
        return build

    def _tell_of_another(self, encoder: ChunkEncoder) -> None:
        """Say that everything is embedded anew, where the index was built with another encoder."""
        try:
            known = read_manifest(self.home.current()).encoder
        except IndexingError:
            return
        if known.sha256 != encoder.sha256:
            same = " (other files of the same name)" if known.name == encoder.name else ""
            self.progress(
                f"the index was built with {known.name}; all is embedded anew with "
                f"{encoder.name}{same}"
            )

    def _from(
        self, base: Base, sources: Sources | None, encoder: ChunkEncoder, rules: str
    ) -> tuple[str, bool]:
        """Build from a base; return the build's id, and whether it was there already.

        Raises DamagedIndex or VectorsLost where the vectors of the base cannot be used.
        """
        plan = self._plan(sources, base, rules, encoder.sha256)
        self._keep_others(plan)
        if base.is_current(plan.build) and not plan.fresh and not self.options.retry:
            base.open_vectors()
            return plan.build, True
        self._write(plan, base, encoder, rules)
        return plan.build, False

    def _keep_others(self, plan: _Plan) -> None:
        """Raise IndexingError where documents of another home would be gone for everybody."""
        here = {one.record.document for one in plan.fresh}
        here |= {one.document for one in (*plan.kept, *plan.failures)}
        if gone := sorted(set(self.others) - here):
            told = ", ".join(gone[:_MOST_NAMED]) + (", …" if len(gone) > _MOST_NAMED else "")
            raise IndexingError(
                f"{self.home.root}: this home does not have {len(gone)} of the documents that are "
                f"published ({told}), and what it builds would be without them for everybody. Add "
                "documents where the index is built, or those here as well; to build from here "
                "alone, unset RESIDENCY_BUILD_STORE, run `residency index`, set it again and run "
                "`residency build publish`"
            )

    def _plan(self, sources: Sources | None, base: Base, rules: str, weights: str) -> _Plan:
        roots, banks = _roots(self.home, sources)
        asks = sources.asks if sources else lambda row: True
        written, faults = self._questions(banks, asks)
        registry = Registry(self.home.registry)
        known = Known(base.files, registry.corrections(), registry.left_out())
        hashes = {document: written_hash(rows) for document, rows in written.items()}
        surveyed = survey(roots, known, hashes)
        surveyed = replace(surveyed, failures=(*surveyed.failures, *faults))
        if not surveyed.candidates:
            for failure in surveyed.failures:
                self.progress(f"left out: {failure.reason}")
            raise IndexingError("no documents: nothing to index. Add documents and try again")
        fresh, kept = _sorted_out(surveyed, base, retry=self.options.retry)
        return _Plan(
            _identity(surveyed, rules, weights, self.options.server), fresh, kept,
            surveyed.failures, surveyed.not_read, written, base.gone(surveyed),
            surveyed.duplicates,
        )  # fmt: skip

    def _questions(
        self, banks: Sequence[Root], asks: Callable[[AskedPassage], bool]
    ) -> tuple[Mapping[str, tuple[AskedPassage, ...]], list[FileRecord]]:
        """Return written questions by document, and the banks that cannot be used."""
        rows: list[AskedPassage] = []
        faults: list[FileRecord] = []
        for root in banks:
            path = root.path / QUESTIONS
            try:
                rows.extend(read_questions(path))
            except ManifestError as error:
                faults.append(failed_record(root.location, QUESTIONS, path, str(error)))
        kept, contradictory = consistent(filter(asks, rows))
        for question in contradictory:
            self.progress(
                f"question left out, written for passages of several documents: {question!r}"
            )
        return by_document(kept), faults

    def _write(self, plan: _Plan, base: Base, encoder: ChunkEncoder, rules: str) -> None:
        folder = self.home.free_build(plan.build)
        aside = self.home.builds / f".{folder.name}.{os.getpid()}"
        try:
            writer = BuildWriter(self.home, aside, base, encoder, self.options.server)
            writer.drop(_dropped(plan, base))
            records = self._prepare(plan, writer, aside, base, encoder)
            for record in records:
                if record.state is FileState.FAILED:
                    self.progress(f"left out: {record.reason}")
            records = _compared(records, writer.catalog)
            for line in _left_out_lines(records):
                self.progress(line)
            writer.finish(plan.build, rules, records, self.progress)
            sync_folder(aside)
            aside.replace(folder)
            sync_folder(self.home.builds, deep=False)
            replace_text(self.home.pointer, folder.name + "\n")
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _prepare(
        self, plan: _Plan, writer: BuildWriter, aside: Path, base: Base, encoder: ChunkEncoder
    ) -> list[FileRecord]:
        """Read the documents that are new; return what became of every file."""
        records = [
            *plan.kept, *plan.failures, *plan.not_read, *plan.removed, *plan.duplicates,
        ]  # fmt: skip
        places = aside / PLACES
        if base.folder is not None:
            shutil.copyfile(base.folder / PLACES, places)
        if plan.fresh:
            self.progress(f"reading {len(plan.fresh)} documents")
            records.extend(self._read(plan, writer, places, encoder))
        elif base.folder is None:
            compile_gazetteer(places)
        failed = {one.document: one for one in records if one.state is FileState.FAILED}
        return [_as_original(one, failed) for one in records]

    def _read(
        self, plan: _Plan, writer: BuildWriter, places: Path, encoder: ChunkEncoder
    ) -> list[FileRecord]:
        """Read the documents that are new, and have embedded what is said in them."""
        shipped = encoder if self.options.model == SHIPPED else ChunkEncoder()
        cache = EmbeddedTexts(self.home.embedded)
        with (
            ExitStack() as opened,
            closing(EmbeddingAhead(cache, encoder, shipped)) as ahead,
            sharing_the_interpreter(),
        ):

            def gazetteer() -> Gazetteer:
                if not places.exists():
                    compile_gazetteer(places)
                return opened.enter_context(closing(Gazetteer(places)))

            reading = DocumentReading(plan.written, writer, ahead, gazetteer, self.progress)
            records = list(reading.records(plan.fresh))
            ahead.finish()
        if not places.exists():
            # Of no document that can be used: the build holds what was kept.
            compile_gazetteer(places)
        return records

    def _collections(self) -> str:
        """Return what the collections of the current build are called, empty for none."""
        try:
            return collections_of(self.home.current())
        except IndexingError:
            return ""

    def _forget_collections(self, before: str) -> None:
        """Delete the collections on the server that no build of this home uses.

        Those of the build before stay until the next one: it may still answer on machines that
        have a copy of it.
        """
        server = self.options.server
        if server is None or self.published is None or not self.home.remote.is_dir():
            return
        used = {collections_of(folder) for folder in self.home.builds.iterdir()} | {before}
        used |= set(self.published)
        for note in sorted(self.home.remote.iterdir()):
            if note.name in used or note.read_text(encoding="utf-8").strip() != server.shown:
                continue
            try:
                open_vectors.delete_on(server, note.name)
            except VectorsAway as error:
                _LOG.warning("%s: left for the next build (%s)", note.name, error)
                return
            note.unlink(missing_ok=True)


def _as_original(record: FileRecord, failed: Mapping[str, FileRecord]) -> FileRecord:
    """Return the record of a copy; where its original failed, it failed for the same reason."""
    original = failed.get(record.duplicate_of) if record.duplicate_of else None
    if original is None:
        return record
    reason = record.name + original.reason.removeprefix(original.name)
    reason = reason if original.reason.startswith(original.name) else original.reason
    return replace(record, state=FileState.FAILED, reason=reason, duplicate_of="")


def _compared(records: Sequence[FileRecord], catalog: CatalogWriter) -> list[FileRecord]:
    """Write which documents are editions of one page; return the records with what that says."""
    found = compare(catalog.abouts(), catalog.text, catalog.passages)
    catalog.write_editions(found.successors)
    return [
        replace(
            record,
            compared=found.told.get(record.document, ()) if record.state is FileState.OK else (),
        )
        for record in records
    ]


def _roots(home: Home, sources: Sources | None) -> tuple[list[Root], list[Root]]:
    """Return where documents are looked for, and which of it are folders with question banks."""
    if sources is not None:
        roots = [Root(_location(one, home), one, optional=True) for one in sources.folders]
        return roots, roots
    # The narrower source first: what was said of it holds for the files that it shares.
    added = sorted(Registry(home.registry).sources(), key=lambda one: -len(one.location))
    roots = [
        Root(BUNDLED_SOURCE, BUNDLED),
        Root(OWN_SOURCE, home.documents, optional=True),
        *(Root(one.location, one.path, one.include, one.given) for one in added),
    ]
    # That of Path raises where it may not look.
    return roots, [root for root in roots if os.path.isdir(root.path)]  # noqa: PTH112


def _location(folder: Path, home: Home) -> str:
    """Return the name of a source that does not depend on where the project or home lies."""
    return {BUNDLED: BUNDLED_SOURCE, home.documents: OWN_SOURCE}.get(folder, str(folder))


def _sorted_out(
    surveyed: Surveyed, base: Base, *, retry: bool
) -> tuple[tuple[Candidate, ...], tuple[FileRecord, ...]]:
    """Return what must be read, and the records of what is as it was."""
    fresh: list[Candidate] = []
    kept: list[FileRecord] = []
    copies: list[tuple[Candidate, FileRecord]] = []
    for candidate in surveyed.candidates:
        record = candidate.record
        before = base.files.get((record.source, record.name))
        failed = before is not None and before.state is FileState.FAILED
        same = before is not None and before.identity == record.identity
        if before is not None and same and failed and not retry:
            kept.append(replace(record, state=before.state, reason=before.reason))
        elif before is not None and base.identities.get(record.document) == record.identity:
            kept.append(replace(record, warnings=before.warnings))
        elif before is not None and same and before.state is FileState.DUPLICATE:
            copies.append((candidate, before))
        else:
            fresh.append(candidate)
    there = {record.document for record in kept if record.state is FileState.OK}
    for candidate, before in copies:
        if before.duplicate_of in there:
            kept.append(
                replace(
                    candidate.record, state=before.state, duplicate_of=before.duplicate_of,
                    warnings=before.warnings,
                )
            )  # fmt: skip
        else:
            fresh.append(candidate)
    return tuple(fresh), tuple(kept)


def _left_out_lines(records: Sequence[FileRecord]) -> list[str]:
    """Return a line for each file that was read just now and holds more than was read of it."""
    lines = [
        f"{record.name}: {left_out_words(record.left_out)} left out"
        for record in sorted(records, key=lambda one: one.name)
        if record.left_out
    ]
    more = len(lines) - _MOST_TOLD
    if more <= 0:
        return lines
    return [
        *lines[:_MOST_TOLD],
        f"and {count_of(more, 'file')} more with something left out: `residency corpus status`",
    ]


def _dropped(plan: _Plan, base: Base) -> list[str]:
    kept = {record.document for record in plan.kept if record.state is FileState.OK}
    return [document for document in base.identities if document not in kept]


def _identity(surveyed: Surveyed, rules: str, weights: str, server: Server | None) -> str:
    digest = hashlib.sha256(f"{FORMAT} {weights} {rules}".encode())
    rows: list[tuple[str, ...]] = sorted(
        (one.record.document, one.record.identity) for one in surveyed.candidates
    )
    rows += sorted((one.name, one.document, one.duplicate_of) for one in surveyed.duplicates)
    # All that the ledger tells of such a file, lest it keep telling what was.
    told = (*surveyed.failures, *surveyed.not_read)
    rows += sorted((one.name, one.reason, str(one.size)) for one in told)
    digest.update("\n".join("\0".join(row) for row in rows).encode("utf-8", "backslashreplace"))
    if server is not None:
        digest.update(server.shown.encode())
    return digest.hexdigest()[:12]
