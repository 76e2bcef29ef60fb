"""Where the bot speaks in a workspace: in a thread, to one user alone, or to those who help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ui.shared.logs import note
from ui.slack.inbox.event_store import Inbox, Job
from ui.slack.outgoing.posting import STREAM, Slack, Target, Undeliverable, parts_of
from ui.slack.outgoing.stream import Stream
from ui.slack.types import Message, Place, Pressed, Question, Surface

_HELP = ":help"
"""Ends the name of what is said where persons help, beside what is said to the asker."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that was told to the bot, and what became of the reply so far."""

    job: Job
    unsure: bool
    """Whether messages may be there that are not noted."""


@dataclass(slots=True)
class SlackOutlet:
    """What the bot says about one thing; what is there already is not said again."""

    slack: Slack
    inbox: Inbox
    delivery: Delivery
    place: Place
    persons: str = ""
    """Channel where persons help."""
    _stream: Stream | None = field(default=None, init=False)
    _text: str = field(default="", init=False)

    @property
    def _key(self) -> str:
        return self.delivery.job.arrival.key

    @property
    def _target(self) -> Target:
        return Target(self.place.channel, self.place.thread, _since(self.place, self._key))

    @property
    def _address(self) -> str:
        """Return where an answer goes that one user alone sees, empty for one in a thread."""
        told = self.delivery.job.arrival.told
        match told:
            case Question():
                return told.respond_to
            case Pressed():
                return told.address
        return ""

    def begin(self) -> Callable[[str], None] | None:
        """Show that an answer is looked for; stream it where it is a direct message."""
        told = self.delivery.job.arrival.told
        if self._address or not isinstance(told, Question):
            return None
        self.slack.status(self._target)
        if told.surface is not Surface.DIRECT or self.delivery.job.posted or self.delivery.unsure:
            return None
        self._stream = Stream(self.slack, self._target, self.place.team, self.place.user)
        return self._hear

    def _hear(self, text: str, *, last: bool = False) -> None:
        self._text = text
        if self._stream is not None and self._stream.hear(text, last=last):
            self.inbox.note_posted(self._key, STREAM, self._stream.ts)

    def finish(self) -> bool:
        """End the text that is streamed; tell whether all of it stands there."""
        if self._stream is None:
            return False
        self._hear(self._text, last=True)
        return self._stream.has(self._text)

    def said_before(self) -> Sequence[str]:
        """Return what people wrote in the thread before what is replied to, the oldest first."""
        return self.slack.said_before(self._target) if self.place.thread else ()

    def say(self, said: Sequence[Message]) -> None:
        """Say something to the one who asked: those parts that are not there yet."""
        if self._address:
            self._respond(said)
            return
        there = self._there(self._key, self._target)
        first, parts = said[0], len(said)
        if STREAM in there and 1 not in there:
            self._end_stream(there[STREAM], first, parts)
            there[1] = there[STREAM]
            self.inbox.note_posted(self._key, 1, there[STREAM])
        for part, message in enumerate(said, 1):
            if part not in there and self.inbox.wanted(self._key):
                ts = self.slack.post(self._target, message, self._key, part, parts)
                self.inbox.note_posted(self._key, part, ts)

    def hand_over(self, said: Callable[[str], Sequence[Message]]) -> bool:
        """Say something in the channel where persons help; False where it takes nothing."""
        key, target = self._key + _HELP, Target(self.persons, since=_since(self.place, self._key))
        there = parts_of(key, self.slack.ours(target)) if self.delivery.unsure else {}
        told = said(self.slack.link(self._target))
        try:
            for part, message in enumerate(told, 1):
                if part not in there:
                    self.slack.post(target, message, key, part, len(told))
        except Undeliverable as error:
            note("persons cannot be reached", channel=self.persons, reason=str(error))
            return False
        return True

    def offer(self, questions: Sequence[str]) -> None:
        """Offer questions above the field in which a user writes."""
        self.slack.prompts(self.place.channel, questions)

    def _there(self, key: str, target: Target) -> dict[int, str]:
        """Return the parts that are there; ask Slack where what is noted may not be all."""
        there = {one.part: one.ts for one in self.delivery.job.posted}
        if self._stream is not None and self._stream.ts:
            there[STREAM] = self._stream.ts
        if not self.delivery.unsure:
            return there
        ours = self.slack.ours(target)
        there |= parts_of(key, ours)
        unfinished = [one.ts for one in ours if not one.key]
        if unfinished and STREAM not in there:
            # Of a conversation one question is answered at a time: what hangs there is of this.
            there[STREAM] = unfinished[-1]
        return there

    def _end_stream(self, ts: str, first: Message, parts: int) -> None:
        if self._stream is not None and self._stream.has(self._text):
            self.slack.stop_stream(self._target, ts, first, self._key, parts)
        else:
            self.slack.rewrite(self._target, ts, first, self._key, parts)

    def _respond(self, said: Sequence[Message]) -> None:
        """Say something that can be seen once and is not found again; each part as noted."""
        there = {one.part: one.ts for one in self.delivery.job.posted}
        for part, message in enumerate(said, 1):
            if part not in there:
                self.slack.respond(self._address, message)
                self.inbox.note_posted(self._key, part, "")


def _since(place: Place, key: str) -> str:
    """Return the time stamp of the message that is replied to, which a reply comes after."""
    last = key.rpartition(":")[2]
    return last if last.replace(".", "", 1).isdecimal() and "." in last else place.thread
