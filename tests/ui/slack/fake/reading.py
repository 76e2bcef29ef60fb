"""The methods that read, open and join channels."""

from __future__ import annotations

import base64

from tests.ui.slack.fake.methods import channel_of, fault, method, needed, truth
from tests.ui.slack.fake.world import Channel, Json, Posted, Refused, Workspace, World

_MOST = 999
_USUAL = 100


@method("conversations.replies")
def _replies(world: World, space: Workspace, given: Json) -> Json:
    name, root = needed(world, given, "channel", "ts")
    channel = channel_of(world, space, name, member=False)
    _read(channel)
    said = channel.messages.get(root)
    if said is None:
        raise Refused("thread_not_found")
    found = channel.thread(said.thread or root)
    kept = [one for one in found if one.ts == (said.thread or root) or _within(one, given)]
    return _page(world, kept, given)


@method("conversations.history")
def _history(world: World, space: Workspace, given: Json) -> Json:
    (name,) = needed(world, given, "channel")
    channel = channel_of(world, space, name, member=False)
    _read(channel)
    top = [one for one in channel.messages.values() if one.thread in ("", one.ts)]
    return _page(world, [one for one in reversed(top) if _within(one, given)], given)


@method("conversations.info")
def _info(world: World, space: Workspace, given: Json) -> Json:
    (name,) = needed(world, given, "channel")
    return {"channel": shown(channel_of(world, space, name, member=False))}


@method("conversations.open")
def _open(world: World, space: Workspace, given: Json) -> Json:
    (users,) = needed(world, given, "users")
    channel = world.channel(space.id, f"D{users.split(',')[0][1:]}")
    return {"channel": shown(channel), "no_op": True, "already_open": True}


@method("conversations.join")
def _join(world: World, space: Workspace, given: Json) -> Json:
    (name,) = needed(world, given, "channel")
    channel = channel_of(world, space, name, member=False)
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    channel.member = True
    return {"channel": shown(channel)}


def shown(channel: Channel) -> Json:
    """Return a channel as the Web API shows it."""
    if channel.kind == "im":
        return {"id": channel.id, "is_im": True, "user": channel.user, "is_archived": False}
    return {
        "id": channel.id, "name": channel.name, "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private", "is_im": False, "is_archived": channel.archived,
        "is_private": channel.kind == "private", "is_member": channel.member,
        "context_team_id": channel.team,
    }  # fmt: skip


def _read(channel: Channel) -> None:
    if not channel.member and channel.kind != "public":
        raise Refused("not_in_channel")


def _within(one: Posted, given: Json) -> bool:
    """Tell whether a message lies in the asked time; its ends count where that is asked."""
    oldest, latest = str(given.get("oldest") or "0"), str(given.get("latest") or "")
    at = float(one.ts)
    if truth(given.get("inclusive")):
        return at >= float(oldest) and (not latest or at <= float(latest))
    return at > float(oldest) and (not latest or at < float(latest))


def _page(world: World, found: list[Posted], given: Json) -> Json:
    """Return a page of messages; the cursor names where the next one starts."""
    limit = int(given.get("limit") or _USUAL)
    if not 1 <= limit <= _MOST:
        raise fault(world, "invalid_limit", f"limit is {limit}")
    start = _start(world, str(given.get("cursor") or ""))
    page, more = found[start : start + limit], start + limit < len(found)
    with_metadata = truth(given.get("include_all_metadata"))
    after = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return {
        "messages": [one.shown(with_metadata) for one in page],
        "has_more": more,
        "response_metadata": {"next_cursor": after},
    }


def _start(world: World, cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(number)
    except ValueError:
        pass
    raise fault(world, "invalid_cursor", cursor)
