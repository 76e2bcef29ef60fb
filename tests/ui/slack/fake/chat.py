"""The methods that write messages: whole, streamed, changed or for one user alone."""

from __future__ import annotations

from tests.ui.slack.fake.markup import markdown_problems, mrkdwn_problems
from tests.ui.slack.fake.methods import channel_of, fault, method, needed, truth
from tests.ui.slack.fake.shapes import (
    ALL_BLOCKS,
    FALLBACK,
    MARKDOWN,
    block_problems,
    metadata_problems,
    text_in,
    too_large,
)
from tests.ui.slack.fake.world import APP, Channel, Json, Posted, Refused, Shown, Workspace, World

UPDATED = 4_000
"""How long the text of a changed message may be."""
_RUNNING, _DONE = "in_progress", "completed"


@method("chat.postMessage")
def _post(world: World, space: Workspace, given: Json) -> Json:
    (name,) = needed(world, given, "channel")
    channel = channel_of(world, space, name)
    thread = _thread(channel, given)
    checked(world, space, given, channel.id, thread)
    posted = _kept(world, space, channel, given, thread)
    return {"channel": channel.id, "ts": posted.ts, "message": posted.shown()}


@method("chat.postEphemeral")
def _whisper(world: World, space: Workspace, given: Json) -> Json:
    name, user = needed(world, given, "channel", "user")
    channel = channel_of(world, space, name)
    thread = _thread(channel, given)
    checked(world, space, given, channel.id, thread, {user})
    blocks = with_ids(world, given.get("blocks"))
    text = str(given.get("text") or "")
    shown = Shown(world.stamp(), space.id, channel.id, user, text, thread, blocks)
    world.ephemerals.append(shown)
    return {"message_ts": shown.ts}


@method("chat.update")
def _update(world: World, space: Workspace, given: Json) -> Json:
    posted = _own(world, space, given)
    if posted.streaming == _RUNNING:
        raise Refused("streaming_state_conflict")
    checked(world, space, given, posted.channel, posted.thread, most=UPDATED)
    if "text" in given:
        posted.text, posted.blocks = str(given["text"]), []
    if "blocks" in given:
        posted.blocks = with_ids(world, given["blocks"])
    posted.metadata = given.get("metadata", posted.metadata)
    posted.more["edited"] = {"user": space.bot_user, "ts": world.stamp()}
    return {"channel": posted.channel, "ts": posted.ts, "text": posted.text,
            "message": posted.shown()}  # fmt: skip


@method("chat.delete")
def _delete(world: World, space: Workspace, given: Json) -> Json:
    posted = _own(world, space, given)
    del world.channels[space.id, posted.channel].messages[posted.ts]
    return {"channel": posted.channel, "ts": posted.ts}


@method("chat.getPermalink")
def _link(world: World, space: Workspace, given: Json) -> Json:
    name, ts = needed(world, given, "channel", "message_ts")
    channel = channel_of(world, space, name, member=False)
    if ts not in channel.messages:
        raise Refused("message_not_found")
    address = f"https://fake.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


@method("chat.startStream")
def _start(world: World, space: Workspace, given: Json) -> Json:
    name, _ = needed(world, given, "channel", "thread_ts")
    channel = channel_of(world, space, name)
    if channel.kind != "im":
        needed(world, given, "recipient_user_id", "recipient_team_id")
    thread = _thread(channel, given)
    text = _piece(world, space, given, channel.id, thread)
    posted = _kept(world, space, channel, {"text": text}, thread)
    posted.streaming = _RUNNING
    return {"channel": channel.id, "ts": posted.ts}


@method("chat.appendStream")
def _append(world: World, space: Workspace, given: Json) -> Json:
    posted = _streaming(world, space, given)
    if not given.get("markdown_text") and not given.get("chunks"):
        raise fault(world, "no_text", "nothing to append")
    posted.text += _piece(world, space, given, posted.channel, posted.thread)
    return {"channel": posted.channel, "ts": posted.ts}


@method("chat.stopStream")
def _stop(world: World, space: Workspace, given: Json) -> Json:
    posted = _streaming(world, space, given)
    piece = _piece(world, space, given, posted.channel, posted.thread)
    _blocks(world, space, given, posted.channel, posted.thread)
    _metadata(world, given)
    posted.text += piece
    posted.blocks = with_ids(world, given.get("blocks"))
    posted.metadata = given.get("metadata")
    posted.streaming = _DONE
    return {"channel": posted.channel, "ts": posted.ts, "message": posted.shown()}


