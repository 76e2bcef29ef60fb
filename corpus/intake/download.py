"""One page of the web, asked for within a time and a size, whatever the server does."""

from __future__ import annotations

import hashlib
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self
from urllib.parse import urlsplit

from corpus.errors import ComeLater, FetchError
from corpus.formats.registry import BY_MEDIA_TYPE, BY_SUFFIX, stored_as
from corpus.intake.addresses import check, raw_page
from corpus.intake.reach import OutOfReach, Reach
from corpus.intake.refetching.robots import PRODUCT
from corpus.intake.shelf import Page, Record

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
_PERMANENT = (301, 308)
_LATER = (429, 503)
"""Statuses by which a host asks to be left alone."""
_PIECE = 1 << 16
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
_TRY_LATER = "Try again later"
_UNTOLD_CAUSE = "cannot be had as a page from a public address of the web in time"
_BY_FILE = "Check the address, or save the page yourself and add the file"
_GIVE_ANOTHER = "Check the address, or save the page yourself and give the file"


Before = Callable[[str], None]
"""Told of each address before it is asked for, also of redirects; may raise FetchError."""


def download(
    url: str, stored: Record | None, part: BinaryIO, deadline: Deadline, limit: int,
    before: Before = lambda address: None, reach: Reach = Reach.ANY,
) -> Page:  # fmt: skip
    """Ask for a page and write its bytes into `part`; only what changed since `stored` is sent.

    Raises FetchError for whatever is no page, or does not come whole before the deadline;
    ComeLater where the host wants to be asked later.
    """
    with _asked(url, deadline, reach) as client, ExitStack() as stack:
        response, moved_to = _follow(url, stored, client, deadline, stack, before)
        if response.status_code == 304 and stored and _conditions(stored, str(response.url)):
            return Page(_confirmed(stored, response), "", moved_to)
        if response.status_code != 200:
            raise _of_status(url, response)
        suffix = _suffix(url, response)
        digest = hashlib.sha256()
        for piece in _body(url, response, deadline, limit):
            digest.update(piece)
            part.write(piece)
        deadline.left()
        if not part.tell():
            raise FetchError(url, "is empty", _GIVE_ANOTHER)
        part.flush()
        os.fsync(part.fileno())
        return Page(_record(url, response, digest.hexdigest()), suffix, moved_to)


def download_rules(origin: str, deadline: Deadline, limit: int, reach: Reach = Reach.ANY) -> str:
    """Return what a host's robots.txt says; empty where it has none. `limit` bytes are read.

    Raises FetchError where that cannot be known: the host, or what is between, has a fault.
    """
    url = f"{origin}/robots.txt"
    with _asked(url, deadline, reach) as client, ExitStack() as stack:
        response, _ = _follow(url, None, client, deadline, stack, lambda address: None)
        if 400 <= response.status_code < 500 and response.status_code != 429:
            return ""
        if response.status_code != 200:
            raise _of_status(url, response)
        read = bytearray()
        with suppress(_TooLarge):
            for piece in _body(url, response, deadline, limit):
                read += piece
        return read.decode("utf-8", errors="replace")


class _Followed(NamedTuple):
    """An answer behind redirects."""

    response: httpx.Response
    moved_to: str


def _follow(
    url: str, stored: Record | None, client: httpx.Client, deadline: Deadline, stack: ExitStack,
    before: Before,
) -> _Followed:  # fmt: skip
    """Return the answer behind all redirects, its body not yet read; the stack closes it."""
    address = raw_page(url)
    moved_to, permanent = "", True
    for _ in range(_REDIRECTS + 1):
        before(address)
        # Each hop is a request of its own: nothing that one host was told goes to the next.
        response = stack.enter_context(
            client.stream(
                "GET",
                address,
                headers=_conditions(stored, address),
                timeout=deadline.left(),
                extensions={"trace": deadline.watch},
            )
        )
        if response.next_request is None:
            return _Followed(response, moved_to)
        address = _next_address(url, address, str(response.next_request.url))
        permanent = permanent and response.status_code in _PERMANENT
        moved_to = address if permanent else moved_to
        response.close()
    raise FetchError(url, f"redirects more than {_REDIRECTS} times", _GIVE_ANOTHER)


