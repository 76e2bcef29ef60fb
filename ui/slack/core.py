"""What the bot does with what it is told, whether a workspace or a terminal is on the other side.

Everything is done so that it may be done again: a bot that is killed is told the same once more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.app import Assistant
from assistant.errors import AssistantError, store_failed
from assistant.observer import Limit
from assistant.types import Answer, Asking, Verdict
from assistant.understanding.pointing_back import pointed_at, points_back
from assistant.understanding.small_talk import is_courtesy, small_talk
from index.home.database_server import DatabaseServer
from ui.errors import UncitedAnswer
from ui.library.may_approve import slack_approver
from ui.shared.logs import note
from ui.shared.rates import take_each
from ui.shared.replicas.counting import limit_of
from ui.slack.blocks.actions import LONGEST_VALUE
from ui.slack.blocks.replies import confirmed, refused
from ui.slack.buttons import handle
from ui.slack.buttons.button import Desk
from ui.slack.messages.answer_blocks import messages, said
from ui.slack.messages.help_message import EXAMPLES, help_message
from ui.slack.types import Offer, Opened, Outlet, Place, Pressed, Question, Surface

_MINUTE_S = 60.0
_PATIENCE_S = 120.0
"""How long a question waits for its turn before it is turned away."""
_CLAIM = "Is it true that {}?"
_WHICH = "Which question? I see none before yours here. Write it out, or ask in its thread."


class Postponed(Exception):
    """A question whose turn has not come; it is to be handled again after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Progress(Protocol):
    """How far a question has come; what is noted is there again after a kill."""

    @property
    def waited_s(self) -> float:
        """Seconds since it arrived."""
        ...

    @property
    def position(self) -> int | None:
        """The place in its conversation that was given to it."""
        ...

    def give_position(self, position: int) -> None:
        """Note the place in its conversation."""
        ...

    @property
    def forgotten(self) -> bool:
        """Whether all that its asker said was deleted meanwhile."""
        ...

    @property
    def can_wait(self) -> bool:
        """Whether it may be handled again once a store can be used that it needs."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How many questions a minute are answered; 0 means no limit."""

    user: int = 0
    channel: int = 0


