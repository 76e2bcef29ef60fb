"""Bodies in the shapes that Slack sends."""

from __future__ import annotations

from typing import Any

from assistant.history.feedback import Rating
from ui.slack.blocks.actions import numbered
from ui.slack.buttons.choose import CHOOSE
from ui.slack.buttons.feedback import (
    FEEDBACK,
    REASON,
    AnswerPlace,
    feedback_value,
    reason_metadata,
)
from ui.slack.buttons.passage import PASSAGE, passage_value
from ui.slack.buttons.person import PERSON
from ui.slack.incoming.presses import CHECK_CLAIM
from ui.slack.types import Ours

BOT = "U0BOT"
OURS = Ours(user=BOT, app="A0APP", teams=frozenset({"T1"}))
ANSWER = "0123456789abcdef0123456789abcdef"
TRIGGER = "13345224609.738474920.8088930838d88f008e0"
HOOK = "https://hooks.slack.com/actions/T1/1/abc"
Body = dict[str, Any]


def event(kind: str, *, id_: str = "Ev0001x", **fields: object) -> Body:
    """An event as it is pushed."""
    return {
        "token": "verification",
        "team_id": "T1",
        "context_team_id": "T1",
        "api_app_id": "A0APP",
        "event": {"type": kind, "event_ts": "1700000000.000100", **fields},
        "type": "event_callback",
        "event_id": id_,
        "event_time": 1700000000,
        "authorizations": [{"team_id": "T1", "user_id": BOT, "is_bot": True}],
    }


def message(
    text: str, *, channel: str = "C1", ts: str = "1700000000.000100", **more: object
) -> Body:
    """A message of a channel; of the direct messages with a channel that begins with D."""
    kind = "im" if channel.startswith("D") else "channel"
    fields: Body = {"channel": channel, "channel_type": kind, "user": "U1", "text": text, "ts": ts}
    return event("message", **(fields | more))


def mention(text: str, *, ts: str = "1700000000.000100", **more: object) -> Body:
    """The other event of a message that names the bot."""
    fields: Body = {"channel": "C1", "user": "U1", "text": text, "ts": ts}
    return event("app_mention", **(fields | more))


def press(action_id: str, value: str, **more: object) -> Body:
    """A press of a button in a message of a thread."""
    body: Body = {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "example"},
        "user": {"id": "U1", "username": "anna", "team_id": "T1"},
        "api_app_id": "A0APP",
        "trigger_id": TRIGGER,
        "container": {
            "type": "message",
            "message_ts": "1700000001.000200",
            "channel_id": "C1",
            "is_ephemeral": False,
        },
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "ts": "1700000001.000200", "thread_ts": "1700000000.000100"},
        "response_url": HOOK,
        "actions": [
            {
                "action_id": action_id,
                "block_id": "b",
                "type": "button",
                "value": value,
                "action_ts": "1700000002.000300",
            }
        ],
    }
    return body | more


def ephemeral(action_id: str, value: str) -> Body:
    """A press of a button in a message that one user alone sees."""
    body = press(action_id, value)
    body["container"]["is_ephemeral"] = True
    del body["message"]
    return body


def form(reason: str, correction: str, *, team: str = "T1", thread: str = "1700000000.1") -> Body:
    """The form that asks why an answer did not help, submitted."""
    return {
        "type": "view_submission",
        "team": {"id": "T1", "domain": "example"},
        "user": {"id": "U1"},
        "api_app_id": "A0APP",
        "trigger_id": TRIGGER,
        "view": {
            "id": "V1",
            "callback_id": REASON,
            "private_metadata": reason_metadata(AnswerPlace(team, "C1", thread, ANSWER)),
            "state": {
                "values": {
                    "reason": {"reason": {"type": "plain_text_input", "value": reason}},
                    "correction": {"correction": {"type": "plain_text_input", "value": correction}},
                }
            },
        },
    }


def shortcut(**fields: object) -> Body:
    """The shortcut of a message."""
    return {
        "type": "message_action",
        "callback_id": CHECK_CLAIM,
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1", "name": "general"},
        "api_app_id": "A0APP",
        "trigger_id": TRIGGER,
        "action_ts": "1700000002.000300",
        "message_ts": "1700000000.000100",
        "message": {"type": "message", "user": "U2", "ts": "1700000000.000100", **fields},
        "response_url": HOOK,
    }


def command(text: str) -> Body:
    """The slash command."""
    return {
        "token": "verification",
        "team_id": "T1",
        "team_domain": "example",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": "U1",
        "user_name": "anna",
        "command": "/residency",
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": HOOK,
        "trigger_id": TRIGGER,
    }


def every() -> tuple[Body, ...]:
    """One body of each shape that something is done about."""
    return (
        message("Where is mail kept?", channel="D1"),
        message(f"<@{BOT}> where is <https://example.com|mail> kept &amp; how long?"),
        message("and in Japan?", thread_ts="1600000000.000100"),
        mention(f"<@{BOT}> where?"),
        message("", hidden=True, subtype="message_deleted", deleted_ts="1700000000.000100"),
        event("app_home_opened", user="U1", channel="D1", tab="messages"),
        event("app_uninstalled"),
        event("tokens_revoked", tokens={"oauth": [], "bot": [BOT]}),
        event("channel_archive", channel="C1", user="U1"),
        event("member_left_channel", channel="C1", user=BOT),
        press(numbered(CHOOSE, 1), "Where is mail kept?"),
        press(numbered(PASSAGE, 2), passage_value("intune", 3, 9)),
        press(FEEDBACK, feedback_value(Rating.DOWN, ANSWER)),
        press(PERSON, ANSWER),
        ephemeral(numbered(CHOOSE, 1), "Where is mail kept?"),
        form("wrong country", "Norway"),
        shortcut(text="", blocks=[{"type": "section", "text": {"text": "Mail is in Oslo."}}]),
        command("where is mail?"),
    )
