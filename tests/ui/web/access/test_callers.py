"""Who asks, in each of the three ways."""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from assistant.errors import SettingsError
from assistant.settings import Settings
from tests.ui.conftest import ANN, BEN
from ui.errors import AccessError
from ui.web.access.callers import Caller, Guests, Members, Proxied, Refused, access_of
from ui.web.access.known_places import KnownPlaces
from ui.web.access.parties import place_of
from ui.web.access.peer import Peer
from ui.web.access.sessions import OwnSessions
from ui.web.access.users_file import User, Users

TOKEN = "t" * 43


def request(address: str = "10.0.0.9", **headers: str) -> HTTPConnection:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "headers": pairs, "client": (address, 1)})


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def members(tmp_path: Path, users_file: Path) -> Members:
    path = tmp_path / "users.json"
    path.write_bytes(users_file.read_bytes())
    return Members(Users(path), OwnSessions(3600))


def test_a_browser_without_a_name_keeps_the_one_of_its_cookie() -> None:
    access = Guests(is_alone=True)
    first = access.caller(request(), "10.0.0.9")
    assert isinstance(first, Caller)
    again = access.caller(request(cookie=f"residency={first.cookie}"), "10.0.0.9")
    assert again == Caller(first.name, party="at 10.0.0.9")
    assert first.cookie not in first.name


@pytest.mark.parametrize("cookie", ["", "short", "../../etc/passwd", "x" * 44])
def test_a_cookie_that_was_never_given_is_replaced(cookie: str) -> None:
    found = Guests(is_alone=True).caller(request(cookie=f"residency={cookie}"), "10.0.0.9")
    assert isinstance(found, Caller)
    assert found.cookie


def test_one_address_does_not_come_as_ever_new_browsers() -> None:
    access = Guests(is_alone=False)
    found = [access.caller(request(), "10.0.0.9") for _ in range(200)]
    refused = [one for one in found if isinstance(one, Refused)]
    assert refused
    assert refused[0].status == 429
    assert isinstance(access.caller(request("10.0.0.10"), "10.0.0.10"), Caller)


@pytest.mark.parametrize(("host", "may"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False)])
def test_without_users_documents_are_changed_at_the_own_machine_alone(host: str, may: bool) -> None:
    assert access_of(Settings(), host).may_manage("web:guest:1") is may


def test_without_users_nobody_manages_behind_a_proxy() -> None:
    access = access_of(Settings(proxy_addresses="127.0.0.1"), "127.0.0.1")
    assert not access.may_manage("web:guest:1")


def test_a_user_comes_with_a_password(members: Members) -> None:
    assert members.caller(request(authorization=basic(*ANN)), "") == Caller("ann")
    assert members.may_manage("web:ann")
    assert not members.may_manage("web:ben")
    assert not members.may_manage("web:guest:ann")


@pytest.mark.parametrize(
    "header",
    [
        basic("ann", "wrong pass phrase"),
        basic("nobody", ANN[1]),
        basic("ann", ""),
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe").decode(),
        "Bearer abc",
        "",
    ],
)
def test_nobody_comes_without_the_right_one(members: Members, header: str) -> None:
    found = members.caller(request(authorization=header), "")
    assert isinstance(found, Refused)
    assert found.status == 401


def test_a_session_ends_with_logout_a_new_password_and_removal(members: Members) -> None:
    def logged_in(name: str, password: str) -> Callable[[], object]:
        token = members.log_in(name, password, "10.0.0.9")
        assert isinstance(token, str)
        return lambda: members.caller(request(cookie=f"residency={token}"), "")

    ann, ben = logged_in(*ANN), logged_in(*BEN)
    assert (ann(), ben()) == (Caller("ann"), Caller("ben"))
    members._users.add("ann", "a new pass phrase")
    assert isinstance(ann(), Refused)
    members._users.remove("ben")
    assert isinstance(ben(), Refused)
    token = members.log_in("ann", "a new pass phrase", "10.0.0.9")
    assert isinstance(token, str)
    members.log_out(token)
    assert isinstance(members.caller(request(cookie=f"residency={token}"), ""), Refused)


def test_a_password_that_was_believed_is_not_after_removal(members: Members) -> None:
    header = basic(*BEN)
    assert members.caller(request(authorization=header), "") == Caller("ben")
    members._users.remove("ben")
    assert isinstance(members.caller(request(authorization=header), ""), Refused)


