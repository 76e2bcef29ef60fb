"""Who asks: a browser without a name, a user with a password, or one that a proxy names."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import logging
import math
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from assistant.settings import Settings, database_of
from index.errors import StoreUnusable
from ui.errors import AccessError, LineFull
from ui.shared.bounds.turns import Turns
from ui.shared.logs import note
from ui.shared.rates import Limit, Rate, take_each
from ui.shared.replicas.counting import limit_of
from ui.web.access.parties import place_of
from ui.web.access.sessions import OwnSessions, Sessions
from ui.web.access.users_file import NAME, User, Users

_LOG = logging.getLogger(__name__)
COOKIE = "residency"
_OWNER = "web:"
_GUEST = "guest:"
_TOKEN = re.compile(r"[\w-]{43}")
_GUEST_DAYS = 400
_BELIEVED_S = 300.0
"""How long a password that was right is not hashed again."""
_BELIEVED = 1000
_MINUTE_S = 60.0
_NEW_GUESTS = 120
"""Browsers of one address that may come without a cookie in a minute."""
_AWAY_S = 5
_LONGEST_NOTED = 80
_LONGEST_HEADER = 8_192
"""Characters of an Authorization header: a name and a password of the greatest length."""
_HASHED = 20
"""Passwords of those at no known place that may wait to be looked at, a fifth of a second each."""
_HASHING_S = 4
_STRANGERS = "strangers"
_TRIES = 10
"""Wrong passwords in a minute, from one address and for one name."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The one that a request comes from."""

    name: str
    cookie: str = ""
    """What a browser is to be given, empty where it has what it needs."""
    party: str = ""
    """With whom it is counted; empty for one who is counted alone."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a request is from nobody that is known."""

    status: int
    message: str
    log_in: bool = False
    """True where a name and a password would help."""
    wait_s: int = 0
    """Seconds after which it is worth trying again."""


def unable(error: StoreUnusable) -> Refused:
    """Return what somebody is told whose login cannot be looked up; the log has the rest."""
    _LOG.warning("%s", error)
    return Refused(503, "Logins cannot be looked up at the moment. Try again soon", wait_s=_AWAY_S)


class Places(Protocol):
    """Where users logged in well before."""

    def knows(self, user: str, place: str) -> bool:
        """Tell whether a user logged in from a place before."""
        ...

    def note(self, user: str, place: str) -> None:
        """Note a login that went well."""
        ...


class Access(Protocol):
    """Tells callers apart, in one of three ways."""

    cookie_s: int
    """Seconds that a browser keeps its cookie."""
    asks: bool
    """True where a database is asked who it is, which takes a while."""

    def caller(self, request: HTTPConnection, peer: str) -> Caller | Refused:
        """Return who sent a request; may take the time of a password's hash.

        `peer` is the address at the other end of the connection, a proxy's where there is one.
        Raises StoreUnusable.
        """
        ...

    def may_manage(self, owner: str) -> bool:
        """Tell whether an owner may change documents."""
        ...

    def may_approve(self, owner: str) -> bool:
        """Tell whether an owner may approve answers."""
        ...

    def people(self) -> tuple[str, ...]:
        """Return the names that work can be given to, where they are known."""
        ...


def access_of(settings: Settings, host: str) -> Guests | Members | Proxied:
    """Return the way that the settings ask for. Raises AccessError, UsersError."""
    by_file = settings.users_file.name != ""
    if by_file and settings.proxy_user_header:
        raise AccessError(
            "RESIDENCY_USERS_FILE and RESIDENCY_PROXY_USER_HEADER: both are set, and users come "
            "from one of them. Unset the other"
        )
    for role, named in (("manager", settings.managers), ("approver", settings.approvers)):
        if named and not settings.proxy_user_header:
            raise AccessError(
                f"RESIDENCY_{role.upper()}S: it is for users that a proxy names. Set "
                f"RESIDENCY_PROXY_USER_HEADER, or mark {role}s with `residency users add --{role}`"
            )
        _check_names(role, named)
    for part in settings.proxy_addresses:
        _network(part)
    if by_file:
        users = Users(settings.users_file)
        users.all()
        return _members(users, settings)
    if settings.proxy_user_header:
        return Proxied(settings)
    coming = limit_of(database_of(settings), "new browsers", _NEW_GUESTS, _MINUTE_S)
    return Guests(is_alone=is_loopback(host) and not settings.proxy_addresses, coming=coming)


