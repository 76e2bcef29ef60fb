"""Payloads as Slack sends them, in full."""

from __future__ import annotations

import itertools
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from tests.ui.slack.fake.world import APP, Json

TOKEN = "verification-token"
_COUNT = itertools.count(1)
_RUN = uuid.uuid4().hex[:6].upper()
"""Tells the event ids of two runs of tests apart."""


class Kind(StrEnum):
    """What a payload is, in the words of Socket Mode."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"


@dataclass(frozen=True, slots=True)
class Payload:
    """Something that the bot is told."""

    kind: Kind
    body: Json

    @property
    def content_type(self) -> str:
        """How it is sent over HTTP."""
        if self.kind is Kind.EVENT:
            return "application/json"
        return "application/x-www-form-urlencoded"

    def encoded(self) -> str:
        """Return it as the body of an HTTP request."""
        match self.kind:
            case Kind.EVENT:
                return json.dumps(self.body)
            case Kind.COMMAND:
                return urlencode(self.body)
            case Kind.INTERACTIVE:
                return urlencode({"payload": json.dumps(self.body)})

    @property
    def event_id(self) -> str:
        """Name of an event; empty for what is none."""
        return str(self.body.get("event_id", ""))


def event(team: str, bot_user: str, inner: Json) -> Payload:
    """Wrap an event as the Events API does, under an id of its own."""
    number = next(_COUNT)
    return Payload(Kind.EVENT, {
        "token": TOKEN, "team_id": team, "context_team_id": team, "context_enterprise_id": None,
        "api_app_id": APP, "event": inner, "type": "event_callback",
        "event_id": f"Ev{_RUN}{number:06d}", "event_time": int(time.time()),
        "authorizations": [{
            "enterprise_id": None, "team_id": team, "user_id": bot_user, "is_bot": True,
            "is_enterprise_install": False,
        }],
        "is_ext_shared_channel": False, "event_context": f"4-fake-{number}",
    })  # fmt: skip


def challenge(word: str) -> Payload:
    """Return what Slack sends first to an address that is to take events."""
    body = {"type": "url_verification", "token": TOKEN, "challenge": word}
    return Payload(Kind.EVENT, body)


def message(said: Json, team: str, channel: str, kind: str) -> Json:
    """Return the event of a message that a channel shows."""
    told: Json = {"client_msg_id": str(uuid.uuid5(uuid.NAMESPACE_OID, str(said["ts"])))}
    told |= said | {"team": team, "channel": channel, "event_ts": said["ts"]}
    if not said.get("bot_id"):
        told |= {"blocks": rich_text(str(said["text"]), str(said["ts"]))}
    return told | {"channel_type": kind}


def mentioned(told: Json) -> Json:
    """Return the event of a mention that goes with the event of its message."""
    inner = {name: value for name, value in told.items() if name != "channel_type"}
    return inner | {"type": "app_mention"}


def rich_text(text: str, ts: str) -> list[Json]:
    """Return the blocks that a client makes of typed text."""
    inner = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": f"b{ts}", "elements": [inner] if text else []}]


def changed(before: Json, now: Json, channel: str, kind: str, ts: str) -> Json:
    """Return the event of an edit."""
    return {
        "type": "message", "subtype": "message_changed", "message": now,
        "previous_message": before, "channel": channel, "hidden": True, "ts": ts,
        "event_ts": ts, "channel_type": kind,
    }  # fmt: skip


def deleted(before: Json, channel: str, kind: str, ts: str) -> Json:
    """Return the event of a deletion."""
    return {
        "type": "message", "subtype": "message_deleted", "previous_message": before,
        "channel": channel, "hidden": True, "deleted_ts": before["ts"], "ts": ts,
        "event_ts": ts, "channel_type": kind,
    }  # fmt: skip


def command(
    team: str, channel: str, user: str, name: str, text: str, means: Mapping[str, str]
) -> Payload:
    """Return a slash command; `means` has the trigger and the response_url."""
    return Payload(Kind.COMMAND, {
        "token": TOKEN, "team_id": team, "team_domain": "fake", "channel_id": channel,
        "channel_name": "directmessage" if channel.startswith("D") else channel.lower(),
        "user_id": user, "user_name": user.lower(), "command": name, "text": text,
        "api_app_id": APP, "is_enterprise_install": "false",
        "response_url": means["response_url"], "trigger_id": means["trigger_id"],
    })  # fmt: skip


def _by(team: str, user: str, kind: str) -> Json:
    return {
        "type": kind, "token": TOKEN, "api_app_id": APP, "enterprise": None,
        "is_enterprise_install": False, "team": {"id": team, "domain": "fake"},
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team},
    }  # fmt: skip


def shortcut(
    team: str, channel: str, user: str, callback: str, said: Json, means: Mapping[str, str]
) -> Payload:
    """Return a shortcut that was chosen on a message."""
    return Payload(Kind.INTERACTIVE, _by(team, user, "message_action") | {
        "action_ts": means["ts"], "callback_id": callback, "trigger_id": means["trigger_id"],
        "response_url": means["response_url"], "message_ts": said["ts"], "message": said,
        "channel": {"id": channel, "name": channel.lower()},
    })  # fmt: skip


def press(
    team: str,
    channel: str,
    user: str,
    action: Json,
    said: Json,
    means: Mapping[str, str],
    ephemeral: bool = False,
) -> Payload:
    """Return the press of a button of a message."""
    container = {
        "type": "message", "message_ts": said["ts"], "channel_id": channel,
        "is_ephemeral": ephemeral,
    }  # fmt: skip
    if said.get("thread_ts"):
        container["thread_ts"] = said["thread_ts"]
    body = _by(team, user, "block_actions") | {
        "container": container, "trigger_id": means["trigger_id"],
        "channel": {"id": channel, "name": channel.lower()}, "state": {"values": {}},
        "response_url": means["response_url"], "actions": [action | {"action_ts": means["ts"]}],
    }  # fmt: skip
    return Payload(Kind.INTERACTIVE, body if ephemeral else body | {"message": said})


def submission(
    team: str, user: str, view: Json, values: Mapping[str, str], trigger: str
) -> Payload:
    """Return the submission of a modal; the values are those of its inputs, by block_id."""
    state: dict[str, Json] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        name, value = block["block_id"], values.get(block["block_id"])
        told: Json = {"type": element["type"], "value": value}
        if element["type"] in ("static_select", "radio_buttons"):
            options = element.get("options", [])
            chosen = next((one for one in options if one["value"] == value), None)
            told = {"type": element["type"], "selected_option": chosen}
        state[name] = {element["action_id"]: told}
    shown = view | {"state": {"values": state}}
    body = _by(team, user, "view_submission") | {
        "trigger_id": trigger, "view": shown, "response_urls": [],
    }  # fmt: skip
    return Payload(Kind.INTERACTIVE, body)
