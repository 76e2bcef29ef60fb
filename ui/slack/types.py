"""What the bot is told and what it says, whether a workspace or a terminal is on the other side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Place:
    """Who speaks where: a user in a thread of a channel of a workspace."""

    team: str
    channel: str
    thread: str
    """Time stamp of the message that the thread hangs on; empty outside of any thread."""
    user: str

    @property
    def owner(self) -> str:
        """Return whose conversation it is: nobody else can see or lean on it."""
        return f"slack:{self.team}:{self.user}"

    @property
    def conversation(self) -> str:
        """Return the name of the assistant's thread."""
        return f"slack:{self.team}:{self.channel}:{self.thread}"

    @property
    def lane(self) -> str:
        """Return in which order things are handled: a user's in a thread, one after the other."""
        return f"{self.conversation}:{self.user}"


class Surface(StrEnum):
    """By which way a question came."""

    DIRECT = "direct"
    """A direct message, in the assistant's pane or outside of it."""
    MENTION = "mention"
    THREAD = "thread"
    """A message in a channel's thread that does not name the bot."""
    COMMAND = "command"
    """A slash command: the answer is shown to its asker alone."""
    CLAIM = "claim"
    """A message that somebody wants checked: shown to them alone."""
    CHOICE = "choice"
    """A press of a button that carries a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is to be answered."""

    place: Place
    text: str
    """As typed, without the mention of the bot; entities of Slack resolved to plain text."""
    surface: Surface
    respond_to: str = ""
    """Address for an answer that one user alone sees (`response_url`); else it is posted."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press of a button or a form says, and is stored; each button has a kind of its own."""

    place: Place

    @property
    def address(self) -> str:
        """Return where it is replied to if one user alone sees the reply; else it is posted."""
        return ""


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened the direct messages with the bot; they are offered questions."""

    place: Place


@dataclass(frozen=True, slots=True)
class Gone:
    """A place where nothing can be said any more: what waits for it is dropped."""

    team: str
    channel: str
    """Empty where the app was removed from the whole workspace."""
    reason: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What changed in a page that is watched, for a channel. Nothing of it is from users."""

    place: Place
    title: str
    address: str
    """Where the page is published."""
    kinds: str
    """How many changes there are of each kind."""
    changes: tuple[str, ...]
    """The first of them, a line each."""
    standing: str
    """How much stands on what changed; empty where nothing does."""


Told = Question | Pressed | Opened | Gone | Watched
"""All that is stored before it is acknowledged."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that the bot was told, under a name by which the same is known again."""

    key: str
    """Of a message, the place of the message: Slack tells of a mention twice, as two events."""
    lane: str
    """Arrivals of one lane are handled one after the other, in their order."""
    told: Told


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to see a view, opened at once and never stored; each button has a kind of its own."""

    trigger: str
    """What allows a view to be opened, for three seconds."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A message that its writer deleted; a question in it need not be answered any more."""

    key: str
    """Of the arrival that the message was."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Who the bot is, as Slack says after it logged in."""

    user: str
    """Id of the bot as a user; its name in a text is a mention."""
    app: str = ""
    """Id of the app; empty where it is not known, and then nothing is refused for it."""
    teams: frozenset[str] = frozenset()
    """Ids of the workspaces that it is installed in; empty where they are not known."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a payload says: something to keep, something to do at once, both or neither."""

    arrival: Arrival | None = None
    at_once: Wish | Withdrawn | None = None
    why_not: str = ""
    """Why there is nothing to keep or to do, without a word of what users wrote."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what a notification or a screen reader says, and its blocks."""

    text: str
    """In Slack's own markup, escaped."""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered below an answer."""

    suggestions: tuple[str, ...] = ()
    """Questions that lead on from it."""
    person: bool = False
    """Whether a person can be asked to look at the question."""
    approve: bool = False
    """Whether the asker may approve the answer."""
    streamed: bool = False
    """Whether the reader has the text already: the messages are what comes below it."""
    pointed_at: str = ""
    """The question of somebody's that the asker pointed at; empty where it is the asker's own."""


class Outlet(Protocol):
    """Where what the bot says about one thing is said."""

    def begin(self) -> Callable[[str], None] | None:
        """Show that an answer is looked for; return what is told its text so far, at last all.

        None where text is shown only when it is whole.
        """
        ...

    def finish(self) -> bool:
        """End the text; tell whether all of it stands there already."""
        ...

    def said_before(self) -> Sequence[str]:
        """Return what people wrote in the thread before, as plain text, the oldest first."""
        ...

    def say(self, said: Sequence[Message]) -> None:
        """Say something to the one who asked."""
        ...

    def hand_over(self, said: Callable[[str], Sequence[Message]]) -> bool:
        """Say something where persons help, made of the conversation's address; tell if it can."""
        ...

    def offer(self, questions: Sequence[str]) -> None:
        """Offer questions to one who has not asked yet."""
        ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests of Slack are listened for."""

    host: str
    port: int
    """0 takes one that is free."""
