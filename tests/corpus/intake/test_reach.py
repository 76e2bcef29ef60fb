"""Who asks through the server sees nothing of its network, however the way there is spelled."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest

from corpus.errors import FetchError
from corpus.intake import reach
from corpus.intake.fetch import fetch
from corpus.intake.pinned_transport import PinnedTransport
from corpus.intake.reach import Reach, is_public
from tests.fakes.small_network import OUTSIDE, WITHIN, Host, SmallNetwork, count_as_public, hosting

LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1", "0x7f.1",
    "017700000001", "0177.0x0.0.1", "127.0.0.0x1", "127。0。0。1", "0",
    "localhost", "LOCALHOST", "localhost.",
)  # fmt: skip
"""Spellings of what a server of this machine listens on."""
SPELLINGS = (
    *LOOPBACK,
    "0177.0.0.1", "127.0.0.1.", "127.0.0.53", "127.255.255.254", "0.0.0.0", "0x0", "00",
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]", "[2002:7f00:0001::1]", "[2002:a00:1::1]",
    "[2001:0:7f00:1::80ff:fffe]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[2606:4700::1111%25lo]", "[fec0::1]",
    "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]", "[5f00::1]", "[3fff::1]",
    "[2001:db8::1]", "10.0.0.1", "0xa.1", "012.0.0.1", "167772161", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "192.168.257", "3232235521", "169.254.169.254", "2852039166", "0xa9fea9fe",
    "0251.0376.0251.0376", "169.254.43518", "[::ffff:169.254.169.254]", "100.100.100.200",
    "100.64.0.1", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "within.example", "within.example.", "six.example", "mapped.example", "both.example",
    "translated.example", "relay.example", "metadata.example", "nobody.example", "%31%32%37.0.0.1",
)  # fmt: skip
NAMES = {
    "localhost": ["127.0.0.1"],
    "within.example": ["10.1.2.3"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:10.1.2.3"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "translated.example": ["64:ff9b::a01:203"],
    "relay.example": ["2002:a01:203::1"],
    "metadata.example": ["169.254.169.254"],
}


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> SmallNetwork:
    made = SmallNetwork(monkeypatch)
    made.names = {name: [found] for name, found in NAMES.items()}
    return made


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, within: Host) -> Iterator[Host]:
    """A host that counts as one of the web."""
    with hosting(Host(OUTSIDE)) as made:
        made.page()
        count_as_public(monkeypatch, made.port, within.port)
        yield made


@pytest.fixture
def within() -> Iterator[Host]:
    """A host that nobody may see, on an address of its own."""
    with hosting(Host(WITHIN)) as made:
        made.page()
        yield made


def refusal(url: str, folder: Path, **more: float) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, folder, reach=Reach.PUBLIC, **more)  # type: ignore[arg-type]
    assert [one.name for one in folder.iterdir()] == []
    told = str(caught.value)
    assert told.startswith(f"{url}: ")
    return told.removeprefix(f"{url}: ")


# --- Spellings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_address_that_is_not_public_is_asked(
    spelling: str, network: SmallNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hosting(Host("127.0.0.1")) as here:
        here.page()
        monkeypatch.setattr(reach, "_PORTS", frozenset((here.port,)))
        refusal(f"http://{spelling}:{here.port}/a", tmp_path)
        assert (network.connected, here.asked) == ([], [])


def test_the_table_is_long_and_its_spellings_lead_somewhere(
    network: SmallNetwork, tmp_path: Path
) -> None:
    assert len(set(SPELLINGS)) >= 80
    with hosting(Host("127.0.0.1")) as here:
        here.page()
        for spelling in LOOPBACK:
            fetch(f"http://{spelling}:{here.port}/a", tmp_path / "any")
        assert len(here.asked) == len(LOOPBACK)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_addresses_that_the_world_reaches_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "example.org", "8.8.8.8/32", "8.8.8.8 ", "١.١.١.١"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


def test_an_address_of_the_machine_itself_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "is_public", lambda one: True)
    with pytest.raises(reach.OutOfReach):
        reach.public_addresses("127.0.0.1", 80)
    assert not reach._is_own("192.0.2.1")


# --- The connection -------------------------------------------------------------------------------


def test_a_page_of_a_public_host_is_fetched_by_its_name(
    network: SmallNetwork, outside: Host, tmp_path: Path
) -> None:
    network.names["pages.example"] = [[OUTSIDE]]
    url = f"http://pages.example:{outside.port}/a"
    got = fetch(url, tmp_path, reach=Reach.PUBLIC)
    assert got.path.read_bytes().startswith(b"<h1>")
    ((_, sent),) = outside.asked
    assert sent["Host"] == f"pages.example:{outside.port}"
    assert (network.lookups, network.connected) == (["pages.example"], [OUTSIDE])


def test_a_name_that_means_another_host_a_moment_later_leads_to_the_first(
    network: SmallNetwork, outside: Host, within: Host, tmp_path: Path
) -> None:
    network.names["rebound.example"] = [[OUTSIDE], [WITHIN]]
    fetch(f"http://rebound.example:{outside.port}/a", tmp_path, reach=Reach.PUBLIC)
    assert network.lookups == ["rebound.example"]
    assert (network.connected, within.asked) == ([OUTSIDE], [])


def test_the_next_address_is_tried_where_one_takes_no_connection(
    network: SmallNetwork, outside: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.names["pages.example"] = [["127.0.0.3", OUTSIDE]]
    monkeypatch.setattr(reach, "is_public", lambda one: one in ("127.0.0.3", OUTSIDE))
    fetch(f"http://pages.example:{outside.port}/a", tmp_path, reach=Reach.PUBLIC)
    assert network.connected == ["127.0.0.3", OUTSIDE]


CHAINS = {
    "at once": ["http://{within}/a"],
    "for good": ["301 http://{within}/a"],
    "with the method kept": ["307 http://{within}/a"],
    "for good, with the method kept": ["308 http://{within}/a"],
    "without a scheme": ["//{within}/a"],
    "after four": ["/b", "/c", "/d", "/e", "http://{within}/a"],
    "by another name": ["http://other.example:{port}/b", "http://{within}/a"],
    "by a number": ["http://2130706434:{inner}/a"],
    "by an octal number": ["http://017700000002:{inner}/a"],
    "by a hexadecimal number": ["http://0x7f000002:{inner}/a"],
    "by an address in an address": ["http://[::ffff:127.0.0.2]:{inner}/a"],
    "by a translated address": ["http://[64:ff9b::7f00:2]:{inner}/a"],
    "by a name of the network": ["http://inner.example:{inner}/a"],
    "by a name with a dot at its end": ["http://inner.example.:{inner}/a"],
    "by a name that means another host now": ["http://turning.example:{inner}/a"],
    "to the cloud's own": ["http://169.254.169.254:{inner}/latest/meta-data/"],
    "to a file": ["file:///etc/hostname"],
    "with a name and password": ["http://me:secret@{within}/a"],
}


@pytest.mark.parametrize("chain", CHAINS)
def test_no_redirect_leads_inside(
    chain: str, network: SmallNetwork, outside: Host, within: Host, tmp_path: Path
) -> None:
    network.names |= {
        "pages.example": [[OUTSIDE]], "other.example": [[OUTSIDE]], "inner.example": [[WITHIN]],
        "turning.example": [[WITHIN], [OUTSIDE]],
    }  # fmt: skip
    path = "/begin"
    for target in CHAINS[chain]:
        status, _, place = target.rpartition(" ")
        place = place.format(within=f"{WITHIN}:{within.port}", inner=within.port, port=outside.port)
        outside.moved(path, place, int(status or 302))
        path = place if place.startswith("/") else f"/{place.rpartition('/')[2]}"
    refusal(f"http://pages.example:{outside.port}/begin", tmp_path)
    assert within.asked == []
    assert set(network.connected) == {OUTSIDE}
    assert len(outside.asked) == len(CHAINS[chain])


def test_the_chains_lead_inside_where_any_host_may_be_asked(
    network: SmallNetwork, outside: Host, within: Host, tmp_path: Path
) -> None:
    """As from the command line: what a person reaches there is theirs to fetch."""
    outside.moved("/begin", f"http://{WITHIN}:{within.port}/a")
    fetch(f"http://{OUTSIDE}:{outside.port}/begin", tmp_path)
    assert len(within.asked) == 1


# --- Certificates ---------------------------------------------------------------------------------


@contextmanager
def _certified(name: str, folder: Path) -> Iterator[tuple[Host, Path]]:
    """Yield a host with a certificate for a name, and the file that vouches for it."""
    program = shutil.which("openssl")
    if not program:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    made = Host(OUTSIDE)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    with hosting(made):
        yield made, certificate


def test_the_certificate_is_held_against_the_name_of_each_hop(
    network: SmallNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.names |= {"pages.example": [[OUTSIDE]], "other.example": [[OUTSIDE]]}
    with _certified("pages.example", tmp_path) as (host, certificate):
        host.page()
        host.moved("/other", f"https://other.example:{host.port}/a")
        count_as_public(monkeypatch, host.port)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        got = tmp_path / "got"
        got.mkdir()
        refusal(f"https://other.example:{host.port}/a", got)
        refusal(f"https://{OUTSIDE}:{host.port}/a", got)
        refusal(f"https://pages.example:{host.port}/other", got)
        assert [path for path, _ in host.asked] == ["/other"]
        assert fetch(f"https://pages.example:{host.port}/a", got, reach=Reach.PUBLIC).changed


def test_a_connection_serves_one_request(
    network: SmallNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two names at one address the second is not believed by the certificate of the first."""
    network.names |= {"pages.example": [[OUTSIDE]], "other.example": [[OUTSIDE]]}
    with _certified("pages.example", tmp_path) as (host, certificate):
        host.page()
        count_as_public(monkeypatch, host.port)
        trusted = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(transport=PinnedTransport(trusted, lambda: 10.0)) as client:
            assert client.get(f"https://pages.example:{host.port}/a").status_code == 200
            with pytest.raises(reach.OutOfReach):
                client.get(f"https://other.example:{host.port}/a")
        assert len(host.asked) == 1


