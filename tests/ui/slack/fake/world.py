"""What the fake Slack knows: workspaces, channels and messages, and what a bot did to them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
TEAM = "T0FAKE"
APP = "A0FAKE"
APP_TOKEN = "xapp-1-A0FAKE-fake"
BOT_TOKEN = "xoxb-fake"
SCOPES = (
    "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read",
    "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:read",
    "im:write", "users:read",
)  # fmt: skip
TRIGGER_S = 3.0
RESPONSES = 5
"""How often one response_url may be used."""


class Refused(Exception):
    """A call that is answered with `ok: false`."""

    def __init__(self, code: str, *why: str) -> None:
        super().__init__(code)
        self.code = code
        self.why = why


@dataclass(slots=True)
class Posted:
    """One message of a channel, by whomever."""

    ts: str
    channel: str
    user: str
    text: str
    thread: str = ""
    """Time stamp of the root; empty for a message at the top of the channel."""
    own: bool = False
    """Whether the bot under test wrote it."""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    streaming: str = ""
    """`in_progress`, then `completed`; empty for a message that was posted whole."""
    more: Json = field(default_factory=dict)
    """Fields that only some messages have, such as `bot_id`, `files` or `edited`."""

    def shown(self, with_metadata: bool = True) -> Json:
        """Return the message as the Web API and events show it."""
        told: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        told |= {"thread_ts": self.thread} if self.thread else {}
        told |= {"blocks": self.blocks} if self.blocks else {}
        told |= {"streaming_state": self.streaming} if self.streaming else {}
        told |= {"metadata": self.metadata} if self.metadata and with_metadata else {}
        return told | self.more


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation of one workspace."""

    id: str
    team: str
    name: str
    kind: str = "public"
    """`public`, `private` or `im`."""
    member: bool = True
    """Whether the bot is in it."""
    archived: bool = False
    user: str = ""
    """The other side of a direct conversation."""
    messages: dict[str, Posted] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """What events call it: `channel`, `group` or `im`."""
        return {"public": "channel", "private": "group"}.get(self.kind, self.kind)

    def thread(self, root: str) -> list[Posted]:
        """Return the root of a thread and its replies, in order."""
        return [one for one in self.messages.values() if root in (one.ts, one.thread)]


@dataclass(slots=True)
class Workspace:
    """A workspace where the app is installed."""

    id: str
    token: str
    bot_user: str
    bot_id: str
    scopes: tuple[str, ...] = SCOPES
    gone: str = ""
    """The error of every call after the app was removed; empty while it is installed."""


@dataclass(slots=True)
class Shown:
    """A message that one user alone saw."""

    ts: str
    team: str
    channel: str
    user: str
    text: str
    thread: str = ""
    blocks: list[Json] = field(default_factory=list)
    by: str = "chat.postEphemeral"
    """How it came: the method, or `respond`."""


@dataclass(slots=True)
class Call:
    """One call of the Web API, or one use of a response_url (then the method is `respond`)."""

    number: int
    """Counted from 1."""
    at: float
    """Seconds since the epoch."""
    method: str
    team: str
    arguments: Json
    outcome: str = ""
    """`ok`, the error of Slack, `ratelimited`, `500` or `dropped`."""
    effect: bool = False
    """Whether it changed what it was meant to, also where the bot was not told so."""
    early: bool = False
    """Whether it came before the time that an earlier 429 had named for it was over."""
    result: Json = field(default_factory=dict)


@dataclass(slots=True)
class Reply:
    """A response_url that was given out."""

    team: str
    channel: str
    user: str
    thread: str
    uses: int = 0


class World:
    """All state; every access is on one event loop."""

    def __init__(self) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self.channels: dict[tuple[str, str], Channel] = {}
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.ephemerals: list[Shown] = []
        self.views: dict[str, Json] = {}
        self.statuses: dict[tuple[str, str, str], str] = {}
        self.titles: dict[tuple[str, str, str], str] = {}
        self.prompts: dict[tuple[str, str], Json] = {}
        self.triggers: dict[str, float] = {}
        self.replies: dict[str, Reply] = {}
        self.mentionable: set[str] = set()
        self.trigger_s = TRIGGER_S
        self._last = 0
        self._number = itertools.count(1)
        self.workspace(TEAM, BOT_TOKEN)

    def workspace(self, team: str, token: str = "", scopes: Iterable[str] = ()) -> Workspace:
        """Return a workspace, made where it is new; scopes that are named hold from now on."""
        known = self.workspaces.setdefault(
            team, Workspace(team, token or f"xoxb-{team}", f"U{team[1:]}BOT", f"B{team[1:]}")
        )
        known.scopes = tuple(scopes) or known.scopes
        return known

    def channel(self, team: str, name: str) -> Channel:
        """Return a channel, made where it is new: ids in D are direct, others public."""
        direct = name.startswith("D")
        fresh = Channel(name, team, name.lower(), "im" if direct else "public")
        fresh.user = f"U{name[1:]}" if direct else ""
        return self.channels.setdefault((team, name), fresh)

    def stamp(self) -> str:
        """Return a time stamp that no message has, later than every one before."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def name(self, prefix: str) -> str:
        """Return an id that nothing else has."""
        return f"{prefix}{next(self._number):010d}"

    def record(self, method: str, team: str, arguments: Json) -> Call:
        """Keep a call, whatever becomes of it."""
        call = Call(len(self.calls) + 1, time.time(), method, team, arguments)
        self.calls.append(call)
        return call

    def trigger(self) -> str:
        """Return what lets one view be opened within the next seconds."""
        name = self.name("trigger.")
        self.triggers[name] = time.monotonic()
        return name

    def spoke(self, team: str, channel: str, thread: str) -> set[str]:
        """Return the users whom an answer at this place may mention."""
        known = self.channels.get((team, channel))
        heard = known.thread(thread) if known and thread else []
        heard = heard or (list(known.messages.values()) if known else [])
        return self.mentionable | {one.user for one in heard if not one.own}
