"""What can be told of the secrets of the settings without asking Slack."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import SecretStr

from assistant.settings import PREFIX
from ui.errors import SlackError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of token that the bot needs, and where it is had."""

    setting: str
    prefix: str
    source: str
    """Ends a sentence that says what to set."""


BOT = Kind(
    f"{PREFIX}SLACK_BOT_TOKEN",
    "xoxb-",
    "the Bot User OAuth Token (xoxb-...) of the app's page OAuth & Permissions",
)
APP = Kind(
    f"{PREFIX}SLACK_APP_TOKEN",
    "xapp-",
    "an app-level token (xapp-...) with the scope connections:write; "
    "the app's page Basic Information makes one",
)
SIGNING = f"{PREFIX}SLACK_SIGNING_SECRET"

_OTHERS = {
    "xoxb-": f"a bot token, which belongs in {BOT.setting}",
    "xapp-": f"an app-level token, which belongs in {APP.setting}",
    "xoxp-": "a user's token",
    "xoxe": "a token that expires; make the app anew from the manifest, without token rotation",
    "xoxc-": "a browser's token",
    "xoxd-": "a browser's token",
}
_WHOLE = re.compile(r"[A-Za-z0-9_-]+")


def require(kind: Kind, token: SecretStr) -> str:
    """Return a token of the kind; raise SlackError for anything else, without showing it."""
    value = token.get_secret_value()
    if not value.strip():
        raise SlackError(f"{kind.setting}: not set. Set {kind.source}")
    if not value.startswith(kind.prefix):
        raise SlackError(f"{kind.setting}: holds {_what(value)}. Set {kind.source}")
    if not _WHOLE.fullmatch(value.removeprefix(kind.prefix)):
        raise SlackError(f"{kind.setting}: cut off or mistyped. Copy {kind.source}")
    return value


def require_signing_secret(secret: SecretStr) -> None:
    """Raise SlackError where requests over HTTP could not be told from forged ones."""
    value = secret.get_secret_value()
    copy = "the Signing Secret of the app's page Basic Information"
    if not value.strip():
        raise SlackError(
            f"{SIGNING}: not set, and requests over HTTP are signed with it. Set {copy}"
        )
    if value.startswith(("xox", "xapp-")):
        raise SlackError(f"{SIGNING}: holds {_what(value)}. Set {copy}")
    if value.split() != [value]:
        raise SlackError(f"{SIGNING}: cut off or mistyped. Copy {copy}")


def app_of(token: str) -> str:
    """Return the id of the app that an app-level token is of, empty where it does not tell."""
    parts = token.split("-")
    return parts[2] if len(parts) > 3 and parts[2].startswith("A") else ""


def _what(value: str) -> str:
    told = (words for start, words in _OTHERS.items() if value.startswith(start))
    return next(told, "something else than such a token")
