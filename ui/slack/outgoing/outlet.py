"""Where the bot speaks in a workspace: in a thread, to one user alone, or to those who help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ui.shared.logs import note
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import Job
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
    def _job(self) -> Job:
        return self.delivery.job

    @property
    def _key(self) -> str:
        return self._job.arrival.key

    def _may_speak(self) -> bool:
        """Tell whether this bot is to go on; asked before whatever is said."""
        return self.inbox.wanted(self._job)

    def _may_finish(self) -> bool:
        """Tell whether this bot is to finish what it began, also of what was dropped meanwhile."""
        return self._may_speak() or not self.inbox.is_anothers(self._job)

    def _note(self, part: int, ts: str) -> None:
        self.inbox.note_posted(self._job, part, ts)

    @property
    def _target(self) -> Target:
        return Target(self.place.channel, self.place.thread, _since(self.place, self._key))

    @property
    def _address(self) -> str:
        """Return where an answer goes that one user alone sees, empty for one in a thread."""
        told = self._job.arrival.told
        match told:
            case Question():
                return told.respond_to
            case Pressed():
                return told.address
        return ""

    def begin(self) -> Callable[[str], None] | None:
        """Show that an answer is looked for; stream it where it is a direct message."""
        told = self._job.arrival.told
        if self._address or not isinstance(told, Question):
            return None
        self.slack.status(self._target)
        if told.surface is not Surface.DIRECT or self._job.posted or self.delivery.unsure:
            return None
        self._stream = Stream(self.slack, self._target, self.place.team, self.place.user)
        return self._hear

    def _hear(self, text: str, *, last: bool = False) -> None:
        self._text = text
        stream = self._stream
        if stream is None or not stream.is_due(text, last=last):
            return
        if not stream.ts and not self._may_speak():
            self._stream = None
        elif stream.hear(text, last=last):
            self._note(STREAM, stream.ts)

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
        if STREAM in there and 1 not in there and self._may_finish():
            self._end_stream(there[STREAM], first, parts)
            there[1] = there[STREAM]
            self._note(1, there[STREAM])
        for part, message in enumerate(said, 1):
            if part not in there and self._may_speak():
                ts = self.slack.post(self._target, message, self._key, part, parts)
                self._note(part, ts)

    def hand_over(self, said: Callable[[str], Sequence[Message]]) -> bool:
        """Say something in the channel where persons help; False where it takes nothing."""
        key, target = self._key + _HELP, Target(self.persons, since=_since(self.place, self._key))
        there = parts_of(key, self.slack.ours(target)) if self.delivery.unsure else {}
        told = said(self.slack.link(self._target))
        try:
            for part, message in enumerate(told, 1):
                if part not in there and self._may_speak():
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
        there = {one.part: one.ts for one in self._job.posted}
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
        there = {one.part: one.ts for one in self._job.posted}
        for part, message in enumerate(said, 1):
            if part not in there and self._may_speak():
                self.slack.respond(self._address, message)
                self._note(part, "")


def _since(place: Place, key: str) -> str:
    """Return the time stamp of the message that is replied to, which a reply comes after."""
    last = key.rpartition(":")[2]
    return last if last.replace(".", "", 1).isdecimal() and "." in last else place.thread
