"""The list of one's conversations: search, open, rename, export, delete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import Field

from assistant.history.conversations import Conversation
from ui.exports.export_conversation import Form
from ui.web.ask_tab.times import ago
from ui.web.evidence_links import evidence_links
from ui.web.html import attribute, escaped, notice
from ui.web.site import Site

LONGEST_WORDS = 500
"""Characters of what is looked for, of a title, and of the name of a conversation."""
_MOST_SHOWN = 200
FORMATS = tuple(form.value for form in Form)


def conversations_html(
    conversations: Iterable[Conversation], current: str, now: datetime, nothing: str,
    profiles: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return the list, or `nothing` where it is empty; the conversation that is open is marked.

    `profiles` are those whose check may go with the evidence.
    """
    every = list(conversations)
    if not every:
        return notice(nothing)
    items = "".join(
        _item(one, now, profiles, current=one.thread == current) for one in every[:_MOST_SHOWN]
    )
    more = len(every) - _MOST_SHOWN
    rest = notice(f"and {more:,} more: search for them") if more > 0 else ""
    return f'<ul class="conversations">{items}</ul>{rest}'


def _item(one: Conversation, now: datetime, profiles: Sequence[str], *, current: bool) -> str:
    thread = attribute(one.thread)
    links = "".join(
        f'<a class="tool" download href="conversation?{attribute(_query(one.thread, form))}">'
        f"{form}</a>"
        for form in FORMATS
    )
    marked = ' aria-current="true"' if current else ""
    return (
        f'<li><button type="button" class="open" data-act="open" data-thread="{thread}"{marked}>'
        f'{escaped(one.title)}<span class="when">{escaped(_when(one, now))}</span></button>'
        f'<details><summary aria-label="More: {attribute(one.title)}">…</summary>'
        f'<form data-act="rename" data-thread="{thread}"><label>Title <input name="title" '
        f'maxlength="200" value="{attribute(one.title)}"></label>'
        f'<button type="submit" class="tool">Rename</button></form><p>Export: {links}</p>'
        f"{evidence_links('thread', one.thread, profiles)}"
        f'<button type="button" class="tool" data-act="delete" data-thread="{thread}" '
        'data-confirm="Delete this conversation, its receipts and feedback for good?">'
        "Delete</button></details></li>"
    )


def _when(one: Conversation, now: datetime) -> str:
    """Return when a conversation was changed, and how many questions it has where there are more
    than the one of its title.
    """
    told = [ago(one.changed, now)] if one.changed else []
    return ", ".join([*told, f"{one.turns} questions"] if one.turns > 1 else told)


def _query(thread: str, form: str) -> str:
    return urlencode({"thread": thread, "format": form})


def listed(site: Site, owner: str, words: str, current: str) -> str:
    """Return the list of an owner's conversations that have some words."""
    found = site.assistant.kept.threads.conversations(owner, words)
    nothing = "No conversation has these words." if words.strip() else "No conversation yet."
    profiles = tuple(site.assistant.tenants(owner))
    return conversations_html(found, current, datetime.now(UTC), nothing, profiles)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done with a conversation, as a page sends it."""

    act: Literal["rename", "delete"]
    thread: Annotated[str, Field(max_length=LONGEST_WORDS)]
    title: Annotated[str, Field(max_length=LONGEST_WORDS)] = ""


def change(site: Site, owner: str, wanted: Change) -> None:
    """Rename or delete a conversation of an owner's. Raises ThreadError."""
    threads = site.assistant.kept.threads
    if wanted.act == "rename":
        threads.rename(owner, wanted.thread, wanted.title)
    else:
        threads.delete(owner, wanted.thread)