def test_a_session_has_an_end() -> None:
    clock = Clock()
    sessions = OwnSessions(60, clock)
    token = sessions.begin("ann", "kept")
    clock.now += 59
    assert sessions.find(token) is not None
    clock.now += 2
    assert sessions.find(token) is None


def test_guessing_is_slowed_down(users_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    members = Members(Users(users_file), OwnSessions(60), clock=clock)
    monkeypatch.setattr("ui.web.access.users_file.is_password", lambda password, kept: False)
    found = [members.checked("ann", f"guess {number}", "10.0.0.9") for number in range(11)]
    assert [one.status for one in found if isinstance(one, Refused)] == [401] * 10 + [429]
    # Another address is not let guess the same name, nor the same address another name.
    for name, address in (("ann", "10.0.0.8"), ("ben", "10.0.0.9")):
        other = members.checked(name, "guess", address)
        assert isinstance(other, Refused)
        assert other.status == 429
    clock.now += 61
    later = members.checked("ann", "guess", "10.0.0.9")
    assert isinstance(later, Refused)
    assert later.status == 401


def test_of_many_guesses_at_once_no_more_are_looked_at_than_of_as_many_in_turn(
    users_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked_at: list[str] = []

    def is_password(password: str, kept: str) -> bool:
        looked_at.append(password)
        time.sleep(0.02)
        return False

    monkeypatch.setattr("ui.web.access.users_file.is_password", is_password)
    caplog.set_level("INFO")
    members = Members(Users(users_file), OwnSessions(60))
    with ThreadPoolExecutor(30) as many:
        found = list(
            many.map(lambda n: members.checked("ann", f"guess {n}", "10.0.0.9"), range(60))
        )
    assert len(looked_at) == 10
    refused = [one.status for one in found if isinstance(one, Refused)]
    assert (refused.count(401), refused.count(429)) == (10, 50)
    noted = [record.__dict__["fields"] for record in caplog.records]
    assert noted == [{"user": "ann", "address": "10.0.0.9"}] * 10


def test_a_right_password_takes_none_of_the_tries(users_file: Path) -> None:
    members = Members(Users(users_file), OwnSessions(60))
    for _ in range(12):
        members._believed.clear()
        found = members.checked(*BEN, "10.0.0.9")
        assert not isinstance(found, Refused)


@pytest.fixture
def proxied() -> Proxied:
    return Proxied(
        Settings(
            proxy_user_header="X-Forwarded-User", proxy_addresses="10.0.0.7, 10.1.0.0/16",
            managers="ann, cleo", approvers="ben",
        )
    )  # fmt: skip


@pytest.mark.parametrize("peer", ["10.0.0.7", "10.1.2.3"])
def test_a_proxy_names_the_user(proxied: Proxied, peer: str) -> None:
    assert proxied.caller(request(x_forwarded_user="ann@example.org"), peer) == Caller(
        "ann@example.org"
    )


@pytest.mark.parametrize("peer", ["10.0.0.8", "127.0.0.1", "", "x"])
def test_nobody_is_believed_who_comes_around_the_proxy(proxied: Proxied, peer: str) -> None:
    found = proxied.caller(request(x_forwarded_user="ann"), peer)
    assert isinstance(found, Refused)
    assert found.status == 403


@pytest.mark.parametrize("name", ["", "guest:1", "a b", "x" * 200])
def test_a_name_that_is_none_is_refused(proxied: Proxied, name: str) -> None:
    assert isinstance(proxied.caller(request(x_forwarded_user=name), "10.0.0.7"), Refused)


def test_a_second_name_beside_the_proxys_is_refused(proxied: Proxied) -> None:
    pair = (b"x-forwarded-user", b"ann")
    twice = HTTPConnection({"type": "http", "headers": [pair, pair], "client": ("10.0.0.9", 1)})
    assert isinstance(proxied.caller(twice, "10.0.0.7"), Refused)


def test_managers_behind_a_proxy_are_those_of_the_settings(proxied: Proxied) -> None:
    assert proxied.may_manage("web:cleo")
    assert not proxied.may_manage("web:ben")


def test_approvers_behind_a_proxy_are_those_of_the_settings(proxied: Proxied) -> None:
    assert proxied.may_approve("web:ben")
    assert not proxied.may_approve("web:ann")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"users_file": "u", "proxy_user_header": "X-User"}, "both are set"),
        ({"proxy_user_header": "X-User"}, "RESIDENCY_PROXY_ADDRESSES"),
        ({"proxy_user_header": "X-User", "proxy_addresses": "10.0.0.0/99"}, "10.0.0.0/99"),
        ({"managers": "ann"}, "RESIDENCY_MANAGERS"),
        ({"approvers": "ann"}, "RESIDENCY_APPROVERS.*residency users add --approver"),
        ({"proxy_addresses": "*"}, r"RESIDENCY_PROXY_ADDRESSES: \*"),
        ({"users_file": "u", "proxy_addresses": "balancer"}, "PROXY_ADDRESSES: balancer"),
        (
            {"proxy_user_header": "X", "proxy_addresses": "10.0.0.7", "managers": "ann, *"},
            r"RESIDENCY_MANAGERS: '\*' is no name of a user",
        ),
        (
            {"proxy_user_header": "X", "proxy_addresses": "10.0.0.7", "approvers": "Ann Lee"},
            "RESIDENCY_APPROVERS: 'Ann Lee' is no name of a user",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused(
    settings: dict[str, str], told: str
) -> None:
    with pytest.raises(AccessError, match=told):
        access_of(Settings.model_validate(settings), "127.0.0.1")


@pytest.mark.parametrize(
    "written", ["ann,cleo", " ann , cleo ,", '["ann", "cleo"]', '[ "ann","cleo"]']
)
def test_a_list_of_names_is_written_with_commas_or_as_json(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("RESIDENCY_MANAGERS", written)
    assert Settings.load().managers == ("ann", "cleo")


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("RESIDENCY_MANAGERS", "[]", "it is set and names nothing"),
        ("RESIDENCY_MANAGERS", " , ", "it is set and names nothing"),
        ("RESIDENCY_APPROVERS", '["ann"', "no list. Write it with commas"),
        ("RESIDENCY_PROXY_ADDRESSES", "[1]", "no list. Write it with commas"),
    ],
)
def test_a_list_that_names_nobody_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str, told: str
) -> None:
    monkeypatch.setenv(name, written)
    with pytest.raises(SettingsError, match=f"{name}: {told}"):
        Settings.load()


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        ("10.0.0.7", "192.0.2.1"),
        ("::ffff:10.0.0.7", "192.0.2.1"),
        ("10.0.0.8", "10.0.0.8"),
        ("::ffff:10.0.0.8", "10.0.0.8"),
    ],
)
def test_a_proxy_is_known_by_its_address_in_either_form(peer: str, client: str) -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0])

    async def nothing(*_: object) -> None: ...

    scope = {
        "type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", b"192.0.2.1")],
    }  # fmt: skip
    asyncio.run(Peer(app, ("10.0.0.7",))(scope, nothing, nothing))  # type: ignore[arg-type]
    assert seen == [client]


