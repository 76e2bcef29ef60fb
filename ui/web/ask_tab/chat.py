"""The tab of the conversation: ask, watch the answer arrive, and do something with it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import gradio as gr

from assistant.errors import AssistantError
from assistant.history.feedback import Rating
from assistant.types import Answer
from ui.errors import UiError
from ui.web.ask_tab.conversation_html import Exchange, exchanges_html, latest_html
from ui.web.html import notice, trouble
from ui.web.site import Site, owner_of

EXAMPLES = (
    "Are public folders supported in a Multi-Geo organization?",
    "Which regions does Intune store data in?",
    "Where does multi-factor authentication data of Japanese customers go?",
    "How long are Intune audit logs kept?",
)
_ACTS = Path(__file__).parents[1] / "assets" / "acts.js"
_EMPTY = """(text, thread, position) => {
  const box = document.querySelector("#question textarea");
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return [text, thread, position];
}"""
"""Empties the field as soon as its question is on its way: what is typed next stays."""
_SHOWN = 20
"""Exchanges of a conversation that the page shows; the export has all."""
_EVERY_S = 0.1
"""Time between two states of an answer that arrives; each is sent whole."""


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows of a conversation."""

    thread: str
    earlier: str
    latest: str


@dataclass(frozen=True, slots=True)
class ChatParts:
    """What other parts of the page drive: the conversation that is open."""

    thread: gr.State
    earlier: gr.HTML
    latest: gr.HTML
    answered: gr.State
    """Changes with each answer."""


def acting_html(**options: object) -> gr.HTML:
    """Return a part of the page whose buttons and forms raise `asked` and `acted`."""
    return gr.HTML(js_on_load=_ACTS.read_text(encoding="utf-8"), **options)


