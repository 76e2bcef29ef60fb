"""Bolt itself hears what the fake Slack tells, by both ways, and can answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.ui.slack.fake import FakeSlack, Signature
from tests.ui.slack.fake.payloads import challenge

# Bolt keeps the bot's own messages to itself.
EVERYTHING = [
    "mention", "message", "message", "message bot_message", "message file_share",
    "message message_changed", "app_home_opened", "command", "shortcut where, then?",
    "action Where?", "view", "message message_deleted", "channel_archive", "app_uninstalled",
]  # fmt: skip


def bot(fake: FakeSlack, heard: list[str]) -> App:
    web = WebClient(token=fake.bot_token, base_url=fake.api_url)
    app = App(client=web, signing_secret=fake.signing_secret, process_before_response=True)

    @app.event("app_mention")
    def _(event: dict[str, Any], say: Any) -> None:
        heard.append("mention")
        button = {"type": "button", "action_id": "choose1", "value": "Where?"}
        button |= {"text": {"type": "plain_text", "text": "Where?"}}
        blocks = [{"type": "actions", "elements": [button]}]
        say(text="In Norway.", thread_ts=event["ts"], blocks=blocks)

    for name in ("app_home_opened", "channel_archive", "app_uninstalled", "tokens_revoked"):

        @app.event(name)
        def _(event: dict[str, Any]) -> None:
            heard.append(event["type"])

    @app.event("message")
    def _(event: dict[str, Any]) -> None:
        heard.append(f"message {event.get('subtype', '')}".strip())

    @app.command("/residency")
    def _(ack: Ack, respond: Any) -> None:
        ack()
        heard.append("command")
        respond("In Norway.")

    @app.shortcut("check_claim")
    def _(ack: Ack, payload: dict[str, Any]) -> None:
        ack()
        heard.append(f"shortcut {payload['message']['text']}")

    @app.action("choose1")
    def _(ack: Ack, action: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        ack()
        heard.append(f"action {action['value']}")
        title = {"type": "plain_text", "text": "A passage"}
        blocks = [{"type": "section", "text": {"type": "plain_text", "text": "It says so."}}]
        view = {"type": "modal", "callback_id": "reason", "title": title, "blocks": blocks}
        view |= {"submit": {"type": "plain_text", "text": "Send"}}
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("reason")
    def _(ack: Ack) -> None:
        ack()
        heard.append("view")

    return app


@contextmanager
def over_socket(fake: FakeSlack, app: App) -> Iterator[None]:
    handler = SocketModeHandler(app, fake.app_token, web_client=WebClient(base_url=fake.api_url))
    handler.connect()
    yield
    handler.close()


@contextmanager
def over_http(fake: FakeSlack, app: App) -> Iterator[None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = {"port": port, "http_server_logger_enabled": False}
    Thread(target=app.start, kwargs=start, daemon=True).start()
    fake.bot_url = f"http://127.0.0.1:{port}/slack/events"
    fake.wait(lambda: fake.push(challenge("word")).status == 200)
    yield


@pytest.mark.parametrize("way", [over_socket, over_http])
def test_bolt_hears_everything(way: Any) -> None:
    heard: list[str] = []
    with FakeSlack() as fake, way(fake, bot(fake, heard)):
        mention, message = fake.mention("U0ANN", "C0GENERAL", "where?")
        told = mention.body["event"]
        posted = (
            mention,
            message,
            fake.dm("U0ANN", "where?"),
            fake.other_bot("C0GENERAL", "hello", classic=True),
            fake.file("D0ANN", "U0ANN", "this one"),
            fake.edit("C0GENERAL", told["ts"], "where, then?"),
            fake.opened("U0ANN"),
            fake.command("U0ANN", "C0GENERAL", "where?"),
            fake.shortcut("U0ANN", "C0GENERAL", told["ts"]),
        )
        assert {fake.deliver(one).status for one in posted} == {200}
        (answer,) = fake.wait(lambda: fake.answers("C0GENERAL"))
        assert fake.deliver(fake.press("U0ANN", "C0GENERAL", answer.ts, "choose")).status == 200
        (view,) = fake.wait(fake.views)
        fake.deliver(fake.submit("U0ANN", view), fake.own("C0GENERAL", answer.ts))
        fake.deliver(fake.delete("C0GENERAL", told["ts"]), fake.archive("C0GENERAL"))
        fake.wait(lambda: "channel_archive" in heard)
        fake.deliver(fake.uninstall())
        fake.wait(lambda: "app_uninstalled" in heard)
        assert fake.faults == []
        assert [one.text for one in fake.ephemerals("U0ANN")] == ["In Norway."]
    assert sorted(heard) == sorted(EVERYTHING)


def test_bolt_takes_no_push_that_is_not_signed() -> None:
    heard: list[str] = []
    with FakeSlack() as fake, over_http(fake, bot(fake, heard)):
        told = fake.dm("U0ANN", "where?")
        for wrong in (Signature(forged="v0=0"), Signature(age_s=600), Signature(present=False)):
            assert fake.push(told, signature=wrong).status == 401
    assert heard == []
