"""What lies in a store of builds, and how it is read and written.

    files/SHA256            every file of every build, once
    builds/NAME.json        which files a build is made of, with size and SHA-256
    pointers/NUMBER.json    which build is current: the highest number says it
    replicas/ID.json        what a home that fetches has
    writer.json             who writes, where no database tells it

Files come first, then the build, then the pointer, each written once and never again. A pointer is
made only where there is none of its number: of two builders that began from the same one, one is
refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from index.build_store.cloud_store import CloudStore
from index.build_store.folder_store import FolderStore
from index.build_store.object_store import ObjectStore, Stored
from index.build_store.store_address import SETTING, BuildStore
from index.errors import NewerBuild, PublishedDamaged
from index.home.manifest import FILE, FORMAT
from index.home.paths import inside

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LAYOUT = 2
"""Raised whenever an earlier version must not read or collect what this one publishes."""
FILES = "files"
_BUILDS = "builds"
_POINTERS = "pointers"
_REPLICAS = "replicas"
_JSON = ".json"
_SHORT = 8
"""Characters of a hash that tell two builds of one id apart."""
_AGAIN = "Publish it again: `residency build publish --anew` where it was built"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a build."""

    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedBuild:
    """A build as a store has it."""

    layout: int
    format: int
    """Of the build: who knows another one cannot read it."""
    id: str
    """That of the build's own manifest."""
    server: str
    """Address of the Chroma server with its vectors; empty when they lie in the build."""
    collections: str
    """What the names of its collections there begin with."""
    encoder: str
    """Name of the folder of models that its exported encoder lies in."""
    files: Mapping[str, PublishedFile]
    """By name within the build."""
    model: Mapping[str, PublishedFile]
    """By name within the folder of the encoder."""
    uploads: Mapping[str, PublishedFile] = field(default_factory=dict)
    """What users handed over, by name within the folder of such files."""

    @property
    def size(self) -> int:
        """Bytes of all that it is made of."""
        return sum(one.size for one in self.parts())

    def parts(self) -> tuple[PublishedFile, ...]:
        """Return all that it is made of."""
        return (*self.files.values(), *self.model.values(), *self.uploads.values())


class Listed(NamedTuple):
    """The list of a build's files, as it was written."""

    name: str
    """Of the build in the store."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which build is current."""

    layout: int
    number: int
    build: str
    """Its name."""
    format: int
    sha256: str
    """Of what the store has under that name."""
    published: str
    """UTC, ISO 8601."""
    by: str
    """The machine that published it."""
    program: str
    """Version that did."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a home that fetches has."""

    build: str
    """Name of the build that it answers from; empty for none of the store."""
    wants: str
    """Name of the build that it is fetching; empty for none."""
    format: int
    """That its program reads."""
    host: str