def _members(users: Users, settings: Settings) -> Members:
    # Loading SQLAlchemy takes a while.
    from ui.web.access.known_places import FILE, KnownPlaces

    server, seconds = database_of(settings), settings.session_hours * 3600
    tries = limit_of(server, "passwords", _TRIES, _MINUTE_S)
    places = KnownPlaces(server or settings.home / FILE)
    if server is None:
        return Members(users, OwnSessions(seconds), tries, places=places)
    from ui.web.access.shared_sessions import SharedSessions

    return Members(users, SharedSessions(server, seconds), tries, places=places)


def is_loopback(host: str) -> bool:
    """Tell whether an address is of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Guests:
    """Nobody has a name; each browser is told apart by a random cookie."""

    cookie_s = _GUEST_DAYS * 24 * 3600

    def __init__(self, *, is_alone: bool, coming: Limit | None = None) -> None:
        self.is_alone = is_alone
        """True where the page is served to this machine and nobody else."""
        self._coming = coming or Rate(_NEW_GUESTS, _MINUTE_S)
        self.asks = not isinstance(self._coming, Rate)

    def caller(self, request: HTTPConnection, peer: str) -> Caller | Refused:
        """Return the browser of a request; one without a cookie is a new one."""
        token = request.cookies.get(COOKIE, "")
        address = place_of(request.client.host if request.client else peer)
        party = f"at {address}"
        if _TOKEN.fullmatch(token):
            return Caller(_guest(token), party=party)
        wait = math.ceil(self._coming.take(address))
        if wait:
            return Refused(
                429, f"Too many new browsers from your address. Come back in {wait} s", wait_s=wait
            )
        token = secrets.token_urlsafe(32)
        return Caller(_guest(token), token, party)

    def may_manage(self, owner: str) -> bool:  # noqa: ARG002 - all are alike
        """Let everybody who sits at this machine, and nobody else."""
        return self.is_alone

    def may_approve(self, owner: str) -> bool:  # noqa: ARG002 - all are alike
        """Let everybody who sits at this machine, and nobody else."""
        return self.is_alone

    def people(self) -> tuple[str, ...]:
        """Return nobody: browsers have no names."""
        return ()


def _guest(token: str) -> str:
    """Return a browser's name, from which its cookie cannot be told."""
    return _GUEST + hashlib.sha256(token.encode()).hexdigest()[:32]


