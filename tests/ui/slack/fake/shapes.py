"""Whether messages and views keep to the models of the SDK and the published limits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View

from tests.ui.slack.fake.markup import markdown_problems, mrkdwn_problems
from tests.ui.slack.fake.world import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
FALLBACK = 40_000
MARKDOWN = 12_000
ALL_BLOCKS = 13_000
"""Beyond about this much text in all its blocks a message is `msg_blocks_too_long`."""
_TEXT = 3_000
_FIELD = 2_000
_METADATA_BYTES = 16_000
_VIEW_BYTES = 250_000
_LABELS = {"button": 75, "feedback": 75, "header": 150, "option": 75}
_MESSAGE_ONLY = ("context_actions", "markdown", "table")
_VALUE = 2_000
_NAME = 255
_DRAWN = ("id", "team_id", "hash", "state", "app_id", "bot_id", "root_view_id", "previous_view_id")


def block_problems(
    blocks: Any, mentionable: Iterable[str] = (), most: int = MESSAGE_BLOCKS
) -> Iterator[str]:
    """Yield what is wrong with the blocks of a message or, with its limit, of a view."""
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        yield "blocks are no list of objects"
        return
    if len(blocks) > most:
        yield f"{len(blocks)} blocks; at most {most}"
    for number, block in enumerate(blocks):
        for problem in _one_block(block, set(mentionable)):
            yield f"blocks[{number}] ({block.get('type')}): {problem}"
    yield from _twice(blocks, "block_id")
    markdown = sum(len(str(one.get("text"))) for one in blocks if one.get("type") == "markdown")
    if markdown > MARKDOWN:
        yield f"{markdown} characters in blocks of Markdown; at most {MARKDOWN}"


def text_in(blocks: list[Json]) -> int:
    """Return how many characters of text blocks have in all."""
    return sum(len(text) for _, text in _texts(blocks))


def view_problems(view: Any) -> Iterator[str]:
    """Yield what is wrong with a modal."""
    if not isinstance(view, dict):
        yield "the view is no object"
        return
    blocks = view.get("blocks")
    yield from block_problems(blocks, most=VIEW_BLOCKS)
    yield from _model(lambda: View(**view), view)
    kinds = [one.get("type") for one in blocks or [] if isinstance(one, dict)]
    yield from (f"a block of {kind} in a view" for kind in kinds if kind in _MESSAGE_ONLY)
    if view.get("type") != "modal" or not view.get("title"):
        yield "a modal has the type modal and a title"
    if "input" in kinds and not view.get("submit"):
        yield "a modal with an input has a submit"
    yield from (f"{name} is for Slack to give" for name in _DRAWN if name in view)
    if len(json.dumps(view).encode()) > _VIEW_BYTES:
        yield "the view is larger than 250 kB"


def metadata_problems(metadata: Any) -> Iterator[str]:
    """Yield what is wrong with the shape of a message's metadata."""
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        yield "metadata are an event_type and an event_payload"
    elif not isinstance(metadata["event_type"], str) or not metadata["event_type"]:
        yield "event_type is no text"
    elif not isinstance(metadata["event_payload"], dict):
        yield "event_payload is no object"
    else:
        yield from _model(lambda: Metadata(**metadata), metadata)


def too_large(metadata: Json) -> bool:
    """Tell whether metadata are beyond what a message may carry."""
    return len(json.dumps(metadata).encode()) > _METADATA_BYTES


def prompt_problems(prompts: Any) -> Iterator[str]:
    """Yield what is wrong with suggested prompts."""
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        yield "suggested prompts are one to four"
        return
    for one in prompts:
        if not isinstance(one, dict) or set(one) != {"title", "message"}:
            yield "a suggested prompt is a title and a message"
        elif not all(isinstance(part, str) and part.strip() for part in one.values()):
            yield "a suggested prompt with an empty title or message"


def _one_block(block: Json, mentionable: set[str]) -> Iterator[str]:
    yield from _model(lambda: Block.parse(block), block)
    yield from _limits(block)
    for kind, text in _texts(block):
        if kind == "mrkdwn":
            yield from mrkdwn_problems(text, mentionable)
        elif kind == "markdown":
            yield from markdown_problems(text, mentionable)
    yield from _called(block, mentionable)


def _model(made: Callable[[], JsonObject | None], given: Json) -> Iterator[str]:
    """Yield what the SDK's own model of an object says against it, or does not know of it."""
    try:
        model = made()
        kept = model.to_dict() if model else None
    except (SlackObjectFormationError, TypeError, AttributeError, KeyError, ValueError) as error:
        yield f"{type(error).__name__}: {error}"
        return
    if kept is None:
        yield "a type that the SDK does not know"
    else:
        yield from _lost(given, kept, "")


def _lost(given: Any, kept: Any, path: str) -> Iterator[str]:
    """Yield the fields that are empty or that no model has."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            if name not in kept:
                yield f"{path}{name} is empty or unknown"
            else:
                yield from _lost(value, kept[name], f"{path}{name}.")
    elif isinstance(given, list) and isinstance(kept, list):
        if len(given) != len(kept):
            yield f"{path} has elements that the SDK does not know"
        for number, (one, other) in enumerate(zip(given, kept, strict=False)):
            yield from _lost(one, other, f"{path}{number}.")


def _limits(block: Json) -> Iterator[str]:
    kind = block.get("type")
    elements = [one for one in block.get("elements") or [] if isinstance(one, dict)]
    if kind in ("actions", "context", "context_actions") and not elements:
        yield "no elements"
    yield from _twice(elements, "action_id")
    if kind == "header":
        yield from _long(block.get("text"), _LABELS["header"])
    for one in block.get("fields") or []:
        yield from _long(one, _FIELD)
    for one in _objects(block):
        yield from _element(one)


def _element(one: Json) -> Iterator[str]:
    if one.get("type") in ("mrkdwn", "plain_text"):
        yield from _long(one, _TEXT)
    elif one.get("type") == "button":
        yield from _long(one.get("text"), _LABELS["button"])
        if not one.get("action_id"):
            yield "a button with no action_id"
    elif one.get("type") == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            button = one.get(side) or {}
            yield from _long(button.get("text"), _LABELS["feedback"])
            if not 1 <= len(str(button.get("value") or "")) <= _VALUE:
                yield f"the value of {side} has 1 to {_VALUE} characters"
    for name in ("action_id", "block_id"):
        if name in one and not 1 <= len(str(one[name])) <= _NAME:
            yield f"{name} has 1 to {_NAME} characters"


def _long(text: Any, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield "a text that is no text object"
    elif not 1 <= len(text["text"]) <= most:
        yield f"a text of {len(text['text'])} characters; 1 to {most}"


def _twice(items: list[Json], name: str) -> Iterator[str]:
    counted = Counter(one[name] for one in items if one.get(name))
    yield from (f"{name} {one!r} stands more than once" for one, n in counted.items() if n > 1)


def _called(value: Json, mentionable: set[str]) -> Iterator[str]:
    """Yield the elements of rich text that call somebody, or lead elsewhere than they say."""
    for one in _objects(value):
        if one.get("type") in ("broadcast", "usergroup", "team"):
            yield f"rich text that calls a {one['type']}"
        elif one.get("type") == "user" and one.get("user_id") not in mentionable:
            yield f"a mention of {one.get('user_id')}, who did not ask"
        elif one.get("type") == "link" and one.get("text") and one.get("url"):
            yield from mrkdwn_problems(f"<{one['url']}|{one['text']}>")


def _objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    for one in _objects(value):
        if isinstance(one.get("text"), str):
            yield str(one.get("type")), one["text"]
