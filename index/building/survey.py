"""What there is to index: the files of all sources, told apart without reading what is known."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import CorpusError, DocumentError, ManifestError
from corpus.formats import SUFFIXES
from corpus.intake.describe import MANIFEST, UNDESCRIBED, Given, read_manifest, read_sidecar, slug
from corpus.intake.not_read import Kind, documents_among, reason
from corpus.intake.sources import SourceFile, read_found
from corpus.intake.walk import FoundFile, OtherFile, Stamp, Unreadable, shown, walk
from index.types import FileRecord, FileState

_UNSETTLED_NS = 2_000_000_000
"""A file that changed this shortly before it was looked at may change again within the same tick
of the file system's clock; its stamp then tells nothing."""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or file whose documents are indexed."""

    location: str
    path: Path
    include: tuple[str, ...] = ()
    given: Given = UNDESCRIBED
    optional: bool = False
    """True where it need not exist."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that should become a document."""

    record: FileRecord
    """Its state is what is hoped for."""
    file: FoundFile
    source: SourceFile


@dataclass(frozen=True, slots=True)
class Known:
    """What the build before knows of files, and what the user said of documents."""

    files: Mapping[tuple[str, str], FileRecord]
    """By source and name."""
    corrections: Mapping[str, Given]
    left_out: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The files of all sources."""

    candidates: tuple[Candidate, ...]
    failures: tuple[FileRecord, ...]
    """What could not be looked at."""
    not_read: tuple[FileRecord, ...] = ()
    """What looks like a document of a kind that is not read."""
    duplicates: tuple[FileRecord, ...] = ()
    """Files with the bytes of a candidate, of which nothing else is said."""


def survey(roots: Sequence[Root], known: Known, asked: Mapping[str, str]) -> Surveyed:
    """Look at the files of the roots; read those that are not known or have changed.

    `asked` holds, by document id, a hash of the questions written for it.
    """
    found: list[Candidate] = []
    failures: list[FileRecord] = []
    not_read: dict[str, FileRecord] = {}
    taken: dict[tuple[int, int], str] = {}
    for root in roots:
        for outcome in _below(root, known):
            if isinstance(outcome, FileRecord):
                if outcome.state is FileState.NOT_READ:
                    not_read.setdefault(outcome.path, outcome)
                else:
                    failures.append(outcome)
                continue
            # Where one source lies in another, its files are those of the first.
            stamp = outcome.file.stamp
            if taken.setdefault((stamp.device, stamp.inode), root.location) == root.location:
                found.append(outcome)
    there = {(one.source, one.name) for one in (*failures, *(one.record for one in found))}
    named, clashes = _named(found, known, there)
    identified = [_identified(candidate, known, asked) for candidate in named]
    given = {one.source.given.id for one in found if one.source.given.id}
    candidates, duplicates = _once_each(identified, known, given)
    return Surveyed(candidates, (*failures, *clashes), tuple(not_read.values()), duplicates)


def _once_each(
    found: Sequence[Candidate], known: Known, named: Collection[str]
) -> tuple[tuple[Candidate, ...], tuple[FileRecord, ...]]:
    """Part the candidates from those that have the bytes of another and are described no other way.

    What was indexed before stays; else the first of them is indexed. `named` are the ids that
    somebody gave, whose documents stay apart.
    """
    by_bytes: dict[str, list[Candidate]] = {}
    for candidate in found:
        by_bytes.setdefault(candidate.record.sha256, []).append(candidate)
    duplicates: dict[str, FileRecord] = {}
    for group in by_bytes.values():
        first = next((one for one in group if _was(one, known, FileState.OK)), group[0])
        for other in group:
            if other is first or other.record.document in named:
                continue
            if _adds_nothing(other.source.given, first.source.given):
                duplicates[other.record.document] = replace(
                    other.record,
                    state=FileState.DUPLICATE,
                    duplicate_of=first.record.document,
                )
    kept = tuple(one for one in found if one.record.document not in duplicates)
    return kept, tuple(duplicates.values())


def _adds_nothing(given: Given, other: Given) -> bool:
    """Tell whether what is said of a file from outside is said of another too, addresses aside."""
    alone = replace(given, id="", source="")
    return alone.over(replace(other, id="", source="")) == replace(other, id="", source="")


def _below(root: Root, known: Known) -> Iterator[Candidate | FileRecord]:
    walked = walk(root.path, SUFFIXES, root.include)
    for entry in walked.unreadable:
        if not (root.optional and entry.path == root.path):
            yield _unreadable(root, entry)
    for other, kind in documents_among(walked.others):
        if (root.location, other.name) not in known.left_out:
            yield _not_read(root, other, kind)
    described: dict[str, Given] = {}
    try:
        described = read_manifest(root.path / MANIFEST)
    except (ManifestError, DocumentError) as error:
        yield failed_record(root.location, MANIFEST, root.path / MANIFEST, str(error))
    for file in walked.files:
        if (root.location, file.name) not in known.left_out:
            yield _candidate(root, file, described.get(file.path.name, Given()), known)


def _candidate(
    root: Root, file: FoundFile, described: Given, known: Known
) -> Candidate | FileRecord:
    before = known.files.get((root.location, file.name))
    checked = time.time_ns()
    try:
        if before is not None and before.sha256 and _is_settled(before, file.stamp):
            sha256 = before.sha256
        else:
            sha256 = hashlib.sha256(read_found(file)).hexdigest()
        given = root.given.over(read_sidecar(file.path).over(described))
    except CorpusError as error:
        return failed_record(root.location, file.name, file.path, str(error), file.stamp)
    record = FileRecord(
        root.location, file.name, shown(str(file.path)),
        FileState.OK, sha256=sha256, stamp=file.stamp, checked_ns=checked, size=file.stamp.size,
    )  # fmt: skip
    return Candidate(record, file, SourceFile(file.path, file.name, given))


def _is_settled(before: FileRecord, stamp: Stamp) -> bool:
    """Tell whether a stamp alone shows that a file has not changed since it was read."""
    latest = max(stamp.modified_ns, stamp.changed_ns)
    return before.stamp == stamp and latest + _UNSETTLED_NS < before.checked_ns


def _named(
    found: Iterable[Candidate], known: Known, there: Collection[tuple[str, str]]
) -> tuple[list[Candidate], list[FileRecord]]:
    """Give every candidate its id: what was said, else what it had, else what its bytes had under
    a name that is gone, else one from its name.

    `there` are the places of all files that there are.
    """
    taken: dict[str, Candidate] = {}
    clashes: list[FileRecord] = []
    waiting: list[Candidate] = []
    for candidate in found:
        said = candidate.source.given.id
        if said and said in taken:
            clashes.append(_clash(candidate, said))
        elif said:
            taken[said] = candidate
        else:
            waiting.append(candidate)
    fresh: list[Candidate] = []
    waiting.sort(key=lambda one: _was(one, known, FileState.REMOVED))
    gone = _gone(known, there)
    for candidate in waiting:
        before = known.files.get((candidate.record.source, candidate.record.name))
        left = candidate.record.sha256 in gone and _was(candidate, known, FileState.DUPLICATE)
        if before is not None and before.document and before.document not in taken and not left:
            taken[before.document] = candidate
        else:
            fresh.append(candidate)
    for candidate in fresh:
        had = (id_ for id_ in gone.get(candidate.record.sha256, ()) if id_ not in taken)
        id_ = next(had, "") or next(one for one in _ids(candidate.record) if one not in taken)
        taken[id_] = candidate
    return [_with_id(candidate, id_) for id_, candidate in taken.items()], clashes


def _was(candidate: Candidate, known: Known, state: FileState) -> bool:
    before = known.files.get((candidate.record.source, candidate.record.name))
    return before is not None and before.state is state


def _gone(known: Known, there: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the ids of documents whose files are gone, by the hash of their bytes; those that
    were indexed last come first.
    """
    found: dict[str, list[str]] = {}
    records = sorted(known.files.items(), key=lambda item: item[1].state is not FileState.OK)
    for place, record in records:
        if place not in there and place not in known.left_out and record.document:
            found.setdefault(record.sha256, []).append(record.document)
    found.pop("", None)
    return found


