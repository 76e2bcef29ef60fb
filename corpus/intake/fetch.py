"""Pages of the web to files; only addresses that the user gave are ever asked for."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import socket
import threading
import time
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from corpus.errors import FetchError

if TYPE_CHECKING:
    import httpx

LIMIT = 50_000_000
_REDIRECTS = 5
_SLUG_BYTES = 80
_PIECE = 1 << 16
_AGENT = "residency-assistant"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    _DOCX: ".docx",
}
_SUFFIXES = {
    ".html": ".html",
    ".htm": ".html",
    ".md": ".md",
    ".markdown": ".md",
    ".txt": ".txt",
    ".pdf": ".pdf",
    ".docx": ".docx",
}
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
_TRY_LATER = "Try again later"
_GIVE_ANOTHER = "Check the address, or save the page yourself and give the file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that now lies in a file."""

    url: str
    """The address as the user gave it."""
    path: Path
    changed: bool
    """False when the file holds what it held before."""


def read_addresses(text: str) -> tuple[str, ...]:
    """Return the addresses of a list, one a line; blank lines and '#' comments are passed over."""
    found: dict[str, None] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        address = re.sub(r"(^|\s)#.*", "", line).strip()
        if address:
            _check(address, f"line {number}")
            found[address] = None
    return tuple(found)