class Published:
    """The builds of a store; every method raises BuildStoreUnusable."""

    def __init__(self, store: BuildStore, objects: ObjectStore) -> None:
        self.store = store
        self.objects = objects

    @property
    def where(self) -> str:
        """The address of the store."""
        return str(self.store.address)

    def pointer(self) -> Pointer | None:
        """Return what is current, None where nothing was published yet."""
        numbers = self.pointers()
        if not numbers:
            return None
        found = self.pointer_of(max(numbers))
        if found is None:
            raise PublishedDamaged(
                self.where, "its pointer is gone since it was listed", "Try again"
            )
        return found

    def pointers(self) -> dict[int, Stored]:
        """Return the pointers that there are, by number."""
        found = self.objects.listed(_POINTERS).items()
        return {int(number): one for name, one in found if (number := _stem(name)).isdecimal()}

    def pointer_of(self, number: int) -> Pointer | None:
        """Return the pointer of a number, None where it is gone."""
        return self._read(_numbered(number), Pointer)

    def build(self, name: str, sha256: str = "") -> PublishedBuild:
        """Return a build, held against the hash that a pointer has of it.

        Raises PublishedDamaged and NewerBuild.
        """
        content = self.objects.read(f"{_BUILDS}/{name}{_JSON}")
        if content is None:
            raise PublishedDamaged(
                self.where, f"the build {name} is published by half: its list of files is missing",
                _AGAIN,
            )  # fmt: skip
        found = hashlib.sha256(content).hexdigest()
        if found != (sha256 or found) or not name.endswith(f"-{found[:_SHORT]}"):
            raise PublishedDamaged(
                self.where, f"the list of files of the build {name} has another checksum", _AGAIN
            )
        build = self._parsed(content, PublishedBuild, name)
        self._check_names(name, build)
        return build

    def builds(self) -> dict[str, Stored]:
        """Return the builds that there are by name, those without a pointer included."""
        found = self.objects.listed(_BUILDS).items()
        return {_stem(name): one for name, one in found if name.endswith(_JSON)}

    def add(self, build: PublishedBuild) -> Listed:
        """Write the list of a build's files; the same list has the same name."""
        content = _adapter(PublishedBuild).dump_json(build, indent=1)
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"{build.id}-{sha256[:_SHORT]}"
        self.objects.write(f"{_BUILDS}/{name}{_JSON}", content)
        return Listed(name, sha256)

    def point(self, pointer: Pointer) -> bool:
        """Make a build current; tell whether nobody else did meanwhile."""
        content = _adapter(Pointer).dump_json(pointer)
        return self.objects.create(_numbered(pointer.number), content)

    def forget(self, build: str) -> None:
        """Delete the list of a build's files."""
        self.objects.delete(f"{_BUILDS}/{build}{_JSON}")

    def forget_pointer(self, number: int) -> None:
        """Delete a pointer that is not the highest."""
        self.objects.delete(_numbered(number))

    def files(self) -> Mapping[str, Stored]:
        """Return the files that there are, by hash."""
        return self.objects.listed(FILES)

    def report(self, replica: str, report: Report) -> None:
        """Write what a home has."""
        content = _adapter(Report).dump_json(report)
        self.objects.write(f"{_REPLICAS}/{replica}{_JSON}", content)

    def reports(self) -> dict[str, tuple[Report, Stored]]:
        """Return what homes have, by their ids, and when they said so."""
        found = {}
        for name, stored in self.objects.listed(_REPLICAS).items():
            report = self._read(f"{_REPLICAS}/{name}", Report)
            if report is not None:
                found[_stem(name)] = report, stored
        return found

    def forget_report(self, replica: str) -> None:
        """Delete what a home reported."""
        self.objects.delete(f"{_REPLICAS}/{replica}{_JSON}")

    def missing(self, build: PublishedBuild) -> tuple[str, ...]:
        """Return the names of a build's files that the store lacks or has in another size."""
        there = self.files()
        named = (*build.files.items(), *build.model.items(), *build.uploads.items())
        return tuple(
            name
            for name, one in named
            if one.sha256 not in there or there[one.sha256].size != one.size
        )

    def _read(self, name: str, kind: type[_Value]) -> _Value | None:
        content = self.objects.read(name)
        if content is None:
            return None
        return self._parsed(content, kind, name)

    def _parsed(self, content: bytes, kind: type[_Value], name: str) -> _Value:
        """Return a value of the store; raise NewerBuild for one of a later layout."""
        from pydantic import ValidationError

        try:
            found = _adapter(kind).validate_json(content)
        except ValidationError as error:
            layout = _layout(content)
            if layout > LAYOUT:
                raise self.newer(f"layout {layout}, this version knows {LAYOUT}") from None
            raise PublishedDamaged(
                self.where, f"{name} cannot be read ({error.errors()[0]['msg']})", _AGAIN
            ) from error
        layout = getattr(found, "layout", LAYOUT)
        if layout > LAYOUT:
            raise self.newer(f"layout {layout}, this version knows {LAYOUT}")
        return found

    def newer(self, what: str) -> NewerBuild:
        """Return the error of what a later version has published."""
        return NewerBuild(
            self.where, f"a later version of the program has published there ({what})",
            f"Install that version, or set {SETTING} to another store",
        )  # fmt: skip

    def newer_format(self, found: int) -> NewerBuild:
        """Return the error of a build whose format this version does not know yet."""
        return self.newer(f"a build of format {found}, this version reads {FORMAT}")

    def _check_names(self, build: str, found: PublishedBuild) -> None:
        """Raise PublishedDamaged for names that lead out of the folders of a home."""
        try:
            for name in (build, found.encoder):
                if "/" in inside(name) or name.startswith("."):
                    raise ValueError(f"{name!r} is no name of a folder")
            for name in (*found.files, *found.model):
                inside(name)
            for name in found.uploads:
                if "/" in inside(name) or name.startswith("."):
                    raise ValueError(f"{name!r} is no name of a file")
            if FILE not in found.files:
                raise ValueError(f"{FILE} is missing")
        except ValueError as error:
            raise PublishedDamaged(self.where, f"the build {build!r}: {error}", _AGAIN) from None


def opened(store: BuildStore) -> Published:
    """Return the builds of a store; nothing is asked of it yet."""
    folder = store.address.folder
    if folder is not None:
        return Published(store, FolderStore(store.address, folder))
    return Published(store, CloudStore(store.address))


def _adapter(kind: type[_Value]) -> TypeAdapter[_Value]:
    # Loading it takes a while, for those who only have the address.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _layout(content: bytes) -> int:
    try:
        return int(json.loads(content)["layout"])
    except (ValueError, KeyError, TypeError):
        return 0


def _numbered(number: int) -> str:
    return f"{_POINTERS}/{number:010}{_JSON}"


def _stem(name: str) -> str:
    return name.removesuffix(_JSON)