@contextmanager
def _asked(url: str, deadline: Deadline, reach: Reach) -> Iterator[httpx.Client]:
    """Yield what asks for pages; what goes wrong meanwhile is told in this package's words."""
    told = _explained(url, deadline)
    if reach is Reach.PUBLIC:
        told = _told_alike(url, deadline)
    with told, _client(url, deadline, reach) as client:
        yield client


def _client(url: str, deadline: Deadline, reach: Reach) -> httpx.Client:
    import httpx

    # Only what is unpacked piece by piece below is asked for.
    headers = {"User-Agent": PRODUCT, "Accept-Encoding": "gzip"}
    try:
        certificates = _certificates(
            os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
        )
        if reach is Reach.PUBLIC:
            from corpus.intake.pinned_transport import PinnedTransport

            return httpx.Client(
                headers=headers, transport=PinnedTransport(certificates, deadline.left),
                trust_env=False,
            )  # fmt: skip
        return httpx.Client(headers=headers, verify=certificates)
    except (OSError, ValueError, ImportError) as error:
        raise FetchError(
            url, f"cannot be asked for ({error})",
            "Check the environment's settings of proxies and certificates",
        ) from error  # fmt: skip


@cache
def _certificates(_file: str, _folder: str) -> ssl.SSLContext:
    """Return what servers are checked by; reading it costs more than all else of a request."""
    import httpx

    return httpx.create_ssl_context()


def _next_address(url: str, address: str, target: str) -> str:
    check(target, url, "redirects to what ")
    if address.startswith("https:") and target.startswith("http:"):
        raise FetchError(
            url, f"redirects from https to {target}, which anyone between could change",
            "Give that address itself if it is to be trusted",
        )  # fmt: skip
    return target


def _conditions(stored: Record | None, address: str) -> dict[str, str]:
    # A date compares only with the same page's: behind another redirect it says nothing.
    if stored is None or _normal(address) != stored.final_url:
        return {}
    told = {"If-None-Match": stored.etag, "If-Modified-Since": stored.last_modified}
    return {name: value for name, value in told.items() if value and _is_plain(value)}


def _normal(address: str) -> str:
    import httpx

    return str(httpx.URL(address))


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _of_status(url: str, response: httpx.Response) -> FetchError:
    """Return what a status that brings no page means."""
    status = response.status_code
    cause = f"answers with status {status} {response.reason_phrase}".strip()
    if status in _LATER:
        return ComeLater(url, cause, _after_status(status), _retry_after(response))
    return FetchError(url, cause, _after_status(status))


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that a host wants to be left alone; None where it says nothing usable.

    A date is held against the host's own clock where it tells it: that clock may be wrong.
    """
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:12])
    until = _date(said)
    if until is None:
        return None
    now = _date(response.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _date(said: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _after_status(status: int) -> str:
    if status in (401, 403, 407):
        return "Sign in with a browser, save the page and give the file"
    return _TRY_LATER if status in (408, 425, 429) or status >= 500 else _GIVE_ANOTHER


def _suffix(url: str, response: httpx.Response) -> str:
    stated = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    named = _named_suffix(response.url.path) or _named_suffix(urlsplit(url).path)
    if stated == "text/plain" and named == ".md":
        return ".md"
    suffix = named if stated in _UNTOLD else stored_as(BY_MEDIA_TYPE.get(stated))
    if not suffix:
        raise FetchError(
            url, f"is of the type {stated or 'that nothing tells'}, not a page or document",
            "Give the address of a web page, Markdown, text, PDF or Word file",
        )  # fmt: skip
    return suffix


def _named_suffix(path: str) -> str:
    return stored_as(BY_SUFFIX.get(PurePosixPath(path).suffix.lower()))


def _body(url: str, response: httpx.Response, deadline: Deadline, limit: int) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(url, f"is packed as {encoding}, which was not asked for", _GIVE_ANOTHER)
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large(url, limit)
    raw = _limited(url, response.iter_raw(), limit)
    pieces = _unpacked(raw) if encoding.endswith("gzip") else raw
    for piece in _limited(url, pieces, limit):
        deadline.left()
        yield piece


def _limited(url: str, pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise _too_large(url, limit)
        yield piece


def _unpacked(raw: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip in small pieces: a few packed bytes can stand for very many."""
    begun = False
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for data in raw:
        while data:
            begun = True
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            yield unpacker.decompress(data, _PIECE)
            data = unpacker.unconsumed_tail or unpacker.unused_data  # noqa: PLW2901
    yield unpacker.flush()
    if begun and not unpacker.eof:
        raise zlib.error("the packed data end too early")


