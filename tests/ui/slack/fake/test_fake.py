"""The fake Slack keeps Slack's own contract, as the real SDK sees it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ButtonElement, SectionBlock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.ui.slack.fake import FakeSlack, Retry, Signature
from tests.ui.slack.fake.markup import markdown_problems, mrkdwn_problems

MARKED = {"event_type": "residency_answer", "event_payload": {"key": "k1", "part": 1, "parts": 1}}
BUTTON = {
    "type": "actions",
    "elements": [{
        "type": "button", "action_id": "choose1", "value": "Where?",
        "text": {"type": "plain_text", "text": "Where?"},
    }],
}  # fmt: skip
FEEDBACK = {
    "type": "context_actions",
    "elements": [{
        "type": "feedback_buttons", "action_id": "feedback",
        "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "up:a1"},
        "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "down:a1"},
    }],
}  # fmt: skip


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running


@pytest.fixture
def client(fake: FakeSlack) -> WebClient:
    fake.channel("C0GENERAL")
    return WebClient(token=fake.bot_token, base_url=fake.api_url, retry_handlers=[])


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def test_a_posted_message_is_read_back_with_its_metadata(
    fake: FakeSlack, client: WebClient
) -> None:
    question = fake.dm("U0ANN", "Where is mailbox content kept?").body["event"]
    sent = client.chat_postMessage(
        channel=question["channel"], thread_ts=question["ts"], text="In Norway.", metadata=MARKED
    )

    def read(**asked: Any) -> list[dict[str, Any]]:
        place = {"channel": question["channel"], "ts": question["ts"]}
        return list(client.conversations_replies(**place, **asked)["messages"])

    assert [one["text"] for one in read()] == ["Where is mailbox content kept?", "In Norway."]
    assert "metadata" not in read()[1]
    assert read(include_all_metadata=True)[1]["metadata"] == MARKED
    assert [one.key for one in fake.answers("D0ANN", question["ts"])] == ["k1"]
    assert fake.answers()[0].ts == sent["ts"]
    assert fake.faults == []


def test_long_threads_come_in_pages(fake: FakeSlack, client: WebClient) -> None:
    root = fake.post("C0GENERAL", "U0ANN", "root").body["event"]["ts"]
    for number in range(5):
        client.chat_postMessage(channel="C0GENERAL", thread_ts=root, text=f"reply {number}")
    pages = list(client.conversations_replies(channel="C0GENERAL", ts=root, limit=2))
    assert [len(page["messages"]) for page in pages] == [2, 2, 2]
    assert [one["text"] for page in pages for one in page["messages"]][-1] == "reply 4"
    assert len(client.conversations_history(channel="C0GENERAL")["messages"]) == 1


def test_a_stream_takes_pieces_until_it_is_stopped(fake: FakeSlack, client: WebClient) -> None:
    question = fake.dm("U0ANN", "Where?").body["event"]
    place = {"channel": "D0ANN", "thread_ts": question["ts"]}
    client.assistant_threads_setStatus(channel_id="D0ANN", thread_ts=question["ts"], status="...")
    assert fake.threads()[0]["status"] == "..."
    ts = client.chat_startStream(**place)["ts"]
    client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="In ")
    assert fake.answers() == []
    client.chat_stopStream(
        channel="D0ANN", ts=ts, markdown_text="Norway.", blocks=[FEEDBACK], metadata=MARKED
    )
    (answer,) = fake.answers()
    assert (answer.text, answer.key, answer.streaming) == ("In Norway.", "k1", "completed")
    assert fake.threads() == []
    for again in (
        lambda: client.chat_appendStream(channel="D0ANN", ts=ts, markdown_text="x"),
        lambda: client.chat_stopStream(channel="D0ANN", ts=ts),
    ):
        with pytest.raises(SlackApiError) as error:
            again()
        assert refused(error) == "message_not_in_streaming_state"
    assert fake.faults == []


@pytest.mark.filterwarnings("ignore:The top-level `text`")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": "x", "blocks": [section("a")] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("a" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("a") | {"colour": "red"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("a") | {"block_id": "b"}] * 2}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "poster"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "actions", "elements": []}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("hi <!channel>")]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("a" * 2900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "v" * 17_000}}},
            "metadata_too_large",
        ),
        ({"text": "a" * 40_001}, "msg_too_long"),
        ({"text": ""}, "no_text"),
        ({"text": "<https://a.example|https://b.example>"}, "unsafe_text"),
        ({"text": "see <@U0EVE>"}, "unsafe_text"),
    ],
)
def test_a_message_of_a_wrong_shape_is_refused_and_a_fault(
    fake: FakeSlack, client: WebClient, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel="C0GENERAL", **given)
    assert refused(error) == code
    assert len(fake.faults) == 1
    assert fake.faults[0].startswith(code)
    assert fake.answers() == []


def test_what_the_sdk_makes_is_no_fault(fake: FakeSlack, client: WebClient) -> None:
    button = ButtonElement(text="Show passage", action_id="passage1", value='["intune",1,2]')
    blocks = [SectionBlock(text="*Norway* <https://a.example/x|the page>", accessory=button)]
    client.chat_postMessage(channel="C0GENERAL", text="Norway", blocks=blocks)
    client.chat_postMessage(
        channel="C0GENERAL", text="Norway", blocks=[section("&lt;a&gt;"), BUTTON, FEEDBACK]
    )
    assert fake.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "<!channel>", "<!here|x>", "a < b", "<#C1>", "<@U0EVE>", "<mailto:a@b.c>",
        "<https://a.example|www.b.example>", "<https://a.example|b.com/login>",
        "<https://a.example| >",
    ],
)  # fmt: skip
def test_markup_that_calls_or_misleads_is_found(text: str) -> None:
    assert list(mrkdwn_problems(text)) != []


@pytest.mark.parametrize("text", ["<!channel>", "[https://a.example](https://b.example)"])
def test_markdown_that_calls_or_misleads_is_found(text: str) -> None:
    assert list(markdown_problems(text)) != []


def test_open_links_and_the_asker_are_fine() -> None:
    text = "<@U0ANN> a &lt; b, <https://a.example/p|intune.md>, <https://a.example>"
    assert list(mrkdwn_problems(text, {"U0ANN"})) == []
    assert list(markdown_problems("a < b [page](https://a.example)")) == []


def test_places_refuse_as_slack_does(fake: FakeSlack, client: WebClient) -> None:
    fake.channel("C0OLD", archived=True)
    fake.channel("C0APART", member=False)
    gone = fake.post("C0GENERAL", "U0ANN", "root").body["event"]["ts"]
    fake.delete("C0GENERAL", gone)

    def said(channel: str, **more: str) -> str:
        with pytest.raises(SlackApiError) as error:
            client.chat_postMessage(channel=channel, text="x", **more)
        return refused(error)

    assert said("C0NONE") == "channel_not_found"
    assert said("C0OLD") == "is_archived"
    assert said("C0APART") == "not_in_channel"
    assert said("C0GENERAL", thread_ts=gone) == "thread_not_found"
    client.conversations_join(channel="C0APART")
    client.chat_postMessage(channel="C0APART", text="x")
    fake.uninstall()
    assert said("C0GENERAL") == "account_inactive"
    assert fake.faults == []


def test_tokens_and_scopes_are_those_of_the_workspace(fake: FakeSlack, client: WebClient) -> None:
    fake.scopes("chat:write", "commands")
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write,commands"
    other = WebClient(token=fake.workspace("T0OTHER"), base_url=fake.api_url)
    assert other.auth_test()["team_id"] == "T0OTHER"
    for call in (
        lambda: WebClient(token="xoxb-wrong", base_url=fake.api_url).auth_test(),
        lambda: client.apps_connections_open(app_token="xapp-wrong"),
    ):
        with pytest.raises(SlackApiError) as error:
            call()
        assert refused(error) == "invalid_auth"


def test_an_unknown_method_is_a_fault(fake: FakeSlack, client: WebClient) -> None:
    with pytest.raises(SlackApiError):
        client.api_call("chat.shout", params={"channel": "C0GENERAL"})
    assert fake.faults == ["unknown_method: chat.shout"]


def test_trouble_strikes_as_often_as_it_is_told(fake: FakeSlack, client: WebClient) -> None:
    fake.trouble("ratelimited", "chat.postMessage", every=2, retry_after="7")
    client.chat_postMessage(channel="C0GENERAL", text="one")
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel="C0GENERAL", text="two")
    assert error.value.response.status_code == 429
    assert error.value.response.headers["retry-after"] == "7"
    client.chat_postMessage(channel="C0GENERAL", text="three")
    calls = fake.calls("chat.postMessage")
    assert [one.outcome for one in calls] == ["ok", "ratelimited", "ok"]
    assert [one.early for one in calls] == [False, False, True]
    assert [one.text for one in fake.answers()] == ["one", "three"]


def test_a_dropped_call_took_effect_and_its_caller_cannot_know(
    fake: FakeSlack, client: WebClient
) -> None:
    with fake.troubled("dropped", "chat.*", every=1), pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel="C0GENERAL", text="once")
    (call,) = fake.calls("chat.postMessage")
    assert (call.outcome, call.effect) == ("dropped", True)
    assert [one.text for one in fake.answers()] == ["once"]


def test_a_view_opens_once_and_soon(fake: FakeSlack, client: WebClient) -> None:
    view = {
        "type": "modal", "callback_id": "reason", "private_metadata": "[]",
        "title": {"type": "plain_text", "text": "What was wrong?"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{
            "type": "input", "block_id": "reason", "optional": True,
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "reason"},
        }],
    }  # fmt: skip
    pressed = fake.command("U0ANN", "C0GENERAL", "where?")
    trigger = pressed.body["trigger_id"]
    client.views_open(trigger_id=trigger, view=view)
    assert fake.faults == []
    with pytest.raises(SlackApiError) as error:
        client.views_open(trigger_id=trigger, view=view)
    assert refused(error) == "exchanged_trigger_id"
    fake.trigger_seconds(0)
    late = fake.command("U0ANN", "C0GENERAL", "where?").body["trigger_id"]
    with pytest.raises(SlackApiError) as error:
        client.views_open(trigger_id=late, view=view)
    assert refused(error) == "expired_trigger_id"
    sent = fake.submit("U0ANN", fake.views()[0], reason="too old").body
    values = sent["view"]["state"]["values"]
    assert values == {"reason": {"reason": {"type": "plain_text_input", "value": "too old"}}}


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"type": "plain_text", "text": "a" * 25}},
        {"private_metadata": "a" * 3001},
        {"blocks": [section("a")] * 101},
        {"blocks": [FEEDBACK]},
        {"blocks": [section("<!here>")]},
        {"callback_id": "a" * 256},
    ],
)
def test_a_view_of_a_wrong_shape_is_refused_and_a_fault(
    fake: FakeSlack, client: WebClient, change: dict[str, Any]
) -> None:
    title = {"type": "plain_text", "text": "A passage"}
    view = {"type": "modal", "title": title, "blocks": [section("a")]}
    trigger = fake.command("U0ANN", "C0GENERAL", "where?").body["trigger_id"]
    with pytest.raises(SlackApiError) as error:
        client.views_open(trigger_id=trigger, view=view | change)
    assert refused(error) == "invalid_arguments"
    assert len(fake.faults) == 1
    assert fake.views() == []


def test_prompts_are_at_most_four(fake: FakeSlack, client: WebClient) -> None:
    fake.opened("U0ANN")
    prompts = [{"title": f"Question {number}", "message": "Where?"} for number in range(5)]
    client.assistant_threads_setSuggestedPrompts(channel_id="D0ANN", prompts=prompts[:4])
    assert len(fake.prompts()[0]["prompts"]) == 4
    assert fake.faults == []
    with pytest.raises(SlackApiError):
        client.assistant_threads_setSuggestedPrompts(channel_id="D0ANN", prompts=prompts)
    assert len(fake.faults) == 1


def test_an_argument_that_no_method_knows_is_a_fault(fake: FakeSlack, client: WebClient) -> None:
    client.chat_postMessage(channel="C0GENERAL", text="x", colour="red")
    assert fake.faults == ["chat.postMessage knows no colour"]


def test_a_lost_connection_is_taken_up_again(fake: FakeSlack) -> None:
    web = WebClient(base_url=fake.api_url)
    client = SocketModeClient(app_token=fake.app_token, web_client=web, ping_interval=0.2)
    client.socket_mode_request_listeners.append(
        lambda by, asked: by.send_socket_mode_response(
            SocketModeResponse(envelope_id=asked.envelope_id)
        )
    )
    client.connect()
    fake.wait(lambda: fake.state()["connections"] == 1)
    fake.cut()
    fake.send(fake.dm("U0ANN", "Where?"))
    fake.wait(lambda: fake.state()["unacknowledged"] == 0)
    client.close()
    assert fake.state()["opened"] == 2


def test_the_buttons_of_a_message_can_be_pressed(fake: FakeSlack, client: WebClient) -> None:
    sent = client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[BUTTON, FEEDBACK])
    chosen = fake.press("U0ANN", "C0GENERAL", sent["ts"], "choose").body
    assert chosen["actions"][0]["value"] == "Where?"
    assert chosen["message"]["ts"] == sent["ts"]
    rated = fake.press("U0ANN", "C0GENERAL", sent["ts"], "feedback", "down:").body
    assert rated["actions"][0]["value"] == "down:a1"
    with pytest.raises(LookupError, match="no button person"):
        fake.press("U0ANN", "C0GENERAL", sent["ts"], "person")


def test_a_response_url_shows_something_to_one_user_alone(fake: FakeSlack) -> None:
    from slack_sdk.webhook import WebhookClient

    asked = fake.command("U0ANN", "C0GENERAL", "where?").body
    replied = WebhookClient(asked["response_url"]).send(text="In Norway.", blocks=[BUTTON])
    assert (replied.status_code, replied.body) == (200, "ok")
    (shown,) = fake.ephemerals("U0ANN")
    assert (shown.text, shown.by) == ("In Norway.", "respond")
    press = fake.press("U0ANN", "C0GENERAL", shown.ts, "choose").body
    assert press["container"]["is_ephemeral"] is True
    assert "message" not in press


def test_a_mention_is_told_as_two_events_of_one_message(fake: FakeSlack) -> None:
    first, second = fake.mention("U0ANN", "C0GENERAL", "where?")
    assert first.body["event_id"] != second.body["event_id"]
    assert [one.body["event"]["type"] for one in (first, second)] == ["app_mention", "message"]
    assert first.body["event"]["ts"] == second.body["event"]["ts"]
    assert second.body["event"]["channel_type"] == "channel"


class _Bot(BaseHTTPRequestHandler):
    heard: list[tuple[bool, str | None]]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        verifier = SignatureVerifier(FakeSlack.signing_secret)
        right = verifier.is_valid_request(body, dict(self.headers))
        self.heard.append((right, self.headers.get("X-Slack-Retry-Num")))
        self.send_response(200 if right else 401)
        self.end_headers()


def test_pushes_are_signed_as_slack_signs_them_unless_told_otherwise(fake: FakeSlack) -> None:
    _Bot.heard = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bot)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    fake.bot_url = f"http://127.0.0.1:{server.server_port}/slack/events"
    told = fake.dm("U0ANN", "Where? 🌍")
    replies = [
        fake.deliver(told),
        fake.deliver(fake.command("U0ANN", "C0GENERAL", "where?"), retry=Retry(2)),
        fake.push(told, signature=Signature(age_s=600)),
        fake.push(told, signature=Signature(secret="guessed")),
        fake.push(told, signature=Signature(present=False)),
    ]
    server.shutdown()
    server.server_close()
    assert [one.status for one in replies] == [200, 200, 401, 401, 401]
    assert _Bot.heard[:2] == [(True, None), (True, "2")]
    assert fake.deliver(told).status == 0


def test_socket_mode_sends_again_what_was_not_acknowledged(fake: FakeSlack) -> None:
    web = WebClient(base_url=fake.api_url)
    heard: list[tuple[str, int | None]] = []

    def listen(client: SocketModeClient, request: Any) -> None:
        heard.append((request.payload["event"]["text"], request.retry_attempt))
        if len(heard) != 1:
            answer = SocketModeResponse(envelope_id=request.envelope_id)
            client.send_socket_mode_response(answer)

    fake.send(fake.dm("U0ANN", "first"))
    client = SocketModeClient(app_token=fake.app_token, web_client=web)
    client.socket_mode_request_listeners.append(listen)  # type: ignore[arg-type]
    client.connect()
    fake.wait(lambda: heard)
    assert fake.state()["unacknowledged"] == 1
    fake.refresh(close_after_s=0.1)
    fake.wait(lambda: fake.state()["unacknowledged"] == 0)
    assert heard == [("first", 0), ("first", 1)]
    delivered = fake.deliver(fake.dm("U0ANN", "é" * 30_000))
    client.close()
    assert delivered.status == 200
    assert delivered.seconds < 3
    assert fake.state()["opened"] == 2
    assert fake.faults == []


def test_it_runs_as_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeSlack(apart=True) as apart:
        began = time.monotonic()
        assert WebClient(token=apart.bot_token, base_url=apart.api_url).auth_test()["ok"]
        again = FakeSlack(url=apart.url)
        assert [one.method for one in again.calls()] == ["auth.test"]
        assert time.monotonic() - began < 5