class Members:
    """Users of a file, by a login of the page or by HTTP Basic."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        tries: Limit | None = None,
        clock: Callable[[], float] = time.monotonic,
        places: Places | None = None,
    ) -> None:
        """Prepare; without `places` nobody's are known, and anybody's failures may lock one out."""
        self._users = users
        self._places = places
        self._hashing = Turns(line=_HASHED)
        self._sessions = sessions
        self.asks = not isinstance(sessions, OwnSessions)
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._believed: OrderedDict[bytes, float] = OrderedDict()
        self._tries = tries or Rate(_TRIES, _MINUTE_S, clock)
        self.cookie_s = int(sessions.seconds)

    def caller(self, request: HTTPConnection, peer: str) -> Caller | Refused:
        """Return the user of a session or of an Authorization header."""
        session = self._sessions.find(request.cookies.get(COOKIE, ""))
        if session is not None:
            user = self._users.named(session.user)
            if user is not None and session.is_of(user.password):
                return Caller(user.name)
        given = _basic(request.headers.get("authorization", ""))
        if given is None:
            return Refused(401, "Log in first: this page has users", log_in=True)
        found = self.checked(*given, request.client.host if request.client else peer)
        return found if isinstance(found, Refused) else Caller(found.name)

    def log_in(self, name: str, password: str, address: str) -> str | Refused:
        """Return the token of a new session."""
        found = self.checked(name, password, address)
        return (
            found
            if isinstance(found, Refused)
            else self._sessions.begin(found.name, found.password)
        )

    def log_out(self, token: str) -> None:
        """End a session."""
        self._sessions.end(token)

    def checked(self, name: str, password: str, address: str) -> User | Refused:
        """Return the user whose password it is; slow down who guesses."""
        user = self._users.named(name)
        proof = hmac.digest(self._key, repr((name, password, user)).encode(), "sha256")
        if user is not None and self._believed.get(proof, 0.0) > self._clock():
            return user
        place = place_of(address)
        is_known = self._places is not None and self._places.knows(name, place)
        # From a known place the failures of others, wherever they are, are not counted.
        whose = (f"for {name} at {place}",) if is_known else (f"at {place}", f"for {name}")
        tries = [(self._tries, one) for one in whose]
        # Taken before the password is looked at: of many at once no more are looked at than may be.
        wait = math.ceil(take_each(tries))
        if wait:
            return Refused(429, f"Too many wrong passwords. Try again in {wait} s", True, wait)
        try:
            # Strangers wait in one line: however many they are, a known place is next but one.
            with self._hashing.of(place if is_known else _STRANGERS):
                found = self._users.checked(name, password)
        except LineFull:
            _give_back(tries)
            return Refused(503, "Too many are logging in. Try again in a moment", True, _HASHING_S)
        if found is None:
            note("login_refused", user=name[:_LONGEST_NOTED], address=address)
            return Refused(401, "The name or the password is not right", log_in=True)
        _give_back(tries)
        if self._places is not None:
            self._places.note(name, place)
        self._believe(proof)
        return found

    def _believe(self, proof: bytes) -> None:
        self._believed[proof] = self._clock() + _BELIEVED_S
        while len(self._believed) > _BELIEVED:
            self._believed.popitem(last=False)

    def may_manage(self, owner: str) -> bool:
        """Let those who are marked in the file."""
        user = self._users.named(owner.removeprefix(_OWNER))
        return user is not None and user.manager

    def may_approve(self, owner: str) -> bool:
        """Let those who are marked in the file."""
        user = self._users.named(owner.removeprefix(_OWNER))
        return user is not None and user.approver

    def people(self) -> tuple[str, ...]:
        """Return the users of the file."""
        return tuple(user.name for user in self._users.all())


class Proxied:
    """Users named by a proxy that has checked them."""

    cookie_s = 0
    asks = False

    def __init__(self, settings: Settings) -> None:
        if not settings.proxy_addresses:
            raise AccessError(
                "RESIDENCY_PROXY_ADDRESSES: not set, and a user's name is believed from a proxy "
                "alone. Set the address of the proxy"
            )
        self._header = settings.proxy_user_header
        self._proxies = tuple(_network(part) for part in settings.proxy_addresses)
        self._managers = frozenset(settings.managers)
        self._approvers = frozenset(settings.approvers)

    def caller(self, request: HTTPConnection, peer: str) -> Caller | Refused:
        """Return the user that the proxy names; nobody is believed who came around it."""
        if not any(_address(peer) in network for network in self._proxies):
            return Refused(403, "This page is reached through its proxy alone")
        names = request.headers.getlist(self._header)
        if len(names) != 1 or not NAME.fullmatch(names[0]):
            return Refused(401, f"The proxy names no user in {self._header}")
        return Caller(names[0])

    def may_manage(self, owner: str) -> bool:
        """Let those whom the settings name."""
        return owner.removeprefix(_OWNER) in self._managers

    def may_approve(self, owner: str) -> bool:
        """Let those whom the settings name."""
        return owner.removeprefix(_OWNER) in self._approvers

    def people(self) -> tuple[str, ...]:
        """Return nobody: the proxy names those alone who ask."""
        return ()


def _check_names(role: str, named: Sequence[str]) -> None:
    """Raise AccessError for a name that no proxy can give: it would be a right that nobody has."""
    odd = [name for name in named if not NAME.fullmatch(name)]
    if odd:
        raise AccessError(
            f"RESIDENCY_{role.upper()}S: {odd[0]!r} is no name of a user, nobody would have the "
            "right. Write names as the proxy gives them, with commas between"
        )


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise AccessError(
            f"RESIDENCY_PROXY_ADDRESSES: {text}: no address and no network ({error}). Write them "
            "as 10.0.0.7 or 10.1.0.0/16, with commas between"
        ) from error


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        # A connection without an address, over a socket file: not that of any proxy.
        return ipaddress.ip_address("::")


def _give_back(tries: Sequence[tuple[Limit, str]]) -> None:
    for rate, whose in tries:
        rate.give_back(whose)


def _basic(header: str) -> tuple[str, str] | None:
    """Return name and password of an Authorization header."""
    kind, _, rest = header.partition(" ")
    if kind.lower() != "basic" or len(header) > _LONGEST_HEADER:
        return None
    try:
        name, colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
