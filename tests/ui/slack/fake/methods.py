"""The methods of the Web API that are not about messages, and the table of them all."""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from tests.ui.slack.fake.shapes import prompt_problems, view_problems
from tests.ui.slack.fake.world import APP, Channel, Json, Refused, Workspace, World

Method = Callable[[World, Workspace, Json], Json]
METHODS: dict[str, Method] = {}
_JSON_FIELDS = (
    "blocks",
    "attachments",
    "metadata",
    "view",
    "prompts",
    "chunks",
    "loading_messages",
)


def method(name: str) -> Callable[[Method], Method]:
    """Enter a function into the table under a method's name."""

    def entered(function: Method) -> Method:
        METHODS[name] = function
        return function

    return entered


def arguments(given: Json) -> Json:
    """Return arguments with those decoded that a form carries as JSON."""
    decoded = dict(given)
    for name in _JSON_FIELDS:
        if isinstance(decoded.get(name), str):
            try:
                decoded[name] = json.loads(decoded[name])
            except ValueError:
                continue
    return decoded


def unknown(name: str, given: Json) -> list[str]:
    """Return the arguments that the SDK does not know for a method; Slack ignores them.

    Bolt adds a `team_id` to every call.
    """
    known = inspect.signature(getattr(WebClient, name.replace(".", "_"))).parameters
    return [f"{name} knows no {one}" for one in given if one not in (*known, "team_id")]


def truth(value: Any) -> bool:
    """Return a flag, as JSON or as a form carries it."""
    return value is True or str(value).lower() in ("1", "true")


def needed(world: World, given: Json, *names: str) -> list[str]:
    """Return arguments that a call must have; one without them is a fault of the bot."""
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise fault(world, "invalid_arguments", f"missing {', '.join(missing)}")
    return [str(given[name]) for name in names]


def fault(world: World, code: str, *why: str) -> Refused:
    """Note that the bot did what it never should, and return the refusal of it."""
    world.faults.append(f"{code}: {'; '.join(why)}" if why else code)
    return Refused(code, *why)


def channel_of(world: World, space: Workspace, name: str, member: bool = True) -> Channel:
    """Return a channel that the bot may act in; a user's id stands for the talk with them."""
    if name.startswith(("U", "W")):
        return world.channel(space.id, f"D{name[1:]}")
    found = world.channels.get((space.id, name))
    if found is None or (found.kind == "private" and not found.member):
        raise Refused("channel_not_found")
    if found.archived and member:
        raise Refused("is_archived")
    if not found.member and member:
        raise Refused("not_in_channel")
    return found


@method("auth.test")
def _auth(_: World, space: Workspace, __: Json) -> Json:
    return {
        "url": "https://fake.slack.com/", "team": "Fake", "user": "residency", "team_id": space.id,
        "user_id": space.bot_user, "bot_id": space.bot_id, "is_enterprise_install": False,
    }  # fmt: skip


@method("users.info")
def _user(world: World, space: Workspace, given: Json) -> Json:
    (user,) = needed(world, given, "user")
    bot = user == space.bot_user
    profile = {"display_name": user.lower(), "real_name": user.title()}
    return {"user": {
        "id": user, "team_id": space.id, "name": user.lower(), "is_bot": bot, "deleted": False,
        "real_name": user.title(), "tz": "Europe/Dublin", "profile": profile,
    }}  # fmt: skip


@method("bots.info")
def _bot(_: World, space: Workspace, given: Json) -> Json:
    bot = given.get("bot") or space.bot_id
    return {"bot": {"id": bot, "app_id": APP, "user_id": space.bot_user, "name": "residency"}}


@method("views.open")
def _open(world: World, space: Workspace, given: Json) -> Json:
    (trigger,) = needed(world, given, "trigger_id")
    _use(world, trigger)
    return {"view": _drawn(world, space, given.get("view"), world.name("V"))}


@method("views.push")
def _push(world: World, space: Workspace, given: Json) -> Json:
    return _open(world, space, given)


@method("views.update")
def _update(world: World, space: Workspace, given: Json) -> Json:
    name = str(given.get("view_id") or "")
    if name not in world.views:
        raise Refused("not_found")
    return {"view": _drawn(world, space, given.get("view"), name)}


def _use(world: World, trigger: str) -> None:
    """Take a trigger; each opens one view, within three seconds."""
    given = world.triggers.get(trigger)
    if given is None:
        raise Refused("invalid_trigger_id")
    if given < 0:
        raise fault(world, "exchanged_trigger_id", trigger)
    if time.monotonic() - given > world.trigger_s:
        raise Refused("expired_trigger_id")
    world.triggers[trigger] = -1.0


def _drawn(world: World, space: Workspace, view: Any, name: str) -> Json:
    """Return a view as Slack completes it; one with a wrong shape is refused."""
    if problems := list(view_problems(view)):
        raise fault(world, "invalid_arguments", *problems)
    blocks = [{"block_id": world.name("b")} | one for one in view["blocks"]]
    completed: Json = {
        "id": name, "team_id": space.id, "app_id": APP, "bot_id": space.bot_id, "callback_id": "",
        "private_metadata": "", "external_id": "", "hash": world.stamp(), "root_view_id": name,
        "previous_view_id": None, "state": {"values": {}}, "clear_on_close": False,
        "notify_on_close": False, "submit": None, "close": None,
        "app_installed_team_id": space.id,
    } | view | {"blocks": blocks}  # fmt: skip
    world.views[name] = completed
    return completed


@method("assistant.threads.setStatus")
def _status(world: World, space: Workspace, given: Json) -> Json:
    channel, thread = needed(world, given, "channel_id", "thread_ts")
    channel_of(world, space, channel)
    if not isinstance(given.get("status"), str):
        raise fault(world, "invalid_arguments", "a status is text")
    world.statuses[space.id, channel, thread] = given["status"]
    return {}


@method("assistant.threads.setTitle")
def _title(world: World, space: Workspace, given: Json) -> Json:
    channel, thread, title = needed(world, given, "channel_id", "thread_ts", "title")
    channel_of(world, space, channel)
    world.titles[space.id, channel, thread] = title
    return {}


@method("assistant.threads.setSuggestedPrompts")
def _prompts(world: World, space: Workspace, given: Json) -> Json:
    (channel,) = needed(world, given, "channel_id")
    if channel_of(world, space, channel).kind != "im":
        raise fault(world, "invalid_arguments", "prompts are for direct messages")
    if problems := list(prompt_problems(given.get("prompts"))):
        raise fault(world, "invalid_arguments", *problems)
    world.prompts[space.id, channel] = given
    return {}