class Core:
    """The bot itself; safe to share between threads, as long as a lane is handled in order."""

    def __init__(
        self,
        assistant: Assistant,
        limits: Limits = Limits(),
        *,
        has_persons: bool = False,
        server: DatabaseServer | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; `has_persons` tells whether there is a channel where persons help.

        Bots that share a `server` count questions together.
        """
        self.assistant = assistant
        self._has_persons = has_persons
        self._user, self._channel = (
            limit_of(server, rate, many, _MINUTE_S, clock) if many else None
            for rate, many in (("slack user", limits.user), ("slack channel", limits.channel))
        )

    def answer(self, question: Question, progress: Progress, outlet: Outlet) -> None:
        """Answer a question, or say why not; raise Postponed where its turn has not come, and
        AssistantError where it can wait for a store that cannot be used.
        """
        meant = _meant(question, outlet)
        if meant is None:
            outlet.say((confirmed(_WHICH),))
            return
        if not meant.text.strip():
            outlet.say((help_message(),))
            return
        pointed_at = meant.text if meant is not question else ""
        question = meant
        if question.surface is Surface.THREAD and is_courtesy(question.text):
            return
        try:
            if progress.position is None:
                self.admit(question.place, progress.waited_s)
            answer = self._answered(question, progress, outlet)
            offer = self._offer(answer, question, outlet)
            shown = messages(answer, replace(offer, pointed_at=pointed_at), self.assistant.today())
        except (_TurnedAway, AssistantError, UncitedAnswer) as error:
            if progress.can_wait and isinstance(error, AssistantError) and store_failed(error):
                raise
            note("refused", user=question.place.owner, error=type(error).__name__)
            shown = (refused(str(error)),)
        outlet.say(shown)

    def press(self, pressed: Pressed, outlet: Outlet, *, can_wait: bool = False) -> None:
        """Do what was pressed; where it can wait, raise AssistantError for a store that cannot be
        used.
        """
        handle(pressed, Desk(self.assistant, outlet, can_wait))

    def greet(self, opened: Opened, outlet: Outlet) -> None:  # noqa: ARG002
        """Offer questions to somebody who opened the direct messages."""
        outlet.offer(EXAMPLES)

    def admit(self, place: Place, waited_s: float) -> None:
        """Take a question out of what user and channel may ask; raise where nothing is left."""
        limits = (self._user, place.owner), (self._channel, f"{place.team}:{place.channel}")
        wait = take_each([(rate, name) for rate, name in limits if rate is not None])
        if not wait:
            return
        if waited_s + wait <= _PATIENCE_S:
            raise Postponed(wait)
        self.assistant.observer.refused(Limit.RATE)
        raise _TurnedAway(
            "More is asked here than is answered in a minute. "
            f"Ask again in {math.ceil(wait)} seconds"
        )

    def _answered(self, question: Question, progress: Progress, outlet: Outlet) -> Answer:
        """Answer in the question's conversation, once, however often it is tried."""
        place = question.place
        threads = self.assistant.kept.threads
        position = progress.position
        if position is None:
            position = threads.past(place.owner, place.conversation).seen + 1
            progress.give_position(position)
        else:
            kept = threads.messages(place.owner, place.conversation)
            answered = next((one.answer for one in kept if one.position == position), None)
            if answered is not None:
                return answered
        return self._new(question, progress, position, outlet)

    def _new(self, question: Question, progress: Progress, position: int, outlet: Outlet) -> Answer:
        place = question.place
        started = time.monotonic()
        heard = outlet.begin()
        answer = self.assistant.answer(
            Asking(
                _asked(question),
                place.conversation,
                place.owner,
                self.assistant.profile(place.owner),
                replacing=position,
                must_keep=progress.can_wait,
            ),
            heard,
        )
        if progress.forgotten:
            # Kept a moment after everything else of its asker was deleted.
            self.assistant.kept.threads.delete(place.owner, place.conversation)
        note(
            "answer", user=place.owner, answer=answer.id, verdict=answer.verdict.value,
            mode=answer.mode, index=answer.index, surface=question.surface.value,
            ms=round((time.monotonic() - started) * 1000, 1),
            question=question.text if self.assistant.settings.log_questions else None,
        )  # fmt: skip
        if heard is not None and answer.verdict is Verdict.ANSWERED:
            # What is no answer begins with a heading, and is shown as a whole.
            heard(said(answer))
        return answer

    def _offer(self, answer: Answer, question: Question, outlet: Outlet) -> Offer:
        # What one user alone sees has no thread in which a question could follow.
        follows = not question.respond_to
        named = self.assistant.settings.slack_approvers
        suggestions = self.assistant.suggestions(answer) if follows else ()
        return Offer(
            suggestions=tuple(one for one in suggestions if len(one) <= LONGEST_VALUE),
            person=self._has_persons,
            approve=slack_approver(question.place.user, named) is not None,
            streamed=outlet.finish(),
        )


class _TurnedAway(Exception):
    """A question that waited too long for its turn."""


def _meant(question: Question, outlet: Outlet) -> Question | None:
    """Return the question that somebody means who points at one of the thread, or names the bot
    below it without a word; None where no question stands there.
    """
    text = question.text.strip()
    named_alone = not text and question.surface is Surface.MENTION
    points = points_back(text)
    if not points and not named_alone:
        return question
    found = pointed_at(outlet.said_before())
    if found:
        return replace(question, text=found)
    return question if named_alone or small_talk(text) is not None else None


def _asked(question: Question) -> str:
    """Return what the assistant is asked: of a claim, whether it is true."""
    text = question.text.strip()
    if question.surface is not Surface.CLAIM or text.endswith("?"):
        return text
    return _CLAIM.format(text.rstrip(".!"))