def _ids(record: FileRecord) -> Iterator[str]:
    """Return ids for a file, the plainest first."""
    plain = slug(record.name) or "document"
    yield plain
    yield f"{plain}-{Path(record.name).suffix.lower().lstrip('.')}"
    place = hashlib.sha256(f"{record.source}\0{record.name}".encode()).hexdigest()
    for length in range(6, len(place)):
        yield f"{plain}-{place[:length]}"


def _with_id(candidate: Candidate, id_: str) -> Candidate:
    return replace(
        candidate,
        record=replace(candidate.record, document=id_),
        source=replace(candidate.source, id=id_),
    )


def _identified(candidate: Candidate, known: Known, asked: Mapping[str, str]) -> Candidate:
    id_ = candidate.record.document
    given = known.corrections.get(id_, Given()).over(candidate.source.given)
    parts = (candidate.record.sha256, id_, candidate.record.name, repr(given), asked.get(id_, ""))
    identity = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return replace(
        candidate,
        record=replace(candidate.record, identity=identity),
        source=replace(candidate.source, given=replace(given, id=id_)),
    )


def _clash(candidate: Candidate, id_: str) -> FileRecord:
    error = DocumentError(
        candidate.record.name, f"another document has the id {id_!r} already",
        "Give it another id in the manifest or the file beside it",
    )  # fmt: skip
    return replace(candidate.record, state=FileState.FAILED, reason=str(error), document="")


def _unreadable(root: Root, entry: Unreadable) -> FileRecord:
    path = shown(str(entry.path))
    name = path.removeprefix(shown(str(root.path))).lstrip("/") or shown(entry.path.name)
    return failed_record(root.location, name, entry.path, f"{path}: {entry.reason}")


def _not_read(root: Root, other: OtherFile, kind: Kind) -> FileRecord:
    try:
        size = other.path.stat().st_size
    except OSError:
        # It is told by its name; that it went away or cannot be looked at adds nothing.
        size = 0
    return FileRecord(
        root.location, other.name, shown(str(other.path)), FileState.NOT_READ,
        reason(other.name, kind), checked_ns=time.time_ns(), size=size,
    )  # fmt: skip


def failed_record(
    source: str, name: str, path: Path, cause: str, stamp: Stamp | None = None
) -> FileRecord:
    """Return the record of a file that cannot be used."""
    return FileRecord(
        source, name, shown(str(path)), FileState.FAILED, cause, stamp=stamp,
        checked_ns=time.time_ns(), size=stamp.size if stamp else 0,
    )  # fmt: skip