def checked(
    world: World,
    space: Workspace,
    given: Json,
    channel: str,
    thread: str,
    others: frozenset[str] | set[str] = frozenset(),
    most: int = FALLBACK,
) -> None:
    """Refuse a message with a wrong shape, or one that could call or mislead somebody."""
    text = str(given.get("text") or "")
    markdown = str(given.get("markdown_text") or "")
    if not (text or markdown or given.get("blocks") or given.get("attachments")):
        raise fault(world, "no_text")
    if markdown and (text or given.get("blocks")):
        raise fault(world, "markdown_text_conflict")
    if len(text) > most or len(markdown) > MARKDOWN:
        raise fault(world, "msg_too_long", f"{len(text)} characters; at most {most}")
    if given.get("blocks") and not text:
        raise fault(world, "no_text", "blocks without a text for notifications")
    if truth(given.get("link_names")) or given.get("parse") == "full":
        raise fault(world, "invalid_arguments", "names in the text would be linked")
    allowed = world.spoke(space.id, channel, thread) | others
    problems = [*mrkdwn_problems(text, allowed), *markdown_problems(markdown, allowed)]
    if problems:
        raise fault(world, "unsafe_text", *problems)
    _blocks(world, space, given, channel, thread, others)
    _metadata(world, given)


def with_ids(world: World, blocks: list[Json] | None) -> list[Json]:
    """Return blocks with the ids that Slack gives those that have none."""
    return [{"block_id": world.name("b")} | one for one in blocks or []]


def _blocks(
    world: World,
    space: Workspace,
    given: Json,
    channel: str,
    thread: str,
    others: frozenset[str] | set[str] = frozenset(),
) -> None:
    if given.get("blocks") is None:
        return
    allowed = world.spoke(space.id, channel, thread) | others
    if problems := list(block_problems(given["blocks"], allowed)):
        raise fault(world, "invalid_blocks", *problems)
    if (long := text_in(given["blocks"])) > ALL_BLOCKS:
        raise fault(world, "msg_blocks_too_long", f"{long} characters in all blocks")


def _metadata(world: World, given: Json) -> None:
    if given.get("metadata") is None:
        return
    if problems := list(metadata_problems(given["metadata"])):
        raise fault(world, "invalid_metadata_format", *problems)
    if too_large(given["metadata"]):
        raise fault(world, "metadata_too_large")


def _piece(world: World, space: Workspace, given: Json, channel: str, thread: str) -> str:
    """Return the Markdown of one call on a stream, be it given whole or in chunks."""
    chunks = [one for one in given.get("chunks") or [] if one.get("type") == "markdown_text"]
    text = str(given.get("markdown_text") or "") + "".join(str(one["text"]) for one in chunks)
    if len(text) > MARKDOWN:
        raise fault(world, "msg_too_long", f"{len(text)} characters of Markdown")
    if problems := list(markdown_problems(text, world.spoke(space.id, channel, thread))):
        raise fault(world, "unsafe_text", *problems)
    return text


def _thread(channel: Channel, given: Json) -> str:
    """Return the root of the thread that a message goes to; it must still be there."""
    root = str(given.get("thread_ts") or "")
    if root and root not in channel.messages:
        raise Refused("thread_not_found")
    return (channel.messages[root].thread or root) if root else ""


def _kept(world: World, space: Workspace, channel: Channel, given: Json, thread: str) -> Posted:
    """Put a message of the bot into its channel; the thread's status ends with it."""
    posted = Posted(
        ts=world.stamp(), channel=channel.id, user=space.bot_user, thread=thread, own=True,
        text=str(given.get("text") or given.get("markdown_text") or ""),
        blocks=with_ids(world, given.get("blocks")), metadata=given.get("metadata"),
        more={"bot_id": space.bot_id, "app_id": APP, "team": space.id},
    )  # fmt: skip
    channel.messages[posted.ts] = posted
    if thread:
        channel.messages[thread].thread = thread
    world.statuses.pop((space.id, channel.id, thread), None)
    return posted


def _own(world: World, space: Workspace, given: Json) -> Posted:
    name, ts = needed(world, given, "channel", "ts")
    posted = channel_of(world, space, name).messages.get(ts)
    if posted is None:
        raise Refused("message_not_found")
    if not posted.own:
        raise fault(world, "cant_update_message", "a message of somebody else")
    return posted


def _streaming(world: World, space: Workspace, given: Json) -> Posted:
    posted = _own(world, space, given)
    if posted.streaming != _RUNNING:
        raise Refused("message_not_in_streaming_state")
    return posted
