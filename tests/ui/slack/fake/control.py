"""What tests may ask of the fake, and do in it as users and administrators would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from tests.ui.slack.fake.socket_mode import Sockets
from tests.ui.slack.fake.trouble import Trouble, Troubles
from tests.ui.slack.fake.world import Json, Posted, Refused, Reply, World


class Control:
    """The verbs of `POST /_fake/VERB`; each public method is one, and returns JSON."""

    def __init__(self, world: World, sockets: Sockets, troubles: Troubles, url: str) -> None:
        self._world = world
        self._sockets = sockets
        self._troubles = troubles
        self._url = url

    def workspace(self, team: str, token: str = "", scopes: Iterable[str] = ()) -> Json:
        """Install the app in a workspace, or change the scopes of its token."""
        known = self._world.workspace(team, token, scopes)
        known.gone = ""
        return asdict(known)

    def channel(self, team: str, channel: str, **changes: Any) -> Json:
        """Make a channel, or change its `name`, `kind`, `member` or `archived`."""
        known = self._world.channel(team, channel)
        for name, value in changes.items():
            if name not in ("name", "kind", "member", "archived"):
                raise Refused(f"unknown change: {name}")
            setattr(known, name, value)
        return {"id": known.id}

    def say(
        self, team: str, channel: str, user: str, text: str, thread: str = "", **more: Any
    ) -> Json:
        """Put a message of a user, or of another bot, into a channel; return both."""
        place = self._world.channel(team, channel)
        own = user == self._world.workspaces[team].bot_user
        said = Posted(self._world.stamp(), channel, user, text, thread, own, more=more)
        place.messages[said.ts] = said
        root = place.messages.get(thread)
        if root is not None:
            root.thread = thread
        return {"message": said.shown(), "kind": place.type}

    def shown(self, team: str, channel: str, ts: str) -> Json:
        """Return a message, and what kind of channel it stands in."""
        place = self._world.channels[team, channel]
        return {"message": place.messages[ts].shown(), "kind": place.type}

    def edit(self, team: str, channel: str, ts: str, text: str) -> Json:
        """Change the text of a message; return it as it was and as it is."""
        place = self._world.channels[team, channel]
        said = place.messages[ts]
        before = said.shown()
        said.text = text
        said.more = said.more | {"edited": {"user": said.user, "ts": self._world.stamp()}}
        return {"before": before, "now": said.shown(), "kind": place.type}

    def delete(self, team: str, channel: str, ts: str) -> Json:
        """Take a message out of its channel; return it as it was."""
        place = self._world.channels[team, channel]
        return {"before": place.messages.pop(ts).shown(), "kind": place.type}

    def interaction(self, team: str, channel: str, user: str, thread: str = "") -> Json:
        """Note that a user pressed or typed something; return what an answer to it needs."""
        self._world.mentionable.add(user)
        reply = self._world.name("reply")
        self._world.replies[reply] = Reply(team, channel, user, thread)
        return {
            "trigger_id": self._world.trigger(),
            "response_url": f"{self._url}/respond/{reply}",
            "ts": self._world.stamp(),
        }

    def stamp(self) -> Json:
        """Return a time stamp that nothing else has."""
        return {"ts": self._world.stamp()}

    def uninstall(self, team: str, error: str = "account_inactive") -> Json:
        """Answer every further call of a workspace with an error, as after an uninstall."""
        self._world.workspaces[team].gone = error
        return {}

    def mentionable(self, user: str) -> Json:
        """Allow the bot to mention a user anywhere."""
        self._world.mentionable.add(user)
        return {}

    def triggers(self, seconds: float) -> Json:
        """Set for how long a trigger opens a view."""
        self._world.trigger_s = seconds
        return {}

    def trouble(self, **rule: Any) -> Json:
        """Add trouble; see trouble.py for the fields."""
        self._troubles.rules.append(Trouble(**rule))
        return {}

    def calm(self) -> Json:
        """End all trouble."""
        self._troubles.rules.clear()
        return {}

    def forget(self) -> Json:
        """Forget calls, faults and envelopes, and keep the channels as they are."""
        self._world.calls.clear()
        self._world.faults.clear()
        self._world.ephemerals.clear()
        self._sockets.envelopes.clear()
        return {}

    def expire(self) -> Json:
        """End every stream that runs, as Slack does with those that nobody adds to."""
        for channel in self._world.channels.values():
            for one in channel.messages.values():
                one.streaming = "errored" if one.streaming == "in_progress" else one.streaming
        return {}

    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Json:
        """Send an envelope over Socket Mode."""
        return {"envelope": await self._sockets.send(kind, payload, retry, reason)}

    async def cut(self) -> Json:
        """End every connection of Socket Mode without a word."""
        await self._sockets.cut()
        return {}

    async def refresh(self, reason: str = "refresh_requested", close_after_s: float = 0.5) -> Json:
        """Ask the connections to be renewed, and close them."""
        await self._sockets.refresh(reason, close_after_s)
        return {}


class Seen:
    """What `GET /_fake/NAME` returns; each public method is one."""

    def __init__(self, world: World, sockets: Sockets, troubles: Troubles) -> None:
        self._world = world
        self._sockets = sockets
        self._troubles = troubles

    def calls(self, method: str = "") -> list[Json]:
        """Every call so far, or those of one method."""
        return [_plain(one) for one in self._world.calls if method in ("", one.method)]

    def faults(self) -> list[str]:
        """What the bot should never have done."""
        return self._world.faults

    def messages(self, channel: str = "", thread: str = "", team: str = "") -> list[Json]:
        """Every message of every channel, or of one, in order, with its team."""
        placed = [
            _plain(one) | {"team": place.team}
            for place in self._world.channels.values()
            if channel in ("", place.id) and team in ("", place.team)
            for one in place.messages.values()
            if not thread or thread in (one.thread, one.ts)
        ]
        return sorted(placed, key=lambda one: float(one["ts"]))

    def ephemerals(self) -> list[Json]:
        """What single users were shown."""
        return [_plain(one) for one in self._world.ephemerals]

    def views(self) -> list[Json]:
        """The views, in the order in which they were opened."""
        return list(self._world.views.values())

    def threads(self) -> list[Json]:
        """Statuses and titles of threads; a status ends with the next message."""
        known = sorted({*self._world.statuses, *self._world.titles})
        return [
            {"team": place[0], "channel": place[1], "thread": place[2],
             "status": self._world.statuses.get(place, ""),
             "title": self._world.titles.get(place, "")}
            for place in known
        ]  # fmt: skip

    def prompts(self) -> list[Json]:
        """What was suggested last, for each direct conversation."""
        return [
            {"team": team, "channel": channel, **given}
            for (team, channel), given in self._world.prompts.items()
        ]

    def envelopes(self) -> list[Json]:
        """What was sent over Socket Mode."""
        return [_plain(one) for one in self._sockets.envelopes.values()]

    def envelope(self, name: str) -> Json:
        """One of them."""
        return _plain(self._sockets.envelopes[name])

    def state(self) -> Json:
        """Counts, for a quick look."""
        return {
            "connections": self._sockets.connections,
            "opened": self._sockets.opened,
            "calls": len(self._world.calls),
            "answers": sum(
                one.own and one.streaming != "in_progress"
                for channel in self._world.channels.values()
                for one in channel.messages.values()
            ),
            "faults": len(self._world.faults),
            "unacknowledged": sum(
                one.acknowledged is None for one in self._sockets.envelopes.values()
            ),
            "struck": [[one.kind, one.hit] for one in self._troubles.rules],
        }


def _plain(value: Any) -> Json:
    """Return the fields of a value; its parts are JSON as they are."""
    return {one.name: getattr(value, one.name) for one in fields(value)}