def fetch(url: str, folder: Path, *, timeout_s: float = 30, limit: int = LIMIT) -> Fetched:
    """Download a page into a folder, under a name that stays the same for its address.

    The file of an earlier download is replaced once the new one is complete and on the disk, and
    left as it is when the page has not changed or the download fails. `timeout_s` is for all of
    it, `limit` for the page's bytes, packed and unpacked.
    """
    _check(url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shelf = _Shelf(url, folder)
        with _part(folder) as part, _Deadline(url, timeout_s) as deadline:
            page = _download(url, shelf.stored(), part, deadline, limit)
            part.close()  # some systems rename no open file
            return shelf.keep(page, Path(part.name))
    except OSError as error:
        raise FetchError(
            url, f"cannot be stored in {folder} ({error.strerror or error})", "Check the folder"
        ) from error


# --- Asking ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    """What is kept beside a file about where it is from."""

    url: str
    final_url: str
    etag: str
    last_modified: str
    content_type: str
    sha256: str
    fetched: str


class _Page(NamedTuple):
    """An answer: its record, and the suffix of the file, empty when the stored one still holds."""

    record: _Record
    suffix: str


def _download(
    url: str, stored: _Record | None, part: BinaryIO, deadline: _Deadline, limit: int
) -> _Page:
    with _explained(url, deadline), _client(url) as client, ExitStack() as stack:
        response = _follow(url, stored, client, deadline, stack)
        if response.status_code == 304 and stored and _conditions(stored, str(response.url)):
            return _Page(_confirmed(stored, response), "")
        if response.status_code != 200:
            raise FetchError(
                url, f"answers with status {response.status_code} {response.reason_phrase}".strip(),
                _after_status(response.status_code),
            )  # fmt: skip
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
        return _Page(_record(url, response, digest.hexdigest()), suffix)


def _follow(
    url: str, stored: _Record | None, client: httpx.Client, deadline: _Deadline, stack: ExitStack
) -> httpx.Response:
    """Return the answer behind all redirects, its body not yet read; the stack closes it."""
    address = _raw_page(url)
    for _ in range(_REDIRECTS + 1):
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
            return response
        address = _next_address(url, address, str(response.next_request.url))
        response.close()
    raise FetchError(url, f"redirects more than {_REDIRECTS} times", _GIVE_ANOTHER)


def _client(url: str) -> httpx.Client:
    import httpx

    try:
        # Only what is unpacked piece by piece below is asked for.
        return httpx.Client(headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip"})
    except (OSError, ValueError, ImportError) as error:
        raise FetchError(
            url, f"cannot be asked for ({error})",
            "Check the environment's settings of proxies and certificates",
        ) from error  # fmt: skip


def _next_address(url: str, address: str, target: str) -> str:
    _check(target, url, "redirects to what ")
    if address.startswith("https:") and target.startswith("http:"):
        raise FetchError(
            url, f"redirects from https to {target}, which anyone between could change",
            "Give that address itself if it is to be trusted",
        )  # fmt: skip
    return target


def _conditions(stored: _Record | None, address: str) -> dict[str, str]:
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


def _after_status(status: int) -> str:
    if status in (401, 403, 407):
        return "Sign in with a browser, save the page and give the file"
    return _TRY_LATER if status in (408, 425, 429) or status >= 500 else _GIVE_ANOTHER


# --- Reading the answer ---------------------------------------------------------------------------


def _suffix(url: str, response: httpx.Response) -> str:
    stated = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    named = _named_suffix(response.url.path) or _named_suffix(urlsplit(url).path)
    if stated == "text/plain" and named == ".md":
        return ".md"
    suffix = named if stated in _UNTOLD else _TYPES.get(stated, "")
    if not suffix:
        raise FetchError(
            url, f"is of the type {stated or 'that nothing tells'}, not a page or document",
            "Give the address of a web page, Markdown, text, PDF or Word file",
        )  # fmt: skip
    return suffix


def _named_suffix(path: str) -> str:
    return _SUFFIXES.get(PurePosixPath(path).suffix.lower(), "")


def _body(url: str, response: httpx.Response, deadline: _Deadline, limit: int) -> Iterator[bytes]:
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


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(
        url, f"has more than the {limit:,} bytes that are read", "Give a smaller page or file"
    )


def _record(url: str, response: httpx.Response, sha256: str) -> _Record:
    headers = response.headers
    return _Record(
        url=url,
        final_url=str(response.url),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        content_type=headers.get("content-type", ""),
        sha256=sha256,
        fetched=_now(),
    )


def _confirmed(stored: _Record, response: httpx.Response) -> _Record:
    headers = response.headers
    return replace(
        stored,
        etag=headers.get("etag", stored.etag),
        last_modified=headers.get("last-modified", stored.last_modified),
        fetched=_now(),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- What can go wrong ----------------------------------------------------------------------------


class _Deadline:
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
        return FetchError(self._url, f"takes longer than {self._seconds:g} s", _TRY_LATER)

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
def _explained(url: str, deadline: _Deadline) -> Iterator[None]:
    """Say in this package's words what went wrong on the way."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as error:
        raise deadline.error() from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, zlib.error) as error:
        deadline.left()
        raise FetchError(url, *_cause(error)) from error


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


# --- Addresses ------------------------------------------------------------------------------------


def _check(address: str, name: str = "", relation: str = "") -> None:
    """Raise FetchError for what is no address of a page on the web, under that name if given."""
    try:
        split = urlsplit(address)
        usable = split.scheme in ("http", "https") and split.hostname and split.port != 0
    except ValueError:
        split, usable = urlsplit(""), None
    if not usable or not address.isprintable() or " " in address:
        raise FetchError(
            name or repr(address[:200]),
            relation + f"is no http or https address ({address[:200]!r})" if name
            else "is no http or https address",
            "Give one such as https://example.com/page",
        )  # fmt: skip
    if "@" in split.netloc:
        # It would be stored, and shown with every citation.
        raise FetchError(
            name or f"{split.scheme}://…@{split.hostname}",
            relation + "has a user name or password in its address",
            "Save the page yourself and give the file",
        )


def _raw_page(url: str) -> str:
    """Return where the file itself is: GitHub's page about a file is a program that shows it."""
    split = urlsplit(url)
    parts = split.path.split("/")
    if split.hostname not in ("github.com", "www.github.com") or parts[3:4] != ["blob"]:
        return url
    if len(parts) < 6 or not all(parts[index] for index in (1, 2, 4, 5)):
        return url
    return "https://raw.githubusercontent.com" + "/".join([*parts[:3], *parts[4:]])


def _stem(url: str) -> str:
    """Return a readable file name that only this address has."""
    split = urlsplit(url)
    path = PurePosixPath(unquote(split.path))
    if path.suffix.lower() in _SUFFIXES:
        path = path.with_suffix("")
    words = unicodedata.normalize("NFC", f"{split.hostname}{path}").lower()
    slug = re.sub(r"[\W_]+", "-", words).strip("-").encode()[:_SLUG_BYTES].decode(errors="ignore")
    return f"{slug.strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"


# --- Storing --------------------------------------------------------------------------------------


class _Shelf:
    """The place in a folder where one address has its file."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self._stem = _stem(url)

    def stored(self) -> _Record | None:
        """Return what is known about the file of an earlier download, if it is there unaltered."""
        for path in self._paths():
            record = _read_record(_beside(path))
            if record and record.url == self._url and record.sha256 == _sha256(path):
                return record
        return None

    def keep(self, page: _Page, part: Path) -> Fetched:
        """Put a downloaded page in the place of what was there."""
        target = self._target(page)
        changed = _sha256(target) != page.record.sha256
        if changed:
            part.replace(target)
            _sync(self._folder)
        self._write_record(_beside(target), page.record)
        for path in self._paths():
            if path != target:
                path.unlink(missing_ok=True)
                _beside(path).unlink(missing_ok=True)
        return Fetched(self._url, target, changed)

    def _target(self, page: _Page) -> Path:
        if page.suffix:
            return self._folder / (self._stem + page.suffix)
        return next(path for path in self._paths() if _sha256(path) == page.record.sha256)

    def _paths(self) -> list[Path]:
        return [self._folder / (self._stem + suffix) for suffix in sorted(set(_SUFFIXES.values()))]

    def _write_record(self, path: Path, record: _Record) -> None:
        with _part(self._folder) as part:
            part.write(json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
            part.flush()
            os.fsync(part.fileno())
            part.close()
            Path(part.name).replace(path)
        _sync(self._folder)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".fetch.json")


def _read_record(path: Path) -> _Record | None:
    """Return a record, or None when there is none that can be used: the page is asked for anew."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = [field.name for field in fields(_Record)]
    if not isinstance(read, dict) or not all(isinstance(read.get(name), str) for name in names):
        return None
    return _Record(**{name: read[name] for name in names})


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _part(folder: Path) -> Iterator[BinaryIO]:
    """A hidden file of its own to write into; it is gone afterwards unless it was renamed."""
    path = folder / f".{secrets.token_hex(8)}.part"
    try:
        with path.open("xb") as stream:
            yield stream
    finally:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Put a renaming on the disk, where folders can be synced at all."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
