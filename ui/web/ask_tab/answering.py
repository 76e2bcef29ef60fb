"""A question of the page answered step by step, and conversations as they are stored; no transport
and no components.

The store is the truth: what is shown of a conversation is what it holds. A page that shows it
already is not sent it again, so that a question costs the same however long the conversation is.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field

from assistant.errors import AssistantError, ThreadError, store_failed
from assistant.history.feedback import Rating
from assistant.types import Answer
from ui.errors import UiError
from ui.web.ask_tab.conversation_html import Exchange, exchanges_html, latest_html
from ui.web.html import notice, trouble
from ui.web.site import Site

_SHOWN = 20
"""Exchanges of a conversation that the page shows; the export has all."""
_EVERY_S = 0.1
"""Time between two states of an answer that arrives; each is sent whole."""
Position = Annotated[int, Field(ge=1, lt=10**9)]
Name = Annotated[str, Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page sends it, with what the page shows."""

    question: str
    thread: Name = ""
    """The conversation that is open; empty for a new one."""
    replacing: Position | None = None
    """Position of an earlier question that this one takes the place of: it and what followed are
    dropped once there is an answer."""
    after: Name = ""
    """Id of the answer that the page shows last; empty where it shows none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a conversation from now on."""

    thread: str
    """Empty where no conversation is open."""
    latest: str
    """The latest exchange as HTML."""
    earlier: str | None = None
    """Those before it; None where the page has them, its own latest one being the last of them."""
    answer: str = ""
    """Id of the answer of the latest exchange; empty before it is whole, and where it failed."""


class _Before(NamedTuple):
    """What a conversation holds when a question comes."""

    last: int
    """Position of its latest question; 0 for a new one."""
    exchanges: tuple[Exchange, ...] | None
    """Those that the page has to be sent; None where it shows them."""


def reply(site: Site, asked: Asked, owner: str) -> Generator[Shown, None, None]:
    """Yield what the page shows while a question is answered; whoever leaves has it stop."""
    asked = replace(asked, thread=asked.thread or uuid.uuid4().hex)
    exchange, before = Exchange(asked.replacing or 1, asked.question), _Before(0, ())
    try:
        before = _before(site, asked, owner)
        if asked.replacing is None:
            exchange = replace(exchange, position=before.last + 1)
        first = latest_html(exchange, date.today())
        yield Shown(asked.thread, first, _kept(before, asked.replacing))
        yield from _arriving(site, exchange, asked, owner)
    except (AssistantError, UiError) as error:
        # What was to be replaced is still there.
        there = _kept(before, None) if asked.replacing else None
        failed = latest_html(replace(exchange, trouble=str(error)), date.today())
        yield Shown(asked.thread, failed, there)


def _before(site: Site, asked: Asked, owner: str) -> _Before:
    """Return what is there of a conversation, as far as the page does not show it.

    Where its file cannot be read, the page keeps what it shows, and the answer tells of it.
    """
    try:
        return _stored_before(site, asked, owner)
    except ThreadError as error:
        if site.assistant.settings.database_url or not store_failed(error):
            raise
        return _Before(0, None)


def _stored_before(site: Site, asked: Asked, owner: str) -> _Before:
    if asked.after and asked.replacing is None:
        last = stored(site, owner, asked.thread, 1)
        if last and last[0].answer is not None and last[0].answer.id == asked.after:
            return _Before(last[0].position, None)
    exchanges = stored(site, owner, asked.thread)
    return _Before(exchanges[-1].position if exchanges else 0, exchanges)


def _kept(before: _Before, replacing: int | None) -> str | None:
    """Return the exchanges that stay, as HTML; None where the page has them."""
    if before.exchanges is None:
        return None
    return exchanges_html(
        (one for one in before.exchanges if replacing is None or one.position < replacing),
        date.today(),
    )


def _arriving(site: Site, exchange: Exchange, asked: Asked, owner: str) -> Iterator[Shown]:
    """Yield an exchange as its answer arrives; the last one is whole, with what to ask next."""
    text = ""
    told = None
    for piece in site.assistant.stream(
        asked.question,
        thread=asked.thread,
        owner=owner,
        profile=site.assistant.readable_profile(owner),
        replacing=asked.replacing,
    ):
        text += piece.text
        if piece.answer is not None:
            whole = replace(exchange, answer=piece.answer)
            following = site.assistant.suggestions(piece.answer)
            shown = latest_html(whole, date.today(), following)
            yield Shown(asked.thread, shown, answer=piece.answer.id)
        elif told is None:
            # What was all there at once is followed by the whole answer, and needs no state of its
            # own.
            told = time.monotonic() if text else None
        elif time.monotonic() - told > _EVERY_S:
            told = time.monotonic()
            arrived = latest_html(replace(exchange, text=text), date.today())
            yield Shown(asked.thread, arrived)


def stored(site: Site, owner: str, thread: str, most: int = _SHOWN) -> tuple[Exchange, ...]:
    """Return the latest exchanges of a conversation; none for one that is not the owner's."""
    messages = site.assistant.kept.threads.messages(owner, thread, most) if thread else ()
    return tuple(
        Exchange(message.position, message.question, message.answer) for message in messages
    )


def opened(site: Site, owner: str, thread: str) -> Shown:
    """Return a conversation as it is stored; a new one where there is none of that name."""
    exchanges = stored(site, owner, thread)
    if not exchanges:
        return Shown("", "", "")
    *before, last = exchanges
    following = site.assistant.suggestions(last.answer) if last.answer else ()
    known = last.answer.id if last.answer else ""
    today = date.today()
    shown = latest_html(last, today, following)
    return Shown(thread, shown, exchanges_html(before, today), known)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody thinks of an answer, as a page sends it."""

    answer: Name
    rating: Name = Rating.DOWN.value
    reason: str = ""
    correction: str = ""


def judged(site: Site, judgement: Judgement, owner: str) -> str:
    """Keep what somebody thinks of an answer; return what to say of it, as HTML."""
    try:
        site.assistant.give_feedback(
            judgement.answer,
            Rating.UP if judgement.rating == Rating.UP else Rating.DOWN,
            owner=owner,
            reason=judgement.reason,
            correction=judgement.correction,
        )
    except AssistantError as error:
        return trouble(str(error))
    return notice("Thank you; it is kept for those who look after the answers.")


def whole_answer(site: Site, question: str, thread: str, owner: str) -> Answer:
    """Return an answer at once, for those who ask through the interface for programs."""
    profile = site.assistant.readable_profile(owner)
    return site.assistant.ask(
        question, thread=thread or None, owner=owner, profile=profile, keep=True
    )
