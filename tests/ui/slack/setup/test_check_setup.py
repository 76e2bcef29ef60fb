"""What is missing before the bot starts: all of it is told at once, in a line each."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from tests.ui.slack.methods import APP_TOKEN, AUTH, BOT_TOKEN, SECRET, Methods, serving
from ui.errors import SlackError
from ui.slack.setup.check_setup import Identity, check
from ui.slack.setup.manifest import scopes


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def methods() -> Methods:
    return Methods()


@pytest.fixture
def settings(methods: Methods) -> Iterator[Settings]:
    with serving(methods) as port:
        yield Settings(
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=SecretStr(APP_TOKEN),
            slack_api_url=f"http://127.0.0.1:{port}/api/",
        )


def _with(settings: Settings, **changed: str) -> Settings:
    secret = {"slack_bot_token", "slack_app_token", "slack_signing_secret"}
    return settings.model_copy(
        update={name: SecretStr(it) if name in secret else it for name, it in changed.items()}
    )


def _troubles(settings: Settings, *, http: bool = False) -> tuple[str, ...]:
    with pytest.raises(SlackError) as caught:
        check(settings, http=http)
    for trouble in caught.value.troubles:
        assert "\n" not in trouble
        for secret in (BOT_TOKEN, APP_TOKEN, SECRET):
            assert secret not in trouble
    assert str(caught.value) == "\n".join(caught.value.troubles)
    return caught.value.troubles


def _only_trouble(settings: Settings, *, http: bool = False) -> str:
    (trouble,) = _troubles(settings, http=http)
    return trouble


def test_with_nothing_missing_the_bot_knows_who_it_is(settings: Settings, methods: Methods) -> None:
    assert check(settings, http=False) == Identity(
        user="U0BOT", name="residency", bot="B0BOT", team="T0TEAM", team_name="Example", app="A0APP"
    )
    assert methods.calls == [
        ("auth.test", BOT_TOKEN, ""), ("apps.connections.open", APP_TOKEN, "")
    ]  # fmt: skip


def test_over_http_the_secret_is_needed_and_the_app_token_is_not(
    settings: Settings, methods: Methods
) -> None:
    over_http = _with(settings, slack_app_token="", slack_signing_secret=SECRET)
    assert check(over_http, http=True).app == ""
    assert [method for method, *_ in methods.calls] == ["auth.test"]
    trouble = _only_trouble(settings, http=True)
    assert trouble.startswith("RESIDENCY_SLACK_SIGNING_SECRET: not set")


def test_all_that_is_missing_is_told_at_once(settings: Settings, methods: Methods) -> None:
    methods.headers["X-OAuth-Scopes"] = ",".join(
        scope for scope in scopes() if scope not in ("commands", "chat:write")
    )
    methods.refuse("apps.connections.open", "missing_scope")
    methods.refuse("conversations.info", "channel_not_found")
    app, bot, channel = _troubles(_with(settings, slack_person_channel="C0HELP"))
    assert "RESIDENCY_SLACK_APP_TOKEN: lacks the scope connections:write" in app
    assert "RESIDENCY_SLACK_BOT_TOKEN: lacks chat:write, commands. Add" in bot
    assert "RESIDENCY_SLACK_PERSON_CHANNEL: there is no C0HELP" in channel


def test_without_any_settings_both_tokens_are_named(methods: Methods) -> None:
    troubles = _troubles(Settings(slack_api_url="http://127.0.0.1:1/api/"))
    assert [trouble.partition(":")[0] for trouble in troubles] == [
        "RESIDENCY_SLACK_BOT_TOKEN", "RESIDENCY_SLACK_APP_TOKEN"
    ]  # fmt: skip
    assert all(": not set. Set " in trouble for trouble in troubles)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (" ", "not set"),
        (APP_TOKEN, "an app-level token, which belongs in RESIDENCY_SLACK_APP_TOKEN"),
        ("xoxp-1-2", "holds a user's token"),
        ("xoxe.xoxb-1-2", "a token that expires"),
        ("hunter2", "something else than such a token"),
        ("xoxb-...", "cut off or mistyped"),
        ("xoxb-1-2\n", "cut off or mistyped"),
    ],
)
def test_a_bot_token_of_another_kind_is_told_without_asking(
    settings: Settings, methods: Methods, token: str, said: str
) -> None:
    trouble = _only_trouble(_with(settings, slack_bot_token=token))
    assert trouble.startswith("RESIDENCY_SLACK_BOT_TOKEN: ")
    assert said in trouble
    assert "xoxb-1-2" not in trouble
    assert [method for method, *_ in methods.calls] == ["apps.connections.open"]


def test_swapped_tokens_are_both_told(settings: Settings) -> None:
    swapped = _with(settings, slack_bot_token=APP_TOKEN, slack_app_token=BOT_TOKEN)
    first, second = _troubles(swapped)
    assert "which belongs in RESIDENCY_SLACK_APP_TOKEN" in first
    assert "which belongs in RESIDENCY_SLACK_BOT_TOKEN" in second


@pytest.mark.parametrize(
    ("secret", "said"),
    [(BOT_TOKEN, "a bot token"), (f"{SECRET} ", "mistyped"), ("", "not set")],
)
def test_a_signing_secret_that_signs_nothing_is_told(
    settings: Settings, secret: str, said: str
) -> None:
    assert said in _only_trouble(_with(settings, slack_signing_secret=secret), http=True)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("invalid_auth", "RESIDENCY_SLACK_BOT_TOKEN: Slack does not know it. Set the Bot User"),
        ("account_inactive", "the app was removed from the workspace"),
        ("token_revoked", "it was revoked"),
        ("ekm_access_denied", "Slack: refused auth.test (ekm_access_denied). https://docs.slack"),
    ],
)
def test_what_slack_says_of_a_token_is_passed_on(
    settings: Settings, methods: Methods, error: str, said: str
) -> None:
    methods.refuse("auth.test", error)
    assert said in _only_trouble(settings)


def test_a_reply_without_scopes_is_no_leave_to_start(settings: Settings, methods: Methods) -> None:
    methods.headers.clear()
    assert "does not tell its scopes" in _only_trouble(settings)


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ({"is_member": False}, "the bot is not in C0HELP. Invite it there"),
        ({"is_member": True, "is_archived": True}, "C0HELP is archived"),
    ],
)
def test_a_channel_of_persons_that_hears_nothing_is_told(
    settings: Settings, methods: Methods, channel: dict[str, bool], said: str
) -> None:
    methods.replies["conversations.info"] = {"ok": True, "channel": channel}
    assert said in _only_trouble(_with(settings, slack_person_channel="C0HELP"))
    assert methods.calls[-1] == ("conversations.info", BOT_TOKEN, "C0HELP")


def test_a_channel_by_its_name_is_told_without_asking(settings: Settings, methods: Methods) -> None:
    assert "'#help' is no id" in _only_trouble(_with(settings, slack_person_channel="#help"))
    assert "conversations.info" not in {method for method, *_ in methods.calls}


def test_a_user_in_place_of_a_bot_is_told(settings: Settings, methods: Methods) -> None:
    methods.replies["auth.test"] = {**AUTH, "bot_id": None}
    assert "is no bot of a workspace" in _only_trouble(settings)


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"{", b"[1]", b"null", b"", b"\xff"])
@pytest.mark.parametrize("status", [200, 502])
def test_what_is_no_answer_of_slack_is_told_in_one_line(
    settings: Settings, methods: Methods, body: bytes, status: int
) -> None:
    methods.replies = dict.fromkeys(methods.replies, body)
    methods.status = status
    trouble = _only_trouble(settings)
    assert trouble.startswith("RESIDENCY_SLACK_API_URL: http://127.0.0.1:")


def test_too_many_requests_are_told_with_the_time_to_wait(
    settings: Settings, methods: Methods
) -> None:
    methods.status, methods.headers["Retry-After"] = 429, "30"
    assert _only_trouble(settings) == "Slack: too many requests. Start again in 30 seconds"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:{closed}/api/", "cannot be reached (Connection refused)"),
        ("http://slack.invalid/api/", "cannot be reached (the name is not known)"),
        ("https://127.0.0.1:{open}/api/", "speaks no TLS"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_once(
    settings: Settings, url: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    port = settings.slack_api_url.split(":")[2].partition("/")[0]
    started = time.monotonic()
    trouble = _only_trouble(_with(settings, slack_api_url=url.format(closed=closed, open=port)))
    assert said in trouble
    assert time.monotonic() - started < 40
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "proxy", ["http://me:hunter2@127.0.0.1:1", "me:hunter2@127.0.0.1:1", "http://127.0.0.1:nan"]
)
def test_a_proxy_is_named_without_its_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    trouble = _only_trouble(settings)
    assert "through the proxy 127.0.0.1:" in trouble
    assert "hunter2" not in trouble


def test_a_server_that_never_replies_is_given_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.slack.setup.calling.TIMEOUT_S", 0.2)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/api/"
        assert "no reply within 0.2 s" in _only_trouble(_with(settings, slack_api_url=url))


def test_a_certificate_that_nobody_trusts_is_told(
    settings: Settings, methods: Methods, tmp_path: Path
) -> None:
    certificate, key = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(methods, context) as port:
        trouble = _only_trouble(_with(settings, slack_api_url=f"https://localhost:{port}/api/"))
    assert "its certificate is not trusted" in trouble
    assert "SSL_CERT_FILE" in trouble
    assert methods.calls == []


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         "/CN=localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key
