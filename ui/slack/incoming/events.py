"""Events of a workspace: messages, mentions, the pane that is opened, places that go away; pure."""

from __future__ import annotations

from ui.slack.markup import names, plain
from ui.slack.payload import Payload, Unfit
from ui.slack.types import (
    Arrival,
    Gone,
    Opened,
    Ours,
    Place,
    Question,
    Surface,
    Understood,
    Withdrawn,
)

_TYPED = ("file_share", "thread_broadcast")
"""Subtypes of messages that somebody wrote; most have none."""
_CLOSED = {
    "channel_archive": "the channel was archived",
    "group_archive": "the channel was archived",
    "channel_deleted": "the channel was deleted",
    "group_deleted": "the channel was deleted",
    "channel_left": "the bot was removed from the channel",
    "group_left": "the bot was removed from the channel",
}
_SLACKBOT = "USLACKBOT"


def understood_event(payload: Payload, team: str, ours: Ours) -> Understood:
    """Return what an event says; raise Unfit where nothing is done about it."""
    event = payload.at("event")
    match event.text("type"):
        case "message" | "app_mention":
            return _message(event, team, ours)
        case "app_home_opened":
            return _opened(payload, team)
        case "app_uninstalled":
            return _gone(payload, team, "", "the app was removed from the workspace")
        case "tokens_revoked" if event.items("tokens", "bot"):
            return _gone(payload, team, "", "the bot's token was revoked")
        case "member_left_channel" if event.text("user") == ours.user != "":
            return _gone(payload, team, event.id("channel"), "the bot was removed from the channel")
        case kind if kind in _CLOSED:
            return _gone(payload, team, event.id("channel"), _CLOSED[kind])
    raise Unfit("the bot does nothing about such an event")


def message_key(team: str, channel: str, stamp: str) -> str:
    """Return the name under which a message is known, by whichever event it is told."""
    return f"message:{team}:{channel}:{stamp}"


def _message(event: Payload, team: str, ours: Ours) -> Understood:
    if deleted := _deleted(event):
        return Understood(at_once=Withdrawn(message_key(team, event.id("channel"), deleted)))
    _check_typed(event, ours)
    channel, stamp = event.id("channel"), event.stamp("ts")
    thread = event.stamp("thread_ts") if event.has("thread_ts") else stamp
    surface = _surface(event, channel, ours, in_thread=thread != stamp)
    text = plain(event.text("text"), ours.user)
    if surface is Surface.THREAD and not text:
        raise Unfit("it is a reply without words that does not name the bot")
    place = Place(team, channel, thread, event.id("user"))
    question = Question(place, text, surface)
    return Understood(Arrival(message_key(team, channel, stamp), place.lane, question))


def _deleted(event: Payload) -> str:
    """Return which message an event says is deleted; empty where it says no such thing."""
    match event.text("subtype"):
        case "message_deleted":
            return event.stamp("deleted_ts")
        # Of a message that has replies a stone is left in its place.
        case "message_changed" if event.text("message", "subtype") == "tombstone":
            return event.stamp("message", "ts")
    return ""


def _check_typed(event: Payload, ours: Ours) -> None:
    """Let through what a person wrote, once: no bots, no edits, no notices of Slack."""
    if event.has("bot_id") or event.has("bot_profile"):
        raise Unfit("a bot wrote it")
    if event.text("user") in (ours.user, _SLACKBOT):
        raise Unfit("the bot itself or Slack wrote it")
    if event.has("subtype") and event.text("subtype") not in _TYPED:
        raise Unfit("its subtype is not that of a message somebody wrote")
    if event.has("hidden") or event.has("edited"):
        raise Unfit("it is hidden, or an edit")


def _surface(event: Payload, channel: str, ours: Ours, *, in_thread: bool) -> Surface:
    kind = event.text("channel_type")
    if kind == "im" or (not kind and channel.startswith("D")):
        return Surface.DIRECT
    if event.text("type") == "app_mention" or names(event.text("text"), ours.user):
        return Surface.MENTION
    if in_thread:
        return Surface.THREAD
    raise Unfit("it is a message of a channel that does not name the bot")


def _opened(payload: Payload, team: str) -> Understood:
    event = payload.at("event")
    if event.text("tab") != "messages":
        raise Unfit("another tab than the messages was opened")
    place = Place(team, event.id("channel"), "", event.id("user"))
    return Understood(Arrival(_event_key(payload, team), place.lane, Opened(place)))


def _gone(payload: Payload, team: str, channel: str, reason: str) -> Understood:
    told = Gone(team, channel, reason)
    return Understood(Arrival(_event_key(payload, team), f"gone:{team}:{channel}", told))


def _event_key(payload: Payload, team: str) -> str:
    """Return the name of an event, the same each time that Slack tells of it."""
    return f"event:{team}:{payload.event()}"
