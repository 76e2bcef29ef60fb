"""Plays the bot in the terminal: what it says there is what a workspace would be shown."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from assistant.app import Assistant
from ui.shared.terminal_text import inert
from ui.slack.buttons import button_of, speaks, view_of
from ui.slack.core import Core
from ui.slack.messages.help_message import offered_questions
from ui.slack.payload import Unfit
from ui.slack.terminal import Press, lines, view_lines
from ui.slack.types import Message, Opened, Place, Pressed, Question, Surface, Told, Wish

HELP = """\
Write as you would to the bot. A number presses that button. /new begins another thread, /threads
lists them, /thread NUMBER goes back to one, /quit leaves."""
_LEAVE = ("/quit", "exit", "quit")


@dataclass(slots=True)
class _Progress:
    """Of a question in the terminal, which is asked once and waits for nothing."""

    position: int | None = None
    waited_s: float = 0.0
    forgotten: bool = False
    can_wait: bool = False

    def give_position(self, position: int) -> None:
        """Note the place in its conversation."""
        self.position = position


@dataclass(frozen=True, slots=True)
class _TypedPress:
    """A press of a button by its number; what Slack names it by is empty."""

    place: Place
    value: str
    takes_form: bool = False

    def key(self) -> str:
        return ""

    def message(self) -> str:
        return ""

    def trigger(self) -> str:
        return ""

    def address(self) -> str:
        return ""


@dataclass(slots=True)
class Console:
    """A terminal in the place of a workspace; also the outlet of what the bot says there."""

    core: Core
    write: Callable[[str], None]
    name: str
    """Of this sitting: the threads of another one are not gone on with."""
    thread: int = 1
    _threads: dict[int, str] = field(default_factory=dict)
    _presses: dict[int, Press] = field(default_factory=dict)

    def begin(self) -> None:
        """Show nothing: an answer is there at once, or with its text."""

    def finish(self) -> bool:
        """Tell that no text stands there yet."""
        return False

    def said_before(self) -> Sequence[str]:
        """Return nothing: one user alone speaks here, and is answered each time."""
        return ()

    def say(self, said: Sequence[Message]) -> None:
        """Show messages, their buttons numbered."""
        for message in said:
            shown, presses = lines(message, len(self._presses) + 1)
            self._presses |= {press.number: press for press in presses}
            self._show(shown)

    def hand_over(self, said: Callable[[str], Sequence[Message]]) -> bool:
        """Show what those who help would be told."""
        self.write("-- in the channel where persons help:")
        for message in said(""):
            self._show(lines(message, 1)[0])
        return True

    def offer(self, questions: Sequence[str]) -> None:
        """Show questions to begin with."""
        _, presses = lines(offered_questions(questions), len(self._presses) + 1)
        self._presses |= {press.number: press for press in presses}
        for press in presses:
            self.write(f"  [{press.number}] {inert(press.value)}")

    def greet(self) -> None:
        """Say what can be done here, and offer questions."""
        self.write(HELP)
        self.core.greet(Opened(self._place), self)

    def told(self, text: str) -> bool:
        """Do what a line of the user says; return False where it says to leave."""
        text = text.strip()
        if text.lower() in _LEAVE:
            return False
        if text.startswith("/"):
            self._command(text)
        elif text.isdecimal() and int(text) in self._presses:
            self._press(self._presses[int(text)])
        elif text:
            self._ask(Question(self._place, text, Surface.DIRECT))
        return True

    @property
    def _place(self) -> Place:
        return Place("console", "terminal", f"{self.name}-{self.thread}", "you")

    def _ask(self, question: Question) -> None:
        self._threads.setdefault(self.thread, question.text)
        self._presses.clear()
        self.core.answer(question, _Progress(), self)

    def _command(self, text: str) -> None:
        name, _, number = text.partition(" ")
        if name == "/new":
            self.thread = max((self.thread, *self._threads)) + 1
            self._presses.clear()
            self.write(f"-- thread {self.thread}")
        elif name == "/threads":
            for known, question in self._threads.items():
                self.write(f"  {known}: {inert(question)}")
        elif name == "/thread" and number.strip().isdecimal():
            self.thread = int(number)
            self._presses.clear()
            self.write(f"-- thread {self.thread}")
        else:
            self.write(HELP)

    def _press(self, press: Press) -> None:
        """Do what a button would do; nothing where it cannot."""
        button = button_of(press.action_id)
        if button is None:
            return
        try:
            found = button.read(_TypedPress(self._place, press.value))
        except Unfit:
            return
        if isinstance(found.at_once, Wish):
            self._show(view_lines(view_of(found.at_once, self.core.assistant), 1)[0])
        if found.arrival is not None:
            self._do(found.arrival.told)

    def _do(self, told: Told) -> None:
        match told:
            case Question():
                self.write(f"> {inert(told.text)}")
                self._ask(told)
            case Pressed():
                self.core.press(told, self)
                if not speaks(told):
                    self.write("-- kept")

    def _show(self, shown: Iterable[str]) -> None:
        for line in shown:
            self.write(line)


def play(
    assistant: Assistant,
    read: Callable[[], str] | None = None,
    write: Callable[[str], None] = print,
) -> None:
    """Play the bot until the user leaves or the input ends."""
    console = Console(Core(assistant, has_persons=True), write, uuid.uuid4().hex)
    console.greet()
    with suppress(EOFError):
        while console.told((read or _typed)()):
            pass


def _typed() -> str:
    """Return a line that was typed; one that comes from elsewhere is shown, as if it were."""
    line = input("> ")
    if not sys.stdin.isatty():
        print(inert(line))
    return line
