"""The list of one's conversations: search, open, rename, export, delete."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import gradio as gr

from assistant.errors import AssistantError
from assistant.history.conversations import Conversation
from ui.exports.export_conversation import Form
from ui.web.ask_tab.chat import ChatParts, View, acting_html, opened
from ui.web.html import attribute, escaped, notice, trouble
from ui.web.site import Site, owner_of

_MOST_SHOWN = 200
FORMATS = tuple(form.value for form in Form)


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
    marked = ' aria-current="true"' if current else ""
    return (
        f'<li><button type="button" class="open" data-act="open" data-thread="{thread}"{marked}>'
        f"{escaped(one.title)}</button><details><summary>More</summary>"
        f'<form data-act="rename" data-thread="{thread}"><label>Title <input name="title" '
        f'maxlength="200" value="{attribute(one.title)}"></label>'
        f'<button type="submit" class="tool">Rename</button></form><p>Export: {links}</p>'
        f'<button type="button" class="tool" data-act="delete" data-thread="{thread}" '
        'data-confirm="Delete this conversation, its receipts and feedback for good?">'
        "Delete</button></details></li>"
    )


def _query(thread: str, form: str) -> str:
    return urlencode({"thread": thread, "format": form})


def build(site: Site, page: gr.Blocks, chat: ChatParts) -> None:
    """Lay the list out, and keep it up to date."""
    search = gr.Textbox(label="Search conversations", max_lines=1, elem_id="search")
    found = acting_html(elem_id="conversations")
    said = gr.HTML(elem_id="conversations-said")

    def listed(words: str, thread: str, request: gr.Request) -> str:
        try:
            known = site.assistant.kept.threads.conversations(owner_of(request), words or "")
        except AssistantError as error:
            return trouble(str(error))
        return conversations_html(known, thread)

    def acted(
        words: str, thread: str, event: gr.EventData, request: gr.Request
    ) -> tuple[object, object, object, str, str]:
        data = event._data if isinstance(event._data, dict) else {}
        named, act = str(data.get("thread", "")), data.get("act")
        owner = owner_of(request)
        view: View | None = None
        try:
            if act == "open":
                view = opened(site, owner, named)
            elif act == "rename":
                site.assistant.kept.threads.rename(owner, named, str(data.get("title", "")))
            elif act == "delete":
                site.assistant.kept.threads.delete(owner, named)
                view = View("", "", "") if named == thread else None
        except AssistantError as error:
            return (
                gr.skip(),
                gr.skip(),
                gr.skip(),
                listed(words, thread, request),
                trouble(str(error)),
            )
        parts = (view.thread, view.earlier, view.latest) if view else (gr.skip(),) * 3
        return *parts, listed(words, view.thread if view else thread, request), ""

    private = {"api_visibility": "private"}
    search.change(listed, [search, chat.thread], found, **private)
    chat.answered.change(listed, [search, chat.thread], found, **private)
    page.load(listed, [search, chat.thread], found, **private)
    found.acted(
        acted, [search, chat.thread], [chat.thread, chat.earlier, chat.latest, found, said],
        **private,
    )  # fmt: skip
