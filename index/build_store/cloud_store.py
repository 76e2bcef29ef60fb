"""A store of builds in a bucket, by fsspec: S3, Google Cloud Storage or Azure.

Who has which rights is the provider's matter: credentials come from where its own tools have them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from index.build_store.object_store import Stored
from index.build_store.store_address import StoreAddress
from index.build_store.store_faults import FULL, driver_missing, fault_of

_MODIFIED = ("LastModified", "last_modified", "mtime", "updated")
"""What providers call the time at which an object was written."""
_S3: Mapping[str, object] = {
    "config_kwargs": {
        "connect_timeout": 5,
        "read_timeout": 30,
        "retries": {"max_attempts": 3, "mode": "standard"},
    }
}
_TRIES = 2


class CloudStore:
    """A store in a bucket."""

    def __init__(self, address: StoreAddress) -> None:
        self._address = address
        self._system: Any = None

    def listed(self, folder: str) -> Mapping[str, Stored]:
        """Return what lies below a folder, by its name within that."""
        with self._told() as system:
            place = self._place(folder)
            found = system.find(place, detail=True)
        return {
            name.removeprefix(f"{place}/"): Stored(int(one["size"]), _modified(one))
            for name, one in found.items()
        }

    def read(self, name: str) -> bytes | None:
        """Return what an object holds, None where there is none."""
        with self._told() as system:
            try:
                return bytes(system.cat_file(self._place(name)))
            except FileNotFoundError as error:
                if _is_no_bucket(error):
                    raise
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write an object, in the place of one that is there."""
        with self._told() as system:
            system.pipe_file(self._place(name), content)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless there is one; tell whether it was written."""
        with self._told() as system:
            try:
                system.pipe_file(self._place(name), content, mode="create")
            except FileExistsError:
                return False
            return True

    def upload(self, source: Path, name: str) -> None:
        """Write an object from a file."""
        with source.open("rb"), self._told() as system:
            system.put_file(str(source), self._place(name))

    def download(self, name: str, target: Path) -> bool:
        """Write a file from an object; tell whether there was one."""
        target.touch()
        with self._told(onto_disk=True) as system:
            try:
                system.get_file(self._place(name), str(target))
            except FileNotFoundError as error:
                if _is_no_bucket(error):
                    raise
                return False
            return True

    def delete(self, name: str) -> None:
        """Delete an object; what is gone already is."""
        with self._told() as system:
            try:
                system.rm_file(self._place(name))
            except FileNotFoundError as error:
                if _is_no_bucket(error):
                    raise

    def tidy(self, folder: str) -> None:
        """Do nothing: uploads that were not ended are for the bucket's own rules to delete."""

    def _place(self, name: str) -> str:
        return f"{self._system._strip_protocol(str(self._address))}/{name}"

    def _opened(self) -> Any:
        if self._system is None:
            # Loading fsspec and what speaks with a provider takes the better part of a second.
            import fsspec

            missing = driver_missing(self._address)
            if missing is not None:
                raise missing
            is_s3 = self._address.protocol.startswith("s3")
            options = _S3 if is_s3 else {}
            self._system = fsspec.filesystem(
                self._address.protocol, skip_instance_cache=True, use_listings_cache=False,
                **options,
            )  # fmt: skip
            if is_s3:
                # What speaks with S3 tries again by itself, and s3fs all of that five times.
                self._system.retries = _TRIES
        return self._system

    @contextmanager
    def _told(self, *, onto_disk: bool = False) -> Iterator[Any]:
        """Yield what speaks with the provider; raise what it raises as what can be done.

        What a full disk of this machine raises is left alone.
        """
        try:
            yield self._opened()
        except Exception as error:
            if onto_disk and isinstance(error, OSError) and error.errno in FULL:
                raise
            fault = fault_of(self._address, error)
            if fault is not None:
                raise fault from error
            raise


def _is_no_bucket(error: FileNotFoundError) -> bool:
    answer = getattr(error.__cause__, "response", None)
    return isinstance(answer, dict) and answer.get("Error", {}).get("Code") == "NoSuchBucket"


def _modified(row: Mapping[str, Any]) -> float:
    for name in _MODIFIED:
        found = row.get(name)
        if isinstance(found, datetime):
            return found.timestamp()
        if isinstance(found, str):
            return datetime.fromisoformat(found).timestamp()
        if isinstance(found, (int, float)):
            return float(found)
    # Nothing is collected whose age nobody tells.
    return time.time()