# --- What is told ---------------------------------------------------------------------------------


@contextmanager
def _listening(said: bytes | None) -> Iterator[int]:
    """Yield a port of OUTSIDE that takes connections and says something, or nothing."""
    with closing(socket.create_server((OUTSIDE, 0))) as line:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(line.accept()[0])
                except OSError:
                    return
                if said is not None:
                    taken[-1].sendall(said)
                    taken[-1].close()

        Thread(target=take, daemon=True).start()
        yield line.getsockname()[1]
        line.shutdown(socket.SHUT_RDWR)
        for one in taken:
            one.close()


def test_open_closed_silent_and_missing_are_not_told_apart(
    network: SmallNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(socket.create_server((OUTSIDE, 0))) as line:
        closed = line.getsockname()[1]
    with _listening(b"SSH-2.0-x\r\n") as other, _listening(b"") as ending, _listening(None) as mute:
        count_as_public(monkeypatch, closed, other, ending, mute)
        told = {
            refusal(f"http://{host}:{port}/a", tmp_path, timeout_s=0.5)
            for host, port in (
                (OUTSIDE, closed), (OUTSIDE, other), (OUTSIDE, ending), (OUTSIDE, mute),
                (WITHIN, closed), ("nobody.example", closed), ("within.example", mute),
            )
        } | {refusal(f"https://{OUTSIDE}:{other}/a", tmp_path)}  # fmt: skip
    assert len(told) == 1, told


def test_only_ports_of_web_servers_are_asked(network: SmallNetwork, tmp_path: Path) -> None:
    for port in (22, 25, 3306, 5432, 6379, 9200):
        assert f"leads to port {port}" in refusal(f"http://93.184.216.34:{port}/a", tmp_path)
    assert network.lookups == network.connected == []


def test_a_proxy_of_the_environment_is_not_trusted_with_the_check(
    network: SmallNetwork, outside: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.names["pages.example"] = [[OUTSIDE]]
    url = f"http://pages.example:{outside.port}/a"
    with hosting(Host(OUTSIDE)) as proxy:
        for setting in ("http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(setting, f"http://{OUTSIDE}:{proxy.port}")
            assert "by a proxy of the server's environment" in refusal(url, tmp_path)
            monkeypatch.delenv(setting)
        monkeypatch.setenv("http_proxy", f"http://{OUTSIDE}:{proxy.port}")
        monkeypatch.setenv("no_proxy", "pages.example")
        assert fetch(url, tmp_path, reach=Reach.PUBLIC).changed
        assert proxy.asked == []
