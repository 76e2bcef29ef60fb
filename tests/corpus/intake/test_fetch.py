"""Pages become files only when they are whole; a server that misbehaves leaves all as it was."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import ssl
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchError
from corpus.formats.registry import BY_SUFFIX
from corpus.intake import addresses, download
from corpus.intake.addresses import read_addresses
from corpus.intake.fetch import fetch
from corpus.intake.shelf import Fetched
from corpus.intake.walk import walk

PAGE = b"<h1>Where</h1><p>In Oslo.</p>"
# Without the time, so that tests are called the same in every process.
PACKED = gzip.compress(PAGE, mtime=0)


class Handler(BaseHTTPRequestHandler):
    """Answers with what its server was told for the path."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers))
        with suppress(OSError):
            self.server.answers[self.path](self)

    def log_message(self, *args: object) -> None:
        pass


Answer = Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    """A server of this machine that keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Message]] = []
        self.scheme = "http"

    def handle_error(self, *args: object) -> None:
        """A client that goes away is what some tests are about."""

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}{path}"


@contextmanager
def serving(made: Server) -> Iterator[Server]:
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.daemon_threads = True
    made.block_on_close = False
    made.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as made:
        yield made


def answer(
    body: bytes = PAGE, kind: str | None = "text/html; charset=utf-8", status: int = 200,
    length: int | None = -1, **headers: str
) -> Answer:  # fmt: skip
    def send(handler: Handler) -> None:
        handler.send_response(status)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        if length is not None:
            handler.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def moved(target: str, status: int = 302) -> Answer:
    return answer(b"moved", status=status, Location=target)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if not path.name.endswith(".fetch.json")
    }


def record(fetched: Fetched) -> dict[str, str]:
    path = fetched.path.with_name(fetched.path.name + ".fetch.json")
    read: dict[str, str] = json.loads(path.read_bytes())
    return read


def refuse(url: str, folder: Path, reason: str, **limits: float) -> None:
    """The address is refused, in time, and the folder stays as it was."""
    before = sorted(folder.iterdir())
    began = time.monotonic()
    with pytest.raises(FetchError, match=reason) as caught:
        fetch(url, folder, **limits)  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"{url}: ")
    assert time.monotonic() - began < 20
    assert sorted(folder.iterdir()) == before


# --- Lists of addresses ---------------------------------------------------------------------------


def test_a_list_has_blank_lines_and_comments() -> None:
    text = "\ufeff# Ours\n\nhttps://a.example/x\r\n  http://b.example:8/#part  # the old one\n#\n"
    assert read_addresses(text + "https://a.example/x") == (
        "https://a.example/x",
        "http://b.example:8/#part",
    )


@pytest.mark.parametrize(
    "line",
    [
        "file:///etc/passwd", "ftp://a.example/x", "a.example/x", "https://", "https:///x",
        "http://[::1", "http://a.example:99999/", "http://a b.example/", "https://a.example/x y",
        "https://a.example/\x1b[31m", "javascript:alert(1)", "//a.example/x", "http:a.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_named_with_its_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"^line 3: is no http or https address") as caught:
        read_addresses(f"https://a.example\n\n{line}\n")
    assert "\x1b" not in str(caught.value)
    with pytest.raises(FetchError, match="is no http or https address"):
        fetch(line, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_password_is_neither_sent_nor_shown(tmp_path: Path) -> None:
    for act in (read_addresses, lambda url: fetch(url, tmp_path)):
        with pytest.raises(FetchError, match="has a user name or password") as caught:
            act("https://me:secret@a.example/x")
        assert "secret" not in str(caught.value)


@given(st.text())
def test_any_text_is_a_list_or_an_error(text: str) -> None:
    with suppress(FetchError):
        assert all(address.startswith("http") for address in map(str.lower, read_addresses(text)))


# --- What is stored -------------------------------------------------------------------------------


def test_a_page_becomes_a_file_with_a_record(server: Server, tmp_path: Path) -> None:
    server.answers["/docs/Where%20is%20it.html?v=1"] = answer(
        ETag='"1"', Last_Modified="Mon, 02 Jan 2023 00:00:00 GMT"
    )
    url = server.url("/docs/Where%20is%20it.html?v=1")
    fetched = fetch(url, tmp_path / "deep" / "er")
    assert (fetched.url, fetched.changed) == (url, True)
    assert files(tmp_path / "deep/er") == {fetched.path.name: PAGE}
    (found,) = walk(tmp_path, frozenset({".html"})).files
    assert found.path == fetched.path
    assert re.fullmatch(r"127-0-0-1-docs-where-is-it-[0-9a-f]{10}\.html", fetched.path.name)
    kept = record(fetched)
    assert kept["url"] == kept["final_url"] == url
    assert (kept["etag"], kept["last_modified"]) == ('"1"', "Mon, 02 Jan 2023 00:00:00 GMT")
    assert kept["fetched"].endswith("+00:00")
    sent = server.asked[0][1]
    assert sent["User-Agent"] == "residency-assistant"
    assert "Authorization" not in sent


@pytest.mark.parametrize(
    ("path", "kind", "suffix"),
    [
        ("/a", "TEXT/HTML;charset=x", ".html"),
        ("/a.md", "text/html", ".html"),
        ("/a", "text/markdown", ".md"),
        ("/a.md?x=1", "text/plain", ".md"),
        ("/a", "text/plain", ".txt"),
        ("/a.pdf", "application/pdf", ".pdf"),
        ("/a", BY_SUFFIX[".docx"].media_types[0], ".docx"),
        ("/a.DOCX", "application/octet-stream", ".docx"),
        ("/a.htm", None, ".html"),
        ("/a.md", None, ".md"),
    ],
)
def test_the_type_decides_the_suffix(
    server: Server, tmp_path: Path, path: str, kind: str | None, suffix: str
) -> None:
    server.answers[path] = answer(kind=kind)
    assert fetch(server.url(path), tmp_path).path.suffix == suffix


@pytest.mark.parametrize(
    ("path", "kind", "named"),
    [
        ("/a.html", "image/png", "image/png"),
        ("/a.pdf", "application/zip", "application/zip"),
        ("/a", "application/octet-stream", "application/octet-stream"),
        ("/a.exe", None, "nothing tells"),
    ],
)
def test_other_types_are_refused(
    server: Server, tmp_path: Path, path: str, kind: str | None, named: str
) -> None:
    server.answers[path] = answer(kind=kind)
    refuse(server.url(path), tmp_path, named)


def test_an_empty_page_is_refused(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer(b"")
    server.answers["/packed"] = answer(gzip.compress(b""), Content_Encoding="gzip")
    server.answers["/nothing"] = answer(b"", Content_Encoding="gzip")
    for path in server.answers:
        refuse(server.url(path), tmp_path, "is empty")


def test_names_are_short_readable_and_of_one_address_each() -> None:
    stem = addresses.stem
    assert re.fullmatch(r"example-com-[0-9a-f]{10}", stem("https://example.com"))
    assert stem("https://example.com/a?x=1") != stem("https://example.com/a?x=2")
    assert stem("https://example.com/%E6%97%A5%E6%9C%AC").startswith("example-com-日本-")
    assert len(stem("https://example.com/" + "%E6%97%A5" * 500).encode()) <= 91


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_path_gives_a_plain_name(path: str) -> None:
    stem = addresses.stem("https://example.com/" + path.replace("[", "").replace("]", ""))
    assert re.fullmatch(r"[^\W_]([^\W_]|-)*", stem)
    assert len(stem.encode()) <= 91


def test_the_page_about_a_file_leads_to_the_file() -> None:
    raw = addresses.raw_page
    assert (
        raw("https://github.com/o/r/blob/main/docs/a%20b.md?plain=1#L3")
        == "https://raw.githubusercontent.com/o/r/main/docs/a%20b.md"
    )
    for other in (
        "https://github.com/o/r/tree/main/docs", "https://github.com/o/r/blob/main",
        "https://github.com.example/o/r/blob/main/a.md", "https://example.com/o/r/blob/main/a.md",
    ):  # fmt: skip
        assert raw(other) == other


# --- Fetching again -------------------------------------------------------------------------------


def test_a_page_that_is_the_same_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    def once(handler: Handler) -> None:
        if handler.headers["If-None-Match"] == '"1"':
            answer(b"", status=304, kind=None)(handler)
        else:
            answer(ETag='"1"')(handler)

    server.answers["/a"] = once
    first = fetch(server.url("/a"), tmp_path)
    stamp = first.path.stat().st_mtime_ns
    assert fetch(server.url("/a"), tmp_path) == Fetched(first.url, first.path, changed=False)
    assert (first.path.read_bytes(), first.path.stat().st_mtime_ns) == (PAGE, stamp)

    first.path.write_bytes(b"altered")
    assert fetch(server.url("/a"), tmp_path).changed
    assert files(tmp_path) == {first.path.name: PAGE}


def test_the_same_bytes_leave_the_file_alone(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer()
    first = fetch(server.url("/a"), tmp_path)
    os.utime(first.path, (1, 1))
    assert not fetch(server.url("/a"), tmp_path).changed
    assert first.path.stat().st_mtime == 1


def test_changed_content_replaces_the_file(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer(Last_Modified="Mon, 02 Jan 2023 00:00:00 GMT")
    first = fetch(server.url("/a"), tmp_path)
    server.answers["/a"] = answer(b"new")
    second = fetch(server.url("/a"), tmp_path)
    assert (second.path, second.changed) == (first.path, True)
    assert files(tmp_path) == {first.path.name: b"new"}
    assert server.asked[1][1]["If-Modified-Since"] == "Mon, 02 Jan 2023 00:00:00 GMT"
    assert record(second)["last_modified"] == ""


def test_another_type_takes_the_place_of_the_old_file(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer()
    first = fetch(server.url("/a"), tmp_path)
    server.answers["/a"] = answer(b"# Where", kind="text/markdown")
    second = fetch(server.url("/a"), tmp_path)
    assert not first.path.exists()
    assert {path.name for path in tmp_path.iterdir()} == {
        second.path.name, second.path.name + ".fetch.json"
    }  # fmt: skip


def test_what_the_first_page_said_is_not_asked_of_another(server: Server, tmp_path: Path) -> None:
    server.answers["/latest"] = moved("/2")
    server.answers["/2"] = answer(Last_Modified="Mon, 02 Jan 2023 00:00:00 GMT", ETag='"1"')
    server.answers["/1"] = answer(b"older")
    fetch(server.url("/latest"), tmp_path)
    fetch(server.url("/latest"), tmp_path)
    server.answers["/latest"] = moved("/1")
    assert fetch(server.url("/latest"), tmp_path).path.read_bytes() == b"older"
    conditional = [path for path, sent in server.asked if sent["If-Modified-Since"]]
    assert conditional == ["/2"]


def test_a_broken_record_is_passed_over(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer(ETag='"\xe9"')
    fetched = fetch(server.url("/a"), tmp_path)
    assert not fetch(server.url("/a"), tmp_path).changed, "no header for what no header can hold"
    for broken in (b"{", b"[]", b'{"etag": 1}', b"\xff"):
        fetched.path.with_name(fetched.path.name + ".fetch.json").write_bytes(broken)
        assert not fetch(server.url("/a"), tmp_path).changed
    assert all("If-None-Match" not in sent for _, sent in server.asked)


def test_not_modified_without_being_asked_is_an_error(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer(b"", status=304)
    refuse(server.url("/a"), tmp_path, "status 304")


# --- Redirects ------------------------------------------------------------------------------------


def test_five_redirects_are_followed_and_no_more(server: Server, tmp_path: Path) -> None:
    server.answers["/0"] = answer()
    for number, status in enumerate((301, 302, 303, 307, 308, 302), start=1):
        server.answers[f"/{number}"] = moved(f"{number - 1}", status)
    fetched = fetch(server.url("/5"), tmp_path)
    assert (fetched.url, record(fetched)["final_url"]) == (server.url("/5"), server.url("/0"))
    refuse(server.url("/6"), tmp_path, "redirects more than 5 times")


def test_a_loop_ends(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = moved("/b")
    server.answers["/b"] = moved("/a")
    refuse(server.url("/a"), tmp_path, "redirects more than 5 times")


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/html,x", "mailto:a@b", "http://[", "http://:0/"],
)  # fmt: skip
def test_a_redirect_to_anything_else_is_refused(
    server: Server, tmp_path: Path, target: str
) -> None:
    server.answers["/a"] = moved(target)
    refuse(server.url("/a"), tmp_path, "redirects to what|cannot be used|not received|reached")


def test_another_host_is_told_nothing(server: Server, tmp_path: Path) -> None:
    with serving(Server()) as other:
        there = other.url("/b").replace("127.0.0.1", "localhost")
        server.answers["/a"] = answer(b"", status=302, Location=there, Set_Cookie="id=1")
        other.answers["/b"] = answer()
        assert record(fetch(server.url("/a"), tmp_path))["final_url"] == there
        assert {name.lower() for name in other.asked[0][1]} == {
            "host", "user-agent", "accept", "accept-encoding", "connection"
        }  # fmt: skip
        server.answers["/a"] = moved(there.replace("://", "://me:secret@"))
        refuse(server.url("/a"), tmp_path, "redirects to what has a user name or password")


# --- Failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [204, 206, 300, 401, 404, 410, 429, 500, 503])
def test_a_status_is_named_and_the_earlier_file_stays(
    server: Server, tmp_path: Path, status: int
) -> None:
    server.answers["/a"] = answer()
    first = fetch(server.url("/a"), tmp_path)
    before = record(first)
    server.answers["/a"] = answer(b"" if status == 204 else b"no", status=status)
    refuse(server.url("/a"), tmp_path, f"answers with status {status}")
    assert (first.path.read_bytes(), record(first)) == (PAGE, before)


def test_a_page_that_is_too_large(server: Server, tmp_path: Path) -> None:
    server.answers["/told"] = answer(b"x" * 100, length=10**12)
    server.answers["/untold"] = answer(b"x" * 1_000_001, length=None)
    server.answers["/just"] = answer(b"x" * 1_000_000, length=None)
    for path in ("/told", "/untold"):
        refuse(server.url(path), tmp_path, "more than the 1,000,000 bytes", limit=1_000_000)
    assert fetch(server.url("/just"), tmp_path, limit=1_000_000).changed


def test_a_page_that_unpacks_without_end(server: Server, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    server.answers["/a"] = answer(bomb, Content_Encoding="gzip")
    server.answers["/members"] = answer(gzip.compress(b"") * 60_000, Content_Encoding="gzip")
    assert len(bomb) < 100_000
    for path in server.answers:
        refuse(server.url(path), tmp_path, "more than the 1,000,000 bytes", limit=1_000_000)


@given(content=st.binary(min_size=1), repeat=st.sampled_from((1, 500)), cut=st.integers(1, 300))
def test_packed_data_in_any_pieces(content: bytes, repeat: int, cut: int) -> None:
    packed = gzip.compress(content * repeat) + gzip.compress(content)
    pieces = [packed[start : start + cut] for start in range(0, len(packed), cut)]
    assert b"".join(download._unpacked(pieces)) == content * (repeat + 1)


def test_large_packed_data_are_whole(server: Server, tmp_path: Path) -> None:
    content = b"".join(b"%d bytes " % number for number in range(300_000)) + bytes(500_000)
    server.answers["/a"] = answer(gzip.compress(content), Content_Encoding="gzip")
    assert fetch(server.url("/a"), tmp_path).path.read_bytes() == content


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (PACKED[:-9], "gzip", "cannot be unpacked"),
        (PACKED + b"more", "gzip", "cannot be unpacked"),
        (PAGE, "gzip", "cannot be unpacked"),
        (PAGE, "br", "packed as br"),
        (PAGE, "gzip, gzip", "packed as gzip, gzip"),
    ],
)
def test_packed_data_that_are_broken(
    server: Server, tmp_path: Path, body: bytes, encoding: str, reason: str
) -> None:
    server.answers["/a"] = answer(body, Content_Encoding=encoding)
    refuse(server.url("/a"), tmp_path, reason)


def test_a_connection_that_is_lost(server: Server, tmp_path: Path) -> None:
    def reset(handler: Handler) -> None:
        answer(length=1000)(handler)
        handler.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    server.answers["/a"] = answer()
    first = fetch(server.url("/a"), tmp_path)
    for broken in (answer(length=1000), reset, lambda handler: handler.connection.close()):
        server.answers["/a"] = broken
        refuse(server.url("/a"), tmp_path, "was not received whole")
    assert files(tmp_path) == {first.path.name: PAGE}


def drip(head: bytes, drop: bytes) -> Answer:
    def send(handler: Handler) -> None:
        handler.wfile.write(head)
        for _ in range(400):
            time.sleep(0.02)
            handler.wfile.write(drop)

    return send


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SLOW = {
    "body": drip(HEAD + b"\r\n", b"x"),
    "counted": drip(HEAD + b"Content-Length: 999\r\n\r\n", b"x"),
    "headers": drip(HEAD, b"A: b\r\n"),
    "nothing": lambda handler: time.sleep(1),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_drip_ends_with_the_time_for_all_of_it(server: Server, tmp_path: Path, kind: str) -> None:
    server.answers["/a"] = SLOW[kind]
    server.answers["/moved"] = moved("/a")
    for path in ("/a", "/moved"):
        began = time.monotonic()
        refuse(server.url(path), tmp_path, r"takes longer than 0\.3 s", timeout_s=0.3)
        assert time.monotonic() - began < 8


def test_no_server_at_all(server: Server, tmp_path: Path) -> None:
    with serving(Server()) as gone:
        pass
    refuse(gone.url("/a"), tmp_path, "cannot be reached")
    refuse(f"http://{'a' * 64}.invalid/a", tmp_path, "cannot be used|cannot be reached")


def test_no_redirect_to_what_is_no_host(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = moved(f"http://{'a' * 64}.invalid/")
    refuse(server.url("/a"), tmp_path, "cannot be used|cannot be reached")


def test_settings_of_the_environment_that_are_broken(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://127.0.0.1:1")
    refuse(server.url("/a"), tmp_path, "settings of proxies")


def test_a_folder_that_cannot_be_written(server: Server, tmp_path: Path) -> None:
    server.answers["/a"] = answer()
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(FetchError, match=r"cannot be stored in .*taken"):
        fetch(server.url("/a"), taken)


def test_a_disk_that_is_full_leaves_the_earlier_file(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    server.answers["/a"] = answer()
    first = fetch(server.url("/a"), tmp_path)
    server.answers["/a"] = answer(b"new")
    monkeypatch.setattr(os, "fsync", full)
    refuse(server.url("/a"), tmp_path, r"cannot be stored .*No space left")
    assert files(tmp_path) == {first.path.name: PAGE}


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server with a certificate of its own, and the file that vouches for it."""
    program = shutil.which("openssl")
    if not program:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    made = Server()
    made.socket = context.wrap_socket(made.socket, server_side=True)
    made.scheme = "https"
    with serving(made):
        yield made, certificate


def test_over_tls(
    secure: tuple[Server, Path], server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe, certificate = secure
    safe.answers = {"/a": answer(), "/slow": SLOW["headers"], "/out": moved(server.url("/a"))}
    refuse(safe.url("/a"), tmp_path, "cannot be reached .*CERTIFICATE_VERIFY_FAILED")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    refuse(safe.url("/slow"), tmp_path, "takes longer", timeout_s=0.3)
    refuse(safe.url("/out"), tmp_path, "redirects from https to http")
    assert fetch(safe.url("/a"), tmp_path).path.read_bytes() == PAGE
    server.answers["/in"] = moved(safe.url("/a"))
    assert fetch(server.url("/in"), tmp_path).path.read_bytes() == PAGE
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    refuse(safe.url("/a"), tmp_path, "certificates")
