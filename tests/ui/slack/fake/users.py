"""What people do in the fake workspace; each doing returns what the bot is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.ui.slack.fake import payloads
from tests.ui.slack.fake.payloads import Payload
from tests.ui.slack.fake.wire import Wire
from tests.ui.slack.fake.world import TEAM, Json


class Users:
    """Makers of payloads; what a user says is in the fake's channels too.

    Texts are as they stand in an event: a `<` that somebody typed is `&lt;` there.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._bots: dict[str, str] = {}

    def bot_user(self, team: str = TEAM) -> str:
        """Return the id by which users mention the bot."""
        if team not in self._bots:
            self._bots[team] = str(self._wire.do("workspace", team=team)["bot_user"])
        return self._bots[team]

    def dm(self, user: str, text: str, thread: str = "", team: str = TEAM, **more: Any) -> Payload:
        """Say something to the bot in a direct message."""
        return self.post(f"D{user[1:]}", user, text, thread, team, **more)

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        thread: str = "",
        team: str = TEAM,
        **more: Any,
    ) -> Payload:
        """Say something in a channel; `more` are fields such as `subtype` or `bot_id`."""
        told = self._say(team, channel, user, text, thread, **more)
        return self._event(team, told)

    def mention(
        self,
        user: str,
        channel: str,
        text: str,
        thread: str = "",
        team: str = TEAM,
    ) -> tuple[Payload, Payload]:
        """Name the bot; return the mention and the message, two events of one thing."""
        spoken = f"<@{self.bot_user(team)}> {text}".rstrip()
        told = self._say(team, channel, user, spoken, thread)
        return self._event(team, payloads.mentioned(told)), self._event(team, told)

    def other_bot(
        self, channel: str, text: str, thread: str = "", team: str = TEAM, classic: bool = False
    ) -> Payload:
        """Have another app say something."""
        more: Json = {"bot_id": "B0OTHER", "app_id": "A0OTHER"}
        more |= {"subtype": "bot_message", "username": "other"} if classic else {}
        return self.post(channel, "U0OTHERBOT", text, thread, team, **more)

    def own(self, channel: str, ts: str, team: str = TEAM) -> Payload:
        """Tell the bot of a message that it posted itself."""
        shown = self._wire.do("shown", team=team, channel=channel, ts=ts)
        told = payloads.message(shown["message"], team, channel, shown["kind"])
        return self._event(team, told)

    def file(
        self, channel: str, user: str, text: str, thread: str = "", team: str = TEAM
    ) -> Payload:
        """Share a file with a comment."""
        one = {
            "id": "F0FAKE", "name": "terms.pdf", "title": "terms.pdf", "filetype": "pdf",
            "mimetype": "application/pdf", "size": 12345, "mode": "hosted", "user": user,
            "url_private": "https://files.slack.com/files-pri/T0FAKE-F0FAKE/terms.pdf",
        }  # fmt: skip
        more = {"subtype": "file_share", "files": [one], "upload": False, "display_as_bot": False}
        return self.post(channel, user, text, thread, team, **more)

    def edit(self, channel: str, ts: str, text: str, team: str = TEAM) -> Payload:
        """Change a message."""
        done = self._wire.do("edit", team=team, channel=channel, ts=ts, text=text)
        told = payloads.changed(done["before"], done["now"], channel, done["kind"], self._stamp())
        return self._event(team, told)

    def delete(self, channel: str, ts: str, team: str = TEAM) -> Payload:
        """Delete a message; where it was the root, its thread is gone."""
        done = self._wire.do("delete", team=team, channel=channel, ts=ts)
        told = payloads.deleted(done["before"], channel, done["kind"], self._stamp())
        return self._event(team, told)

    def opened(self, user: str, tab: str = "messages", team: str = TEAM) -> Payload:
        """Open the direct messages with the bot, or its home."""
        channel = f"D{user[1:]}"
        self._wire.do("channel", team=team, channel=channel)
        return self._event(team, {
            "type": "app_home_opened", "user": user, "channel": channel, "tab": tab,
            "event_ts": self._stamp(),
        })  # fmt: skip

    def archive(self, channel: str, user: str = "U0ADMIN", team: str = TEAM) -> Payload:
        """Archive a channel."""
        self._wire.do("channel", team=team, channel=channel, archived=True)
        return self._event(team, {
            "type": "channel_archive", "channel": channel, "user": user,
            "event_ts": self._stamp(),
        })  # fmt: skip

    def uninstall(self, team: str = TEAM) -> Payload:
        """Remove the app from a workspace; its token is worth nothing from then on."""
        bot = self.bot_user(team)
        self._wire.do("uninstall", team=team)
        inner = {"type": "app_uninstalled", "event_ts": self._stamp()}
        return payloads.event(team, bot, inner)

    def revoke(self, team: str = TEAM) -> Payload:
        """Revoke the token of the bot."""
        bot = self.bot_user(team)
        self._wire.do("uninstall", team=team, error="token_revoked")
        tokens = {"oauth": [], "bot": [bot]}
        inner = {"type": "tokens_revoked", "tokens": tokens, "event_ts": self._stamp()}
        return payloads.event(team, bot, inner)

    def command(
        self,
        user: str,
        channel: str,
        text: str,
        name: str = "/residency",
        team: str = TEAM,
    ) -> Payload:
        """Type a slash command."""
        self._wire.do("channel", team=team, channel=channel)
        means = self._wire.do("interaction", team=team, channel=channel, user=user)
        return payloads.command(team, channel, user, name, text, means)

    def shortcut(
        self,
        user: str,
        channel: str,
        ts: str,
        callback: str = "check_claim",
        team: str = TEAM,
    ) -> Payload:
        """Choose a shortcut on a message."""
        said = self._said(team, channel, ts)
        thread = str(said.get("thread_ts") or ts)
        means = self._wire.do("interaction", team=team, channel=channel, user=user, thread=thread)
        return payloads.shortcut(team, channel, user, callback, said, means)

    def press(
        self,
        user: str,
        channel: str,
        ts: str,
        action: str,
        value: str = "",
        team: str = TEAM,
    ) -> Payload:
        """Press the first button of a message whose action_id begins so, and value likewise.

        Raises LookupError where the message has no such button.
        """
        said, ephemeral = self._pressable(team, channel, ts)
        found = next(_buttons(said.get("blocks") or [], action, value), None)
        if found is None:
            raise LookupError(f"no button {action}* {value}* in message {ts} of {channel}")
        thread = str(said.get("thread_ts") or "")
        means = self._wire.do("interaction", team=team, channel=channel, user=user, thread=thread)
        return payloads.press(team, channel, user, found, said, means, ephemeral)

    def submit(self, user: str, view: Json, team: str = TEAM, **values: str) -> Payload:
        """Fill in a modal that the bot opened, and send it."""
        means = self._wire.do("interaction", team=team, channel="", user=user)
        return payloads.submission(team, user, view, values, means["trigger_id"])

    def _event(self, team: str, inner: Json) -> Payload:
        return payloads.event(team, self.bot_user(team), inner)

    def _say(self, team: str, channel: str, user: str, text: str, thread: str, **more: Any) -> Json:
        """Put a message into a channel; return the event of it."""
        given = {"team": team, "channel": channel, "user": user, "text": text, "thread": thread}
        said = self._wire.do("say", **given, **more)
        return payloads.message(said["message"], team, channel, said["kind"])

    def _stamp(self) -> str:
        return str(self._wire.do("stamp")["ts"])

    def _said(self, team: str, channel: str, ts: str) -> Json:
        said: Json = self._wire.do("shown", team=team, channel=channel, ts=ts)["message"]
        return said

    def _pressable(self, team: str, channel: str, ts: str) -> tuple[Json, bool]:
        for one in self._wire.look("ephemerals"):
            if (one["team"], one["channel"], one["ts"]) == (team, channel, ts):
                return one | ({"thread_ts": one["thread"]} if one["thread"] else {}), True
        return self._said(team, channel, ts), False


def _buttons(blocks: list[Json], action: str, value: str) -> Iterator[Json]:
    """Yield the presses that the buttons of blocks allow, two for each pair of feedback."""
    for block in blocks:
        elements = [*block.get("elements", []), block.get("accessory") or {}]
        for element in elements:
            if not str(element.get("action_id", "")).startswith(action):
                continue
            for button in _sides(element):
                if str(button.get("value", "")).startswith(value):
                    yield {
                        "type": element["type"], "action_id": element["action_id"],
                        "block_id": block["block_id"], "text": button.get("text"),
                        "value": button.get("value"),
                    }  # fmt: skip


def _sides(element: Json) -> list[Json]:
    if element.get("type") == "feedback_buttons":
        return [element["positive_button"], element["negative_button"]]
    return [element]
