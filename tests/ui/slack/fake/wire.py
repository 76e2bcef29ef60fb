"""How tests reach the fake, and how a payload reaches a bot over HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.ui.slack.fake.payloads import Payload

SIGNING_SECRET = "fake-signing-secret"
_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Retry:
    """Says that something is sent again, as the headers of a push do."""

    number: int = 1
    reason: str = "http_timeout"


@dataclass(frozen=True, slots=True)
class Signature:
    """How a push is signed, well or badly."""

    secret: str = SIGNING_SECRET
    age_s: float = 0.0
    """How long ago it says it was made."""
    stamp: str = ""
    """Sent in place of the time."""
    present: bool = True
    forged: str = ""
    """Sent in place of the signature."""

    def headers(self, body: str) -> dict[bytes, bytes]:
        """Return the headers that go with a body."""
        if not self.present:
            return {}
        stamp = self.stamp or str(int(time.time() - self.age_s))
        right = SignatureVerifier(self.secret).generate_signature(timestamp=stamp, body=body)
        return {
            b"X-Slack-Request-Timestamp": stamp.encode(),
            b"X-Slack-Signature": (self.forged or str(right)).encode(),
        }


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the bot made of something that it was told."""

    status: int
    """0 where no reply came in time, or the connection broke."""
    body: str
    seconds: float
    """From sending to the acknowledgement."""


class Wire:
    """Connections to the fake and to the bot, for any number of threads."""

    def __init__(self, url: str) -> None:
        self._fake = _client(url)
        self._bot = _client()

    def do(self, verb: str, /, **given: Any) -> Any:
        """Have the fake do something."""
        done = self._fake.post(f"/_fake/{verb}", json=given)
        done.raise_for_status()
        return done.json()

    def look(self, seen: str, /, **asked: str) -> Any:
        """Return something that the fake knows."""
        looked = self._fake.get(f"/_fake/{seen}", params=asked)
        looked.raise_for_status()
        return looked.json()

    def push(
        self, url: str, payload: Payload, signature: Signature, retry: Retry | None
    ) -> Delivered:
        """Send a payload as Slack does."""
        return self.post(url, payload.encoded(), payload.content_type, signature, retry)

    def post(
        self,
        url: str,
        body: str,
        content_type: str,
        signature: Signature,
        retry: Retry | None = None,
    ) -> Delivered:
        """Send any body, signed as said."""
        headers = {b"Content-Type": content_type.encode(), b"User-Agent": b"Slackbot 1.0"}
        headers |= signature.headers(body)
        if retry:
            headers |= {
                b"X-Slack-Retry-Num": str(retry.number).encode(),
                b"X-Slack-Retry-Reason": retry.reason.encode(),
            }
        began = time.monotonic()
        try:
            replied = self._bot.post(url, content=body.encode(), headers=headers)
        except httpx.TransportError as error:
            return Delivered(0, repr(error), time.monotonic() - began)
        return Delivered(replied.status_code, replied.text, time.monotonic() - began)

    def close(self) -> None:
        """Close every connection."""
        self._fake.close()
        self._bot.close()


def _client(url: str = "") -> httpx.Client:
    """Return a client that never leaves the machine, so it needs no certificates."""
    # None is closed while it is idle: another thread may be about to use it.
    limits = httpx.Limits(max_connections=256, max_keepalive_connections=256, keepalive_expiry=None)
    return httpx.Client(
        base_url=url, timeout=_TIMEOUT_S, limits=limits, trust_env=False, verify=False
    )
