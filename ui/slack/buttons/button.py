"""What a button consists of, and what it is given; whatever it does, it does by these.

The inbox reads what buttons left there without loading what draws. So a module of a button imports
what draws, all of `blocks` and `slack_sdk`, within the functions that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from assistant.errors import AssistantError, store_failed
from ui.slack.types import Arrival, Offer, Outlet, Place, Pressed, Question, Understood, Wish

if TYPE_CHECKING:
    from slack_sdk.models.blocks import ButtonElement, FeedbackButtonsElement
    from slack_sdk.models.views import View

    from assistant.app import Assistant
    from assistant.types import Answer

_Pressed = TypeVar("_Pressed", bound=Pressed)
_Wish = TypeVar("_Wish", bound=Wish)


class RawPress(Protocol):
    """A press as it comes from a workspace or a terminal; where it has not what is asked of it,
    the methods raise Unfit.
    """

    @property
    def place(self) -> Place:
        """Where the button stands: in no thread if one user alone sees its message."""
        ...

    @property
    def value(self) -> str:
        """What the button carries, not longer than a button can carry; nothing else is checked."""
        ...

    @property
    def takes_form(self) -> bool:
        """Whether a form can be shown for it."""
        ...

    def key(self) -> str:
        """Return the name of the press, the same each time that it is told."""
        ...

    def message(self) -> str:
        """Return the time stamp of the message that the button stands in."""
        ...

    def trigger(self) -> str:
        """Return what allows a view to be opened."""
        ...

    def address(self) -> str:
        """Return where is replied to one user alone."""
        ...


class RawForm(Protocol):
    """A form as it was submitted; where it has not what is asked of it, the methods raise Unfit."""

    @property
    def team(self) -> str:
        """The workspace."""
        ...

    @property
    def carried(self) -> str:
        """What the form was given to carry; not checked."""
        ...

    def field(self, name: str) -> str:
        """Return what was written into a field; empty where nothing was."""
        ...

    def user(self) -> str:
        """Return who submitted it."""
        ...

    def key(self) -> str:
        """Return the name of the form, the same each time that it is told."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand where something pressed is handled."""

    assistant: Assistant
    outlet: Outlet
    can_wait: bool = False
    """Whether it may be handled again once a store can be used that it needs."""

    def waits_for(self, error: AssistantError) -> bool:
        """Tell whether an error is to be raised rather than told."""
        return self.can_wait and store_failed(error)


@dataclass(frozen=True, slots=True)
class Keeping(Generic[_Pressed]):
    """What a button leaves in the inbox, and how that is handled."""

    kind: str
    """Its name in files, which never changes."""
    pressed: type[_Pressed]
    handle: Callable[[_Pressed, Desk], None]
    """Does it, so that it may be done again: a bot that is killed is told the same once more."""
    speaks: bool = True
    """Whether something is said about it; if not, it is handled also where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Opening(Generic[_Wish]):
    """What view a button opens above the conversation."""

    wish: type[_Wish]
    view: Callable[[_Wish, Assistant], View]


@dataclass(frozen=True, slots=True)
class Form:
    """What comes back from a view of a button that has fields."""

    name: str
    """The view's callback id."""
    read: Callable[[RawForm], Understood]
    """Returns what was submitted; raises Unfit for what cannot have been."""


def _nothing(answer: Answer, offer: Offer) -> Sequence[ButtonElement]:  # noqa: ARG001
    return ()


@dataclass(frozen=True, slots=True)
class Button:
    """One of the things that can be pressed, of whatever number in a message."""

    action: str
    """The action id, without a number."""
    read: Callable[[RawPress], Understood]
    """Returns what a press says; raises Unfit for what cannot have been drawn."""
    keeping: Keeping[Any] | None = None
    """None for a button that leaves nothing, or a question, which the core answers."""
    opening: Opening[Any] | None = None
    form: Form | None = None
    below: Callable[[Answer, Offer], Sequence[ButtonElement | FeedbackButtonsElement]] = _nothing
    """Draws what stands below an answer; nothing for a button that stands elsewhere."""


def kept(key: str, told: Question | Pressed, wish: Wish | None = None) -> Understood:
    """Return that something is to be kept and handled, and perhaps a view to be opened at once."""
    return Understood(Arrival(key, told.place.lane, told), wish)
