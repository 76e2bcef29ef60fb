"""One call of Slack at a time before the bot starts; what goes wrong becomes one line."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse, WebClient

from assistant.settings import PREFIX, Settings
from ui.errors import SlackError

TIMEOUT_S = 8
_CODE = re.compile(r"[a-z_]+")
_TOO_MANY = 429


def client(settings: Settings, token: str) -> WebClient:
    """Return a client that gives up soon and writes nothing into the log."""
    quiet = logging.Logger("slack", logging.CRITICAL)
    return WebClient(
        token,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_S,
        logger=quiet,
        retry_handlers=[],
    )


def called(
    asked: WebClient, call: Callable[[], SlackResponse], words: dict[str, str]
) -> SlackResponse:
    """Return the reply of a call.

    `words` says for the errors of Slack that the caller expects what the trouble is; raises
    SlackError for these and for all others.
    """
    try:
        return call()
    except SlackApiError as error:
        raise SlackError(_refused(asked, error.response, words)) from error
    except (OSError, HTTPException, SlackClientError) as error:
        raise SlackError(_away(asked, error)) from error
    except (ValueError, AttributeError) as error:
        # The SDK takes for granted that a reply is an object of JSON.
        raise SlackError(_strange(asked, "with something else than JSON")) from error


def _refused(asked: WebClient, reply: Any, words: dict[str, str]) -> str:
    code = str(reply.data.get("error") or "") if isinstance(reply.data, dict) else ""
    if reply.status_code == _TOO_MANY:
        seconds = header(reply, "retry-after") or "some"
        return f"Slack: too many requests. Start again in {seconds} seconds"
    if code in words:
        return words[code]
    if not _CODE.fullmatch(code):
        return _strange(asked, f"with status {reply.status_code} and no answer of Slack")
    method = reply.api_url.rpartition("/")[2]
    return (
        f"Slack: refused {method} ({code}). "
        f"https://docs.slack.dev/reference/methods/{method} says why"
    )


def _strange(asked: WebClient, how: str) -> str:
    return (
        f"{PREFIX}SLACK_API_URL: {_way(asked)} replied {how}. Correct the address, "
        "or have the proxy let it through"
    )


def _away(asked: WebClient, error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"{_way(asked)}: its certificate is not trusted ({cause.verify_message}). "
            "Let SSL_CERT_FILE name the certificates of your proxy"
        )
    if isinstance(cause, ssl.SSLError):
        return f"{_way(asked)}: speaks no TLS ({cause.reason}). Correct {PREFIX}SLACK_API_URL"
    if isinstance(cause, TimeoutError):
        reason = f"no reply within {TIMEOUT_S} s"
    elif isinstance(cause, gaierror):
        reason = "the name is not known"
    else:
        reason = str(getattr(cause, "strerror", None) or cause)
    return (
        f"{_way(asked)}: cannot be reached ({reason}). Look at the network, "
        f"at {PREFIX}SLACK_API_URL and at HTTPS_PROXY"
    )


def _way(asked: WebClient) -> str:
    """Name the server, and the proxy in front of it without its password."""
    if not asked.proxy:
        return asked.base_url
    host = asked.proxy.rpartition("@")[2].rpartition("//")[2]
    return f"{asked.base_url} through the proxy {host}"


def header(reply: SlackResponse, name: str) -> str | None:
    """Return a header of a reply, however it is capitalised."""
    headers: dict[str, Any] = reply.headers
    return next((str(headers[key]) for key in headers if key.lower() == name), None)
