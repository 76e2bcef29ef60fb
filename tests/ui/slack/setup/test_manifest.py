"""The manifest: what Slack takes, what the bot uses, and prompts that have answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.app import Assistant
from assistant.types import Verdict
from ui.errors import SlackError
from ui.slack.setup.manifest import PATH, manifest, scopes

# What Slack needs to be granted for an event, as its reference of events says.
EVENTS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "tokens_revoked": set(),
}


def _told(url: str | None = None) -> Any:
    return json.loads(manifest(url))


def test_socket_mode_needs_no_address() -> None:
    told = _told()
    assert told["settings"]["socket_mode_enabled"] is True
    assert "https://" not in manifest()


def test_over_http_every_request_goes_to_the_one_path() -> None:
    told = _told("https://bot.example.com/residency/")
    address = f"https://bot.example.com/residency{PATH}"
    assert told["settings"]["socket_mode_enabled"] is False
    assert told["settings"]["event_subscriptions"]["request_url"] == address
    assert told["settings"]["interactivity"] == {"is_enabled": True, "request_url": address}
    assert [command["url"] for command in told["features"]["slash_commands"]] == [address]
    assert _told(address) == told


def test_over_http_all_else_is_as_in_socket_mode() -> None:
    told = _told("https://bot.example.com")
    del told["settings"]["event_subscriptions"]["request_url"]
    del told["settings"]["interactivity"]["request_url"]
    del told["features"]["slash_commands"][0]["url"]
    told["settings"]["socket_mode_enabled"] = True
    assert told == _told()


@pytest.mark.parametrize(
    "url",
    ["http://bot.example.com", "bot.example.com", "https://", "https://me@host", "https://h?x=1"],
)
def test_an_address_that_slack_does_not_call_is_refused(url: str) -> None:
    with pytest.raises(SlackError, match=r"Give .* as --url https://HOST"):
        manifest(url)


def test_every_event_has_its_scope() -> None:
    events = _told()["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(EVENTS)
    assert set().union(*EVENTS.values()) <= set(scopes())


def test_scopes_are_asked_of_the_bot_alone() -> None:
    assert list(_told()["oauth_config"]["scopes"]) == ["bot"]
    assert len(set(scopes())) == len(scopes())


def test_the_texts_keep_slacks_limits() -> None:
    told = _told()
    shown, features = told["display_information"], told["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_every_suggested_prompt_is_answered(assistant: Assistant) -> None:
    prompts = _told()["features"]["agent_view"]["suggested_prompts"]
    assert len(prompts) == 4
    for prompt in prompts:
        answer = assistant.ask(prompt["message"])
        assert (prompt["title"], answer.verdict) == (prompt["title"], Verdict.ANSWERED)
        assert answer.citations
