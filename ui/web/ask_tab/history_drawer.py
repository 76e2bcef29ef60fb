"""The list of one's conversations: search, open, rename, export, delete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import gradio as gr

from assistant.history.conversations import Conversation
from ui.evidence.pack_files import PackForm
from ui.exports.export_conversation import Form
from ui.web.ask_tab.conversation_html import NOTHING_SHOWN
from ui.web.html import attribute, escaped, notice
from ui.web.site import Site

_MOST_SHOWN = 200
FORMATS = tuple(form.value for form in Form)
EVIDENCE_FORMS = tuple(form.value for form in PackForm)


def conversations_html(conversations: Iterable[Conversation], current: str) -> str:
    """Return the list; the conversation that is open is marked."""
    every = list(conversations)
    if not every:
        return notice("No conversation yet.")
    items = "".join(_item(one, current=one.thread == current) for one in every[:_MOST_SHOWN])
    more = len(every) - _MOST_SHOWN
    rest = notice(f"and {more:,} more: search for them") if more > 0 else ""
    return f'<ul class="conversations">{items}</ul>{rest}'


def _item(one: Conversation, *, current: bool) -> str:
    thread = attribute(one.thread)
    links = "".join(
        f'<a class="tool" download href="conversation?{attribute(_query(one.thread, form))}">'
        f"{form}</a>"
        for form in FORMATS
    )
    evidence = "".join(
        f'<a class="tool" download href="evidence?{attribute(_query(one.thread, form))}">'
        f"{form.upper()}</a>"
        for form in EVIDENCE_FORMS
    )
    marked = ' aria-current="true"' if current else ""
    return (
        f'<li><button type="button" class="open" data-act="open" data-thread="{thread}"{marked}>'
        f"{escaped(one.title)}</button><details><summary>More</summary>"
        f'<form data-act="rename" data-thread="{thread}"><label>Title <input name="title" '
        f'maxlength="200" value="{attribute(one.title)}"></label>'
        f'<button type="submit" class="tool">Rename</button></form><p>Export: {links}</p>'
        f"<p>Evidence to hand over: {evidence}</p>"
        f'<button type="button" class="tool" data-act="delete" data-thread="{thread}" '
        'data-confirm="Delete this conversation, its receipts and feedback for good?">'
        "Delete</button></details></li>"
    )


def _query(thread: str, form: str) -> str:
    return urlencode({"thread": thread, "format": form})


def listed(site: Site, owner: str, words: str, current: str) -> str:
    """Return the list of an owner's conversations that have some words."""
    return conversations_html(site.assistant.kept.threads.conversations(owner, words), current)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done with a conversation, as a page sends it."""

    act: Literal["rename", "delete"]
    thread: str
    title: str = ""


def change(site: Site, owner: str, wanted: Change) -> None:
    """Rename or delete a conversation of an owner's. Raises ThreadError."""
    threads = site.assistant.kept.threads
    if wanted.act == "rename":
        threads.rename(owner, wanted.thread, wanted.title)
    else:
        threads.delete(owner, wanted.thread)


def build() -> None:
    """Lay the list out; the page's script fills it and tells what is pressed in it."""
    gr.Textbox(label="Search conversations", max_lines=1, elem_id="search")
    gr.HTML(NOTHING_SHOWN, elem_id="conversations")
    gr.HTML(NOTHING_SHOWN, elem_id="conversations-said")
