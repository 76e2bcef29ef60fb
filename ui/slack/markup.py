"""Slack's mark-up of a message as the plain text that its writer saw; pure."""

from __future__ import annotations

import re

from ui.slack.payload import Payload

_MARKED = re.compile(r"<([^<>]*)>")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_ENTITY = re.compile(r"&(lt|gt|amp);")
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&"}
_DEEPEST = 12
"""Blocks within blocks that are looked into."""


def names(text: str, user: str) -> bool:
    """Tell whether a text mentions a user."""
    return bool(user) and re.search(_mention(user), text) is not None


def plain(text: str, bot: str = "") -> str:
    """Return a text without mark-up; mentions of the bot are taken out."""
    if bot:
        text = re.sub(rf"^\s*{_mention(bot)}[\s,:;]*", "", text)
        # Blanks are tried from their first one alone: a text may have thousands in a row.
        text = re.sub(rf"(?:(?<![ \t])[ \t]+)?{_mention(bot)}", "", text)
    resolved = _MARKED.sub(_resolved, text)
    # Last and once: what was typed as &lt;!channel&gt; is text and stays text.
    return _ENTITY.sub(lambda entity: _CHARACTERS[entity[1]], resolved).strip()


def shown_text(message: Payload) -> str:
    """Return what a message shows, with mark-up: its text, or that of its blocks or attachments."""
    if text := message.text("text").strip():
        return text
    parts = [_gathered(block) for block in message.items("blocks")]
    for one in message.items("attachments"):
        own = one.text("text") or one.text("fallback")
        parts += [own] if own else [_gathered(block) for block in one.items("blocks")]
    return "\n".join(part for part in parts if part.strip())


def _mention(user: str) -> str:
    return rf"<@{re.escape(user)}(?:\|[^<>]*)?>"


def _resolved(marked: re.Match[str]) -> str:
    target, _, label = marked[1].partition("|")
    match target[:1]:
        case "@" | "#":
            return target[0] + (label or target[1:])
        case "!":
            return _special(target[1:], label)
    if _ADDRESS.fullmatch(target) is None:
        return marked[0]
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    without_scheme = bare.partition("://")[2] or bare
    same = label in ("", bare, without_scheme, without_scheme.removesuffix("/"))
    return bare if same else f"{label} ({bare})"


def _special(target: str, label: str) -> str:
    """Return a group, everybody or a date by the name that readers see."""
    name = target.partition("^")[0]
    if name in ("date", "subteam"):
        return label or name
    return f"@{label or name}".replace("@@", "@")


def _gathered(block: Payload, depth: int = 0) -> str:
    """Return the text of a block and all within it, in the order in which it is shown."""
    if depth > _DEEPEST:
        return ""
    if text := block.text("text") or block.text("text", "text"):
        return text
    if user := block.text("user_id"):
        return f"<@{user}>"
    within = (*block.items("elements"), *block.items("fields"))
    between = "" if block.text("type").startswith("rich_text_") else "\n"
    parts = (_gathered(part, depth + 1) for part in within)
    return between.join(part for part in parts if part) or block.text("url")
