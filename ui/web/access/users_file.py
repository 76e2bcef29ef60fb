"""The file of users: names, hashed passwords, who may change documents and approve answers."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.home.faults.kinds import next_step
from ui.errors import UsersError

# Of scrypt: 32 MB and about 0.2 s for one try. In the standard library, and unlike bcrypt it
# reads all of a long password.
_COST, _BLOCK, _LANES = 2**15, 8, 3
_MEMORY = 2 * 128 * _COST * _BLOCK
_SALT = 16
_SHORTEST = 12
_LONGEST = 1024
"""Characters of a password."""
_NOBODYS = f"scrypt:{_COST}:{_BLOCK}:{_LANES}:{'0' * 32}:{'0' * 128}"
"""Kept of no password: a try for a name that does not exist is held against it."""
NAME = re.compile(r"[\w.@+\\-]{1,128}")
"""What a user may be called; no colon, so that no user has the name of a nameless browser."""


@dataclass(frozen=True, slots=True)
class User:
    """One who may use the web page."""

    name: str
    password: str
    """As `hashed` returns it."""
    manager: bool = False
    """True for one who may change documents."""
    approver: bool = False
    """True for one who may approve answers; files of before this right say nothing of it."""


class Users:
    """The users of one file; what other processes change is seen at the next look."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, User] = {}
        self._stamp: tuple[int, int] | None = None
        # One password is checked at a time: each check takes memory and a core.
        self._checking = threading.Lock()

    def all(self) -> tuple[User, ...]:
        """Return the users by name. Raises UsersError when the file cannot be read."""
        return tuple(user for _, user in sorted(self._users().items()))

    def named(self, name: str) -> User | None:
        """Return a user, None when there is none of that name."""
        return self._users().get(name)

    def checked(self, name: str, password: str) -> User | None:
        """Return the user whose password it is; takes as long for a name that does not exist."""
        user = self.named(name)
        with self._checking:
            right = is_password(password, user.password if user else _NOBODYS)
        return user if right else None

    def add(
        self, name: str, password: str, *, manager: bool = False, approver: bool = False
    ) -> bool:
        """Add a user or give one a new password; return True for a new one. Raises UsersError."""
        _check_name(name)
        _check_password(password)
        added = User(name, hashed(password), manager, approver)
        with self._locked():
            users = self._users() if self._path.exists() else {}
            self._write({**users, name: added})
        return name not in users

    def give_rights(
        self, name: str, *, manager: bool | None = None, approver: bool | None = None
    ) -> User:
        """Give a user rights or take them; None leaves one as it is. Raises UsersError."""
        with self._locked():
            users = dict(self._users())
            known = users.get(name)
            if known is None:
                raise self._unknown(name, users)
            changed = replace(
                known,
                manager=known.manager if manager is None else manager,
                approver=known.approver if approver is None else approver,
            )
            self._write({**users, name: changed})
        return changed

    def remove(self, name: str) -> None:
        """Remove a user. Raises UsersError for a name that is not there."""
        with self._locked():
            users = dict(self._users())
            if users.pop(name, None) is None:
                raise self._unknown(name, users)
            self._write(users)

    def _unknown(self, name: str, users: Mapping[str, User]) -> UsersError:
        known = ", ".join(sorted(users)) or "nobody"
        return UsersError(f"{name}: no such user in {self._path}. There is {known}")

    def _users(self) -> dict[str, User]:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._stamp:
                self._known = _read(self._path)
                self._stamp = stamp
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            otherwise = "Make the file with `residency users add NAME`"
            raise UsersError(
                f"{self._path}: the users cannot be read ({error.strerror}). "
                f"{otherwise if missing else next_step(error)}"
            ) from error
        return self._known

    def _write(self, users: dict[str, User]) -> None:
        """Replace the file in one step, readable for its owner alone."""
        from pydantic import TypeAdapter

        content = TypeAdapter(list[User]).dump_json(list(users.values()), indent=1)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            aside.touch(mode=0o600)
            aside.write_bytes(content)
            aside.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> UsersError:
        return UsersError(
            f"{self._path}: the users cannot be written ({error.strerror}). {next_step(error)}, or "
            "give RESIDENCY_USERS_FILE another place"
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from changing the file meanwhile."""
        from filelock import FileLock

        lock = FileLock(f"{self._path}.lock")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()


def hashed(password: str) -> str:
    """Return what is kept of a password: the parameters, a salt and the hash."""
    salt = secrets.token_bytes(_SALT)
    return f"scrypt:{_COST}:{_BLOCK}:{_LANES}:{salt.hex()}:{_hash(password, salt).hex()}"


def is_password(password: str, kept: str) -> bool:
    """Tell whether a password is the one of which this was kept."""
    *_, salt, known = kept.split(":")
    return hmac.compare_digest(_hash(password, bytes.fromhex(salt)), bytes.fromhex(known))


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password[:_LONGEST].encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY
    )


def _read(path: Path) -> dict[str, User]:
    from pydantic import TypeAdapter, ValidationError

    try:
        users = TypeAdapter(list[User]).validate_json(path.read_bytes())
    except ValidationError as error:
        raise UsersError(
            f"{path}: no file of users ({error.errors()[0]['msg']}). Move it away and add the "
            "users with `residency users add NAME`"
        ) from error
    odd = [user.name for user in users if not _is_kept(user)]
    if odd:
        raise UsersError(f"{path}: the entry of {odd[0]!r} is damaged. Add that user again")
    return {user.name: user for user in users}


def _is_kept(user: User) -> bool:
    form = rf"scrypt:{_COST}:{_BLOCK}:{_LANES}:[0-9a-f]{{32}}:[0-9a-f]{{128}}"
    return bool(NAME.fullmatch(user.name) and re.fullmatch(form, user.password))


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise UsersError(
            f"{name!r}: no name for a user. Take letters, digits and . @ + - _, at most 128"
        )


def _check_password(password: str) -> None:
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise UsersError(f"The password: give it {_SHORTEST} to {_LONGEST} characters")