def test_failures_elsewhere_do_not_lock_out_who_comes_from_a_known_place(
    users_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two addresses: somebody guesses at one, the user has the right password at the other."""
    settings = Settings(home=tmp_path, users_file=users_file)
    home, elsewhere = "10.0.0.9", "203.0.113.7"
    # Hashing takes long enough, on a busy machine, for a try to come back meanwhile.
    monkeypatch.setattr("ui.web.access.users_file.is_password", lambda said, kept: said == ANN[1])

    def members() -> Members:
        found = access_of(settings, "0.0.0.0")
        assert isinstance(found, Members)
        return found

    assert isinstance(members().checked(*ANN, home), User)
    # Another process, to which the address is known all the same.
    other = members()
    for number in range(12):
        assert isinstance(other.checked("ann", f"not the one {number}", elsewhere), Refused)
    locked = other.checked(*ANN, "198.51.100.4")
    assert isinstance(locked, Refused)
    assert locked.status == 429
    assert isinstance(other.checked(*ANN, home), User)
    # To one user's place the other's is not known.
    stranger = other.checked("ben", "not the one", home)
    assert isinstance(stranger, Refused)
    assert stranger.status == 401


def test_guesses_from_a_known_place_have_the_same_limit(
    users_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = access_of(Settings(home=tmp_path, users_file=users_file), "0.0.0.0")
    assert isinstance(members, Members)
    assert isinstance(members.checked(*ANN, "10.0.0.9"), User)
    monkeypatch.setattr("ui.web.access.users_file.is_password", lambda password, kept: False)
    found = [members.checked("ann", f"guess {number}", "10.0.0.9") for number in range(15)]
    assert [one.status for one in found if isinstance(one, Refused)] == [401] * 10 + [429] * 5


def test_a_store_of_places_that_cannot_be_used_keeps_nobody_out(
    users_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logins.sqlite").write_bytes(b"no database" * 100)
    members = access_of(Settings(home=tmp_path, users_file=users_file), "0.0.0.0")
    assert isinstance(members, Members)
    assert isinstance(members.checked(*ANN, "10.0.0.9"), User)
    assert "no place is known meanwhile" in caplog.text


def test_nothing_of_an_address_is_in_the_file(users_file: Path, tmp_path: Path) -> None:
    members = access_of(Settings(home=tmp_path, users_file=users_file), "0.0.0.0")
    assert isinstance(members, Members)
    assert isinstance(members.checked(*ANN, "203.0.113.77"), User)
    for path in tmp_path.glob("logins.sqlite*"):
        assert b"203.0.113.77" not in path.read_bytes()
        assert b"ann" not in path.read_bytes()


def test_a_user_has_so_many_places_and_the_oldest_give_way(tmp_path: Path) -> None:
    now = [1_000_000_000.0]
    known = KnownPlaces(tmp_path / "logins.sqlite", lambda: now[0])
    for number in range(25):
        known.note("ann", f"10.0.0.{number}")
        now[0] += 86_400
    assert [known.knows("ann", f"10.0.0.{number}") for number in (0, 4, 5, 24)] == [
        False, False, True, True,
    ]  # fmt: skip
    now[0] += 200 * 86_400
    known.note("ben", "10.0.0.1")
    assert not known.knows("ann", "10.0.0.24")


def test_of_those_at_no_known_place_so_many_wait_to_be_looked_at(
    users_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guessers with many addresses and many names; a known place is looked at between them."""
    members = access_of(Settings(home=tmp_path, users_file=users_file), "0.0.0.0")
    assert isinstance(members, Members)
    assert isinstance(members.checked(*ANN, "10.0.0.9"), User)
    members._believed.clear()
    looked_at: list[str] = []
    begun = threading.Event()

    def is_password(password: str, kept: str) -> bool:
        looked_at.append(password)
        begun.set()
        time.sleep(0.2)
        return password == ANN[1]

    monkeypatch.setattr("ui.web.access.users_file.is_password", is_password)
    with ThreadPoolExecutor(60) as many:
        guesses = [
            many.submit(members.checked, f"name-{n}", f"guess {n}", f"10.1.0.{n}")
            for n in range(50)
        ]
        begun.wait(10)
        time.sleep(0.1)
        before = len(looked_at)
        assert isinstance(members.checked(*ANN, "10.0.0.9"), User)
        assert looked_at.index(ANN[1]) <= before + 3
        found = [guess.result() for guess in guesses]
    statuses = [one.status for one in found if isinstance(one, Refused)]
    assert set(statuses) == {401, 503}
    assert statuses.count(503) > 20


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.9", "10.0.0.9", True), ("10.0.0.9", "10.0.0.8", False),
        ("2001:db8::1", "2001:db8::ffff:1", True), ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.9", "10.0.0.9", True), ("fe80::1%eth0", "fe80::2", True),
    ],
)  # fmt: skip
def test_what_one_host_calls_itself_is_one_place(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same


def test_browsers_without_a_name_are_counted_by_their_address() -> None:
    access = Guests(is_alone=False)
    first, second = (
        access.caller(request("10.0.0.9", cookie=f"residency={letter * 43}"), "") for letter in "ab"
    )
    elsewhere = access.caller(request("10.0.0.8", cookie=f"residency={'a' * 43}"), "")
    assert isinstance(first, Caller)
    assert isinstance(second, Caller)
    assert isinstance(elsewhere, Caller)
    assert first.name != second.name
    assert first.party == second.party != elsewhere.party


def test_a_header_beyond_all_names_and_passwords_is_not_read(members: Members) -> None:
    header = basic(ANN[0], "x" * 9_000)
    found = members.caller(request(authorization=header), "10.0.0.9")
    assert isinstance(found, Refused)
    assert "Log in first" in found.message