def reply(
    site: Site, question: str, thread: str, position: int | None, owner: str
) -> Iterator[View]:
    """Yield the conversation while a question is answered.

    `position` is the place of an earlier question that this one takes the place of: it and what
    followed are dropped once there is an answer.
    """
    asked, before = Exchange(position or 1, question), tuple[Exchange, ...]()
    try:
        before = stored(site, owner, thread)
        kept = [one for one in before if position is None or one.position < position]
        if position is None and before:
            asked = replace(asked, position=before[-1].position + 1)
        earlier = exchanges_html(kept)
        yield View(thread, earlier, latest_html(asked))
        for exchange, following in _arriving(site, asked, Place(owner, thread, position)):
            yield View(thread, earlier, latest_html(exchange, following))
    except (AssistantError, UiError) as error:
        failed = latest_html(replace(asked, trouble=str(error)))
        # What was to be replaced is still there.
        yield View(thread, exchanges_html(before), failed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer belongs."""

    owner: str
    thread: str
    replacing: int | None
    """Position of the question that it takes the place of."""


def _arriving(
    site: Site, asked: Exchange, place: Place
) -> Iterator[tuple[Exchange, tuple[str, ...]]]:
    """Yield an exchange as its answer arrives; the last one is whole, with what to ask next."""
    text = ""
    told = time.monotonic()
    for piece in site.assistant.stream(
        asked.question,
        thread=place.thread,
        owner=place.owner,
        profile=site.assistant.profile(place.owner),
        replacing=place.replacing,
    ):
        text += piece.text
        if piece.answer is not None:
            following = site.assistant.suggestions(piece.answer)
            yield replace(asked, answer=piece.answer), following
        elif time.monotonic() - told > _EVERY_S:
            told = time.monotonic()
            yield replace(asked, text=text), ()


def stored(site: Site, owner: str, thread: str) -> tuple[Exchange, ...]:
    """Return the latest exchanges of a conversation; none for one that is not the owner's."""
    messages = site.assistant.kept.threads.messages(owner, thread, _SHOWN) if thread else ()
    return tuple(
        Exchange(message.position, message.question, message.answer) for message in messages
    )


def opened(site: Site, owner: str, thread: str) -> View:
    """Return a conversation as it is stored; a new one where there is none of that name."""
    exchanges = stored(site, owner, thread)
    if not exchanges:
        return View("", "", "")
    *before, last = exchanges
    following = site.assistant.suggestions(last.answer) if last.answer else ()
    return View(thread, exchanges_html(before), latest_html(last, following))


def build(site: Site, in_force: gr.HTML) -> ChatParts:
    """Lay the tab out."""
    thread, editing, answered = gr.State(""), gr.State(None), gr.State(0)
    earlier = acting_html(elem_id="conversation")
    latest = acting_html(elem_id="latest")
    said = gr.HTML(elem_id="chat-said")
    with gr.Column(elem_id="asking"):
        in_force.render()
        question = gr.Textbox(
            label="Your question",
            placeholder="Where does … keep data for …?",
            elem_id="question",
            max_lines=6,
            max_length=20_000,
        )
        with gr.Row():
            ask = gr.Button("Ask", variant="primary", elem_id="ask")
            stop = gr.Button("Stop", elem_id="stop")
            new = gr.Button("New conversation", elem_id="new")
    with gr.Row(elem_id="examples"):
        examples = [gr.Button(text, size="sm") for text in EXAMPLES]

    shown = [thread, earlier, latest]

    def asked(
        text: str, thread: str, position: int | None, request: gr.Request
    ) -> Iterator[tuple[object, ...]]:
        name = thread or uuid.uuid4().hex
        for view in reply(site, text, name, position, owner_of(request)):
            # All of it: to skip a value costs Gradio more than to send it, and what did not
            # change is not sent.
            yield view.thread, view.earlier, view.latest, None, ""

    def asked_there(
        thread: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[object, ...]]:
        position = _position(event) if _said(event, "act") == "retry" else None
        yield from asked(_said(event, "question"), thread, position, request)

    def acted(event: gr.EventData, request: gr.Request) -> tuple[object, object, str]:
        if _said(event, "act") == "edit":
            told = notice(
                "Editing: what you send takes the place of that question and of all after it."
            )
            return _said(event, "question"), _position(event), told
        return gr.skip(), gr.skip(), _judged(site, event, owner_of(request))

    def stopped(thread: str, request: gr.Request) -> tuple[str, str, str, str]:
        view = opened(site, owner_of(request), thread)
        return view.thread, view.earlier, view.latest, notice("Stopped.")

    private = {"api_visibility": "private"}
    outputs = [*shown, editing, said]
    given = [question, thread, editing]
    # The bound on questions is the assistant's own, with words of its own.
    busy = {"concurrency_limit": None, **private}
    events = [
        ask.click(asked, given, outputs, js=_EMPTY, **busy),
        question.submit(asked, given, outputs, js=_EMPTY, **busy),
        earlier.asked(asked_there, thread, outputs, **busy),
        latest.asked(asked_there, thread, outputs, **busy),
        *(one.click(asked, [one, thread, editing], outputs, **busy) for one in examples),
    ]
    for event in events:
        event.then(lambda count: count + 1, answered, answered, **private)
    stop.click(stopped, thread, [*shown, said], cancels=events, **private)
    new.click(lambda: ("", "", "", None, ""), None, [*shown, editing, said], **private)
    for part in (earlier, latest):
        part.acted(acted, None, [question, editing, said], **private)
    return ChatParts(thread, earlier, latest, answered)


def _judged(site: Site, event: gr.EventData, owner: str) -> str:
    """Keep what somebody thinks of an answer; return what to say of it."""
    try:
        site.assistant.give_feedback(
            _said(event, "answer"),
            Rating.UP if _said(event, "rating") == Rating.UP else Rating.DOWN,
            owner=owner,
            reason=_said(event, "reason"),
            correction=_said(event, "correction"),
        )
    except AssistantError as error:
        return trouble(str(error))
    return notice("Thank you; it is kept for those who look after the answers.")


def _said(event: gr.EventData, name: str) -> str:
    """Return a text that the page sent with an event; it may send anything."""
    data = event._data
    value = data.get(name, "") if isinstance(data, dict) else ""
    return value if isinstance(value, str) else ""


def _position(event: gr.EventData) -> int | None:
    number = _said(event, "position")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else None


def whole_answer(site: Site, question: str, thread: str, owner: str) -> Answer:
    """Return an answer at once, for those who ask through the interface for programs."""
    profile = site.assistant.profile(owner)
    return site.assistant.ask(
        question, thread=thread or None, owner=owner, profile=profile, keep=True
    )
