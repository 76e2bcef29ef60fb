"""Looks at the settings of the bot before it starts, and says all that is missing at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from slack_sdk.web import SlackResponse

from assistant.settings import PREFIX, Settings
from ui.errors import SlackError
from ui.slack.setup.calling import called, client, header
from ui.slack.setup.manifest import scopes
from ui.slack.setup.tokens import APP, BOT, app_of, require, require_signing_secret

_Found = TypeVar("_Found")
_PERSON = f"{PREFIX}SLACK_PERSON_CHANNEL"
_WATCH = f"{PREFIX}SLACK_WATCH_CHANNEL"
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
_DEAD = {
    "invalid_auth": "Slack does not know it",
    "not_authed": "Slack does not know it",
    "account_inactive": "the app was removed from the workspace",
    "token_revoked": "it was revoked",
    "token_expired": "it has expired",
    "not_allowed_token_type": "Slack wants a token of another kind",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    user: str
    """Id of the user that the bot is, by which it is mentioned."""
    name: str
    bot: str
    """Id of the bot, which its own messages carry."""
    team: str
    """Id of the workspace."""
    team_name: str
    app: str
    """Id of the app; empty where no app-level token tells it."""


class _Findings:
    """The troubles of all steps, each of them once."""

    def __init__(self) -> None:
        self.troubles: dict[str, None] = {}

    def tried(self, step: Callable[[], _Found]) -> _Found | None:
        """Return what a step finds; None where it finds trouble."""
        try:
            return step()
        except SlackError as error:
            self.troubles.update(dict.fromkeys(error.troubles))
            return None


def check(settings: Settings, *, http: bool) -> Identity:
    """Return who the bot is once nothing is missing; asks Slack for it.

    Over `http` the signing secret is needed, else the app-level token. Raises SlackError with
    every trouble that was found.
    """
    findings = _Findings()
    auth = findings.tried(lambda: _authenticated(settings))
    if http:
        findings.tried(lambda: require_signing_secret(settings.slack_signing_secret))
    else:
        findings.tried(lambda: _require_connections(settings))
    if auth:
        findings.tried(lambda: _require_scopes(auth))
        findings.tried(lambda: _require_channel(settings, _PERSON, settings.slack_person_channel))
        findings.tried(lambda: _require_channel(settings, _WATCH, settings.slack_watch_channel))
    if auth is None or findings.troubles:
        raise SlackError(*findings.troubles)
    return _identity(auth, settings)


def _authenticated(settings: Settings) -> SlackResponse:
    asked = client(settings, require(BOT, settings.slack_bot_token))
    words = {code: f"{BOT.setting}: {why}. Set {BOT.source}" for code, why in _DEAD.items()}
    return called(asked, asked.auth_test, words)


def _require_connections(settings: Settings) -> None:
    """Raise SlackError where Socket Mode cannot be connected; opens an address and leaves it."""
    token = require(APP, settings.slack_app_token)
    asked = client(settings, token)
    words = {code: f"{APP.setting}: {why}. Set {APP.source}" for code, why in _DEAD.items()}
    words["missing_scope"] = f"{APP.setting}: lacks the scope connections:write. Set {APP.source}"
    called(asked, lambda: asked.apps_connections_open(app_token=token), words)


def _require_scopes(auth: SlackResponse) -> None:
    told = header(auth, "x-oauth-scopes")
    if told is None:
        raise SlackError(
            f"{BOT.setting}: the reply does not tell its scopes. Have the proxy let the header "
            "x-oauth-scopes through"
        )
    granted = {scope.strip() for scope in told.split(",")}
    missing = [scope for scope in scopes() if scope not in granted]
    if missing:
        raise SlackError(
            f"{BOT.setting}: lacks {', '.join(missing)}. Add what is missing on the app's page "
            "OAuth & Permissions, and install the app again"
        )


def _require_channel(settings: Settings, name: str, channel: str) -> None:
    """Raise SlackError where a setting names a channel in which nothing could be said."""
    if not channel:
        return
    if not _CHANNEL.fullmatch(channel):
        raise SlackError(
            f"{name}: {channel!r} is no id of a channel. Copy the id (C...) at the end of what "
            "Slack shows about the channel"
        )
    asked = client(settings, require(BOT, settings.slack_bot_token))
    unseen = (
        f"{name}: there is no {channel}, or it is private and the bot is not in it. "
        "Correct the id, or invite the bot there"
    )
    words = {
        "channel_not_found": unseen,
        "missing_scope": f"{name}: {channel} cannot be looked at without the bot's scopes",
    }
    info = called(asked, lambda: asked.conversations_info(channel=channel), words)
    about = info.get("channel") or {}
    if about.get("is_archived"):
        raise SlackError(f"{name}: {channel} is archived. Set another channel, or none")
    if not about.get("is_member"):
        raise SlackError(f"{name}: the bot is not in {channel}. Invite it there")


def _identity(auth: SlackResponse, settings: Settings) -> Identity:
    told = {name: str(auth.get(name) or "") for name in ("user_id", "bot_id", "team_id")}
    if not all(told.values()):
        raise SlackError(f"{BOT.setting}: is no bot of a workspace. Set {BOT.source}")
    return Identity(
        user=told["user_id"],
        name=str(auth.get("user") or ""),
        bot=told["bot_id"],
        team=told["team_id"],
        team_name=str(auth.get("team") or ""),
        app=app_of(settings.slack_app_token.get_secret_value()),
    )
