"""What Slack refuses, as far as its documentation and its own models tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from ui.slack.blocks.splitting import size
from ui.slack.types import Message

_KINDS = {
    "header", "section", "context", "rich_text", "actions", "context_actions", "input",
}  # fmt: skip


def check_message(message: Message) -> list[dict[str, Any]]:
    """Fail for a message that Slack would refuse; return its blocks."""
    assert 0 < size(message.text) <= 40_000
    message.text.encode("utf-8")
    assert 0 < len(message.blocks) <= 50
    plain = _check_blocks(message.blocks)
    assert size(json.dumps(plain, ensure_ascii=False)) <= 12_500
    return plain


def check_view(view: View) -> list[dict[str, Any]]:
    """Fail for a view that Slack would refuse; return its blocks."""
    written = view.to_dict()
    assert 0 < len(view.blocks) <= 100
    assert len(json.dumps(written)) <= 250_000
    return _check_blocks(view.blocks)


def texts(node: object) -> Iterator[str]:
    """Yield every text of a block that a reader sees."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from texts(value)


def _check_blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    plain = [block.to_dict() for block in blocks]
    json.dumps(plain, ensure_ascii=False).encode("utf-8")
    for block in plain:
        assert block["type"] in _KINDS
        assert sum(map(size, texts(block))) <= 3_200
        assert all(texts(block)), "Slack takes no empty text"
        for name, most in (("context", 10), ("actions", 25), ("context_actions", 5)):
            assert block["type"] != name or 0 < len(block["elements"]) <= most
    actions = Counter(_actions(plain))
    assert not actions or max(actions.values()) == 1
    return plain


def _actions(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "action_id" in node:
            assert len(str(node.get("value", ""))) <= 2_000
            yield str(node["action_id"])
        for value in node.values():
            yield from _actions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _actions(value)