class _TooLarge(FetchError):
    """More bytes than are read."""


def _too_large(url: str, limit: int) -> FetchError:
    return _TooLarge(
        url, f"has more than the {limit:,} bytes that are read", "Give a smaller page or file"
    )


def _record(url: str, response: httpx.Response, sha256: str) -> Record:
    headers = response.headers
    return Record(
        url=url,
        final_url=str(response.url),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        content_type=headers.get("content-type", ""),
        sha256=sha256,
        fetched=_now(),
    )


def _confirmed(stored: Record, response: httpx.Response) -> Record:
    headers = response.headers
    return replace(
        stored,
        etag=headers.get("etag", stored.etag),
        last_modified=headers.get("last-modified", stored.last_modified),
        fetched=_now(),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class _TooSlow(FetchError):
    """A page that did not come in its time."""


class Deadline:
    """The end of one download's time; a server that lets bytes drip is cut off at it."""

    def __init__(self, url: str, seconds: float) -> None:
        self._url = url
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        with self._lock:
            while self._lines:
                self._lines.pop().close()

    def left(self) -> float:
        """Return the seconds that are left; raise FetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.error()
        return left

    def error(self) -> FetchError:
        """Return what is told when the time is over."""
        return _TooSlow(self._url, f"takes longer than {self._seconds:g} s", _TRY_LATER)

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """Take note of each connection; a duplicate stays valid when TLS takes the socket over."""
        if event.endswith(".connect_tcp.complete"):
            line: socket.socket = info["return_value"].get_extra_info("socket")
            with self._lock:
                self._lines.append(line.dup())
            if time.monotonic() >= self._end:
                self._cut()

    def _cut(self) -> None:
        with self._lock:
            for line in self._lines:
                with suppress(OSError):  # the other side was quicker
                    line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _explained(url: str, deadline: Deadline) -> Iterator[None]:
    """Say in this package's words what went wrong on the way."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as error:
        raise deadline.error() from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, zlib.error) as error:
        deadline.left()
        raise FetchError(url, *_cause(error)) from error


@contextmanager
def _told_alike(url: str, deadline: Deadline) -> Iterator[None]:
    """Say the same of whatever kept a page from being asked for: hosts that do not exist, must not
    be asked, take no connection, say nothing or something else are not told apart.
    """
    import httpx

    try:
        with _explained(url, deadline):
            yield
    except OutOfReach as error:
        raise FetchError(url, error.cause or _UNTOLD_CAUSE, error.next_step or _BY_FILE) from error
    except FetchError as error:
        if isinstance(error, _TooSlow) or isinstance(error.__cause__, httpx.TransportError):
            raise FetchError(url, _UNTOLD_CAUSE, _BY_FILE) from error
        raise


def _cause(error: Exception) -> tuple[str, str]:
    import httpx

    what = str(error) or type(error).__name__
    if isinstance(error, (httpx.InvalidURL, UnicodeError)):
        return f"is or leads to an address that cannot be used ({what})", "Check the address"
    if isinstance(error, (httpx.ConnectError, httpx.ProxyError)):
        return f"cannot be reached ({what})", "Check the address and the connection"
    if isinstance(error, zlib.error):
        return f"cannot be unpacked ({what})", _TRY_LATER
    return f"was not received whole ({what})", _TRY_LATER
