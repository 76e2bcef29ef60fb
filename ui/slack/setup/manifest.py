"""What the app asks of a workspace: the manifest that is pasted where apps are created."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from ui.errors import SlackError

PATH = "/slack/events"
"""Where events, presses and commands are taken over HTTP, all of them."""


def manifest(url: str | None = None) -> str:
    """Return the manifest as JSON: for Socket Mode, or for HTTP below a public address.

    Raises SlackError for an address that Slack would not call.
    """
    told = _shipped()
    if url is not None:
        address = _public(url) + PATH
        told["settings"]["socket_mode_enabled"] = False
        told["settings"]["event_subscriptions"]["request_url"] = address
        told["settings"]["interactivity"]["request_url"] = address
        for command in told["features"]["slash_commands"]:
            command["url"] = address
    return json.dumps(told, indent=2, ensure_ascii=False)


def scopes() -> tuple[str, ...]:
    """Return what the bot's token has to allow."""
    return tuple(_shipped()["oauth_config"]["scopes"]["bot"])


def _shipped() -> Any:
    return json.loads((files("ui.slack.setup") / "manifest.json").read_text(encoding="utf-8"))


def _public(url: str) -> str:
    """Return an address without a slash at its end; raise SlackError where it is none."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise SlackError(f"{url}: Slack calls no such address. Give one as --url https://HOST")
    if parts.query or parts.fragment:
        raise SlackError(f"{url}: an address with more than a path. Give it as --url https://HOST")
    return url.removesuffix(PATH).rstrip("/")
