"""A store of builds in a folder that machines share: each file appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.build_store.object_store import Stored
from index.build_store.store_address import StoreAddress
from index.build_store.store_faults import fault_of, not_there
from index.home.paths import sync_folder

_PART = ".part"
"""Ends the name of what is being written; nobody lists or reads it."""


class FolderStore:
    """A store in a folder."""

    def __init__(self, address: StoreAddress, folder: Path) -> None:
        self._address = address
        self._folder = folder

    def listed(self, folder: str) -> Mapping[str, Stored]:
        """Return what lies below a folder, by its name within that."""
        with self._told():
            self._expect_folder()
            return dict(_found(self._folder / folder))

    def read(self, name: str) -> bytes | None:
        """Return what an object holds, None where there is none."""
        with self._told():
            self._expect_folder()
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write an object, in the place of one that is there."""
        with self._told(), self._written(name) as part:
            part.write_bytes(content)
            _flush(part)
            part.replace(self._folder / name)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless there is one; tell whether it was written."""
        with self._told(), self._written(name) as part:
            part.write_bytes(content)
            _flush(part)
            try:
                # Unlike a rename, a link never takes the place of a file.
                (self._folder / name).hardlink_to(part)
            except FileExistsError:
                return False
            return True

    def upload(self, source: Path, name: str) -> None:
        """Write an object from a file."""
        with source.open("rb") as content, self._told(), self._written(name) as part:
            with part.open("wb") as written:
                shutil.copyfileobj(content, written)
            _flush(part)
            part.replace(self._folder / name)

    def download(self, name: str, target: Path) -> bool:
        """Write a file from an object; tell whether there was one."""
        with self._told():
            self._expect_folder()
            try:
                content = (self._folder / name).open("rb")
            except FileNotFoundError:
                return False
        with content, target.open("wb") as written:
            shutil.copyfileobj(content, written)
        return True

    def delete(self, name: str) -> None:
        """Delete an object; what is gone already is."""
        with self._told():
            (self._folder / name).unlink(missing_ok=True)

    def tidy(self, folder: str) -> None:
        """Delete what killed writers left below a folder, where nobody writes."""
        with self._told():
            for left in (self._folder / folder).glob(f"*{_PART}"):
                left.unlink(missing_ok=True)

    def _expect_folder(self) -> None:
        # A mount that is missing must not look like a store with nothing in it.
        if not self._folder.is_dir():
            raise not_there(self._address, "no such folder")

    @contextmanager
    def _written(self, name: str) -> Iterator[Path]:
        """Yield the path that an object is written at before it gets its name."""
        self._expect_folder()
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}{_PART}")
        try:
            yield part
            sync_folder(target.parent, deep=False)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise fault_of(self._address, error) or error from error


def _found(folder: Path) -> Iterator[tuple[str, Stored]]:
    for path in folder.rglob("*"):
        if path.name.endswith(_PART):
            continue
        try:
            status = path.stat()
        except FileNotFoundError:
            # Deleted since it was listed.
            continue
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield name, Stored(status.st_size, status.st_mtime)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
